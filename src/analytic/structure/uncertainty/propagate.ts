import type { Propagation, TornadoBar } from '../../../model/calculation.ts';
import { InputError } from '../../../model/problem.ts';
import type { Structure } from '../../../model/structure.ts';
import { expandCommonCauses } from '../commoncause.ts';
import { topEvaluator } from '../evaluate.ts';
import { prepare, type Solution, solve } from '../solve.ts';
import { unavailabilityAtQuantile, uncertainParameters } from './parameters.ts';

const NODE_LIMIT = 8_000_000;
const DRAWS = 1_000;

export interface PropagationOptions {
  /** Latin hypercube draws; default 1 000. */
  readonly draws?: number;
  /** Uniform numbers on [0, 1). */
  readonly random: () => number;
  /** Cumulative probabilities whose quantiles are wanted; default 0.05, 0.5, 0.95. */
  readonly quantiles?: readonly number[];
}

/**
 * Propagates lognormal parameter uncertainty by Latin hypercube sampling on the exact structure: every draw evaluates
 * the decision diagram once. Blocks sharing a parameter get the same draw (methods 3.7).
 */
export function propagate(model: Structure, options: PropagationOptions): Propagation {
  const structure = expandCommonCauses(model);
  const { draws = DRAWS, random, quantiles = [0.05, 0.5, 0.95] } = options;
  const parameters = uncertainParameters(structure);
  const evaluate = topEvaluator(exactSolution(structure));
  const strata = parameters.map(() => shuffled(draws, random));
  const q = Float64Array.from(structure.blocks, ({ unavailability }) => unavailability);
  const values = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    parameters.forEach(({ sigma, blocks }, k) => {
      const p = Math.min(1 - 2 ** -53, (strata[k]![draw]! + Math.max(random(), 2 ** -53)) / draws);
      for (const block of blocks) q[block] = unavailabilityAtQuantile(structure.blocks[block]!, sigma, p);
    });
    values[draw] = evaluate(q);
  }
  values.sort();
  const mean = values.reduce((sum, value) => sum + value, 0) / draws;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, draws - 1);
  return {
    mean,
    standardDeviation: Math.sqrt(variance),
    quantiles: quantiles.map((p) => ({ p, unavailability: quantileOf(values, p) })),
    draws,
  };
}

/** Bars of all uncertain parameters, widest first. */
export function tornado(model: Structure): TornadoBar[] {
  const structure = expandCommonCauses(model);
  const evaluate = topEvaluator(exactSolution(structure));
  const stated = Float64Array.from(structure.blocks, ({ unavailability }) => unavailability);
  const bars = uncertainParameters(structure).map(({ name, sigma, blocks }) => {
    const at = (p: number): number => {
      const q = stated.slice();
      for (const block of blocks) q[block] = unavailabilityAtQuantile(structure.blocks[block]!, sigma, p);
      return evaluate(q);
    };
    return { parameter: name, low: at(0.05), high: at(0.95) };
  });
  return bars.sort((a, b) => Math.abs(b.high - b.low) - Math.abs(a.high - a.low));
}

function exactSolution(structure: Structure): Solution {
  const solution = solve(prepare(structure), NODE_LIMIT);
  if ('parts' in solution) {
    const message = 'Uncertainty needs an exact solution, and the decision diagram of this structure does not fit.';
    throw new InputError([{ level: 'unsupported', code: 'too-large', message }]);
  }
  return solution;
}

/** 0 … n − 1 in random order (Fisher & Yates). */
function shuffled(n: number, random: () => number): Float64Array {
  const order = Float64Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const swap = order[i]!;
    order[i] = order[j]!;
    order[j] = swap;
  }
  return order;
}

/** Quantile by linear interpolation between order statistics (Hyndman & Fan type 7). */
function quantileOf(sorted: Float64Array, p: number): number {
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}
