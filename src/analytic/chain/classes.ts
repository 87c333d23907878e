import type { Chain } from '../../model/chain.ts';

/**
 * Which states of a chain can be reached from its start, and where it can end up.
 */
export interface ChainClasses {
  /** Class of each reachable state, −1 for a state that cannot be reached from the start. */
  readonly classOf: Int32Array;
  readonly classes: number;
  /** 1 for a class that cannot be left (recurrent), 0 for one that is left for good some day (transient). */
  readonly recurrent: Uint8Array;
}

/** Strongly connected classes of the reachable part, by Tarjan's algorithm with explicit stacks. */
export function chainClasses(chain: Chain): ChainClasses {
  const { states, offset, to } = chain;
  const classOf = new Int32Array(states).fill(-1);
  /** Visit order of a state, −1 before; `low` is the earliest open state it can reach. */
  const order = new Int32Array(states).fill(-1);
  const low = new Int32Array(states);
  const open = new Int32Array(states);
  const path = new Int32Array(states);
  const next = new Int32Array(states);
  const left: number[] = [];
  let visited = 0;
  let opened = 0;

  for (const root of chain.initial.state) {
    if (order[root] !== -1) continue;
    let depth = 0;
    path[0] = root;
    order[root] = low[root] = visited++;
    next[root] = offset[root]!;
    open[opened++] = root;
    while (depth >= 0) {
      const i = path[depth]!;
      const k = next[i]!;
      if (k < offset[i + 1]!) {
        next[i] = k + 1;
        const j = to[k]!;
        if (order[j] === -1) {
          order[j] = low[j] = visited++;
          next[j] = offset[j]!;
          open[opened++] = j;
          path[++depth] = j;
        } else if (classOf[j] === -1 && order[j]! < low[i]!) low[i] = order[j]!;
        continue;
      }
      if (low[i] === order[i]) {
        const id = left.length;
        left.push(0);
        let j: number;
        do {
          j = open[--opened]!;
          classOf[j] = id;
        } while (j !== i);
      }
      depth--;
      if (depth >= 0) {
        const parent = path[depth]!;
        if (low[i]! < low[parent]!) low[parent] = low[i]!;
      }
    }
  }

  for (let i = 0; i < states; i++) {
    const own = classOf[i]!;
    if (own < 0) continue;
    for (let k = offset[i]!; k < offset[i + 1]!; k++) if (classOf[to[k]!] !== own) left[own] = 1;
  }
  return { classOf, classes: left.length, recurrent: Uint8Array.from(left, (out) => (out === 0 ? 1 : 0)) };
}
