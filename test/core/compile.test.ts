import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { type CompiledModel, NEED, RANK, SPREAD_LEVELS, TRACK } from '../../src/compile/model.ts';
import { meanRestore, programDuration, stepsOf } from '../../src/compile/programs.ts';
import { invertRows, packRows } from '../../src/compile/rows.ts';
import { EFFECTS, MARKS } from '../../src/model/flow.ts';
import { ELEMENT_KINDS, type Group, type Scenario } from '../../src/model/scenario.ts';
import {
  all,
  any,
  atLeast,
  control,
  detector,
  element,
  exponential,
  fixed,
  flow,
  group,
  itself,
  leaf,
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
import { readExample } from './support/files.ts';
import { randomScenario } from './support/random-scenario.ts';
import { randomSharing } from './support/random-sharing.ts';

const fault = mode(exponential(1000), itself(fixed(10)));
const inputsOf = ({ gates, elements, groups, names }: CompiledModel, signal: number): string[] => {
  const gate = signal - elements.count - groups.count;
  return [...gates.input.slice(gates.inputStart[gate]!, gates.inputStart[gate + 1]!)].map(
    (input) =>
      names.elements[input] ?? names.groups[input - elements.count] ?? `gate ${input - elements.count - groups.count}`,
  );
};
const terms = ({ services }: CompiledModel, service: number): number[] => [
  ...services.term.slice(services.termStart[service]!, services.termStart[service + 1]!),
];

describe('elements', () => {
  const model = compile(
    scenario({
      elements: {
        feed: element([fault], { kind: 'power-feed' }),
        unit: element([fault, fault], { count: 2, on: 'feed' }),
      },
      sites: {
        c: site({
          domains: { r: { kind: 'rack', failures: [] }, q: { kind: 'rack', failures: [fault] } },
          nodes: { n: pool({ count: 3, slots: 2, domains: ['r', 'q'] }), one: pool({}) },
        }),
      },
      control: { mano: control([fault], { instances: 3, quorum: 2, on: 'c/n' }) },
      flows: { flow: plainFlow(fixed(1), fixed(1)) },
      groups: {
        g: {
          ...group([]),
          instance: [
            { id: 'guest', kind: 'guest', failures: [] },
            { id: 'app', kind: 'app', failures: [fault] },
          ],
        },
      },
    }),
  );
  const { elements, names } = model;
  const host = (name: string): string | undefined => names.elements[elements.host[names.elements.indexOf(name)]!];
  const index = (name: string): number => names.elements.indexOf(name);

  it('counted ones are numbered from 1; a count of one keeps the plain name', () => {
    expect(names.elements).toEqual([
      'feed',
      'unit-1',
      'unit-2',
      'c',
      'c/r',
      'c/q',
      'c/n-1',
      'c/n-2',
      'c/n-3',
      'c/one',
      'mano-1',
      'mano-2',
      'mano-3',
      'g/1/guest',
      'g/1/app',
      'g/2/guest',
      'g/2/app',
    ]);
    expect(names.populations).toEqual(['unit', 'c/n', 'mano']);
  });

  it('stand on what they are hosted by: racks dealt in turn, control functions on their nodes', () => {
    expect([host('unit-2'), host('c/q'), host('c/n-1'), host('c/n-2'), host('c/n-3'), host('c/one')]).toEqual([
      'feed',
      'c',
      'c/r',
      'c/q',
      'c/r',
      'c',
    ]);
    expect([host('mano-1'), host('mano-3'), host('g/1/app'), host('g/1/guest')]).toEqual([
      'c/n-1',
      'c/n-3',
      'g/1/guest',
      undefined,
    ]);
  });

  it('the hosted are listed by their host', () => {
    const hosted = elements.hosted.slice(elements.hostedStart[0]!, elements.hostedStart[1]!);
    expect([...hosted]).toEqual([index('unit-1'), index('unit-2')]);
  });

  it('know their anti-affinity domains: node, rack (a node outside racks is its own), site', () => {
    const levels = SPREAD_LEVELS.length;
    const domains = (name: string): number[] => [
      ...elements.domains.slice(levels * index(name), levels * index(name) + 3),
    ];
    expect(domains('c/n-1')[1]).toBe(domains('c/n-3')[1]);
    expect(domains('c/n-1')[1]).not.toBe(domains('c/n-2')[1]);
    expect(domains('c/n-1')[2]).toBe(domains('c/one')[2]);
    expect(domains('c/one')[0]).toBe(domains('c/one')[1]);
    expect(domains('feed')).toEqual([-1, -1, -1]);
  });

  it('carry kinds, capacities and contiguous modes', () => {
    expect(ELEMENT_KINDS[elements.kind[0]!]).toBe('power-feed');
    expect(elements.capacity[index('c/n-2')]).toBe(2);
    expect(elements.capacity[index('feed')]).toBe(0);
    expect([...elements.modeStart.slice(0, 4)]).toEqual([0, 1, 3, 5]);
    expect([...model.modes.element.slice(0, 5)]).toEqual([0, 1, 1, 2, 2]);
  });
});

describe('structures', () => {
  const base: Partial<Scenario> = {
    elements: { a: element([fault]), b: element([fault]), unit: element([fault], { count: 3 }) },
    flows: { flow: plainFlow(fixed(1), fixed(1)) },
    groups: { g: group([fault]) },
  };
  const withServices = (services: Scenario['services'], rest: Partial<Scenario> = {}): CompiledModel =>
    compile(scenario({ ...base, ...rest, services }));

  it('what all must be up becomes the terms of the service', () => {
    const model = withServices({ s: service({ kind: 'all', inputs: [leaf('a'), all('b', 'g'), leaf('unit')] }) });
    const signals = terms(model, 0);
    const { elements, names } = model;
    expect(signals.map((signal) => names.elements[signal] ?? names.groups[signal - elements.count])).toEqual([
      'a',
      'b',
      'g',
      'unit-1',
      'unit-2',
      'unit-3',
    ]);
    expect(model.gates.count).toBe(0);
  });

  it('anything else becomes one gate; a counted name stands for its members', () => {
    const model = withServices({ s: service(atLeast(2, 'unit', 'a')) });
    const [gate] = terms(model, 0);
    expect(inputsOf(model, gate!)).toEqual(['unit-1', 'unit-2', 'unit-3', 'a']);
    expect(model.gates.threshold[0]).toBe(2);
    expect(model.gates.counting[0]).toBe(1);
  });

  it('equal gates are shared, and a gate of one input is that input', () => {
    const model = withServices({ s: service(any('a', 'b')), t: service(any('a', 'b')), u: service(any('a')) });
    expect(model.gates.count).toBe(1);
    expect(terms(model, 0)).toEqual(terms(model, 1));
    expect(terms(model, 2)).toEqual([0]);
  });

  it('gates over groups compare shares instead of counting', () => {
    const model = withServices({ s: service(any('g', 'a')) });
    expect(model.gates.counting[0]).toBe(0);
  });

  it('the control path stands in series only if that is asked (SEM-14)', () => {
    const functions = { mano: control([fault], { instances: 3, quorum: 2 }), dns: control([fault]) };
    const conditional = withServices({ s: service('a') }, { control: functions });
    expect(terms(conditional, 0).length).toBe(1);
    const series = withServices({ s: service('a') }, { control: functions, controlTreatment: 'series' });
    const [, mano, dns] = terms(series, 0);
    expect(inputsOf(series, mano!)).toEqual(['mano-1', 'mano-2', 'mano-3']);
    expect(series.names.elements[dns!]).toBe('dns');
  });

  it('names that do not exist are a defect of the reader', () => {
    expect(() => withServices({ s: service('nobody') })).toThrow('nothing is called nobody');
  });
});

describe('programs', () => {
  const stepIds = (model: CompiledModel, first: number): string[] =>
    stepsOf(model, first).map((i) => model.names.steps[i]!.id);
  const base: Group = group([mode(exponential(1000), REPLACEMENT)]);
  const compiled = (g: Group, rest: Partial<Scenario> = {}): CompiledModel =>
    compile(scenario({ groups: { g }, ...rest }));
  const stateful = (protection: Group['state']['protection']): Group => ({
    ...readExample('active-standby').scenario.groups['sbc']!,
    placement: base.placement,
    state: { ...base.state, stateful: protection !== 'none', protection },
  });

  it.each([
    ['peer-checkpoint', ['check-consistency', 'activate', 'request', 'remap'], true],
    ['external', ['check-consistency', 'activate', 'request', 'remap'], false],
    ['lockstep', ['activate', 'request', 'remap'], true],
    ['none', ['activate', 'request', 'remap'], false],
  ] as const)('of a group with state %s: the steps whose condition holds', (protection, remediation, syncs) => {
    const model = compiled({ ...stateful(protection), flow: 'FL-03' });
    expect(stepIds(model, model.groups.remediation[0]!)).toEqual(remediation);
    expect(stepIds(model, model.groups.recovery[0]!).includes('sync')).toBe(syncs);
    // A member that comes back by itself joins at the replication, or at the step that ends the recovery.
    expect(model.groups.resync[0]! - model.groups.recovery[0]!).toBe(3);
  });

  it('every step of a failover needs the standby, every step of an in-place recovery its node', () => {
    const model = compiled(
      { ...base, placement: placed(['c/n'], { replacement: 'in-place' }) },
      { flows: { flow: plainFlow(fixed(1), fixed(1)) }, sites: { c: site({ nodes: { n: pool({ count: 2 }) } }) } },
    );
    const needs = (first: number): number[] => {
      const { steps } = model;
      return [...steps.need.slice(steps.needStart[first]!, steps.needStart[first + 1]!)];
    };
    expect(needs(model.groups.remediation[0]!)).toEqual([NEED.standby]);
    expect(needs(model.groups.recovery[0]!)).toEqual([NEED.host, NEED.slot]);
  });

  it('control functions that are not modelled are not needed', () => {
    const model = compiled({ ...stateful('none'), flow: 'FL-03' }, { control: { vim: control([fault]) } });
    const control_ = stepsOf(model, model.groups.remediation[0]!).map((i) => model.steps.control[i]);
    expect(control_).toEqual([0, 0, 1]);
  });

  it('a cold standby starts instead of being activated', () => {
    const cold: Group = { ...base, standby: { kind: 'cold', rateFactor: 1 } };
    const model = compiled(cold, { flows: { flow: plainFlow(fixed(1), fixed(1)) } });
    expect(programDuration(model, model.groups.remediation[0]!).mean).toBe(60);
    expect(model.groups.standbyRate[0]).toBe(0);
  });

  it('a manual path exists where there is somebody to switch to; escalation where one may wait', () => {
    const flows = { flow: plainFlow(fixed(1), fixed(1)) };
    const endless = compiled(base, { flows });
    expect(stepIds(endless, endless.groups.manual[0]!)).toEqual(['restore-by-hand']);
    expect(endless.groups.escalation[0]).toBe(-1);
    const alone = compiled(group([], { members: 1, flow: 'flow', manualEscalation: 900 }), { flows });
    expect(alone.groups.manual[0]).toBe(-1);
    expect(stepIds(alone, alone.groups.escalation[0]!)).toEqual(['escalate', 'restore-by-hand']);
  });

  it('parameters a flow names must have values', () => {
    const flows = { flow: flow([step('switch', 'unheard', { effects: ['connect'] })], []) };
    expect(() => compiled(base, { flows })).toThrow('groups.g.times.unheard is used by the flow and has no value');
  });

  it('effects are bits, marks are numbers', () => {
    const model = compiled(base, { flows: { flow: plainFlow(fixed(1), fixed(1)) } });
    const first = model.groups.remediation[0]!;
    const bit = (effect: (typeof EFFECTS)[number]): number => 1 << EFFECTS.indexOf(effect);
    expect(model.steps.effects[first]).toBe(bit('promote') | bit('connect'));
    expect(MARKS[model.steps.mark[first]!]).toBe('restored');
  });

  it('a repair under a policy: detection, dispatch, diagnosis, window, repair', () => {
    const model = compile(
      scenario({
        repair: {
          crew: policy({
            dispatch: 'restoration',
            detection: fixed(5),
            diagnosis: fixed(60),
            transientShare: 0.25,
            batch: 3600,
          }),
        },
        elements: { u: element([mode(exponential(1000), repair(fixed(100)))]) },
      }),
    );
    expect(stepIds(model, model.modes.program[0]!)).toEqual([
      'detect',
      'dispatch',
      'diagnose',
      'await-window',
      'repair',
    ]);
    // A calendar counts as uniform over its period; a quarter is found transient before it.
    expect(meanRestore(model, model.modes.program[0]!)).toBe(5 + 60 + 0.75 * (1800 + 100));
  });

  it('equal elements share programs, and equal laws are one', () => {
    const model = compile(scenario({ elements: { u: element([fault], { count: 50 }) } }));
    expect(new Set(model.modes.program).size).toBe(1);
    expect(model.laws.length).toBe(2);
  });
});

describe('slots, streams and watchers', () => {
  it('ranks: failures, restores, detections and reports, actions', () => {
    const model = compile(
      scenario({
        elements: { u: element([fault]) },
        flows: { flow: plainFlow(fixed(1), fixed(1)) },
        groups: { g: withDetection(group([fault]), { detectors: [detector(fixed(1)), detector(fixed(2))] }) },
      }),
    );
    const { slots, names } = model;
    const rankOf = (name: string, purpose: string): number => {
      for (let slot = 0; slot < slots.count; slot++) {
        const [element, what] = names.stream(slot);
        if (element === name && what === purpose) return slots.rank[slot]!;
      }
      throw new Error(`no slot ${name} ${purpose}`);
    };
    expect(rankOf('u', 'failure fault')).toBe(RANK.failure);
    expect(rankOf('u', 'restore')).toBe(RANK.restore);
    expect(rankOf('g/2', 'detector 1')).toBe(RANK.detection);
    expect(rankOf('g/1', 'user report')).toBe(RANK.detection);
    expect(rankOf('g/1', 'remediation')).toBe(RANK.action);
    expect(rankOf('g/2', 'manual')).toBe(RANK.action);
    expect(rankOf('g', 're-attachment')).toBe(RANK.action);
  });

  it('law: rows are whole, references exist and streams have names of their own, for 200 random scenarios', () => {
    fc.assert(
      fc.property(fc.oneof(randomScenario(), randomSharing()), (random) => {
        const model = compile(random);
        const { elements, groups, gates, seats, tracks, slots, watchers, services, names } = model;
        const signals = elements.count + groups.count + gates.count;
        const streams = Array.from({ length: slots.streams }, (_, i) => names.stream(i).join('\u0000'));
        expect(new Set(streams).size).toBe(slots.streams);
        for (const rows of [
          [watchers.trackStart, watchers.track, tracks.count],
          [watchers.groupStart, watchers.group, groups.count],
          [gates.readerStart, gates.reader, gates.count],
          [services.readerStart, services.reader, services.count],
        ] as const) {
          expect(rows[0].length).toBe(signals + 1);
          expect(rows[0][signals]).toBe(rows[1].length);
          for (const item of rows[1]) expect(item < rows[2]).toBe(true);
        }
        for (const gate of gates.input) expect(gate < signals).toBe(true);
        for (let seat = 0; seat < seats.count; seat++) {
          for (const [track, kind] of [
            [seats.remediation[seat]!, TRACK.remediation],
            [seats.recovery[seat]!, TRACK.recovery],
            [seats.manual[seat]!, TRACK.manual],
          ] as const) {
            expect([tracks.kind[track], tracks.owner[track]]).toEqual([kind, seat]);
          }
        }
        for (let track = 0; track < tracks.count; track++) {
          if (tracks.kind[track] === TRACK.restore) expect(elements.track[tracks.owner[track]!]).toBe(track);
        }
      }),
      { seed: 20_240_605, numRuns: 200 },
    );
  });

  it('compiling twice gives the same tables', () => {
    const of = readExample('active-standby').scenario;
    const { names: first, ...tables } = compile(of);
    const { names: second, ...same } = compile(of);
    expect(tables).toStrictEqual(same);
    expect(first.elements).toEqual(second.elements);
  });
});

describe('rows', () => {
  it('pack and invert', () => {
    const rows = packRows([[2, 0], [], [0, 1]]);
    expect([[...rows.start], [...rows.items]]).toEqual([
      [0, 2, 2, 4],
      [2, 0, 0, 1],
    ]);
    const inverted = invertRows(rows, 3);
    expect([[...inverted.start], [...inverted.items]]).toEqual([
      [0, 2, 3, 4],
      [0, 2, 2, 0],
    ]);
  });
});
