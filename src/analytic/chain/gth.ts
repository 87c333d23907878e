import type { Chain } from '../../model/chain.ts';

type Rows = Pick<Chain, 'states' | 'offset' | 'to' | 'rate'>;

/**
 * Steady-state probabilities of an irreducible chain given as a dense matrix of rates, row by row; the diagonal is
 * not looked at and the matrix is overwritten. Grassmann, Taksar and Heyman's elimination: no subtraction anywhere, so
 * every probability, however small, has a relative error of the order of n·1e-16. Time n³/3.
 *
 * @see Grassmann, Taksar, Heyman, Operations Research 33 (1985) 1107–1116.
 */
export function gthDense(rates: Float64Array, n: number): Float64Array {
  for (let k = n - 1; k > 0; k--) {
    const rowK = k * n;
    let out = 0;
    for (let j = 0; j < k; j++) out += rates[rowK + j]!;
    for (let i = 0; i < k; i++) {
      const rowI = i * n;
      const into = rates[rowI + k]!;
      if (into === 0) continue;
      const factor = into / out;
      rates[rowI + k] = factor;
      for (let j = 0; j < k; j++) rates[rowI + j]! += factor * rates[rowK + j]!;
    }
  }
  return backSubstituted(n, n, (i, k) => i * n + k, rates);
}

/**
 * The same for a chain whose transitions lead no further than `band` states up or down, but for those to the first state
 * (renewals, restarts), which may come from anywhere: elimination from the last state fills nothing else, so the time is
 * n·band² and a birth–death chain of any length is solved at once.
 */
export function gthBanded(chain: Rows, band: number): Float64Array {
  const n = chain.states;
  const width = 2 * band + 1;
  const rates = new Float64Array(n * width);
  /** Rate from each state to the first one. */
  const home = new Float64Array(n);
  const at = (i: number, j: number): number => i * width + (j - i + band);
  for (let i = 0; i < n; i++) {
    for (let k = chain.offset[i]!; k < chain.offset[i + 1]!; k++) {
      const j = chain.to[k]!;
      if (j === 0) home[i] = chain.rate[k]!;
      else rates[at(i, j)] = chain.rate[k]!;
    }
  }
  for (let k = n - 1; k > 0; k--) {
    const first = Math.max(0, k - band);
    const from = Math.max(1, first);
    const rowK = at(k, 0);
    let out = home[k]!;
    for (let j = from; j < k; j++) out += rates[rowK + j]!;
    for (let i = first; i < k; i++) {
      const into = rates[at(i, k)]!;
      if (into === 0) continue;
      const factor = into / out;
      rates[at(i, k)] = factor;
      home[i]! += factor * home[k]!;
      const rowI = at(i, 0);
      for (let j = from; j < k; j++) rates[rowI + j]! += factor * rates[rowK + j]!;
    }
  }
  return backSubstituted(n, band, at, rates);
}

/** Furthest any transition leads, in state numbers; those to the first state apart. */
export function bandOf({ states, offset, to }: Rows): number {
  let band = 0;
  for (let i = 0; i < states; i++) {
    for (let k = offset[i]!; k < offset[i + 1]!; k++) if (to[k] !== 0) band = Math.max(band, Math.abs(to[k]! - i));
  }
  return band;
}

/** Above this all probabilities so far are scaled down: the start may be rarer than any double. */
const LARGE = 1e200;

/** Probabilities from the factors elimination left above the diagonal, scaled to sum 1. */
function backSubstituted(
  n: number,
  band: number,
  at: (i: number, k: number) => number,
  factors: Float64Array,
): Float64Array {
  const x = new Float64Array(n);
  x[0] = 1;
  let total = 1;
  for (let k = 1; k < n; k++) {
    let sum = 0;
    for (let i = Math.max(0, k - band); i < k; i++) sum += x[i]! * factors[at(i, k)]!;
    x[k] = sum;
    total += sum;
    if (total < LARGE) continue;
    for (let i = 0; i <= k; i++) x[i]! /= total;
    total = 1;
  }
  for (let i = 0; i < n; i++) x[i]! /= total;
  return x;
}

/** The rates of a chain as a dense matrix, row by row, with a zero diagonal. */
export function denseRates(chain: Rows): Float64Array {
  const n = chain.states;
  const rates = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = chain.offset[i]!; k < chain.offset[i + 1]!; k++) rates[i * n + chain.to[k]!] = chain.rate[k]!;
  }
  return rates;
}
