import type { Chain } from '../../model/chain.ts';
import { InputError } from '../../model/problem.ts';
import { denseRates } from './gth.ts';
import { expectedReward } from './measures.ts';

/** Largest chain whose sensitivities are computed (elimination, some seconds). */
const LARGEST = 2_000;

/**
 * Derivative of the long-run expected reward by each transition rate, in the order of `chain.to`:
 * ∂g/∂q_ij = π_i (h_j − h_i), where h is the extra reward that starting in a state brings. The derivative by a
 * parameter is the sum over the transitions whose rate depends on it.
 *
 * h is found without subtraction up to one difference per state: reward earned and time spent until the next visit to
 * state 0, both by elimination with positive terms only.
 *
 * @param chain irreducible.
 * @param probability its steady state.
 * @throws InputError `too-many-states` above 2 000 states.
 */
export function rateSensitivities(chain: Chain, probability: Float64Array, reward: Float64Array): Float64Array {
  const n = chain.states;
  if (n > LARGEST) {
    throw new InputError([
      {
        level: 'unsupported',
        code: 'too-many-states',
        message: `sensitivities need a chain of at most ${LARGEST} states; this one has ${n}`,
        hint: 'lump equal elements first, or vary the parameter',
      },
    ]);
  }
  const g = expectedReward(probability, reward);
  const { earned, hours } = untilStateZero(denseRates(chain), reward, n);
  const sensitivity = new Float64Array(chain.to.length);
  for (let i = 0; i < n; i++) {
    for (let k = chain.offset[i]!; k < chain.offset[i + 1]!; k++) {
      const j = chain.to[k]!;
      sensitivity[k] = probability[i]! * (earned[j]! - earned[i]! - g * (hours[j]! - hours[i]!));
    }
  }
  return sensitivity;
}

/** Expected reward and time from each state until state 0 is reached; 0 for state 0. Overwrites `rates`. */
function untilStateZero(
  rates: Float64Array,
  reward: Float64Array,
  n: number,
): { earned: Float64Array; hours: Float64Array } {
  const earned = reward.slice();
  const hours = new Float64Array(n).fill(1);
  const out = new Float64Array(n);
  for (let k = n - 1; k > 0; k--) {
    const rowK = k * n;
    for (let j = 0; j < k; j++) out[k]! += rates[rowK + j]!;
    for (let i = 1; i < k; i++) {
      const rowI = i * n;
      const factor = rates[rowI + k]! / out[k]!;
      if (factor === 0) continue;
      for (let j = 0; j < k; j++) rates[rowI + j]! += factor * rates[rowK + j]!;
      earned[i]! += factor * earned[k]!;
      hours[i]! += factor * hours[k]!;
    }
  }
  earned[0] = 0;
  hours[0] = 0;
  for (let k = 1; k < n; k++) {
    for (let j = 1; j < k; j++) {
      earned[k]! += rates[k * n + j]! * earned[j]!;
      hours[k]! += rates[k * n + j]! * hours[j]!;
    }
    earned[k]! /= out[k]!;
    hours[k]! /= out[k]!;
  }
  return { earned, hours };
}
