import type { TransitionModel } from '../../model/chain.ts';
import { InputError } from '../../model/problem.ts';
import type { AnalyticResult } from '../../model/result.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';
import { exploreChain } from '../chain/explore.ts';
import { expectedReward } from '../chain/measures.ts';
import { steadyState } from '../chain/steady-state.ts';

/** Long-run loss of every service from the chain of the whole model, or why there is none. */
export type ChainAnswer =
  | { readonly unavailability: readonly number[]; readonly states: number }
  | { readonly refused: string };

/**
 * Solves the model's state space exactly. A law that is not exponential, or more than `maximumStates` states, is an
 * answer too: the reason is given and the caller falls back.
 */
export function solveStateSpace(space: TransitionModel, maximumStates: number): ChainAnswer {
  try {
    const { chain } = exploreChain(space, { maximumStates });
    const { probability } = steadyState(chain);
    return { unavailability: chain.rewards.map((reward) => expectedReward(probability, reward)), states: chain.states };
  } catch (error) {
    if (error instanceof InputError && error.problems.every((problem) => problem.level === 'unsupported')) {
      return { refused: error.problems[0]!.message };
    }
    throw error;
  }
}

/** The chain's answer for one service in place of the formula's; its terms still say what the number is made of. */
export function withChain(formula: AnalyticResult, answer: ChainAnswer, service: number): AnalyticResult {
  if (formula.method === 'structure' || (formula.method === undefined && 'refused' in answer)) return formula;
  if ('refused' in answer) {
    const reason = formula.refused ?? `no exact chain: ${answer.refused}`;
    return { ...formula, refused: reason };
  }
  const unavailability = answer.unavailability[service]!;
  const { refused: _none, ...rest } = formula;
  return { ...rest, unavailability, dpm: unavailability * SECONDS_PER_YEAR, method: 'chain' };
}
