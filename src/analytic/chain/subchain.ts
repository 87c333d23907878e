import type { Chain } from '../../model/chain.ts';
import { RowBuilder } from './rows.ts';

type Rows = Pick<Chain, 'states' | 'offset' | 'to' | 'rate'>;

/** A chain on some of the states of another: local state `k` is state `member[k]` there. */
export interface Subchain {
  readonly rows: Rows;
  readonly member: Int32Array;
}

/** The states with `keep[i] = 1`, with the transitions among them. */
export function subchain(chain: Rows, keep: Uint8Array): Subchain {
  return restricted(chain, keep, () => {});
}

/**
 * The states with `keep[i] = 1`, where every transition that leaves them leads back to a start state instead, drawn
 * from `start` (states that are kept, and their probabilities). By renewal theory its steady state is the time spent
 * in each state on the way out, and its rate of leaving is 1 / mean time to leave; no subtraction is needed for either.
 */
export function restartedSubchain(chain: Rows, keep: Uint8Array, start: Chain['initial']): Subchain {
  return restricted(chain, keep, (local, rows, rate) => {
    for (let k = 0; k < start.state.length; k++) rows.add(local[start.state[k]!]!, rate * start.probability[k]!);
  });
}

function restricted(
  chain: Rows,
  keep: Uint8Array,
  leave: (local: Int32Array, rows: RowBuilder, rate: number) => void,
): Subchain {
  const { states, offset, to, rate } = chain;
  const local = new Int32Array(states).fill(-1);
  let size = 0;
  for (let i = 0; i < states; i++) if (keep[i] === 1) local[i] = size++;
  const member = new Int32Array(size);
  for (let i = 0; i < states; i++) if (local[i]! >= 0) member[local[i]!] = i;

  const rows = new RowBuilder();
  for (let k = 0; k < size; k++) {
    const i = member[k]!;
    for (let t = offset[i]!; t < offset[i + 1]!; t++) {
      const target = local[to[t]!]!;
      if (target >= 0) rows.add(target, rate[t]!);
      else leave(local, rows, rate[t]!);
    }
    rows.endRow();
  }
  return { rows: rows.finish(), member };
}
