import type { Chain } from '../../model/chain.ts';

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
  const x = new Float64Array(n);
  x[0] = 1;
  let total = 1;
  for (let k = 1; k < n; k++) {
    let sum = 0;
    for (let i = 0; i < k; i++) sum += x[i]! * rates[i * n + k]!;
    x[k] = sum;
    total += sum;
  }
  for (let i = 0; i < n; i++) x[i]! /= total;
  return x;
}

/** The rates of a chain as a dense matrix, row by row, with a zero diagonal. */
export function denseRates(chain: Pick<Chain, 'states' | 'offset' | 'to' | 'rate'>): Float64Array {
  const n = chain.states;
  const rates = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = chain.offset[i]!; k < chain.offset[i + 1]!; k++) rates[i * n + chain.to[k]!] = chain.rate[k]!;
  }
  return rates;
}
