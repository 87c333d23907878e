import type { World } from '../../../dynamics/world.ts';
import type { RootState } from './root-states.ts';

/** Where what is looked at lies in the whole numbers of a state. */
export type StateLayout = Pick<World, 'dynamicLength' | 'dynamicColumns' | 'seatHostAt' | 'model'>;

/** Pairs of members of which it is known whether they have stood on one node: all of few members, else those of one group. */
const MOST_PAIRS = 2 ** 13;
/**
 * Share of the states from which on what they have in common is met often enough, and how many they are at most; and in how many
 * visits, as many at first: what lasts is met often where chance has brought it about once.
 */
const OFTEN = 1 / 64;
const MANY = 16;
const MANY_VISITS = 4;

/** Values from 0 on that are counted in arrays. */
export const SMALL = 16;
/** Keys of other values: place · 2^32 + value. */
const PLACE = 2 ** 32;

/** Which values the numbers of the states that a history has met have had often enough, and which members have stood on one node. */
export class MetValues {
  private readonly layout: StateLayout;
  /** By place: bit v is set where value v was met; keys of the other values that were. */
  private readonly small: Uint16Array;
  private readonly large: ReadonlySet<number>;
  /** Seats a and b that were not met on one node, one pair after the other. */
  private readonly apart: Int32Array;

  /** @param states in the order in which they were met */
  constructor(layout: StateLayout, states: readonly RootState[]) {
    this.layout = layout;
    const { dynamicLength: places } = layout;
    const all = comparedPairs(layout);
    const small = new Meetings(SMALL * places, states.length);
    const large = new Meetings(places, states.length);
    const together = new Meetings(all.length, states.length);
    const known = new Map<number, number>();
    states.forEach(({ ints }, state) => {
      for (let i = 0; i < places; i++) {
        const value = ints[i]!;
        if (isSmall(value)) small.note(SMALL * i + value, state);
        else large.note(numberOf(known, PLACE * i + value), state);
      }
      all.forEach(([a, b], pair) => {
        if (areTogether(layout, ints, a, b)) together.note(pair, state);
      });
    });
    this.small = Uint16Array.from({ length: places }, (_, i) => {
      let met = 0;
      for (let value = 0; value < SMALL; value++) met |= Number(small.isOften(SMALL * i + value)) << value;
      return met;
    });
    this.large = new Set([...known].flatMap(([key, number]) => (large.isOften(number) ? [key] : [])));
    this.apart = Int32Array.from(all.filter((_, pair) => !together.isOften(pair)).flat());
  }

  /** Whether the number at a place has had a value often enough. */
  has(i: number, value: number): boolean {
    return isSmall(value) ? ((this.small[i]! >>> value) & 1) === 1 : this.large.has(PLACE * i + value);
  }

  /** Whether two members are on one node that were not often enough. */
  isNewTogether(ints: Int32Array): boolean {
    const { apart, layout } = this;
    for (let i = 0; i < apart.length; i += 2) if (areTogether(layout, ints, apart[i]!, apart[i + 1]!)) return true;
    return false;
  }
}

/** How often things have been met, and in how many visits. */
class Meetings {
  private times: Uint16Array;
  private visits: Uint16Array;
  /** State that it was met in the last time, from 1. */
  private lasts: Uint16Array;
  private readonly leastTimes: number;
  private readonly leastVisits: number;

  /** @param things to begin with */
  constructor(things: number, states: number) {
    this.times = new Uint16Array(things);
    this.visits = new Uint16Array(things);
    this.lasts = new Uint16Array(things);
    const least = Math.max(1, Math.floor(OFTEN * states));
    this.leastTimes = Math.min(MANY, least);
    this.leastVisits = Math.min(MANY_VISITS, least);
  }

  /** In a state; states come in their order. */
  note(thing: number, state: number): void {
    if (thing >= this.times.length) this.grow(2 * thing);
    if (this.lasts[thing] !== state) this.visits[thing]!++;
    this.times[thing]!++;
    this.lasts[thing] = state + 1;
  }

  isOften(thing: number): boolean {
    return this.times[thing]! >= this.leastTimes && this.visits[thing]! >= this.leastVisits;
  }

  private grow(things: number): void {
    const longer = (old: Uint16Array): Uint16Array => {
      const all = new Uint16Array(things);
      all.set(old);
      return all;
    };
    this.times = longer(this.times);
    this.visits = longer(this.visits);
    this.lasts = longer(this.lasts);
  }
}

export const isSmall = (value: number): boolean => value >= 0 && value < SMALL;

/** The number of a key, from 0 on in the order in which they come. */
function numberOf(known: Map<number, number>, key: number): number {
  const number = known.get(key) ?? known.size;
  if (number === known.size) known.set(key, number);
  return number;
}

function comparedPairs({ model }: StateLayout): readonly (readonly [number, number])[] {
  const { seats } = model;
  const areFew = (seats.count * (seats.count - 1)) / 2 <= MOST_PAIRS;
  const pairs: [number, number][] = [];
  for (let a = 0; a < seats.count; a++) {
    for (let b = a + 1; b < seats.count && (areFew || seats.group[a] === seats.group[b]); b++) pairs.push([a, b]);
  }
  return pairs.length > MOST_PAIRS ? [] : pairs;
}

function areTogether({ seatHostAt }: StateLayout, ints: Int32Array, a: number, b: number): boolean {
  const node = ints[seatHostAt + a]!;
  return node !== 0 && node === ints[seatHostAt + b];
}
