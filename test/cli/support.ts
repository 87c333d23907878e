import { Writable } from 'node:stream';
import type { InterruptSignal, Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import type { Api } from '../../src/cli/session.ts';

/** A stream that keeps what is written to it. */
class Capture extends Writable {
  text = '';
  readonly isTTY?: boolean;
  readonly columns?: number;

  constructor(columns: number | undefined) {
    super();
    if (columns === undefined) return;
    this.isTTY = true;
    this.columns = columns;
  }

  override _write(chunk: unknown, _encoding: BufferEncoding, done: () => void): void {
    this.text += String(chunk);
    done();
  }
}

export interface Invocation {
  /** In place of the library; what is missing fails when it is called. */
  readonly api?: Partial<Api>;
  readonly env?: Io['env'];
  /** Width of a terminal; absent: pipes. */
  readonly terminal?: number;
  readonly clock?: () => number;
}

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Handlers of interrupts that are still there. */
  readonly listening: number;
}

/** Runs the command line in this process. `interrupt` sends it a signal while it runs. */
export async function invoke(
  args: readonly string[],
  { api, env = {}, terminal, clock = () => 0 }: Invocation = {},
  interrupt: (send: (signal: InterruptSignal) => void) => void = () => {},
): Promise<Outcome> {
  const stdout = new Capture(terminal);
  const stderr = new Capture(terminal);
  const handlers = new Set<(signal: InterruptSignal) => void>();
  const io: Io = {
    stdout,
    stderr,
    env,
    clock,
    onInterrupt: (handle) => {
      handlers.add(handle);
      return () => handlers.delete(handle);
    },
  };
  interrupt((signal) => {
    for (const handle of handlers) handle(signal);
  });
  const library = await import('../../src/index.ts');
  const code = await main(args, io, () => Promise.resolve({ ...library, ...api } as Api));
  return { code, out: stdout.text, err: stderr.text, listening: handlers.size };
}

/** Words of a command as a shell reads it, single quotes included. */
export function words(command: string): readonly string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
}

export const SCENARIO = 'scenarios/active-standby.yaml';
