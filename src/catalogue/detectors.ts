/** A detector preset as a scenario file writes it, with the source of its numbers. Kinds: `scenario/resolve/detectors.ts`. */
export interface DetectorPreset {
  readonly kind: string;
  readonly needs?: readonly string[];
  readonly source: string;
  readonly [parameter: string]: DetectorValue | undefined;
}

type DetectorValue = string | number | readonly string[] | { readonly [form: string]: readonly string[] };

/** A trigger on an average over the latest values, looked at with every new one. */
const ZABBIX_AVERAGE = { kind: 'alarm', window: 'sliding', evaluations: 1, tick: '1 s', idle: 0 } as const;

/**
 * Detectors by id: fault → detected when the detector works (SEM-17). `peer` among the needs is another member of the
 * group that is up; everything else is a control function.
 */
export const DETECTORS: Readonly<Record<string, DetectorPreset>> = {
  'heartbeat-peer': {
    kind: 'heartbeat',
    interval: '100 ms',
    misses: 3,
    timeout: '0 s',
    needs: ['peer'],
    source: '[A] A-11; numbers [EA]',
  },
  'event-nic': { kind: 'event', latency: '7 ms', source: '[B] B-98: below 10 ms; 5 ms event + 2 ms agent [EA]' },
  'event-kernel': { kind: 'event', latency: '7 ms', source: '[B] B-98: below 10 ms; 5 ms event + 2 ms agent [EA]' },
  'poll-fast': { kind: 'poll', period: '5 ms', confirmations: 2, source: '[B] B-98, NC-34' },
  'ovs-watch': { kind: 'poll', period: '20 ms', confirmations: 2, source: '[B] B-94; numbers [EA]' },
  'guest-channel': { kind: 'heartbeat', interval: '1 s', misses: 2, timeout: '0 s', source: '[B] B-94; numbers [EA]' },
  'tacker-ping': {
    kind: 'ping',
    interval: '1 s',
    count: 3,
    timeout: '2 s',
    sleep: '10 s',
    targets: 1,
    needs: ['vnfm'],
    source: '[A] NC-19; sleep [U]',
  },
  'http-ping': {
    kind: 'http-ping',
    retries: 5,
    timeout: '10 s',
    sleep: '10 s',
    outcome: 'blackhole',
    needs: ['vnfm'],
    source: '[A] NC-19; sleep [U]',
  },
  'http-ping-refused': {
    kind: 'http-ping',
    retries: 5,
    timeout: '10 s',
    sleep: '10 s',
    outcome: 'refused',
    needs: ['vnfm'],
    source: '[A] NC-19; sleep [U]',
  },
  'tacker-http-ping': {
    kind: 'http-ping',
    retries: 5,
    timeout: '10 s',
    sleep: '10 s',
    outcome: 'blackhole',
    needs: ['vnfm'],
    source: '[A] NC-19; sleep [U]',
  },
  'zabbix-service': {
    kind: 'poll',
    period: '1 s',
    confirmations: 3,
    notify: '0.5 s',
    source: '[A] NC-21; evaluation 0.5 s [EA]',
  },
  'zabbix-nodata': {
    kind: 'law',
    latency: { probe: ['300 s', '330 s'] },
    source: '[A] NC-21; evaluation every 30 s [EA]',
  },
  'zabbix-metric': {
    ...ZABBIX_AVERAGE,
    period: '60 s',
    threshold: 20,
    load: 100,
    source: '[A] A-49: avg(1m) > 20, iowait; load [EA]',
  },
  'zabbix-metric-memory': {
    ...ZABBIX_AVERAGE,
    period: '5 s',
    threshold: 20,
    load: 100,
    source: '[A] A-49: avg(5) > 20, memory of processes; load [EA]',
  },
  'zabbix-metric-load': {
    ...ZABBIX_AVERAGE,
    period: '60 s',
    threshold: 5,
    load: 10,
    source: '[A] A-49: avg(1m) > 5, load per CPU; load [EA]',
  },
  'zabbix-metric-processes': {
    ...ZABBIX_AVERAGE,
    period: '5 s',
    threshold: 2,
    load: 4,
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
    source: '[A] A-65: average > 50 over 600 s, one evaluation; a step from 20 to 100 % [EA]',
  },
  audit: { kind: 'poll', period: '24 h', confirmations: 1, source: '[EA] SEM-19d' },
  nagios: { kind: 'check', period: '300 s', retry: '60 s', attempts: 3, source: '[EA]; minutes by B-103' },
  collectd: { kind: 'poll', period: '10 s', confirmations: 1, source: '[B] B-99; 10 s [EA]' },
  'collectd-event': { kind: 'event', latency: '7 ms', source: '[B] B-99' },
  doctor: {
    kind: 'poll',
    period: '1 s',
    confirmations: 1,
    notify: '350 ms',
    needs: ['vim'],
    source: '[U] hops 10 + 160 + 50 + 110 + 20 ms; poll [EA]',
  },
  'doctor-event': {
    kind: 'event',
    latency: '7 ms',
    notify: '350 ms',
    needs: ['vim'],
    source: '[U] hops 10 + 160 + 50 + 110 + 20 ms; event [EA]',
  },
  'path-monitor': {
    kind: 'heartbeat',
    interval: '10 ms',
    misses: 3,
    timeout: '0 s',
    notify: '5 ms',
    source: '[B] B-95; numbers [EA]',
  },
  'mano-health': {
    kind: 'mano-health',
    interval: '10 s',
    misses: 3,
    notify: '1 s',
    needs: ['vnfm'],
    source: '[A] A-12; numbers [EA]',
  },
  'client-timeout': {
    kind: 'client-timeout',
    timeout: '1 s',
    tries: 1,
    source: '[A] A-18: no answer; numbers [EA]',
  },
  dns: { kind: 'dns', ttl: '30 s', timeout: '1 s', tries: 1, source: '[A] A-18: second address; numbers [EA]' },
  'lb-health-check': {
    kind: 'lb-health-check',
    interval: '1 s',
    timeout: '1 s',
    threshold: 3,
    source: '[A] A-22; numbers [EA]',
  },
  'peer-check': {
    kind: 'heartbeat',
    interval: '2 s',
    misses: 1,
    timeout: '0 s',
    needs: ['peer'],
    source: '[A] A-23: members check one another; 2 s [EA]',
  },
  perfect: { kind: 'event', latency: '0 s', source: '[EA] ideal' },
};
