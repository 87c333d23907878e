import { NodeLimitReached } from '../bdd/manager.ts';

/** A family of sets: 0 is the empty family, 1 the family of the empty set alone, others are node numbers. */
export type Family = number;

export const EMPTY: Family = 0;
export const UNIT: Family = 1;

const PENDING = -1;
/** Results the operation cache holds at most. */
const LARGEST_CACHE = 1 << 22;

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
  private next: Int32Array;
  private buckets: Int32Array;
  private cache: Int32Array;
  private cacheMask: number;
  /** Results remembered since the cache last grew. */
  private remembered = 0;
  private stack = new Int32Array(1 << 12);

  /** `limit`: nodes allowed before `NodeLimitReached` is thrown. */
  constructor(limit: number, initial = 1 << 12) {
    this.limit = limit;
    this.level = new Int32Array(initial);
    this.lo = new Int32Array(initial);
    this.hi = new Int32Array(initial);
    this.next = new Int32Array(initial);
    this.buckets = new Int32Array(initial);
    this.cache = new Int32Array(3 * initial);
    this.cacheMask = initial - 1;
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
    const enlarged = (array: Int32Array): Int32Array => {
      const larger = new Int32Array(capacity);
      larger.set(array);
      return larger;
    };
    this.level = enlarged(this.level);
    this.lo = enlarged(this.lo);
    this.hi = enlarged(this.hi);
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

  /** Twice the room; what was remembered is put where it belongs there. */
  private growCache(): void {
    const old = this.cache;
    this.cacheMask = 2 * this.cacheMask + 1;
    this.cache = new Int32Array(3 * (this.cacheMask + 1));
    for (let i = 0; i < old.length; i += 3) {
      if (old[i] === 0) continue;
      const slot = 3 * (hash2(old[i]!, old[i + 1]!) & this.cacheMask);
      this.cache[slot] = old[i]!;
      this.cache[slot + 1] = old[i + 1]!;
      this.cache[slot + 2] = old[i + 2]!;
    }
    this.remembered = 0;
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
        const slot = 3 * (hash2(f, g) & this.cacheMask);
        if (this.cache[slot] === f && this.cache[slot + 1] === g) result = this.cache[slot + 2]!;
        else {
          if (top + 6 > stack.length) {
            const larger = new Int32Array(2 * stack.length);
            larger.set(stack);
            stack = this.stack = larger;
          }
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
        // The cache grows with the work done: families of few nodes may take many pairs to compare.
        if (this.remembered++ > this.cacheMask && this.cacheMask < LARGEST_CACHE - 1) this.growCache();
        const slot = 3 * (hash2(stack[base + 1]!, ownG) & this.cacheMask);
        this.cache[slot] = stack[base + 1]!;
        this.cache[slot + 1] = ownG;
        this.cache[slot + 2] = result;
        top -= 6;
      }
    }
  }
}

function hash2(a: number, b: number): number {
  const h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  return h ^ (h >>> 15);
}

function hash3(a: number, b: number, c: number): number {
  const h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  return h ^ (h >>> 15);
}
