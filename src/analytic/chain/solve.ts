import type { Chain } from '../../model/chain.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';
import { firstPassage } from './first-passage.ts';
import { type AvailabilityFigures, availabilityFigures, expectedReward, statesWithReward } from './measures.ts';
import { type SteadyStateOptions, steadyState } from './steady-state.ts';
import { transientRewards } from './transient.ts';

/** Everything the solvers say about a chain; one entry of `rewards` per reward of the chain. */
export interface ChainSolution {
  readonly states: number;
  readonly transitions: number;
  readonly method: 'gth' | 'iterative';
  /** Bound on the relative error of every state probability. */
  readonly relativeError: number;
  readonly probability: Float64Array;
  readonly rewards: readonly RewardSolution[];
}

export interface RewardSolution {
  /** Long-run expected reward rate. */
  readonly mean: number;
  /** Of the states where the reward is above 0, counted as down. `dpm` is in s/year. */
  readonly down: AvailabilityFigures & { readonly dpm: number };
  /** Mean time from the start to the first such state, hours; Infinity when it may never come. */
  readonly mttfHours: number;
  /** At the instants asked for: expected reward then, and averaged over the time until then. */
  readonly at: readonly { readonly hours: number; readonly instant: number; readonly average: number }[];
}

/** Solves a chain for the long run, for the first failure and, where asked for, at instants (hours). */
export function solveChain(
  chain: Chain,
  hours: readonly number[] = [],
  options: SteadyStateOptions = {},
): ChainSolution {
  const { probability, method, relativeError } = steadyState(chain, options);
  const points = hours.length === 0 ? [] : transientRewards(chain, hours).points;
  const rewards = chain.rewards.map((reward, m): RewardSolution => {
    const down = statesWithReward(reward);
    const figures = availabilityFigures(chain, probability, down);
    return {
      mean: expectedReward(probability, reward),
      down: { ...figures, dpm: figures.unavailability * SECONDS_PER_YEAR },
      mttfHours: firstPassage(chain, down, options).meanHours,
      at: points.map((point) => ({
        hours: point.hours,
        instant: point.instant[m]!,
        average: point.hours === 0 ? point.instant[m]! : point.accumulated[m]! / point.hours,
      })),
    };
  });
  return { states: chain.states, transitions: chain.to.length, method, relativeError, probability, rewards };
}
