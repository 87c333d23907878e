import type { Estimate } from '../../model/estimate.ts';
import type { Interval } from './confidence.ts';
import { Moments } from './moments.ts';
import { studentFactor } from './student.ts';

/**
 * Mean with Student's interval from sums over n histories. For amounts that most histories do not have at all use
 * `rateInterval`: Student's interval then covers far less than it says (methods §5.3, `README.md`).
 *
 * @param sum Σ x
 * @param sumOfSquares Σ x²; cancellation costs digits when the spread is small against the mean, `Moments` does not lose them
 * @param n at least 2
 */
export function meanInterval(sum: number, sumOfSquares: number, n: number, confidence: number): Estimate {
  requireCount(n);
  const mean = sum / n;
  const variance = Math.max(0, (sumOfSquares - sum * mean) / (n - 1));
  return symmetric(mean, variance / n, n, confidence);
}

/** Mean of a plain sample of at least two values with Student's interval. */
export function meanIntervalOf(sample: ArrayLike<number>, confidence: number): Estimate {
  return meanIntervalFrom(Moments.of(sample), confidence);
}

/** Mean with Student's interval from moments of at least two values. */
export function meanIntervalFrom(moments: Moments, confidence: number): Estimate {
  requireCount(moments.count);
  return symmetric(moments.mean, moments.variance / moments.count, moments.count, confidence);
}

/** As `meanIntervalFrom`, with Johnson's correction for skewness. */
export function skewedMeanInterval(moments: Moments, confidence: number): Estimate {
  const n = moments.count;
  requireCount(n);
  const ends = johnsonInterval(
    moments.mean,
    moments.variance / n,
    moments.thirdCentralMoment / (n * n),
    studentFactor(confidence, n - 1),
  );
  return { value: moments.mean, ...ends, method: 'histories', n };
}

/**
 * Interval of an approximately normal estimator, moved for skewness: value + κ₃/(6v)·(1 + 2q²) ± q√v.
 * For a stratified ratio (methods §2.7) v = Σ R² s²/n and κ₃ = Σ R³ m₃/n², both over the denominator's powers 2 and 3.
 *
 * @param variance v ≥ 0 of the estimator; the interval of 0 is the value itself
 * @param thirdCumulant κ₃ of the estimator; m₃/n² for a mean of n values
 * @param factor q > 0, two-sided normal or Student factor
 * @see Johnson, JASA 73 (1978) 536.
 */
export function johnsonInterval(value: number, variance: number, thirdCumulant: number, factor: number): Interval {
  if (variance === 0) return { lo: value, hi: value };
  const centre = value + (thirdCumulant / (6 * variance)) * (1 + 2 * factor * factor);
  const half = factor * Math.sqrt(variance);
  return { lo: centre - half, hi: centre + half };
}

/** value·exp(± factor·SE/value) for a positive value: stays positive; for wide intervals (SE/value > 0.15, methods §2.7). */
export function logInterval(value: number, standardError: number, factor: number): Interval {
  if (!(value > 0)) throw new RangeError(`A logarithmic interval needs a positive value: ${value}`);
  const spread = Math.exp((factor * standardError) / value);
  return { lo: value / spread, hi: value * spread };
}

function symmetric(value: number, variance: number, n: number, confidence: number): Estimate {
  const half = studentFactor(confidence, n - 1) * Math.sqrt(variance);
  return { value, lo: value - half, hi: value + half, method: 'histories', n };
}

function requireCount(n: number): void {
  if (!(Number.isInteger(n) && n >= 2)) throw new RangeError(`An interval of a mean needs at least two values: ${n}`);
}
