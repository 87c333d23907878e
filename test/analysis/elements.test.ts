import { describe, expect, it } from 'vitest';
import type { ElementSpec, Scenario } from '../../src/model/scenario.ts';
import {
  all,
  any,
  element,
  exponential,
  fixed,
  flow,
  group,
  HOUR,
  itself,
  mode,
  policy,
  REPLACEMENT,
  repair,
  scenario,
  service,
  step,
} from '../core/support/build.ts';
import { solve } from '../core/support/chain.ts';
import { expectAgreement, simulate } from '../core/support/histories.ts';
import { exactSide, relativeError } from './support/exact-side.ts';

const PLAN = { seed: 'elements', years: 20, histories: 100 };
const fault = (after: ReturnType<typeof fixed>, hours = 20) => mode(exponential(hours * HOUR), itself(after));
const of = (elements: Record<string, ElementSpec>, rest: Partial<Scenario> = {}): Scenario =>
  scenario({ elements, services: { v: service(all(...Object.keys(elements))) }, ...rest });

describe('elements stand for themselves in a structure only where that is exact', () => {
  it('on a host: a memoryless restart is exact, one of fixed length starts again with its host and is not', () => {
    const on = (after: ReturnType<typeof fixed>): Scenario => ({
      ...of({ host: element([fault(exponential(3 * HOUR), 10)]), guest: element([fault(after)], { on: 'host' }) }),
      services: { v: service('guest') },
    });
    const memoryless = exactSide(on(exponential(4 * HOUR)))['v']!;
    expect(memoryless).toMatchObject({ method: 'structure', exact: true });
    const chain = solve(on(exponential(4 * HOUR))).figures(0).unavailability;
    expect(relativeError(memoryless.unavailability!, chain)).toBeLessThan(1e-12);

    const repeated = exactSide(on(fixed(4 * HOUR)))['v']!;
    expect(repeated.exact).toBe(false);
    expect(repeated.refused).toContain('guest (restore) has a deterministic law');
    // What a structure of independent blocks says is 4 % below what is so.
    const { mean, error } = simulate(on(fixed(4 * HOUR)), PLAN).unavailability();
    expect(mean - repeated.unavailability!).toBeGreaterThan(8 * error);
  });

  it('on a host that goes down while diagnosis goes on: by a chain', () => {
    const diagnosed = of(
      {
        host: element([fault(exponential(3 * HOUR), 10)]),
        guest: element([mode(exponential(20 * HOUR), repair(exponential(HOUR)))], { on: 'host' }),
      },
      { repair: { crew: policy({ diagnosis: exponential(2 * HOUR) }) } },
    );
    const found = exactSide(diagnosed)['v']!;
    expect(found).toMatchObject({ method: 'chain', exact: true });
    expect(relativeError(found.unavailability!, solve(diagnosed).figures(0).unavailability)).toBeLessThan(1e-12);
  });

  it('several failure modes, one of them wearing out: only the means matter', () => {
    const wear = mode({ kind: 'weibull', shape: 2, scale: 30 * HOUR }, itself(fixed(HOUR)));
    const two = of({ unit: element([wear, { ...fault(fixed(3 * HOUR), 50), id: 'other' }]) });
    const found = exactSide(two)['v']!;
    expect(found).toMatchObject({ method: 'structure', exact: true });
    expectAgreement(simulate(two, PLAN).unavailability(), found.unavailability!, 0.01);
  });

  it('what fails and comes back at fixed instants is not independent of what does the same', () => {
    const clockwork = mode(fixed(9 * HOUR), itself(fixed(HOUR)));
    const both = { ...of({ unit: element([clockwork], { count: 2 }) }), services: { v: service(any('unit')) } };
    const found = exactSide(both)['v']!;
    expect(found.exact).toBe(false);
    expect(found.refused).toContain('deterministic law');
    // They go up and down together: 10 %, not 1 %.
    expect(simulate(both, { ...PLAN, histories: 2 }).unavailability().mean).toBeCloseTo(0.1, 3);
  });

  it('a part of an instance is what its group makes of it', () => {
    const rebuilt = scenario({
      flows: {
        flow: flow(
          [],
          [step('rebuild', exponential(HOUR), { effects: ['instantiate', 'available', 'sync'], phase: 'recovery' })],
        ),
      },
      groups: { g: group([mode(exponential(20 * HOUR), REPLACEMENT)], { members: 1 }) },
      services: { v: service('g/1') },
    });
    const found = exactSide(rebuilt)['v']!;
    expect(found).toMatchObject({ method: 'chain', exact: true });
    expect(found.unavailability).toBeCloseTo(1 / 21, 12);
  });
});
