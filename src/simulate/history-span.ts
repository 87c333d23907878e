import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR } from '../model/time.ts';
import type { HistoryPlan } from './crew.ts';

/** The part of a history that counts, µs from its start as new. */
export interface HistorySpan {
  readonly start: number;
  readonly end: number;
}

/** What a history of `years` after a warm-up of `warmUp` seconds tells of. */
export function historySpan({ years, warmUp }: Pick<HistoryPlan, 'years' | 'warmUp'>): HistorySpan {
  const start = Math.round(warmUp * MICROSECONDS_PER_SECOND);
  return { start, end: start + Math.round(years * MICROSECONDS_PER_YEAR) };
}
