import { z } from 'zod';
import { DEFAULTS } from '../../catalogue/defaults.ts';
import { HOMINGS, PLANE_USES } from '../../model/fabric.ts';
import { failures } from './failures.ts';
import { count, duration, key, law, mapOf, number, probability } from './words.ts';

const defaults = DEFAULTS.fabric;

export const homing = z.enum(HOMINGS);

const parts = (type: string) => ({
  type: key(z.string(), 'Element type that brings failure modes.', { value: type, source: '[EA]' }),
  failures: key(failures, 'Failure modes by id; laid over those of the type.'),
});

const switches = (type: string) =>
  z.strictObject({
    ...parts(type),
    domains: key(z.array(z.string()), 'Failure domains of the site over which the switches are dealt in turn.'),
  });

const plane = z.strictObject({
  homing: key(homing, 'How nodes hang on this network.', defaults.homing),
  serves: key(
    z.enum(PLANE_USES),
    'members: what runs on a node needs it as well; control: only control functions on the node do.',
    defaults.planeServes,
  ),
});

/** How lost paths are noticed and replaced: of the fabric, or of one of its recovery regions. */
const protection = {
  failover: key(
    duration,
    'Fault to rerouted, with paths computed and resources allocated beforehand.',
    defaults.failover,
  ),
  detection: key(duration, 'Part of the failover until the fault is noticed; default: 10 ms, at most a fifth of it.'),
  coverage: key(probability, 'Faults of switches and links that monitoring notices.', defaults.coverage),
  report: key(law, 'Fault to noticed, for those that monitoring does not see.', defaults.report),
  precomputedPaths: key(z.boolean(), 'false: backup paths are computed after the fault.', defaults.precomputedPaths),
  pathComputation: key(law, 'Time this takes.', defaults.pathComputation),
  preallocated: key(
    z.boolean(),
    'false: resources of the backup path are allocated after the fault.',
    defaults.preallocated,
  ),
  allocation: key(law, 'Time this takes.', defaults.allocation),
  bondFailover: key(
    duration,
    'Fault of an access link to switched over, by the leaves or the host.',
    defaults.bondFailover,
  ),
  guestBondFailover: key(duration, 'The same by the guest.', defaults.bondFailover),
};

const recoveryRegion = z.strictObject({
  leafPairs: key(z.array(count), 'Numbers of its pairs of leaves.', undefined, [1, 2]),
  ...protection,
});

/** Switches and links of a site (B-91). */
export const fabric = z.strictObject({
  kind: key(z.enum(['leaf-spine', 'free']), 'leaf-spine: every leaf on every spine; free: any graph.', defaults.kind),
  spines: key(count, 'Number of spines, named <site>/spine-1, …'),
  leaves: key(count, 'Number of leaves, named <site>/leaf-1, …; leaves 1 and 2 are a pair, and so on.'),
  leafPairs: key(count, 'Number of pairs of leaves; instead of "leaves".'),
  linksPerPair: key(count, 'Links between a leaf and a spine.', defaults.linksPerPair),
  borderLeaves: key(count, 'Leaves through which traffic leaves the fabric; 0: at the spines.', defaults.borderLeaves),
  oversubscription: key(
    number,
    'Capacity of the access links of a leaf over that of its uplinks.',
    defaults.oversubscription,
  ),
  load: key(probability, 'Offered traffic over the capacity of the access links.', defaults.load),
  homing: key(homing, 'How nodes hang on the leaves.', defaults.homing),
  ...protection,
  recoveryRegions: key(
    mapOf(recoveryRegion),
    'Parts that notice and replace lost paths by themselves; what one does not say is said by the fabric.',
    undefined,
    { east: { leafPairs: [1, 2], failover: '50 ms' } },
  ),
  spine: key(switches('spine'), 'Spines.'),
  leaf: key(switches('leaf'), 'Leaves, border leaves too.'),
  link: key(z.strictObject(parts('link')), 'Links.'),
  planes: key(mapOf(plane), 'Networks with access links of their own besides the first one.', undefined, {
    mgmt: { homing: 'single', serves: 'control' },
  }),
  bmc: key(
    z.strictObject({
      ...parts('bmc'),
      redundant: key(z.boolean(), 'Two ways to the management controller of a node.', defaults.bmcRedundant),
    }),
    'Ways to the management controllers of the nodes, which fencing may need.',
  ),
  aggregator: key(z.strictObject(parts('control-service')), 'Where the path probes come together.'),
  cabling: key(mapOf(z.array(z.string())), 'Switches of single nodes, by <pool>-<number>.', undefined, {
    'compute-7': ['leaf-1', 'leaf-1'],
  }),
  switches: key(mapOf(z.strictObject(parts('leaf'))), 'Free fabric: switches by id.'),
  links: key(
    mapOf(z.strictObject({ ...parts('link'), between: z.array(z.string()).meta({ description: 'Its two ends.' }) })),
    'Free fabric: links by id.',
  ),
  exits: key(z.array(z.string()), 'Free fabric: switches where traffic leaves it.'),
  access: key(
    z.array(z.string()),
    'Free fabric: switches that nodes hang on, dealt in turn; default: all but the exits.',
  ),
});
