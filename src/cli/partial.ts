import { createReadStream } from 'node:fs';
import { appendFile, open, readFile, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { EnvironmentError } from './errors.ts';

/**
 * What a command that was interrupted, or killed, has finished: lines beside the file it writes. The same command goes on
 * from there and takes the file away once it is through. Lines are appended whole; a last one that a crash has cut off is
 * for the reader to leave out.
 */
export class PartialFile {
  readonly path: string;
  private isClosed = false;

  private constructor(path: string) {
    this.path = path;
  }

  /** Beside `output`; undefined where the data goes to standard output. */
  static beside(output: string | undefined): PartialFile | undefined {
    return output === undefined || output === '-' ? undefined : new PartialFile(`${output}.partial`);
  }

  /** Undefined where there is none. */
  async read(): Promise<string | undefined> {
    return readFile(this.path, 'utf8').catch(() => undefined);
  }

  /** Lines one by one, none where there is no file. */
  async *lines(): AsyncGenerator<string> {
    const file = await open(this.path).catch(() => undefined);
    if (file === undefined) return;
    await file.close();
    yield* createInterface({ input: createReadStream(this.path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  }

  /** @param what the work is called in the message when it cannot be kept */
  async append(line: string, what: string): Promise<void> {
    try {
      await this.endLastLine();
      await appendFile(this.path, line);
    } catch (error) {
      throw new EnvironmentError(`cannot keep ${what}: ${(error as Error).message}`);
    }
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
  }

  /** Once: what a crash has cut off must not spoil the line after it. */
  private async endLastLine(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    const file = await open(this.path, 'r+').catch(() => undefined);
    if (file === undefined) return;
    try {
      const { size } = await file.stat();
      if (size === 0) return;
      const last = Buffer.alloc(1);
      await file.read(last, 0, 1, size - 1);
      if (last.toString() !== '\n') await file.write('\n', size);
    } finally {
      await file.close();
    }
  }
}
