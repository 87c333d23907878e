import { DEFAULTS } from '../../catalogue/defaults.ts';
import { changeProblem } from '../../model/member-operations.ts';
import {
  type Group,
  type Injection,
  MEMBER_OPERATIONS,
  type Metric,
  PARTIAL_WEIGHTS,
  type Scenario,
  type Service,
  type StructureSpec,
  type Target,
} from '../../model/scenario.ts';
import { didYouMean } from '../read/suggest.ts';
import type { Section } from './context.ts';
import { type Names, splitAt } from './names.ts';
import {
  choice,
  complement,
  count,
  downtime,
  flag,
  numberAbove,
  perYear,
  positiveTime,
  probability,
  signedTime,
  text,
  texts,
  time,
} from './parsers.ts';
import { printTree } from './print.ts';
import { readInputs, readStructure } from './structure.ts';

/** Services by id. */
export function readServices(section: Section, names: Names): Readonly<Record<string, Service>> {
  const services: Record<string, Service> = {};
  for (const part of section.entries())
    services[part.key] = { structure: readUses(part, names), ...readMeasures(part) };
  return services;
}

/** Stated or not, only what is not the usual is kept. */
function readPartialWeight(part: Section): Pick<Service, 'partialWeight'> {
  const weight = part.defaulted('partialWeight', choice(PARTIAL_WEIGHTS), DEFAULTS.service.partialWeight, false);
  return weight === 'capacity' ? {} : { partialWeight: weight };
}

/** How losses are counted, of a service or a chain. */
export function readMeasures(part: Section): Omit<Service, 'structure' | 'stages'> {
  const { service: defaults } = DEFAULTS;
  const minOutageThreshold = part.defaulted('minOutageThreshold', time, defaults.minOutageThreshold);
  const reportableThreshold = part.defaulted('reportableThreshold', time, defaults.reportableThreshold);
  if (reportableThreshold < minOutageThreshold) {
    const where = part.at(part.has('reportableThreshold') ? 'reportableThreshold' : 'minOutageThreshold');
    where.problem('inconsistent-thresholds', 'an outage can be reportable and yet too short to count', undefined, {
      level: 'warning',
    });
  }
  const faultsTolerated = part.optional('faultsTolerated', count(1));
  return {
    users: part.defaulted('users', numberAbove(0), defaults.users),
    minOutageThreshold,
    reportableThreshold,
    minServiceFraction: part.defaulted('minServiceFraction', probability, defaults.minServiceFraction),
    ...readPartialWeight(part),
    combine: part.defaulted('combine', choice(['product', 'max']), defaults.combine),
    mergeGap: part.defaulted('mergeGap', time, defaults.mergeGap),
    missionTime: part.defaulted('missionTime', positiveTime, defaults.missionTime),
    ...(faultsTolerated === undefined ? {} : { faultsTolerated }),
  };
}

const NOTHING: StructureSpec = { kind: 'all', inputs: [] };

function readUses(part: Section, names: Names): StructureSpec {
  if (part.has('uses') && part.has('structure')) {
    part
      .at('uses')
      .problem('conflicting-keys', '"uses" and "structure" both say what must be up', undefined, { part: 'key' });
  }
  if (part.has('structure')) return part.optional('structure', (spec) => readStructure(spec, names)) ?? NOTHING;
  if (!part.has('uses')) {
    return (
      part.problem('missing-key', 'a service needs "uses" or "structure"', 'uses: [sbc]', { part: 'key' }) ?? NOTHING
    );
  }
  part.optional('uses', texts);
  const inputs = readInputs(part.at('uses'), names);
  return inputs.length === 1 ? inputs[0]! : { kind: 'all', inputs };
}

const RATIOS: readonly Metric[] = ['failoverSuccess', 'failoverWithinTarget'];
const DOWNTIMES: readonly Metric[] = [
  'dpm',
  'dpmTotal',
  'dpmPartial',
  'dpmCounted',
  'upgradeDowntime',
  'redundancyLoss',
];
const OF_GROUPS: readonly Metric[] = [...RATIOS, 'redundancyLoss'];
const METRICS: readonly Metric[] = [
  'availability',
  ...DOWNTIMES,
  'ofm',
  'ofmTotal',
  'ofmPartial',
  'reportable',
  ...RATIOS,
];

/** Limits in the unit of their metric: unavailability, s/year, 1/year, or a ratio. */
export function readTargets(
  section: Section,
  scenario: Pick<Scenario, 'services' | 'groups'> & { readonly regions: Readonly<Record<string, unknown>> },
): readonly Target[] {
  const targets: Target[] = [];
  for (const part of section.items()) {
    const of = part.optional('of', text);
    const metric = part.optional('metric', choice(METRICS));
    if (of === undefined || metric === undefined) continue;
    const group = OF_GROUPS.includes(metric);
    // Of regions only failovers are measured.
    const regions = group && !RATIOS.includes(metric) ? {} : scenario.regions;
    const measured = { ...scenario.groups, ...regions };
    const known = Object.keys(group ? measured : scenario.services);
    if (!known.includes(of)) {
      const other = Object.hasOwn(group ? scenario.services : measured, of);
      const what = group ? 'group' : 'service';
      const message = other ? `${metric} is measured of a ${what}, "${of}" is none` : `there is no ${what} "${of}"`;
      part.at('of').problem(other ? 'wrong-metric' : 'dangling-reference', message, didYouMean(of, known, `${what}s`));
    }
    const id = part.optional('id', text) ?? `${of}.${metric}`;
    if (targets.some((target) => target.id === id)) {
      const where = part.has('id') ? part.at('id') : part;
      where.problem('duplicate-name', `there are two targets "${id}"`, 'give one of them an id of its own');
    }
    const parse = DOWNTIMES.includes(metric)
      ? downtime
      : metric === 'availability'
        ? complement
        : RATIOS.includes(metric)
          ? probability
          : perYear;
    const limit = part.required('limit', parse, 0);
    const written = part.at('limit').tree;
    targets.push({
      id,
      of,
      metric,
      limit,
      level: part.defaulted('level', choice(['error', 'warn']), DEFAULTS.target.level),
      text: written === undefined ? '' : printTree(written),
    });
  }
  return targets;
}

type InjectionParts = Pick<
  Scenario,
  'flows' | 'elements' | 'sites' | 'control' | 'groups' | 'shocks' | 'upgrades' | 'proofTests'
>;

/** Scripts of faults by name. */
export function readInjections(
  section: Section,
  names: Names,
  scenario: InjectionParts,
): Readonly<Record<string, readonly Injection[]>> {
  const scripts: Record<string, readonly Injection[]> = {};
  for (const script of section.entries()) {
    scripts[script.key] = script.items().map((part) => {
      const at = part.required('at', signedTime, 0);
      const element = part.required('element', text, '');
      const mode = part.optional('mode', text);
      const until = part.optional('until', signedTime);
      const operation = part.optional('operation', choice(MEMBER_OPERATIONS));
      const vnfd = part.optional('vnfd', text);
      if (operation !== undefined) {
        for (const key of ['mode', 'until', 'start', 'reconfigure'] as const) {
          if (part.has(key))
            part.at(key).problem('conflicting-keys', `"${key}" goes with a fault, not with ${operation}`);
        }
        const planned = { at, element, operation, ...(vnfd === undefined ? {} : { vnfd }) };
        const wrong = changeProblem(planned, scenario);
        if (wrong !== undefined) part.at(wrong.at).problem(wrong.code, wrong.message, wrong.hint);
        return planned;
      }
      if (vnfd !== undefined)
        part
          .at('vnfd')
          .problem('conflicting-keys', '"vnfd" goes with operation: clusterMemberAdd', undefined, { part: 'key' });
      const start = part.optional('start', flag);
      const reconfigure = part.optional('reconfigure', flag);
      if (reconfigure === true) {
        if (part.has('mode'))
          part.at('mode').problem('conflicting-keys', 'a detector that is configured does not fail');
        const group = Object.hasOwn(scenario.groups, element) ? scenario.groups[element] : undefined;
        if (group === undefined || group.detection.detectors.every((one) => one.reconfigured === undefined)) {
          const message = `"${element}" is no group with a detector that can be configured anew`;
          part.at('element').problem('dangling-reference', message, '"reconfigured" of a detector');
        }
        return { at, element, reconfigure, ...(until === undefined ? {} : { until }) };
      }
      for (const key of start === true ? ['mode', 'until'] : []) {
        if (part.has(key)) part.at(key).problem('conflicting-keys', 'an instance that starts does not fail');
      }
      if (until !== undefined && until <= at) part.at('until').problem('out-of-range', 'expected a time after "at"');
      const modes = modesOf(element, names, scenario);
      if (modes === undefined) {
        const known = [
          ...names.listed(['element', 'counted', 'site', 'domain', 'pool', 'control', 'shock']),
          ...groupParts(scenario),
        ];
        part
          .at('element')
          .problem('dangling-reference', `there is no element "${element}"`, didYouMean(element, known, 'names'));
      } else if (mode !== undefined && !modes.includes(mode)) {
        const hint = didYouMean(mode, modes, 'its modes');
        part.at('mode').problem('dangling-reference', `"${element}" has no failure mode "${mode}"`, hint);
      }
      return {
        at,
        element,
        ...(mode === undefined ? {} : { mode }),
        ...(until === undefined ? {} : { until }),
        ...(start === true ? { start } : {}),
      };
    });
  }
  return scripts;
}

const groupParts = ({ groups }: Pick<Scenario, 'groups'>): readonly string[] =>
  Object.entries(groups).flatMap(([id, group]) => rolesOf(group).map((role) => `${id}/${role}`));

/** Roles that members of the group have; none stands by where all share the load. */
const rolesOf = ({ sharing }: Group): readonly string[] =>
  sharing !== undefined && sharing.standbys === 0 ? ['active'] : ['active', 'standby'];

/** Failure modes of what an injection names; undefined when it names nothing that can be made to fail. */
function modesOf(
  name: string,
  names: Names,
  { elements, sites, control, groups, shocks, upgrades = {}, proofTests = {} }: InjectionParts,
): readonly string[] | undefined {
  const ids = (modes: readonly { readonly id: string }[]): readonly string[] => modes.map((mode) => mode.id);
  const base = (name: string): string => name.replace(/-\d+$/, '');
  const own = <T>(map: Readonly<Record<string, T>>, key: string): T | undefined =>
    Object.hasOwn(map, key) ? map[key] : undefined;
  const shock = own(shocks, name);
  if (shock !== undefined) return ids(shock.modes);
  if (Object.hasOwn(upgrades, name)) return ['start'];
  if (Object.hasOwn(proofTests, name)) return ['test'];
  const [site = '', inSite = ''] = splitAt(name, Object.keys(sites));
  const [owner = '', part = ''] = splitAt(name, Object.keys(groups));
  const group = own(groups, owner);
  if (group !== undefined && part !== '') {
    const [member = '', layer] = part.split('/');
    const numbered = /^[1-9]\d*$/.test(member) && Number(member) <= group.members;
    if (!numbered && !rolesOf(group).includes(member)) return undefined;
    if (layer === 'agent' && group.agent !== undefined) return ids(group.agent.failures);
    if (layer !== undefined)
      return group.instance.filter((each) => each.id === layer).map((each) => ids(each.failures))[0];
    return group.instance.flatMap((each) => ids(each.failures));
  }
  const kind = names.kindOf(name);
  const ofFabric = names.fabricModes.get(name) ?? names.fabricModes.get(base(name));
  if (kind !== undefined && ofFabric !== undefined) return ofFabric;
  switch (kind) {
    case 'element':
    case 'counted':
      return ids((own(elements, name) ?? own(elements, base(name)))?.failures ?? []);
    case 'site':
      return ids(own(sites, name)?.failures ?? []);
    case 'domain':
      return ids(own(sites, site)?.domains[inSite]?.failures ?? []);
    case 'node':
    case 'pool':
      return ids((own(sites, site)?.nodes[inSite] ?? own(sites, site)?.nodes[base(inSite)])?.failures ?? []);
    case 'control':
    case 'control-instance':
      return ids((own(control, name) ?? own(control, base(name)))?.failures ?? []);
    default:
      return undefined;
  }
}
