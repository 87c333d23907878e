import { describe, expect, it } from 'vitest';
import { analyse, inject } from '../../src/index.ts';
import type { Injection, Scenario } from '../../src/model/scenario.ts';
import { type ReadScenario, readScenario } from '../../src/scenario/read-scenario.ts';
import { latencies, meanOf } from './support/monitoring.ts';
import { steps } from './support/script.ts';

/** A VNF of guest and app that a VNFM pings in a loop. */
const text = (loop = '', detectors = '[ping]', rate = '1 / year'): string => `
format: carriergrade/scenario/1
control: { functions: { vnfm: { failures: { sw: { rate: 1e-6 / year, restart: 100 s } } } } }
monitoring: { round: { in: vnfm${loop} } }
catalogue:
  detectors:
    ping: { base: tacker-ping, loop: round }
    page: { base: tacker-http-ping, loop: round }
    refused: { base: http-ping-refused, loop: round }
groups:
  vdu:
    scheme: simplex
    instance:
      guest: { kind: guest, failures: { os: { rate: ${rate} } } }
      app: { kind: app, failures: { crash: { rate: 1e-6 / year } } }
    detection: { detectors: ${detectors}, coverage: 100 % }
    times: { terminate: 5 s, spawn: 60 s, configure: 5 s }
services: { s: { uses: [vdu] } }
`;

const read = (written: string, set: readonly string[] = []): ReadScenario => readScenario(written, { set });
const scenarioOf = (written: string, ...set: readonly string[]): Scenario => read(written, set).scenario;
const run = (written: string, ...script: readonly Injection[]) => inject(read(written), script);
const os = (at = 0): Injection => ({ at, element: 'vdu/1/guest', mode: 'os' });
const crash = (at = 0): Injection => ({ at, element: 'vdu/1/app', mode: 'crash' });

describe('reference: serial monitoring loops (SEM-17, NC-19, A-37)', () => {
  it.each([
    ['ping alone', '', '[ping]', 4, 16],
    ['ping with 10 targets', ', others: 9', '[ping]', 4, 34],
    ['ping with 50 targets', ', others: 49', '[ping]', 4, 114],
    ['ping without a pause', ', sleep: 0 s', '[ping]', 4, 6],
    ['http-ping into nothing', '', '[page]', 50, 60],
    ['http-ping refused', '', '[refused]', 0, 10],
  ])('%s: strictly within its bounds, mean in the middle', (_, loop, detectors, low, high) => {
    const scenario = scenarioOf(text(loop, detectors, '3000 / year'));
    const seen = latencies(scenario, 2);
    const { mean, error } = meanOf(seen.filter((each) => each <= high));
    expect(Math.min(...seen)).toBeGreaterThan(low);
    // Faults within 45 s of the start of a replacement wait for the end of the blind window as well.
    expect(seen.filter((each) => each > high).length / seen.length).toBeLessThan(0.02);
    expect(Math.abs(mean - (low + high) / 2)).toBeLessThan(4 * error);
  });

  it('members of groups share the loop that their detectors name', () => {
    const written = text().replace('  vdu:\n', '  vdu:\n    count: 10\n').replace('uses: [vdu]', 'uses: [vdu-1]');
    const [detector] = scenarioOf(written).groups['vdu-3']!.detection.detectors;
    expect(detector!.latency).toEqual({ kind: 'probe', low: 4, high: 34 });
    expect(scenarioOf(written).monitoring!['round']).toEqual({
      in: 'vnfm',
      sleep: 10,
      members: 10,
      others: 0,
      period: 30,
    });
  });

  it('a loop without a pause and without healthy probes has no period', () => {
    const [detector] = scenarioOf(text(', sleep: 0 s', '[page]')).groups['vdu']!.detection.detectors;
    expect(detector!.latency).toEqual({ kind: 'deterministic', value: 50 });
  });

  it('nothing is probed while the function of the loop is down; what struck meanwhile is seen afterwards (SEM-19b)', () => {
    const { marks } = run(text(), { at: -10, element: 'vnfm', until: 300 }, os());
    expect(marks.detected).toBe(300 + 16);
  });

  it('says what is wrong about a loop, and where', () => {
    const problems = (written: string): string[] => {
      try {
        return read(written).warnings.map(({ code }) => code);
      } catch (error) {
        return (error as { problems: { code: string }[] }).problems.map(({ code }) => code);
      }
    };
    expect(problems(text().replace('loop: round }', 'loop: rounds }'))).toContain('dangling-reference');
    expect(problems(text().replace('in: vnfm', 'in: vnfn'))).toContain('dangling-reference');
    expect(problems(text().replace('loop: round }', 'loop: round, sleep: 5 s }'))).toContain('conflicting-keys');
    expect(problems(text().replace('base: tacker-ping', 'base: collectd'))).toContain('wrong-detector');
    expect(problems(text('', '[perfect]'))).toContain('unused-loop');
  });
});

describe('reference: blind windows (A-37, A-46)', () => {
  it.each([
    ['inside the window', 10, 45 + 16],
    ['right before its end', 44, 45 + 16],
    ['after it', 46, 46 + 16],
  ])('first start, a fault %s', (_, at, seen) => {
    const { marks } = run(text(), { at: 0, element: 'vdu/active', start: true }, os(at));
    expect(marks.detected).toBe(seen);
  });

  it('every replacement opens one: a fault 10 s after it is seen when it is over, with its latency', () => {
    // Detected after 16 s, terminated, spawned: the instance starts 81 s after the first fault.
    const { steps: all } = run(text(), os(), os(91));
    expect(steps({ steps: all } as never, 'detected').map(([t]) => t)).toEqual([16, 81 + 45 + 16]);
  });

  it('exponential windows are solved exactly, others are refused by name', () => {
    const memoryless = (delay: string): string => `
format: carriergrade/scenario/1
catalogue: { detectors: { ping: { kind: event, latency: { exponential: 10 s }${delay} } } }
groups:
  vdu:
    scheme: simplex
    state: { stateful: false }
    failures: { os: { rate: 3000 / year } }
    detection: { detectors: [ping], coverage: 100 %, uncovered: { detect: never } }
    times: { terminate: 0 s, spawn: { exponential: 60 s }, configure: 0 s }
services: { s: { uses: [vdu] } }
`;
    const solved = (delay: string) => analyse(read(memoryless(delay))).services['s']!.conditional;
    const without = solved('');
    const blind = solved(', delay: { exponential: 450 s }');
    expect([without.method, without.exact, blind.method, blind.exact]).toEqual(['chain', true, 'chain', true]);
    expect(blind.unavailability!).toBeGreaterThan(without.unavailability! * 1.02);
    expect(solved(', delay: 450 s').refused).toContain('blind window');
  });
});

describe('reference: what a detector covers (A-26, A-29)', () => {
  it('a ping sees the guest and not the app: users report that', () => {
    expect(run(text(), os()).marks.detected).toBe(16);
    expect(run(text(), crash()).marks.detected).toBe(900);
    expect(run(text('', '[page]'), crash()).marks.detected).toBe(60);
  });

  it('says so where nobody covers a layer', () => {
    const codes = (detectors: string): string[] => read(text('', detectors)).warnings.map(({ code }) => code);
    expect(codes('[ping]')).toContain('uncovered-layer');
    expect(codes('[ping, page]')).not.toContain('uncovered-layer');
  });

  it('a second fault that is covered is noticed although the first is not', () => {
    expect(run(text(), crash(), os(100)).marks.detected).toBe(116);
  });
});
