import { describe, expect, it } from 'vitest';
import { analyse, simulate } from '../../src/index.ts';
import { mean } from '../../src/model/law.ts';
import { InputError } from '../../src/model/problem.ts';
import type { Injection } from '../../src/model/scenario.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { readExample } from '../core/support/files.ts';
import { latencies, meanOf } from '../core/support/monitoring.ts';
import { asked, finished, shortRun, stepNames, trace } from './support.ts';

/** Rows: service function chains, each by its own statement of acceptance (S-08). */
const NAME = 'sfc-vnffg-ha';
const play = (variant: string | undefined, script: string | readonly Injection[]) => trace(NAME, variant, script);
const web = (variant: string | undefined, script: string | readonly Injection[]) =>
  play(variant, script).services['web']!;
const YEAR = 31_536_000;
/** Scripted probes answer as late as they can, 5 s after their mean. */
const LATE = 5;
const chainSteps = ['pp-delete', 'pp-create', 'ppg-update'];
const updates = (variant: string | undefined, script: string): string[] =>
  stepNames(play(variant, script)).filter((step) => chainSteps.includes(step) || step === 'detach');

describe('acceptance: the chain and its hops', () => {
  it('A-55, A-62: an instance that is there again does not serve before the chain leads to it', () => {
    const run = play('no-notify', 'inspection-fails');
    expect(finished(run).map(({ step }) => step)).toContain('add-to-monitor');
    expect(stepNames(run).filter((step) => chainSteps.includes(step))).toEqual([]);
    expect(run.marks.restored).toBeNull();
    expect(run.services['web']!.downSeconds).toBe(YEAR);
    const codes = readExample(NAME, 'no-notify').warnings.map(({ code }) => code);
    expect(codes).toEqual(['stale-chain']);
    expect(readExample(NAME).warnings).toEqual([]);
  });

  it('A-55: single-pair hop: 128.5 s on average = 55 s detection + 70 s respawn + 3 calls + 0.5 s of flows', async () => {
    expect(web(undefined, 'inspection-fails').downSeconds).toBe(128.5 + LATE);
    const { analytic } = await shortRun(NAME, undefined, 4);
    const term = (name: string) => analytic.services['web']!.terms!.find((each) => each.name === name)!.dpm;
    expect(term('inspection: detection and recovery') / 4).toBeCloseTo(128.5, 9);
    expect(term('firewall: share of dead members') / 4).toBeCloseTo(2 * 64.25, 4);
  });

  it('S-08 reference: simulated downtime is that of 128.5 s of each fault, weighted by its share', async () => {
    const { services } = await simulate(readExample(NAME), { histories: 60, precision: 1e-3 });
    // Two hops of two pairs and one of one pair, 4 faults of each pair a year; 1e-5 of them fall together.
    const expected = 4 * 128.5 * (2 * 0.5 * 2 + 1);
    const { value, lo, hi } = services['web']!.dpm.all;
    const error = (hi - lo) / 2 / 1.96;
    expect(Math.abs(value - expected)).toBeLessThan(4 * error);
    expect(error / expected).toBeLessThan(0.01);
  });

  it('A-56: the chain is a series of parallel groups, each with its own part of the downtime', () => {
    const { conditional } = analyse(readExample(NAME)).services['web']!;
    expect([...conditional.dominates!].sort()).toEqual(['firewall', 'inspection', 'proxy']);
    expect(conditional.exact).toBe(false);
    expect(conditional.refused).toContain('not exact');
  });

  it('A-57: a dead pair takes its share with it until the group is updated: f = 1, f = 0.5', () => {
    expect(web(undefined, 'inspection-fails')).toMatchObject({ downSeconds: 133.5, lostShare: 133.5 });
    expect(web(undefined, 'firewall-fails')).toMatchObject({
      outageSeconds: 128.5 + LATE,
      downSeconds: 0,
      lostShare: (128.5 + LATE) / 2,
    });
    // 55 + 1 + 0.5 = 56.5 s on average, 28.25 s weighted; the pair rejoins after the respawn.
    expect(web('detach', 'firewall-fails')).toMatchObject({ outageSeconds: 56.5 + LATE, lostShare: (56.5 + LATE) / 2 });
    // Nobody is left in the group of one pair.
    expect(web('detach', 'inspection-fails').downSeconds).toBe(128.5 + LATE);
  });

  it('A-58: 40 % of the traffic enters the chain: everything is lost by 0.4, in the run and by the formula', () => {
    expect(web('tenant', 'inspection-fails').lostShare).toBeCloseTo(0.4 * 133.5, 9);
    expect(web('tenant', 'firewall-fails').lostShare).toBeCloseTo(0.4 * 66.75, 9);
    const dpm = (variant?: string) => analyse(readExample(NAME, variant)).services['web']!.conditional.dpm!;
    expect(dpm('tenant') / dpm()).toBeCloseTo(0.4, 4);
  });

  it('A-59: the update is done, the agent on one node is away: traffic is lost until it is back and has installed it', () => {
    const run = play(undefined, 'agent-down');
    const at = (step: string) => finished(run).find((each) => each.step === step)!.t;
    expect(at('ppg-update')).toBe(133);
    expect(at('install-flows')).toBe(600 + 1.5);
    expect(run.services['web']!.downSeconds).toBe(601.5);
  });

  it('A-60: sticky sessions meet the same members in every hop: two dead pairs lose the larger share, not both', () => {
    const script = [
      { at: 0, element: 'firewall/1' },
      { at: 0, element: 'proxy/1' },
    ];
    const lost = (variant?: string) => trace(NAME, variant, script).services['web']!.lostShare;
    // The loop finds both in one round.
    expect(lost() / lost('sticky')).toBeCloseTo(0.75 / 0.5, 1);
  });

  it('A-60: what comes back over other members loses a second time: 1 − (1/2)² of the traffic while one of two is dead', () => {
    expect(web('asymmetric', 'firewall-fails').lostShare).toBeCloseTo(0.75 * 133.5, 9);
    expect(web('asymmetric', 'inspection-fails').lostShare).toBeCloseTo(133.5, 9);
    const { conditional } = analyse(readExample(NAME, 'asymmetric')).services['web']!;
    expect(conditional.unavailability).toBeUndefined();
    expect(conditional.refused).toContain('each way loses by itself');
  });
});

describe('acceptance: path updates', () => {
  it('A-66: the printed order, and the new port first', () => {
    expect(updates('printed-order', 'firewall-fails')).toEqual(['pp-delete', 'pp-create', 'ppg-update']);
    expect(updates('make-before-break', 'firewall-fails')).toEqual(['pp-create', 'ppg-update', 'pp-delete']);
    expect(web('make-before-break', 'inspection-fails').downSeconds).toBe(127.5 + LATE);
  });

  it('A-66: a controller that refuses to delete a pair in use stops the printed order at its first call (DX-16)', () => {
    const run = play('in-use-enforced', 'firewall-fails');
    expect(run.steps.find(({ step, outcome }) => step === 'pp-delete' && outcome === 'failed')).toBeDefined();
    expect(stepNames(run)).toContain('port-pair-in-use');
    expect(run.marks.restored).toBeNull();
    expect(web('in-use-other-order', 'firewall-fails').outageSeconds).toBe(127.5 + LATE);
    // A pair that has left its group already can be deleted.
    const set = ['portChains.chain.detachOnFailure=true'];
    const detached = trace(NAME, 'in-use-enforced', 'firewall-fails', ...set);
    expect(detached.marks.restored).toBe(61.5);
    expect(detached.marks.redundant).toBe(135);
  });

  it('A-62: every call asks the NFVO and waits for it', () => {
    const calls = asked(play(undefined, 'inspection-fails')).map(({ step }) => step);
    for (const step of ['notify', ...chainSteps]) expect(calls).toContain(step);
  });

  it('what never comes back has no long run: the exact side refuses and says why', () => {
    for (const variant of ['no-notify', 'in-use-enforced']) {
      const { conditional } = analyse(readExample(NAME, variant)).services['web']!;
      expect(conditional.unavailability).toBeUndefined();
      expect(conditional.refused).toContain('for ever');
    }
  });
});

describe('acceptance: scaling events of a hop', () => {
  const OUT = 'scale-out';
  const IN = 'scale-in';
  const at = (run: ReturnType<typeof play>): readonly (readonly [string, number])[] =>
    finished(run)
      .filter(({ flow }) => flow !== '')
      .map(({ step, t }) => [step, t] as const);

  it('A-63: scale-out: the member is created, then pp-create and ppg-update, 1 s each, and 0.5 s of flows', () => {
    const run = play(undefined, OUT);
    expect(at(run).filter(([step]) => step !== 'rejoin')).toEqual([
      ['spawn', 60],
      ['configure', 65],
      ['add-to-monitor', 65],
      ['notify', 65],
      ['pp-create', 66],
      ['ppg-update', 67],
      ['install-flows', 67.5],
      ['in-path', 67.5],
    ]);
    expect(run.services['web']).toMatchObject({ outageSeconds: 0, lostShare: 0, sessionsLost: 0 });
    expect(run.mode).toBe('scaleOut');
  });

  it('A-63: the new member carries its share of the traffic: a fault of it loses a third', () => {
    const script = [
      { at: 0, operation: 'scaleOut', element: 'firewall' },
      { at: 1000, element: 'firewall/3' },
    ] as const;
    const { outageSeconds, lostShare } = web(undefined, [...script]);
    expect(outageSeconds).toBe(128.5 + LATE);
    expect(lostShare).toBeCloseTo((128.5 + LATE) / 3, 9);
    // Not before the flows lead to it.
    const early = web(undefined, [script[0], { at: 66.5, element: 'firewall/3' }]);
    expect(early.lostShare).toBe(0);
  });

  it('A-64: scale-in: ppg-update first, then pp-delete, then the member; drained, so that nothing is lost', () => {
    const run = play(undefined, IN);
    expect(at(run)).toEqual([
      ['notify', 0],
      ['ppg-update', 1],
      ['install-flows', 1.5],
      ['pp-delete', 2.5],
      ['delete-member', 7.5],
    ]);
    expect(run.services['web']).toMatchObject({ outageSeconds: 0, lostShare: 0, sessionsLost: 0 });
    // The member that is left carries all of the traffic.
    const then = [
      { at: 0, operation: 'scaleIn', element: 'proxy' },
      { at: 1000, element: 'proxy/1' },
    ] as const;
    expect(web(undefined, [...then]).downSeconds).toBe(128.5 + LATE);
    // A proxy that fails half-way through its deletion is not missed.
    expect(web(undefined, [then[0], { at: 2, element: 'proxy/2' }]).lostShare).toBe(0);
  });

  it('A-60: 2 to 3 members move a third of the sessions, m to m + 1 the share 1 − m/(m + 1), sticky ones none', () => {
    const run = play(undefined, OUT);
    expect(run.services['web']!.sessionsMoved).toBeCloseTo(1 / 3, 12);
    const moved = run.steps.find(({ step }) => step === 'sessions-moved')!;
    expect(moved).toMatchObject({ t: 67.5, entity: 'firewall', outcome: '0.333333333333' });
    const sticky = play('sticky', OUT);
    expect(sticky.services['web']!.sessionsMoved).toBe(0);
    expect(stepNames(sticky)).toEqual(stepNames(run));
    expect(sticky.steps.map(({ step }) => step)).not.toContain('sessions-moved');
    for (const m of [2, 3, 5]) {
      const set = [`groups.firewall.members=${m}`, 'sites.core.nodes.compute.count=6'];
      const one = trace(NAME, undefined, [{ at: 0, operation: 'scaleOut', element: 'firewall' }], ...set);
      expect(one.services['web']!.sessionsMoved).toBeCloseTo(1 - m / (m + 1), 12);
    }
    // Sessions stay with a member as long as it exists: those of one that goes have to move, half of them at 2 to 1.
    for (const variant of [undefined, 'sticky']) expect(play(variant, IN).services['web']!.sessionsMoved).toBe(0.5);
    expect(play('tenant', OUT).services['web']!.sessionsMoved).toBeCloseTo(0.4 / 3, 12);
    expect(play(undefined, 'firewall-fails').services['web']!.sessionsMoved).toBeUndefined();
  });

  it('A-60: where members keep state of their own, what moves is lost with it', () => {
    const set = ['groups.firewall.state={ stateful: true, protection: none, reattach: 10 s }'];
    const script = [{ at: 0, operation: 'scaleOut', element: 'firewall' }] as const;
    const lost = (variant: string | undefined) => trace(NAME, variant, script, ...set).services['web']!;
    expect(lost(undefined).sessionsLost).toBeCloseTo(1 / 3, 12);
    expect(lost(undefined).lostShare).toBeCloseTo(10 / 3, 9);
    // Of the tenant's traffic, 40 % enter the chain.
    expect(lost('tenant').sessionsLost).toBeCloseTo(0.4 / 3, 12);
    const sticky = trace(NAME, 'sticky', script, ...set);
    expect(sticky.steps.map(({ step }) => step)).not.toContain('sessions-lost');
    expect(sticky.services['web']!.lostShare).toBe(0);
  });

  it('A-58, SEM-07: of the sessions a hop loses, those of the classified traffic count, in every history', async () => {
    const set = ['groups.firewall.state={ stateful: true, protection: none, reattach: 10 s }'];
    const lost = async (variant?: string): Promise<number> => {
      const result = await simulate(readExample(NAME, variant, set), { years: 5, histories: 4, method: 'histories' });
      return result.services['web']!.sessionsLostPerYear.value;
    };
    const all = await lost();
    expect(all).toBeGreaterThan(1);
    expect(await lost('tenant')).toBeCloseTo(0.4 * all, 9);
  });

  it('A-59, A-63: an agent that is away keeps the old flows: the new member carries nothing until it is back', () => {
    const run = play(undefined, [
      { at: -60, element: 'ovs-agent-2', until: 600 },
      { at: 0, operation: 'scaleOut', element: 'firewall' },
    ]);
    // It is asked every 2 s (SEM-13).
    expect(at(run).find(([step]) => step === 'install-flows')).toEqual(['install-flows', 601.5]);
    expect(run.services['web']!.lostShare).toBe(0);
  });

  it('refuses what cannot be scaled, and keeps one pair', () => {
    const scale = (operation: 'scaleOut' | 'scaleIn', element: string, variant?: string) =>
      play(variant, [{ at: 0, operation, element }]);
    expect(() => scale('scaleOut', 'inspection')).toThrow('no hop of a port chain that can be scaled');
    expect(() => scale('scaleIn', 'ovs-agent')).toThrow('no hop of a port chain that can be scaled');
    expect(() => scale('scaleOut', 'firewall', 'no-notify')).toThrow('no hop of a port chain that can be scaled');
    const twice = [
      { at: 0, operation: 'scaleIn', element: 'proxy' },
      { at: 1, operation: 'scaleIn', element: 'proxy' },
    ] as const;
    expect(() => play(undefined, [...twice])).toThrow('no member to spare');
  });
});

describe('acceptance: what notices', () => {
  const lawOf = (variant?: string) =>
    readExample(NAME, variant).scenario.groups['inspection']!.detection.detectors[0]!.latency;

  it.each([
    ['blackhole', undefined, 50, 60],
    ['refused', 'refused', 0, 10],
  ] as const)('A-67: http_ping, %s: within its bounds, mean in the middle (NC-19)', (_, variant, low, high) => {
    expect(mean(lawOf(variant))).toBeCloseTo((low + high) / 2, 9);
    const { scenario } = readExample(NAME, variant, ['groups.inspection.failures.crash.rate=100 / year']);
    const seen = latencies(scenario, 40).filter((each) => each <= high);
    expect(Math.min(...seen)).toBeGreaterThan(low);
    const { mean: average, error } = meanOf(seen);
    expect(Math.abs(average - (low + high) / 2)).toBeLessThan(4 * error);
  });

  it('A-65: load of 20 to 100 %: after 225 s of a sliding window, at the end of a tumbling one', () => {
    expect(play('alarm-sliding', 'inspection-fails').marks.detected).toBe(225);
    expect(mean(lawOf('alarm-tumbling'))).toBeGreaterThan(225);
    expect(web('alarm-sliding', 'inspection-fails').downSeconds).toBe(225 + 73.5);
  });

  it('A-65: respawn of a VNF that is loaded and lives is an outage of its own: 10 % become everything', () => {
    const run = play('alarm-respawn', 'inspection-loaded');
    expect(run.marks.detected).toBe(225);
    expect(run.services['web']).toMatchObject({ outageSeconds: 225 + 73.5, downSeconds: 73.5 });
    expect(run.services['web']!.lostShare).toBeCloseTo(0.1 * 225 + 73.5, 9);
    expect(stepNames(run).filter((step) => chainSteps.includes(step))).toEqual(chainSteps);
  });

  it('A-68: the new instance is not watched before its monitoring delay is over', () => {
    const run = play(undefined, 'fails-again');
    const detected = run.steps.filter(({ step }) => step === 'detected').map(({ t }) => t);
    // Created at 125 s, blind for 45 s; its fault at 140 s is seen 60 s after the window.
    expect(detected).toEqual([60, 125 + 45 + 60]);
    expect(stepNames(run).slice(0, 4)).toEqual(['terminate', 'spawn', 'configure', 'add-to-monitor']);
  });
});

describe('port chains in files', () => {
  const file = (chain: string, group = '{ scheme: simplex, failures: { f: { rate: 1 / year } } }'): string =>
    `format: carriergrade/scenario/1\ngroups: { fw: ${group} }\nportChains: { c: ${chain} }\nservices: { s: { uses: [c] } }\n`;
  const codes = (text: string): string[] => {
    try {
      return readScenario(text, {}).warnings.map(({ code }) => code);
    } catch (error) {
      if (error instanceof InputError) return error.problems.map(({ code }) => code);
      throw error;
    }
  };

  it('says what is wrong, and where', () => {
    expect(codes(file('{ hops: [fw] }'))).toContain('port-pair-in-use');
    expect(codes(file('{ hops: [fw], order: make-before-break }'))).not.toContain('port-pair-in-use');
    expect(codes(file('{ hops: [wf] }'))).toContain('dangling-reference');
    expect(codes(file('{ hops: [fw, fw] }'))).toContain('duplicate-name');
    expect(codes(file('{ hops: [fw], agents: [nobody] }'))).toContain('dangling-reference');
    expect(codes(file('{ hops: [fw], classifiers: { a: 60 %, b: 60 % } }'))).toContain('out-of-range');
    expect(codes(file('{ hops: [fw] }', '{ failures: { f: { rate: 1 / year } } }'))).toContain('wrong-flow');
    expect(codes(file('{ hops: [fw] }').replace('uses: [c]', 'uses: [fw]'))).toContain('unused-chain');
  });
});
