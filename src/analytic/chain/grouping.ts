import type { Chain } from '../../model/chain.ts';

/**
 * Gathers the states into about `wanted` groups for the coarse correction of the iterative solver: the states with
 * the lowest exit rates (where the chain dwells, and what changes slowest) found one group each, and every other state
 * joins the group that its most probable next states lead to. States whose most probable moves form a cycle found a
 * group of their own, so there can be more groups than wanted, up to `limit`; beyond it cycles join group 0.
 */
export function groupByDwelling(
  chain: Pick<Chain, 'states' | 'offset' | 'to' | 'rate'>,
  exit: Float64Array,
  wanted: number,
  limit: number,
): { groupOf: Int32Array; groups: number } {
  const { states, offset, to, rate } = chain;
  const groupOf = new Int32Array(states).fill(-1);
  const bound = lowestExit(exit, wanted);
  let groups = 0;
  for (let i = 0; i < states && groups < wanted; i++) if (exit[i]! < bound) groupOf[i] = groups++;
  for (let i = 0; i < states && groups < wanted; i++) if (exit[i] === bound) groupOf[i] = groups++;

  const path = new Int32Array(states);
  const seen = new Int32Array(states).fill(-1);
  for (let start = 0; start < states; start++) {
    let length = 0;
    let i = start;
    while (groupOf[i] === -1 && seen[i] !== start) {
      seen[i] = start;
      path[length++] = i;
      let best = offset[i]!;
      for (let k = best + 1; k < offset[i + 1]!; k++) if (rate[k]! > rate[best]!) best = k;
      i = to[best]!;
    }
    if (length === 0) continue;
    let group = groupOf[i]!;
    if (group === -1) group = groups < limit ? groups++ : 0;
    for (let k = 0; k < length; k++) groupOf[path[k]!] = group;
  }
  return { groupOf, groups };
}

/** The exit rate of the state that is number `rank` when sorted by exit rate. */
function lowestExit(exit: Float64Array, rank: number): number {
  const sorted = exit.slice().sort();
  return sorted[Math.min(rank, sorted.length) - 1]!;
}
