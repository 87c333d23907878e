import { expect } from 'vitest';
import type { LoadedScenario } from '../../../src/index.ts';
import type { Estimate } from '../../../src/model/estimate.ts';

/** Level of single comparisons with intervals: at 95 % one test in twenty would fail for nothing. */
const CONFIDENCE = 0.999;

export function withConfidence({ scenario, digest }: LoadedScenario, confidence = CONFIDENCE): LoadedScenario {
  return { scenario: { ...scenario, simulation: { ...scenario.simulation, confidence } }, digest };
}

/** The interval contains `exact`, and its width over `exact` is below `widest`, so that it says something. */
export function expectInside(estimate: Estimate | null, exact: number, widest: number): void {
  if (estimate === null) throw new Error(`nothing was estimated; expected ${exact}`);
  const told = `${estimate.value} [${estimate.lo}, ${estimate.hi}] against ${exact}`;
  expect(exact, told).toBeGreaterThanOrEqual(estimate.lo);
  expect(exact, told).toBeLessThanOrEqual(estimate.hi);
  expect((estimate.hi - estimate.lo) / exact, `too wide: ${told}`).toBeLessThan(widest);
}
