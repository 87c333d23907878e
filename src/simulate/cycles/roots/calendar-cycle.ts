import type { Law } from '../../../model/law.ts';
import { MICROSECONDS_PER_SECOND } from '../../../model/time.ts';

/** Instants and a few incidents after them are still told apart by the µs. */
const LONGEST = Number.MAX_SAFE_INTEGER / 4;

/**
 * Time after which all calendars among `laws` stand as before, whole µs; 1 where there is none. Calendars that only meet again
 * after decades beyond counting are taken at the instant they have, the longest of them exactly.
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
  return law.kind === 'calendar' ? [Math.max(1, Math.round(law.period * MICROSECONDS_PER_SECOND))] : [];
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));
