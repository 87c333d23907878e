import { z } from 'zod';
import { DEFAULTS } from '../../catalogue/defaults.ts';
import { IMPACTS } from '../../model/control.ts';
import { DISCIPLINES, ELEMENT_KINDS } from '../../model/scenario.ts';
import { blackBox } from './black-box.ts';
import { nodeCapacity } from './cluster.ts';
import { fabric, homing } from './fabric.ts';
import { failures } from './failures.ts';
import { structure } from './structure.ts';
import { count, countOrUnlimited, duration, key, law, mapOf, number, probability } from './words.ts';

export const ROLES = ['compute', 'control', 'network', 'storage', 'monitor'] as const;

const type = (of: string) =>
  key(z.string(), `Element type of the catalogue that brings failure modes, for example "${of}".`);
const modes = key(failures, 'Failure modes by id; laid over those of the type.');

export const elementType = z.strictObject({
  base: key(z.string(), 'Element type to start from.'),
  title: key(z.string(), 'What it is.'),
  kind: key(z.enum(ELEMENT_KINDS), 'Kind of element.'),
  role: key(z.enum(ROLES), 'Role of a node.'),
  slots: key(count, 'Instance slots of a node.'),
  capacity: nodeCapacity,
  failures: modes,
});

const part = z.strictObject({
  type: type('psu'),
  count: key(count, 'Number of equal parts.', DEFAULTS.element.count),
  on: key(z.array(z.string()), 'What the parts stand on, in turn; default: what their element stands on.', undefined, [
    'feed-a',
    'feed-b',
  ]),
  failures: modes,
});

const internal = key(
  z.strictObject({
    parts: key(mapOf(part), 'Parts by id, named <element>/<id>, or <element>/<id>-1, ….'),
    needs: key(structure, 'Of which parts: the element goes down with it.'),
  }),
  'Inner structure, such as 1+1 power supplies.',
  undefined,
  { parts: { psu: { count: 2 } }, needs: { any: ['psu'] } },
);

const elementKeys = z.strictObject({
  type: type('leaf'),
  kind: key(z.enum(ELEMENT_KINDS), 'Kind of element; default: the type, else "unit".'),
  count: key(count, 'Number of equal elements named <id>-1, <id>-2, …', DEFAULTS.element.count),
  on: key(z.string(), 'Element this one goes down with: its host, its power feed.'),
  failures: modes,
  internal,
  standby: key(
    z.strictObject({
      rateFactor: key(number, 'Failure rate relative to one that is used; 0: cold.', DEFAULTS.element.rateFactor),
    }),
    'While it rests as a spare of {standby: […]} that nobody uses.',
    undefined,
    { rateFactor: 0 },
  ),
  ...blackBox,
});

export const element = elementKeys.meta({ id: 'element', description: 'An element, or several equal ones.' });

const node = z.strictObject({
  type: type('compute-node'),
  role: key(z.enum(ROLES), 'What the nodes are for.', DEFAULTS.node.role),
  count: key(count, 'Number of equal nodes named <site>/<id>-1, …', DEFAULTS.node.count),
  slots: key(count, 'Instances of unit size that one node holds.', DEFAULTS.node.slots),
  capacity: nodeCapacity,
  domains: key(z.array(z.string()), 'Failure domains of this site over which the nodes are dealt in turn.', undefined, [
    'rack-a',
    'rack-b',
  ]),
  homing: key(homing, 'How the nodes hang on the fabric of the site; default: as the fabric says.'),
  leafPairs: key(z.array(count), 'Leaf pairs over which the nodes are dealt in turn; default: all.', undefined, [1, 2]),
  failures: modes,
  internal,
});

const domain = z.strictObject({
  type: type('rack'),
  kind: key(z.enum(['rack', 'power-feed']), 'What the nodes share.', DEFAULTS.domain.kind),
  failures: modes,
});

const siteKeys = z.strictObject({
  topology: key(z.string(), 'Site of the catalogue to start from: R160, k-one-testbed.', undefined, 'R160'),
  failures: key(failures, 'Failure modes of the whole site.'),
  domains: key(mapOf(domain), 'Failure domains: racks and power feeds.'),
  nodes: key(mapOf(node), 'Pools of equal nodes.'),
  fabric: key(fabric, 'Switches and links between the nodes and the outside.'),
});

export const site = siteKeys.meta({ id: 'site', description: 'One place with its failure domains and nodes.' });

const controlKeys = z.strictObject({
  type: type('control-service'),
  instances: key(count, 'Number of instances.', DEFAULTS.control.instances),
  quorum: key(count, 'How many must be up; default: the majority.'),
  on: key(z.string(), 'Node pool <site>/<pool> whose nodes host the instances in turn.'),
  needs: key(z.array(z.string()), 'Other control functions without which it does not work either.', undefined, [
    'galera-mariadb',
  ]),
  concurrency: key(
    countOrUnlimited,
    'Requests it works on at a time; the others queue in order of arrival.',
    DEFAULTS.control.concurrency,
  ),
  impact: key(
    z.enum(IMPACTS),
    'Class in the impact mapping; with treatment: series, services go down with Critical functions only.',
  ),
  failures: modes,
});

export const controlFunction = controlKeys.meta({
  id: 'controlFunction',
  description: 'A function of the control path.',
});

const platform = z.strictObject({
  name: key(z.string(), 'Platform of the catalogue: openstack, with 33 services.', undefined, 'openstack'),
  instances: key(count, 'Instances of each service; default: 3.'),
  on: key(z.string(), 'Node pool <site>/<pool> whose nodes host the instances in turn.'),
  failures: key(failures, 'Failure modes of each instance; laid over those of the type control-service.'),
});

const { operation: failing } = DEFAULTS.control;
const operation = z.strictObject({
  needs: key(z.array(z.string()), 'Control functions it asks, instead of those the platform says.'),
  also: key(z.array(z.string()), 'Control functions it asks besides.', undefined, ['cinder-volume']),
  failure: key(probability, 'Chance that the operation fails at its end and is tried again.', undefined, '1 %'),
  notify: key(law, 'Failed to known to have failed.', failing.notify),
  orphans: key(probability, 'Failed instances that keep their slot.', failing.orphans),
});

const bus = z.strictObject({
  base: key(duration, 'Sent to the first copy leaving.', DEFAULTS.control.bus.base),
  copy: key(duration, 'One copy; recipients get theirs one after the other.', DEFAULTS.control.bus.copy),
  loss: key(probability, 'Copies that are lost.', DEFAULTS.control.bus.loss),
  retransmit: key(duration, 'Lost to sent again.', DEFAULTS.control.bus.retransmit),
  burst: key(count, 'Copies of telemetry under way when an event comes.', DEFAULTS.control.bus.burst),
  priority: key(z.boolean(), 'Events overtake telemetry.', DEFAULTS.control.bus.priority),
});

export const control = z.strictObject({
  bus: key(bus, 'The bus that events go over; a control function "bus" says when it is up.'),
  platform: key(platform, 'Services of the catalogue as control functions, with what operations ask of them.'),
  operations: key(
    mapOf(operation),
    'Operations of the control path by id, as steps of flows name them: spawn, terminate, cp-remap, mano-call, …',
  ),
  functions: key(
    mapOf(controlFunction),
    'Control functions by id: nfvo, vnfm, vim, …; "mano" stands for all three of them that are not given.',
  ),
  cleanup: key(
    law,
    'First slot on a node that a failed operation leaves taken, to all of them free again.',
    DEFAULTS.control.cleanup,
  ),
  treatment: key(
    z.enum(['conditional', 'series']),
    'conditional: control functions only delay what asks for them; series: services also go down with them.',
    DEFAULTS.control.treatment,
  ),
});

export const repairPolicy = z.strictObject({
  crews: key(countOrUnlimited, 'Repairs at the same time.', DEFAULTS.repair.crews),
  discipline: key(
    z.enum(DISCIPLINES),
    'Who is served first; preemptive: whoever comes later in the model gives way and begins anew.',
    DEFAULTS.repair.discipline,
  ),
  dispatch: key(z.enum(['fault', 'detection', 'restoration']), 'What starts a repair.', DEFAULTS.repair.dispatch),
  detection: key(law, 'Fault to detected by the monitoring of the infrastructure.', DEFAULTS.repair.detection),
  batch: key(duration, 'Repairs start at multiples of this time only; 0 s: at once.', DEFAULTS.repair.batch),
  diagnosis: key(law, 'Off-line diagnosis before the repair.', DEFAULTS.repair.diagnosis),
  transientShare: key(probability, 'Faults that diagnosis finds transient: no repair.', DEFAULTS.repair.transientShare),
  inspection: key(law, 'What a crew does at the unit before the repair.', DEFAULTS.repair.inspection),
  wrongUnit: key(probability, 'Repairs of the wrong unit, which a second repair follows.', DEFAULTS.repair.wrongUnit),
  spares: key(count, 'Spare units that take the place of failed ones; absent: none.'),
  swap: key(law, 'Time to put a spare in place.', DEFAULTS.repair.swap),
});
