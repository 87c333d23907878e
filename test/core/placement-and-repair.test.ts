import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { Group, RepairPolicy, Scenario } from '../../src/model/scenario.ts';
import {
  detector,
  element,
  exponential,
  fixed,
  flow,
  group,
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
} from './support/build.ts';
import { diary, play, steps } from './support/script.ts';

const broken = mode(exponential(1e12), repair(fixed(3600)), { id: 'broken' });
const crash = mode(exponential(1e12), REPLACEMENT, { id: 'crash' });

/** A pair noticed after 1 s, switched in 1 s, rebuilt in 60 s on nodes of `c/n`. */
function onNodes(rest: Partial<Group['placement']>, base: Group = group([crash])): Group {
  return { ...withDetection(base, { detectors: [detector(fixed(1))] }), placement: placed(['c/n'], rest) };
}

function cloud(groups: Record<string, Group>, nodes: number, slots: number, rest: Partial<Scenario> = {}): Scenario {
  return scenario({
    repair: { crew: policy() },
    sites: { c: site({ nodes: { n: pool({ count: nodes, slots, failures: [broken] }) } }) },
    flows: { flow: plainFlow(fixed(1), fixed(60)) },
    groups,
    services: Object.fromEntries(Object.keys(groups).map((id) => [id, service(id)])),
    ...rest,
  });
}

/** Nodes the members start on. */
const homes = (of: Scenario): Record<string, string> => {
  const { seats, names } = compile(of);
  return Object.fromEntries(names.seats.map((name, seat) => [name, names.elements[seats.home[seat]!] ?? 'none']));
};

describe('where members start', () => {
  it('apart, on the nodes with most room, in the order of the model', () => {
    expect(homes(cloud({ a: onNodes({}), b: onNodes({}) }, 4, 1))).toEqual({
      'a/1': 'c/n-1',
      'a/2': 'c/n-2',
      'b/1': 'c/n-3',
      'b/2': 'c/n-4',
    });
  });

  it('together only where anti-affinity is soft and there is no other way', () => {
    const soft = onNodes({ antiAffinity: { level: 'node', hard: false } });
    expect(homes(cloud({ a: soft }, 1, 2))).toEqual({ 'a/1': 'c/n', 'a/2': 'c/n' });
    expect(homes(cloud({ a: soft }, 2, 2))).toEqual({ 'a/1': 'c/n-1', 'a/2': 'c/n-2' });
  });

  it('in different racks, if that is asked', () => {
    const racks = { r: { kind: 'rack', failures: [] }, q: { kind: 'rack', failures: [] } } as const;
    const nodes = { n: pool({ count: 4, slots: 1, domains: ['r', 'q'] }) };
    const sites = { c: site({ domains: racks, nodes }) };
    const apart = onNodes({ antiAffinity: { level: 'rack', hard: true } });
    // Nodes 1 and 3 are in r, 2 and 4 in q.
    expect(homes(cloud({ a: apart }, 4, 1, { sites }))).toEqual({ 'a/1': 'c/n-1', 'a/2': 'c/n-2' });
  });

  it('no room is a defect of a model that was not checked', () => {
    expect(() => compile(cloud({ a: onNodes({}) }, 1, 2))).toThrow('no node has room for a/2');
  });
});

describe('replacements without a free slot (SEM-28)', () => {
  it('wait in turn: first come, first served, whatever the order of the model', () => {
    const of = cloud({ a: onNodes({}), b: onNodes({}) }, 4, 1);
    // b/1 on n-3 fails first and waits first; n-1 comes back first.
    const trace = play(of, { at: 0, element: 'c/n-3', until: 5000 }, { at: 10, element: 'c/n-1', until: 2000 });
    expect(steps(trace, 'rebuild').map(([t, entity, , outcome]) => [t, entity, outcome])).toEqual([
      [2, 'b/1', 'waiting'],
      [12, 'a/1', 'waiting'],
      [2000, 'b/1', 'started'],
      [2060, 'b/1', 'done'],
      [5000, 'a/1', 'started'],
      [5060, 'a/1', 'done'],
    ]);
    expect(trace.services['a']!.outageSeconds).toBe(2);
  });

  it('an infeasible first does not block the second', () => {
    // The second slot of n-2 is free, but holds the peer of a/1: hard anti-affinity. b/1 may have it.
    const three = {
      a: onNodes({}),
      b: onNodes({ antiAffinity: { level: 'none', hard: false } }, group([crash], { members: 1, flow: 'flow' })),
    };
    const of = cloud(three, 2, 2);
    expect(homes(of)).toEqual({ 'a/1': 'c/n-1', 'a/2': 'c/n-2', 'b/1': 'c/n-1' });
    const trace = play(of, { at: 0, element: 'c/n-1' });
    expect(steps(trace, 'rebuild').map(([t, entity, , outcome]) => [t, entity, outcome])).toEqual([
      [1, 'b/1', 'started'],
      [2, 'a/1', 'waiting'],
      [61, 'b/1', 'done'],
      [3600, 'a/1', 'started'],
      [3660, 'a/1', 'done'],
    ]);
  });

  it('soft anti-affinity co-locates rather than waits', () => {
    const soft = onNodes({ antiAffinity: { level: 'node', hard: false } });
    const trace = play(cloud({ a: soft }, 2, 2), { at: 0, element: 'c/n-1' });
    expect(trace.marks.redundant).toBe(62);
  });

  it('hard anti-affinity waits rather than co-locates', () => {
    const trace = play(cloud({ a: onNodes({}) }, 2, 2), { at: 0, element: 'c/n-1' });
    expect(trace.marks.redundant).toBe(3660);
  });

  it('in place: its own node it must be, even if others are free', () => {
    const trace = play(cloud({ a: onNodes({ replacement: 'in-place' }) }, 3, 2), { at: 0, element: 'c/n-1' });
    expect(trace.marks.redundant).toBe(3660);
    const crashed = play(cloud({ a: onNodes({ replacement: 'in-place' }) }, 3, 2), { at: 0, element: 'a/active' });
    expect(crashed.marks.redundant).toBe(62);
  });
});

describe('an instance that is deleted is gone', () => {
  const wearing = mode(fixed(100), REPLACEMENT, { id: 'wears' });
  const layers = (outer: typeof crash): Group['instance'] => [
    { id: 'guest', kind: 'guest', failures: [outer] },
    { id: 'app', kind: 'app', failures: [wearing] },
  ];

  it('its outer layers neither work nor fail until it is built again', () => {
    // The app wears out every 100 s, the guest would after 130 s of work: it never gets that far.
    const g: Group = {
      ...group([], { members: 1, flow: 'deleting' }),
      instance: layers(mode(fixed(130), REPLACEMENT)),
    };
    const { recovery } = plainFlow(fixed(1), fixed(60));
    const deleting = flow([], [step('delete', fixed(0), { effects: ['terminate'] }), ...recovery]);
    const lines = diary(cloud({ g }, 1, 1, { flows: { deleting } }), 400);
    expect(lines.filter((line) => line.includes('fails'))).toEqual(['100 fails g/1/app', '260 fails g/1/app']);
    expect(lines.filter((line) => line.endsWith('g/1/guest'))).toEqual([
      '100 down g/1/guest',
      '160 up g/1/guest',
      '260 down g/1/guest',
      '320 up g/1/guest',
    ]);
  });
});

describe('repair policies (SEM-32)', () => {
  const units = (rest: Partial<RepairPolicy>): Scenario =>
    scenario({
      repair: { crew: policy(rest) },
      elements: { u: element([mode(exponential(1e12), repair(fixed(10)))], { count: 4 }) },
      services: { s: service('u-1') },
    });
  /** u-4, u-3, u-2 fail one after the other. */
  const script = [4, 3, 2].map((n, i) => ({ at: i, element: `u-${n}` }));
  const repairs = (rest: Partial<RepairPolicy>): string[] =>
    steps(play(units(rest), ...script), 'repair')
      .filter(([, , , outcome]) => outcome === 'done')
      .map(([t, entity]) => `${t} ${entity}`);

  it('crews: nobody waits without a limit', () => {
    expect(repairs({})).toEqual(['10 u-4', '11 u-3', '12 u-2']);
  });

  it('one crew, first come first served', () => {
    expect(repairs({ crews: 1 })).toEqual(['10 u-4', '20 u-3', '30 u-2']);
  });

  it('one crew, in the order of the model', () => {
    expect(repairs({ crews: 1, discipline: 'element-order' })).toEqual(['10 u-4', '20 u-2', '30 u-3']);
  });

  it('one crew, taken over in the order of the model: who gives way begins anew', () => {
    expect(repairs({ crews: 1, discipline: 'preemptive' })).toEqual(['12 u-2', '22 u-3', '32 u-4']);
    expect(repairs({ crews: 2, discipline: 'preemptive' })).toEqual(['11 u-3', '12 u-2', '21 u-4']);
  });

  it('a crew that inspects first stays for the repair', () => {
    expect(repairs({ crews: 1, inspection: fixed(5) })).toEqual(['15 u-4', '30 u-3', '45 u-2']);
    expect(repairs({ crews: 1, inspection: fixed(5), discipline: 'preemptive' })).toEqual([
      '17 u-2',
      '32 u-3',
      '47 u-4',
    ]);
  });

  it('two crews', () => {
    expect(repairs({ crews: 2 })).toEqual(['10 u-4', '11 u-3', '20 u-2']);
  });

  it('dispatch at the fault does not wait for its detection', () => {
    expect(repairs({ detection: fixed(5) })).toEqual(['10 u-4', '11 u-3', '12 u-2']);
    expect(repairs({ detection: fixed(5), dispatch: 'detection' })).toEqual(['15 u-4', '16 u-3', '17 u-2']);
  });

  it('diagnosis comes before the repair, and sends home what was transient (B-68)', () => {
    expect(repairs({ diagnosis: fixed(30), transientShare: 0.4 })).toEqual(['40 u-4', '41 u-3', '42 u-2']);
    const transient = play(units({ diagnosis: fixed(30), transientShare: 0.6 }), { at: 0, element: 'u-1' });
    expect(transient.marks).toMatchObject({ failed: 0, repooled: 30, repaired: null });
    expect(transient.services['s']!.outageSeconds).toBe(30);
  });

  it('repairs of a batch start at multiples of its period of simulated time, not of the fault', () => {
    const weekly = units({ batch: 7 * 86_400 });
    // The origin of a script lies a year into simulated time: 52 weeks and a day.
    const { marks } = play(weekly, { at: 0, element: 'u-1' });
    expect(marks.repaired).toBe(6 * 86_400 + 10);
    const hourly = scenario({
      repair: { crew: policy({ batch: 3600 }) },
      elements: { u: element([mode(fixed(1000), repair(fixed(10)))]) },
    });
    const lines = diary(hourly, 8000).filter((line) => /fails|repair done/.test(line));
    expect(lines).toEqual(['1000 fails u', '3610 repair done u', '4610 fails u', '7210 repair done u']);
  });

  it('a fault at the very instant of a window waits for the next', () => {
    const of = scenario({
      repair: { crew: policy({ batch: 3600 }) },
      elements: { u: element([mode(fixed(3600), repair(fixed(10)))]) },
    });
    expect(diary(of, 8000).filter((line) => line.includes('repair done'))).toEqual(['7210 repair done u']);
  });

  describe('dispatch when services are restored', () => {
    const dispatched = (g: Group, rest: Partial<Scenario> = {}): Scenario =>
      cloud({ g }, 3, 1, { repair: { crew: policy({ dispatch: 'restoration' }) }, ...rest });
    const starts = (of: Scenario, element: string): number[] =>
      steps(play(of, { at: 0, element }), 'repair')
        .filter(([, , , outcome]) => outcome === 'started')
        .map(([t]) => t);

    it('of the active node: after the failover, even if nothing had to be detected first', () => {
      expect(starts(dispatched(onNodes({})), 'c/n-1')).toEqual([2]);
    });

    it('of the standby node, of a spare: at once, no service suffers', () => {
      expect(starts(dispatched(onNodes({})), 'c/n-2')).toEqual([0]);
      expect(starts(dispatched(onNodes({})), 'c/n-3')).toEqual([0]);
    });

    it('where nobody can take over: at once, for the service waits for the repair', () => {
      const alone = onNodes({ replacement: 'in-place' }, group([crash], { members: 1, flow: 'flow' }));
      const trace = play(dispatched(alone), { at: 0, element: 'c/n-1' });
      expect(trace.services['g']!.outageSeconds).toBe(3660);
      const rack = { domains: { r: { kind: 'rack' as const, failures: [broken] } } };
      const sites = { c: site({ ...rack, nodes: { n: pool({ count: 3, slots: 1, domains: ['r'] }) } }) };
      const both = play(dispatched(onNodes({}), { sites }), { at: 0, element: 'c/r' });
      expect(both.services['g']!.outageSeconds).toBe(3660);
    });
  });
});

describe('the active role', () => {
  it('goes back with the traffic when a restart wins the race: both members keep wearing as they should', () => {
    // Standbys do not wear. Fails after 100 s of service, restarts in 1 s; a failover would take 2 s.
    const worn = mode(fixed(100), { by: 'itself', after: fixed(1) });
    const g: Group = { ...group([worn], { standby: { kind: 'hot', rateFactor: 0 } }), flow: 'slow' };
    const slow = {
      ...plainFlow(fixed(1), fixed(60)),
      id: 'slow',
      remediation: [
        { ...plainFlow(fixed(0.5), fixed(0)).remediation[0]!, id: 'promote', effects: ['promote' as const] },
        { ...plainFlow(fixed(1.5), fixed(0)).remediation[0]!, id: 'connect', effects: ['connect' as const] },
      ],
    };
    const fails = diary(scenario({ flows: { slow }, groups: { g } }), 500).filter((line) => line.includes('fails'));
    expect(fails).toEqual(['100 fails g/1', '201 fails g/1', '302 fails g/1', '403 fails g/1']);
  });
});
