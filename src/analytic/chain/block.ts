import type { WrittenChain } from '../../model/chain.ts';
import type { Block } from '../../model/structure.ts';
import { availabilityFigures, statesWithReward } from './measures.ts';
import { namedChain } from './named.ts';
import { steadyState } from './steady-state.ts';

/**
 * Long-run unavailability and frequency of a chain that is down in some of its states: what a block diagram needs to
 * take it for a unit.
 *
 * @throws InputError as `namedChain` and `steadyState`
 */
export function chainAsBlock(
  written: Omit<WrittenChain, 'rewards'>,
  down: readonly string[],
): Pick<Block, 'unavailability' | 'frequencyPerHour'> {
  const rewards = { down: Object.fromEntries(down.map((state) => [state, 1])) };
  const { chain } = namedChain({ ...written, rewards });
  const { probability } = steadyState(chain);
  const figures = availabilityFigures(chain, probability, statesWithReward(chain.rewards[0]!));
  // Always down sums to 1 up to rounding.
  return { unavailability: Math.min(1, figures.unavailability), frequencyPerHour: figures.frequencyPerHour };
}
