import { describe, expect, it } from 'vitest';
import { PLATFORMS, serviceId } from '../../src/catalogue/platforms.ts';
import { SERVICES } from '../../src/catalogue/services.ts';
import {
  analyse,
  inject,
  listControlPaths,
  listControlServices,
  loadScenario,
  readScenario,
  simulate as simulateAll,
} from '../../src/index.ts';
import type { Trace } from '../../src/model/result.ts';
import type { Table } from '../../src/model/table.ts';

import { readExample } from './support/files.ts';

/** Reference: S-13, rows, B-74, B-75, B-79, B-80, and NC-18, NC-41, NC-50 on scenarios. */
const platform = readExample('mano-outage', 'platform');
const services = PLATFORMS['openstack']!.operations;

const cell = ({ columns, rows }: Table, row: string, column: string): unknown =>
  rows.find(([name]) => name === row)![columns.findIndex(({ name }) => name === column)];

const done = ({ steps }: Trace, name: string): number[] =>
  steps.filter(({ step, outcome }) => step === name && outcome === 'done').map(({ t }) => t);

describe('reference: each control service down in turn (S-13, B-79)', () => {
  it.each(SERVICES.map(({ name }) => serviceId(name)))('%s, for an hour around a failover', (id) => {
    const trace = inject(platform, [
      { at: -60, element: id, until: 3600 },
      { at: 0, element: 'vnf/active' },
    ]);
    const asked = (...operations: readonly string[]): boolean =>
      operations.some((operation) => services[operation]!.includes(id));
    // The failover waits for what its call and the remap ask; the replacement for what deletes and spawns.
    expect(trace.services['voice']!.outageSeconds).toBe(asked('mano-call', 'cp-remap') ? 3600 : 0);
    expect(trace.marks.redundant).toBe(asked('mano-call', 'cp-remap', 'terminate', 'spawn') ? 3601 : 1);
  });

  it('more than half of them matter to one failover or its replacement', () => {
    const all = new Set(['mano-call', 'cp-remap', 'terminate', 'spawn'].flatMap((id) => services[id]!));
    expect(all.size).toBe(13);
  });

  it('A-41: with the quorum of the data base gone the outage lasts until it is back', () => {
    const trace = inject(platform, platform.scenario.injections['database-down']!);
    expect(trace.services['voice']!.outageSeconds).toBe(120);
    const one = inject(platform, [
      { at: -60, element: 'galera-mariadb-1', until: 120 },
      { at: 0, element: 'vnf/active' },
    ]);
    expect(one.services['voice']!.outageSeconds).toBe(0);
  });

  it('DX-15: images gone while the replacement is spawned: exposed for longer, and no outage', () => {
    const trace = inject(platform, platform.scenario.injections['glance-down']!);
    expect(trace.services['voice']!.outageSeconds).toBe(0);
    // Begun anew when the images are back: 600 s and a spawn of 1 s.
    expect(trace.marks.redundant).toBe(601);
  });
});

describe('reference: classes, quorum, activation', () => {
  it('B-74: classes by closure; Glance is at least Major, since spawning needs it (DX-15)', () => {
    const table = listControlServices(platform);
    expect(cell(table, 'glance', 'Class')).toBe('Minor');
    expect(cell(table, 'glance', 'Class by closure')).toBe('Major');
    expect(cell(table, 'galera-mariadb', 'Class by closure')).toBe('Major');
    expect(cell(table, 'ironic-undercloud', 'Class by closure')).toBe('N/A');
    expect(cell(table, 'horizon', 'Class by closure')).toBe('Minor');
    expect(platform.warnings.map(({ code, path }) => [code, path])).toEqual([
      ['criticality-inherited', 'control.functions.glance'],
    ]);
  });

  it('B-74: what a Critical function needs is Critical', async () => {
    const read = await loadScenario(`
format: carriergrade/scenario/1
control:
  functions:
    lb: { needs: [base], failures: { sw: { mtbf: 999 h, restart: 1 h } } }
    base: { impact: Minor, failures: { sw: { mtbf: 999 h, restart: 1 h } } }
services: { web: { uses: [lb] } }
`);
    const table = listControlServices(read);
    expect(cell(table, 'base', 'Class by closure')).toBe('Critical');
    expect(read.warnings.map(({ code }) => code)).toEqual(['criticality-inherited']);
    // Both have to be up: 1 − 0.999².
    expect(cell(table, 'lb', 'Unavailability')).toBeCloseTo(0.001999, 9);
  });

  it('NC-50: two of three at 1 / 1 000 are down 94.54 s a year', () => {
    const table = listControlServices(platform);
    expect(cell(table, 'galera-mariadb', 'Down')).toBeCloseTo(94.54, 2);
    expect(cell(table, 'nova', 'Down')).toBeCloseTo(31_536_000 * 1e-9, 6);
  });

  it.each([
    [100, 15, 4.76e-5],
    [100, 300, 9.51e-4],
    [100, 3600, 1.135e-2],
    [10_000, 15, 4.745e-3],
    [10_000, 300, 9.07e-2],
    [10_000, 3600, 0.681],
  ])('B-75, NC-18: %i requests a year, outage of %i s', async (requests, outage, chance) => {
    const read = await loadScenario(`
format: carriergrade/scenario/1
control: { functions: { mano: { failures: { sw: { rate: 1 / year, restart: ${outage} s } } } } }
groups:
  vnf: { scheme: simplex, flow: respawn, failures: { fault: { rate: ${requests} / year } } }
services: { voice: { uses: [vnf] } }
`);
    const found = cell(listControlServices(read), 'mano', 'Activation') as number;
    expect(Math.abs(found / chance - 1)).toBeLessThan(2e-3);
  });

  it('NC-41: the fifteen Critical ones in series, each 1 / 1 000 000 down: 473.04 s a year, 4.824 nines', () => {
    const { series } = analyse(readExample('mano-outage', 'critical-series')).services['voice']!;
    expect(series.dpm).toBeCloseTo(473.04, 1);
    expect(-Math.log10(series.unavailability!)).toBeCloseTo(4.824, 3);
  });

  it('A-61: who is asked by each step, in the order of a call', () => {
    const { rows } = listControlPaths(platform);
    expect(rows.map(([, , , step, , operation]) => [step, operation])).toEqual([
      ['request', 'mano-call'],
      ['remap', 'cp-remap'],
      ['terminate', 'terminate'],
      ['spawn', 'spawn'],
    ]);
    expect(rows[1]![6]).toBe(
      'mano → virtual-ips → haproxy → keystone → memcached → neutron-api → galera-mariadb → rabbitmq → neutron-ovs-agent',
    );
  });
});

describe('reference: limits and failing operations', () => {
  it('a hundred replacements ten at a time take ten spawns, and failovers wait behind them', () => {
    const crowd = readExample('mano-outage', 'crowd');
    const trace = inject(crowd, crowd.scenario.injections['node-lost']!);
    const spawned = done(trace, 'spawn');
    expect(spawned).toEqual(Array.from({ length: 100 }, (_, i) => 60 * (1 + Math.floor(i / 10))));
    // 50 active members fell: five of them ask before the queue begins, each of their ten requests a minute later.
    expect(trace.services['voice']!.outageSeconds).toBe(300);
  });

  const repairShop = (concurrency: string): string => `
format: carriergrade/scenario/1
control: { functions: { vnfm: { concurrency: ${concurrency} } } }
catalogue:
  flows:
    rebuild:
      remediation: []
      recovery: [{ id: spawn, duration: { exponential: 1 h }, needs: [vnfm], effects: [instantiate, available, sync] }]
groups:
  vnf:
    scheme: simplex
    flow: rebuild
    failures: { fault: { mtbf: 10 h } }
    detection: { detectors: [perfect], coverage: 100 % }
    state: { stateful: false }
    manualEscalation: never
    retry: 0 s
  other: { scheme: simplex, flow: rebuild, failures: { fault: { mtbf: 10 h } }, detection: { detectors: [perfect], coverage: 100 % }, state: { stateful: false }, manualEscalation: never, retry: 0 s }
services: { voice: { uses: [vnf] } }
`;

  it('two machines and one repairman: the chain has 2ρ/(1 + 2ρ + 2ρ²) · (1 + ρ)/2 … per machine, two have ρ/(1 + ρ)', () => {
    const rho = 0.1;
    const pUp = 1 / (1 + 2 * rho + 2 * rho * rho);
    const perMachine = (2 * rho * pUp + 2 * (2 * rho * rho * pUp)) / 2;
    const of = (text: string) => analyse(readScenario(text)).services['voice']!.conditional;
    const queueing = of(repairShop('1'));
    expect(queueing.method).toBe('chain');
    expect(queueing.unavailability).toBeCloseTo(perMachine, 10);
    expect(of(repairShop('unlimited')).unavailability).toBeCloseTo(rho / (1 + rho), 10);
  });

  it('a formula says that it leaves the queue out', () => {
    const text = repairShop('1').replaceAll('exponential: 1 h', 'uniform: [0 h, 2 h]');
    expect(analyse(readScenario(text)).services['voice']!.conditional.refused).toContain('queue at a control function');
  });

  const failing = (operation: string): string => `
format: carriergrade/scenario/1
simulation: { years: 100, histories: 20 }
sites: { dc: { nodes: { compute: { count: 2, slots: 1 } } } }
control: { functions: { vim: {} }, operations: { spawn: { ${operation} } }${operation.includes('orphans: 0') ? '' : ', cleanup: 1 h'} }
groups:
  vnf:
    failures: { fault: { rate: 4 / year } }
    placement: { pools: [dc/compute] }
    detection: { detectors: [perfect], coverage: 100 %, standby: { coverage: 100 % } }
    flow: FL-01
    state: { stateful: false }
    times: { activation: 0 s, addressTakeover: 0 s, terminate: 0 s, spawn: 60 s, configure: 0 s }
    probabilities: { switch: 100 % }
services: { voice: { uses: [vnf] } }
`;

  it('B-80: half of the spawns fail and are noticed slowly: 60/(1 − p) + notify · p/(1 − p) to redundancy', async () => {
    for (const [notify, expected] of [
      [30, 150],
      [300, 420],
    ] as const) {
      const text = failing(`failure: 50 %, notify: ${notify} s, orphans: 0 %`).replace('flow: FL-01', 'flow: FL-02');
      const times = text.replace('addressTakeover: 0 s', 'controlCall: 0 s, remap: 0 s');
      const { groups } = await simulateAll(readScenario(times), { seed: `B-80 ${notify}`, years: 100, histories: 40 });
      const exposure = groups['vnf']!.exposureSecondsPerYear;
      expect(exposure.lo).toBeLessThan(8 * expected);
      expect(exposure.hi).toBeGreaterThan(8 * expected);
    }
  });

  it('B-80: what a failed spawn leaves behind takes the last slot: an hour more, until it is cleaned up', async () => {
    const text = failing('failure: 50 %, notify: 30 s, orphans: 100 %')
      .replace('flow: FL-01', 'flow: FL-02')
      .replace('addressTakeover: 0 s', 'controlCall: 0 s, remap: 0 s');
    const { groups } = await simulateAll(readScenario(text), { seed: 'B-80 orphans', years: 100, histories: 40 });
    const { lo, hi } = groups['vnf']!.exposureSecondsPerYear;
    // One failed spawn on average, each 60 s, 30 s until it is noticed and an hour; then 60 s. Eight faults a year.
    expect(lo).toBeLessThan(8 * 3750);
    expect(hi).toBeGreaterThan(8 * 3750);
    expect(hi - lo).toBeLessThan(0.1 * 8 * 3750);
  });
});
