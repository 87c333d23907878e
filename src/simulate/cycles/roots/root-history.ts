import type { RootHistory } from '../../crew.ts';

/** A natural history that roots come from, and what it took. */
export interface RootsMet {
  readonly history: RootHistory;
  /** Events of it. */
  readonly events: number;
}

export const FIRST_HISTORY: RootHistory = { number: 0, growth: 1 };

/** Events of the longest history: some ten seconds. */
export const MOST_EVENTS = 16_000_000;

/** Numbers of all roots together: 64 MB. */
export const MOST_NUMBERS = 8_000_000;

/** Seed of the natural history that roots come from. */
export const rootsSeed = (seed: string, number: number): string =>
  number === 0 ? `${seed}/roots` : `${seed}/roots/${number}`;

/** The longest growth that is to be had, by what `met` cost. */
export const mostGrowth = ({ events, history: { growth } }: RootsMet): number =>
  Math.max(1, Math.floor((growth * MOST_EVENTS) / (1.5 * Math.max(1, events))));
