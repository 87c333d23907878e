import fc from 'fast-check';
import type { ControlFunction, ElementSpec, Group, Site, StructureSpec } from '../../src/model/scenario.ts';
import * as build from '../core/support/build.ts';

/**
 * Random small clouds for laws about which faults take a service down. Failovers take a second; rebuilding and restoring
 * by hand take longer than any run lasts.
 */

export const YEARS = 5 * build.YEAR;
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

export const cloud = fc
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
