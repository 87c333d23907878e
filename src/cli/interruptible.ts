import type { Conduct } from '../index.ts';
import { EnvironmentError } from './errors.ts';
import { interruptedCode } from './exit-code.ts';
import type { InterruptSignal } from './io.ts';
import type { Session } from './session.ts';

/**
 * Runs something that an interrupt ends early with what it has finished, reports that, and gives the exit code: 130 or 143
 * after an interrupt, else what `report` says. A second interrupt ends the program where it stands.
 */
export async function interruptibly<T>(
  { io, api }: Session,
  work: (conduct: Required<Pick<Conduct, 'clock' | 'signal'>>) => Promise<T>,
  report: (finished: T) => Promise<number>,
): Promise<number> {
  const { NothingFinished } = await api();
  const signal = { aborted: false };
  let interrupted: InterruptSignal | undefined;
  const ignore = io.onInterrupt((name) => {
    ignore();
    signal.aborted = true;
    interrupted = name;
  });
  let finished: T;
  try {
    finished = await work({ clock: io.clock, signal });
  } catch (error) {
    if (!(error instanceof NothingFinished)) throw error;
    if (interrupted === undefined) throw new EnvironmentError(error.message);
    io.stderr.write('interrupted before anything was finished: nothing to report\n');
    return interruptedCode(interrupted);
  } finally {
    ignore();
  }
  const code = await report(finished);
  return interrupted === undefined ? code : interruptedCode(interrupted);
}
