import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importDescriptors, inject } from '../../../src/index.ts';
import { readExample } from '../../core/support/files.ts';
import { accepted, importText } from './files.ts';

/** Mean time from fault to detection of the first detector of a group, s. */
function meanDetection(scenario: ReturnType<typeof accepted>['scenario'], group: string): number {
  const { latency } = scenario.groups[group]!.detection.detectors[0]!;
  if (latency.kind !== 'probe') throw new Error(latency.kind);
  return (latency.low + latency.high) / 2;
}

describe('reference: a cluster with ping monitor and recovery (S-06; A-35, A-37, A-38)', () => {
  const files = ['web-cluster', 'web-cluster-policy'].map((name) => `scenarios/descriptors/${name}.yaml`);
  const read = accepted(importDescriptors(files.map((file) => ({ file, text: readFileSync(file, 'utf8') }))));

  // A ping sees faults of the guest, not of the application in it.
  const fault = (member: number) => [{ at: 0, element: `WEB/${member}/guest` }];

  it('detected in (4, 16] s, 10 s on average; out for 11 s, with 1 s for the pool', () => {
    expect(meanDetection(read.scenario, 'WEB')).toBe(10);
    const trace = inject(read, fault(1));
    // Scripted runs meet every probe at its worst: 16 s, then 1 s for the pool; on average 10 + 1.
    expect(trace.marks.detected).toBe(16);
    expect(trace.marks.restored).toBe(17);
    expect(trace.services['web-cluster']!.outageSeconds).toBe(17);
  });

  it('nobody looks at an instance in its first 45 s (A-37)', () => {
    expect(read.scenario.groups['WEB']!.detection.detectors[0]!.delay).toEqual({ kind: 'deterministic', value: 45 });
    const start = [{ at: 0, element: 'WEB/1/guest', start: true }, ...fault(1)];
    expect(inject(read, start).marks.detected).toBe(45 + 16);
  });

  it('the policy says what the scenario written by hand says: the same law, flow, load balancer and steps', () => {
    const own = readExample('tacker-cluster');
    const [imported, written] = [read.scenario.groups['WEB']!, own.scenario.groups['web']!];
    for (const key of ['scheme', 'members', 'flow'] as const) expect(imported[key]).toEqual(written[key]);
    expect(imported.detection.detectors[0]!.latency).toEqual(written.detection.detectors[0]!.latency);
    const of = ({ cluster }: typeof imported) => ({
      roles: cluster!.roles,
      action: cluster!.action,
      heartbeatSource: cluster!.heartbeatSource,
      loadBalancer: { ...cluster!.loadBalancer, element: '' },
    });
    expect(of(imported)).toEqual(of(written));
    const played = (trace: ReturnType<typeof inject>) => ({
      steps: trace.steps
        .filter(({ flow }) => flow !== '')
        .map(({ t, step, outcome, by, needs }) => [t, step, outcome, by, needs]),
      marks: trace.marks,
      roles: Object.values(trace.clusters!)[0]!.after.members.map(({ role }) => role),
    });
    for (const member of [1, 2])
      expect(played(inject(read, fault(member)))).toEqual(played(inject(own, [{ at: 0, element: `web/${member}` }])));
  });
});

describe('reference: a VNF of a chain that is respawned and announced (S-08; A-62, A-67, A-68)', () => {
  const text = (actions: string): string => `tosca_definitions_version: tosca_simple_profile_for_nfv_1_0_0
topology_template:
  node_templates:
    VDU1:
      type: tosca.nodes.nfv.VDU.Tacker
      capabilities: { nfv_compute: { properties: { num_cpus: 1, mem_size: 2 GB, disk_size: 20 GB } } }
      properties:
        monitoring_policy: { name: http_ping, parameters: { retry: 5, timeout: 10, port: 8000 }, actions: { failure: "${actions}" } }
    CP1:
      type: tosca.nodes.nfv.CP.Tacker
      requirements: [{ virtualBinding: { node: VDU1 } }]
    Path:
      type: tosca.nodes.nfv.FP.TackerV2
      properties: { path: [{ forwarder: x, capability: CP1 }] }`;

  it('detection 55 s on average, respawn 5 + 60 + 5 s, update 3.5 s: 128.5 s', () => {
    const read = accepted(importText(text('respawn, notify')));
    expect(meanDetection(read.scenario, 'VDU1')).toBe(55);
    const { services, marks } = inject(read, [{ at: 0, element: 'VDU1/active' }]);
    expect(marks.detected).toBe(60);
    expect(services['Path']!.outageSeconds - marks.detected! + 55).toBe(128.5);
  });

  it('without "notify" the chain stays stale until somebody updates it, and a finding says so', () => {
    const imported = importText(text('respawn'));
    expect(imported.report.findings.map(({ code }) => code)).toEqual(['stale-chain']);
    const { services } = inject(accepted(imported), [{ at: 0, element: 'VDU1/active' }]);
    expect(services['Path']!.outageSeconds).toBe(60 + 70 + 1800);
  });
});
