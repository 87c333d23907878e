import { didYouMean } from '../../scenario/read/suggest.ts';
import type { Context } from './context.ts';
import type { Template } from './template.ts';
import { at, descendants, type Entry, entriesOf, entry, type Item, isList, textOf, wordsOf } from './tree.ts';
import type { Types } from './types.ts';

/** Requirements and capabilities that the standard gives every VNF. */
const STANDARD = ['virtual_link', 'virtualLink', 'forwarder'];

/** Names in a template that lead nowhere although nothing here needs them, and templates that nothing leads to. */
export function checkConsistency(template: Template, types: Types, context: Context): void {
  const { document, nodes } = template;
  checkInputs(document, context);
  checkSubstitution(template, types, context);
  const mentioned = new Set(
    descendants(document).flatMap(({ value }) => (isList(value) ? wordsOf(value) : (textOf(value) ?? []))),
  );
  for (const { name, role, entry: each } of nodes) {
    if (role === 'virtual-link' && !mentioned.has(name))
      context.find(each.place, 'unused-template', `virtual link "${name}" is there, and nothing is on it`);
  }
}

/** Inputs that are asked for and not declared, wherever it is. */
function checkInputs(document: Item, context: Context): void {
  const declared = [at(document, 'topology_template', 'inputs'), entry(document, 'inputs')].flatMap((section) =>
    entriesOf(section?.value).map(({ key }) => key),
  );
  for (const each of descendants(document)) {
    if (each.key.trim() !== 'get_input') continue;
    const name = isList(each.value) ? textOf(each.value.items[0]) : textOf(each.value);
    if (name === undefined || declared.includes(name)) continue;
    context.find(
      each.value.place,
      'dangling-reference',
      `there is no input "${name}"`,
      didYouMean(name, declared, 'inputs'),
    );
  }
}

/** How the VNF is embedded: by templates that exist, under names its node type has. */
function checkSubstitution({ document, nodes, nodeType }: Template, types: Types, context: Context): void {
  const mapping = at(document, 'topology_template', 'substitution_mappings');
  const definition = nodeType === undefined ? undefined : types.definition(nodeType);
  for (const section of ['requirements', 'capabilities']) {
    const own = definition === undefined ? undefined : [...namesOf(entry(definition.value, section)), ...STANDARD];
    for (const each of entriesOf(entry(mapping?.value, section)?.value)) {
      const [node] = wordsOf(each.value);
      if (node !== undefined && !nodes.some(({ name }) => name === node))
        context.find(
          each.value.place,
          'dangling-reference',
          `"${each.key}" leads to "${node}", and there is no such template`,
          didYouMean(
            node,
            nodes.map(({ name }) => name),
            'templates',
          ),
        );
      if (own !== undefined && !own.includes(each.key))
        context.find(
          each.place,
          'dangling-reference',
          `node type "${nodeType}" has no ${section === 'requirements' ? 'requirement' : 'capability'} "${each.key}"`,
          didYouMean(each.key, own, section),
        );
    }
  }
}

/** Names of a section of a type: a map, or a list of maps. */
function namesOf(section: Entry | undefined): readonly string[] {
  const maps = isList(section?.value) ? section.value.items : section === undefined ? [] : [section.value];
  return maps.flatMap((map) => entriesOf(map).map(({ key }) => key));
}
