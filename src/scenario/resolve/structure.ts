import type { StructureSpec } from '../../model/scenario.ts';
import { didYouMean } from '../read/suggest.ts';
import { isMapTree } from '../read/tree.ts';
import type { Section } from './context.ts';
import type { Names } from './names.ts';
import { count, text } from './parsers.ts';

const FORMS = ['all', 'any', 'atLeast'] as const;

/** A structure as written: a name, or {all: […]}, {any: […]}, {atLeast: k, of: […]}. Counted names become their members. */
export function readStructure(section: Section, names: Names): StructureSpec | undefined {
  if (!isMapTree(section.tree)) {
    const inputs = readLeaves(section, names);
    return inputs.length > 1 ? { kind: 'all', inputs } : inputs[0];
  }
  const given = FORMS.filter((form) => section.has(form));
  const [kind] = given;
  if (kind === undefined || given.length > 1) {
    return section.problem(
      'bad-structure',
      `expected one of ${FORMS.join(', ')}, got ${given.join(' and ') || 'none'}`,
    );
  }
  if (kind !== 'atLeast') {
    if (section.has('of'))
      return section.problem('bad-structure', '"of" goes with "atLeast"', undefined, { part: 'key' });
    return { kind, inputs: readInputs(section.at(kind), names) };
  }
  const inputs = readInputs(section.at('of'), names);
  const atLeast = count(1)(section.at('atLeast'));
  if (atLeast === undefined) return undefined;
  if (section.has('of') && atLeast > inputs.length && inputs.length > 0) {
    return section.at('atLeast').problem('impossible-count', `${atLeast} out of ${inputs.length} is never reached`);
  }
  return { kind, atLeast, inputs };
}

/** Items of a list of structures. */
export function readInputs(list: Section, names: Names): readonly StructureSpec[] {
  const items = list.items();
  if (items.length === 0) list.problem('bad-structure', 'expected a list of at least one name');
  return items.flatMap((item) => (isMapTree(item.tree) ? (readStructure(item, names) ?? []) : readLeaves(item, names)));
}

function readLeaves(section: Section, names: Names): readonly StructureSpec[] {
  const name = text(section);
  if (name === undefined) return [];
  const kind = names.kindOf(name);
  if (kind === undefined) {
    const known = names.listed(['group', 'set', 'element', 'counted', 'site', 'domain', 'pool']);
    section.problem('dangling-reference', `there is no element or group "${name}"`, didYouMean(name, known, 'names'));
    return [];
  }
  if (names.expand(name).some((each) => names.kindOf(each) === 'chain')) {
    const hint = 'chains may be stages of chains; a service uses what they are made of';
    section.problem('dangling-reference', `"${name}" is a chain, an element or group is needed here`, hint);
    return [];
  }
  if (kind === 'control' || kind === 'control-instance') {
    const hint = 'control.treatment: series takes every service down with the control functions';
    section.problem('dangling-reference', `"${name}" is a control function, not a part of a service`, hint);
    return [];
  }
  return names.expand(name).map((of) => ({ kind: 'leaf', of }));
}

/** Names of all leaves. */
export function leavesOf(spec: StructureSpec): readonly string[] {
  return spec.kind === 'leaf' ? [spec.of] : spec.inputs.flatMap(leavesOf);
}
