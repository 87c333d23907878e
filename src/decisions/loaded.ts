import type { Scenario } from '../model/scenario.ts';

/** A scenario that has been read, with the digest of its resolved content. */
export interface Loaded {
  readonly scenario: Scenario;
  readonly digest: string;
}

/** A scenario to compare, under the name it is told by. */
export interface Labelled extends Loaded {
  readonly label: string;
}

/** What every decision has of the outside: a clock, a way to be stopped, somebody to tell how far it is. */
export interface Conduct {
  /** Seconds on any monotonic clock; without it time limits have no effect. */
  readonly clock?: () => number;
  readonly signal?: { readonly aborted: boolean };
  readonly onProgress?: (progress: DecisionProgress) => void;
}

/** How far a decision has come: histories, and simulated years and events in them. */
export interface DecisionProgress {
  readonly histories: number;
  /** Histories planned at most. */
  readonly of: number;
  readonly years: number;
  readonly events: number;
}
