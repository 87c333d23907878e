import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile, inject, type LoadedScenario, type Scenario, spof } from '../../src/index.ts';
import type { Flow } from '../../src/model/flow.ts';
import type { Group } from '../../src/model/scenario.ts';
import { cloud, YEARS } from './small-clouds.ts';

/**
 * Law: single points and pairs from cut sets are what injecting the faults shows (B-32, B-87). An element is injected
 * for longer than the run lasts; failovers take a second, rebuilding and restoring by hand take longer than the run.
 */
const DAY = 86_400;

/** The same clouds with groups whose members share the load, some of which cannot do without a store. */
const sharedCloud = cloud.chain((scenario) =>
  fc
    .array(
      fc.record({
        scheme: fc.constantFrom('load-balanced' as const, 'k-of-n' as const, 'shared-standby' as const),
        required: fc.integer({ min: 1, max: 3 }),
        store: fc.boolean(),
      }),
      { minLength: 2, maxLength: 2 },
    )
    .map((plans): Scenario => {
      const store = Object.entries(scenario.elements).find(([, { count }]) => count === 1)?.[0];
      const groups = Object.entries(scenario.groups).map(([id, group], i): [string, Group] => {
        const { scheme, required, store: needed } = plans[i]!;
        if (group.members < 2) return [id, group];
        const state = { ...group.state, stateful: true, protection: 'external' as const, storeMode: 'fail' as const };
        const sharing = {
          standbys: scheme === 'shared-standby' ? 1 : 0,
          required: scheme === 'k-of-n' ? Math.min(required, group.members) : 0,
          unitCapacity: 1,
          load: 1,
        };
        const flow = scheme === 'shared-standby' ? group.flow : `${group.flow} shared`;
        const kept = needed && store !== undefined ? { state: { ...state, store } } : {};
        return [id, { ...group, scheme, sharing, flow, ...kept }];
      });
      const flows = Object.entries(scenario.flows).map(([id, flow]): [string, Flow] => [
        `${id} shared`,
        {
          ...flow,
          remediation: flow.remediation.map((each) => ({ ...each, effects: ['evict'] })),
          recovery: flow.recovery.map((each) => ({ ...each, effects: ['instantiate', 'available', 'join', 'sync'] })),
        },
      ]);
      return {
        ...scenario,
        groups: Object.fromEntries(groups),
        flows: { ...scenario.flows, ...Object.fromEntries(flows) },
      };
    }),
);

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
  test.each([
    ['200 random clouds', cloud, 32],
    ['200 whose groups share their load', sharedCloud, 33],
  ])('single points, on %s', (_, clouds, seed) => {
    let found = 0;
    fc.assert(
      fc.property(clouds, (scenario) => {
        const loaded = { scenario, digest: '' };
        const { services } = spof(loaded);
        const injected = fallible(scenario).map((element) => ({ element, down: downAfter(loaded, [element]) }));
        for (const [id, { single }] of Object.entries(services)) {
          const brute = injected.filter(({ down }) => down.includes(id)).map(({ element }) => [element]);
          expect(sorted(single.map((element) => [element]))).toEqual(sorted(brute));
          found += brute.length;
        }
      }),
      { seed, numRuns: 200 },
    );
    expect(found).toBeGreaterThan(200);
  });

  test.each([
    ['60 of them', cloud, 87],
    ['60 whose groups share their load', sharedCloud, 88],
  ])('pairs, on %s', (_, clouds, seed) => {
    let found = 0;
    fc.assert(
      fc.property(clouds, (scenario) => {
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
      { seed, numRuns: 60 },
    );
    expect(found).toBeGreaterThan(50);
  });
});
