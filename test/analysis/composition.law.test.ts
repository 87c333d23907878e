import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedReward } from '../../src/analytic/chain/measures.ts';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledModel } from '../../src/compile/model.ts';
import { InputError } from '../../src/model/problem.ts';
import type { Scenario, Service } from '../../src/model/scenario.ts';
import { HOURS_PER_YEAR } from '../../src/model/time.ts';
import { type SolvedScenario, solve } from '../core/support/chain.ts';
import { randomScenario } from '../core/support/random-scenario.ts';
import { exactSide, relativeError } from './support/exact-side.ts';
import { merged, prefixed } from './support/merge.ts';
import { understood } from './support/plain.ts';

/** States of the whole models solved for comparison. */
const WHOLE = 2_000;

/** Two small random scenarios in one, with some kinds of names in common, and services over both. */
const merge = ({ a, b, common }: { a: Scenario; b: Scenario; common: Record<string, boolean> }): Scenario => {
  const both = merged(prefixed(a, 'a', common), prefixed(b, 'b', common));
  const services = Object.values(both.services);
  const first = services[0]!;
  const last = services[services.length - 1]!;
  const over = (kind: 'all' | 'any'): Service => ({
    ...first,
    structure: { kind, inputs: [first.structure, last.structure] },
  });
  const majority = { kind: 'atLeast', atLeast: 2, inputs: services.map(({ structure }) => structure) } as const;
  const more = { all: over('all'), any: over('any'), majority: { ...last, structure: majority } };
  return { ...both, services: { ...both.services, ...more } };
};

const small = understood(randomScenario({ memoryless: true }));
const apart = fc.constant({});
const inCommon = fc.record({
  elements: fc.boolean(),
  sites: fc.boolean(),
  control: fc.boolean(),
  repair: fc.boolean(),
});

/** The chain of the whole model; undefined when it is too large, or the two do not fit together. */
function solvable(scenario: Scenario): SolvedScenario | undefined {
  let model: CompiledModel;
  try {
    model = compile(scenario);
  } catch {
    return undefined;
  }
  if (2 ** new Set(model.modes.element).size > WHOLE) return undefined;
  try {
    return solve(scenario, WHOLE);
  } catch (error) {
    if (error instanceof InputError && error.problems[0]?.code === 'too-many-states') return undefined;
    throw error;
  }
}

/** Every service against the chain of the whole: what is exact is equal, bounds hold. Counts of the ways they were solved. */
function compare(scenario: Scenario, whole: SolvedScenario, mostStates: number, seen: Map<string, number>): void {
  const results = exactSide(scenario, { mostStates });
  whole.model.names.services.forEach((id, service) => {
    const result = results[id]!;
    const expected = expectedReward(whole.probability, whole.space.chain.rewards[service]!);
    const way = `${result.method ?? 'none'}${result.exact === true ? '' : result.lo === undefined ? ', not exact' : ', bounds'}`;
    seen.set(way, (seen.get(way) ?? 0) + 1);
    const told = `${id}: ${JSON.stringify(result)} against ${expected}`;
    if (result.exact === true) {
      expect(relativeError(result.unavailability!, expected), told).toBeLessThan(1e-9);
      const frequency = whole.figures(service).frequencyPerHour * HOURS_PER_YEAR;
      if (result.frequencyPerYear !== undefined) {
        expect(relativeError(result.frequencyPerYear, frequency), told).toBeLessThan(1e-8);
      }
      return;
    }
    if (result.unavailability !== undefined) expect(result.refused, told).toBeDefined();
    if (result.lo === undefined) return;
    expect(result.lo, told).toBeLessThanOrEqual(expected * (1 + 1e-9));
    expect(result.hi!, told).toBeGreaterThanOrEqual(expected * (1 - 1e-9));
    expect(result.unavailability!, told).toBeGreaterThanOrEqual(result.lo);
    expect(result.unavailability!, told).toBeLessThanOrEqual(result.hi!);
  });
}

function compareMany(common: fc.Arbitrary<Record<string, boolean>>, mostStates: number, seed: number, numRuns: number) {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(fc.record({ a: small, b: small, common }), (parts) => {
      const scenario = merge(parts);
      const whole = solvable(scenario);
      fc.pre(whole !== undefined);
      compare(scenario, whole!, mostStates, seen);
    }),
    { seed, numRuns },
  );
  return seen;
}

describe('law: parts by chains of their own are the chain of the whole', () => {
  it('two scenarios that share nothing: always exact', () => {
    const seen = compareMany(apart, 100_000, 11, 12);
    expect([...seen.keys()].every((way) => ['structure', 'chain', 'groups-by-chains'].includes(way))).toBe(true);
    expect(seen.get('groups-by-chains')).toBeGreaterThan(18);
  });

  it('elements, sites, control functions or crews in common: solved together', () => {
    const seen = compareMany(inCommon, 100_000, 12, 12);
    expect(seen.get('groups-by-chains')).toBeGreaterThan(18);
    expect(seen.get('chain')).toBeGreaterThan(4);
  });

  it('chains too small for what is shared: what is called exact still is, all else says why it is not', () => {
    const seen = compareMany(inCommon, 20, 13, 20);
    expect([...seen].filter(([way]) => way.includes('not exact')).length).toBeGreaterThan(0);
  });
});
