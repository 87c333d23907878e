import { describe, expect, it } from 'vitest';
import { analyse, inject, spof } from '../../src/index.ts';
import type { Trace } from '../../src/model/result.ts';
import type { Injection } from '../../src/model/scenario.ts';
import {
  detector,
  exponential,
  fixed,
  group,
  mode,
  REPLACEMENT,
  scenario,
  service,
  withDetection,
  YEAR,
} from './support/build.ts';
import { readExample } from './support/files.ts';
import { expectAgreement, scaled, simulate } from './support/histories.ts';
import { failovers, losses } from './support/script.ts';

/** S-04, A-16 … A-19: scripted faults of `scenarios/active-active.yaml`, exact to the microsecond. */
function trace(variant: string, script: string | readonly Injection[], set: readonly string[] = []): Trace {
  const read = readExample('active-active', variant, set);
  return inject(read, typeof script === 'string' ? read.scenario.injections[script]! : script);
}

const controlSteps = ({ steps }: Trace, until: number): string[] =>
  steps.filter(({ control, outcome, t }) => control && outcome === 'done' && t <= until).map(({ step }) => step);

describe('reference: one of two fails (S-04)', () => {
  it.each([
    ['client-list', 1],
    ['traditional', 1],
    ['dns-0', 1],
    ['dns-30', 31],
    ['dns-60', 61],
    ['lb', 3],
    ['peer-checkpoint', 1],
  ])('%s: half of the load is lost for %d s, then nothing', (variant, seconds) => {
    const run = trace(variant, 'one-fails');
    expect(losses(run, 'subscribers')).toEqual([
      [0, 0.5],
      [seconds, 0],
    ]);
    expect(run.marks.restored).toBe(seconds);
    expect(run.services['subscribers']).toEqual({
      outageSeconds: seconds,
      downSeconds: 0,
      lostShare: seconds / 2,
      sessionsLost: 0,
    });
    // No step of the control path before the service is restored.
    expect(controlSteps(run, seconds)).toEqual([]);
    expect(failovers(run)).toEqual([seconds > 15 ? 'deadline' : 'success']);
  });

  it('only the replacement asks the control path, and nobody in the traditional case', () => {
    expect(controlSteps(trace('client-list', 'one-fails'), 1000)).toEqual(['terminate', 'spawn']);
    expect(controlSteps(trace('traditional', 'one-fails'), 1000)).toEqual([]);
  });

  it('units of 60 %: 0.5 until the clients have turned, 0.4 until the replacement is there (A-16)', () => {
    expect(losses(trace('small-units', 'one-fails'), 'subscribers')).toEqual([
      [0, 0.5],
      [1, 0.4],
      [71, 0],
    ]);
  });

  it('busy hour: 125 % of the nominal load, a unit that carries all of the nominal one', () => {
    expect(losses(trace('client-list', 'one-fails', ['groups.frontend.load=1.25']), 'subscribers')).toEqual([
      [0, 0.5],
      [1, 1 - 1 / 1.25],
      [71, 0],
    ]);
  });

  it('a client that tries twice turns after 2 s', () => {
    const set = ['catalogue.detectors.client-timeout.tries=2'];
    expect(trace('client-list', 'one-fails', set).marks.restored).toBe(2);
  });

  it('the control path is gone for good: the failover works, redundancy never comes back (A-19)', () => {
    const gone = ['nfvo', 'vnfm', 'vim'].map((element) => ({ at: -60, element, until: 400 * 86_400 }));
    const run = trace('client-list', [...gone, { at: 0, element: 'frontend/1' }]);
    expect(run.marks).toMatchObject({ restored: 1, redundant: null });
    expect(failovers(run)).toEqual(['success']);
    expect(run.services['subscribers']!.lostShare).toBe(0.5);
  });

  it('gone for a day: downtime as ever, exposure longer by the outage', () => {
    const [usual, late] = [trace('client-list', 'one-fails'), trace('client-list', 'mano-gone')];
    expect(late.services).toEqual(usual.services);
    expect(late.marks.redundant).toBe(usual.marks.redundant! + 86_400);
  });

  it('both fail: total outage until the first replacement, and a failover with nowhere to go', () => {
    const run = trace('client-list', 'both-fail');
    expect(losses(run, 'subscribers')).toEqual([
      [0, 0.5],
      [1, 0],
      [20, 1],
      [71, 0],
    ]);
    expect(failovers(run)).toEqual(['success', 'no-healthy-standby']);
  });
});

describe('reference: the state store (SEM-22)', () => {
  it('fail: the service is down as long as the store', () => {
    const run = trace('client-list', 'store-fails');
    const [first, last] = [losses(run, 'subscribers')[0], losses(run, 'subscribers').at(-1)];
    expect(first).toEqual([-30, 1]);
    // Users report the store after 900 s, hands rebuild it in 70 s; its own users come back 5 s later.
    expect(last).toEqual([-30 + 900 + 70 + 5, 0]);
  });

  it('degraded: the service goes on, and a failover meanwhile loses the sessions', () => {
    const run = trace('store-degraded', 'store-fails');
    expect(losses(run, 'subscribers')).toEqual([
      [0, 0.5],
      [6, 0],
    ]);
    expect(run.services['subscribers']!.sessionsLost).toBe(5000);
  });

  it('one replica fails over: with "fail" a blip of the service, with "degraded" none', () => {
    const script = [{ at: 0, element: 'database/active' }];
    expect(trace('client-list', script).services['subscribers']!.outageSeconds).toBeCloseTo(0.4, 9);
    expect(trace('store-degraded', script).services['subscribers']!.outageSeconds).toBe(0);
  });

  it('the store is a single point of failure exactly when the service cannot do without it', () => {
    const single = (mode: string): readonly string[] => {
      const set = [
        'elements={disk: {type: store}}',
        'groups.frontend.state.store=disk',
        `groups.frontend.state.storeMode=${mode}`,
      ];
      return spof(readExample('active-active', undefined, set)).services['subscribers']!.single;
    };
    expect(single('fail')).toEqual(['disk']);
    expect(single('degraded')).toEqual([]);
  });

  it('a lint says that a checkpoint with a peer is not active-active (A-17)', () => {
    const warnings = readExample('active-active', 'peer-checkpoint').warnings.map(({ code }) => code);
    expect(warnings).toEqual(['state-without-standby']);
    expect(readExample('active-active').warnings).toEqual([]);
  });
});

/** Two units, λ = 4/y each, clients turn after 1 s, replaced 70 s later. */
const pair = (unitCapacity: number) =>
  scenario({
    flows: {
      flow: {
        id: 'flow',
        title: '',
        source: '',
        remediation: [
          { id: 'turn', by: 'client', duration: fixed(0), needs: [], effects: ['evict'], phase: 'remediation' },
        ],
        recovery: [
          {
            id: 'rebuild',
            by: 'mano',
            duration: fixed(70),
            needs: [],
            effects: ['instantiate', 'available', 'join', 'sync'],
            phase: 'recovery',
          },
        ],
      },
    },
    groups: {
      pair: {
        ...withDetection(group([mode(exponential(YEAR / 4), REPLACEMENT)]), { detectors: [detector(fixed(1))] }),
        scheme: 'active-active',
        sharing: { standbys: 0, required: 0, unitCapacity, load: 1 },
      },
    },
    services: { subscribers: service('pair') },
  });

describe('reference: downtime over the years (S-04)', () => {
  // Two members at 4/y: 0.5 for 1 s each, then what one alone cannot carry for 70 s; double failures are 1e-4 of it.
  it.each([
    ['one carries all', 1, 8 * 0.5],
    ['one carries 60 %', 0.6, 8 * (0.5 + 0.4 * 70)],
  ])('%s', (_, capacity, perYear) => {
    const histories = simulate(pair(capacity), { seed: 's04', years: 200, histories: 40 });
    const { totals } = histories;
    const partial = totals.service(0, 'partialWeighted').reduce((sum, time) => sum + time, 0) / 1e6 / 8000;
    expect(Math.abs(partial / perYear - 1)).toBeLessThan(0.02);
    const exact = analyse({ scenario: pair(capacity), digest: '' }).services['subscribers']!.conditional;
    expectAgreement(scaled(histories.unavailability(), YEAR), exact.dpm!, 0.01);
  });
});
