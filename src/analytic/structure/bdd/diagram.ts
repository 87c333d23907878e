import type { BddManager, Edge } from './manager.ts';

/**
 * A decision diagram cut loose from where it was made. Edges are `2·node + 1` when complemented; node 0 is the
 * constant false, the others are numbered so that edges lead to smaller numbers, and `lo` edges are uncomplemented.
 */
export interface Diagram {
  /** Nodes, the constant included: length of `level`, `lo` and `hi`. */
  readonly size: number;
  /** Place in the order of the variable a node branches on; node 0 has −1. */
  readonly level: Int32Array;
  readonly lo: Int32Array;
  readonly hi: Int32Array;
  readonly root: Edge;
  /** What stands at each level, in the caller's numbering. */
  readonly variables: Int32Array;
}

/** The nodes `root` reaches, with `variables[l]` at level l. */
export function extract(manager: BddManager, root: Edge, variables: ArrayLike<number>): Diagram {
  const top = root >> 1;
  // Nodes are made inputs first, so renumbering in node order keeps edges leading downwards.
  const reached = new Uint8Array(top + 1);
  const stack = [top];
  let size = 1;
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (node === 0 || reached[node] === 1) continue;
    reached[node] = 1;
    size++;
    stack.push(manager.loOf(node) >> 1, manager.hiOf(node) >> 1);
  }
  const renamed = new Int32Array(top + 1);
  const level = new Int32Array(size);
  const lo = new Int32Array(size);
  const hi = new Int32Array(size);
  level[0] = -1;
  let next = 1;
  for (let node = 1; node <= top; node++) {
    if (reached[node] === 0) continue;
    const high = manager.hiOf(node);
    level[next] = manager.levelOf(2 * node);
    lo[next] = 2 * renamed[manager.loOf(node) >> 1]!;
    hi[next] = 2 * renamed[high >> 1]! + (high & 1);
    renamed[node] = next++;
  }
  return { size, level, lo, hi, root: 2 * renamed[top]! + (root & 1), variables: Int32Array.from(variables) };
}
