import { describe, expect, it } from 'vitest';
import { analyse, simulate } from '../../src/index.ts';
import { mean } from '../../src/model/law.ts';
import { InputError } from '../../src/model/problem.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { readExample } from '../core/support/files.ts';
import { latencies, meanOf } from '../core/support/monitoring.ts';
import { asked, finished, shortRun, stepNames, trace } from './support.ts';

/** Rows: service function chains, each by its own statement of acceptance (S-08). */
const NAME = 'sfc-vnffg-ha';
const play = (variant: string | undefined, script: string) => trace(NAME, variant, script);
const web = (variant: string | undefined, script: string) => play(variant, script).services['web']!;
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
