import { describe, expect, it } from 'vitest';
import type { Flow } from '../../src/model/flow.ts';
import type { Group, Scenario } from '../../src/model/scenario.ts';
import {
  control,
  detector,
  exponential,
  fixed,
  flow,
  group,
  itself,
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
  uncovered,
  withDetection,
} from './support/build.ts';
import { failovers, losses, play, steps } from './support/script.ts';

/** A second fault in every phase of the first (SEM-29), and what imperfect detection does. Times in seconds. */
const crash = mode(exponential(1e12), REPLACEMENT, { id: 'crash' });
const hang = mode(exponential(1e12), itself(fixed(5)), { id: 'hang' });

/** Noticed after 1 s, activated after 2 s, connected by the control path after 3 s: 6 s. Replaced within 60 + 10 + 30 s. */
const slowFlow: Flow = flow(
  [
    step('activate', fixed(2), {
      effects: ['promote'],
      success: 'switch',
      onFailure: 'manual',
      reason: 'switch-failed',
    }),
    step('connect', fixed(3), { needs: ['mano'], effects: ['connect'], mark: 'restored' }),
  ],
  [
    step('terminate', fixed(0), { effects: ['terminate'], phase: 'recovery' }),
    step('spawn', fixed(60), { needs: ['slot'], effects: ['instantiate'], phase: 'recovery' }),
    step('configure', fixed(10), { effects: ['available'], phase: 'recovery' }),
    step('sync', fixed(30), { needs: ['peer'], effects: ['sync'], mark: 'redundant', phase: 'recovery' }),
  ],
);

const pair: Group = {
  ...withDetection(group([crash, hang]), { detectors: [detector(fixed(1))] }),
  probabilities: { switch: 1 },
  times: { manualRestore: fixed(500), coldStart: fixed(40) },
};

function cloud(g: Group, rest: Partial<Scenario> = {}): Scenario {
  return scenario({
    control: { mano: control([mode(exponential(1e12), itself(fixed(200)))]) },
    flows: { flow: slowFlow },
    groups: { g },
    services: { s: service('g') },
    ...rest,
  });
}

const outages = (g: Group, ...script: Parameters<typeof play>[1][]): [number, number][] =>
  losses(play(cloud(g), ...script), 's');

describe('a second fault strikes the standby', () => {
  it('before the first is detected: no healthy standby, down until a replacement serves', () => {
    const trace = play(cloud(pair), { at: 0, element: 'g/active' }, { at: 0.5, element: 'g/standby' });
    // Both are noticed and replaced; the first to be configured takes over: 1 + 60 + 10.
    expect(losses(trace, 's')).toEqual([
      [0, 1],
      [71, 0],
    ]);
    expect(failovers(trace)).toEqual(['no-healthy-standby']);
  });

  it('while it is being activated: the failover stops and waits, the rebuilt member takes over', () => {
    const trace = play(cloud(pair), { at: 0, element: 'g/active' }, { at: 2, element: 'g/standby' });
    expect(steps(trace, 'activate').map(([t, , , outcome]) => [t, outcome])).toEqual([
      [1, 'started'],
      [2, 'interrupted'],
      [2, 'waiting'],
      [72, 'abandoned'],
    ]);
    // With nobody to wait for, the failed member is replaced from 2 s on.
    expect(losses(trace, 's')).toEqual([
      [0, 1],
      [72, 0],
    ]);
    expect(failovers(trace)).toEqual(['no-healthy-standby']);
  });

  it('after its promotion, and comes back by itself: the failover goes on from the step it was at', () => {
    const trace = play(cloud(pair), { at: 0, element: 'g/active' }, { at: 4, element: 'g/standby', mode: 'hang' });
    expect(steps(trace, 'connect').map(([t, , , outcome]) => [t, outcome])).toEqual([
      [3, 'started'],
      [4, 'interrupted'],
      [4, 'waiting'],
      [9, 'abandoned'],
    ]);
    // Up again at 9 s while nobody serves: it takes over at once (recovery.takeover: immediate).
    expect(losses(trace, 's')).toEqual([
      [0, 1],
      [9, 0],
    ]);
  });

  it('the same where a failover is needed: the last step is repeated', () => {
    const g: Group = { ...pair, recovery: { ...pair.recovery, takeover: 'failover' } };
    const trace = play(cloud(g), { at: 0, element: 'g/active' }, { at: 4, element: 'g/standby', mode: 'hang' });
    expect(steps(trace, 'connect').map(([t, , , outcome]) => [t, outcome])).toEqual([
      [3, 'started'],
      [4, 'interrupted'],
      [4, 'waiting'],
      [9, 'started'],
      [12, 'done'],
    ]);
    expect(losses(trace, 's')).toEqual([
      [0, 1],
      [12, 0],
    ]);
  });
});

describe('a second fault strikes during the exposure', () => {
  it('the active member: down for what remains of the running replacement, which is not started again', () => {
    const trace = play(cloud(pair), { at: 0, element: 'g/active' }, { at: 50, element: 'g/2' });
    expect(losses(trace, 's')).toEqual([
      [0, 1],
      [6, 0],
      [50, 1],
      // Spawned since 6 s, configured at 76 s.
      [76, 0],
    ]);
    expect(
      steps(trace, 'spawn')
        .filter(([, entity]) => entity === 'g/1')
        .map(([t, , , outcome]) => [t, outcome]),
    ).toEqual([
      [6, 'started'],
      [66, 'done'],
    ]);
  });

  it('the active member while the replacement catches up: it serves at once, without the state', () => {
    const g: Group = { ...pair, state: { ...pair.state, stateful: true, protection: 'peer-checkpoint' } };
    const trace = play(cloud(g), { at: 0, element: 'g/active' }, { at: 90, element: 'g/2' });
    // Configured at 76 s, synchronised at 106 s. The state is gone at 90 s; noticed at 91 s, activated and connected.
    expect(losses(trace, 's')).toEqual([
      [0, 1],
      [6, 0],
      [90, 1],
      [96 + 5, 0],
    ]);
    expect(trace.services['s']!.sessionsLost).toBe(1);
  });

  it('the member being built, at configuration: its rebuilding starts again', () => {
    const trace = play(cloud(pair), { at: 0, element: 'g/active' }, { at: 70, element: 'g/1', mode: 'hang' });
    expect(steps(trace, 'spawn', 'configure').map(([t, , name, outcome]) => [t, name, outcome])).toEqual([
      [6, 'spawn', 'started'],
      [66, 'spawn', 'done'],
      [66, 'configure', 'started'],
      [70, 'configure', 'abandoned'],
      [70, 'spawn', 'started'],
      [130, 'spawn', 'done'],
      [130, 'configure', 'started'],
      [140, 'configure', 'done'],
    ]);
    expect(trace.marks.redundant).toBe(170);
    expect(trace.services['s']!.outageSeconds).toBe(6);
  });

  it('the node it is being built on: it starts again on another one', () => {
    const node = mode(exponential(1e12), repair(fixed(3600)));
    const g: Group = { ...pair, placement: placed(['c/n']) };
    const of = cloud(g, {
      repair: { crew: policy() },
      sites: { c: site({ nodes: { n: pool({ count: 4, slots: 1, failures: [node] }) } }) },
    });
    // Members on n-1 and n-2, the replacement of g/1 on n-1 again: its slot was freed, and it comes first.
    const trace = play(of, { at: 0, element: 'g/active' }, { at: 30, element: 'c/n-1' });
    expect(steps(trace, 'spawn').map(([t, , , outcome]) => [t, outcome])).toEqual([
      [6, 'started'],
      [30, 'abandoned'],
      [30, 'started'],
      [90, 'done'],
    ]);
    expect(trace.services['s']!.outageSeconds).toBe(6);
  });

  it('the node of a member that hangs: it is replaced elsewhere, its restart is forgotten', () => {
    const node = mode(exponential(1e12), repair(fixed(3600)));
    const of = cloud(
      { ...pair, placement: placed(['c/n']) },
      {
        repair: { crew: policy() },
        sites: { c: site({ nodes: { n: pool({ count: 4, slots: 1, failures: [node] }) } }) },
      },
    );
    const trace = play(of, { at: 0, element: 'g/standby', mode: 'hang' }, { at: 2, element: 'c/n-2' });
    expect(
      steps(trace, 'repair')
        .filter(([, entity]) => entity === 'g/2')
        .map(([t, , , outcome]) => [t, outcome]),
    ).toEqual([
      [0, 'started'],
      [2, 'abandoned'],
    ]);
    // Noticed at 1 s; lost at 2 s, rebuilt within 100 s.
    expect(steps(trace, 'spawn').map(([t, , , outcome]) => [t, outcome])).toEqual([
      [2, 'started'],
      [62, 'done'],
    ]);
    expect(trace.marks.redundant).toBe(102);
  });

  it('a replacement under way does not survive its node in two layers either', () => {
    const layers = [
      { id: 'guest', kind: 'guest' as const, failures: [] },
      { id: 'app', kind: 'app' as const, failures: [crash] },
    ];
    const node = mode(exponential(1e12), repair(fixed(3600)));
    const of = cloud(
      { ...pair, instance: layers, placement: placed(['c/n']) },
      {
        repair: { crew: policy() },
        sites: { c: site({ nodes: { n: pool({ count: 4, slots: 1, failures: [node] }) } }) },
      },
    );
    const trace = play(of, { at: 0, element: 'g/active' }, { at: 30, element: 'c/n-1' });
    expect(steps(trace, 'spawn').map(([t, , , outcome]) => [t, outcome])).toEqual([
      [6, 'started'],
      [30, 'abandoned'],
      [30, 'started'],
      [90, 'done'],
    ]);
    expect(trace.marks.redundant).toBe(130);
  });
});

describe('a second fault strikes the control path', () => {
  it('while it connects: the call is repeated after its return', () => {
    expect(outages(pair, { at: 0, element: 'g/active' }, { at: 5, element: 'mano' })).toEqual([
      [0, 1],
      // Down from 5 s to 205 s, then 3 s for the call.
      [208, 0],
    ]);
  });

  it('waiting too long opens the manual path beside it, and the first to succeed wins', () => {
    const g = (manualEscalation: number): Group => ({ ...pair, manualEscalation });
    // Waits from 5 s on; hands need 500 s.
    expect(outages(g(100), { at: 0, element: 'g/active' }, { at: 5, element: 'mano', until: 1e4 })).toEqual([
      [0, 1],
      [605, 0],
    ]);
    expect(outages(g(100), { at: 0, element: 'g/active' }, { at: 5, element: 'mano', until: 400 })).toEqual([
      [0, 1],
      [403, 0],
    ]);
    expect(outages(g(1000), { at: 0, element: 'g/active' }, { at: 5, element: 'mano', until: 1e4 })).toEqual([
      [0, 1],
      [1505, 0],
    ]);
  });

  it('without a standby hands rebuild the failed instance', () => {
    const g: Group = {
      ...group([crash], { members: 1 }),
      times: { manualRestore: fixed(500) },
      flow: 'single',
      manualEscalation: 100,
    };
    const single = flow(
      [],
      [step('spawn', fixed(60), { needs: ['mano'], effects: ['instantiate', 'available', 'sync'] })],
    );
    const of = cloud(g, { flows: { single } });
    const trace = play(of, { at: 0, element: 'g/1' }, { at: 0, element: 'mano', until: 1e4 });
    expect(losses(trace, 's')).toEqual([
      [0, 1],
      [600, 0],
    ]);
  });
});

describe('imperfect switching', () => {
  it('a failed switch ends in hands: τ so far, then the manual restoration', () => {
    const trace = play(cloud({ ...pair, probabilities: { switch: 0.4 } }), { at: 0, element: 'g/active' });
    expect(losses(trace, 's')).toEqual([
      [0, 1],
      [3 + 500, 0],
    ]);
    expect(failovers(trace)).toEqual(['switch-failed']);
  });

  it('slower than the deadline: served again, and yet not a success', () => {
    const late = play(cloud({ ...pair, failoverDeadline: 5.999999 }), { at: 0, element: 'g/active' });
    expect(failovers(late)).toEqual(['deadline']);
    const justInTime = play(cloud({ ...pair, failoverDeadline: 6 }), { at: 0, element: 'g/active' });
    expect(failovers(justInTime)).toEqual(['success']);
  });

  it('a restart that wins the race: the traffic never moved, no failover counts, the standby steps back', () => {
    const trace = play(cloud(pair), { at: 0, element: 'g/active', mode: 'hang' });
    expect(steps(trace, 'activate', 'connect').map(([t, , name, outcome]) => [t, name, outcome])).toEqual([
      [1, 'activate', 'started'],
      [3, 'activate', 'done'],
      [3, 'connect', 'started'],
      [5, 'connect', 'abandoned'],
    ]);
    expect(losses(trace, 's')).toEqual([
      [0, 1],
      [5, 0],
    ]);
    expect(failovers(trace)).toEqual([]);
  });

  it('a cold standby starts before it serves, instead of being activated', () => {
    const trace = play(cloud({ ...pair, standby: { kind: 'cold', rateFactor: 1 } }), { at: 0, element: 'g/active' });
    expect(losses(trace, 's')).toEqual([
      [0, 1],
      [1 + 40 + 3, 0],
    ]);
  });
});

describe('imperfect detection (SEM-19, 19b, 19d)', () => {
  const rarely: Group = withDetection(pair, { coverage: 0.4, uncovered: uncovered(fixed(900), 'manual') });

  it('an uncovered fault waits for users, then for hands; it is no attempt', () => {
    const trace = play(cloud(rarely), { at: 0, element: 'g/active' });
    expect(losses(trace, 's')).toEqual([
      [0, 1],
      [1400, 0],
    ]);
    expect(failovers(trace)).toEqual([]);
    expect(trace.marks.detected).toBe(900);
  });

  it('or for the flow, if that is what a report starts', () => {
    const g = withDetection(rarely, { uncovered: uncovered(fixed(900), 'flow') });
    const trace = play(cloud(g), { at: 0, element: 'g/active' });
    expect(losses(trace, 's')).toEqual([
      [0, 1],
      [905, 0],
    ]);
    expect(failovers(trace)).toEqual([]);
  });

  it('a detector that needs the control path is blind without it, and looks again when it is back', () => {
    const g = withDetection(pair, { detectors: [detector(fixed(1), ['mano'])] });
    const trace = play(cloud(g), { at: -10, element: 'mano', until: 100 }, { at: 0, element: 'g/active' });
    expect(trace.marks.detected).toBe(101);
    expect(trace.marks.restored).toBe(106);
  });

  it('users report what blind detectors miss for too long', () => {
    const g = withDetection(pair, {
      detectors: [detector(fixed(1), ['mano'])],
      uncovered: uncovered(fixed(50), 'manual'),
    });
    const trace = play(cloud(g), { at: -10, element: 'mano', until: 100 }, { at: 0, element: 'g/active' });
    expect(trace.marks.detected).toBe(50);
    expect(trace.marks.restored).toBe(550);
  });

  const latent: Group = withDetection(pair, { standby: { coverage: 0.4, audit: fixed(7200) } });

  it('a latent standby is found by the audit', () => {
    const trace = play(cloud(latent), { at: 0, element: 'g/standby' });
    expect(trace.marks).toMatchObject({ detected: 7200, redundant: 7300 });
    expect(trace.services['s']!.outageSeconds).toBe(0);
  });

  it('or by the failover that would have needed it', () => {
    const trace = play(cloud(latent), { at: -1000, element: 'g/standby' }, { at: 0, element: 'g/active' });
    expect(failovers(trace)).toEqual(['standby-latent']);
    expect(steps(trace, 'detected')).toEqual([
      [1, 'g/1', 'detected', 'mark'],
      [1, 'g/2', 'detected', 'mark'],
    ]);
    expect(losses(trace, 's')).toEqual([
      [0, 1],
      [71, 0],
    ]);
  });

  it('unless failovers reveal nothing: its audit goes on', () => {
    const g = withDetection(latent, { standby: { ...latent.detection.standby, revealedByFailover: false } });
    const trace = play(cloud(g), { at: -1000, element: 'g/standby' }, { at: 0, element: 'g/active' });
    expect(failovers(trace)).toEqual(['standby-latent']);
    expect(steps(trace, 'detected')).toEqual([
      [1, 'g/1', 'detected', 'mark'],
      [6200, 'g/2', 'detected', 'mark'],
    ]);
  });

  it('without any detector the audit finds what a detector could have covered', () => {
    const g = withDetection(pair, { detectors: [], standby: { coverage: 1, audit: fixed(7200) } });
    expect(play(cloud(g), { at: 0, element: 'g/standby' }).marks).toMatchObject({ detected: 7200, redundant: 7300 });
  });

  it('while exposed a group may be under attention: the next fault is noticed at once', () => {
    const g = withDetection(pair, { whileExposed: 'immediate' });
    const trace = play(cloud(g), { at: 0, element: 'g/standby' }, { at: 20, element: 'g/active' });
    expect(steps(trace, 'detected')).toEqual([
      [1, 'g/2', 'detected', 'mark'],
      [20, 'g/1', 'detected', 'mark'],
    ]);
  });
});
