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

/** States that are rare in the same ways (`MetFeatures`). */
interface Alike {
  readonly ways: readonly number[];
  kept: FoundState[];
  readonly thinnings: Thinning[];
  /** By stratum: squares of the weights of samples that have ended so. */
  readonly squares: Float64Array;
}

/**
 * States that incidents end in and that the history has hardly met. Of too many half of those that most are like, each for those
 * left out: few that are dangerous stay among many that are not.
 */
export class FoundStates {
  private readonly alike = new Map<string, Alike>();
  private length = 0;
  private readonly features: MetFeatures;
  private readonly planned: readonly number[];
  private readonly mostNumbers: number;

  /** @param planned samples by stratum; @param mostNumbers of all states that are kept together */
  constructor(features: MetFeatures, planned: readonly number[], mostNumbers: number) {
    this.features = features;
    this.planned = planned;
    this.mostNumbers = mostNumbers;
  }

  /** A sample of a stratum has ended so, with that weight (per µs). */
  look(
    weight: number,
    stratum: number,
    sample: number,
    { ints, reals, now: since }: Pick<World, 'ints' | 'reals' | 'now'>,
  ): void {
    if (weight === 0 || !this.features.isRare(ints)) return;
    const like = this.like(this.features.rareWays(ints));
    like.squares[stratum]! += weight ** 2;
    const block = sample % BATCHES;
    let own = weight / this.planned[stratum]!;
    for (const thinning of like.thinnings) if (own > 0) own = thinning.next(block, own);
    if (own === 0) return;
    like.kept.push({ amount: own, block, since, ints: ints.slice(), reals: reals.slice() });
    this.length++;
    if (this.length > FEWEST && this.length * (ints.length + reals.length) > this.mostNumbers) this.halve();
  }

  /** By the ways in which they are rare. */
  get groups(): readonly { readonly ways: readonly number[]; readonly kept: readonly FoundState[] }[] {
    return [...this.alike.values()];
  }

  /** By stratum: how far the weights of samples spread that have ended in any of these ways. */
  deviations(ways: readonly number[]): readonly number[] {
    const own = [...this.alike.values()].filter((alike) => alike.ways.some((way) => ways.includes(way)));
    return this.planned.map((samples, stratum) => {
      const squares = own.reduce((sum, one) => sum + one.squares[stratum]!, 0);
      return samples === 0 ? 0 : Math.sqrt(squares / samples);
    });
  }

  get states(): readonly FoundState[] {
    return this.groups.flatMap(({ kept }) => kept);
  }

  private like(ways: readonly number[]): Alike {
    const key = ways.join();
    const known = this.alike.get(key) ?? {
      ways,
      kept: [],
      thinnings: [],
      squares: new Float64Array(this.planned.length),
    };
    this.alike.set(key, known);
    return known;
  }

  private halve(): void {
    const most = [...this.alike.values()].reduce((a, b) => (b.kept.length > a.kept.length ? b : a));
    const { length } = most.kept;
    const half = new Thinning(most.kept, length / 2, 1 / 2 / BATCHES);
    most.kept = half.of(most.kept);
    most.thinnings.push(half);
    this.length -= length - most.kept.length;
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
