import type { World } from '../../../dynamics/world.ts';
import type { RootState } from './root-states.ts';

/** Members up to which it is known which of them have stood on one node. */
const MOST_SEATS = 128;

/** Where what is looked at lies in the whole numbers of a state. */
export type StateLayout = Pick<World, 'dynamicLength' | 'seatHostAt' | 'model'>;

/** Share of the states from which on what they have in common is met often enough, and how many they are at most. */
const OFTEN = 1 / 64;
const MANY = 16;
/** Share of the states that may be rare: where there are more, rare is not what they are. */
const MOST_RARE = 0.1;

/** Values that are told apart by a bit each. */
const SMALL = 16;
/** Keys of other values: place · 2^32 + value. */
const PLACE = 2 ** 32;

/**
 * What the states that a history has met were like: the values of each number that decides what happens next, and which members
 * have stood on one node. A state with something about it that next to none of them had is one that the history was too short for.
 */
export class MetFeatures {
  private readonly layout: StateLayout;
  private readonly seats: number;
  /** By place: bit v is set where value v was met often enough; keys of the other values that were. */
  private readonly small: Uint16Array;
  private readonly large: ReadonlySet<number>;
  /** By pair of seats: whether they were met on one node often enough. */
  private readonly together: Uint8Array;
  /** Place that made a state rare the last time: it often does so again. */
  private last = 0;

  constructor(layout: StateLayout, states: readonly RootState[]) {
    this.layout = layout;
    const least = Math.min(MANY, Math.max(1, Math.floor(OFTEN * states.length)));
    const { dynamicLength: places, model } = layout;
    this.seats = model.seats.count > MOST_SEATS ? 0 : model.seats.count;
    const small = new Uint16Array(SMALL * places);
    const large = new Map<number, number>();
    const together = new Uint16Array(this.seats * this.seats);
    for (const { ints } of states) {
      for (let i = 0; i < places; i++) {
        const value = ints[i]!;
        if (isSmall(value)) small[SMALL * i + value]!++;
        else large.set(PLACE * i + value, (large.get(PLACE * i + value) ?? 0) + 1);
      }
      this.forPairs(ints, (pair) => {
        together[pair]!++;
      });
    }
    this.small = Uint16Array.from({ length: places }, (_, i) =>
      bits(small.subarray(SMALL * i, SMALL * (i + 1)), least),
    );
    this.large = new Set([...large.keys()].filter((key) => large.get(key)! >= least));
    this.together = Uint8Array.from(together, (times) => Number(times >= least));
  }

  /** Those of the states that are like many others; undefined where too many are like none. */
  common<State extends RootState>(states: readonly State[]): readonly State[] | undefined {
    const common = states.filter(({ ints }) => !this.isRare(ints));
    return common.length < (1 - MOST_RARE) * states.length ? undefined : common;
  }

  /** Numbers of a state that decide what happens next. */
  get places(): number {
    return this.small.length;
  }

  /** Whether the state has anything about it that next to no other had. */
  isRare(ints: Int32Array): boolean {
    if (this.isRareAt(this.last, ints)) return true;
    for (let i = 0; i < this.small.length; i++) {
      if (!this.isRareAt(i, ints)) continue;
      this.last = i;
      return true;
    }
    let found = false;
    this.forPairs(ints, (pair) => {
      if (this.together[pair] === 0) found = true;
    });
    return found;
  }

  private isRareAt(i: number, ints: Int32Array): boolean {
    const value = ints[i]!;
    return isSmall(value) ? ((this.small[i]! >>> value) & 1) === 0 : !this.large.has(PLACE * i + value);
  }

  /** Every pair of members on one node. */
  private forPairs(ints: Int32Array, look: (pair: number) => void): void {
    const { seats } = this;
    const { seatHostAt } = this.layout;
    for (let a = 0; a < seats; a++) {
      const node = ints[seatHostAt + a]!;
      if (node === 0) continue;
      for (let b = a + 1; b < seats; b++) if (ints[seatHostAt + b] === node) look(a * seats + b);
    }
  }
}

const isSmall = (value: number): boolean => value >= 0 && value < SMALL;

/** A bit for each of the numbers, set where it is so large at least. */
const bits = (numbers: Uint16Array, least: number): number =>
  numbers.reduce((set, number, i) => set | (Number(number >= least) << i), 0);
