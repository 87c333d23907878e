import type { Estimate } from '../../model/estimate.ts';
import { EventTotals } from './event-totals.ts';
import { type Exposure, exposureOf, longestExposure, totalExposure } from './exposure.ts';
import { ENOUGH_HISTORIES } from './rate.ts';
import { ratioInterval, requirePairs } from './ratio.ts';
import { signedSumMargins } from './signed.ts';
import { varianceInflation } from './student.ts';
import { sumOf } from './sum.ts';

/** Difference b − a per unit of exposure, and ratio b / a. */
export interface PairedComparison {
  readonly difference: Estimate;
  /** null when `a` has no amount at all. */
  readonly ratio: Estimate | null;
}

/**
 * Compares two variants run on the same histories (common random numbers): history i of `b` is paired with history i of
 * `a`, so that what both share cancels (methods §5.6).
 *
 * @param a amounts ≥ 0 per history
 * @param largest largest amount one event can bring, where known: the allowance for a change not seen yet
 */
export function comparePaired(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  exposures: Exposure,
  confidence: number,
  largest?: number,
): PairedComparison {
  return {
    difference: pairedDifference(a, b, exposures, confidence, largest),
    ratio: ratioInterval(b, a, confidence),
  };
}

/**
 * (Σb − Σa) / Σexposure. Increases and decreases get gamma limits of their own, so that a handful of histories that differ
 * gives honest limits too. Where nothing differs the limits allow for one unseen change of the largest amount seen in any
 * history (or `largest`, or, without any amount, one whole exposure).
 */
export function pairedDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  exposures: Exposure,
  confidence: number,
  largest?: number,
): Estimate {
  requirePairs(a, b);
  const histories = a.length;
  const exposure = totalExposure(exposures, histories);
  const total = sumOf(b) - sumOf(a);
  const rate = total / exposure;
  const increases = new EventTotals();
  const decreases = new EventTotals();
  let squares = 0;
  let largestAmount = 0;
  for (let i = 0; i < histories; i++) {
    const difference = b[i]! - a[i]!;
    if (difference > 0) increases.add(difference);
    else if (difference < 0) decreases.add(-difference);
    squares += (difference - rate * exposureOf(exposures, i)) ** 2;
    largestAmount = Math.max(largestAmount, a[i]!, b[i]!);
  }

  const seen = Math.max(increases.largest, decreases.largest);
  const unseen = largest ?? (seen || largestAmount || longestExposure(exposures));
  const scale = varianceScale(squares, increases.sumOfSquares + decreases.sumOfSquares, histories, confidence);
  const expected = total / histories;
  const part = (events: EventTotals, mean: number) => ({
    total: events.total,
    sumOfSquares: events.sumOfSquares,
    endPoint: events.count === 0 ? unseen : Math.max(0, events.endPoint - Math.max(0, mean), largest ?? 0),
  });
  const margins = signedSumMargins(part(increases, expected), part(decreases, -expected), scale, confidence);
  return {
    value: rate,
    lo: rate - margins.below / exposure,
    hi: rate + margins.above / exposure,
    method: 'histories',
    n: histories,
  };
}

/** Variance of the total over Σ difference²; 1, as for Poisson changes, where there are too few histories to compare. */
function varianceScale(residualSquares: number, squares: number, histories: number, confidence: number): number {
  if (histories < ENOUGH_HISTORIES || squares === 0) return 1;
  return (residualSquares / squares) * (histories / (histories - 1)) * varianceInflation(confidence, histories - 1);
}
