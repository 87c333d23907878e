import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile, inject, type LoadedScenario, type Scenario, spof } from '../../src/index.ts';
import { cloud, YEARS } from './small-clouds.ts';

/**
 * Law: single points and pairs from cut sets are what injecting the faults shows (B-32, B-87). An element is injected
 * for longer than the run lasts; failovers take a second, rebuilding and restoring by hand take longer than the run.
 */
const DAY = 86_400;

/** Services down for good when these elements fail together. */
function downAfter(loaded: LoadedScenario, elements: readonly string[]): readonly string[] {
  // A member's own fault ends with its replacement, which takes as long.
  const script = elements.map((element) => ({ at: 0, element, ...(/^g\d/.test(element) ? {} : { until: YEARS }) }));
  const { services } = inject(loaded, script);
  return Object.keys(services).filter((id) => services[id]!.downSeconds > DAY);
}

/** Names of the elements that can fail. */
function fallible(scenario: Scenario): readonly string[] {
  const { elements, names } = compile(scenario);
  return names.elements.filter((_, e) => elements.modeStart[e + 1]! > elements.modeStart[e]!);
}

const sorted = (sets: readonly (readonly string[])[]): readonly string[] =>
  sets.map((set) => [...set].sort().join(' + ')).sort();

describe('law: cut sets are what injected faults show', () => {
  test('single points, on 200 random clouds', () => {
    let found = 0;
    fc.assert(
      fc.property(cloud, (scenario) => {
        const loaded = { scenario, digest: '' };
        const { services } = spof(loaded);
        const injected = fallible(scenario).map((element) => ({ element, down: downAfter(loaded, [element]) }));
        for (const [id, { single }] of Object.entries(services)) {
          const brute = injected.filter(({ down }) => down.includes(id)).map(({ element }) => [element]);
          expect(sorted(single.map((element) => [element]))).toEqual(sorted(brute));
          found += brute.length;
        }
      }),
      { seed: 32, numRuns: 200 },
    );
    expect(found).toBeGreaterThan(200);
  });

  test('pairs, on 60 of them', () => {
    let found = 0;
    fc.assert(
      fc.property(cloud, (scenario) => {
        const loaded = { scenario, digest: '' };
        const { services } = spof(loaded);
        const names = fallible(scenario);
        const together = names.flatMap((a, i) =>
          names.slice(i + 1).map((b) => ({ pair: [a, b], down: downAfter(loaded, [a, b]) })),
        );
        for (const [id, { single, pairs, pairCount }] of Object.entries(services)) {
          const brute = together
            .filter(({ pair, down }) => down.includes(id) && !pair.some((element) => single.includes(element)))
            .map(({ pair }) => pair);
          expect(sorted(pairs)).toEqual(sorted(brute));
          expect(pairCount).toBe(brute.length);
          found += brute.length;
        }
      }),
      { seed: 87, numRuns: 60 },
    );
    expect(found).toBeGreaterThan(50);
  });
});
