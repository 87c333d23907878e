import type { WrittenChain } from '../../model/chain.ts';
import { InputError } from '../../model/problem.ts';
import type { Block } from '../../model/structure.ts';
import { readBody } from '../chain/read-chain.ts';
import { statesOf } from '../chain/states.ts';
import { isMapTree } from '../read/tree.ts';
import type { Section } from '../resolve/context.ts';
import { onlyKeys } from '../written/only-keys.ts';

/** Long-run figures of a chain that is down in some of its states; may throw InputError. */
export type SolveChain = (
  chain: Omit<WrittenChain, 'rewards'>,
  down: readonly string[],
) => Pick<Block, 'unavailability' | 'frequencyPerHour'>;

const KEYS = ['states', 'start', 'transitions', 'down'];

/**
 * A block that is a Markov chain, independent of all other blocks, written as in a file of its own but for `down`:
 *
 *     chain:
 *       states: [up, switching, lost]
 *       transitions:
 *         - {from: up, to: switching, rate: 4 / year}
 *         - {from: switching, to: up, mean: 2 s, …}
 *       down: [switching, lost]
 */
export function readChainBlock(section: Section, name: string, solve: SolveChain | undefined): Block | undefined {
  if (!isMapTree(section.tree)) {
    return section.problem('wrong-type', 'a chain is a map', `of ${KEYS.join(', ')}`);
  }
  const { problems } = section.context;
  const before = problems.length;
  onlyKeys(section, KEYS);
  const body = readBody(section);
  const down = section.has('down') ? statesOf(section.at('down'), body.states) : [];
  if (!section.has('down'))
    section.problem('missing-key', '"down" is missing', 'the states in which the block is down');
  if (problems.length > before) return undefined;
  if (solve === undefined) return section.problem('unsupported', 'chains are not solved here');
  try {
    return { name, ...solve(body, down) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [first] = error.problems;
    return section.problem(first!.code, first!.message, first!.hint);
  }
}
