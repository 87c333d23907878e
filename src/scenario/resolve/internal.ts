import { DEFAULTS } from '../../catalogue/defaults.ts';
import type { Internal, Part, Scenario, StructureSpec } from '../../model/scenario.ts';
import type { Section } from './context.ts';
import type { Surroundings } from './elements.ts';
import { type Owner, readFailures } from './failures.ts';
import { MAX_COUNT, splitAt } from './names.ts';
import { count, texts } from './parsers.ts';
import { readStructure, type StructureNames } from './structure.ts';
import { withType } from './types.ts';

/** Inner structure of an element or of each node of a pool (B-55); undefined when it has none. */
export function readInternal(section: Section, owner: Owner, around: Surroundings): Internal | undefined {
  const part = section.at('internal');
  if (!part.exists) return undefined;
  const parts: Record<string, Part> = {};
  for (const each of part.at('parts').entries()) parts[each.key] = readPart(each, owner, around);
  if (Object.keys(parts).length === 0) {
    part.problem('missing-key', 'an inner structure needs parts', 'parts: {psu: {count: 2, failures: …}}', {
      part: 'key',
    });
  }
  if (!part.has('needs')) {
    part.problem('missing-key', 'an inner structure needs "needs": what must be up', 'needs: {any: [psu]}', {
      part: 'key',
    });
  }
  const needs = part.optional('needs', (spec) => readStructure(spec, namesOf(parts)));
  if (needs !== undefined && isPartly(needs)) {
    const message = 'an element is up or down as a whole, and "share" is partly up';
    return part.at('needs').problem('bad-structure', message, '{atLeast: 3, of: [fan]}');
  }
  return needs === undefined ? undefined : { parts, needs };
}

const isPartly = (spec: StructureSpec): boolean =>
  spec.kind === 'share' || (spec.kind !== 'leaf' && spec.inputs.some(isPartly));

/** Reports pools whose nodes have parts that stand, over any number of steps, on nodes of the same pool. */
export function reportCyclicParts(root: Section, { elements, sites }: Pick<Scenario, 'elements' | 'sites'>): void {
  const own = (name: string): readonly string[] => {
    const base = name.replace(/-\d+$/, '');
    const element = Object.hasOwn(elements, name)
      ? elements[name]
      : Object.hasOwn(elements, base)
        ? elements[base]
        : undefined;
    if (element !== undefined) return [...(element.on === undefined ? [] : [element.on]), ...partsOn(element.internal)];
    const [site, id] = splitAt(name, Object.keys(sites));
    const nodes = sites[site]?.nodes ?? {};
    return partsOn((nodes[id] ?? nodes[id.replace(/-\d+$/, '')])?.internal);
  };
  for (const site of root.at('sites').entries()) {
    for (const pool of site.at('nodes').entries()) {
      const path = `${site.key}/${pool.key}`;
      const isOwn = (name: string): boolean => name === path || name.replace(/-\d+$/, '') === path;
      const seen = new Set<string>();
      const visit = (name: string): boolean => {
        if (isOwn(name)) return true;
        if (seen.has(name)) return false;
        seen.add(name);
        return own(name).some(visit);
      };
      if (partsOn(sites[site.key]?.nodes[pool.key]?.internal).some(visit)) {
        pool.at('internal').problem('cyclic-reference', 'the parts of these nodes stand on nodes of the same pool');
      }
    }
  }
}

const partsOn = (internal: Internal | undefined): readonly string[] =>
  Object.values(internal?.parts ?? {}).flatMap((part) => part.on);

function readPart(part: Section, owner: Owner, around: Surroundings): Part {
  const typed = withType(part, around.types);
  const on = typed.optional('on', texts) ?? [];
  const items = typed.at('on').items();
  return {
    count: typed.defaulted('count', count(1, MAX_COUNT), DEFAULTS.element.count, false),
    on: on.filter((name, i) => around.names.requireElement(name, items[i] ?? typed.at('on'))),
    failures: readFailures(typed, { ...owner, layer: false }, around.policies),
  };
}

/** The names a structure of parts may use. */
function namesOf(parts: Readonly<Record<string, Part>>): StructureNames {
  const expand = (name: string): readonly string[] => {
    const { count = 1 } = Object.hasOwn(parts, name) ? parts[name]! : {};
    return count === 1 ? [name] : Array.from({ length: count }, (_, i) => `${name}-${i + 1}`);
  };
  const all = Object.keys(parts).flatMap((id) => [id, ...expand(id)]);
  return {
    kindOf: (name) => (all.includes(name) ? 'element' : undefined),
    listed: () => Object.keys(parts),
    expand,
  };
}
