import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { cycleInterval } from '../../src/measures/cycles/interval.ts';
import { CYCLE } from '../../src/measures/cycles/measures.ts';
import type { Law } from '../../src/model/law.ts';
import { lognormalOfMean, weibullOfMean } from '../../src/model/law.ts';
import { InputError } from '../../src/model/problem.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { runCycles } from '../../src/simulate/cycles/run-cycles.ts';
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
function ageing(scenario: Scenario): Scenario {
  let next = 0;
  const text = JSON.stringify(scenario, (key, value) => {
    if (value === Number.POSITIVE_INFINITY) return 'Infinity';
    return key === 'timeToFailure' && value.kind === 'exponential'
      ? LAWS[next++ % LAWS.length]!(30 * value.mean)
      : value;
  });
  return JSON.parse(text, (_key, value) => (value === 'Infinity' ? Number.POSITIVE_INFINITY : value));
}

/** Incidents that only a further failure ends are refused, by name; and lives so alike that they stay in step. */
function refused(error: unknown): undefined {
  if (error instanceof InputError) return undefined;
  throw error;
}

describe('law: cycles and natural histories agree on failures that age', () => {
  it('8 random scenarios', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(randomScenario({ memoryless: true }).map(ageing), async (scenario) => {
        const model = compile(scenario);
        const histories = simulate(scenario, { seed: 'ageing', years: 10, histories: 30, warmUp: 31_536_000 });
        for (let service = 0; service < model.services.count; service++) {
          const { mean, error } = histories.unavailability(service);
          if (!(mean > LEAST && error < 0.2 * mean)) continue;
          const options = {
            seed: 'law',
            confidence: 0.95,
            precision: 0.1,
            isOver: async () => false,
            mostBatches: 100,
          };
          const cycles = await runCycles(model, service, options).catch(refused);
          if (cycles === undefined) continue;
          const { value, lo, hi } = cycleInterval(cycles.totals, CYCLE.downtime, 0.95);
          compared++;
          const told = `U ${value} (${lo} … ${hi}) against ${mean} ± ${error}`;
          expect(Math.abs(value - mean) / Math.hypot(error, (hi - lo) / 2 / 2.045), told).toBeLessThan(Z);
        }
      }),
      { seed: 20_261_121, numRuns: 8, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(4);
  });
});
