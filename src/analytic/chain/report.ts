import type { ChainReport } from '../../model/calculation.ts';
import type { WrittenChain } from '../../model/chain.ts';
import { HOURS_PER_YEAR, nines } from '../../model/time.ts';
import { namedChain } from './named.ts';
import { solveChain } from './solve.ts';
import type { SteadyStateOptions } from './steady-state.ts';

/**
 * Solves a written chain, with its names.
 *
 * @param hours instants besides the long run
 * @throws InputError as `namedChain` and `steadyState`
 */
export function chainReport(
  { name, title, chain: written }: { readonly name: string; readonly title: string; readonly chain: WrittenChain },
  hours: readonly number[],
  options: SteadyStateOptions = {},
): ChainReport {
  const { chain, names } = namedChain(written);
  const solution = solveChain(chain, hours, options);
  return {
    format: 'carriergrade/chain-solution/1',
    name,
    title,
    size: { states: solution.states, transitions: solution.transitions },
    method: solution.method,
    relativeError: solution.relativeError,
    states: names.states.map((state, i) => ({ state, probability: solution.probability[i]! })),
    rewards: solution.rewards.map(({ mean, down, mttfHours, at }, i) => {
      const { unavailability, availability, frequencyPerHour, mutHours, mdtHours, dpm } = down;
      return {
        name: names.rewards[i]!,
        mean,
        unavailability,
        availability,
        nines: nines(unavailability),
        dpm,
        frequencyPerYear: frequencyPerHour * HOURS_PER_YEAR,
        mutHours,
        mdtHours: Number.isNaN(mdtHours) ? null : mdtHours,
        mttfHours,
        at,
      };
    }),
  };
}
