import { gammaQuantile } from '../../adapters/special.ts';
import type { Estimate } from '../../model/estimate.ts';
import { type Interval, requireAmount, tail } from './confidence.ts';

/**
 * Rate of a Poisson process with its exact two-sided interval: `count` events in `exposure` units of time.
 * Nothing seen: [0, 3.689/exposure] at 95 %. Throws RangeError for a count that is not a whole number ≥ 0.
 *
 * @see Garwood, Biometrika 28 (1936) 437; methods §5.3, §7.9.
 */
export function garwood(count: number, exposure: number, confidence: number): Estimate {
  if (!Number.isInteger(count)) throw new RangeError(`A count must be a whole number: ${count}`);
  if (!(exposure > 0)) throw new RangeError(`Exposure must be positive: ${exposure}`);
  const ends = weightedPoissonInterval(count, count, 1, confidence);
  return { value: count / exposure, lo: ends.lo / exposure, hi: ends.hi / exposure, method: 'poisson', n: count };
}

/** One-sided upper bound of a rate when nothing was seen: 2.996/exposure at 95 %, the "rule of three". */
export function zeroCountBound(exposure: number, confidence: number): number {
  return -Math.log(2 * tail(confidence)) / exposure;
}

/**
 * Interval of the expected total when independent Poisson streams of events bring different amounts, in the units of the
 * amounts: gamma limits with the observed variance, the upper one after one more, unseen event of the largest amount.
 * Equal amounts give Garwood's interval. Nothing seen: [0, 3.689·largest] at 95 %.
 *
 * @param total Σ amount ≥ 0
 * @param variance Σ amount² for Poisson events, or an estimate of the total's variance; 0 is a total known exactly
 * @param largest the largest amount one event can bring, at least the largest seen
 * @see Fay & Feuer, Statistics in Medicine 16 (1997) 791.
 */
export function weightedPoissonInterval(
  total: number,
  variance: number,
  largest: number,
  confidence: number,
): Interval {
  requireAmount('Total', total);
  requireAmount('Variance', variance);
  requireAmount('Largest amount', largest);
  const alpha = tail(confidence);
  return {
    lo: gammaLimit(total, variance, alpha),
    hi: gammaLimit(total + largest, variance + largest * largest, 1 - alpha),
  };
}

/** Quantile of the gamma law with the given mean and variance. */
function gammaLimit(mean: number, variance: number, p: number): number {
  if (mean === 0 || variance === 0) return mean;
  return (variance / mean) * gammaQuantile(p, (mean * mean) / variance);
}
