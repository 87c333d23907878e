import type { Context } from './context.ts';
import { type Entry, entriesOf, entry, type Item, isList, isMap, isScalar, textOf } from './tree.ts';
import { isMisspelt, normalised, type Role, type Types } from './types.ts';

/** Node templates, policies and groups of one document, wherever in it they stand. */
export interface Template {
  readonly document: Item;
  readonly nodes: readonly NodeTemplate[];
  readonly policies: readonly Policy[];
  readonly groups: readonly NodeTemplate[];
  readonly nodeType?: string;
}

export interface NodeTemplate {
  readonly name: string;
  readonly type: string;
  readonly role: Role;
  readonly entry: Entry;
}

export interface Policy {
  readonly name: string;
  /** Last word of its standard type in lower case, for example `scaling`. */
  readonly kind: string;
  readonly type: string;
  readonly body: Item;
  readonly entry: Entry;
}

/** Sections in which nothing is a template. */
const DEFINITIONS = [
  'node_types',
  'policy_types',
  'group_types',
  'data_types',
  'capability_types',
  'artifact_types',
  'relationship_types',
  'interface_types',
  'imports',
  'inputs',
  'outputs',
  'dsl_definitions',
  'substitution_mappings',
  'triggers',
];
const HOLDERS = ['node_templates', 'topology_template', ''];

export function readTemplate(document: Item, types: Types, context: Context): Template {
  const nodes = new Map<string, NodeTemplate>();
  const policies: Policy[] = [];
  const groups: NodeTemplate[] = [];
  const seen = new Set<Item>();
  const substitution = entry(entry(document, 'topology_template')?.value, 'substitution_mappings');
  const named = entry(substitution?.value, 'node_type');
  context.ledger.take(named, 'the type under which others refer to this VNF');
  const nodeType = textOf(named?.value);
  const visit = (item: Item, holder: string): void => {
    if (seen.has(item)) return;
    seen.add(item);
    if (isList(item)) for (const each of item.items) visit(each, holder);
    for (const each of entriesOf(item)) {
      if (DEFINITIONS.includes(each.key)) continue;
      if (each.key === 'policies' && (isList(each.value) || isMap(each.value))) {
        if (!HOLDERS.includes(holder) || holder === 'node_templates') misplaced(each, 'topology_template', context);
        policies.push(...readPolicies(each, types, context));
        continue;
      }
      if (each.key === 'groups' && isMap(each.value) && HOLDERS.includes(holder)) {
        groups.push(...entriesOf(each.value).flatMap((group) => readNode(group, types, context, true) ?? []));
        continue;
      }
      const stray = holder !== 'node_templates' && isStray(each, types);
      if (holder === 'node_templates' || stray) {
        if (stray) misplaced(each, 'node_templates', context);
        const node = readNode(each, types, context, false, nodeType);
        if (node !== undefined) nodes.set(node.name, node);
      }
      visit(each.value, each.key);
    }
  };
  visit(document, '');
  return { document, nodes: [...nodes.values()], policies, groups, ...(nodeType === undefined ? {} : { nodeType }) };
}

export function misplaced(each: Entry, belongs: string, context: Context): void {
  context.find(
    each.place,
    'misplaced-key',
    `"${each.key}" does not belong here; it is read as if it stood under ${belongs}`,
    'check the indentation',
  );
}

/** A map with a node type outside of the section of node templates. */
function isStray({ value }: Entry, types: Types): boolean {
  const type = isMap(value) ? textOf(entry(value, 'type')?.value) : undefined;
  if (type === undefined || types.role(type) === undefined) return false;
  return normalised(type).startsWith('tosca.nodes.') || types.definition(type) !== undefined;
}

function readNode(
  each: Entry,
  types: Types,
  context: Context,
  group: boolean,
  self?: string,
): NodeTemplate | undefined {
  if (!isMap(each.value)) {
    const empty = isScalar(each.value) && each.value.value === null;
    const what = group ? 'group' : 'node template';
    context.find(
      each.place,
      'empty-template',
      `${what} "${each.key}" ${empty ? 'is empty' : 'is not a map'}; it is left out`,
      'is what belongs to it indented?',
    );
    return undefined;
  }
  const typed = entry(each.value, 'type');
  const type = textOf(typed?.value) ?? '';
  if (isMisspelt(type)) context.find(typed!.value.place, 'misspelt-type', `"${type}" is read as "${normalised(type)}"`);
  const role = group
    ? 'other'
    : (types.role(type) ?? (type !== '' && type === self ? 'vnf' : guess(each, type, context)));
  if (group || role !== 'other') context.ledger.take(typed, group ? 'kind of group' : `read as ${role}`);
  return { name: each.key, type, role, entry: each };
}

/** A type that no file defines: what the template holds tells what it is. */
function guess(each: Entry, type: string, context: Context): Role {
  const names = [
    ...entriesOf(each.value),
    ...entriesOf(entry(each.value, 'properties')?.value),
    ...entriesOf(entry(each.value, 'capabilities')?.value),
    ...requirementsOf(each.value),
  ].map(({ key }) => key);
  const role: Role = names.some((key) =>
    [
      'vdu_profile',
      'virtual_compute',
      'nfv_compute',
      'monitoring_policy',
      'sw_image_data',
      'app_monitoring_policy',
    ].includes(key),
  )
    ? 'vdu'
    : names.some((key) => /^virtual_?binding$/i.test(key))
      ? 'connection-point'
      : /\bvnf\b|\.VNF/i.test(type) ||
          names.some((key) => ['Vnflcm', 'flavour_id', 'flavour_description', 'vnfm_info'].includes(key))
        ? 'vnf'
        : 'other';
  const place = entry(each.value, 'type')?.place ?? each.place;
  if (type === '')
    context.find(
      each.place,
      'no-type',
      `node template "${each.key}" has no type; it is read as ${role === 'other' ? 'something without influence' : `a ${role}`}`,
    );
  else
    context.find(
      place,
      'unknown-type',
      `no file defines the type "${type}"; "${each.key}" is read as ${role === 'other' ? 'something without influence' : `a ${role}`}`,
      'name the file with its definition as well',
    );
  return role;
}

/** Requirements of a template, as a list of maps or one map: name and what it asks for. */
export function requirementsOf(value: Item): readonly Entry[] {
  const section = entry(value, 'requirements')?.value;
  if (isList(section)) return section.items.flatMap((item) => entriesOf(item));
  return entriesOf(section);
}

/** Node a requirement names: `name: X` or `name: { node: X }`. */
export function targetOf(requirement: Entry): { readonly name: string; readonly entry: Entry } | undefined {
  const direct = textOf(requirement.value);
  if (direct !== undefined) return { name: direct, entry: requirement };
  const node = entry(requirement.value, 'node');
  const name = textOf(node?.value);
  return node === undefined || name === undefined ? undefined : { name, entry: node };
}

/** Policies as a list of maps, or as one map. */
function readPolicies(section: Entry, types: Types, context: Context): readonly Policy[] {
  const maps = isList(section.value) ? section.value.items : [section.value];
  return maps.flatMap((item): readonly Policy[] => {
    const all = entriesOf(item);
    const [first, ...others] = all;
    if (first === undefined) return [];
    // The name and its contents in one column: the contents are the rest of the map.
    if (isScalar(first.value) && first.value.value === null && others.some(({ key }) => key === 'type')) {
      context.find(
        first.place,
        'misplaced-key',
        `the contents of policy "${first.key}" are not indented below its name; they are read as its own`,
        'check the indentation',
      );
      return readPolicy(first.key, item, first, types, context);
    }
    if (entry(item, 'type') !== undefined && isScalar(entry(item, 'type')!.value)) {
      const name = textOf(entry(item, 'name')?.value) ?? section.key;
      return readPolicy(name, item, first, types, context);
    }
    return all.flatMap((each) => {
      if (isMap(each.value)) return readPolicy(each.key, each.value, each, types, context);
      context.find(
        each.place,
        'empty-policy',
        `policy "${each.key}" is not a map; it is left out`,
        'is what belongs to it indented?',
      );
      return [];
    });
  });
}

function readPolicy(name: string, body: Item, each: Entry, types: Types, context: Context): readonly Policy[] {
  const typed = entry(body, 'type');
  const type = textOf(typed?.value);
  if (type === undefined) {
    context.find(each.place, 'no-type', `policy "${name}" has no type; it is left out`);
    return [];
  }
  if (isMisspelt(type)) context.find(typed!.value.place, 'misspelt-type', `"${type}" is read as "${normalised(type)}"`);
  context.ledger.take(typed, 'kind of policy');
  return [{ name, kind: types.kind(type), type, body, entry: each }];
}
