import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile, inject, type LoadedScenario, type Scenario, spof } from '../../src/index.ts';
import type { Flow } from '../../src/model/flow.ts';
import type { ControlFunction, ElementSpec, Group, Site, StructureSpec } from '../../src/model/scenario.ts';
import * as build from '../core/support/build.ts';

/**
 * Law: single points and pairs from cut sets are what injecting the faults shows (B-32, B-87). An element is injected
 * for longer than the run lasts; failovers take a second, rebuilding and restoring by hand take longer than the run.
 */
const YEARS = 5 * build.YEAR;
const DAY = 86_400;
const RARELY = build.exponential(1e6 * build.YEAR);

const breaks = build.mode(RARELY, build.itself(build.fixed(60)));
const replaced = build.mode(RARELY, build.REPLACEMENT);

/** A failover of one second that asks control functions, and a replacement that never comes. */
const failover = (needs: readonly string[]) => ({
  ...build.plainFlow(build.fixed(1), build.fixed(YEARS)),
  remediation: [build.step('switch', build.fixed(1), { needs, effects: ['promote', 'connect'], mark: 'restored' })],
});

const modes = fc.constantFrom([breaks], [breaks], []);

const site = fc
  .record({
    failures: modes,
    racks: fc.array(modes, { maxLength: 2 }),
    count: fc.integer({ min: 1, max: 3 }),
    nodes: modes,
  })
  .map(({ failures, racks, count, nodes }): Site => {
    const domains = Object.fromEntries(racks.map((some, r) => [`r${r}`, { kind: 'rack' as const, failures: some }]));
    const pool = build.pool({ count, slots: 9, failures: nodes, domains: Object.keys(domains) });
    return build.site({ failures, domains, nodes: { n: pool } });
  });

const element = fc
  .record({ count: fc.integer({ min: 1, max: 3 }), hosted: fc.boolean() })
  .map(({ count, hosted }) => ({ count, hosted }));

const pool = fc.constantFrom(0, 0, 1, 9);

const group = fc.record({
  members: fc.integer({ min: 1, max: 3 }),
  layers: fc.array(fc.constantFrom([replaced], [replaced], []), { minLength: 1, maxLength: 2 }),
  pool,
  spread: fc.constantFrom('none' as const, 'node' as const, 'rack' as const),
  asks: fc.subarray(['vnfm', 'vim']),
  escalates: fc.constantFrom(false, false, true),
  sees: fc.constantFrom([], [], ['peer'], ['vim'], ['vim', 'vnfm']),
  seers: fc.nat(2),
  reported: fc.constantFrom('manual' as const, 'flow' as const),
  replicated: fc.constantFrom('no', 'no', 'if possible', 'required'),
});

const control = fc.record({ instances: fc.constantFrom(1, 2, 3), pool });

/** The group with what decides whether its failover comes to an end. */
function managed(
  plain: Group,
  how: { escalates: boolean; sees: readonly string[]; seers: number; reported: 'manual' | 'flow'; replicated: string },
  link: string,
): Group {
  const state = { ...plain.state, stateful: true, protection: 'peer-checkpoint' as const, replication: link };
  const group = build.withDetection(plain, {
    detectors: Array.from({ length: how.seers }, (_, i) => build.detector(build.fixed(0), how.sees.slice(i))),
    uncovered: build.uncovered(build.fixed(900), how.reported),
  });
  return {
    ...group,
    times: { ...group.times, manualRestore: build.fixed(YEARS) },
    ...(how.escalates ? { manualEscalation: 900 } : {}),
    ...(how.replicated === 'no' ? {} : { state: { ...state, required: how.replicated === 'required' } }),
  };
}

function structure(names: readonly string[]): fc.Arbitrary<StructureSpec> {
  const leaf = fc.constantFrom(...names).map((of): StructureSpec => ({ kind: 'leaf', of }));
  const over = (inner: fc.Arbitrary<StructureSpec>): fc.Arbitrary<StructureSpec> =>
    fc
      .record({ kind: fc.nat(2), inputs: fc.array(inner, { minLength: 1, maxLength: 3 }), k: fc.nat(2) })
      .map(({ kind, inputs, k }): StructureSpec => {
        if (kind === 0) return { kind: 'atLeast', atLeast: 1 + (k % inputs.length), inputs };
        return { kind: kind === 1 ? 'all' : 'any', inputs };
      });
  return fc.oneof(leaf, over(leaf), over(over(leaf)));
}

const cloud = fc
  .record({
    sites: fc.array(site, { maxLength: 2 }),
    elements: fc.array(element, { minLength: 1, maxLength: 3 }),
    groups: fc.array(group, { maxLength: 2 }),
    control: fc.record({ vnfm: control, vim: control }),
    treatment: fc.constantFrom('conditional' as const, 'series' as const),
  })
  .chain((parts) => {
    const sites = Object.fromEntries(parts.sites.map((each, i) => [`s${i}`, each]));
    const pools = Object.keys(sites).map((id) => `${id}/n`);
    const elements = Object.fromEntries(
      parts.elements.map(({ count, hosted }, i): [string, ElementSpec] => {
        const on = hosted && i > 0 && parts.elements[i - 1]!.count === 1 ? { on: `e${i - 1}` } : {};
        return [`e${i}`, build.element([breaks], { count, ...on })];
      }),
    );
    const flows = Object.fromEntries(
      [[], ['vnfm'], ['vim'], ['vnfm', 'vim']].map((asks) => [asks.join('+') || 'alone', failover(asks)]),
    );
    const groups = Object.fromEntries(
      parts.groups.map(({ members, layers, pool, spread, asks, ...how }, i): [string, Group] => {
        const hosts = pools[pool] === undefined ? [] : [pools[pool]];
        const placement = build.placed(hosts, { antiAffinity: { level: spread, hard: false } });
        const instance = layers.map((failures, l) => ({ id: `l${l}`, kind: 'app' as const, failures }));
        const plain = build.group([], { members, instance, placement, flow: asks.join('+') || 'alone' });
        return [`g${i}`, managed(plain, how, `e0${parts.elements[0]!.count === 1 ? '' : '-1'}`)];
      }),
    );
    const functions = Object.fromEntries(
      Object.entries(parts.control).map(([id, { instances, pool }]): [string, ControlFunction] => {
        const host = pools[pool] === undefined ? {} : { on: pools[pool] };
        return [id, build.control([breaks], { instances, quorum: Math.floor(instances / 2) + 1, ...host })];
      }),
    );
    const names = [...Object.keys(elements), ...Object.keys(groups), ...Object.keys(sites), ...pools];
    return fc.array(structure(names), { minLength: 1, maxLength: 2 }).map((structures) =>
      build.scenario({
        sites,
        elements,
        groups,
        flows,
        control: functions,
        controlTreatment: parts.treatment,
        services: Object.fromEntries(structures.map((each, i) => [`v${i}`, build.service(each)])),
      }),
    );
  });

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
