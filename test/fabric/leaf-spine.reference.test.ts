import { describe, expect, test } from 'vitest';
import { analyse, inject, type LoadedScenario, simulate, spof, type Trace } from '../../src/index.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { failoverMatrix } from '../../src/simulate/failover-matrix.ts';
import { expectInside, withConfidence } from '../core/support/estimates.ts';
import { readExample } from '../core/support/files.ts';

/** S-10: the reference cloud R160. */
const variant = (name?: string): LoadedScenario => readExample('leaf-spine', name);
const strike = (element: string, name?: string): Trace => inject(variant(name), [{ at: 0, element }]);
const verdicts = (trace: Trace): readonly string[] => [
  ...new Set(
    trace.steps.filter(({ step, outcome }) => step === 'localised' && outcome !== 'mark').map(({ outcome }) => outcome),
  ),
];

describe('reference: block diagrams of the switches (NC-39)', () => {
  test('4 h for every fault at 108 400 h', () => {
    const { services } = analyse(variant('every-fault-4h'));
    expect(services['one-leaf']!.conditional.dpm).toBeCloseTo(1163.65, 2);
    expect(services['single-path']!.conditional.dpm).toBeCloseTo(2327.29, 1);
    expect(services['dual-path']!.conditional.dpm).toBeCloseTo(0.1288, 4);
    expect(-Math.log10(services['dual-path']!.conditional.unavailability!)).toBeCloseTo(8.389, 3);
    for (const id of ['one-leaf', 'single-path', 'dual-path'])
      expect(services[id]!.conditional.method).toBe('structure');
  });

  test('with defaults most faults are restarts of 300 s: 391 s/year, exact and simulated', async () => {
    const { services } = analyse(variant());
    expect(services['one-leaf']!.conditional.dpm).toBeCloseTo(0.026 * 14_400 + 0.055 * 300, 1);
    const run = await simulate(withConfidence(leafAlone()), { years: 250, histories: 40 });
    expectInside(run.services['node']!.dpm.all, 390.9, 0.5);
    expect(Object.keys(run.services['node']!.attribution.element)).toEqual(['core/leaf:hw', 'core/leaf:sw']);
  });
});

/** One leaf, its node single-homed, nothing else that fails: the loss of the node's service is the loss of the leaf. */
function leafAlone(): LoadedScenario {
  return readScenario(`format: carriergrade/scenario/1
catalogue: { types: { sound: { kind: node } } }
sites:
  core:
    nodes: { n: { type: sound } }
    fabric: { spines: 2, leaves: 1, homing: single, spine: { failures: { hw: ~, sw: ~ } }, link: { failures: { fault: ~ } } }
services: { node: { uses: [core/n] } }
`);
}

describe('reference: what a fault costs until the fabric has gone round it (SEM-35)', () => {
  test.each([
    ['core/spine-1', 0.25],
    ['core/leaf-1', (1 / 8) * 0.5],
    ['core/compute-1--leaf-1', (1 / 160) * 0.5],
    ['core/leaf-1--spine-1', (1 / 8) * 0.5 * 0.25],
  ])('%s: its share for 50 ms', (element, share) => {
    const { guests } = strike(element).services;
    expect(guests!.outageSeconds).toBe(0.05);
    expect(guests!.lostShare).toBeCloseTo(0.05 * share, 12);
    expect(guests!.downSeconds).toBe(0);
  });

  test.each([
    ['ten-ms', 0.01],
    ['one-second', 1],
    ['no-precomputed-path', 0.25],
    ['no-preallocated-resources', 1.05],
  ])('%s: %d s (B-48)', (name, seconds) => {
    const trace = strike('core/spine-1', name);
    expect(trace.services['guests']!.outageSeconds).toBeCloseTo(seconds, 9);
    expect(trace.marks.restored).toBeCloseTo(seconds, 9);
    expect(trace.marks.detected).toBeCloseTo(Math.min(0.01, seconds / 5, 0.01), 9);
  });

  test('oversubscribed 3:1, the loss of a spine is a loss of capacity until it is repaired', () => {
    // Uplinks of 1/3 of the access capacity carry 30 % of it: 10/9 of what is offered, and 3/4 of that without a spine.
    const { guests } = strike('core/spine-1', 'oversubscribed').services;
    const shortage = 1 - (10 / 9) * (3 / 4);
    expect(guests!.lostShare).toBeCloseTo(0.05 * 0.25 + (14_400 - 0.05) * shortage, 6);
  });

  test('single-homed, a leaf takes its nodes with it until it is back (SEM-35)', () => {
    const { services } = strike('core/leaf-1', 'single-homed');
    expect(services['guests']!.lostShare).toBeCloseTo(14_400 / 16, 6);
    // The pair fails over: its member on the isolated node is believed dead, and fenced because it may not be.
    expect(services['voice']!.downSeconds).toBeCloseTo(2.5, 9);
  });

  test.each(['active-backup', 'guest-bond'])(
    '%s: one link of two carries all, so that a leaf takes half of its nodes',
    (name) => {
      const trace = strike('core/leaf-1', name);
      expect(trace.services['guests']!.outageSeconds).toBe(0.05);
      expect(trace.services['guests']!.lostShare).toBeCloseTo(0.05 / 8, 12);
      const by = trace.steps.find(({ step, outcome }) => step === 'switch-bond' && outcome === 'done')?.by;
      expect(by).toBe(name === 'guest-bond' ? 'guest' : 'host');
      // Nobody's sessions are lost by a few milliseconds without a path.
      expect(trace.services['voice']!.sessionsLost).toBe(0);
      expect(trace.services['voice']!.downSeconds).toBe(0.05);
    },
  );

  test('the members of a pair on one node go with it, apart they fail over (A-09)', () => {
    expect(strike('core/one', 'co-located').services['voice']!.downSeconds).toBeGreaterThan(3600);
    expect(strike('core/compute-1').services['voice']!.downSeconds).toBeCloseTo(2.5, 9);
  });

  test('pass share at 50, 60 and 100 ms (B-50)', () => {
    const elements = ['core/spine-1', 'core/leaf-1', 'core/leaf-1--spine-1', 'core/compute-1--leaf-1'];
    const shares = (name?: string) => failoverMatrix(variant(name).scenario, 'guests', elements).passShare;
    expect(shares()).toEqual([1, 1, 1]);
    expect(shares('ten-ms')).toEqual([1, 1, 1]);
    // Bonds keep their 50 ms; spines and uplinks wait for the fabric.
    expect(shares('one-second')).toEqual([0.5, 0.5, 0.5]);
    expect(shares('single-homed')).toEqual([0.5, 0.5, 0.5]);
  });
});

describe('reference: the path monitor tells host from switch (B-04, B-95)', () => {
  test.each([
    ['core/spine-2', 'spine core/spine-2'],
    ['core/leaf-3', 'leaf core/leaf-3'],
    ['core/compute-4--leaf-8', 'link core/compute-4--leaf-8'],
    ['core/leaf-3--spine-2', 'link core/leaf-3--spine-2'],
  ])('%s', (element, verdict) => {
    expect(verdicts(strike(element))).toEqual([verdict]);
  });

  test('without its aggregation point every fault looks like one of a node', () => {
    const loaded = variant('aggregator-down');
    expect(verdicts(inject(loaded, loaded.scenario.injections['blind']!))).toEqual(['node core/compute-1']);
    expect(verdicts(strike('core/leaf-1', 'aggregator-down'))).toEqual(['leaf core/leaf-1']);
  });
});

describe('reference: single points of failure (B-87, B-32)', () => {
  test('dual-homed there is none but the site; a mis-cabled node has its leaf', () => {
    const { services } = spof(variant('mis-cabled'));
    expect(services['guests']!.single).toEqual([]);
    expect(services['voice']!.single).toEqual([]);
    expect(services['first-node']!.single).toEqual(['core/compute-1', 'core/leaf-1']);
  });

  test('single-homed nodes have their leaf and their link', () => {
    const { services } = spof(readScenario(single));
    expect(services['node']!.single).toEqual(['core/n', 'core/leaf', 'core/n--leaf'].sort());
  });
});

const single = `format: carriergrade/scenario/1
sites: { core: { nodes: { n: { type: compute-node } }, fabric: { spines: 2, leaves: 1, homing: single } } }
services: { node: { uses: [core/n] } }
`;

describe('reference: a spine costs its rate times the failover, whatever their number (SEM-35)', () => {
  const cloud = (spines: number): string => `format: carriergrade/scenario/1
catalogue: { types: { sound: { kind: node }, brittle: { kind: spine, failures: { sw: { rate: 50 / year, restart: 60 s } } } } }
sites:
  core:
    nodes: { n: { type: sound, count: 4 } }
    fabric: { spines: ${spines}, leafPairs: 2, coverage: 100 %, report: 1 s, failover: 1 s, load: 10 %, spine: { type: brittle }, leaf: { failures: { hw: ~, sw: ~ } }, link: { failures: { fault: ~ } } }
services: { cloud: { structure: { share: [core/n] }, minOutageThreshold: 0 s } }
`;

  test.each([2, 4, 8])('%i spines: 50 s/year', async (spines) => {
    const loaded = withConfidence(readScenario(cloud(spines)));
    const { services } = await simulate(loaded, { years: 10, histories: 12, seed: 'spines' });
    // Two at a time add less than one in a thousand.
    expectInside(services['cloud']!.dpm.all, 50, 0.15);
    expectInside(services['cloud']!.ofm.all, 50 * spines, 0.2);
  });
});
