import type { World } from '../../../dynamics/world.ts';
import { BATCHES } from '../../../measures/cycles/cycle-totals.ts';
import type { MetFeatures } from './met-features.ts';
import type { MetState } from './root-states.ts';
import { Thinning } from './thinning.ts';

/** States that are kept, however large. */
const FEWEST = BATCHES;

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

/** States that incidents end in and that the history has hardly met: of too many half, each for those left out. */
export class FoundStates {
  private kept: FoundState[] = [];
  private readonly thinnings: Thinning[] = [];
  private readonly features: MetFeatures;
  private readonly mostNumbers: number;

  /** @param mostNumbers of all states that are kept together */
  constructor(features: MetFeatures, mostNumbers: number) {
    this.features = features;
    this.mostNumbers = mostNumbers;
  }

  /** A sample has ended so, with a weight of `amount`. */
  look(amount: number, sample: number, { ints, reals, now: since }: Pick<World, 'ints' | 'reals' | 'now'>): void {
    if (amount === 0 || !this.features.isRare(ints)) return;
    const block = sample % BATCHES;
    let own = amount;
    for (const thinning of this.thinnings) if (own > 0) own = thinning.next(block, own);
    if (own === 0) return;
    this.kept.push({ amount: own, block, since, ints: ints.slice(), reals: reals.slice() });
    const { length } = this.kept;
    if (length <= FEWEST || length * (ints.length + reals.length) <= this.mostNumbers) return;
    const half = new Thinning(this.kept, length / 2, 1 / 2 / BATCHES);
    this.kept = half.of(this.kept);
    this.thinnings.push(half);
  }

  get states(): readonly FoundState[] {
    return this.kept;
  }
}

/** Numbers before those of the state itself. */
const HEAD = 3;

const widthOf = ({ ints, reals }: Pick<FoundState, 'ints' | 'reals'>): number => HEAD + ints.length + reals.length;

/** `[amount, block, since, …ints, …reals]`, one after the other. */
export function packed(states: readonly FoundState[]): Float64Array {
  const width = states.length === 0 ? 0 : widthOf(states[0]!);
  const numbers = new Float64Array(states.length * width);
  states.forEach(({ amount, block, since, ints, reals }, i) => {
    numbers.set([amount, block, since], i * width);
    numbers.set(ints, i * width + HEAD);
    numbers.set(reals, i * width + HEAD + ints.length);
  });
  return numbers;
}

/** What `packed` has written, of states as long as the one given. */
export function unpacked(numbers: Float64Array, like: Pick<FoundState, 'ints' | 'reals'>): FoundState[] {
  const first = HEAD + like.ints.length;
  const width = widthOf(like);
  return Array.from({ length: numbers.length / width }, (_, i) => {
    const row = numbers.subarray(i * width, (i + 1) * width);
    return {
      amount: row[0]!,
      block: row[1]!,
      since: row[2]!,
      ints: Int32Array.from(row.subarray(HEAD, first)),
      reals: row.slice(first),
    };
  });
}
