import { betaCdf } from '../../adapters/special.ts';
import type { Estimate } from '../../model/estimate.ts';
import { tail } from './confidence.ts';
import type { QuantileSketch } from './sketch.ts';

/**
 * Quantile of single events (weights 1) with its distribution-free interval: two order statistics whose ranks come from
 * the binomial law. Ends carry the sketch's 1 %.
 *
 * @param p strictly between 0 and 1
 * @param ceiling upper end where even the largest value does not bound the quantile (fewer than about 3.7/(1 − p) events
 *   at 95 %); the lower end is then likewise 0
 * @returns null for an empty sketch; `n` is the number of events
 * @see David & Nagaraja, Order Statistics, §7.1; methods §5.4.
 */
export function quantileInterval(
  sketch: QuantileSketch,
  p: number,
  confidence: number,
  ceiling = Number.POSITIVE_INFINITY,
): Estimate | null {
  if (!(p > 0 && p < 1)) throw new RangeError(`Not a share strictly between 0 and 1: ${p}`);
  const n = Math.round(sketch.weight);
  if (n === 0) return null;
  const alpha = tail(confidence);
  // Below the quantile lie Binomial(n, p) values; both ranks leave at most alpha outside.
  const lower = firstRank(n, (rank) => 1 - atLeast(rank + 1, n, p) > alpha);
  const upper = firstRank(n, (rank) => atLeast(rank, n, p) <= alpha);
  return {
    value: sketch.quantile(p),
    lo: lower === 0 ? 0 : sketch.valueAt(lower),
    hi: upper > n ? ceiling : sketch.valueAt(upper),
    method: 'histories',
    n,
  };
}

/** P(Binomial(n, p) ≥ k), 0 ≤ k ≤ n + 1. */
function atLeast(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  return k > n ? 0 : betaCdf(p, k, n - k + 1);
}

/** Smallest rank in 0 … n + 1 for which `holds`, which then holds for all larger ones. */
function firstRank(n: number, holds: (rank: number) => boolean): number {
  let low = 0;
  let high = n + 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
