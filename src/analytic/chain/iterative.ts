import type { Chain } from '../../model/chain.ts';
import { ConvergenceWatch } from './convergence.ts';
import { groupByDwelling } from './grouping.ts';
import { gthDense } from './gth.ts';
import { exitRates, transposed } from './rows.ts';

/** Result of the iterative solver. `relativeError` bounds the relative error of every single probability. */
export interface IterativeSolution {
  readonly probability: Float64Array;
  readonly sweeps: number;
  readonly relativeError: number;
  readonly converged: boolean;
}

export interface IterativeOptions {
  /** Largest relative error of any probability; default 1e-13. */
  readonly tolerance?: number;
  /** Default 20 000. */
  readonly maximumSweeps?: number;
  /** Groups of the coarse correction; default 128. */
  readonly groups?: number;
}

/** Gauss–Seidel sweeps between two coarse corrections. */
const SWEEPS_PER_CYCLE = 4;
/** Cycles within which the change must fall tenfold; otherwise the sweeps per cycle are doubled. */
const PATIENCE = 12;
/** Below this a probability counts as 0; keeps every ratio defined without denormal numbers. */
const FLOOR = 1e-290;
/**
 * Steady state of an irreducible sparse chain: Gauss–Seidel sweeps, and after every few of them the exact solution of
 * the chain aggregated into some hundred groups rescales the groups (iterative aggregation–disaggregation). Both steps
 * only add, multiply and divide positive numbers, so small probabilities are as accurate as large ones.
 *
 * It stops on the component-wise relative change of a whole cycle times ρ/(1 − ρ), ρ the contraction last seen: a
 * change alone says nothing about the error when convergence is slow.
 *
 * @see Stewart, Introduction to the Numerical Solution of Markov Chains (1994), ch. 6.
 */
export function iterativeSteadyState(
  chain: Pick<Chain, 'states' | 'offset' | 'to' | 'rate'>,
  options: IterativeOptions = {},
): IterativeSolution {
  const n = chain.states;
  const tolerance = options.tolerance ?? 1e-13;
  const maximumSweeps = options.maximumSweeps ?? 20_000;
  const exit = exitRates(chain);
  const { offset, from, rate } = transposed(chain);
  const coarse = coarseCorrection(chain, exit, options.groups ?? 128);

  const x = new Float64Array(n).fill(FLOOR);
  x[0] = 1;
  const before = new Float64Array(n);
  const watch = new ConvergenceWatch();
  let sweepsPerCycle = SWEEPS_PER_CYCLE;
  let cycles = 0;
  let checkpoint = Number.POSITIVE_INFINITY;
  let sweeps = 0;
  while (sweeps < maximumSweeps && !(watch.stalled || watch.relativeError <= tolerance)) {
    if (sweeps > 0) coarse(x);
    before.set(x);
    for (let s = 0; s < sweepsPerCycle; s++) sweep(x, offset, from, rate, exit);
    sweeps += sweepsPerCycle;
    const change = relativeSpread(before, x);
    watch.observe(change);
    // A correction on unlucky groups can undo what the sweeps gain; more sweeps in between always break the circle.
    if (++cycles % PATIENCE === 0) {
      if (change > 0.1 * checkpoint) sweepsPerCycle = Math.min(2 * sweepsPerCycle, 64 * SWEEPS_PER_CYCLE);
      checkpoint = change;
    }
  }
  let total = 0;
  for (let i = 0; i < n; i++) total += x[i]!;
  for (let i = 0; i < n; i++) x[i] = x[i]! <= FLOOR ? 0 : x[i]! / total;
  const { relativeError } = watch;
  return { probability: x, sweeps, relativeError, converged: relativeError <= tolerance || watch.stalled };
}

/** One Gauss–Seidel sweep in state order, state 0 last: x[j] ← Σ x[i]·q[i→j] / exit[j]. */
function sweep(x: Float64Array, offset: Int32Array, from: Int32Array, rate: Float64Array, exit: Float64Array): void {
  const n = x.length;
  for (let step = 1; step <= n; step++) {
    const j = step === n ? 0 : step;
    const end = offset[j + 1]!;
    let inflow = 0;
    for (let k = offset[j]!; k < end; k++) inflow += rate[k]! * x[from[k]!]!;
    const value = inflow / exit[j]!;
    x[j] = value > FLOOR ? value : FLOOR;
  }
}

/** max over min of the component-wise ratios after/before, minus 1: the relative change up to a common factor. */
function relativeSpread(before: Float64Array, after: Float64Array): number {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (let i = 0; i < before.length; i++) {
    const ratio = after[i]! / before[i]!;
    if (ratio < low) low = ratio;
    if (ratio > high) high = ratio;
  }
  return high / low - 1;
}

/** Prepares the step that solves the aggregated chain exactly and gives each group its share of the probability. */
function coarseCorrection(
  chain: Pick<Chain, 'states' | 'offset' | 'to' | 'rate'>,
  exit: Float64Array,
  wanted: number,
): (x: Float64Array) => void {
  const { states, offset, to, rate } = chain;
  const { groupOf, groups } = groupByDwelling(chain, exit, Math.min(wanted, states), 2 * wanted);
  const matrix = new Float64Array(groups * groups);
  const weight = new Float64Array(groups);
  return (x) => {
    matrix.fill(0);
    weight.fill(0);
    for (let i = 0; i < states; i++) {
      const probability = x[i]!;
      const group = groupOf[i]!;
      const row = group * groups;
      const end = offset[i + 1]!;
      weight[group]! += probability;
      for (let k = offset[i]!; k < end; k++) matrix[row + groupOf[to[k]!]!]! += probability * rate[k]!;
    }
    for (let a = 0; a < groups; a++) {
      for (let b = 0; b < groups; b++) matrix[a * groups + b] = a === b ? 0 : matrix[a * groups + b]! / weight[a]!;
    }
    const share = gthDense(matrix, groups);
    for (let a = 0; a < groups; a++) share[a]! /= weight[a]!;
    for (let i = 0; i < states; i++) {
      const value = x[i]! * share[groupOf[i]!]!;
      x[i] = value > FLOOR ? value : FLOOR;
    }
  };
}
