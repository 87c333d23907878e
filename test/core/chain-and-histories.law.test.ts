import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/model/problem.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { any, element, exponential, HOUR, mode, policy, repair, scenario, service } from './support/build.ts';
import { type SolvedScenario, solve } from './support/chain.ts';
import { simulate } from './support/histories.ts';
import { withControl } from './support/random-control.ts';
import { withMonitoring } from './support/random-monitoring.ts';
import { withProofTests } from './support/random-proof-tests.ts';
import { randomScenario } from './support/random-scenario.ts';
import { randomSharing } from './support/random-sharing.ts';
import { withUpgrades } from './support/random-upgrades.ts';

/** More states are left to other tests: this one is about many small models. */
const MOST_STATES = 1200;
/** Standard errors; with about 50 comparisons of 40 histories each, 4.5 is exceeded by chance once in 250 such suites. */
const Z = 4.5;
/** As long as the services compared need to be out 50 times in all. */
const YEARS = 0.13;

function solvable(scenario: Scenario): SolvedScenario | undefined {
  try {
    return solve(scenario, MOST_STATES);
  } catch (error) {
    if (error instanceof InputError && error.problems[0]?.code === 'too-many-states') return undefined;
    throw error;
  }
}

/** How many services were compared; throws where the two sides differ. */
function compare(scenarios: fc.Arbitrary<Scenario>, seed: number, numRuns: number): number {
  let compared = 0;
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const solved = solvable(scenario);
      fc.pre(solved !== undefined);
      const histories = simulate(scenario, { seed: 'chain', years: YEARS, histories: 40, warmUp: 200 * HOUR });
      solved!.model.names.services.forEach((_, service) => {
        const exact = solved!.unavailability(service);
        const { mean, error } = histories.unavailability(service);
        if (exact === 0) expect(mean).toBe(0);
        const outages = solved!.figures(service).frequencyPerHour * 40 * YEARS * 8760;
        if (outages < 50) return;
        compared++;
        const told = `U ${mean} ± ${error} against ${exact}, ${outages} outages`;
        expect(Math.abs(mean - exact) / error, told).toBeLessThan(Z);
      });
    }),
    { seed, numRuns },
  );
  return compared;
}

describe('law: the chain generator and natural histories agree on exponential scenarios', () => {
  it.each([
    ['25 random ones', randomScenario({ memoryless: true }), 20_240_604],
    ['25 whose groups share their load', randomSharing({ memoryless: true }), 20_261_122],
  ])('%s', (_, scenarios, seed) => {
    expect(compare(scenarios, seed, 25)).toBeGreaterThan(22);
  });

  it('15 whose detectors do not see everything, and not from the start', () => {
    const scenarios = withMonitoring(randomScenario({ memoryless: true }), { memoryless: true });
    expect(compare(scenarios, 20_261_126, 15)).toBeGreaterThan(11);
  });

  it('12 that are upgraded again and again', () => {
    const scenarios = withUpgrades(randomScenario({ memoryless: true }), { memoryless: true });
    expect(compare(scenarios, 20_261_129, 12)).toBeGreaterThan(6);
  });

  it('12 with latent faults, proof tests and shared spares', () => {
    const plain = scenario({
      repair: { crew: policy({ crews: 1, discipline: 'element-order' }) },
      elements: { unit: element([mode(exponential(20 * HOUR), repair(exponential(3 * HOUR)))], { count: 2 }) },
      services: { up: service(any('unit')) },
    });
    const scenarios = withProofTests(fc.constant(plain), { memoryless: true });
    expect(compare(scenarios, 20_261_131, 12)).toBeGreaterThan(15);
  });

  it('15 whose control path works on few requests at a time and errs', () => {
    const scenarios = withControl(randomScenario({ memoryless: true }), { memoryless: true });
    expect(compare(scenarios, 20_261_124, 15)).toBeGreaterThan(8);
  });
});
