import type { Estimate } from '../../model/estimate.ts';
import { EventTotals } from './event-totals.ts';
import { requireAmounts } from './exposure.ts';
import { signedSumMargins } from './signed.ts';
import { varianceInflation } from './student.ts';
import { sumOf } from './sum.ts';

/**
 * Ratio Σ numerator / Σ denominator over independent histories, both ≥ 0: mean outage length (downtime over outages),
 * downtime of B over downtime of A on common random numbers. The variance is that of the residuals N − r·D (delta method,
 * covariance included) with Student's factor; the margins follow the skewness of the residuals and are laid out on a
 * logarithmic scale, so that the interval stays positive and the inverse ratio has the inverse interval.
 *
 * @returns null when the denominator is 0; lo = 0 and hi = Infinity when fewer than two histories have a denominator,
 *   hi = Infinity when there is no numerator. `n` is the number of histories with a denominator.
 * @see methods §2.7, §5.6 for the delta method; `signedSumMargins` for the margins.
 */
export function ratioInterval(
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
  confidence: number,
): Estimate | null {
  requirePairs(numerators, denominators);
  const numerator = sumOf(numerators);
  const denominator = sumOf(denominators);
  if (denominator === 0) return null;
  const ratio = numerator / denominator;

  const positive = new EventTotals();
  const negative = new EventTotals();
  let present = 0;
  for (let i = 0; i < numerators.length; i++) {
    if (denominators[i]! > 0) present++;
    const residual = numerators[i]! - ratio * denominators[i]!;
    if (residual > 0) positive.add(residual);
    else if (residual < 0) negative.add(-residual);
  }
  if (present < 2 || numerator === 0) {
    return { value: ratio, lo: 0, hi: Number.POSITIVE_INFINITY, method: 'histories', n: present };
  }

  const histories = numerators.length;
  const degrees = Math.max(1, positive.count + negative.count - 1);
  const scale = (histories / (histories - 1)) * varianceInflation(confidence, degrees);
  const margins = signedSumMargins(positive, negative, scale, confidence);
  return {
    value: ratio,
    lo: ratio * Math.exp(-margins.below / numerator),
    hi: ratio * Math.exp(margins.above / numerator),
    method: 'histories',
    n: present,
  };
}

/** Throws RangeError unless both have the same number of finite values ≥ 0. */
export function requirePairs(first: ArrayLike<number>, second: ArrayLike<number>): void {
  if (first.length !== second.length) {
    throw new RangeError(`Expected as many values on both sides, got ${first.length} and ${second.length}`);
  }
  requireAmounts(first);
  requireAmounts(second);
}
