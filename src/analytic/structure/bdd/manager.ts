import { enlarged, hash2, hash3, OperationCache } from './cache.ts';

/**
 * Edge of a diagram: `2·node + 1` when complemented. Node 0 is the constant false; edge 0 is false, edge 1 true.
 * Every node's `lo` edge is uncomplemented, so a function that is false when nothing has failed has an uncomplemented
 * edge, and coherent structures never meet a complement at all.
 */
export type Edge = number;

/** Level of the constant: below every variable. */
export const BOTTOM = 0x7fffffff;

/** Thrown when a diagram would need more nodes than allowed. */
export class NodeLimitReached extends Error {
  constructor(limit: number) {
    super(`the diagram needs more than ${limit} nodes`);
    this.name = 'NodeLimitReached';
  }
}

/** Stands in a frame for a branch that is not worked out yet. */
const PENDING = -1;

/**
 * Reduced ordered binary decision diagrams with complement edges in typed arrays (Brace, Rudell & Bryant, DAC 1990):
 * one unique table, lossy operation caches, operations on explicit stacks so that depth is bounded by memory and not
 * by the call stack. Nodes are made inputs first, so every edge of a node leads to a smaller node number.
 */
export class BddManager {
  /**
   * Four numbers per node, side by side because they are read together: level, lo edge, hi edge, next node of the same
   * hash. An edge e leads to the node at `4·(e >> 1)`.
   */
  private nodes: Int32Array;
  /** Nodes in use, the constant included. */
  size = 1;
  /** Nodes allowed; making one more throws `NodeLimitReached`. */
  limit = Number.POSITIVE_INFINITY;
  private buckets: Int32Array;
  private bucketMask: number;
  private readonly conjunctions: OperationCache;
  private readonly choices = new OperationCache(3, 256);
  private stack = new Int32Array(1 << 12);
  /** First free place of `stack`; operations nested in others work above it. */
  private stackTop = 0;

  /** Forgets every node; edges held by the caller become meaningless. */
  clear(): void {
    this.size = 1;
    this.buckets.fill(0);
    this.conjunctions.clear();
    this.choices.clear();
  }

  /** After a `NodeLimitReached`: drops the interrupted operation; everything made so far stays. */
  abandonOperation(): void {
    this.stackTop = 0;
  }

  /** `initial`: nodes there is room for at first, a power of two. */
  constructor(initial = 1 << 14) {
    this.nodes = new Int32Array(4 * initial);
    this.nodes[0] = BOTTOM;
    this.buckets = new Int32Array(initial);
    this.bucketMask = initial - 1;
    this.conjunctions = new OperationCache(2, initial);
  }

  /** The function of one variable: failed. */
  variable(level: number): Edge {
    return this.make(level, 1, 0);
  }

  /** if variable at `level` then `hi` else `lo`; both must lie below `level`. */
  make(level: number, hi: Edge, lo: Edge): Edge {
    if (hi === lo) return lo;
    if ((lo & 1) === 1) return this.unique(level, hi ^ 1, lo ^ 1) ^ 1;
    return this.unique(level, hi, lo);
  }

  private unique(level: number, hi: Edge, lo: Edge): Edge {
    const slot = hash3(level, hi, lo) & this.bucketMask;
    const { nodes } = this;
    for (let node = this.buckets[slot]!; node !== 0; ) {
      const at = node << 2;
      if (nodes[at + 1] === lo && nodes[at + 2] === hi && nodes[at] === level) return node << 1;
      node = nodes[at + 3]!;
    }
    if (this.size >= this.limit) throw new NodeLimitReached(this.limit);
    if (4 * this.size === nodes.length) {
      this.grow();
      return this.unique(level, hi, lo);
    }
    const node = this.size++;
    const at = node << 2;
    nodes[at] = level;
    nodes[at + 1] = lo;
    nodes[at + 2] = hi;
    nodes[at + 3] = this.buckets[slot]!;
    this.buckets[slot] = node;
    return node << 1;
  }

  private grow(): void {
    const capacity = this.nodes.length / 2;
    this.nodes = enlarged(this.nodes, 4 * capacity);
    this.buckets = new Int32Array(capacity);
    this.bucketMask = capacity - 1;
    const { nodes, buckets, bucketMask } = this;
    for (let node = 1; node < this.size; node++) {
      const at = node << 2;
      const slot = hash3(nodes[at]!, nodes[at + 2]!, nodes[at + 1]!) & bucketMask;
      nodes[at + 3] = buckets[slot]!;
      buckets[slot] = node;
    }
  }

  /** Level of the node an edge leads to. */
  levelOf(edge: Edge): number {
    return this.nodes[(edge >> 1) << 2]!;
  }

  /** Uncomplemented lo edge of a node. */
  loOf(node: number): Edge {
    return this.nodes[(node << 2) + 1]!;
  }

  hiOf(node: number): Edge {
    return this.nodes[(node << 2) + 2]!;
  }

  /** f ∧ g. */
  and(first: Edge, second: Edge): Edge {
    let f = first;
    let g = second;
    let stack = this.stack;
    // A frame: level, f, g (cache key), the other cofactors, and the result of the low branch or −1.
    let top = this.stackTop;
    const base = top;
    let result: Edge;
    for (;;) {
      if (f === g || g === 1) result = f;
      else if (f === 1) result = g;
      else if (f === 0 || g === 0 || (f ^ g) === 1) result = 0;
      else {
        if (f > g) {
          const swap = f;
          f = g;
          g = swap;
        }
        const { keys, mask } = this.conjunctions;
        const slot = 3 * (hash2(f, g) & mask);
        if (keys[slot] === f && keys[slot + 1] === g) result = keys[slot + 2]!;
        else {
          const { nodes } = this;
          const fAt = (f >> 1) << 2;
          const gAt = (g >> 1) << 2;
          const fLevel = nodes[fAt]!;
          const gLevel = nodes[gAt]!;
          const level = fLevel < gLevel ? fLevel : gLevel;
          if (top + 6 > stack.length) stack = this.stack = enlarged(stack, 2 * stack.length);
          stack[top] = level;
          stack[top + 1] = f;
          stack[top + 2] = g;
          stack[top + 5] = PENDING;
          if (fLevel === level) {
            const sign = f & 1;
            stack[top + 3] = nodes[fAt + 2]! ^ sign;
            f = nodes[fAt + 1]! ^ sign;
          } else stack[top + 3] = f;
          if (gLevel === level) {
            const sign = g & 1;
            stack[top + 4] = nodes[gAt + 2]! ^ sign;
            g = nodes[gAt + 1]! ^ sign;
          } else stack[top + 4] = g;
          top += 6;
          continue;
        }
      }
      for (;;) {
        if (top === base) return result;
        if (stack[top - 1] === PENDING) {
          stack[top - 1] = result;
          f = stack[top - 3]!;
          g = stack[top - 2]!;
          break;
        }
        top -= 6;
        result = this.make(stack[top]!, result, stack[top + 5]!);
        this.conjunctions.storePair(stack[top + 1]!, stack[top + 2]!, result);
      }
    }
  }

  or(f: Edge, g: Edge): Edge {
    return this.and(f ^ 1, g ^ 1) ^ 1;
  }

  xor(f: Edge, g: Edge): Edge {
    return this.ite(f, g ^ 1, g);
  }

  /** (f ∧ g) ∨ (¬f ∧ h). */
  ite(first: Edge, second: Edge, third: Edge): Edge {
    const base = this.stackTop;
    let top = base;
    let f = first;
    let g = second;
    let h = third;
    let result: Edge;
    for (;;) {
      let known = this.iteTerminal(f, g, h);
      if (known < 0) {
        // Canonical form: f and g uncomplemented; the sign of the result travels in the frame.
        if ((f & 1) === 1) {
          f ^= 1;
          const swap = g;
          g = h;
          h = swap;
        }
        const sign = g & 1;
        g ^= sign;
        h ^= sign;
        const { keys, mask } = this.choices;
        const slot = 4 * (hash3(f, g, h) & mask);
        if (keys[slot] === f && keys[slot + 1] === g && keys[slot + 2] === h) known = keys[slot + 3]! ^ sign;
        else {
          if (top + 10 > this.stack.length) this.stack = enlarged(this.stack, 2 * this.stack.length);
          const { stack, nodes } = this;
          const fAt = (f >> 1) << 2;
          const gAt = (g >> 1) << 2;
          const hAt = (h >> 1) << 2;
          const fLevel = nodes[fAt]!;
          const gLevel = nodes[gAt]!;
          const hLevel = nodes[hAt]!;
          const first = Math.min(fLevel, gLevel, hLevel);
          stack[top] = first;
          stack[top + 1] = f;
          stack[top + 2] = g;
          stack[top + 3] = h;
          stack[top + 4] = sign;
          stack[top + 5] = fLevel === first ? nodes[fAt + 2]! : f;
          stack[top + 6] = gLevel === first ? nodes[gAt + 2]! : g;
          stack[top + 7] = hLevel === first ? nodes[hAt + 2]! ^ (h & 1) : h;
          stack[top + 8] = PENDING;
          if (fLevel === first) f = nodes[fAt + 1]!;
          if (gLevel === first) g = nodes[gAt + 1]!;
          if (hLevel === first) h = nodes[hAt + 1]! ^ (h & 1);
          top += 9;
          this.stackTop = top;
          continue;
        }
      }
      result = known;
      for (;;) {
        if (top === base) {
          this.stackTop = base;
          return result;
        }
        const { stack } = this;
        if (stack[top - 1] === PENDING) {
          stack[top - 1] = result;
          f = stack[top - 4]!;
          g = stack[top - 3]!;
          h = stack[top - 2]!;
          break;
        }
        top -= 9;
        this.stackTop = top;
        result = this.make(stack[top]!, result, stack[top + 8]!);
        this.choices.storeTriple(stack[top + 1]!, stack[top + 2]!, stack[top + 3]!, result);
        result ^= stack[top + 4]!;
      }
    }
  }

  /** Result of the cases of `ite` that need no branching of their own, else −1. */
  private iteTerminal(f: Edge, g: Edge, h: Edge): Edge {
    if (f === 1 || g === h) return g;
    if (f === 0) return h;
    if (g === 1 || f === g) return h === 0 ? f : this.and(f ^ 1, h ^ 1) ^ 1;
    if (g === 0 || (f ^ g) === 1) return h === 1 ? f ^ 1 : this.and(f ^ 1, h);
    if (h === 0 || f === h) return this.and(f, g);
    if (h === 1 || (f ^ h) === 1) return this.and(f, g ^ 1) ^ 1;
    const { nodes } = this;
    const at = (f >> 1) << 2;
    if (nodes[at + 2] === 1 && nodes[at + 1] === 0) {
      const level = nodes[at]!;
      if (nodes[(g >> 1) << 2]! > level && nodes[(h >> 1) << 2]! > level) {
        return (f & 1) === 0 ? this.make(level, g, h) : this.make(level, h, g);
      }
    }
    return -1;
  }
}
