import { describe, expect, it } from 'vitest';
import { inject } from '../../src/index.ts';
import type { Trace } from '../../src/model/result.ts';
import type { Injection } from '../../src/model/scenario.ts';
import { readExample } from './support/files.ts';

/** S-03 and NC-33: scripted faults of `scenarios/active-standby.yaml`, exact to the microsecond. */
function trace(variant: string, script: string | readonly Injection[], set: readonly string[] = []): Trace {
  const read = readExample('active-standby', variant, set);
  return inject(read, typeof script === 'string' ? read.scenario.injections[script]! : script);
}

/** What was completed, in order: [seconds from the fault, step]. */
const done = ({ steps }: Trace): [number, string][] =>
  steps.filter(({ outcome }) => outcome === 'done').map(({ t, step }) => [t, step]);

const failovers = ({ steps }: Trace): string[] =>
  steps.filter(({ step }) => step === 'failover').map(({ outcome }) => outcome);

describe('reference: order of the steps', () => {
  it('FL-01, traditional: detect, check, become active, take the address; 0.500 s', () => {
    const run = trace('traditional', 'active-fails');
    expect(run.marks).toMatchObject({ failed: 0, detected: 0.3, restored: 0.5, redundant: 100.5 });
    expect(done(run)).toEqual([
      [0.4, 'check-consistency'],
      [0.45, 'activate'],
      [0.5, 'take-address'],
      [5.5, 'terminate'],
      [65.5, 'spawn'],
      [70.5, 'configure'],
      [100.5, 'sync'],
      [100.5, 'rejoin'],
    ]);
    expect(run.services['voice']).toEqual({ outageSeconds: 0.5, downSeconds: 0.5, lostShare: 0.5, sessionsLost: 0 });
    expect(run.steps.filter(({ control }) => control)).toEqual([]);
  });

  it('FL-02, NFV stateless: detect, become active, inform the control path, remap; 1.400 s', () => {
    const run = trace('nfv-stateless', 'active-fails');
    expect(run.marks).toMatchObject({ detected: 0.3, restored: 1.4, redundant: 71.4 });
    expect(done(run).slice(0, 3)).toEqual([
      [0.35, 'activate'],
      [0.4, 'request'],
      [1.4, 'remap'],
    ]);
    expect(by(run, 'request')).toBe('standby');
  });

  it('FL-03, NFV synchronised: check before traffic, and the new active asks for the remap; 1.500 s', () => {
    const run = trace('nfv-sync', 'active-fails');
    expect(run.marks).toMatchObject({ detected: 0.3, restored: 1.5, redundant: 101.5 });
    expect(done(run)).toEqual([
      [0.4, 'check-consistency'],
      [0.45, 'activate'],
      [0.5, 'request'],
      [1.5, 'remap'],
      [6.5, 'terminate'],
      [66.5, 'spawn'],
      [71.5, 'configure'],
      [101.5, 'sync'],
      [101.5, 'rejoin'],
    ]);
    expect(by(run, 'request')).toBe('new active');
    expect(run.steps.filter(({ control, outcome }) => control && outcome === 'done').map(({ step }) => step)).toEqual([
      'request',
      'remap',
      'terminate',
      'spawn',
    ]);
    expect(run.services['voice']!.outageSeconds).toBe(1.5);
    expect(failovers(run)).toEqual(['success']);
  });

  it('FL-03m, noticed by the control path: 3 checks of 10 s and a call more', () => {
    const run = trace('mano-detected', 'active-fails');
    expect(run.marks).toMatchObject({ detected: 31, notified: 31.05, restored: 32.25 });
    expect(
      done(run)
        .slice(0, 2)
        .map(([, step]) => step),
    ).toEqual(['tell-standby', 'check-consistency']);
    // Slower than the deadline of 15 s: restored, and yet a failed failover (SEM-25b).
    expect(failovers(run)).toEqual(['deadline']);
  });

  it('opaque: failover as before the cloud, replacement by the control path', () => {
    const run = trace('opaque', 'active-fails');
    expect(run.marks).toMatchObject({ restored: 0.5, redundant: 100.5 });
    expect(run.steps.find(({ step }) => step === 'take-address')!.control).toBe(false);
    expect(run.steps.find(({ step }) => step === 'spawn')!.control).toBe(true);
  });

  it('fenced: isolated before another becomes active, 1 s more', () => {
    const run = trace('fenced', 'active-fails');
    expect(run.marks).toMatchObject({ isolated: 1.4, restored: 2.5 });
    expect(done(run).map(([, step]) => step)).toEqual(expect.arrayContaining(['fence', 'activate']));
    expect(done(run).findIndex(([, step]) => step === 'fence')).toBeLessThan(
      done(run).findIndex(([, step]) => step === 'activate'),
    );
  });
});

const by = ({ steps }: Trace, id: string): string => steps.find(({ step }) => step === id)!.by;

describe('reference: what happens to the sessions (A-02, SEM-07)', () => {
  const voice = (variant: string) => trace(variant, 'active-fails').services['voice']!;

  it.each([
    ['nfv-sync', 1.5, 0],
    ['external', 1.5, 0],
    // Nothing to check: 0.1 s less.
    ['lockstep', 1.4, 0],
  ])('%s keeps them', (variant, outageSeconds, sessionsLost) => {
    expect(voice(variant)).toEqual({
      outageSeconds,
      downSeconds: outageSeconds,
      lostShare: outageSeconds,
      sessionsLost,
    });
  });

  it('none loses all, and their users are out for another 5 s', () => {
    expect(voice('none')).toEqual({ outageSeconds: 6.4, downSeconds: 6.4, lostShare: 6.4, sessionsLost: 10_000 });
  });

  it('snapshot loses the sessions younger than the snapshot', () => {
    // Age uniform on 60 s, sessions of 180 s on average: 1 − (1 − e^(−1/3))/(1/3).
    const lost = 1 - (1 - Math.exp(-60 / 180)) / (60 / 180);
    const { outageSeconds, downSeconds, lostShare, sessionsLost } = voice('snapshot');
    expect([outageSeconds, downSeconds]).toEqual([6.5, 1.5]);
    expect(lostShare).toBeCloseTo(1.5 + 5 * lost, 12);
    expect(sessionsLost).toBeCloseTo(10_000 * lost, 8);
  });

  it('replication down before the fault: the failover works, all sessions are lost, and redundancy waits for the link', () => {
    const run = trace('nfv-sync', 'replication-down');
    expect(run.marks).toMatchObject({ restored: 1.5, redundant: 3630 });
    expect(run.services['voice']).toEqual({
      outageSeconds: 6.5,
      downSeconds: 6.5,
      lostShare: 6.5,
      sessionsLost: 10_000,
    });
    expect(failovers(run)).toEqual(['success']);
    const sync = run.steps.find(({ step, outcome }) => step === 'sync' && outcome === 'started')!;
    expect([sync.t, sync.waited]).toEqual([3600, 3528.5]);
  });

  it('state required and stale: nobody may take over', () => {
    const run = trace('nfv-sync', 'replication-down', ['groups.sbc.state.required=true']);
    // Until the failed member itself has been replaced: 0.3 s detection, 70 s recovery; then the users re-attach.
    expect(run.marks.restored).toBe(70.3);
    expect(failovers(run)).toEqual(['no-healthy-standby']);
  });
});

describe('reference: the control path during a failover (SEM-13, NC-33)', () => {
  it('down from 60 s before until 120 s after the fault, retries every second: 121.500 s', () => {
    const run = trace('nfv-sync', 'mano-down');
    expect(run.marks).toMatchObject({ detected: 0.3, restored: 121.5, redundant: 221.5 });
    const request = run.steps.find(({ step, outcome }) => step === 'request' && outcome === 'started')!;
    expect([request.t, request.waited]).toEqual([120.45, 120]);
    expect(failovers(run)).toEqual(['control-unavailable']);
  });

  it('without retries the step starts at once: 121.050 s', () => {
    const run = trace('nfv-sync', 'mano-down', ['groups.sbc.retry=0 s']);
    expect(run.marks.restored).toBe(121.05);
  });

  it('traditional and opaque failovers do not notice; the replacement of the opaque one waits', () => {
    expect(trace('traditional', 'mano-down').marks).toMatchObject({ restored: 0.5, redundant: 100.5 });
    const opaque = trace('opaque', 'mano-down');
    expect(opaque.marks).toMatchObject({ restored: 0.5, redundant: 220.5 });
    expect(opaque.services['voice']!.outageSeconds).toBe(0.5);
  });

  it('noticed by the control path: blind until it is back', () => {
    const run = trace('mano-detected', 'mano-down');
    expect(run.marks.detected).toBe(151);
    expect(run.marks.restored).toBe(152.25);
  });

  it('gone for good without a manual path: the service is gone as long', () => {
    expect(trace('nfv-sync', 'mano-gone').marks.restored).toBe(30 * 86_400 + 1.5);
  });

  it('gone for good, escalated after 900 s: hands connect the standby after another 900 s', () => {
    const run = trace('nfv-sync', 'mano-gone', ['groups.sbc.manualEscalation=900 s']);
    expect(run.marks.restored).toBe(0.45 + 900 + 900);
    expect(failovers(run)).toEqual(['control-unavailable']);
    expect(run.services['voice']!.outageSeconds).toBe(1800.45);
  });

  it('back before the escalation: no hands, no manual path', () => {
    const run = trace('nfv-sync', 'mano-down', ['groups.sbc.manualEscalation=900 s']);
    expect(run.marks.restored).toBe(121.5);
    expect(run.steps.some(({ step, outcome }) => step === 'restore-by-hand' && outcome === 'started')).toBe(false);
  });

  it('lost while the remap runs: the call is repeated after the return (SEM-16b)', () => {
    const run = trace('nfv-sync', [
      { at: 0, element: 'sbc/active' },
      { at: 1, element: 'vim', until: 10 },
    ]);
    // Remap from 0.5 s, interrupted at 1 s, waits for the grid of 1 s from then on: again at 10 s, or 11 s on the grid.
    const remaps = run.steps.filter(({ step }) => step === 'remap').map(({ t, outcome }) => [t, outcome]);
    expect(remaps).toEqual([
      [0.5, 'started'],
      [1, 'interrupted'],
      [1, 'waiting'],
      [11, 'started'],
      [12, 'done'],
    ]);
  });
});

describe('reference: the second fault strikes the member that took over (SEM-29)', () => {
  it('down until the replacement under way serves, sessions lost, no new failover', () => {
    const run = trace('nfv-sync', 'both-fail');
    const serving = run.steps.filter(({ step }) => step === 'service').map(({ t, outcome }) => [t, outcome]);
    expect(serving).toEqual([
      [0, 'lost 1'],
      [1.5, 'lost 0'],
      [20, 'lost 1'],
      // Terminate from 1.5 s, spawn and configure: there at 71.5 s; 5 s for the users to come back.
      [76.5, 'lost 0'],
    ]);
    expect(run.services['voice']!.sessionsLost).toBe(10_000);
    expect(failovers(run)).toEqual(['success']);
  });
});
