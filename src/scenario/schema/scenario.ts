import { z } from 'zod';
import { ALLOCATION, DEFAULTS } from '../../catalogue/defaults.ts';
import { MEMBER_OPERATIONS, METHODS, PARTIAL_WEIGHTS } from '../../model/scenario.ts';
import { FORMAT } from '../read/layers.ts';
import { detector, flow, monitoringLoop } from './behaviour.ts';
import { allocation, causes } from './causes.ts';
import { flavour } from './cluster.ts';
import { control, element, elementType, repairPolicy, site } from './elements.ts';
import { group } from './group.ts';
import { portChain } from './port-chains.ts';
import { proofTest } from './proof-tests.ts';
import { regionOf } from './region.ts';
import { structure } from './structure.ts';
import { upgrade } from './upgrades.ts';
import { count, duration, key, mapOf, number, probability } from './words.ts';

const defaults = DEFAULTS.simulation;

const simulation = z.strictObject({
  seed: key(z.union([z.string(), z.number()]), 'Seed of all randomness.', defaults.seed),
  years: key(number, 'Simulated years of one history.', defaults.years),
  histories: key(count, 'Number of histories; the most when precision is given.', defaults.histories),
  warmUp: key(duration, 'Discarded at the start of each history.', defaults.warmUp),
  confidence: key(probability, 'Of all intervals, two-sided.', defaults.confidence),
  precision: key(probability, 'Relative half-width of the downtime of every service to stop at.', undefined, '5 %'),
  maxTime: key(duration, 'Wall-clock time after which no further history starts.', undefined, '60 s'),
  method: key(
    z.enum(METHODS),
    'How downtime is found; without it, the command run decides by itself.',
    undefined,
    'auto',
  ),
});

const METRICS = [
  'availability',
  'dpm',
  'dpmTotal',
  'dpmPartial',
  'dpmCounted',
  'ofm',
  'ofmTotal',
  'ofmPartial',
  'reportable',
  'failoverSuccess',
  'failoverWithinTarget',
  'upgradeDowntime',
  'redundancyLoss',
] as const;

const target = z.strictObject({
  id: key(z.string(), 'Default: <of>.<metric>.'),
  of: z.string().meta({ description: 'Service or chain id; group or region id for the two failover metrics.' }),
  metric: z.enum(METRICS).meta({
    description:
      'availability, dpm (downtime per year), dpmTotal, dpmPartial (by lost share), dpmCounted (outages over the threshold), ' +
      'ofm (outages per year), ofmTotal, ofmPartial (that never lost the whole service), ' +
      'reportable (reportable outages per year), failoverSuccess, failoverWithinTarget, upgradeDowntime, redundancyLoss (s/year; of a group).',
  }),
  limit: z.union([z.string(), z.number()]).meta({
    description: 'A ratio, s/year, or 1 / year, by metric.',
    examples: ['99.999 %', '315.36 s/year', '1 / year'],
  }),
  level: key(z.enum(['error', 'warn']), 'Whether missing it fails the run.', DEFAULTS.target.level),
});

/** How losses are counted, of services and of chains. */
const measures = {
  users: key(number, 'Number of users.', DEFAULTS.service.users),
  minOutageThreshold: key(
    duration,
    'Shorter interruptions are hits, not outages.',
    DEFAULTS.service.minOutageThreshold,
  ),
  reportableThreshold: key(duration, 'Longer outages are reportable.', DEFAULTS.service.reportableThreshold),
  minServiceFraction: key(
    probability,
    'Served share at or below which the service is down.',
    DEFAULTS.service.minServiceFraction,
  ),
  partialWeight: key(
    z.enum(PARTIAL_WEIGHTS),
    'What a partial loss counts as downtime: the share that is lost, nothing, or all.',
    DEFAULTS.service.partialWeight,
  ),
  combine: key(
    z.enum(['product', 'max']),
    'Whether stages lose users independently or the same ones.',
    DEFAULTS.service.combine,
  ),
  mergeGap: key(duration, 'Outages closer than this are one.', DEFAULTS.service.mergeGap),
  missionTime: key(duration, 'How long the service is asked to do without an outage.', DEFAULTS.service.missionTime),
  faultsTolerated: key(
    count,
    'Promise that a campaign checks: so many faults at once cause no reportable outage. Absent: no promise.',
    undefined,
    1,
  ),
};

const service = z.strictObject({
  uses: key(z.array(z.string()), 'Elements and groups that must all be up; instead of "structure".', undefined, [
    'sbc',
  ]),
  structure: key(structure, 'What must be up.'),
  ...measures,
});

const chain = z
  .strictObject({
    stages: key(
      z.array(structure),
      "Groups, elements, regions' groups or other chains, in order; an id that stands for several gives a stage each.",
      undefined,
      ['access/gateway', 'core/sbc', 'metro'],
    ),
    ...measures,
  })
  .meta({ id: 'chain', description: 'A service over stages in series, each measured by itself.' });

const region = regionOf(chain);

const injection = z.strictObject({
  at: duration.meta({
    description: 'Relative to the origin of the script; may be negative.',
    examples: ['0 s', '-60 s'],
  }),
  element: z.string().meta({ description: 'Element, <group>/active, <group>/standby or a control function.' }),
  mode: key(z.string(), 'Failure mode; default: the first of the element.'),
  until: key(duration, 'Comes back at this time whatever its own laws say.'),
  operation: key(
    z.enum(MEMBER_OPERATIONS),
    'Planned change instead of a fault: a cluster (element) gets a member, or loses the member (element); a hop of a port chain (element) gets a port pair (scaleOut) or loses its last one (scaleIn).',
  ),
  vnfd: key(z.string(), 'clusterMemberAdd: descriptor of the new member; default: that of the cluster.'),
  reconfigure: key(
    z.literal(true),
    'The detectors of the group named by "element" are configured anew ("reconfigured") from this time on.',
  ),
  start: key(
    z.literal(true),
    'The instance of the member starts at this time instead of failing: who watches it has yet to find it.',
  ),
});

const sections = {
  name: key(z.string(), 'Short name; default: the name of the file.'),
  title: key(z.string(), 'One line that says what the scenario shows.'),
  simulation: key(simulation, 'How long and how precisely to simulate.'),
  targets: key(z.array(target), 'Limits that a run is checked against.'),
  catalogue: key(
    z.strictObject({
      types: key(mapOf(elementType), 'Own element types: named bundles of failure modes.'),
      detectors: key(mapOf(detector), 'Own detectors, and changed ones of the catalogue.'),
      flows: key(mapOf(flow), 'Own flows, and changed ones of the catalogue.'),
      flavours: key(mapOf(flavour), 'Own flavours, and changed ones of the catalogue.'),
      regions: key(mapOf(region), 'Templates for regions to start from.'),
    }),
    'Own types, detectors and flows.',
  ),
  elements: key(mapOf(element), 'Elements that belong to no site.'),
  sites: key(mapOf(site), 'Places with their failure domains and nodes.'),
  control: key(control, 'The control path: management and orchestration functions.'),
  monitoring: key(
    mapOf(monitoringLoop),
    'Loops in which detectors probe their targets one after the other: the more targets, the longer a round.',
  ),
  repair: key(mapOf(repairPolicy), 'Repair policies; "default" applies where a failure mode names none.'),
  groups: key(mapOf(group), 'Protection groups.'),
  portChains: key(
    mapOf(portChain),
    'Service function chains: paths through groups that have to follow their instances.',
  ),
  services: key(mapOf(service), 'What users see.'),
  causes: key(causes, 'What strikes several elements at once: common causes, operators, attacks, surroundings.'),
  upgrades: key(mapOf(upgrade), 'Campaigns of upgrades.'),
  proofTests: key(
    mapOf(proofTest),
    'Proof tests: scheduled inspections that find latent faults, and renew what they look at.',
  ),
  allocation: key(allocation, 'How the downtime budget of a service is divided; the shares sum to 100 %.', ALLOCATION),
  chains: key(mapOf(chain), 'Services over an ordered list of stages, all of which must be up.'),
  regions: key(
    mapOf(region),
    'Clouds of their own; what they hold is named <region>/<id> outside and needs no prefix inside.',
  ),
  injections: key(
    mapOf(z.array(injection)),
    'Scripted faults and planned changes by script name: "inject" plays them, runs have faults by chance alone.',
  ),
  sweep: key(
    z.record(z.string(), z.array(z.union([z.string(), z.number(), z.boolean()]))),
    'Grid: values to try by path.',
    undefined,
    { 'groups.sbc.detection.coverage': ['99 %', '99.9 %'] },
  ),
};

/** The scenario file. Everything is checked here except what quantities mean and whether names exist. */
export const scenarioSchema = z
  .strictObject({
    format: z.literal(FORMAT),
    extends: key(z.string(), 'Scenario file to start from, relative to this one.', undefined, './base.yaml'),
    ...sections,
    variants: key(mapOf(z.record(z.string(), z.unknown())), 'Named sets of changes; null removes what is there.'),
  })
  .meta({
    title: 'carriergrade scenario',
    description: 'A network service, what can fail in it and how faults are managed.',
  });
