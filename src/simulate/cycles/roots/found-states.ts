import type { World } from '../../../dynamics/world.ts';
import { BATCHES } from '../../../measures/cycles/cycle-totals.ts';
import type { MetFeatures } from './met-features.ts';
import type { MetState } from './root-states.ts';

/** States that are kept, however large. */
const FEWEST = 4;

/** A quiescent state that the history has not met and that samples have found. */
export interface FoundState extends MetState {
  /**
   * What it stands for: the rate of incidents that end in it (per µs in the quiescent states that have been met), or the time
   * in states like it (per time in those).
   */
  readonly amount: number;
  /** Part of the samples that has found it. */
  readonly block: number;
}

/** States that incidents end in and that the history has hardly met: of too many every other one, for two. */
export class FoundStates {
  private kept: FoundState[] = [];
  private readonly features: MetFeatures;
  private readonly mostNumbers: number;
  /** One in so many is kept, and so many have come since the last one. */
  private each = 1;
  private passed = 0;

  /** @param mostNumbers of all states that are kept together */
  constructor(features: MetFeatures, mostNumbers: number) {
    this.features = features;
    this.mostNumbers = mostNumbers;
  }

  /** A sample has ended so, with a weight of `amount`. */
  look(amount: number, sample: number, { ints, reals, now: since }: World): void {
    const { every } = this.features;
    if (amount === 0 || Math.floor(sample / BATCHES) % every !== 0 || !this.features.isRare(ints)) return;
    if (++this.passed < this.each) return;
    this.passed = 0;
    const block = sample % BATCHES;
    const state = { amount: amount * every * this.each, block, since, ints: ints.slice(), reals: reals.slice() };
    this.kept.push(state);
    const { length } = this.kept;
    if (length <= FEWEST || length * (ints.length + reals.length) <= this.mostNumbers) return;
    this.kept = thinned(this.kept);
    this.each *= 2;
    // Neither more nor less of them on average.
    this.passed = this.each / 2;
  }

  get states(): readonly FoundState[] {
    return this.kept;
  }
}

/** Every other of them, for two. */
function thinned(states: readonly FoundState[]): FoundState[] {
  return states.filter((_, i) => i % 2 === 1).map((state) => ({ ...state, amount: 2 * state.amount }));
}

/** `[amount, block, since, …ints, …reals]`, one after the other. */
export function packed(states: readonly FoundState[]): Float64Array {
  const numbers: number[] = [];
  for (const { amount, block, since, ints, reals } of states) {
    numbers.push(amount, block, since);
    for (const one of ints) numbers.push(one);
    for (const one of reals) numbers.push(one);
  }
  return Float64Array.from(numbers);
}

/** What `packed` has written, of states like `form`. */
export function unpacked(
  numbers: Float64Array,
  { ints, reals }: { readonly ints: Int32Array; readonly reals: Float64Array },
): FoundState[] {
  const first = 3 + ints.length;
  const width = first + reals.length;
  return Array.from({ length: numbers.length / width }, (_, i) => {
    const row = numbers.subarray(i * width, (i + 1) * width);
    return {
      amount: row[0]!,
      block: row[1]!,
      since: row[2]!,
      ints: Int32Array.from(row.subarray(3, first)),
      reals: row.slice(first),
    };
  });
}
