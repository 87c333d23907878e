import { RunTotals } from '../../../src/measures/run-totals.ts';
import type { Scenario } from '../../../src/model/scenario.ts';
export interface HistoriesPlan {
  readonly seed: string;
  /** Simulated years per history. */
  readonly years: number;
  readonly histories: number;
  /** Seconds. */
  readonly warmUp?: number;
}
/** Mean of independent values with its standard error. */
export interface Sample {
  readonly mean: number;
  readonly error: number;
  readonly n: number;
}
export interface Histories {
  readonly totals: RunTotals;
  /** Share of time the service is not served. */
  unavailability(service?: number): Sample;
  /** Outages over the threshold per hour. */
  frequency(service?: number): Sample;
}
/** Natural histories of a scenario, and what the test compares with an exact value. */
export declare function simulate(scenario: Scenario, plan: HistoriesPlan): Histories;
export declare function sampleOf(values: readonly number[]): Sample;
export declare function scaled(sample: Sample, factor: number): Sample;
/**
 * Standard errors a sample may be off. 3.7 is exceeded by chance once in about 4 600 comparisons (normal law); seeds are
 * fixed, so a test that passed does not fail by chance later.
 */
export declare const Z = 3.7;
/** The sample agrees with `exact` within Z standard errors, and is precise enough (relative error) to say something. */
export declare function expectAgreement(sample: Sample, exact: number, precision: number): void;
