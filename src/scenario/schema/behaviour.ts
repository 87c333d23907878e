import { z } from 'zod';
import { DEFAULTS } from '../../catalogue/defaults.ts';
import { EFFECTS, FAILOVER_REASONS, MARKS, PHASES } from '../../model/flow.ts';
import { FAULT_LAYERS } from '../../model/monitoring.ts';
import { count, duration, key, law, mapOf, number, probability, rate } from './words.ts';

const needs = key(
  z.array(z.string()),
  'Control functions, elements or groups, or "peer": another member that is up, "guest-agent": the agent in the instance, "registration": known to its server, ' +
    '"zabbix-server": the control function of that id, if there is one.',
  undefined,
  ['peer'],
);
const notify = key(duration, 'Time from noticing to telling, added to every detection.', undefined, '1 s');

const detectorKeys = {
  base: key(z.string(), 'Detector to start from.', undefined, 'heartbeat-peer'),
  kind: key(
    z.enum([
      'heartbeat',
      'poll',
      'event',
      'mano-health',
      'law',
      'ping',
      'http-ping',
      'check',
      'client-timeout',
      'dns',
      'lb-health-check',
      'alarm',
      'trigger',
    ]),
    'heartbeat: (misses-1, misses] intervals + timeout; poll: (confirmations-1, confirmations] periods; event and law: latency; ' +
      'mano-health: heartbeat of the control path; ping and http-ping: serial probe loop; check: periodic check with retries; ' +
      'client-timeout: tries without an answer; dns: the same after the address has run out; lb-health-check: failed checks in a row; ' +
      'alarm: average over a window above a threshold, after a step of the load; trigger: an expression over samples.',
  ),
  interval: key(
    duration,
    'heartbeat, mano-health: between two heartbeats; ping: between two packets; lb-health-check: between two checks.',
  ),
  misses: key(count, 'heartbeat, mano-health: missing heartbeats that mean a fault.'),
  timeout: key(
    duration,
    'heartbeat: after the last miss; ping, http-ping, lb-health-check: of one probe; client-timeout, dns: of one try.',
  ),
  tries: key(count, 'client-timeout, dns: tries before a client goes elsewhere.'),
  ttl: key(duration, 'dns: how long an address is remembered.'),
  threshold: key(number, 'lb-health-check: failed checks in a row that mean a fault; alarm: average that raises it.'),
  phase: key(
    duration,
    'lb-health-check: from the fault to the first failing check; absent: at any time within an interval.',
  ),
  period: key(duration, 'poll, check: between two looks; alarm: length of the window; trigger: between two samples.'),
  expression: key(
    z.string(),
    'trigger: max(#3)=0 (three zero samples), nodata(5 min)=1 (nothing came), avg(1 min)>20 (average over a window).',
  ),
  window: key(z.enum(['tumbling', 'sliding']), 'alarm: whether windows follow each other.', DEFAULTS.detector.window),
  evaluations: key(count, 'alarm: windows (tumbling) or looks (sliding) in a row.', DEFAULTS.detector.evaluations),
  tick: key(duration, 'alarm: between two looks at a sliding window.', DEFAULTS.detector.tick),
  idle: key(number, 'alarm: value before the step.', DEFAULTS.detector.idle),
  load: key(number, 'alarm: value after the step.'),
  confirmations: key(count, 'poll: looks in a row that must see the fault.'),
  latency: key(law, 'event, law: fault to detected.'),
  count: key(count, 'ping: packets of one probe.'),
  sleep: key(duration, 'ping, http-ping: pause of the loop.'),
  targets: key(count, 'ping: targets probed one after the other.'),
  retries: key(count, 'http-ping: tries of one probe.'),
  outcome: key(z.enum(['blackhole', 'refused']), 'http-ping: whether a dead target answers at all.'),
  retry: key(duration, 'check: between the attempts that confirm a fault.'),
  attempts: key(count, 'check: failed attempts that mean a fault.'),
  notify,
  falsePositives: key(rate, 'Alarms about a healthy member.', DEFAULTS.detector.falsePositives),
  holdOff: key(duration, 'Wait for lower layers before it tells anybody.', DEFAULTS.detector.holdOff),
  covers: key(
    z.array(z.enum(FAULT_LAYERS)),
    'Faults it sees of members whose layers are told apart ("instance", or "layer" of a failure mode); default: all.',
    undefined,
    ['guest', 'node', 'network'],
  ),
  delay: key(
    law,
    'Start of an instance, the first one and every replacement, to the first look.',
    DEFAULTS.detector.delay,
  ),
  loop: key(z.string(), 'ping, http-ping: loop of "monitoring" it probes in, instead of sleep and targets.'),
  reconfigured: key(
    z.strictObject({
      while: key(z.enum(['exposed']), 'Whenever the group is known to be exposed; absent: when a script says so.'),
      interval: key(duration, 'As above, from then on.'),
      misses: key(count, 'As above.'),
      timeout: key(duration, 'As above.'),
      period: key(duration, 'As above.'),
      confirmations: key(count, 'As above.'),
      retry: key(duration, 'As above.'),
      attempts: key(count, 'As above.'),
      sleep: key(duration, 'As above.'),
      tick: key(duration, 'As above.'),
      latency: key(law, 'As above.'),
    }),
    'Parameters that change at run time.',
    undefined,
    { interval: '10 ms', while: 'exposed' },
  ),
  needs,
};

/** One loop that probes its targets one after the other. */
export const monitoringLoop = z.strictObject({
  in: z.string().meta({ description: 'Control function that runs it; nothing is probed while that is down.' }),
  sleep: key(duration, 'Pause after each round.', DEFAULTS.monitoring.sleep),
  others: key(
    z.number().int().min(0),
    'Targets besides the members of groups whose detectors probe in it.',
    DEFAULTS.monitoring.others,
  ),
  probe: key(
    duration,
    'What a healthy probe of each of the others takes; default: the longest of the members.',
    DEFAULTS.monitoring.probe,
  ),
});

export const detector = z.strictObject(detectorKeys);

const stepKeys = {
  by: key(z.string(), 'Who does it, as the trace prints it.'),
  duration: key(law, 'A name under "times" of the group, or a law.', undefined, 'remap', '50 ms'),
  needs: key(
    z.array(z.string()),
    'Control functions, or standby (a member that can take over), peer (a serving member), host (the own node), slot (a free slot), crew, replication, remediated, confirmed (noticed by the second detector too), bmc (the way to the management controller of the own node), guest-agent (the monitoring agent in the instance).',
  ),
  operation: key(z.string(), 'Operation of the control path it is: it needs what control.operations says.'),
  success: key(
    probability,
    'A name under "probabilities" of the group, or a probability; absent: certain.',
    undefined,
    'switch',
    0.999,
  ),
  onFailure: key(z.enum(['manual', 'retry', 'lose-state', 'no-fault-found']), 'What happens when the step fails.'),
  reason: key(z.enum(FAILOVER_REASONS), 'Reason of the failed failover when the step fails.'),
  otherwise: key(z.string(), 'Step to go to when this one fails; instead of onFailure.'),
  next: key(z.string(), 'Step that follows, or "end"; default: the next one of the list.'),
  requires: key(z.array(z.string()), 'Control functions without which it fails; it does not wait for them.'),
  interrupts: key(z.boolean(), 'Nobody is served while it runs.'),
  effects: key(z.array(z.enum(EFFECTS)), 'What the completed step does.'),
  mark: key(z.enum(MARKS), 'Instant of the fault-management cycle it ends.'),
  phase: key(z.enum(PHASES), 'Where its time goes in the attribution.'),
  when: key(z.enum(['stateful', 'state-checked', 'state-replicated']), 'Only in groups for which this holds.'),
};

const step = z.strictObject({ id: z.string(), ...stepKeys }).meta({ id: 'step' });

export const flow = z.strictObject({
  base: key(z.string(), 'Flow to start from.', undefined, 'FL-03'),
  title: key(z.string(), 'What it is.'),
  steps: key(
    mapOf(z.strictObject(stepKeys).nullable()),
    'Steps of the base to change, by id; null removes one.',
    undefined,
    { remap: { duration: '2 s' } },
  ),
  remediation: key(z.array(step), 'Steps from detection until the service is restored; replaces those of the base.'),
  recovery: key(z.array(step), 'Steps that bring the redundancy back; replaces those of the base.'),
});
