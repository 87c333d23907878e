import { Sum } from './sum.ts';

/** Values stay within this share of the truth. */
export const RELATIVE_ACCURACY = 0.01;
const GAMMA = (1 + RELATIVE_ACCURACY) / (1 - RELATIVE_ACCURACY);
const LOG_GAMMA = Math.log(GAMMA);
/** Smaller values share the lowest bucket, larger ones the highest; minimum and maximum stay exact. */
const LOWEST = 1e-6;
const HIGHEST = 1e9;
const FIRST_KEY = Math.ceil(Math.log(LOWEST) / LOG_GAMMA);
const BUCKETS = Math.ceil(Math.log(HIGHEST) / LOG_GAMMA) - FIRST_KEY + 1;

/** Values (s) with their weights, in increasing order. */
export interface Severities {
  readonly values: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/**
 * Quantiles of weighted durations between 1 µs and 1e9 s to 1 % of the value, in fixed memory (14 kB). Deterministic;
 * two sketches merge into the sketch of all values (bit for bit when weights are whole numbers).
 *
 * @see Masson, Rim & Lee, DDSketch, PVLDB 12 (2019) 2195; methods §5.4.
 */
export class QuantileSketch {
  readonly #buckets = new Float64Array(BUCKETS);
  /** Σ weights. */
  weight = 0;
  /** Exact smallest value; Infinity while empty. */
  min = Number.POSITIVE_INFINITY;
  /** Exact largest value; 0 while empty. */
  max = 0;

  /** Adds a value ≥ 0 with a weight > 0. Throws RangeError otherwise. */
  add(value: number, weight = 1): void {
    if (!(value >= 0 && weight > 0)) throw new RangeError(`Not a value ≥ 0 with a weight > 0: ${value}, ${weight}`);
    this.#buckets[bucketOf(value)]! += weight;
    this.weight += weight;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  merge(other: QuantileSketch): void {
    const buckets = this.#buckets;
    const others = other.#buckets;
    for (let i = 0; i < BUCKETS; i++) buckets[i]! += others[i]!;
    this.weight += other.weight;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
  }

  /** Smallest value with at least the share `p` (0 … 1) of the weight at or below it; NaN while empty. */
  quantile(p: number): number {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`Not a share between 0 and 1: ${p}`);
    return this.valueAt(p * this.weight);
  }

  /** Value at which the cumulative weight reaches `rank`; the minimum for rank ≤ 0, NaN while empty. */
  valueAt(rank: number): number {
    if (this.weight === 0) return Number.NaN;
    if (rank <= 0) return this.min;
    // Weights are added in another order here than in `weight`: a rank at the very end must still be reached.
    const target = Math.min(rank, this.weight) * (1 - 1e-12);
    const buckets = this.#buckets;
    const reached = new Sum();
    for (let i = 0; i < BUCKETS; i++) {
      reached.add(buckets[i]!);
      if (reached.value >= target && buckets[i]! > 0) return this.#representative(i);
    }
    return this.max;
  }

  /** Occupied buckets as values with weights. */
  severities(): Severities {
    const occupied = this.#occupied();
    return {
      values: occupied.map((bucket) => this.#representative(bucket)),
      weights: occupied.map((bucket) => this.#buckets[bucket]!),
    };
  }

  /** `[min, max, bucket, weight, bucket, weight, …]`; `[]` while empty. */
  toJSON(): number[] {
    if (this.weight === 0) return [];
    return [this.min, this.max, ...this.#occupied().flatMap((bucket) => [bucket, this.#buckets[bucket]!])];
  }

  static fromJSON(state: ArrayLike<number>): QuantileSketch {
    const sketch = new QuantileSketch();
    sketch.mergeJSON(state);
    return sketch;
  }

  /** Merges what `toJSON` of another sketch has written. */
  mergeJSON(state: ArrayLike<number>): void {
    if (state.length === 0) return;
    this.min = Math.min(this.min, state[0]!);
    this.max = Math.max(this.max, state[1]!);
    for (let i = 2; i < state.length; i += 2) {
      this.#buckets[state[i]!]! += state[i + 1]!;
      this.weight += state[i + 1]!;
    }
  }

  #occupied(): number[] {
    const occupied: number[] = [];
    for (let i = 0; i < BUCKETS; i++) if (this.#buckets[i]! > 0) occupied.push(i);
    return occupied;
  }

  /** The value 1 % from both ends of the bucket (γ^(k−1), γ^k], kept within the exact extremes. */
  #representative(bucket: number): number {
    const middle = (2 * GAMMA ** (bucket + FIRST_KEY)) / (1 + GAMMA);
    return Math.min(this.max, Math.max(this.min, middle));
  }
}

function bucketOf(value: number): number {
  if (value <= LOWEST) return 0;
  return Math.min(BUCKETS - 1, Math.max(0, Math.ceil(Math.log(value) / LOG_GAMMA) - FIRST_KEY));
}
