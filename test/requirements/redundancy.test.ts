import { describe, expect, it } from 'vitest';
import { readDiagram, solveStructure, spof } from '../../src/index.ts';
import { readExample } from '../core/support/files.ts';
import { asked, finished, shortRun, stepNames, trace } from './support.ts';

/** Rows: redundancy, state, failover and the control path, each by its own statement of acceptance. */
describe('acceptance: what high availability consists of', () => {
  it('A-01: detect, isolate, recover follow by themselves; a stage done by hand is downtime under "manual"', async () => {
    const run = trace('active-standby', 'fenced', 'active-fails');
    const { detected, isolated, restored, redundant } = run.marks;
    expect(detected).toBeLessThan(isolated!);
    expect(isolated).toBeLessThan(restored!);
    expect(restored).toBeLessThan(redundant!);
    expect(finished(run).map(({ by }) => by)).not.toContain('operator');
    const { attribution, dpm } = (await shortRun('fm-cycle', 'manual-step', 10)).services['line']!;
    expect(attribution.phase.manual! / dpm.all.value).toBeGreaterThan(0.99);
  });

  it('A-02: six ways to protect state: lockstep loses nothing, a snapshot what is younger than its interval', () => {
    const lost = (variant: string): number =>
      trace('active-standby', variant, 'active-fails').services['voice']!.sessionsLost;
    expect(lost('lockstep')).toBe(0);
    expect(lost('nfv-sync')).toBe(0);
    expect(lost('external')).toBe(0);
    expect(lost('none')).toBe(10_000);
    expect(lost('snapshot')).toBeGreaterThan(0);
    expect(lost('snapshot')).toBeLessThan(10_000);
    expect(trace('load-balanced-ring', 'ring', 'one-fails').services['web']!.sessionsLost).toBe(0);
  });

  it('A-03: a failover inside the guests asks no control function, the replacement does', () => {
    const run = trace('active-standby', 'opaque', 'active-fails');
    expect(asked(run).length).toBeGreaterThan(0);
    expect(Math.min(...asked(run).map(({ t }) => t))).toBeGreaterThanOrEqual(run.marks.restored!);
  });
});

describe('acceptance: active-standby', () => {
  it('A-04: a 2N pair of units with U = 1e-3 has U = 1e-6 (NC-05)', () => {
    const { structure } = readDiagram(
      'format: carriergrade/diagram/1\ndiagram: { parallel: [{ name: a, availability: 99.9 % }, { name: b, availability: 99.9 % }] }\n',
    );
    expect(solveStructure(structure).top.unavailability).toBeCloseTo(1e-6, 15);
  });

  it('A-05: once the external store has failed, failovers lose the sessions they kept before', () => {
    const store = { at: -60, element: 'state-store', until: 3600 };
    const fault = { at: 0, element: 'sbc/active' };
    const before = trace('active-standby', 'external', [fault]).services['voice']!;
    const after = trace('active-standby', 'external', [store, fault]).services['voice']!;
    expect([before.sessionsLost, after.sessionsLost]).toEqual([0, 10_000]);
    expect(trace('active-active', 'store-degraded', 'one-fails').services['subscribers']!.sessionsLost).toBe(0);
    expect(trace('active-active', 'store-degraded', 'store-fails').services['subscribers']!.sessionsLost).toBe(5000);
  });

  it('A-06: detect, failover, replace, replicate; exposed from the failover to the end of the first replication', () => {
    const run = trace('active-standby', 'nfv-sync', 'active-fails');
    const names = stepNames(run);
    const order = ['activate', 'remap', 'spawn', 'sync'].map((step) => names.indexOf(step));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(run.marks.detected).toBeLessThan(finished(run)[0]!.t);
    const sync = finished(run).find(({ step }) => step === 'sync')!;
    expect(run.marks.redundant).toBe(sync.t);
    expect(run.marks.redundant! - run.marks.restored!).toBeCloseTo(100, 9);
  });

  it('A-07: the traditional failover does not notice that the control path is gone for the whole run', () => {
    const [there, gone] = ['active-fails', 'mano-gone'].map((script) => trace('active-standby', 'traditional', script));
    expect(gone!.services).toEqual(there!.services);
    expect(gone!.marks.redundant).toBe(there!.marks.redundant);
  });

  it('A-10: the mapping of the connection point moves with the remap, and traffic is lost until it has', () => {
    const run = trace('active-standby', 'nfv-stateless', 'active-fails');
    const remap = finished(run).find(({ step }) => step === 'remap')!;
    expect(remap.by).toBe('vim');
    const changes = run.steps.filter(({ step, entity }) => step === 'service' && entity === 'voice');
    expect(changes.map(({ t, outcome }) => [t, outcome])).toEqual([
      [0, 'lost 1'],
      [remap.t, 'lost 0'],
    ]);
  });

  it('A-11: a heartbeat notices between (misses − 1) and misses intervals after the fault', async () => {
    expect(trace('active-standby', 'nfv-sync', 'active-fails').marks.detected).toBe(0.3);
    const { groups } = await shortRun('active-standby', 'nfv-sync', 10, 'groups.sbc.detection.coverage=100 %');
    const { value } = groups['sbc']!.marksSeconds.detected!;
    expect(value).toBeGreaterThan(0.2);
    expect(value).toBeLessThan(0.3);
  });

  it('A-12: what the control path watches stays unnoticed while it is down', () => {
    const { marks } = trace('active-standby', 'mano-detected', 'mano-down');
    expect(marks.detected).toBeGreaterThan(120);
  });

  it('A-13: 1.500 s to restore; a remap that takes twice as long is paid at every failover (NC-33)', () => {
    const length = (...set: string[]): number =>
      trace('active-standby', 'nfv-sync', 'active-fails', ...set).services['voice']!.outageSeconds;
    expect(length()).toBe(1.5);
    expect(length('groups.sbc.times.remap=2 s')).toBe(2.5);
    const redundant = (...set: string[]) =>
      trace('active-standby', 'nfv-sync', 'active-fails', ...set).marks.redundant! - length(...set);
    expect(redundant('groups.sbc.times.spawn=120 s')).toBe(redundant() + 60);
  });

  it('A-14: with the link of the copies down before the fault, the failover works and the sessions are lost', () => {
    const run = trace('active-standby', 'nfv-sync', 'replication-down');
    expect(run.marks.restored).toBe(1.5);
    expect(run.services['voice']!.sessionsLost).toBe(10_000);
  });

  it('A-15: the state is checked strictly before the new active asks for the route', () => {
    const run = trace('active-standby', 'nfv-sync', 'active-fails');
    const [check, request, remap] = ['check-consistency', 'request', 'remap'].map(
      (step) => finished(run).find((done) => done.step === step)!,
    );
    expect(check!.t).toBeLessThan(run.steps.find(({ step }) => step === 'request')!.t);
    expect(request!.by).toBe('new active');
    expect(request!.t).toBeLessThan(remap!.t);
    expect(run.marks.restored).toBe(remap!.t);
  });
});

describe('acceptance: the control path and where instances run', () => {
  it('A-08: the worse the control path, the more downtime: all of it in series, what coincides on request', async () => {
    const dpm = async (variant?: string): Promise<number> =>
      (await shortRun('mano-outage', variant, 20)).services['voice']!.dpm.all.value;
    expect(await dpm('poor')).toBeLessThan((await dpm('poor-series')) / 10);
    const { analytic } = await shortRun('mano-outage', 'series', 2);
    expect(analytic.services['voice']!.treatment).toBe('series');
  });

  it('A-09: an anti-affinity that cannot hold is refused; a pair on one node is out with it, on two it fails over', () => {
    expect(() => readExample('active-standby', undefined, ['sites.core.nodes.compute.count=1'])).toThrow(/node/);
    const singles = (variant: string): readonly string[] =>
      spof(readExample('leaf-spine', variant)).services['voice']!.single;
    expect(singles('co-located').includes('core/one')).toBe(true);
    expect(singles('dual-homed').length).toBe(0);
  });
});

describe('acceptance: active-active', () => {
  it('A-16: half is lost until clients have turned, then what one alone cannot carry', () => {
    const lost = trace('active-active', 'small-units', 'one-fails')
      .steps.filter(({ step }) => step === 'service')
      .map(({ outcome }) => outcome);
    expect(lost).toEqual(['lost 0.5', 'lost 0.4', 'lost 0']);
  });

  it('A-17: state kept with a peer is warned of; a store that is down is an outage or a degradation', () => {
    expect(readExample('active-active', 'peer-checkpoint').warnings.map(({ code }) => code)).toContain(
      'state-without-standby',
    );
    const down = (variant: string): number =>
      trace('active-active', variant, 'store-fails').services['subscribers']!.downSeconds;
    expect(down('client-list')).toBeGreaterThan(30);
    expect(down('store-degraded')).toBe(0);
  });

  it('A-18: client list, name server and balancer differ in the time to turn, and none asks the control path', () => {
    const times = ['client-list', 'dns-30', 'lb'].map((variant) => {
      const run = trace('active-active', variant, 'one-fails');
      expect(asked(run).filter(({ t }) => t < run.marks.restored!)).toEqual([]);
      return run.marks.restored;
    });
    expect(new Set(times).size).toBe(3);
    expect(asked(trace('active-active', 'traditional', 'one-fails'))).toEqual([]);
  });

  it('A-19: with the control path gone, every failover succeeds and redundancy is not restored', () => {
    const forever = ['nfvo', 'vnfm', 'vim'].map((element) => ({ at: -60, element, until: 50 * 365 * 86_400 }));
    const run = trace('active-active', 'client-list', [...forever, { at: 0, element: 'frontend/1' }]);
    expect(run.steps.filter(({ step }) => step === 'failover').map(({ outcome }) => outcome)).toEqual(['success']);
    const gone = trace('active-active', 'client-list', 'mano-gone');
    expect(gone.marks.redundant).toBeGreaterThan(86_400);
  });
});

describe('acceptance: load balancing', () => {
  it('A-20: members behind a balancer: k of n in series with it', () => {
    const { services } = spof(readExample('load-balanced-ring', 'lb-single'));
    expect(services['web']!.single).toContain('balancer');
    const { structure } = readDiagram(
      'format: carriergrade/diagram/1\ndiagram: { series: [{ name: lb, availability: 99.9 % }, { atLeast: 2, of: [{ name: a, availability: 99 % }, { name: b, availability: 99 % }, { name: c, availability: 99 % }] }] }\n',
    );
    const farm = 3 * 0.01 ** 2 * 0.99 + 0.01 ** 3;
    expect(solveStructure(structure).top.unavailability).toBeCloseTo(1 - 0.999 * (1 - farm), 14);
  });

  it('A-21: a ring of three loses the share whose copy died, and no other', () => {
    const lost = (script: string): number =>
      trace('load-balanced-ring', 'ring', script).services['members']!.sessionsLost;
    expect(lost('neighbour')).toBe(3000);
    expect(lost('other-neighbour')).toBe(3000);
  });

  it('A-22: its share is lost until the balancer notices, and the holder of the copy carries two', () => {
    const run = trace('load-balanced-ring', 'ring', 'one-fails');
    expect(run.services['members']!.lostShare).toBeCloseTo((1 / 3) * 3, 9);
    const hot = trace('load-balanced-ring', 'hot-spot', 'one-fails');
    const lost = hot.steps.filter(({ step, entity }) => step === 'service' && entity === 'members');
    expect(Number(lost[1]!.outcome.replace('lost ', ''))).toBeCloseTo(2 / 3 - 0.4, 9);
  });

  it('A-23: members that look more slowly than the balancer decide when the service is back', () => {
    expect(trace('load-balanced-ring', 'ring', 'one-fails').marks.restored).toBe(3);
    expect(trace('load-balanced-ring', 'slow-peers', 'one-fails').marks.restored).toBeGreaterThan(3);
  });

  it('A-24: without the control path no total outage, and a third of the capacity is missing until it is back', () => {
    const run = trace('load-balanced-ring', 'ring', 'mano-gone');
    expect(run.services['members']!.downSeconds).toBe(0);
    const spawn = run.steps.find(({ step, outcome }) => step === 'terminate' && outcome === 'started')!;
    // A step that found the control path down asks again every second.
    expect(spawn.t).toBeGreaterThanOrEqual(86_400);
    expect(spawn.t).toBeLessThanOrEqual(86_401);
  });

  it('A-25: one balancer is a single point of failure; a pair costs its remap and needs the control path', () => {
    expect(spof(readExample('load-balanced-ring', 'lb-single')).services['web']!.single).toContain('balancer');
    expect(spof(readExample('load-balanced-ring', 'ring')).services['web']!.single).toEqual([]);
    const run = trace('load-balanced-ring', 'ring', 'lb-fails');
    expect(run.services['web']!.outageSeconds).toBe(1.4);
    expect(asked(run).filter(({ t }) => t < run.marks.restored!).length).toBeGreaterThan(0);
  });
});
