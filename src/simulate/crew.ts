import type { Scenario } from '../model/scenario.ts';

/** What every history of a run has in common. */
export interface HistoryPlan {
  readonly scenario: Scenario;
  readonly seed: string;
  /** Simulated years per history. */
  readonly years: number;
  /** Seconds. */
  readonly warmUp: number;
}

/** Consecutive histories. */
export interface HistoryTask {
  readonly first: number;
  readonly count: number;
}

/** Others who simulate histories: threads, or whoever gives the same answers. */
export interface Crew {
  /** How many work at the same time. */
  readonly size: number;
  /** The histories' records as `packRecords` writes them. Rejects when whoever worked at it is no more. */
  readonly simulate: (task: HistoryTask) => Promise<Float64Array>;
  /** Ends everything that is under way. */
  readonly close: () => Promise<void>;
}

/** Finds up to `size` workers; undefined where there are none to be had. */
export type HireCrew = (plan: HistoryPlan, size: number) => Promise<Crew | undefined>;
