import { describe, expect, it } from 'vitest';
import { throughControl } from '../../src/catalogue/operations.ts';
import { compile } from '../../src/compile/compile.ts';
import { sliceServices } from '../../src/compile/slice/services.ts';
import type { Group, Scenario } from '../../src/model/scenario.ts';
import {
  control,
  detector,
  element,
  exponential,
  fixed,
  flow,
  group,
  HOUR,
  itself,
  leaf,
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
  withDetection,
} from '../core/support/build.ts';
import { expectSame, historyOf } from './support/alone.ts';

/**
 * Four nodes of two slots. Members of the pairs `a` and `c` are in place on nodes 1 and 2, those of `b` on 3 and 4: the
 * nodes are shared, and nothing else. The service is about `a`.
 */
const fault = mode(exponential(50 * HOUR), itself(exponential(HOUR)));
const lost = mode(exponential(20 * HOUR), REPLACEMENT);
const inPlace = placed(['s/n'], { replacement: 'in-place', antiAffinity: { level: 'node', hard: true } });
const moving = placed(['s/n'], { antiAffinity: { level: 'node', hard: true } });
const plain = flow(
  [step('switch', fixed(60), { effects: ['promote', 'connect'], mark: 'restored' })],
  [step('rebuild', exponential(HOUR), { needs: ['slot'], effects: ['instantiate', 'available', 'sync'] })],
);
const pairOf = (rest: Partial<Group> = {}): Group => group([lost], { placement: inPlace, ...rest });

function cloud(parts: Partial<Scenario> = {}): Scenario {
  return scenario({
    sites: { s: site({ nodes: { n: pool({ count: 4, slots: 2, failures: [fault] }) } }) },
    groups: { a: pairOf(), b: pairOf(), c: pairOf() },
    flows: { flow: plain },
    services: { v: service('a'), w: service('b') },
    ...parts,
  });
}

/** Names of what is kept for service `v`, whose history is checked to be that of the whole. */
function kept(of: Scenario): { readonly groups: readonly string[]; readonly elements: readonly string[] } {
  const whole = compile(of);
  const slice = sliceServices(whole, [0]);
  for (let i = 0; i < 5; i++) expectSame(whole, historyOf(whole, 0.05, i), slice, historyOf(slice.model, 0.05, i));
  return slice.model.names;
}

const nodes = (elements: readonly string[]): readonly string[] => elements.filter((name) => /^s\/n-\d$/.test(name));

describe('what couples a service to its neighbours is kept, and nothing else', () => {
  it('hosts shared with others: the hosts, not the others', () => {
    const { groups, elements } = kept(cloud());
    expect(groups).toEqual(['a']);
    expect(nodes(elements)).toEqual(['s/n-1', 's/n-2']);
  });

  it('members that move: whoever takes room on the same nodes, and all nodes', () => {
    const { groups, elements } = kept(
      cloud({ groups: { a: pairOf({ placement: moving }), b: pairOf({ placement: moving }) } }),
    );
    expect(groups).toEqual(['a', 'b']);
    expect(nodes(elements)).toHaveLength(4);
    // Who stays takes room as well, and is not needed for that.
    const mixed = cloud({ groups: { a: pairOf({ placement: moving }), b: pairOf() } });
    expect(kept(mixed).groups).toEqual(['a']);
  });

  it('pools that overlap', () => {
    const sites = {
      s: site({
        nodes: {
          n: pool({ count: 2, slots: 4, failures: [fault] }),
          m: pool({ count: 2, slots: 4, failures: [fault] }),
          o: pool({ count: 2, slots: 4, failures: [fault] }),
        },
      }),
    };
    const on = (...pools: readonly string[]): Group => pairOf({ placement: { ...moving, pools } });
    const groups = { a: on('s/n'), b: on('s/n', 's/m'), c: on('s/m'), d: on('s/o') };
    expect(kept(cloud({ sites, groups })).groups).toEqual(['a', 'b', 'c']);
  });

  it('crews that may all be busy: everybody they repair; enough crews for all: nobody', () => {
    const repaired = mode(exponential(50 * HOUR), repair(exponential(5 * HOUR)));
    const sites = { s: site({ nodes: { n: pool({ count: 4, slots: 2, failures: [repaired] }) } }) };
    const few = cloud({ sites, repair: { crew: policy({ crews: 3 }) } });
    expect(nodes(kept(few).elements)).toHaveLength(4);
    expect(kept(few).groups).toEqual(['a']);
    const enough = cloud({ sites, repair: { crew: policy({ crews: 4 }) } });
    expect(nodes(kept(enough).elements)).toEqual(['s/n-1', 's/n-2']);
  });

  it('spares: everybody who may need one, and the repair shop', () => {
    const repaired = mode(exponential(50 * HOUR), repair(exponential(20 * HOUR)));
    const sites = { s: site({ nodes: { n: pool({ count: 4, slots: 2, failures: [repaired] }) } }) };
    const spare = policy({ spares: { count: 1, swap: exponential(HOUR) } });
    expect(nodes(kept(cloud({ sites, repair: { crew: spare } })).elements)).toHaveLength(4);
  });

  it('a control function that works on few requests at a time: everybody who asks; enough places: nobody', () => {
    const asks = flow(
      [step('switch', exponential(600), { needs: ['vim'], effects: ['promote', 'connect'], mark: 'restored' })],
      [step('rebuild', exponential(HOUR), { needs: ['slot'], effects: ['instantiate', 'available', 'sync'] })],
    );
    const behind = (concurrency: number): Scenario =>
      cloud({ flows: { flow: asks }, control: { vim: control([fault], { concurrency }) } });
    expect(kept(behind(5)).groups).toEqual(['a', 'b', 'c']);
    expect(kept(behind(1)).elements).toContain('vim');
    // Each of the six members asks for one thing at a time.
    expect(kept(behind(6)).groups).toEqual(['a']);
    expect(kept(behind(6)).elements).toContain('vim');
  });

  it('orphans: groups whose failed operations leave slots taken where others look for room', () => {
    const operations = {
      spawn: { needs: ['vim'], failing: { probability: 0.5, notify: fixed(60), orphans: 1 } },
    };
    const spawning = flow(plain.remediation, [{ ...plain.recovery[0]!, needs: ['vim', 'slot'], operation: 'spawn' }]);
    const leaking = cloud({
      control: { vim: control([fault]) },
      groups: { a: pairOf({ placement: moving }), b: pairOf({ placement: moving }) },
      flows: { flow: throughControl(spawning, operations, () => false) },
      operations,
      orphanCleanup: exponential(HOUR),
    });
    expect(kept(leaking).groups).toEqual(['a', 'b']);
    const whole = compile(leaking);
    expect(sliceServices(whole, [0]).model.orphans.node).toHaveLength(4);
    const apart = { ...leaking, groups: { ...leaking.groups, a: pairOf() } };
    expect(kept(apart).groups).toEqual(['a']);
    expect(sliceServices(compile(apart), [0]).model.orphans.node).toHaveLength(2);
  });

  it('shocks: the shock, not whom else it strikes; where it draws one of them, all', () => {
    const shock = (hits: 'all' | 'one') => ({
      modes: [
        {
          ...mode(exponential(30 * HOUR), itself(exponential(HOUR))),
          strikes: [{ victims: ['s/n-1', 's/n-3', 'x', 'b/1'], hits, probability: 0.5 }],
        },
      ],
    });
    const elements = { x: element([fault]) };
    const all = kept(cloud({ elements, shocks: { flood: shock('all') } }));
    expect(all.elements).toEqual(expect.arrayContaining(['flood', 's/n-1']));
    expect(all.elements).not.toEqual(expect.arrayContaining(['x']));
    expect(all.groups).toEqual(['a']);
    const one = kept(cloud({ elements, shocks: { flood: shock('one') } }));
    expect(one.elements).toEqual(expect.arrayContaining(['flood', 's/n-1', 's/n-3', 'x', 'b/1']));
  });

  it('faults that spread: who hits, on the same node or as a named neighbour', () => {
    const hits = (neighbour: NonNullable<Group['containment']>['neighbour']): Scenario => {
      const spreading = pairOf({ containment: { probability: 0.5, neighbour } });
      return cloud({ groups: { a: pairOf(), b: spreading, c: spreading } });
    };
    expect(kept(hits({ group: 'a' })).groups).toEqual(['a', 'b', 'c']);
    expect(kept(hits('host')).groups).toEqual(['a', 'c']);
    expect(kept(hits('peer')).groups).toEqual(['a']);
  });

  it('wrong localisation: groups whose remediation may reach this one, and whom else it may reach', () => {
    const errs = flow(
      [
        step('localise', fixed(5), { success: 0.5, otherwise: 'wrong', effects: [], next: 'switch' }),
        step('wrong', fixed(5), { effects: ['misdirect'], next: 'switch' }),
        step('switch', fixed(60), { effects: ['promote', 'connect'], mark: 'restored', next: 'end' }),
      ],
      plain.recovery,
    );
    const groups = { a: pairOf(), b: pairOf({ flow: 'errs', siblings: ['a', 'c'] }), c: pairOf() };
    const sites = { s: site({ nodes: { n: pool({ count: 4, slots: 4, failures: [fault] }) } }) };
    expect(kept(cloud({ sites, groups, flows: { flow: plain, errs } })).groups).toEqual(['a', 'b', 'c']);
  });

  it('repairs dispatched when services are restored: whoever fell with the same element', () => {
    const repaired = mode(exponential(50 * HOUR), repair(exponential(5 * HOUR)));
    const sites = { s: site({ nodes: { n: pool({ count: 4, slots: 2, failures: [repaired] }) } }) };
    const groups = { a: pairOf(), b: pairOf(), c: pairOf() };
    const of = (dispatch: 'fault' | 'restoration'): Scenario =>
      cloud({ sites, groups, repair: { crew: policy({ dispatch }) } });
    expect(kept(of('restoration')).groups).toEqual(['a', 'c']);
    expect(kept(of('fault')).groups).toEqual(['a']);
  });

  it('what flows, detectors and state keeping ask for', () => {
    const watched = withDetection(pairOf(), { detectors: [detector(fixed(1), ['probe'])] });
    const stored: Group = {
      ...watched,
      state: { ...watched.state, stateful: true, protection: 'external', store: 'db' },
    };
    const elements = {
      probe: element([fault]),
      db: element([fault], { on: 'rack' }),
      rack: element([fault]),
      idle: element([fault]),
    };
    expect(kept(cloud({ elements, groups: { a: stored, b: pairOf() } })).elements).toEqual(
      expect.arrayContaining(['probe', 'db', 'rack']),
    );
    expect(kept(cloud({ elements, groups: { a: stored, b: pairOf() } })).elements).not.toContain('idle');
  });

  it('inner parts of what it runs on', () => {
    const internal = { parts: { psu: { count: 2, failures: [fault], on: [] } }, needs: leaf('psu') };
    const sites = { s: site({ nodes: { n: pool({ count: 4, slots: 2, failures: [fault], internal }) } }) };
    expect(kept(cloud({ sites })).elements).toEqual(
      expect.arrayContaining(['s/n-1/psu-1', 's/n-1/psu-2', 's/n-2/psu-1']),
    );
    expect(kept(cloud({ sites })).elements).not.toContain('s/n-3/psu-1');
  });
});
