import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnalyticResult } from '../../src/model/result.ts';
import type { Group, Scenario, StructureSpec } from '../../src/model/scenario.ts';
import {
  atLeast,
  control,
  element,
  exponential,
  flow,
  group,
  HOUR,
  itself,
  mode,
  placed,
  policy,
  pool,
  REPLACEMENT,
  repair,
  scenario,
  service,
  site,
  step,
} from '../core/support/build.ts';
import { solve } from '../core/support/chain.ts';
import { exactSide, relativeError } from './support/exact-side.ts';

/** Pairs that switch over and rebuild only while `mano` is up; on nodes of their own or on the same two. */
const FLOW = flow(
  [step('switch', exponential(60), { needs: ['mano'], effects: ['promote', 'connect'] })],
  [
    step('rebuild', exponential(1800), {
      needs: ['mano', 'slot'],
      effects: ['instantiate', 'available', 'sync'],
      phase: 'recovery',
    }),
  ],
);

const pair = (meanHours: number, rest: Partial<Group> = {}): Group =>
  group([mode(exponential(meanHours * HOUR), REPLACEMENT)], rest);

interface Shape {
  readonly hours: readonly number[];
  readonly structure: 'all' | 'any' | 'two' | 'mixed';
  readonly shares: 'control' | 'nodes';
}

function sharing({ hours, structure, shares }: Shape): Scenario {
  const placement =
    shares === 'nodes' ? { placement: placed(['s/n'], { replacement: 'in-place' as const }) } : undefined;
  const groups = Object.fromEntries(hours.map((mean, i) => [`g${i}`, pair(mean, placement)]));
  const names = Object.keys(groups);
  const leaf = (of: string): StructureSpec => ({ kind: 'leaf', of });
  const mixed: StructureSpec = {
    kind: 'all',
    inputs: [leaf('plain'), { kind: 'any', inputs: [leaf('plain'), leaf(names[0]!)] }, atLeast(1, ...names.slice(1))],
  };
  const structures: Readonly<Record<Shape['structure'], StructureSpec>> = {
    all: { kind: 'all', inputs: names.map(leaf) },
    any: { kind: 'any', inputs: names.map(leaf) },
    two: atLeast(2, ...names),
    mixed,
  };
  const fails = [mode(exponential(40 * HOUR), itself(exponential(HOUR)))];
  return scenario({
    elements: { plain: element([mode(exponential(90 * HOUR), itself(exponential(2 * HOUR)))]) },
    flows: { flow: FLOW },
    ...(shares === 'control' ? { control: { mano: control(fails) } } : {}),
    ...(shares === 'nodes'
      ? { sites: { s: site({ nodes: { n: pool({ count: 2, slots: 9, failures: fails }) } }) } }
      : {}),
    groups,
    services: { v: service(structures[structure]) },
  });
}

const shape: fc.Arbitrary<Shape> = fc.record({
  hours: fc.array(fc.constantFrom(20, 50, 200), { minLength: 3, maxLength: 3 }),
  structure: fc.constantFrom('all', 'any', 'two', 'mixed'),
  shares: fc.constantFrom('control', 'nodes'),
});

describe('law: groups that share something', () => {
  it('solved together they are exact; one by one they are not called so, name what they share, and have bounds', () => {
    let bounded = 0;
    fc.assert(
      fc.property(shape, (each) => {
        const all = sharing(each);
        const expected = solve(all, 60_000).figures(0).unavailability;
        const together = exactSide(all, { mostStates: 60_000 })['v']!;
        expect(together.exact).toBe(true);
        expect(relativeError(together.unavailability!, expected)).toBeLessThan(1e-9);

        const apart = exactSide(all, { mostStates: 150 })['v']!;
        if (apart.lo === undefined) return;
        bounded++;
        expect(apart.exact).toBe(false);
        expect(apart.method).toBe('groups-by-chains');
        expect(apart.shared).toEqual(each.shares === 'control' ? ['mano'] : ['s/n-1', 's/n-2']);
        expect(apart.refused).toMatch(/^no exact chain for g0, g1, g2/);
        expectInside(expected, apart);
      }),
      { seed: 21, numRuns: 6 },
    );
    expect(bounded).toBeGreaterThan(3);
  });

  it('pairs of groups make the bounds of a series narrow', () => {
    const all = sharing({ hours: [200, 200, 200], structure: 'all', shares: 'control' });
    const expected = solve(all, 60_000).figures(0).unavailability;
    const quick = exactSide(all, { mostStates: 150, thorough: false })['v']!;
    const sharp = exactSide(all, { mostStates: 150 })['v']!;
    expectInside(expected, quick);
    expectInside(expected, sharp);
    expect(quick.hi! / quick.lo!).toBeGreaterThan(2.5);
    expect(sharp.hi! / sharp.lo!).toBeLessThan(1.1);
  });

  it('elements that wait for the same crew are one part; with a crew for each they are none', () => {
    const crews = (count: number): Scenario => {
      const fault = mode(exponential(30 * HOUR), repair(exponential(5 * HOUR)));
      return scenario({
        repair: { crew: policy({ crews: count, discipline: 'first-come' }) },
        elements: { a: element([fault], { count: 3 }) },
        services: { v: service(atLeast(2, 'a')) },
      });
    };
    const scarce = exactSide(crews(2))['v']!;
    expect(scarce.method).toBe('chain');
    expect(relativeError(scarce.unavailability!, solve(crews(2)).figures(0).unavailability)).toBeLessThan(1e-12);
    const enough = exactSide(crews(3))['v']!;
    expect(enough.method).toBe('structure');
    expect(relativeError(enough.unavailability!, solve(crews(3)).figures(0).unavailability)).toBeLessThan(1e-12);
  });
});

function expectInside(expected: number, { lo, hi, unavailability }: AnalyticResult): void {
  expect(expected).toBeGreaterThanOrEqual(lo! * (1 - 1e-9));
  expect(expected).toBeLessThanOrEqual(hi! * (1 + 1e-9));
  expect(unavailability).toBeGreaterThanOrEqual(lo!);
  expect(unavailability).toBeLessThanOrEqual(hi!);
}
