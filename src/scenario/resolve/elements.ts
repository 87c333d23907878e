import { DEFAULTS } from '../../catalogue/defaults.ts';
import type { Fabric } from '../../model/fabric.ts';
import { layOutFabric } from '../../model/fabric-layout.ts';
import type { Domain, ElementSpec, NodePool, Site } from '../../model/scenario.ts';
import { ELEMENT_KINDS } from '../../model/scenario.ts';
import { didYouMean } from '../read/suggest.ts';
import { ROLES } from '../schema/elements.ts';
import { hasFigures, readBlackBox } from './black-box.ts';
import { checkCabling, checkDisjointness, checkPartners } from './cabling.ts';
import type { Section } from './context.ts';
import { readFabric, readHoming } from './fabric.ts';
import { readFailures } from './failures.ts';
import { readCapacity } from './flavours.ts';
import { readInternal } from './internal.ts';
import { MAX_COUNT, type Names } from './names.ts';
import { choice, count, numberFrom, text, texts } from './parsers.ts';
import type { Policies } from './repair.ts';
import { type Entries, withType } from './types.ts';

/** What reading the things that fail needs from the rest of the file. */
export interface Surroundings {
  readonly names: Names;
  readonly types: Entries;
  readonly policies: Policies;
}

/** Elements that belong to no site. */
export function readElements(section: Section, around: Surroundings): Readonly<Record<string, ElementSpec>> {
  const elements: Record<string, ElementSpec> = {};
  for (const part of section.entries()) {
    const typed = withType(part, around.types);
    const kind = part.optional('kind', choice(ELEMENT_KINDS)) ?? typed.read('kind', choice(ELEMENT_KINDS)) ?? 'unit';
    const size = typed.defaulted('count', count(1, MAX_COUNT), DEFAULTS.element.count, false);
    const on = typed.optional('on', text);
    const owner = { kind, layer: false, inSite: false, name: part.key };
    const failures = [...readFailures(typed, owner, around.policies), ...readBlackBox(typed, kind)];
    if (kind === 'pnf' && !typed.has('failures') && !hasFigures(typed)) {
      const hint = 'availability: 99.999 %, or mtbf: 20000 h with mttr: 4 h';
      part.problem('missing-key', 'a pnf needs figures of its own or failures', hint, { part: 'key' });
    }
    const host = on !== undefined && around.names.requireElement(on, typed.at('on')) ? { on } : {};
    const internal = readInternal(typed, owner, around);
    const standby = typed.at('standby');
    const rests = standby.exists
      ? { standbyRate: standby.defaulted('rateFactor', numberFrom(0), DEFAULTS.element.rateFactor) }
      : {};
    elements[part.key] = {
      kind,
      count: size,
      failures,
      ...host,
      ...(internal === undefined ? {} : { internal }),
      ...rests,
    };
  }
  reportCycles(section, elements);
  return elements;
}

/** An element that goes down with itself, over any number of steps. */
function reportCycles(section: Section, elements: Readonly<Record<string, ElementSpec>>): void {
  const baseOf = (name: string): string => (Object.hasOwn(elements, name) ? name : name.replace(/-\d+$/, ''));
  const checked = new Set<string>();
  const visit = (id: string, chain: readonly string[]): void => {
    if (chain.includes(id)) {
      const loop = [...chain.slice(chain.indexOf(id)), id].join(' on ');
      section.at(id).at('on').problem('cyclic-reference', `an element cannot stand on itself: ${loop}`);
      return;
    }
    if (!Object.hasOwn(elements, id) || checked.has(id)) return;
    for (const next of standsOn(elements[id]!)) visit(baseOf(next), [...chain, id]);
    checked.add(id);
  };
  for (const id of Object.keys(elements)) visit(id, []);
}

/** Names of what the element and its parts stand on. */
function standsOn({ on, internal }: ElementSpec): readonly string[] {
  const inner = Object.values(internal?.parts ?? {}).flatMap((part) => part.on);
  return on === undefined ? inner : [on, ...inner];
}

/** Sites with their failure domains and node pools. */
export function readSites(section: Section, around: Surroundings): Readonly<Record<string, Site>> {
  const sites: Record<string, Site> = {};
  for (const part of section.entries()) {
    const domains: Record<string, Domain> = {};
    for (const domain of part.at('domains').entries()) domains[domain.key] = readDomain(domain, around);
    const written = part.at('fabric');
    const fabric = written.exists ? readFabric(written, Object.keys(domains), around) : undefined;
    const network = fabric ?? (written.exists ? 'unreadable' : undefined);
    const nodes: Record<string, NodePool> = {};
    for (const pool of part.at('nodes').entries())
      nodes[pool.key] = readPool(pool, Object.keys(domains), network, around);
    const owner = { kind: 'site', layer: false, inSite: true, name: part.key } as const;
    sites[part.key] = {
      failures: readFailures(part, owner, around.policies),
      domains,
      nodes,
      ...(fabric === undefined ? {} : { fabric }),
    };
    if (fabric === undefined) continue;
    const layout = layOutFabric(part.key, fabric, nodes);
    checkCabling(part.at('fabric').at('cabling'), part.key, fabric, nodes, layout);
    checkPartners(part.at('fabric'), fabric, layout);
    checkDisjointness(part.at('fabric'), fabric);
    around.names.addFabric(written, part.key, fabric, layout);
  }
  return sites;
}

function readDomain(part: Section, around: Surroundings): Domain {
  const typed = withType(part, around.types);
  const kind = typed.defaulted('kind', choice(['rack', 'power-feed']), DEFAULTS.domain.kind, typed.has('failures'));
  return { kind, failures: readFailures(typed, { kind, layer: false, inSite: true, name: part.key }, around.policies) };
}

function readPool(
  part: Section,
  known: readonly string[],
  fabric: Fabric | 'unreadable' | undefined,
  around: Surroundings,
): NodePool {
  const typed = withType(part, around.types);
  const kind = typed.read('kind', text);
  if (kind !== undefined && kind !== 'node')
    typed.at('type').problem('wrong-kind', `this type is a ${kind}, a node is needed here`);
  const role = typed.defaulted('role', choice(ROLES), DEFAULTS.node.role);
  const domains = typed.optional('domains', texts) ?? [];
  const owner = { kind: 'node', layer: false, inSite: true, name: part.key } as const;
  const internal = readInternal(typed, owner, around);
  const capacity = readCapacity(typed.at('capacity'));
  for (const [i, item] of typed.at('domains').items().entries()) {
    const name = domains[i];
    if (name === undefined || known.includes(name)) continue;
    item.problem('dangling-reference', `this site has no domain "${name}"`, didYouMean(name, known, 'domains'));
  }
  return {
    role,
    count: typed.defaulted('count', count(1, MAX_COUNT), DEFAULTS.node.count),
    slots: typed.defaulted('slots', count(0), DEFAULTS.node.slots),
    domains: domains.filter((name) => known.includes(name)),
    ...(capacity === undefined ? {} : { capacity }),
    ...readHoming(typed, fabric),
    failures: readFailures(typed, owner, around.policies),
    ...(internal === undefined ? {} : { internal }),
  };
}
