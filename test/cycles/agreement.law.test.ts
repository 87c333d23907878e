import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/model/problem.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { type SolvedScenario, solve } from '../core/support/chain.ts';
import { cyclesOf, deviation, measured } from '../core/support/cycles.ts';
import { randomScenario } from '../core/support/random-scenario.ts';

const MOST_STATES = 600;
/** Standard errors; exceeded by chance by one comparison in 150 000. */
const Z = 4.5;

/** Failures as rare as forcing is made for: the arbitrary's own overlap all the time. */
function rarer(scenario: Scenario): Scenario {
  const text = JSON.stringify(scenario, (key, value) => {
    if (value === Number.POSITIVE_INFINITY) return 'Infinity';
    return key === 'timeToFailure' && value.kind === 'exponential' ? { ...value, mean: 100 * value.mean } : value;
  });
  return JSON.parse(text, (_key, value) => (value === 'Infinity' ? Number.POSITIVE_INFINITY : value));
}

function solvable(scenario: Scenario): SolvedScenario | undefined {
  try {
    return solve(scenario, MOST_STATES);
  } catch (error) {
    if (error instanceof InputError && error.problems[0]?.code === 'too-many-states') return undefined;
    throw error;
  }
}

/** Incidents that only a further failure ends are refused, by name. */
function endless(error: unknown): undefined {
  if (error instanceof InputError && error.problems[0]?.code === 'endless') return undefined;
  throw error;
}

describe('law: cycles and the chain generator agree on exponential scenarios', () => {
  it('4 random ones', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(randomScenario({ memoryless: true }).map(rarer), async (scenario) => {
        const solved = solvable(scenario);
        fc.pre(solved !== undefined);
        for (let service = 0; service < solved!.model.services.count; service++) {
          const exact = solved!.unavailability(service);
          if (exact === 0) continue;
          const cycles = await cyclesOf(solved!.model, { service, seed: 'law', precision: 0.1 }).catch(endless);
          if (cycles === undefined) continue;
          compared++;
          const told = `U ${measured(cycles).told} against ${exact}`;
          expect(Math.abs(deviation(cycles, exact)), told).toBeLessThan(Z);
        }
      }),
      { seed: 20_240_604, numRuns: 4 },
    );
    expect(compared).toBeGreaterThan(2);
  });
});
