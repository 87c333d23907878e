/** A detector preset as a scenario file writes it, with the source of its numbers. Kinds: `scenario/resolve/detectors.ts`. */
export interface DetectorPreset {
  readonly kind: string;
  readonly needs?: readonly string[];
  readonly source: string;
  readonly [parameter: string]: DetectorValue | undefined;
}

type DetectorValue = string | number | readonly string[] | { readonly [form: string]: readonly string[] };

/** A trigger on an average over the latest values, looked at with every new one. */
const ZABBIX_AVERAGE = {
  kind: 'alarm',
  window: 'sliding',
  evaluations: 1,
  tick: '1 s',
  idle: 0,
  needs: ['zabbix-server', 'guest-agent'],
} as const;

/** Detectors that come together, by the one name a group may use for them: the six triggers of a VDU. */
export const DETECTOR_BUNDLES: Readonly<Record<string, readonly string[]>> = {
  'zabbix-vdu': [
    'zabbix-metric',
    'zabbix-metric-memory',
    'zabbix-metric-load',
    'zabbix-service',
    'zabbix-metric-processes',
    'zabbix-nodata',
  ],
};

/**
 * Detectors by id: fault → detected when the detector works (SEM-17). `covers` says faults of what it sees in instances
 * whose layers are told apart (domain 2.10); whoever probes from outside sees everything that ends the answers. `peer` among the needs is another member of the
 * group that is up, `guest-agent` the agent in the instance and `registration` that its server knows it, where the group has one, `zabbix-server` the control function
 * of that id where the scenario has one; everything else is a control function.
 */
export const DETECTORS: Readonly<Record<string, DetectorPreset>> = {
  'heartbeat-peer': {
    kind: 'heartbeat',
    interval: '100 ms',
    misses: 3,
    timeout: '0 s',
    needs: ['peer'],
    covers: ['guest', 'app', 'node', 'network', 'interface', 'switch'],
    source: '[A] A-11; numbers [EA]',
  },
  'event-nic': {
    kind: 'event',
    latency: '7 ms',
    covers: ['interface'],
    source: '[B] B-98: below 10 ms; 5 ms event + 2 ms agent [EA]',
  },
  'event-kernel': {
    kind: 'event',
    latency: '7 ms',
    covers: ['node'],
    source: '[B] B-98: below 10 ms; 5 ms event + 2 ms agent [EA]',
  },
  'poll-fast': { kind: 'poll', period: '5 ms', confirmations: 2, covers: ['interface'], source: '[B] B-98, NC-34' },
  'ovs-watch': {
    kind: 'poll',
    period: '20 ms',
    confirmations: 2,
    covers: ['switch'],
    source: '[B] B-94; numbers [EA]',
  },
  'guest-channel': {
    kind: 'heartbeat',
    interval: '1 s',
    misses: 2,
    timeout: '0 s',
    covers: ['guest'],
    source: '[B] B-94; numbers [EA]',
  },
  'tacker-ping': {
    kind: 'ping',
    interval: '1 s',
    count: 3,
    timeout: '2 s',
    sleep: '10 s',
    targets: 1,
    delay: '45 s',
    needs: ['vnfm'],
    covers: ['guest', 'node', 'network', 'interface', 'switch'],
    source: '[A] A-37, NC-19: blind for 45 s; sleep [U]',
  },
  'http-ping': {
    kind: 'http-ping',
    retries: 5,
    timeout: '10 s',
    sleep: '10 s',
    outcome: 'blackhole',
    needs: ['vnfm'],
    covers: ['app', 'guest', 'node', 'network', 'interface', 'switch'],
    source: '[A] NC-19; sleep [U]',
  },
  'http-ping-refused': {
    kind: 'http-ping',
    retries: 5,
    timeout: '10 s',
    sleep: '10 s',
    outcome: 'refused',
    needs: ['vnfm'],
    covers: ['app', 'guest', 'node', 'network', 'interface', 'switch'],
    source: '[A] NC-19; sleep [U]',
  },
  'tacker-http-ping': {
    kind: 'http-ping',
    retries: 5,
    timeout: '10 s',
    sleep: '10 s',
    outcome: 'blackhole',
    needs: ['vnfm'],
    covers: ['app', 'guest', 'node', 'network', 'interface', 'switch'],
    source: '[A] NC-19; sleep [U]',
  },
  'zabbix-service': {
    kind: 'poll',
    period: '1 s',
    confirmations: 3,
    notify: '0.5 s',
    needs: ['zabbix-server', 'guest-agent'],
    covers: ['app'],
    source: '[A] NC-21; evaluation 0.5 s [EA]',
  },
  'zabbix-nodata': {
    kind: 'law',
    latency: { probe: ['300 s', '330 s'] },
    needs: ['zabbix-server', 'registration'],
    covers: ['guest', 'node', 'network', 'agent'],
    source: '[A] NC-21; evaluation every 30 s [EA]',
  },
  'zabbix-metric': {
    ...ZABBIX_AVERAGE,
    period: '60 s',
    threshold: 20,
    load: 100,
    covers: ['resource'],
    source: '[A] A-49: avg(1m) > 20, iowait; load [EA]',
  },
  'zabbix-metric-memory': {
    ...ZABBIX_AVERAGE,
    period: '5 s',
    threshold: 20,
    load: 100,
    covers: ['resource'],
    source: '[A] A-49: avg(5) > 20, memory of processes; load [EA]',
  },
  'zabbix-metric-load': {
    ...ZABBIX_AVERAGE,
    period: '60 s',
    threshold: 5,
    load: 10,
    covers: ['resource'],
    source: '[A] A-49: avg(1m) > 5, load per CPU; load [EA]',
  },
  'zabbix-metric-processes': {
    ...ZABBIX_AVERAGE,
    period: '5 s',
    threshold: 2,
    load: 4,
    covers: ['resource'],
    source: '[A] A-49: avg(5s) > 2, running processes; load [EA]',
  },
  'ceilometer-alarm': {
    kind: 'alarm',
    window: 'tumbling',
    period: '600 s',
    evaluations: 1,
    threshold: 50,
    idle: 20,
    load: 100,
    covers: ['resource'],
    source: '[A] A-65: average > 50 over 600 s, one evaluation; a step from 20 to 100 % [EA]',
  },
  'kubelet-probe': {
    kind: 'poll',
    period: '10 s',
    confirmations: 3,
    covers: ['app', 'guest'],
    source: '[EA] liveness probe of Kubernetes as it comes: every 10 s, three failures',
  },
  'node-lease': {
    kind: 'heartbeat',
    interval: '10 s',
    misses: 4,
    timeout: '0 s',
    covers: ['node', 'network'],
    source: '[EA] node monitor grace period of Kubernetes as it comes: 40 s',
  },
  audit: { kind: 'poll', period: '24 h', confirmations: 1, source: '[EA] SEM-19d' },
  nagios: {
    kind: 'check',
    period: '300 s',
    retry: '60 s',
    attempts: 3,
    covers: ['node', 'network', 'guest', 'app'],
    source: '[EA]; minutes by B-103',
  },
  collectd: { kind: 'poll', period: '10 s', confirmations: 1, covers: ['node'], source: '[B] B-99; 10 s [EA]' },
  'collectd-event': { kind: 'event', latency: '7 ms', covers: ['node', 'interface'], source: '[B] B-99' },
  doctor: {
    kind: 'poll',
    period: '1 s',
    confirmations: 1,
    notify: '350 ms',
    needs: ['vim'],
    covers: ['node', 'network', 'interface', 'switch'],
    source: '[U] hops 10 + 160 + 50 + 110 + 20 ms; poll [EA]',
  },
  'doctor-event': {
    kind: 'event',
    latency: '7 ms',
    notify: '350 ms',
    needs: ['vim'],
    covers: ['node', 'network', 'interface', 'switch'],
    source: '[U] hops 10 + 160 + 50 + 110 + 20 ms; event [EA]',
  },
  'path-monitor': {
    kind: 'heartbeat',
    interval: '10 ms',
    misses: 3,
    timeout: '0 s',
    notify: '5 ms',
    covers: ['node', 'network', 'interface'],
    source: '[B] B-95; numbers [EA]',
  },
  'mano-health': {
    kind: 'mano-health',
    interval: '10 s',
    misses: 3,
    notify: '1 s',
    needs: ['vnfm'],
    covers: ['guest', 'app', 'node', 'network'],
    source: '[A] A-12; numbers [EA]',
  },
  'client-timeout': {
    kind: 'client-timeout',
    timeout: '1 s',
    tries: 1,
    covers: ['app', 'guest', 'node', 'network', 'interface', 'switch'],
    source: '[A] A-18: no answer; numbers [EA]',
  },
  dns: {
    kind: 'dns',
    ttl: '30 s',
    timeout: '1 s',
    tries: 1,
    covers: ['app', 'guest', 'node', 'network', 'interface', 'switch'],
    source: '[A] A-18: second address; numbers [EA]',
  },
  'lb-health-check': {
    kind: 'lb-health-check',
    interval: '1 s',
    timeout: '1 s',
    threshold: 3,
    covers: ['app', 'guest', 'node', 'network', 'interface', 'switch'],
    source: '[A] A-22; numbers [EA]',
  },
  'peer-check': {
    kind: 'heartbeat',
    interval: '2 s',
    misses: 1,
    timeout: '0 s',
    needs: ['peer'],
    covers: ['guest', 'app', 'node', 'network', 'interface', 'switch'],
    source: '[A] A-23: members check one another; 2 s [EA]',
  },
  perfect: { kind: 'event', latency: '0 s', source: '[EA] ideal' },
};
