import type { Verdict } from './check.ts';
import type { Estimate } from './estimate.ts';
import type { Metric } from './scenario.ts';
import type { SweepValues } from './sweep.ts';

/** What a plan can aim at: the metrics of targets, and the chance that the spares of a repair policy run out in one period. */
export type PlanMetric = Metric | 'exhaustion';

/** `carriergrade/plan/1`: the value, or the cheapest mix of values, with which a target is met. */
export interface Plan {
  readonly format: 'carriergrade/plan/1';
  readonly scenario: { readonly name: string; readonly title: string; readonly digest: string };
  readonly target: PlanTarget;
  /** What was varied: a range of one path, or options of several. */
  readonly varied: readonly VariedPath[];
  /** `pass`: there is an answer; `fail`: nothing of it meets the target; `undecided`: nothing certainly does. */
  readonly verdict: Verdict;
  /** What certainly meets the target: the end of the range's certain part, or the cheapest of the options. */
  readonly answer: PlanTrial | null;
  /** Of a range: where the target is certainly missed, and the best guess at the limit itself. */
  readonly limit: PlanLimit | null;
  readonly trials: readonly PlanTrial[];
  /** Chance that any verdict of the trials is wrong; 0 where all are exact. */
  readonly error: number;
  readonly seed: string;
  readonly version: string;
}

/** The target a plan has to meet: service or repair policy `of`, metric and limit. */
export interface PlanTarget {
  readonly of: string;
  readonly metric: PlanMetric;
  /** As in `Target`; for `exhaustion` a probability. */
  readonly limit: number;
  readonly text: string;
}

/** A parameter a plan may change, and to what. */
export interface VariedPath {
  readonly path: string;
  /** Ends of a range, or every option. */
  readonly values: readonly string[];
  readonly isRange: boolean;
}

/** Values that were tried, and whether they meet the target. */
export interface PlanTrial {
  readonly values: SweepValues;
  readonly cost: number | null;
  readonly estimate: Estimate | null;
  readonly verdict: Verdict;
  readonly by: 'exact' | 'histories' | 'cycles';
  /** Why not by histories, or why by them after all, where their outages were too few. */
  readonly because?: string;
  readonly histories: number;
}

/** Where within a range the target is just met. */
export interface PlanLimit {
  /** The nearest value that certainly misses the target; null where none does. */
  readonly missedAt: string | null;
  /** Where the target is just met, by interpolation. */
  readonly guess: string;
}

/** `carriergrade/tornado/1`: by how much each parameter alone moves the downtime of a service, largest first. */
export interface Tornado {
  readonly format: 'carriergrade/tornado/1';
  readonly scenario: { readonly name: string; readonly title: string; readonly digest: string };
  readonly service: string;
  /** s/year as the scenario stands. */
  readonly base: Estimate;
  readonly bars: readonly MovedParameter[];
  /** Paths whose values the scenario does not allow to be moved so far. */
  readonly refused: readonly string[];
  readonly seed: string;
  readonly version: string;
}

/** A parameter moved alone to both ends of its range. */
export interface MovedParameter {
  readonly path: string;
  readonly value: string;
  readonly low: TornadoEnd;
  readonly high: TornadoEnd;
  /** Distance between both ends, s/year. */
  readonly swing: number;
}

/** One end of the range of a parameter, and what it does to the downtime. */
export interface TornadoEnd {
  readonly value: string;
  /** s/year, against the base on the same histories. */
  readonly difference: Estimate;
}
