import type { AgedRoots } from './ageing-roots.ts';
import type { DatedRoots } from './dated-roots.ts';
import type { Renewal } from './renewal-roots.ts';
import type { RootState, RootStates } from './root-states.ts';

/** Samples of a stage and stratum are numbered from a multiple of this. */
export const STRATUM = 2 ** 32;

/**
 * What a model's incidents begin in: quiescent states met, the same with ages, at instants of histories, or the instants of a test
 * that renews all.
 */
export type Roots = RootStates | AgedRoots | DatedRoots | Renewal;

/** Where incidents begin, and how often. Valid after `choose` has returned true: all but its methods. */
export interface RootSource {
  /** State that the incident begins in. */
  readonly root: RootState;
  /** Rate of such incidents, 1/µs of quiescent time. */
  readonly rate: number;
  /** By class: rate of its failures in the root, 1/µs. */
  readonly hazards: Float64Array;
  /** By mode: µs of operation, where failures age. */
  readonly ages: Float64Array | undefined;
  /** By proof test: µs until it takes place; absent: there is none. */
  readonly tests: Float64Array | undefined;
  /** Time in the state before the incident that counts beside that in the quiescent states that have been met, µs. */
  readonly idle: number;
  /** Modes that strike at the same instant, where failures strike at fixed ages. */
  readonly due: readonly number[] | undefined;
  /** Mean rate of incidents by class of their first failure, 1/µs. */
  classRates(): Float64Array;
  /** A root for sample `index` of incidents beginning with class `first`; false if none can. */
  choose(first: number, index: number, random: () => number): boolean;
  /** When the incident begins, µs since calendars began. */
  start(random: () => number): number;
  /** The mode that strikes first, drawn with this likelihood ratio. */
  strikes(first: number, random: () => number): number;
  readonly ratio: number;
}

/** Mean of rows of numbers, so many in each. */
export function meanOf(rows: readonly Float64Array[], length: number): Float64Array {
  const sums = new Float64Array(length);
  for (const row of rows) for (let i = 0; i < length; i++) sums[i]! += row[i]! / rows.length;
  return sums;
}
