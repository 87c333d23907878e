import { analyseScenario } from '../../../src/analytic/scenario/exact-side.ts';
import type { AnalyticResult } from '../../../src/model/result.ts';
import type { Group, Scenario } from '../../../src/model/scenario.ts';
import { serviceStateSpace } from '../../../src/simulate/state-space.ts';
import {
  detector,
  exponential,
  group,
  HOUR,
  mode,
  plainFlow,
  REPLACEMENT,
  uncovered,
  withDetection,
} from '../../core/support/build.ts';

/** The exact side under one treatment, with chains of at most so many states. */
export function exactSide(
  scenario: Scenario,
  { mostStates = 100_000, thorough = true, treatment = scenario.controlTreatment } = {},
): Record<string, AnalyticResult> {
  return analyseScenario(scenario, [treatment], serviceStateSpace, { mostStates, thorough })[treatment];
}

/** Every duration of a pair memoryless: noticed in 10 s, rebuilt in 10 min; one fault in ten is not noticed. */
export function exponentialPair(meanHours: number, rest: Partial<Group> = {}): Group {
  const pair = withDetection(group([mode(exponential(meanHours * HOUR), REPLACEMENT)]), {
    detectors: [detector(exponential(10))],
    coverage: 0.9,
    coverageExposed: 0.9,
    uncovered: uncovered(exponential(900), 'manual'),
    standby: { coverage: 0.9, audit: exponential(86_400) },
  });
  return { ...pair, times: { manualRestore: exponential(1800), coldStart: exponential(60) }, ...rest };
}

/** The flow of these pairs: 20 s to switch over, 10 min to rebuild. */
export const PAIR_FLOW = { flow: plainFlow(exponential(20), exponential(600)) };

/** |a/b − 1|; of two zeros 0. */
export function relativeError(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a / b - 1);
}
