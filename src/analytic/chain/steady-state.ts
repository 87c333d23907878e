import type { Chain } from '../../model/chain.ts';
import { InputError } from '../../model/problem.ts';
import { type ChainClasses, chainClasses } from './classes.ts';
import { bandOf, denseRates, gthBanded, gthDense } from './gth.ts';
import { iterativeSteadyState } from './iterative.ts';
import { exitRates } from './rows.ts';
import { restartedSubchain, subchain } from './subchain.ts';

export interface SteadyState {
  /** Long-run share of time in each state; sums to 1. */
  readonly probability: Float64Array;
  readonly method: 'gth' | 'iterative';
  /** Gauss–Seidel sweeps; 0 for the direct method. */
  readonly sweeps: number;
  /** Bound on the relative error of each single probability. */
  readonly relativeError: number;
}

export interface SteadyStateOptions {
  /** Largest relative error of any probability; default 1e-13. */
  readonly tolerance?: number;
  /**
   * Largest number of states solved by elimination whatever leads where; default 400 (about 30 ms). With 0 the
   * iteration comes first in any case.
   */
  readonly denseStates?: number;
}

type Rows = Pick<Chain, 'states' | 'offset' | 'to' | 'rate'>;

/**
 * Multiplications of an elimination within the band: up to the first it is done at once (some tenths of a second), up
 * to the second (some seconds) when the iteration does not converge.
 */
const QUICK_BAND = 1e8;
const SLOW_BAND = 8e9;
/** Numbers the band may have, 8 bytes each. */
const WIDEST_BAND = 3e7;

/**
 * Long-run state probabilities from the chain's start. Elimination (GTH) for small chains and for those whose states
 * lie along a line, Gauss–Seidel with aggregation for others. A chain that can end in several closed sets of states weighs them by the probability of
 * ending there; states that are left for good and states that are never reached get exactly 0.
 *
 * @throws InputError `not-converged` when a large chain does not reach the tolerance.
 */
export function steadyState(chain: Chain, options: SteadyStateOptions = {}): SteadyState {
  const classes = chainClasses(chain);
  if (classes.classes === 1 && !classes.classOf.includes(-1)) return solveIrreducible(chain, options);

  const probability = new Float64Array(chain.states);
  const weight = endingProbabilities(chain, classes, options);
  let worst: SteadyState = { probability, method: 'gth', sweeps: 0, relativeError: 0 };
  for (let c = 0; c < classes.classes; c++) {
    if (classes.recurrent[c] === 0 || weight[c] === 0) continue;
    const part = subchain(
      chain,
      mask(classes.classOf, (own) => own === c),
    );
    const solved = solveIrreducible(part.rows, options);
    part.member.forEach((state, k) => {
      probability[state] = weight[c]! * solved.probability[k]!;
    });
    if (solved.relativeError >= worst.relativeError) worst = { ...solved, probability };
  }
  return worst;
}

/**
 * Probability of ending in each recurrent class (0 for the transient ones), indexed by class.
 */
export function endingProbabilities(
  chain: Chain,
  classes: ChainClasses,
  options: SteadyStateOptions = {},
): Float64Array {
  const { classOf, recurrent } = classes;
  const weight = new Float64Array(classes.classes);
  const { state, probability } = chain.initial;
  let inTransient = 0;
  state.forEach((s, k) => {
    if (recurrent[classOf[s]!] === 1) weight[classOf[s]!]! += probability[k]!;
    else inTransient += probability[k]!;
  });
  if (inTransient === 0) return weight;

  const transientStart = state.map((_, k) => k).filter((k) => recurrent[classOf[state[k]!]!] === 0);
  const start = {
    state: transientStart.map((k) => state[k]!),
    probability: Float64Array.from(transientStart, (k) => probability[k]! / inTransient),
  };
  const transient = restartedSubchain(
    chain,
    mask(classOf, (own) => own >= 0 && recurrent[own] === 0),
    start,
  );
  const time = solveIrreducible(transient.rows, options).probability;
  const flow = new Float64Array(classes.classes);
  let total = 0;
  transient.member.forEach((source, k) => {
    for (let t = chain.offset[source]!; t < chain.offset[source + 1]!; t++) {
      const target = classOf[chain.to[t]!]!;
      if (recurrent[target] === 0) continue;
      flow[target]! += time[k]! * chain.rate[t]!;
      total += time[k]! * chain.rate[t]!;
    }
  });
  for (let c = 0; c < classes.classes; c++) weight[c]! += (inTransient * flow[c]!) / total;
  return weight;
}

/** Steady state of a chain in which every state can be reached from every other. */
export function solveIrreducible(rows: Rows, options: SteadyStateOptions = {}): SteadyState {
  const n = rows.states;
  const dense = options.denseStates ?? 400;
  if (n <= dense) return direct(rows);
  const band = bandOf(rows);
  const work = n * (2 * band + 1) <= WIDEST_BAND ? n * band * band : Number.POSITIVE_INFINITY;
  if (dense > 0 && work <= QUICK_BAND) return banded(rows, band);
  const { tolerance } = options;
  const solved = iterativeSteadyState(rows, tolerance === undefined ? {} : { tolerance });
  if (solved.converged) return { ...solved, method: 'iterative' };
  if (work <= SLOW_BAND) return banded(rows, band);
  throw new InputError([
    {
      level: 'unsupported',
      code: 'not-converged',
      message: `the steady state of this chain (${n} states, exit rates from ${extremes(exitRates(rows))} per hour) is known only to a relative error of ${solved.relativeError.toExponential(1)} after ${solved.sweeps} sweeps`,
      hint: 'accept a larger tolerance, lump equal elements, or simulate it',
    },
  ]);
}

function direct(rows: Rows): SteadyState {
  const probability = gthDense(denseRates(rows), rows.states);
  return { probability, method: 'gth', sweeps: 0, relativeError: 4 * rows.states * Number.EPSILON };
}

function banded(rows: Rows, band: number): SteadyState {
  const probability = gthBanded(rows, band);
  return { probability, method: 'gth', sweeps: 0, relativeError: 4 * rows.states * Number.EPSILON };
}

function mask(classOf: Int32Array, keep: (own: number) => boolean): Uint8Array {
  return Uint8Array.from(classOf, (own) => (keep(own) ? 1 : 0));
}

function extremes(values: Float64Array): string {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return `${low.toPrecision(3)} to ${high.toPrecision(3)}`;
}
