import { describe, expect, it } from 'vitest';
import { analyse, inject, loadScenario, measureFaultPaths, simulate } from '../../src/index.ts';
import { delivery } from '../../src/model/notification.ts';
import type { Trace } from '../../src/model/result.ts';
import { readExample } from './support/files.ts';

/** Reference: S-09 and its rows, B-02, B-03, B-06, B-93 to B-103; NC-34 and NC-35. Exact to the microsecond. */
type Row = Readonly<Record<string, unknown>>;

function paths(variant?: string, set: readonly string[] = []): Readonly<Record<string, Row>> {
  const { columns, rows } = measureFaultPaths(readExample('fast-fault-framework', variant, set));
  return Object.fromEntries(
    rows.map((row) => [row[0] as string, Object.fromEntries(columns.map(({ name }, i) => [name, row[i]]))]),
  );
}

const base = paths();
const times = (row: Row): unknown[] => ['T_DET', 'T_NOT', 'T_REM', 'Total'].map((name) => row[name]);
const verdicts = (row: Row): unknown[] => ['50 ms', '100 ms', '1 s', '15 s'].map((name) => row[name]);

function script(name: string, variant?: string): Trace {
  const read = readExample('fast-fault-framework', variant);
  return inject(read, read.scenario.injections[name]!);
}

describe('reference: faults and paths side by side (S-09)', () => {
  it.each([
    // B-94: interface, virtual switch, kernel, guest; B-95: the fabric. 64 recipients: 50 µs + 64 · 10 µs.
    ['nic-local', [0.007, 0, 0.02, 0.027], 'pass pass pass pass'],
    ['ovs-local', [0.04, 0, 0.02, 0.06], 'fail pass pass pass'],
    ['kernel-local', [0.007, 0, 0.02, 0.027], 'pass pass pass pass'],
    ['guest-local', [2, 0, 0.02, 2.02], 'fail fail fail pass'],
    ['leaf-local', [0.035, 0, 0.02, 0.055], 'fail pass pass pass'],
    ['nic-direct', [0.007, 0.00069, 0.02, 0.02769], 'pass pass pass pass'],
    ['nic-doctor', [0.007, 0.35, 0.02, 0.377], 'fail fail pass pass'],
    ['nic-hierarchical', [0.007, 0.20069, 0.02, 0.22769], 'fail fail pass pass'],
    ['nic-escalating', [0.007, 0.05069, 0.02, 0.07769], 'fail pass pass pass'],
    // B-99: polled once in 10 s.
    ['nic-collectd', [10, 0.35, 0.02, 10.37], 'fail fail fail pass'],
    // A-31, B-103: minutes.
    ['kernel-nagios', [420, 0, 0.02, 420.02], 'fail fail fail fail'],
    ['kernel-zabbix', [330, 0, 0.02, 330.02], 'fail fail fail fail'],
    ['app-zabbix', [3.5, 0, 0.02, 3.52], 'fail fail fail pass'],
    ['guest-ceilometer', [600, 0, 0.02, 600.02], 'fail fail fail fail'],
  ])('%s', (group, expected, verdict) => {
    expect(times(base[group]!)).toEqual(expected);
    expect(verdicts(base[group]!).join(' ')).toBe(verdict);
  });

  it('B-93: the real-time path of an interface: 7 ms, at most 1 ms, at most 40 ms, below 50 ms', () => {
    const [detection, notification, remediation, total] = times(base['nic-direct']!) as number[];
    expect(detection).toBe(0.007);
    expect(notification).toBeLessThanOrEqual(0.001);
    expect(remediation).toBeLessThanOrEqual(0.04);
    expect(total).toBeLessThan(0.05);
  });

  it('A-32: Ceilometer sees no application; users report the crash after 900 s', () => {
    expect(base['app-ceilometer']!['T_DET']).toBe(900);
  });

  it('A-27: Doctor, hop by hop in this order: 0.35 s after the detection, below 1 s, above 50 ms', () => {
    const trace = script('nic-doctor');
    const hops = trace.steps.filter(({ step, outcome }) => step.startsWith('hop-') && outcome === 'done');
    expect(hops.map(({ step, t }) => [step, t])).toEqual([
      ['hop-1-monitor', 0.017],
      ['hop-2-inspector', 0.177],
      ['hop-3-controller', 0.227],
      ['hop-4-notifier', 0.337],
      ['hop-5-consumer', 0.357],
    ]);
    expect(trace.marks.notified! - trace.marks.detected!).toBeCloseTo(0.35, 9);
  });

  it('B-03: the agent acts by itself: no hop, no call', () => {
    const { steps } = script('nic-local');
    const before = steps.filter(({ t, outcome }) => t <= 0.027 && outcome === 'done');
    expect(before.map(({ step }) => step)).toEqual(['act-locally']);
    expect(before.every(({ control }) => !control)).toBe(true);
  });

  it('B-100: without its agent the events of a node are lost, and what polls detects instead', () => {
    expect(script('agent-dead').marks).toMatchObject({ detected: 10, restored: 10.02069 });
  });

  it('B-102: one path of the bus is enough; without both the message waits', () => {
    expect(script('bus-path-lost').marks.restored).toBe(0.02769);
    // Back after 10 s; tried again every second since 7 ms.
    expect(script('bus-lost').marks.notified).toBe(10.00769);
  });

  it('B-101: recipients by scope: the first answers; a dead one is passed over after a second', () => {
    const told = (trace: Trace): string[] =>
      trace.steps.filter(({ step, outcome }) => step.startsWith('tell-') && outcome === 'done').map(({ step }) => step);
    expect(told(script('scope-answers'))).toEqual(['tell-vim']);
    expect(told(script('scope-fails'))).toEqual(['tell-vnfm']);
    expect(told(script('scopes-fail'))).toEqual(['tell-nfvo']);
    // 7 ms, the bus, a call in vain, 1 s, a call.
    expect(script('scope-fails').marks.notified).toBe(1.10769);
    expect(script('scopes-fail').marks.notified).toBe(2.15769);
  });
});

describe('reference: the bus (B-102)', () => {
  it('NC-35: the 64th copy after 0.960 ms at 15 µs and after 1.024 ms at 16 µs', () => {
    expect(paths('copies-15')['nic-direct']!['T_NOT']).toBe(0.00096);
    expect(paths('copies-16')['nic-direct']!['T_NOT']).toBe(0.001024);
    const bus = { base: 0, loss: 0, retransmit: 0, burst: 0, priority: true };
    expect(delivery({ ...bus, copy: 15.625e-6 }, 64)).toBe(0.001);
  });

  it('B-06: a burst of telemetry delays events that do not overtake it', () => {
    expect(paths('burst')['nic-direct']!['T_NOT']).toBe(0.00069);
    expect(paths('burst-without-priority')['nic-direct']!['T_NOT']).toBe(0.05069);
    expect(verdicts(paths('burst-without-priority')['nic-direct']!)[0]).toBe('fail');
  });

  it('B-102: a lost copy costs the time to send it again: c + (r + c)·p/(1 − p) on average', async () => {
    const text = `
format: carriergrade/scenario/1
control: { bus: { base: 0 s, copy: 1 s, loss: 50 %, retransmit: 3 s } }
groups:
  vnf:
    flow: FL-16
    failures: { fault: { rate: 50 / year } }
    detection: { detectors: [perfect], coverage: 100 %, standby: { coverage: 100 % } }
    notification: { path: direct }
    state: { stateful: false }
    times: { localAction: 0 s, terminate: 0 s, spawn: 1 s, configure: 0 s }
services: { voice: { uses: [vnf], minOutageThreshold: 0 s } }
`;
    const loaded = await loadScenario(text);
    const { services } = await simulate(loaded, { seed: 'B-102', years: 40, histories: 40 });
    const { lo, hi } = services['voice']!.dpm.all;
    // 50 a year of 1 + 4 · 1 seconds each.
    expect(lo).toBeLessThan(250);
    expect(hi).toBeGreaterThan(250);
    expect(hi - lo).toBeLessThan(10);
    expect(analyse(loaded).services['voice']!.conditional.dpm! / 250).toBeCloseTo(1, 2);
  });

  it('A-28: a stale map costs its refresh, for the share of faults that it does not know', async () => {
    const read = readExample('fast-fault-framework', undefined, [
      'groups.nic-doctor.notification.stale=60 %',
      'groups.nic-doctor.notification.refresh=100 s',
    ]);
    // The likelier way is the stale one, again and again: the inspector is asked each 100.16 s, and nobody is told.
    const trace = inject(read, [{ at: 0, element: 'nic-doctor/active' }]);
    const stale = trace.steps.filter(({ step, outcome }) => step === 'hop-2-inspector-stale' && outcome === 'done');
    expect(stale[0]!.t).toBeCloseTo(100.177, 9);
    expect(trace.marks.notified).toBeNull();
  });

  it('B-98, NC-34: two looks 5 ms apart see within 10 ms', () => {
    const found = paths(undefined, ['groups.nic-local.detection.detectors=[poll-fast]'])['nic-local']!;
    expect(found['T_DET']).toBe(0.01);
  });
});
