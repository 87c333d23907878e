import { isListTree, isMapTree, type Tree } from '../read/tree.ts';
import { plainTextAt } from '../schema/plain-text.ts';

/** Keys whose text names something of the catalogue, of the same site or nothing at all: never an element or a group. */
const NO_REFERENCES: readonly string[] = [
  'base',
  'by',
  'description',
  'detectors',
  'domains',
  'flavour',
  'flow',
  'id',
  'method',
  'mode',
  'modes',
  'policy',
  'protocol',
  'subnet',
  'target',
  'tenant',
  'title',
  'type',
  'vnfd',
];

/** Names declared inside a region: its elements, sites, control functions, groups and chains. */
export type LocalNames = ReadonlySet<string>;

/**
 * `name` as seen from outside the region `prefix`: with the region before it when the region declares it (or what it is
 * a part or a numbered member of), as it is when it belongs to the whole scenario.
 */
export function outsideName(name: string, local: LocalNames, prefix: string): string {
  const [first = ''] = name.split('/');
  const known = local.has(first) || local.has(first.replace(/-[1-9]\d*$/, ''));
  return known ? `${prefix}/${name}` : name;
}

/** The part of a region at `path` of the scenario with every name in it as seen from outside the region. */
export function withOutsideNames(tree: Tree, path: readonly PropertyKey[], local: LocalNames, prefix: string): Tree {
  // What an element needs of its inner parts goes by their own ids.
  if (path.at(-1) === 'needs' && path.at(-2) === 'internal') return tree;
  const key = [...path].reverse().find((step) => typeof step === 'string');
  if (isMapTree(tree)) {
    const entries = [...tree.content].map(
      ([name, below]) => [name, withOutsideNames(below, [...path, name], local, prefix)] as const,
    );
    return { ...tree, content: new Map(entries) };
  }
  if (isListTree(tree)) {
    return { ...tree, content: tree.content.map((item, i) => withOutsideNames(item, [...path, i], local, prefix)) };
  }
  if (typeof tree.content !== 'string' || NO_REFERENCES.includes(String(key)) || !plainTextAt(path)) return tree;
  return { ...tree, content: outsideName(tree.content, local, prefix) };
}
