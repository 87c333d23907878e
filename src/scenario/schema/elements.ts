import { z } from 'zod';
import { DEFAULTS } from '../../catalogue/defaults.ts';
import { BUCKETS, CAUSES, ELEMENT_KINDS, PARTIES } from '../../model/scenario.ts';
import { blackBox } from './black-box.ts';
import { structure } from './structure.ts';
import { count, countOrUnlimited, duration, key, law, mapOf, probability, rate } from './words.ts';

export const ROLES = ['compute', 'control', 'network', 'storage', 'monitor'] as const;

export const failureModeKeys = {
  rate: key(rate, 'How often it fails while it runs; exponential.', undefined, '4 / year'),
  mtbf: key(duration, 'Mean up time between failures; exponential.', undefined, '999 h'),
  mttf: key(duration, 'Mean time to failure; exponential.'),
  fit: key(z.union([z.string(), z.number()]), 'Failures per 1e9 hours; exponential.', undefined, '100 FIT'),
  law: key(law, 'Any law of the time to failure.', undefined, { weibull: { shape: 1.5, mttf: '1000 h' } }),
  cause: key(z.enum(CAUSES), 'Cause class; default by kind of element.'),
  bucket: key(z.enum(BUCKETS), 'Allocation bucket; default by cause and kind.'),
  party: key(z.enum(PARTIES), 'Who is responsible; default: the bucket.'),
  restart: key(law, 'Comes back by itself after this time.', undefined, '5 s'),
  repair: key(
    law,
    'Is repaired in this time under a repair policy, or by itself when the file has none.',
    undefined,
    '4 h',
  ),
  policy: key(z.string(), 'Repair policy id, or "none": nobody waits for a crew.'),
  replacement: key(z.literal(true), 'The group replaces the instance; only for layers of an instance.'),
  planned: key(z.boolean(), 'Foreseen work rather than a fault: reports also say what downtime is left without it.'),
};

const failureMode = z
  .strictObject(failureModeKeys)
  .meta({ id: 'failureMode', description: 'One way of failing and of coming back.' });

/** Failure modes by id; `null` removes a mode that the type brings. */
export const failures = mapOf(failureMode.nullable());

const type = (of: string) =>
  key(z.string(), `Element type of the catalogue that brings failure modes, for example "${of}".`);
const modes = key(failures, 'Failure modes by id; laid over those of the type.');

export const elementType = z.strictObject({
  base: key(z.string(), 'Element type to start from.'),
  title: key(z.string(), 'What it is.'),
  kind: key(z.enum(ELEMENT_KINDS), 'Kind of element.'),
  role: key(z.enum(ROLES), 'Role of a node.'),
  slots: key(count, 'Instance slots of a node.'),
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
  ...blackBox,
});

export const element = elementKeys.meta({ id: 'element', description: 'An element, or several equal ones.' });

const node = z.strictObject({
  type: type('compute-node'),
  role: key(z.enum(ROLES), 'What the nodes are for.', DEFAULTS.node.role),
  count: key(count, 'Number of equal nodes named <site>/<id>-1, …', DEFAULTS.node.count),
  slots: key(count, 'Instances of unit size that one node holds.', DEFAULTS.node.slots),
  domains: key(z.array(z.string()), 'Failure domains of this site over which the nodes are dealt in turn.', undefined, [
    'rack-a',
    'rack-b',
  ]),
  failures: modes,
  internal,
});

const domain = z.strictObject({
  type: type('rack'),
  kind: key(z.enum(['rack', 'power-feed']), 'What the nodes share.', DEFAULTS.domain.kind),
  failures: modes,
});

const siteKeys = z.strictObject({
  failures: key(failures, 'Failure modes of the whole site.'),
  domains: key(mapOf(domain), 'Failure domains: racks and power feeds.'),
  nodes: key(mapOf(node), 'Pools of equal nodes.'),
});

export const site = siteKeys.meta({ id: 'site', description: 'One place with its failure domains and nodes.' });

const controlKeys = z.strictObject({
  type: type('control-service'),
  instances: key(count, 'Number of instances.', DEFAULTS.control.instances),
  quorum: key(count, 'How many must be up; default: the majority.'),
  on: key(z.string(), 'Node pool <site>/<pool> whose nodes host the instances in turn.'),
  failures: modes,
});

export const controlFunction = controlKeys.meta({
  id: 'controlFunction',
  description: 'A function of the control path.',
});

export const control = z.strictObject({
  functions: key(
    mapOf(controlFunction),
    'Control functions by id: nfvo, vnfm, vim, …; "mano" stands for all three of them that are not given.',
  ),
  treatment: key(
    z.enum(['conditional', 'series']),
    'conditional: control functions only delay what asks for them; series: services also go down with them.',
    DEFAULTS.control.treatment,
  ),
});

export const repairPolicy = z.strictObject({
  crews: key(countOrUnlimited, 'Repairs at the same time.', DEFAULTS.repair.crews),
  discipline: key(z.enum(['first-come', 'element-order']), 'Who is served first.', DEFAULTS.repair.discipline),
  dispatch: key(z.enum(['fault', 'detection', 'restoration']), 'What starts a repair.', DEFAULTS.repair.dispatch),
  detection: key(law, 'Fault to detected by the monitoring of the infrastructure.', DEFAULTS.repair.detection),
  batch: key(duration, 'Repairs start at multiples of this time only; 0 s: at once.', DEFAULTS.repair.batch),
  diagnosis: key(law, 'Off-line diagnosis before the repair.', DEFAULTS.repair.diagnosis),
  transientShare: key(probability, 'Faults that diagnosis finds transient: no repair.', DEFAULTS.repair.transientShare),
});
