import { expect } from 'vitest';
import { compile } from '../../../src/compile/compile.ts';
import { RunTotals, sumLists } from '../../../src/measures/run-totals.ts';
import type { Scenario } from '../../../src/model/scenario.ts';
import { MICROSECONDS_PER_SECOND, SECONDS_PER_HOUR } from '../../../src/model/time.ts';
import { HistoryRunner } from '../../../src/simulate/histories.ts';
import { shapeOf } from '../../../src/simulate/history-watch.ts';

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
export function simulate(scenario: Scenario, plan: HistoriesPlan): Histories {
  const model = compile(scenario);
  const runner = new HistoryRunner(model, plan.seed);
  const totals = new RunTotals(shapeOf(model));
  for (let i = 0; i < plan.histories; i++) totals.absorb(runner.run(i, plan.years, plan.warmUp ?? 0));
  const perHorizon = (amounts: readonly number[]): Sample =>
    sampleOf(amounts.map((amount, i) => amount / totals.horizons[i]!));
  return {
    totals,
    unavailability: (service = 0) =>
      perHorizon(sumLists(totals.service(service, 'totalTime'), totals.service(service, 'partialWeighted'))),
    frequency: (service = 0) =>
      scaled(
        perHorizon(sumLists(totals.service(service, 'totalOutages'), totals.service(service, 'partialOutages'))),
        MICROSECONDS_PER_SECOND * SECONDS_PER_HOUR,
      ),
  };
}

export function sampleOf(values: readonly number[]): Sample {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (n - 1) / n), n };
}

export function scaled(sample: Sample, factor: number): Sample {
  return { ...sample, mean: sample.mean * factor, error: sample.error * factor };
}

/**
 * Standard errors a sample may be off. 3.7 is exceeded by chance once in about 4 600 comparisons (normal law); seeds are
 * fixed, so a test that passed does not fail by chance later.
 */
export const Z = 3.7;

/** The sample agrees with `exact` within Z standard errors, and is precise enough (relative error) to say something. */
export function expectAgreement(sample: Sample, exact: number, precision: number): void {
  const told = `${sample.mean} ± ${sample.error} against ${exact}`;
  expect(sample.error / exact, `too imprecise: ${told}`).toBeLessThan(precision);
  expect(Math.abs(sample.mean - exact) / sample.error, told).toBeLessThan(Z);
}
