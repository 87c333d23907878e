import { describe, expect, it } from 'vitest';
import { InputError, importDescriptors } from '../../../src/index.ts';
import { accepted, findings, importSamples, importText } from './files.ts';

const VDU = (properties: string, more = ''): string => `tosca_definitions_version: tosca_simple_profile_for_nfv_1_0_0
topology_template:
  node_templates:
    VDU1:
      type: tosca.nodes.nfv.VDU.Tacker
      properties:
        image: any
${properties}
${more}`;

const monitored = (policy: string, more = ''): string => VDU(`        monitoring_policy: ${policy}`, more);

describe('groups of a Tacker descriptor', () => {
  const imported = importSamples('firewall');
  const { scenario } = accepted(imported);

  it('equal VDUs kept apart are a pair on different nodes (A-09)', () => {
    const pair = scenario.groups['FW1-FW2']!;
    expect(pair).toMatchObject({ scheme: 'active-standby', members: 2 });
    expect(pair.placement.antiAffinity).toEqual({ level: 'node', hard: true });
    expect(pair.placement.slots).toBe(1);
  });

  it('a scaling policy says how many there are', () => {
    expect(scenario.groups['PROXY']).toMatchObject({ scheme: 'load-balanced', members: 2 });
    expect(scenario.groups['PROXY']!.placement.slots).toBe(2); // m1.large: 4 vCPU
  });

  it('the pool is called like the availability zone, by the default of the input', () => {
    expect(scenario.groups['FW1-FW2']!.placement.pools).toEqual(['nfvi/az1']);
  });

  it('the action log replaces nothing: an operator does', () => {
    const { flow, detection } = scenario.groups['PROBE']!;
    expect(flow).toBe('by-hand');
    expect(detection.detectors.map(({ id }) => id)).toEqual(['PROBE-ping']);
    expect(scenario.flows['by-hand']!.recovery[0]).toMatchObject({ by: 'operator', needs: [] });
  });

  it('defaults of the driver are assumptions', () => {
    expect(imported.report.assumed).toContainEqual(
      expect.objectContaining({ path: 'monitoring of PROBE: count', value: '1' }),
    );
  });
});

describe('monitors', () => {
  it('reference: ping 45/3/1/2 is noticed within (4, 16] s when one VDU is watched (A-37, NC-19)', () => {
    const { scenario } = accepted(
      importText(
        monitored(
          '{ name: ping, parameters: { monitoring_delay: 45, count: 3, interval: 1, timeout: 2 }, actions: { failure: respawn } }',
        ),
      ),
    );
    expect(scenario.groups['VDU1']!.detection.detectors[0]!.latency).toEqual({ kind: 'probe', low: 4, high: 16 });
  });

  it('reference: http_ping 5/10/8000 is noticed within (50, 60] s when it is swallowed (A-67, NC-19)', () => {
    const { scenario } = accepted(
      importText(
        monitored(
          '{ name: http_ping, parameters: { retry: 5, timeout: 10, port: 8000 }, actions: { failure: "respawn, notify" } }',
        ),
      ),
    );
    expect(scenario.groups['VDU1']!.detection.detectors[0]!.latency).toEqual({ kind: 'probe', low: 50, high: 60 });
    // A-62: respawn 5 + 60 + 5 s, then the chain is led to the new ports in 3.5 s.
    expect(scenario.flows['FL-12']!.recovery.map(({ id }) => id)).toEqual([
      'terminate',
      'spawn',
      'configure',
      'update-chain',
      'sync',
      'rejoin',
    ]);
    expect(scenario.groups['VDU1']!.times['chainUpdate']).toEqual({ kind: 'deterministic', value: 3.5 });
  });

  it('the forms of 2015: a driver with parameters, and a bare name with a failure policy', () => {
    const { scenario } = accepted(importSamples('old'));
    expect(scenario.groups['vdu1']!.detection.detectors[0]!.latency).toEqual({ kind: 'probe', low: 3, high: 14 });
    expect(scenario.groups['vdu2']!.flow).toBe('respawn');
  });

  it('ten monitored VDUs are one serial loop: (4, 34] s (NC-19)', () => {
    const vdus = Array.from(
      { length: 10 },
      (_, i) => `    V${i}:
      type: tosca.nodes.nfv.VDU.Tacker
      properties:
        monitoring_policy: { name: ping, parameters: { count: 3, interval: 1, timeout: 2 }, actions: { failure: respawn } }`,
    );
    const { scenario } = accepted(
      importText(
        `tosca_definitions_version: tosca_simple_profile_for_nfv_1_0_0\ntopology_template:\n  node_templates:\n${vdus.join('\n')}`,
      ),
    );
    expect(scenario.groups['V3']!.detection.detectors[0]!.latency).toEqual({ kind: 'probe', low: 4, high: 34 });
  });

  it('no monitor: users report it, and a warning of the reader says so', () => {
    const read = accepted(importText(VDU('')));
    expect(read.scenario.groups['VDU1']!.detection).toMatchObject({ detectors: [], coverage: 0 });
    expect(read.warnings.map(({ code }) => code)).toEqual(['no-detector']);
  });

  it('zabbix: the process is restarted by its agent, and three of the rules are findings (A-45)', () => {
    const policy = `        app_monitoring_policy:
          name: zabbix
          zabbix_password: verysecret
          parameters:
            application:
              app_name: apache2
              app_status: { condition: [down], actionname: cmd, cmd-action: service apache2 restart }
              app_memory: { condition: [greater,22], actionname: cmd, cmd-action: service apache2 stop }
            OS:
              os_agent_info: { condition: [down], actionname: cmd, cmd-action: service zabbix-agent restart }
              os_proc_value: { condition: [and less,22], actionname: cmd, cmd-action: reboot }
              os_cpu_load: { condition: [and greater,30], actionname: cmd, cmd-action: reboot }
              os_cpu_usage: { condition: [less,30], actionname: cmd, cmd-action: reboot }`;
    const imported = importText(VDU(policy));
    const { scenario } = accepted(imported);
    const crash = scenario.groups['VDU1']!.instance[1]!.failures.find(({ id }) => id === 'crash')!;
    expect(crash.restore).toMatchObject({ by: 'itself', after: { kind: 'uniform', low: 3.5, high: 4.5 } });
    expect(imported.report.findings.map(({ code, message }) => `${code} ${message.split(':')[0]}`)).toEqual([
      'harmful-action app_memory',
      'ambiguous-condition os_proc_value',
      'harmful-action os_cpu_usage',
    ]);
    expect(JSON.stringify(imported)).not.toContain('verysecret');
  });

  it('an alarm is a law over its evaluation periods, in both spellings (A-65, SEM-18)', () => {
    for (const [metric, period] of [
      ['metric', 'granularity'],
      ['metrics', 'period'],
    ]) {
      const policy = `  policies:
    - hot:
        type: tosca.policies.tacker.Alarming
        triggers:
          hot: { ${metric}: cpu_util, condition: { threshold: 50, ${period}: 600, evaluations: 1, comparison_operator: gt }, metadata: VDU1, action: [respawn, notify] }`;
      const { scenario } = accepted(importText(VDU('', policy)));
      expect(scenario.groups['VDU1']!.detection.gray).toEqual({
        coverage: 1,
        latency: { kind: 'probe', low: 0, high: 600 },
      });
    }
  });
});

describe('cluster policies (A-35)', () => {
  const vnfd = monitored(
    '{ name: ping, parameters: { count: 3, interval: 1, timeout: 2 }, actions: { failure: recovery } }',
    `    CP1:
      type: tosca.nodes.nfv.CP.Tacker
      requirements: [{ virtualBinding: { node: VDU1 } }]`,
  );
  const cluster = (policy: string) =>
    importDescriptors([
      { file: 'vnfd.yaml', text: vnfd },
      { file: 'policy.yaml', text: policy },
    ]);

  it.each([
    [
      'pool.lb_method',
      'properties: { role: { active: { VIM0: 1 }, standby: { VIM0: 1 } }, load_balancer: { pool: { lb_method: ROUND_ROBIN }, vip: {}, target: CP1 } }',
    ],
    [
      'listener and pool.lb_algorithm',
      'properties: { role: { active: { VIM0: 1 }, standby: 1 }, load_balancer: { listener: {}, pool: { lb_algorithm: ROUND_ROBIN }, target: CP1 } }',
    ],
  ])('%s: one active, one standby behind one load balancer', (_name, policy) => {
    const imported = cluster(policy);
    const { scenario } = accepted(imported);
    expect(findings(imported)).toEqual([]);
    expect(scenario.groups['VDU1']).toMatchObject({ scheme: 'active-standby', members: 2, flow: 'FL-11' });
    expect(scenario.groups['VDU1']!.placement.pools).toEqual(['VIM0/compute']);
    expect(Object.values(scenario.elements).map(({ kind }) => kind)).toEqual(['load-balancer']);
  });

  it.each([
    ['active: 2, standby: 0', { scheme: 'load-balanced', members: 2 }],
    ['active: 3, standby: 2', { scheme: 'shared-standby', members: 5, sharing: { standbys: 2 } }],
    ['active: 1, standby: 2', { scheme: 'active-standby', members: 3 }],
    ['active: 1', { scheme: 'simplex', members: 1 }],
  ])('%s', (roles, expected) => {
    expect(accepted(cluster(`properties: { role: { ${roles} } }`)).scenario.groups['VDU1']).toMatchObject(expected);
  });

  it('a target that is no connection point, and several VIMs (A-36), are findings', () => {
    const imported = cluster(
      'properties: { role: { active: { VIM0: 1 }, standby: { VIM1: 1 } }, load_balancer: { target: CP2 } }',
    );
    expect(imported.report.findings.map(({ code, hint }) => [code, hint])).toEqual([
      ['several-vims', undefined],
      ['dangling-reference', 'did you mean "CP1"?'],
    ]);
    expect(Object.keys(accepted(imported).scenario.sites)).toEqual(['VIM0', 'VIM1']);
  });
});

describe('SOL001', () => {
  const imported = importSamples('session');
  const read = accepted(imported);

  it('types derived inside the file, policies as a map, a placement group, a virtual connection point', () => {
    expect(read.scenario.groups['MEDIA']).toMatchObject({ scheme: 'load-balanced', members: 2 });
    expect(read.scenario.groups['MEDIA']!.placement.antiAffinity).toEqual({ level: 'rack', hard: true });
    expect(read.scenario.groups['SIGNAL_A-SIGNAL_B']).toMatchObject({
      scheme: 'active-standby',
      members: 2,
      flow: 'opaque',
    });
    expect(findings(imported)).toEqual([]);
  });

  it('other instantiation levels are variants', () => {
    expect(read.variants).toEqual(['large']);
    const large = importSamples('session');
    expect(large.scenario).toContain('MEDIA: { members: 6');
  });

  it('a network service takes the descriptor for each VNF of that type', () => {
    const network = importSamples('network', 'session');
    expect(network.report.services.find(({ id }) => id === 'network')?.of).toBe('EAST, WEST');
    expect(accepted(network).scenario.groups['WEST-MEDIA']).toMatchObject({ members: 2 });
  });
});

describe('forwarding paths', () => {
  it('a hop is the VDU behind its connection point; a forwarder without descriptor is a finding and one instance', () => {
    const imported = importSamples('firewall', 'chain');
    const { scenario } = accepted(imported);
    expect(scenario.services['Path']!.stages!.map(({ id }) => id)).toEqual(['firewall-PROXY', 'filter']);
    expect(findings(imported)).toEqual(['18 missing-descriptor']);
    expect(scenario.groups['firewall-PROXY']!.members).toBe(2);
  });
});

describe('defects', () => {
  it('are reported where they are, and reading goes on', () => {
    const imported = importSamples('defects');
    accepted(imported);
    expect(findings(imported)).toEqual([
      '5 misspelt-type',
      '8 bad-value',
      '9 misplaced-key',
      '10 unknown-monitor',
      '10 unknown-action',
      '11 unknown-key',
      '14 duplicate-key',
      '16 dangling-reference',
      '20 dangling-reference',
      '21 dangling-reference',
      '22 unused-template',
      '24 misplaced-key',
      '27 dangling-reference',
      '28 impossible-range',
      '30 unknown-policy',
      '32 empty-template',
      '34 unknown-type',
    ]);
  });

  it('maps given twice without a key in common are read together; of equal keys the later one counts', () => {
    const text = `vdus:
  a:
    monitoring_policy: ping
    failure_policy: log
    failure_policy: respawn
  b: { id: b }
vdus:
  c: { id: c }`;
    const imported = importText(text);
    expect(Object.keys(accepted(imported).scenario.groups)).toEqual(['a', 'b', 'c']);
    expect(accepted(imported).scenario.groups['a']!.flow).toBe('respawn');
    expect(findings(imported)).toEqual(['1 duplicate-key', '4 duplicate-key']);
  });

  it('descriptors on a page of documentation, torn where the page breaks', () => {
    const page = `Title
=====

.. code-block:: yaml

    tosca_definitions_version: tosca_simple_profile_for_nfv_1_0_0
    topology_template:
      node_templates:
        VDU1:
          type: toska.nodes.nfv.VDU.Tacker

and more::

  $ tacker vnf-list

\`\`\`
monitoring_policy:
  name: http_ping
  parameters: { retry: 5, timeout: 10 }
  actions: { failure: respawn }
\`\`\`
`;
    const imported = importText(page, 'guide.rst');
    expect(accepted(imported).scenario.groups['VDU1']!.flow).toBe('respawn');
    expect(findings(imported)).toEqual(['10 misspelt-type', '17 torn-document']);
  });

  it.each([
    ['nothing', ''],
    ['a list', '- a\n- b'],
    ['text', 'hello'],
    ['binary', '\u0000\u0001\u0002'],
    ['an archive', 'PK\u0003\u0004rest'],
    ['another map', 'a: 1\nb: 2'],
    ['a scenario', 'format: carriergrade/scenario/1'],
    ['deep brackets', '['.repeat(100_000)],
    ['deep lists', '- '.repeat(50_000)],
    ['more than is read', `a: ${'x'.repeat(5_000_000)}`],
  ])('%s is refused with a place', (_name, text) => {
    const error = catchError(() => importText(text));
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).problems[0]!.place).toMatchObject({ file: 'x.yaml' });
  });

  it('no file at all is refused', () => {
    expect(() => importDescriptors([])).toThrow(InputError);
  });

  it('an alias bomb is read once', () => {
    const levels = Array.from({ length: 30 }, (_, i) => `l${i + 1}: &l${i + 1} [*l${i}, *l${i}, *l${i}, *l${i}]`);
    const text = `dsl_definitions:\n  l0: &l0 { a: 1 }\n${levels.map((line) => `  ${line}`).join('\n')}\nvdus:\n  a: { id: *l30 }\n`;
    accepted(importText(text));
  });

  it('a large descriptor is read in seconds', () => {
    const vdus = Array.from(
      { length: 3000 },
      (_, i) =>
        `  v${i}: { id: v${i}, monitoring_policy: ping, failure_policy: respawn, config: "${'x'.repeat(500)}" }`,
    );
    const start = performance.now();
    const imported = importText(`vdus:\n${vdus.join('\n')}`);
    expect(imported.report.groups.length).toBe(3000);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
