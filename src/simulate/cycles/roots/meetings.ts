/**
 * Share of the states from which on what they have in common is met often enough, and how many they are at most; and in how many
 * visits, as many at first: what lasts is met often where chance has brought it about once.
 */
const OFTEN = 1 / 64;
const MANY = 16;
const MANY_VISITS = 4;

/** How often things have been met in the states of a history, and in how many visits. */
export class Meetings {
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
