import { enlarged, hash2, hash3, OperationCache } from '../bdd/cache.ts';
import { NodeLimitReached } from '../bdd/manager.ts';

/** A family of sets: 0 is the empty family, 1 the family of the empty set alone, others are node numbers. */
export type Family = number;

export const EMPTY: Family = 0;
export const UNIT: Family = 1;

const PENDING = -1;
const STEPS_PER_NODE = 10;

/**
 * Zero-suppressed decision diagrams (Minato, DAC 1993): families of sets of variables, in typed arrays. A node stands
 * for the sets of `hi`, each with the node's variable added, together with the sets of `lo`.
 */
export class FamilyManager {
  level: Int32Array;
  lo: Int32Array;
  hi: Int32Array;
  /** 1 for families the empty set belongs to. */
  private holdsEmptySet: Uint8Array;
  size = 2;
  private readonly limit: number;
  /** Branchings of `without` so far: large families may be compared for long without a new node. */
  private steps = 0;
  private next: Int32Array;
  private buckets: Int32Array;
  private readonly cache: OperationCache;
  private stack = new Int32Array(1 << 12);

  /** `limit`: nodes allowed before `NodeLimitReached` is thrown, as it is after `STEPS_PER_NODE` times as many steps. */
  constructor(limit: number, initial = 1 << 12) {
    this.limit = limit;
    this.level = new Int32Array(initial);
    this.lo = new Int32Array(initial);
    this.hi = new Int32Array(initial);
    this.next = new Int32Array(initial);
    this.buckets = new Int32Array(initial);
    this.cache = new OperationCache(2, initial);
    this.level[0] = this.level[1] = 0x7fffffff;
    this.holdsEmptySet = new Uint8Array(initial);
    this.holdsEmptySet[UNIT] = 1;
  }

  make(level: number, hi: Family, lo: Family): Family {
    if (hi === EMPTY) return lo;
    const slot = hash3(level, hi, lo) & (this.buckets.length - 1);
    const { next } = this;
    for (let node = this.buckets[slot]!; node !== 0; node = next[node]!) {
      if (this.lo[node] === lo && this.hi[node] === hi && this.level[node] === level) return node;
    }
    if (this.size >= this.limit) throw new NodeLimitReached(this.limit);
    if (this.size === this.level.length) {
      this.grow();
      return this.make(level, hi, lo);
    }
    const node = this.size++;
    this.level[node] = level;
    this.lo[node] = lo;
    this.hi[node] = hi;
    this.holdsEmptySet[node] = this.holdsEmptySet[lo]!;
    this.next[node] = this.buckets[slot]!;
    this.buckets[slot] = node;
    return node;
  }

  private grow(): void {
    const capacity = 2 * this.level.length;
    this.level = enlarged(this.level, capacity);
    this.lo = enlarged(this.lo, capacity);
    this.hi = enlarged(this.hi, capacity);
    const flags = new Uint8Array(capacity);
    flags.set(this.holdsEmptySet);
    this.holdsEmptySet = flags;
    this.next = new Int32Array(capacity);
    this.buckets = new Int32Array(capacity);
    const { level, lo, hi, next, buckets } = this;
    for (let node = 2; node < this.size; node++) {
      const slot = hash3(level[node]!, hi[node]!, lo[node]!) & (capacity - 1);
      next[node] = buckets[slot]!;
      buckets[slot] = node;
    }
  }

  /** The sets of `from` that contain no set of `other` (Rauzy, Reliability Engineering & System Safety 40, 1993). */
  without(from: Family, other: Family): Family {
    let f = from;
    let g = other;
    let top = 0;
    let { stack } = this;
    // A frame: level, f, g (cache key), stage, first partial result, g's lo branch.
    let result: Family;
    for (;;) {
      if (f === EMPTY || f === g || g === UNIT) result = EMPTY;
      else if (g === EMPTY) result = f;
      else if (f === UNIT) {
        // Only the empty set is contained in the empty set.
        result = this.holdsEmptySet[g] === 1 ? EMPTY : UNIT;
      } else {
        const fLevel = this.level[f]!;
        const gLevel = this.level[g]!;
        if (gLevel < fLevel) {
          // Sets of g with a variable f does not have are contained in none of f's.
          g = this.lo[g]!;
          continue;
        }
        const { keys, mask } = this.cache;
        const slot = 3 * (hash2(f, g) & mask);
        if (keys[slot] === f && keys[slot + 1] === g) result = keys[slot + 2]!;
        else {
          if (top + 6 > stack.length) stack = this.stack = enlarged(stack, 2 * stack.length);
          if (this.steps++ > STEPS_PER_NODE * this.limit) throw new NodeLimitReached(this.limit);
          stack[top] = fLevel;
          stack[top + 1] = f;
          stack[top + 2] = g;
          stack[top + 3] = 0;
          stack[top + 4] = PENDING;
          top += 6;
          if (fLevel === gLevel) {
            // Stage 0: hi without g's hi; stage 1: that without g's lo; stage 2: lo without g's lo.
            g = this.hi[g]!;
          } else stack[top - 3] = 1;
          f = this.hi[f]!;
          continue;
        }
      }
      for (;;) {
        if (top === 0) return result;
        const base = top - 6;
        const ownG = stack[base + 2]!;
        const shared = this.level[ownG] === stack[base];
        if (stack[base + 3] === 0) {
          stack[base + 3] = 1;
          f = result;
          g = this.lo[ownG]!;
          break;
        }
        if (stack[base + 3] === 1) {
          stack[base + 3] = 2;
          stack[base + 4] = result;
          f = this.lo[stack[base + 1]!]!;
          g = shared ? this.lo[ownG]! : ownG;
          break;
        }
        result = this.make(stack[base]!, stack[base + 4]!, result);
        this.cache.storePair(stack[base + 1]!, ownG, result);
        top -= 6;
      }
    }
  }
}
