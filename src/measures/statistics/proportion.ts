import { betaQuantile, normalQuantile } from '../../adapters/special.ts';
import type { Estimate } from '../../model/estimate.ts';
import { type Interval, tail } from './confidence.ts';

/**
 * Share of successes with Wilson's interval, for display. Throws RangeError unless 0 ≤ successes ≤ n, n ≥ 1.
 *
 * @see Wilson, JASA 22 (1927) 209; methods §5.5, §7.9.
 */
export function wilson(successes: number, n: number, confidence: number): Estimate {
  requireTrials(successes, n);
  const share = successes / n;
  const square = normalQuantile(tail(confidence)) ** 2;
  const centre = (successes + square / 2) / (n + square);
  const half = Math.sqrt(square * ((successes * (n - successes)) / n + square / 4)) / (n + square);
  return {
    value: share,
    lo: successes === 0 ? 0 : centre - half,
    hi: successes === n ? 1 : centre + half,
    method: 'wilson',
    n,
  };
}

/**
 * Exact (conservative) two-sided interval of a share, for gates.
 *
 * @see Clopper & Pearson, Biometrika 26 (1934) 404; methods §5.5, §7.9.
 */
export function clopperPearson(successes: number, n: number, confidence: number): Interval {
  requireTrials(successes, n);
  const alpha = tail(confidence);
  return {
    lo: successes === 0 ? 0 : betaQuantile(alpha, successes, n - successes + 1),
    hi: successes === n ? 1 : betaQuantile(1 - alpha, successes + 1, n - successes),
  };
}

/**
 * Trials without a failure that show, with the given confidence, a success probability of at least `probability`:
 * the smallest n with probabilityⁿ ≤ 1 − confidence (B-53, NC-27: 299 for 0.99 at 95 %).
 */
export function zeroFailureTrials(probability: number, confidence: number): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`Not strictly between 0 and 1: ${probability}`);
  // The margin keeps a ratio that is whole on paper (0.1 at 99 %: 2) from being rounded up by its last bit.
  return Math.ceil(Math.log(2 * tail(confidence)) / Math.log(probability) - 1e-9);
}

function requireTrials(successes: number, n: number): void {
  if (!(n >= 1 && successes >= 0 && successes <= n)) {
    throw new RangeError(`Not a number of successes among trials: ${successes} of ${n}`);
  }
}
