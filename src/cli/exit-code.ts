import type { Result } from '../index.ts';
import type { InterruptSignal } from './io.ts';

export const EXIT = {
  /** Ran and met its targets. */
  met: 0,
  /** Ran and missed a target. */
  missed: 1,
  /** Could not run. */
  failed: 2,
  /** Ran, but a limit lies inside its interval. */
  undecided: 3,
} as const;

const INTERRUPTED: Readonly<Record<InterruptSignal, number>> = { SIGINT: 130, SIGTERM: 143 };

export function interruptedCode(signal: InterruptSignal): number {
  return INTERRUPTED[signal];
}

/** Targets of level `warn` are shown but decide nothing. */
export function targetsCode(targets: Result['targets']): number {
  const verdicts = targets.filter(({ level }) => level === 'error').map(({ verdict }) => verdict);
  if (verdicts.includes('fail')) return EXIT.missed;
  return verdicts.includes('undecided') ? EXIT.undecided : EXIT.met;
}
