import type { World } from '../../../dynamics/world.ts';
import { Meetings } from './meetings.ts';
import type { RootState } from './root-states.ts';

/** Where what is looked at lies in the whole numbers of a state. */
export type StateLayout = Pick<World, 'dynamicLength' | 'dynamicColumns' | 'seatHostAt' | 'model'>;

/** Values from 0 on that are counted in arrays. */
export const SMALL = 16;
/** Keys of other values: place · 2^32 + value. */
const PLACE = 2 ** 32;

/** Which values the numbers of the states that a history has met have had often enough. */
export class MetValues {
  /** By place: bit v is set where value v was met; keys of the other values that were. */
  private readonly small: Uint16Array;
  private readonly large: ReadonlySet<number>;

  /** @param states in the order in which they were met */
  constructor({ dynamicLength: places }: Pick<StateLayout, 'dynamicLength'>, states: readonly RootState[]) {
    const small = new Meetings(SMALL * places, states.length);
    const large = new Meetings(places, states.length);
    const known = new Map<number, number>();
    states.forEach(({ ints }, state) => {
      for (let i = 0; i < places; i++) {
        const value = ints[i]!;
        if (isSmall(value)) small.note(SMALL * i + value, state);
        else large.note(numberOf(known, PLACE * i + value), state);
      }
    });
    this.small = Uint16Array.from({ length: places }, (_, i) => {
      let met = 0;
      for (let value = 0; value < SMALL; value++) met |= Number(small.isOften(SMALL * i + value)) << value;
      return met;
    });
    this.large = new Set([...known].flatMap(([key, number]) => (large.isOften(number) ? [key] : [])));
  }

  /** Whether the number at a place has had a value often enough. */
  has(i: number, value: number): boolean {
    return isSmall(value) ? ((this.small[i]! >>> value) & 1) === 1 : this.large.has(PLACE * i + value);
  }
}

export const isSmall = (value: number): boolean => value >= 0 && value < SMALL;

/** The number of a key, from 0 on in the order in which they come. */
function numberOf(known: Map<number, number>, key: number): number {
  const number = known.get(key) ?? known.size;
  if (number === known.size) known.set(key, number);
  return number;
}
