import type { Estimate } from '../../model/estimate.ts';

export interface PrecisionRule {
  /** Wanted half-width over value, for example 0.05; the wider side of the interval counts. */
  readonly relative: number;
  /** Histories with which the first look is taken; default 32. */
  readonly minimumHistories?: number;
  /** Events that must have been seen; default 30. */
  readonly minimumEvents?: number;
}

/** Ratio between the numbers of histories at two looks: with it a run has at most 22 % more histories than it needs. */
const LOOK_GROWTH = 1.25;
const MINIMUM_HISTORIES = 32;
const MINIMUM_EVENTS = 30;

/**
 * Number of in-order histories at which the precision is looked at next: 32, 40, 50, 63, 79, … The sequence depends on
 * nothing else, so every way of running the histories (threads, shards) stops at the same one.
 *
 * @param histories histories absorbed so far, ≥ 0
 */
export function nextLook(histories: number, rule: PrecisionRule): number {
  let look = rule.minimumHistories ?? MINIMUM_HISTORIES;
  while (look <= histories) look = Math.ceil(look * LOOK_GROWTH);
  return look;
}

/**
 * Whether a run may stop: enough events, and the wider side of the interval within `relative` of the value. To be asked at
 * the looks of `nextLook` only, with the estimate of the in-order prefix. Looking more often costs coverage little
 * (`README.md`), thanks to the minimum of events and to limits that allow for skewness.
 */
export function precisionReached(estimate: Estimate, events: number, rule: PrecisionRule): 'continue' | 'precision' {
  if (events < (rule.minimumEvents ?? MINIMUM_EVENTS)) return 'continue';
  const wider = Math.max(estimate.hi - estimate.value, estimate.value - estimate.lo);
  return estimate.value > 0 && wider <= rule.relative * estimate.value ? 'precision' : 'continue';
}
