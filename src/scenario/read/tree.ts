import type { Problem } from '../../model/problem.ts';
import type { ProblemPosition, SourceDocument } from './document.ts';
import { type Path, printPath } from './path.ts';

/** Options of the command line that change one value of a scenario. */
export type SettingOption = '--set' | '--change';

/** Where a value was written: in a file, on the command line, or in the catalogue. */
export type Origin =
  | { readonly kind: 'file'; readonly document: SourceDocument; readonly path: Path }
  | { readonly kind: 'set'; readonly option: SettingOption; readonly text: string }
  | { readonly kind: 'catalogue'; readonly source: string };

/** Plain data in which every node knows its origin, so that merged files still point to the right line. */
export interface Tree {
  readonly origin: Origin;
  readonly content: Scalar | ReadonlyMap<string, Tree> | readonly Tree[];
  /** A `null` that took the place of something: it deletes it. */
  readonly deletes?: boolean;
  /** Path of what this was written out from, when it stands elsewhere in the tree: a repeated group, a part of a region. */
  readonly from?: Path;
}

export type Scalar = string | number | boolean | null;

export interface MapTree extends Tree {
  readonly content: ReadonlyMap<string, Tree>;
}

export interface ListTree extends Tree {
  readonly content: readonly Tree[];
}

export function isMapTree(tree: Tree | undefined): tree is MapTree {
  return tree !== undefined && tree.content instanceof Map;
}

export function isListTree(tree: Tree | undefined): tree is ListTree {
  return tree !== undefined && Array.isArray(tree.content);
}

/** The tree of a document's value. */
export function treeOfDocument(document: SourceDocument): Tree {
  return build(document.value, (path) => ({ kind: 'file', document, path }), []);
}

/** Tree of plain data whose every node has the one origin. */
export function treeOfData(data: unknown, origin: Origin): Tree {
  return build(data, () => origin, []);
}

/**
 * Tree of a catalogue entry: a key `source` is no value, it is the source of the values beside and below it. Keys with
 * value undefined are left out.
 */
export function treeOfCatalogue(data: unknown, source: string): Tree {
  const own = isRecord(data) && typeof data['source'] === 'string' ? data['source'] : source;
  const origin: Origin = { kind: 'catalogue', source: own };
  if (!isRecord(data)) return treeOfData(data, origin);
  const entries = Object.entries(data).filter(
    ([key, value]) => key !== 'source' && key !== 'title' && value !== undefined,
  );
  return { origin, content: new Map(entries.map(([key, value]) => [key, treeOfCatalogue(value, own)])) };
}

function build(data: unknown, originOf: (path: Path) => Origin, path: Path): Tree {
  const origin = originOf(path);
  if (Array.isArray(data)) return { origin, content: data.map((item, i) => build(item, originOf, [...path, i])) };
  if (isRecord(data)) {
    const entries = Object.entries(data).map(([key, value]) => [key, build(value, originOf, [...path, key])] as const);
    return { origin, content: new Map(entries) };
  }
  return { origin, content: data as Scalar };
}

/** Plain data of a tree; what is deleted is left out. */
export function plain(tree: Tree): unknown {
  if (isListTree(tree)) return tree.content.map(plain);
  if (!isMapTree(tree)) return tree.content;
  const data: Record<string, unknown> = {};
  for (const [key, value] of tree.content) {
    if (value.deletes !== true) Object.defineProperty(data, key, { value: plain(value), enumerable: true });
  }
  return data;
}

export function child(tree: Tree | undefined, key: string): Tree | undefined {
  const found = isMapTree(tree) ? tree.content.get(key) : undefined;
  return found?.deletes === true ? undefined : found;
}

/** The deepest existing node along `path` and how many steps of it exist. */
export function descend(tree: Tree, path: readonly PropertyKey[]): { readonly tree: Tree; readonly depth: number } {
  let node = tree;
  for (const [depth, step] of path.entries()) {
    const next = isMapTree(node)
      ? node.content.get(String(step))
      : isListTree(node)
        ? node.content[Number(step)]
        : undefined;
    if (next === undefined) return { tree: node, depth };
    node = next;
  }
  return { tree: node, depth: path.length };
}

/** The problem located where `origin` says; `path` is the path in the merged scenario. */
export function problemAt(
  origin: Origin,
  path: string,
  code: string,
  message: string,
  hint?: string,
  at: ProblemPosition = {},
): Problem {
  if (origin.kind === 'file') return { ...origin.document.problem(origin.path, code, message, hint, at), path };
  const where = origin.kind === 'set' ? ` (${origin.option} ${origin.text})` : ` (catalogue, ${origin.source})`;
  const problem: Problem = { level: at.level ?? 'error', code, message: `${message}${where}`, path };
  return hint === undefined ? problem : { ...problem, hint };
}

/** Where a value comes from, as `explain` prints it: `file:line`, the source of a catalogue value, or the option. */
export function printOrigin(origin: Origin): string {
  if (origin.kind === 'catalogue') return origin.source;
  if (origin.kind === 'set') return origin.option;
  return `${origin.document.file}:${origin.document.placeOf(origin.path).line}`;
}

export function printPathOf(path: readonly PropertyKey[]): string {
  return printPath(path.map((step) => (typeof step === 'number' ? step : String(step))));
}

function isRecord(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
