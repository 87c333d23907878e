import type { Estimate } from './estimate.ts';
import type { TargetResult } from './result.ts';

/** What a gate says: kept, broken, or not certain within the budget. */
export type Verdict = TargetResult['verdict'];

/** `carriergrade/check/1`: targets of scenarios, and their downtime against a baseline, each decided as soon as it is certain. */
export interface CheckReport {
  readonly format: 'carriergrade/check/1';
  readonly verdict: Verdict;
  readonly rules: CheckRules;
  readonly scenarios: readonly CheckedScenario[];
  readonly version: string;
}

/** What a check promises: chances from 0 to 1, increases relative to the baseline. */
export interface CheckRules {
  /** Chance of any wrong "missed" or "regression", and of each wrong "met" or "no regression". */
  readonly error: number;
  /** Relative increases of the downtime up to `tolerance` are no regression; those from `detect` on are found. */
  readonly tolerance: number;
  readonly detect: number;
  /** Gates the chance of an error is shared by. */
  readonly gates: number;
}

/** A scenario that has been checked: its gates, and the strictest of their verdicts. */
export interface CheckedScenario {
  /** By which it is found in a baseline: its name and variant. */
  readonly label: string;
  readonly file: string;
  readonly title: string;
  readonly digest: string;
  readonly run: CheckRun;
  readonly targets: readonly CheckedTarget[];
  readonly regressions: readonly CheckedRegression[];
  /** By service: how its targets were decided, and why not by histories; only where that was not a matter of course. */
  readonly methods?: Readonly<Record<string, CheckedMethod>>;
  /** Whether there is something to compare with; `none`: no baseline was given. */
  readonly baseline: 'none' | 'missing' | 'unchanged' | 'compared';
  readonly verdict: Verdict;
}

/** By which side the targets of a service were decided, and why. */
export interface CheckedMethod {
  readonly method: 'exact' | 'histories' | 'cycles';
  readonly because: string;
}

/** What a check had to simulate of a scenario, and why it stopped. */
export interface CheckRun {
  readonly seed: string;
  /** Histories simulated, 0 where nothing had to be. */
  readonly histories: number;
  /** Most histories that would have been. */
  readonly of: number;
  readonly simulatedYears: number;
  readonly events: number;
  /** `decided`: every gate is certain; `precision`: the open ones are as narrow as asked for. */
  readonly stop: 'decided' | 'precision' | 'budget' | 'interrupted';
}

/** How a gate was decided. */
export interface Decision {
  readonly verdict: Verdict;
  readonly by: 'exact' | 'histories' | 'cycles' | 'digest';
  /** Histories at which it was certain; all there were where it is not. */
  readonly histories: number;
  /** Of the intervals at that look: the further looks are paid for. */
  readonly confidence: number;
}

/** A target, decided. */
export interface CheckedTarget extends Decision, TargetResult {
  readonly verdict: Verdict;
}

/** Downtime of a service (s/year) against the baseline: `a` before, `b` now. */
export interface CheckedRegression extends Decision {
  readonly service: string;
  readonly metric: 'dpm';
  readonly a: Estimate;
  readonly b: Estimate;
  readonly difference: Estimate;
  readonly ratio: Estimate | null;
}

/** `carriergrade/baseline/1`: what scenarios were like when they were last accepted, history by history. */
export interface Baseline {
  readonly format: 'carriergrade/baseline/1';
  readonly version: string;
  /** By name and variant. */
  readonly scenarios: Readonly<Record<string, BaselineScenario>>;
}

/** A scenario as it was when the baseline was taken. */
export interface BaselineScenario {
  readonly digest: string;
  readonly seed: string;
  /** Simulated years per history, and what was discarded before, s. */
  readonly years: number;
  readonly warmUp: number;
  readonly histories: number;
  readonly services: Readonly<Record<string, BaselineService>>;
}

/** Downtime of a service, history by history, to be paired with the same histories later. */
export interface BaselineService {
  /** Downtime of each history, µs, total and weighted partial, as numbers separated by spaces. */
  readonly downtimeMicros: string;
  /** Where the exact side has one. */
  readonly exactUnavailability?: number;
  /** Where histories meet its outages too seldom: its incidents, to be paired with the same incidents later. */
  readonly cycles?: BaselineCycles;
}

/** Samples of rare-event cycles of a service, level by level, each level twice as many as before. */
export interface BaselineCycles {
  readonly seed: string;
  /** What samples begin with, and the share of the samples that begin so. */
  readonly strata: readonly { readonly name: string; readonly share: number }[];
  readonly levels: readonly {
    readonly samples: number;
    /** By batch, µs per µs of idle time, as numbers separated by spaces. */
    readonly downtime: string;
    readonly length: string;
    /** Of the sample that brings most downtime. */
    readonly largest: number;
    /** Why the samples of this level alone cannot be trusted. */
    readonly doubt?: string;
  }[];
}
