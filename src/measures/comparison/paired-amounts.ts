import type { PairedEstimate } from '../../model/comparison.ts';
import type { Estimate } from '../../model/estimate.ts';
import { comparePaired, pairedDifference } from '../statistics/paired.ts';
import { rateInterval } from '../statistics/rate.ts';
import { sumOf } from '../statistics/sum.ts';

/** One amount (≥ 0) of each history of two variants on common random numbers, and the time each history observed. */
export interface Pairs {
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
  /** Years. */
  readonly exposures: ArrayLike<number>;
}

/** What bounds one event: the largest amount it can bring, the smallest (1 for counts). */
export interface EventBounds {
  readonly largest?: number;
  readonly smallest?: number;
}

/** Both amounts per year, b − a and b / a, each with its interval; what the pairs share cancels (methods §5.6). */
export function pairedEstimate(
  { a, b, exposures }: Pairs,
  confidence: number,
  bounds: EventBounds = {},
): PairedEstimate {
  const { difference, ratio } = comparePaired(a, b, exposures, confidence, bounds.largest);
  const one = (amounts: ArrayLike<number>): Estimate => rateInterval(amounts, exposures, confidence, bounds);
  return { a: one(a), b: one(b), difference, ratio, verdict: verdictOn(difference) };
}

/** b − a per year alone. */
export function differenceOf(pairs: Pairs, confidence: number, largest?: number): Estimate {
  return pairedDifference(pairs.a, pairs.b, pairs.exposures, confidence, largest);
}

/** Whether b is certainly less or more than a. */
export function verdictOn(difference: Estimate): PairedEstimate['verdict'] {
  if (difference.lo > 0) return 'more';
  if (difference.hi < 0) return 'less';
  return difference.lo === 0 && difference.hi === 0 ? 'same' : 'undecided';
}

/**
 * How many times as many histories independent runs of both variants would need for the same interval of the difference:
 * (Var a + Var b) / Var(b − a). null where nothing varies or nothing differs.
 */
export function varianceReduction({ a, b }: Pick<Pairs, 'a' | 'b'>): number | null {
  const both = variance(a) + variance(b);
  const paired = variance(Array.from(a, (amount, i) => b[i]! - amount));
  return both === 0 || paired === 0 ? null : both / paired;
}

function variance(values: ArrayLike<number>): number {
  const mean = sumOf(values) / values.length;
  return sumOf(Array.from(values, (value) => (value - mean) ** 2)) / Math.max(1, values.length - 1);
}
