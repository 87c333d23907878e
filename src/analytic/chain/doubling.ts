import type { Chain } from '../../model/chain.ts';
import { denseRates } from './gth.ts';
import type { TransientPoint, TransientResult } from './transient.ts';
import { initialVector } from './uniformised.ts';

/**
 * Transient rewards of a small stiff chain: P(h) = e^{Qh} for a step h of about one mean sojourn in the fastest state,
 * then P(2h) = P(h)² and ∫P up to 2h = ∫P up to h + P(h)·∫P up to h until the instant is reached. Everything is
 * positive and rows are scaled to sum 1 after each squaring, so the error grows with the number of squarings only.
 */
export function doublingRewards(chain: Chain, hours: readonly number[]): TransientResult {
  const rates = denseRates(chain);
  const start = initialVector(chain);
  let steps = 0;
  const points = hours.map((h): TransientPoint => {
    const { transition, integral, squarings } = exponential(rates, chain.states, h);
    steps += squarings;
    const at = leftProduct(start, transition);
    const until = leftProduct(start, integral);
    const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    return {
      hours: h,
      instant: Float64Array.from(chain.rewards, (reward) => dot(at, reward)),
      accumulated: Float64Array.from(chain.rewards, (reward) => dot(until, reward)),
    };
  });
  return { points, method: 'doubling', steps };
}

function exponential(
  rates: Float64Array,
  n: number,
  hours: number,
): { transition: Float64Array; integral: Float64Array; squarings: number } {
  const exit = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) exit[i]! += rates[i * n + j]!;
  const fastest = 1.02 * exit.reduce((a, b) => Math.max(a, b), 0);
  const squarings = Math.max(0, Math.ceil(Math.log2(fastest * hours)));
  const h = hours / 2 ** squarings;
  const jump = new Float64Array(n * n);
  const q = fastest === 0 ? 1 : fastest;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) jump[i * n + j] = i === j ? 1 - exit[i]! / q : rates[i * n + j]! / q;
  }

  // Uniformised series: Σ w_k Jᵏ with Poisson weights of mean qh ≤ 1, and Σ P(N > k)/q · Jᵏ for the integral.
  const weights = poissonHead(q * h);
  let transition: Float64Array = new Float64Array(n * n);
  let integral: Float64Array = new Float64Array(n * n);
  let power: Float64Array = identity(n);
  weights.forEach(({ weight, beyond }, k) => {
    if (k > 0) power = product(power, jump, n);
    for (let c = 0; c < power.length; c++) {
      transition[c]! += weight * power[c]!;
      integral[c]! += (beyond / q) * power[c]!;
    }
  });
  normaliseRows(transition, n, 1);
  normaliseRows(integral, n, h);
  for (let s = 0; s < squarings; s++) {
    const later = product(transition, integral, n);
    for (let c = 0; c < later.length; c++) later[c]! += integral[c]!;
    integral = later;
    transition = product(transition, transition, n);
    normaliseRows(transition, n, 1);
    normaliseRows(integral, n, h * 2 ** (s + 1));
  }
  return { transition, integral, squarings };
}

/** Poisson probabilities of mean ≤ 1 and P(N > k), from k = 0 until they vanish. */
function poissonHead(mean: number): { weight: number; beyond: number }[] {
  const weight: number[] = [];
  for (let k = 0, w = Math.exp(-mean); w > 1e-40 || k < 2; k++) {
    weight.push(w);
    w *= mean / (k + 1);
  }
  const head: { weight: number; beyond: number }[] = [];
  let beyond = 0;
  for (let k = weight.length - 1; k >= 0; k--) {
    head.unshift({ weight: weight[k]!, beyond });
    beyond += weight[k]!;
  }
  return head;
}

function identity(n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  return matrix;
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let k = 0; k < n; k++) {
      const factor = a[row + k]!;
      if (factor === 0) continue;
      const other = k * n;
      for (let j = 0; j < n; j++) c[row + j]! += factor * b[other + j]!;
    }
  }
  return c;
}

function leftProduct(v: Float64Array, matrix: Float64Array): Float64Array {
  const n = v.length;
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) if (v[i] !== 0) for (let j = 0; j < n; j++) result[j]! += v[i]! * matrix[i * n + j]!;
  return result;
}

function normaliseRows(matrix: Float64Array, n: number, sum: number): void {
  for (let i = 0; i < n; i++) {
    let total = 0;
    for (let j = 0; j < n; j++) total += matrix[i * n + j]!;
    if (total > 0) for (let j = 0; j < n; j++) matrix[i * n + j]! *= sum / total;
  }
}
