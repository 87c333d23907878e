import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { Law } from '../../src/model/law.ts';
import { lognormalOfMean, weibullOfMean } from '../../src/model/law.ts';
import { InputError } from '../../src/model/problem.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { historySpan } from '../../src/simulate/history-span.ts';
import { cyclesOf, measured } from '../core/support/cycles.ts';
import { simulate } from '../core/support/histories.ts';
import { randomScenario } from '../core/support/random-scenario.ts';

/** Standard errors of the difference; exceeded by chance by one comparison in 60 000. */
const Z = 4.3;
/** Services that are down less than this say too little in histories of this length. */
const LEAST = 2e-5;

const LAWS: readonly ((mean: number) => Law)[] = [
  (mean) => weibullOfMean(mean, 2),
  (mean) => weibullOfMean(mean, 0.8),
  (mean) => ({ kind: 'uniform', low: 0.3 * mean, high: 1.7 * mean }),
  (mean) => ({ kind: 'triangular', low: 0, mode: mean, high: 2 * mean }),
  (mean) => lognormalOfMean(mean, 0.7),
  (mean) => ({ kind: 'shifted', offset: mean / 2, law: { kind: 'exponential', mean: mean / 2 } }),
  (mean) => ({ kind: 'gamma', shape: 2.5, scale: mean / 2.5 }),
];

/** Failures age, by one law after the other, and are rarer than the arbitrary's own. */
function ageing(scenario: Scenario, by = LAWS): Scenario {
  let next = 0;
  const text = JSON.stringify(scenario, (key, value) => {
    if (value === Number.POSITIVE_INFINITY) return 'Infinity';
    return key === 'timeToFailure' && value.kind === 'exponential' ? by[next++ % by.length]!(30 * value.mean) : value;
  });
  return JSON.parse(text, (_key, value) => (value === 'Infinity' ? Number.POSITIVE_INFINITY : value));
}

/** Struck at some ages and at no other, beside those that age. */
const FIXED: readonly ((mean: number) => Law)[] = [
  (mean) => ({ kind: 'deterministic', value: mean }),
  ...LAWS.slice(0, 2),
  (mean) => ({ kind: 'empirical', values: [0.3, 0.7, 1.1, 1.9].map((part) => part * mean) }),
  (mean) => ({ kind: 'exponential', mean }),
  (mean) => ({ kind: 'calendar', period: mean, phase: mean / 3 }),
];

/** Incidents that only a further failure ends are refused, by name; and lives so alike that they stay in step. */
function refused(error: unknown): undefined {
  if (error instanceof InputError) return undefined;
  throw error;
}

describe('law: cycles and natural histories agree on failures that age', () => {
  const cases = [
    ['by laws with a density', LAWS, 31_536_000, 4],
    ['some at fixed ages', FIXED, 0, 4],
  ] as const;
  it.each(cases)('random scenarios, %s', async (_name, laws, warmUp, numRuns) => {
    let compared = 0;
    const years = 10;
    await fc.assert(
      fc.asyncProperty(
        randomScenario({ memoryless: true }).map((one) => ageing(one, laws)),
        async (scenario) => {
          const model = compile(scenario);
          const histories = simulate(scenario, { seed: 'ageing', years, histories: 30, warmUp });
          for (let service = 0; service < model.services.count; service++) {
            const { mean, error } = histories.unavailability(service);
            if (!(mean > LEAST && error < 0.2 * mean)) continue;
            const span = historySpan({ years, warmUp });
            const options = { service, seed: 'law', precision: 0.1, mostBatches: 100, span };
            const cycles = await cyclesOf(model, options).catch(refused);
            if (cycles === undefined) continue;
            const own = measured(cycles);
            compared++;
            const told = `U ${own.told} against ${mean} ± ${error}`;
            expect(Math.abs(own.value - mean) / Math.hypot(error, own.error), told).toBeLessThan(Z);
          }
        },
      ),
      { seed: 20_261_121, numRuns, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(2);
  });
});
