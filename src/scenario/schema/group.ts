import { z } from 'zod';
import { DEFAULTS } from '../../catalogue/defaults.ts';
import { ACTIONS, OPERATORS } from '../../model/monitoring.ts';
import { RUNTIMES } from '../../model/runtime.ts';
import { REPLACEMENTS, SCHEMES, SEPARATIONS } from '../../model/scenario.ts';
import { groupCommonCause } from './causes.ts';
import { cluster } from './cluster.ts';
import { failures } from './failures.ts';
import { imperfect } from './imperfect.ts';
import {
  count,
  countOrUnlimited,
  duration,
  durationOrNever,
  key,
  law,
  mapOf,
  number,
  probability,
  rate,
} from './words.ts';

const defaults = DEFAULTS.group;

const layer = z.strictObject({
  type: key(z.string(), 'Element type: vm, container, vnf-app or an own one.'),
  kind: key(z.enum(['guest', 'app']), 'Default: the type, else the id of the layer.'),
  failures: key(failures, 'Failure modes by id; laid over those of the type.'),
});

const placement = z.strictObject({
  pools: key(
    z.array(z.string()),
    'Node pools <site>/<pool> that may host members; none: members have no host.',
    undefined,
    ['core/compute'],
  ),
  replacement: key(
    z.enum(REPLACEMENTS),
    'Where a replacement goes; recovery-region and site: it stays in the one in which the member started.',
    defaults.placement.replacement,
  ),
  slots: key(count, 'Slots one member takes.', defaults.placement.slots),
  flavour: key(z.string(), 'What a member takes of the capacity of its node besides.', undefined, 'm1.small'),
  acrossRegions: key(z.boolean(), 'Members may run in several regions.', defaults.placement.acrossRegions),
  antiAffinity: key(
    z.strictObject({
      level: key(z.enum(SEPARATIONS), 'What members must not share.', defaults.placement.level),
      hard: key(z.boolean(), 'false: they may when there is no other place.', defaults.placement.hard),
    }),
    'How far members are kept apart.',
  ),
});

const detection = z.strictObject({
  detectors: key(
    z.array(z.string()),
    'Detectors of the catalogue; the first one to notice counts.',
    defaults.detection.detectors,
  ),
  confirm: key(
    z.string(),
    'Detector that has to notice a fault as well, where the flow waits for it (FL-08).',
    defaults.detection.confirm,
  ),
  coverage: key(probability, 'Faults of serving members that can be detected at all.', defaults.detection.coverage),
  coverageExposed: key(probability, 'The same while no healthy standby exists; default: coverage.'),
  uncovered: key(
    z.strictObject({
      detect: key(law, 'Fault to noticed by users.', defaults.detection.uncoveredDetect),
      // biome-ignore lint/suspicious/noThenProperty: the word of the file format
      then: key(z.enum(['manual', 'flow']), 'What follows.', defaults.detection.uncoveredThen),
    }),
    'Faults that no monitoring sees.',
  ),
  standby: key(
    z.strictObject({
      coverage: key(probability, 'Faults of standbys that can be detected.', defaults.detection.standbyCoverage),
      latency: key(law, 'Fault to detected, instead of the detectors.'),
      needs: key(z.array(z.string()), 'What must be up to notice it: control functions, elements, groups, or "peer".'),
      revealedByFailover: key(
        z.boolean(),
        'Whether a failover that finds the standby dead makes its fault known; default true.',
      ),
      audit: key(law, 'Uncovered standby fault to found.', defaults.detection.audit),
    }),
    'Faults of members that do not serve.',
  ),
  gray: key(
    z.strictObject({
      coverage: key(probability, 'Gray faults that can be detected.', defaults.detection.gray.coverage),
      latency: key(law, 'Gray fault to detected.', defaults.detection.gray.latency),
      by: key(z.literal('detectors'), 'As the detectors that cover its layer notice it, instead of latency.'),
    }),
    'Faults of members that live and serve part of their load.',
  ),
  message: key(law, 'Detected to told, beside what is done about the fault; absent: nobody is told.', undefined, '2 s'),
  whileExposed: key(
    z.enum(['normal', 'immediate']),
    'immediate: a fault of an exposed or failed group is noticed at once.',
    defaults.detection.whileExposed,
  ),
});

const agent = z.strictObject({
  in: key(z.string(), 'Layer of the instance it runs in; default: the outermost.'),
  failures: key(failures, 'How it fails by itself; it goes down with its layer in any case.'),
  install: key(law, 'Start of an instance to installed.', DEFAULTS.agent.install),
  registration: key(
    z.strictObject({
      success: key(probability, 'Chance that the server knows a new instance.', DEFAULTS.agent.registered),
      audit: key(law, 'A registration that failed to found; until then nothing is seen.', DEFAULTS.agent.audit),
    }),
    'Step after the installation that can fail; absent: it never does.',
  ),
});

const policyEntry = z.strictObject({
  condition: key(
    z.array(z.union([z.string(), z.number()])),
    `What is compared: [down], [greater, 22], [and less, 22]; ${OPERATORS.join(', ')}.`,
    undefined,
    ['greater', 22],
  ),
  action: key(z.enum(ACTIONS), 'What is done; stop and reboot take the member down.'),
  healthy: key(number, 'Value of a healthy member; if the condition holds for it, the action comes again and again.'),
  rate: key(rate, 'How often the condition becomes true otherwise; absent: only in scripts.', undefined, '1 / year'),
  mtbf: key(duration, 'Mean time until it becomes true.'),
  law: key(law, 'Any law of the time until it becomes true.'),
  after: key(law, 'Condition true to acted, where a healthy member makes it true.', DEFAULTS.policy.after),
  takes: key(law, 'How long the member is down; default: by hand after a stop, a boot.', DEFAULTS.policy.reboot),
});

const state = z.strictObject({
  stateful: key(z.boolean(), 'Whether sessions need state to continue.', defaults.state.stateful),
  protection: key(
    z.enum(['none', 'peer-checkpoint', 'snapshot', 'lockstep', 'external', 'peer-ring']),
    'How the state survives a member; peer-ring: each member keeps a copy of the one before; default for simplex and load-sharing groups: none.',
    defaults.state.protection,
  ),
  replication: key(z.string(), 'Element that carries the replication.'),
  store: key(z.string(), 'Element or group that stores the state; needed for protection external.'),
  storeMode: key(
    z.enum(['fail', 'degraded']),
    'While the store is down: nothing is served, or the service goes on and failovers lose sessions.',
    defaults.state.storeMode,
  ),
  stateForAll: key(z.boolean(), 'shared-standby: standbys hold the state of every member.', defaults.state.stateForAll),
  required: key(z.boolean(), 'A standby with stale state may not take over.', defaults.state.required),
  snapshotInterval: key(duration, 'Time between snapshots.', defaults.state.snapshotInterval),
  sessionHold: key(duration, 'Mean length of a session.', defaults.state.sessionHold),
  reattach: key(duration, 'How long a user whose session was lost is out.', defaults.state.reattach),
});

const groupKeys = z.strictObject({
  count: key(count, 'Number of equal groups named <id>-1, <id>-2, …; the id alone means all of them. Default: 1.'),
  scheme: key(
    z.enum(SCHEMES),
    'How members share the load. active-active, load-balanced, n-plus-1: all carry traffic, those left as much as they can; ' +
      'k-of-n: all or nothing; shared-standby: some stand by for all others.',
    defaults.scheme,
  ),
  members: key(count, 'Number of members, standbys included; simplex: 1.', defaults.members),
  standbys: key(count, 'shared-standby: members that stand by for all others.', defaults.standbys),
  required: key(count, 'k-of-n: members that must serve.', undefined, 2),
  unitCapacity: key(
    probability,
    'Share of the nominal load one member can carry; default 100 % for active-active, 2/members for a ring, else 1/(members - 1).',
    undefined,
    '60 %',
  ),
  load: key(number, 'Offered load relative to the nominal one (busy hour).', defaults.load, 1.2),
  passthrough: key(
    z.boolean(),
    'Members are bound to the hardware of their nodes (SR-IOV, PCI pass-through) and cannot be migrated live.',
  ),
  runtime: key(
    z.enum(RUNTIMES),
    'What members run in; default: container where the instance is of that type, else vm. Containers have defaults of their own for starting and for detection.',
    undefined,
    'container',
  ),
  revertive: key(
    z.boolean(),
    'A planned switchover leads the traffic back once the failed member is there again.',
    defaults.revertive,
  ),
  cluster,
  instance: key(mapOf(layer), 'Layers of one instance from the outside in.', undefined, {
    guest: { type: 'vm' },
    app: { type: 'vnf-app' },
  }),
  failures: key(failures, 'Failure modes of an instance of one layer; instead of "instance".'),
  commonCause: key(groupCommonCause, 'Failures that strike all members at once.'),
  placement: key(placement, 'Where members run.'),
  standby: key(
    z.strictObject({
      kind: key(z.enum(['hot', 'cold']), 'cold standbys do not run and cannot fail.', defaults.standby.kind),
      rateFactor: key(number, 'Failure rate relative to an active member.', defaults.standby.rateFactor),
    }),
    'Members that do not serve.',
  ),
  flow: key(
    z.string(),
    'Flow that manages a fault: FL-01, FL-02, FL-03, FL-03m, opaque, respawn, FL-12 (with notify), FL-11 for clusters, FL-04 to FL-08 for shared load, or an own one.',
    defaults.flowStateful,
  ),
  times: key(z.record(z.string(), law), 'Durations of the steps.', undefined, { remap: '1 s', sync: '30 s' }),
  probabilities: key(z.record(z.string(), probability), 'Success probabilities of the steps.', undefined, {
    switch: 0.999,
  }),
  detection: key(detection, 'How faults are noticed.'),
  policy: key(mapOf(policyEntry), 'What monitoring does on which condition.'),
  agent: key(agent, 'Monitoring agent inside each instance, which detectors and steps that need "guest-agent" need.'),
  ...imperfect,
  recovery: key(
    z.strictObject({
      starts: key(z.enum(['restored', 'detected']), 'After the failover, or beside it.', defaults.recovery.starts),
      concurrency: key(countOrUnlimited, 'Members rebuilt at the same time.', defaults.recovery.concurrency),
      takeover: key(
        z.enum(['immediate', 'failover']),
        'How a member rebuilt while nobody serves takes over.',
        defaults.recovery.takeover,
      ),
    }),
    'How redundancy comes back.',
  ),
  state: key(state, 'State of the sessions.'),
  retry: key(
    duration,
    'Retry of a step that waits for a control function; 0 s: at once when it is back.',
    defaults.retry,
  ),
  manualEscalation: key(durationOrNever, 'Waiting longer than this opens the manual path.', defaults.manualEscalation),
  failover: key(
    z.strictObject({
      deadline: key(duration, 'Slower failovers are failed ones.', defaults.failover.deadline),
      target: key(duration, 'The time aimed at.', defaults.failover.target),
    }),
    'When a failover counts.',
  ),
});

export const group = groupKeys.meta({ id: 'group', description: 'A protection group.' });
