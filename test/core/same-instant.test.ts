import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { SERVICE_MEASURES, type ServiceMeasure } from '../../src/measures/history-record.ts';
import type { Group, Scenario } from '../../src/model/scenario.ts';
import { HistoryRunner } from '../../src/simulate/histories.ts';
import {
  any,
  control,
  detector,
  element,
  exponential,
  fixed,
  flow,
  group,
  itself,
  mode,
  placed,
  plainFlow,
  policy,
  pool,
  REPLACEMENT,
  repair,
  scenario,
  service,
  site,
  step,
  withDetection,
  YEAR,
} from './support/build.ts';
import { diary, failovers, losses, play, steps } from './support/script.ts';

/** SEM-37: at one instant failures come before restores, detections, actions, then the order of arming. One test a rule. */
const neverFails = mode(exponential(1e12), REPLACEMENT);

/** A pair that takes over `after` its detection. */
const pair = (detection: number, rest: Partial<Group> = {}): Group => ({
  ...withDetection(group([neverFails]), { detectors: [detector(fixed(detection))] }),
  ...rest,
});

const turned = <T>(map: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(map).reverse());

describe('order at one instant', () => {
  /** x is down from 60 s to 100 s, y fails at 100 s. */
  const crossing: Scenario = scenario({
    elements: {
      x: element([mode(fixed(60), itself(fixed(40)))]),
      y: element([mode(fixed(100), itself(fixed(1000)))]),
    },
    services: { both: service(any('x', 'y')) },
  });

  it.each([
    ['in the order of the file', crossing],
    ['in the other order', { ...crossing, elements: turned(crossing.elements) }],
  ])('failures before restores, %s', (_name, of) => {
    expect(diary(of, 100.5).filter((line) => line.startsWith('100 '))).toEqual([
      '100 fails y',
      '100 down y',
      '100 repair started y',
      '100 repair done x',
      '100 up x',
    ]);
  });

  it('an outage of no length between them is none', () => {
    const record = new HistoryRunner(compile(crossing), 'crossing').run(0, 150 / YEAR, 0);
    const measure = (name: ServiceMeasure): number => record.services[SERVICE_MEASURES.indexOf(name)]!;
    expect([measure('totalOutages'), measure('hits'), measure('totalTime')]).toEqual([0, 0, 0]);
  });

  it('restores before detections: who is back at the instant of the heartbeat was never missed', () => {
    const quick = mode(exponential(1e12), itself(fixed(0.3)));
    const of = scenario({
      flows: { flow: plainFlow(fixed(1), fixed(60)) },
      groups: { g: { ...pair(0.3), instance: [{ id: 'app', kind: 'app', failures: [quick] }] } },
      services: { s: service('g') },
    });
    const trace = play(of, { at: 0, element: 'g/active' });
    expect(trace.marks.detected).toBe(null);
    expect(trace.services['s']!.outageSeconds).toBe(0.3);
    expect(failovers(trace)).toEqual([]);
  });

  /** a is noticed at 1 s; b is noticed at 0.4 s and switched at 1 s. */
  const groups = { a: pair(1), b: pair(0.4) };
  const mixed = scenario({ flows: { flow: plainFlow(fixed(0.6), fixed(60)) }, groups, services: {} });

  it.each([
    ['in the order of the file', mixed],
    ['in the other order', { ...mixed, groups: turned(groups) }],
  ])('detections before actions, %s', (_name, of) => {
    const trace = play(of, { at: 0, element: 'a/active' }, { at: 0, element: 'b/active' });
    const atOne = steps(trace, 'detected', 'switch').filter(([t]) => t === 1);
    expect(atOne).toEqual([
      [1, 'a/1', 'detected', 'mark'],
      [1, 'a/1', 'switch', 'started'],
      [1, 'b/1', 'switch', 'done'],
    ]);
  });

  it('actions in the order they began: neither names nor places in the file matter', () => {
    const both = (first: number, second: number): Record<string, Group> => ({
      a: { ...pair(first), times: { ...pair(first).times, switch: fixed(1 - first) } },
      b: { ...pair(second), times: { ...pair(second).times, switch: fixed(1 - second) } },
    });
    const ends = (first: number, second: number): string[] => {
      const of = scenario({
        flows: { flow: flow([step('switch', 'switch', { effects: ['connect'] })], []) },
        groups: both(first, second),
      });
      const trace = play(of, { at: 0, element: 'a/active' }, { at: 0, element: 'b/active' });
      return steps(trace, 'switch')
        .filter(([, , , outcome]) => outcome === 'done')
        .map(([t, entity]) => `${t} ${entity}`);
    };
    expect(ends(0.2, 0.4)).toEqual(['1 a/1', '1 b/1']);
    expect(ends(0.4, 0.2)).toEqual(['1 b/1', '1 a/1']);
  });
});

describe('the horizon is half open', () => {
  const once = scenario({
    elements: { x: element([mode(fixed(100), itself(fixed(10)))]) },
    services: { s: service('x') },
  });
  const run = (seconds: number) => new HistoryRunner(compile(once), 'horizon').run(0, seconds / YEAR, 0);

  it('what would happen at its end does not', () => {
    expect(run(100).events).toBe(0);
    expect(run(100).elementFailures[0]).toBe(0);
    expect(run(100.000001).events).toBe(1);
    expect(run(110).services[SERVICE_MEASURES.indexOf('totalTime')]).toBe(10e6);
    expect(run(110).events).toBe(1);
  });

  it('the instant after is not observed either', () => {
    const { horizon, services } = run(105);
    expect(horizon).toBe(105e6);
    expect(services[SERVICE_MEASURES.indexOf('totalTime')]).toBe(5e6);
    expect(services[SERVICE_MEASURES.indexOf('censored')]).toBe(1);
  });
});

describe('a need that comes or goes at the instant it matters', () => {
  const mano = control([mode(exponential(1e12), itself(exponential(60)))]);
  const of = scenario({
    control: { mano },
    flows: {
      flow: flow(
        [
          step('activate', fixed(0.5), { effects: ['promote'] }),
          step('remap', fixed(1), { needs: ['mano'], effects: ['connect'] }),
        ],
        [],
      ),
    },
    groups: { g: pair(0) },
    services: { s: service('g') },
  });
  const remap = (at: number, until: number) =>
    steps(play(of, { at: 0, element: 'g/active' }, { at, element: 'mano', until }), 'remap').map(([t, , , outcome]) => [
      t,
      outcome,
    ]);

  it('back at the very instant: the step starts', () => {
    expect(remap(-10, 0.5)).toEqual([
      [0.5, 'started'],
      [1.5, 'done'],
    ]);
  });

  it('back a microsecond later: the step waited', () => {
    expect(remap(-10, 0.500001)).toEqual([
      [0.5, 'waiting'],
      [0.500001, 'started'],
      [1.500001, 'done'],
    ]);
  });

  it('gone at the instant it would start: it waits', () => {
    expect(remap(0.5, 3)).toEqual([
      [0.5, 'waiting'],
      [3, 'started'],
      [4, 'done'],
    ]);
  });

  it('gone at the instant it would end: the call has failed (SEM-16b)', () => {
    expect(remap(1.5, 3)).toEqual([
      [0.5, 'started'],
      [1.5, 'interrupted'],
      [1.5, 'waiting'],
      [3, 'started'],
      [4, 'done'],
    ]);
  });

  it('gone and back at one instant: nothing was lost but the call', () => {
    // The failure strikes first, then its restart of no time is over.
    expect(remap(1, 1)).toEqual([
      [0.5, 'started'],
      [1, 'interrupted'],
      [1, 'waiting'],
      [1, 'started'],
      [2, 'done'],
    ]);
  });
});

describe('two members at one instant', () => {
  const node = mode(exponential(1e12), repair(fixed(3600)));
  it('of one group on one node: both fall, the failover finds nobody, a replacement ends the outage', () => {
    const single = scenario({
      repair: { crew: policy() },
      sites: { s: site({ nodes: { n: pool({ count: 1, slots: 2, failures: [node] }) } }) },
      flows: { flow: plainFlow(fixed(1), fixed(60)) },
      groups: { g: { ...pair(0.3), placement: placed(['s/n'], { antiAffinity: { level: 'node', hard: false } }) } },
      services: { s: service('g') },
    });
    const trace = play(single, { at: 0, element: 's/n' });
    expect(steps(trace, 'member-failed')).toEqual([
      [0, 'g/1', 'member-failed', 'serving'],
      [0, 'g/2', 'member-failed', 'standby'],
    ]);
    // The node is repaired after an hour, the first replacement is there a minute later and takes over at once.
    expect(losses(trace, 's')).toEqual([
      [0, 1],
      [3660, 0],
    ]);
    expect(failovers(trace)).toEqual(['no-healthy-standby']);
  });
});
