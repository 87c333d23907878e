import { wholeMicroseconds } from '../../../kernel/flatten.ts';
import type { Law } from '../../../model/law.ts';

/** Instants within it, and incidents that begin there, are told apart by the µs. */
const LONGEST = Number.MAX_SAFE_INTEGER / 4;

/**
 * Time after which all calendars among `laws` stand as before, whole µs; 1 where there is none. One that meets the longer ones
 * again only after more µs than can be counted is left out: it stands anywhere, as it does to them.
 */
export function calendarCycle(laws: readonly Law[]): number {
  const periods = laws.flatMap(periodOf).sort((a, b) => b - a);
  return periods.reduce((cycle, period) => {
    const both = (cycle / commonDivisor(cycle, period)) * period;
    return both <= LONGEST ? both : cycle;
  }, 1);
}

function periodOf(law: Law): readonly number[] {
  if (law.kind === 'shifted') return periodOf(law.law);
  return law.kind === 'calendar' ? [wholeMicroseconds(law.period)] : [];
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));
