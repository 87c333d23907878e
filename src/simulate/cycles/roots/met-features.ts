import type { World } from '../../../dynamics/world.ts';
import type { RootState } from './root-states.ts';

/** Members up to which it is known which of them have stood on one node. */
const MOST_SEATS = 128;

/** Where what is looked at lies in the whole numbers of a state. */
export type StateLayout = Pick<World, 'dynamicLength' | 'seatHostAt' | 'model'>;

/** Numbers of a state that take no time to speak of to look at. */
const LARGE = 4_096;
/** Share of the states from which on what they have in common is met often enough, and how many they are at most. */
const OFTEN = 1 / 64;
const MANY = 16;
/** Share of the states that may be rare: where there are more, rare is not what they are. */
const MOST_RARE = 0.1;

/**
 * What the states that a history has met were like: the values of each number that decides what happens next, and which members
 * have stood on one node. A state with something about it that next to none of them had is one that the history was too short for.
 */
export class MetFeatures {
  /** Where states are large, only one in so many blocks of samples is looked at. */
  readonly every: number;
  private readonly layout: StateLayout;
  private readonly least: number;
  private readonly first: Int32Array;
  /** Places where they differ, marked and listed, and how often each value was met there. */
  private readonly differs: Uint8Array;
  private readonly places: readonly number[];
  private readonly values: readonly Map<number, number>[];
  private readonly seats: number;
  /** By pair of seats: how often they were met on one node. */
  private readonly together: Uint32Array;

  constructor(layout: StateLayout, states: readonly RootState[]) {
    this.layout = layout;
    this.every = Math.ceil(layout.dynamicLength / LARGE);
    this.least = Math.min(MANY, Math.max(1, Math.floor(OFTEN * states.length)));
    const { count } = layout.model.seats;
    this.seats = count > MOST_SEATS ? 0 : count;
    this.together = new Uint32Array(this.seats * this.seats);
    this.first = states[0]!.ints.subarray(0, layout.dynamicLength);
    const { first } = this;
    this.differs = new Uint8Array(first.length);
    for (const { ints } of states) for (let i = 0; i < first.length; i++) if (ints[i] !== first[i]) this.differs[i] = 1;
    this.places = [...first.keys()].filter((i) => this.differs[i] === 1);
    this.values = this.places.map(() => new Map());
    for (const { ints } of states) this.count(ints);
  }

  /** Those of the states that are like many others; undefined where most are like none. */
  common<State extends RootState>(states: readonly State[]): readonly State[] | undefined {
    const common = states.filter(({ ints }) => !this.isRare(ints));
    return common.length < (1 - MOST_RARE) * states.length ? undefined : common;
  }

  /** Whether the state has anything about it that next to no other had. */
  isRare(ints: Int32Array): boolean {
    const { first, differs, places, values, least } = this;
    for (let i = 0; i < first.length; i++) if (ints[i] !== first[i] && differs[i] === 0) return true;
    for (let i = 0; i < places.length; i++) if ((values[i]!.get(ints[places[i]!]!) ?? 0) < least) return true;
    let found = false;
    this.forPairs(ints, (pair) => {
      if (this.together[pair]! < least) found = true;
    });
    return found;
  }

  private count(ints: Int32Array): void {
    this.values.forEach((met, i) => {
      const value = ints[this.places[i]!]!;
      met.set(value, (met.get(value) ?? 0) + 1);
    });
    this.forPairs(ints, (pair) => {
      this.together[pair]!++;
    });
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
