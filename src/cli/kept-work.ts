import type { FinishedWork, PartSettings } from '../index.ts';
import type { PartialFile } from './partial.ts';
import type { Api, LoadedFile, Session } from './session.ts';

/** Seconds and numbers (64 MB) after which finished work is written down. */
const PERIOD = 1;
const MOST_NUMBERS = 8_000_000;

/**
 * Finished work of a run in its partial file: histories and batches of cycles, kept once a second, so that little is lost
 * even when the process is killed, and short runs write nothing.
 */
export class KeptWork implements FinishedWork {
  readonly find: FinishedWork['find'];
  private readonly file: PartialFile;
  private readonly key: string;
  private readonly api: Api;
  private readonly clock: () => number;
  private waiting = new Map<string, Float64Array>();
  private numbers = 0;
  private kept: number;
  private writing: Promise<void> = Promise.resolve();
  private failure: unknown;

  private constructor(file: PartialFile, key: string, find: FinishedWork['find'], api: Api, clock: () => number) {
    this.file = file;
    this.key = key;
    this.find = find;
    this.api = api;
    this.clock = clock;
    this.kept = clock();
  }

  /** @param settings the run's; what was kept under others, or by another version, is not found */
  static async of(
    file: PartialFile,
    { scenario, digest }: Pick<LoadedFile, 'scenario' | 'digest'>,
    { seed, years }: PartSettings,
    { io, api }: Session,
  ): Promise<KeptWork> {
    const library = await api();
    const { simulation } = scenario;
    const key = JSON.stringify([digest, library.version, seed ?? simulation.seed, years ?? simulation.years]);
    const known = await library.readWork(file.lines(), key);
    return new KeptWork(file, key, (name) => undamaged(() => known.find(name)), library, io.clock);
  }

  readonly keep = (name: string, numbers: Float64Array): void => {
    this.waiting.set(name, numbers);
    this.numbers += numbers.length;
    if (this.numbers < MOST_NUMBERS && this.clock() - this.kept < PERIOD) return;
    this.write();
  };

  /** Everything is in the file when this resolves. Throws EnvironmentError when it could not be written. */
  async flush(): Promise<void> {
    this.write();
    await this.writing;
    if (this.failure !== undefined) throw this.failure;
  }

  private write(): void {
    this.kept = this.clock();
    if (this.waiting.size === 0) return;
    const line = this.api.printFinished(this.key, this.api.packWork(this.waiting));
    this.waiting = new Map();
    this.numbers = 0;
    // One after the other; what fails is told at the next flush.
    this.writing = this.writing
      .then(() => this.file.append(line, 'what is finished'))
      .catch((error: unknown) => {
        this.failure ??= error;
      });
  }
}

/** What is damaged is done again. */
function undamaged(find: () => Float64Array | undefined): Float64Array | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}
