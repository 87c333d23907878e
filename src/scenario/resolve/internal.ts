import { DEFAULTS } from '../../catalogue/defaults.ts';
import type { Internal, Part } from '../../model/scenario.ts';
import type { Section } from './context.ts';
import type { Surroundings } from './elements.ts';
import { type Owner, readFailures } from './failures.ts';
import { MAX_COUNT } from './names.ts';
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
  return needs === undefined ? undefined : { parts, needs };
}

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
