import { describe, expect, test } from 'vitest';
import { FLOWS } from '../../src/catalogue/flows.ts';
import { mainLine, type Step } from '../../src/model/flow.ts';
import { type Law, mean } from '../../src/model/law.ts';
import type { Group, Scenario } from '../../src/model/scenario.ts';
import { readTextFile } from '../../src/scenario/read/files.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';

const read = (file: string, variant?: string): Scenario =>
  readScenario(
    { file: `scenarios/${file}.yaml` },
    { readFile: readTextFile, ...(variant === undefined ? {} : { variant }) },
  ).scenario;

const worst = (law: Law): number => (law.kind === 'probe' || law.kind === 'uniform' ? law.high : mean(law));

/** Time from the fault to restored at the worst alignment of the detector, in seconds. */
function failover(scenario: Scenario, id: string): number {
  const group: Group = scenario.groups[id]!;
  const law = (step: Step): Law => (typeof step.duration === 'string' ? group.times[step.duration]! : step.duration);
  const happening = mainLine(scenario.flows[group.flow]!.remediation).filter(
    (step) => step.when === undefined || group.state.stateful,
  );
  const detection = Math.min(...group.detection.detectors.map(({ latency }) => worst(latency)));
  return happening.reduce((sum, step) => sum + worst(law(step)), detection);
}

/** What flows for chains do between the configuration of an instance and its redundancy. */
const AFTER_CONFIGURE: Readonly<Record<string, readonly string[]>> = {
  'FL-12': ['update-chain'],
  'FL-14': ['add-to-monitor'],
};

describe('reference: NC-33, failover times out of the scenario file', () => {
  test('FL-03 on NFV: 0.3 + 0.1 + 0.05 + 0.05 + 1.0 = 1.500 s', () => {
    expect(failover(read('active-standby'), 'sbc')).toBeCloseTo(1.5, 9);
  });

  test('FL-01: 0.3 + 0.1 + 0.05 + 0.05 = 0.500 s, and inside opaque guests the same', () => {
    expect(failover(read('active-standby', 'traditional'), 'sbc')).toBeCloseTo(0.5, 9);
    expect(failover(read('active-standby', 'opaque'), 'sbc')).toBeCloseTo(0.5, 9);
  });

  test('FL-02 checks no state; fencing adds its second before the promotion', () => {
    expect(failover(read('active-standby', 'nfv-stateless'), 'sbc')).toBeCloseTo(1.4, 9);
    const fenced = read('active-standby', 'fenced');
    expect(failover(fenced, 'sbc')).toBeCloseTo(2.5, 9);
    expect(fenced.flows['FL-03+fence']!.remediation.map(({ id }) => id)).toEqual([
      'check-consistency',
      'fence',
      'activate',
      'request',
      'remap',
      'fence-timeout',
    ]);
  });
});

test('reference: NC-32, 10 + 5 + 30 ms', () => {
  expect(failover(read('fm-timeline'), 'pair')).toBeCloseTo(0.045, 12);
});

test('reference: the defaults alone give NC-33 too', () => {
  const text = `format: carriergrade/scenario/1
groups: { sbc: { failures: { f: { rate: 4 / year } } } }
services: { voice: { uses: [sbc] } }`;
  expect(failover(readScenario(text).scenario, 'sbc')).toBeCloseTo(1.5, 9);
  expect(failover(readScenario(text, { set: ['groups.sbc.flow=FL-01'] }).scenario, 'sbc')).toBeCloseTo(0.5, 9);
});

describe('reference: order of the flows in the sources', () => {
  const order = (id: string): readonly string[] => FLOWS[id]!.remediation.map((step) => step.id);

  test('A figures 2 to 9', () => {
    expect(order('FL-01')).toEqual(['check-consistency', 'activate', 'take-address']);
    expect(order('FL-02')).toEqual(['activate', 'request', 'remap']);
    expect(order('FL-03')).toEqual(['check-consistency', 'activate', 'request', 'remap']);
    expect(order('FL-03m')).toEqual(['tell-standby', 'check-consistency', 'activate', 'request', 'remap']);
    expect(order('opaque')).toEqual(order('FL-01'));
    expect(order('respawn')).toEqual([]);
  });

  test('A-07, A-03: no control function in the failover of FL-01 and opaque; A-15: the new active asks', () => {
    const control = (steps: readonly Step[]) =>
      steps.flatMap(({ needs }) => needs).filter((need) => ['vnfm', 'vim', 'nfvo'].includes(need));
    expect(control(FLOWS['FL-01']!.remediation)).toEqual([]);
    expect(control(FLOWS['FL-01']!.recovery)).toEqual([]);
    expect(control(FLOWS['opaque']!.remediation)).toEqual([]);
    expect(control(FLOWS['opaque']!.recovery)).not.toEqual([]);
    expect(FLOWS['FL-03']!.remediation.find(({ id }) => id === 'request')!.by).toBe('new active');
    expect(FLOWS['FL-02']!.remediation.find(({ id }) => id === 'request')!.by).toBe('standby');
  });

  test('every failover ends restored, every recovery redundant, A-06: replication last', () => {
    for (const flow of Object.values(FLOWS)) {
      if (flow.remediation.length > 0) expect(flow.remediation.at(-1)!.mark).toBe('restored');
      // FL-13: commands are tried before anything is built anew.
      const rebuilding = flow.recovery.slice(
        flow.recovery.findIndex(({ effects }) => effects.includes('terminate') || effects.includes('set-aside')),
      );
      expect(mainLine(rebuilding).at(-1)).toMatchObject({ id: 'rejoin', effects: ['sync'], mark: 'redundant' });
      // FL-06: what shares the load gets traffic again when it has passed its health check.
      const joins = flow.remediation.some(({ effects }) => effects.includes('evict')) ? ['health-check'] : [];
      // FL-11: created beside the failed one, which is deleted when the new one is there.
      const beside = flow.recovery.some(({ effects }) => effects.includes('set-aside'));
      const steps = beside
        ? ['ask-member', 'create-member', 'configure', ...(joins.length === 0 ? [] : ['join-pool']), 'sync', 'rejoin']
        : ['terminate', 'spawn', 'configure', ...(AFTER_CONFIGURE[flow.id] ?? joins), 'sync', 'rejoin'];
      expect(mainLine(rebuilding).map(({ id }) => id)).toEqual(steps);
      expect(rebuilding.slice(steps.length).map(({ id }) => id)).toEqual(beside ? ['delete-failed'] : []);
    }
  });
});

describe('reference: SEM-17 and NC-19 to NC-22, latency of the detectors', () => {
  const latency = (detector: string): Law => {
    const text = `format: carriergrade/scenario/1
groups: { sbc: { failures: { f: { rate: 4 / year } }, detection: { detectors: [${detector}] } } }
services: { voice: { uses: [sbc] } }`;
    return readScenario(text).scenario.groups['sbc']!.detection.detectors[0]!.latency;
  };
  test.each([
    ['heartbeat-peer', 0.2, 0.3],
    ['poll-fast', 0.005, 0.01],
    ['ovs-watch', 0.02, 0.04],
    ['guest-channel', 1, 2],
    ['tacker-ping', 4, 16],
    ['http-ping', 50, 60],
    ['http-ping-refused', 0, 10],
    ['zabbix-service', 2.5, 3.5],
    ['zabbix-nodata', 300, 330],
    ['nagios', 120, 420],
    ['collectd', 0, 10],
    ['path-monitor', 0.025, 0.035],
    ['mano-health', 21, 31],
    ['tacker-http-ping', 50, 60],
    // NC-20: a step from 20 to 100 % crosses 50 % after 225 s; a window of any phase ends within 600 s of that.
    ['ceilometer-alarm', 225, 825],
    // avg(1m) > 20 after a step from 0 to 100: 12 s, seen by the next look.
    ['zabbix-metric', 12, 13],
    ['zabbix-metric-memory', 1, 2],
    ['zabbix-metric-load', 30, 31],
    ['zabbix-metric-processes', 2.5, 3.5],
    ['audit', 0, 86_400],
  ])('%s: (%d, %d] s', (detector, low, high) => {
    expect(latency(detector)).toEqual({ kind: 'probe', low, high });
  });

  test.each([
    [20, 100, 225],
    [20, 80, 300],
    [0, 100, 300],
    [40, 60, 300],
  ])('NC-20: a sliding alarm over 600 s at 50 %%, step %d → %d %%: %d s', (idle, load, crossing) => {
    const text = `format: carriergrade/scenario/1
catalogue: { detectors: { own: { base: ceilometer-alarm, window: sliding, idle: ${idle}, load: ${load} } } }
groups: { sbc: { failures: { f: { rate: 4 / year } }, detection: { detectors: [own] } } }
services: { voice: { uses: [sbc] } }`;
    const [own] = readScenario(text).scenario.groups['sbc']!.detection.detectors;
    expect(own!.latency).toEqual({ kind: 'probe', low: crossing, high: crossing });
  });

  test('events', () => {
    expect(latency('event-nic')).toEqual({ kind: 'deterministic', value: 0.007 });
    expect(latency('doctor-event')).toEqual({ kind: 'deterministic', value: 0.357 });
  });

  test('NC-19: ten targets in one loop are (4, 34] s', () => {
    const text = `format: carriergrade/scenario/1
catalogue: { detectors: { tacker-ping: { targets: 10 } } }
groups: { sbc: { failures: { f: { rate: 4 / year } }, detection: { detectors: [tacker-ping] } } }
services: { voice: { uses: [sbc] } }`;
    expect(readScenario(text).scenario.groups['sbc']!.detection.detectors[0]!.latency).toEqual({
      kind: 'probe',
      low: 4,
      high: 34,
    });
  });
});
