import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseService } from '../../src/analytic/scenario/wide/service.ts';
import { InputError } from '../../src/model/problem.ts';
import { PARTIAL_WEIGHTS, type Scenario } from '../../src/model/scenario.ts';
import { scenario as build, element, exponential, HOUR, itself, leaf, mode, service } from './support/build.ts';
import { type SolvedScenario, solve } from './support/chain.ts';
import { randomScenario } from './support/random-scenario.ts';

/** The chain of the whole model, if it is small. */
function solvable(scenario: Scenario): SolvedScenario | undefined {
  try {
    return solve(scenario, 1000);
  } catch (error) {
    if (error instanceof InputError && error.problems[0]?.code === 'too-many-states') return undefined;
    throw error;
  }
}

describe('law: what the exact side calls an exact structure is what the chain of the transition code says', () => {
  it('60 random scenarios with shocks and inner structures', () => {
    let compared = 0;
    fc.assert(
      fc.property(randomScenario({ memoryless: true }), (scenario) => {
        const solved = solvable(scenario);
        fc.pre(solved !== undefined);
        Object.keys(scenario.services).forEach((_, index) => {
          const result = analyseService(solved!.model, index, scenario.controlTreatment);
          if (result.method !== 'structure' || result.refused !== undefined) return;
          compared++;
          const loss = solved!.unavailability(index);
          expect(Math.abs(result.unavailability! - loss)).toBeLessThan(1e-9 * Math.max(loss, 1e-6));
        });
      }),
      { seed: 20_261_121, numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(18);
  });

  it('200 services that are partly served, on units with and without a common host', () => {
    const unit = fc.record({ mtbf: fc.constantFrom(5, 20, 100), mttr: fc.constantFrom(1, 3), on: fc.boolean() });
    const share = fc.record({
      units: fc.array(unit, { minLength: 2, maxLength: 5 }),
      weights: fc.tuple(...[1, 2, 3, 4, 5].map(() => fc.constantFrom(1, 2, 0.5))),
      equal: fc.boolean(),
      spare: fc.nat(3),
      fraction: fc.constantFrom(0, 0, 0.4, 0.5, 0.9),
      series: fc.boolean(),
      counts: fc.constantFrom(...PARTIAL_WEIGHTS, 'capacity' as const),
    });
    let partly = 0;
    fc.assert(
      fc.property(share, ({ units, weights, equal, spare, fraction, series, counts }) => {
        const law = (hours: number) => exponential(hours * HOUR);
        const names = units.map((_, i) => `u${i}`);
        const own = equal ? names.map(() => 2) : weights.slice(0, units.length);
        const whole = own.reduce((sum, weight) => sum + weight, 0);
        const required = equal ? Math.max(2, whole - 2 * spare) : whole;
        const structure = { kind: 'share', inputs: names.map(leaf), weights: own, required } as const;
        const scenario = build({
          elements: {
            host: element([mode(law(50), itself(law(2)))]),
            ...Object.fromEntries(
              units.map(({ mtbf, mttr, on }, i) => [
                names[i]!,
                element([mode(law(mtbf), itself(law(mttr)))], on ? { on: 'host' } : {}),
              ]),
            ),
          },
          services: {
            v: service(series ? { kind: 'all', inputs: [structure, leaf('host')] } : structure, {
              minServiceFraction: equal ? fraction : 0,
              partialWeight: equal ? counts : 'capacity',
            }),
          },
        });
        const solved = solve(scenario);
        const { unavailability, method } = analyseService(solved.model, 0, 'conditional');
        expect(method).toBe('structure');
        expect(unavailability!).toBeCloseTo(solved.unavailability(0), 12);
        if (solved.figures(0).unavailability > 1.001 * solved.unavailability(0)) partly++;
      }),
      { seed: 20_261_121, numRuns: 200 },
    );
    expect(partly).toBeGreaterThan(80);
  });
});
