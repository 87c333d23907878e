import { DEFAULTS } from '../../catalogue/defaults.ts';
import { type Fabric, type FreeFabric, HOMINGS, type Homing, type LeafSpine, PLANE_USES } from '../../model/fabric.ts';
import type { ElementKind, FailureMode } from '../../model/scenario.ts';
import { didYouMean } from '../read/suggest.ts';
import { reachable } from './cabling.ts';
import type { Section } from './context.ts';
import type { Surroundings } from './elements.ts';
import { readFailures } from './failures.ts';
import { choice, count, flag, numberAbove, probability, text, texts } from './parsers.ts';
import { readProtection, readRecoveryRegions } from './path-protection.ts';
import { withTypeOr } from './types.ts';

const defaults = DEFAULTS.fabric;
/** A leaf-spine of more is a typing error. */
const MOST_SWITCHES = 10_000;
const LEAF_SPINE = [
  'spines',
  'leaves',
  'leafPairs',
  'linksPerPair',
  'borderLeaves',
  'oversubscription',
  'load',
  'spine',
  'leaf',
  'recoveryRegions',
];
const REROUTING = ['failover', 'precomputedPaths', 'pathComputation', 'preallocated', 'allocation'];
const FREE = ['switches', 'links', 'exits', 'access'];

/** The fabric of a site under `part`; undefined when it is impossible, which has been reported. */
export function readFabric(part: Section, domains: readonly string[], around: Surroundings): Fabric | undefined {
  const kind = part.defaulted('kind', choice(['leaf-spine', 'free']), defaults.kind);
  const foreign = kind === 'free' ? [...LEAF_SPINE, ...REROUTING] : FREE;
  for (const key of foreign) {
    if (part.has(key))
      part.at(key).problem('wrong-kind', `"${key}" means nothing in a ${kind} fabric`, undefined, { part: 'key' });
  }
  return kind === 'free' ? readFree(part, around) : readLeafSpine(part, domains, around);
}

function readLeafSpine(part: Section, domains: readonly string[], around: Surroundings): LeafSpine | undefined {
  const spines = part.optional('spines', count(1, MOST_SWITCHES));
  const leaves = readLeaves(part);
  if (spines === undefined && !part.has('spines'))
    part.problem('missing-key', 'a leaf-spine fabric needs "spines"', 'spines: 4', { part: 'key' });
  const oversubscription = part.defaulted('oversubscription', numberAbove(0), defaults.oversubscription);
  const load = part.defaulted('load', probability, defaults.load);
  if (load === 0) part.at('load').problem('out-of-range', 'a fabric without traffic serves nobody', 'load: 20 %');
  if (load * oversubscription > 1) {
    const message = `${100 * load} % of the access capacity is more than uplinks of 1/${oversubscription} of it carry`;
    part
      .at(part.has('load') ? 'load' : 'oversubscription')
      .problem('no-capacity', message, 'less load or more uplinks');
  }
  const common = readCommon(part, true, around);
  const spine = readSwitches(part.at('spine'), 'spine', domains, around);
  const leaf = readSwitches(part.at('leaf'), 'leaf', domains, around);
  const linksPerPair = part.defaulted('linksPerPair', count(1, 64), defaults.linksPerPair);
  const borderLeaves = part.defaulted('borderLeaves', count(0, MOST_SWITCHES), defaults.borderLeaves);
  if (spines === undefined || leaves === undefined) return undefined;
  const recoveryRegions = readRecoveryRegions(part, leaves);
  return {
    kind: 'leaf-spine',
    spines,
    leaves,
    linksPerPair,
    borderLeaves,
    uplinkCapacity: 1 / (oversubscription * Math.max(load, Number.MIN_VALUE)),
    spine,
    leaf,
    ...(Object.keys(recoveryRegions).length === 0 ? {} : { recoveryRegions }),
    ...common,
  };
}

function readLeaves(part: Section): number | undefined {
  if (part.has('leaves') && part.has('leafPairs')) {
    return part
      .at('leafPairs')
      .problem('conflicting-keys', '"leaves" and "leafPairs" say the same thing', undefined, { part: 'key' });
  }
  const pairs = part.optional('leafPairs', count(1, MOST_SWITCHES));
  if (part.has('leafPairs')) return pairs === undefined ? undefined : 2 * pairs;
  if (!part.has('leaves'))
    return part.problem('missing-key', 'a leaf-spine fabric needs "leaves" or "leafPairs"', 'leafPairs: 8', {
      part: 'key',
    });
  return part.optional('leaves', count(1, MOST_SWITCHES));
}

function readFree(part: Section, around: Surroundings): FreeFabric | undefined {
  const common = readCommon(part, false, around);
  const switches: Record<string, readonly FailureMode[]> = {};
  for (const each of part.at('switches').entries()) switches[each.key] = readPart(each, 'switch', 'leaf', around);
  const known = Object.keys(switches);
  if (known.length === 0)
    return part.problem('missing-key', 'a free fabric needs "switches"', undefined, { part: 'key' });
  const named = (list: Section): readonly string[] =>
    list.items().flatMap((item) => {
      const name = text(item);
      if (name === undefined || known.includes(name)) return name ?? [];
      return (
        item.problem(
          'dangling-reference',
          `this fabric has no switch "${name}"`,
          didYouMean(name, known, 'switches'),
        ) ?? []
      );
    });
  const links: Record<string, FreeFabric['links'][string]> = {};
  for (const each of part.at('links').entries()) {
    if (known.includes(each.key))
      each.problem('duplicate-name', `"${each.key}" is a switch as well`, undefined, { part: 'key' });
    const ends = each.optional('between', named) ?? [];
    const [from, to] = ends;
    if (each.at('between').items().length !== 2) each.at('between').problem('wrong-type', 'a link has two ends');
    else if (from !== undefined && from === to) each.at('between').problem('mis-cabled', `both ends are at ${from}`);
    if (from === undefined || to === undefined) continue;
    links[each.key] = { between: [from, to], failures: readPart(each, 'link', 'link', around) };
  }
  const exits = part.optional('exits', named) ?? [];
  if (exits.length === 0)
    return part.problem('missing-key', 'a free fabric needs "exits": where traffic leaves it', undefined, {
      part: 'key',
    });
  const inner = known.filter((id) => !exits.includes(id));
  const access = part.optional('access', named) ?? (inner.length > 0 ? inner : known);
  const joined = reachable({ exits, links });
  for (const id of known.filter((each) => !joined.has(each))) {
    part
      .at('switches')
      .at(id)
      .problem('cut-off', 'no path of links joins this switch to an exit', undefined, { part: 'key' });
  }
  return { kind: 'free', switches, links, exits, access, ...common };
}

type Common = Omit<FreeFabric, 'kind' | 'switches' | 'links' | 'exits' | 'access'>;

function readCommon(part: Section, reroutes: boolean, around: Surroundings): Common {
  const protection = readProtection(part, reroutes);
  const bmc = part.at('bmc');
  const aggregator = part.at('aggregator');
  return {
    homing: part.defaulted('homing', choice(HOMINGS), defaults.homing),
    link: readPart(part.at('link'), 'link', 'link', around),
    ...protection,
    planes: Object.fromEntries(
      part
        .at('planes')
        .entries()
        .map((plane) => [
          plane.key,
          {
            homing: plane.defaulted('homing', choice(HOMINGS), defaults.homing),
            serves: plane.defaulted('serves', choice(PLANE_USES), defaults.planeServes),
          },
        ]),
    ),
    ...(bmc.exists
      ? {
          bmc: {
            redundant: bmc.defaulted('redundant', flag, defaults.bmcRedundant),
            failures: readPart(bmc, 'bmc', 'bmc', around),
          },
        }
      : {}),
    ...(aggregator.exists
      ? { aggregator: { failures: readPart(aggregator, 'control', 'control-service', around) } }
      : {}),
    cabling: Object.fromEntries(
      part
        .at('cabling')
        .entries()
        .map(({ key }) => [key, part.at('cabling').optional(key, texts) ?? []]),
    ),
  };
}

function readSwitches(
  part: Section,
  type: 'spine' | 'leaf',
  domains: readonly string[],
  around: Surroundings,
): LeafSpine['leaf'] {
  const dealt = part.optional('domains', texts) ?? [];
  for (const [i, item] of part.at('domains').items().entries()) {
    const name = dealt[i];
    if (name === undefined || domains.includes(name)) continue;
    item.problem('dangling-reference', `this site has no domain "${name}"`, didYouMean(name, domains, 'domains'));
  }
  return { failures: readPart(part, type, type, around), domains: dealt.filter((name) => domains.includes(name)) };
}

/** Failure modes of one kind of part: those of its type, or of the catalogue's for the kind, changed by the file. */
function readPart(part: Section, kind: ElementKind, type: string, around: Surroundings): readonly FailureMode[] {
  const typed = withTypeOr(type, part, around.types);
  return readFailures(typed, { kind, layer: false, inSite: true, name: part.key }, around.policies);
}

/** Homing and leaf pairs of a node pool; nothing more is said of those on a fabric that could not be read. */
export function readHoming(
  pool: Section,
  fabric: Fabric | 'unreadable' | undefined,
): { readonly homing?: Homing; readonly leafPairs?: readonly number[] } {
  const homing = pool.optional('homing', choice(HOMINGS));
  const items = pool.at('leafPairs').items();
  const leafPairs = items.flatMap((item) => count(1)(item) ?? []);
  if (pool.has('leafPairs')) pool.optional('leafPairs', () => leafPairs);
  if (fabric === 'unreadable') return {};
  if (fabric === undefined) {
    for (const key of ['homing', 'leafPairs']) {
      if (pool.has(key))
        pool.at(key).problem('no-fabric', 'this site has no fabric to hang on', 'sites.<site>.fabric', { part: 'key' });
    }
    return {};
  }
  if (pool.has('leafPairs') && fabric.kind === 'free')
    pool.at('leafPairs').problem('wrong-kind', 'a free fabric has no leaf pairs', undefined, { part: 'key' });
  if (fabric.kind === 'leaf-spine') {
    const pairs = Math.ceil(fabric.leaves / 2);
    leafPairs.forEach((pair, i) => {
      if (pair > pairs) items[i]?.problem('dangling-reference', `there are ${pairs} leaf pairs, and no pair ${pair}`);
    });
    const [single] = leafPairs.filter((pair) => pair <= pairs);
    const used = leafPairs.filter((pair) => pair <= pairs);
    return { ...(homing === undefined ? {} : { homing }), ...(single === undefined ? {} : { leafPairs: used }) };
  }
  return homing === undefined ? {} : { homing };
}
