import type { Chain } from '../../model/chain.ts';
import { compensatedProduct } from './sum.ts';

/** Long-run figures of a chain whose states are split into up and down. */
export interface AvailabilityFigures {
  /** Long-run share of time down; carried as it is, never as 1 − availability. */
  readonly unavailability: number;
  readonly availability: number;
  /** Passages from up to down per hour. */
  readonly frequencyPerHour: number;
  /** Mean up time between two such passages; Infinity when there is none. */
  readonly mutHours: number;
  /** Mean down time per passage; NaN when there is none. */
  readonly mdtHours: number;
}

/** 1 for each state whose reward is at least `minimum` (default: more than 0), else 0. */
export function statesWithReward(reward: Float64Array, minimum = Number.MIN_VALUE): Uint8Array {
  return Uint8Array.from(reward, (value) => (value >= minimum ? 1 : 0));
}

/** U = Σ π over down states, ν = Σ π_i q_ij over i up, j down, MDT = U/ν, MUT = A/ν (methods 3.2). */
export function availabilityFigures(chain: Chain, probability: Float64Array, down: Uint8Array): AvailabilityFigures {
  const { states, offset, to, rate } = chain;
  let frequency = 0;
  for (let i = 0; i < states; i++) {
    if (down[i] === 1) continue;
    let out = 0;
    for (let k = offset[i]!; k < offset[i + 1]!; k++) if (down[to[k]!] === 1) out += rate[k]!;
    frequency += probability[i]! * out;
  }
  const unavailability = compensatedProduct(probability, down);
  const availability = compensatedProduct(
    probability,
    down.map((d) => 1 - d),
  );
  return {
    unavailability,
    availability,
    frequencyPerHour: frequency,
    mutHours: availability / frequency,
    mdtHours: unavailability / frequency,
  };
}

/** Expected reward rate Σ π_i r_i. */
export function expectedReward(probability: Float64Array, reward: Float64Array): number {
  return compensatedProduct(probability, reward);
}

/**
 * Turns rewards earned at transitions into the reward rate that has the same expectation over any interval: state `i`
 * earns Σ_j q_ij·impulse(i, j) per hour. For example the number of repairs.
 */
export function impulseReward(chain: Chain, impulse: (from: number, to: number) => number): Float64Array {
  const reward = new Float64Array(chain.states);
  for (let i = 0; i < chain.states; i++) {
    let sum = 0;
    for (let k = chain.offset[i]!; k < chain.offset[i + 1]!; k++) sum += chain.rate[k]! * impulse(i, chain.to[k]!);
    reward[i] = sum;
  }
  return reward;
}
