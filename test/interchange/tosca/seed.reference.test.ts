import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importDescriptors, inject } from '../../../src/index.ts';
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

  it('detected in (4, 16] s, 10 s on average; out for 11 s, with 1 s for the pool', () => {
    expect(meanDetection(read.scenario, 'WEB')).toBe(10);
    const trace = inject(read, [{ at: 0, element: 'WEB/active' }]);
    // Scripted runs meet every probe at its worst: 16 s, then 1 s for the pool; on average 10 + 1.
    expect(trace.marks.detected).toBe(16);
    expect(trace.marks.restored).toBe(17);
    expect(trace.services['web-cluster']!.outageSeconds).toBe(17);
  });

  it('the standby joins the pool, then a member is created again in 70 s', () => {
    const { steps } = inject(read, [{ at: 0, element: 'WEB/active' }]);
    const done = steps.map(({ step }) => step).filter((step) => ['promote', 'join-pool', 'spawn'].includes(step));
    expect([...new Set(done)]).toEqual(['promote', 'join-pool', 'spawn']);
    const standby = inject(read, [{ at: 0, element: 'WEB/standby' }]);
    expect(standby.services['web-cluster']!.outageSeconds).toBe(0);
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
