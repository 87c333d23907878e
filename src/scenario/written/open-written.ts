import { basename } from 'node:path';
import { InputError, type Problem } from '../../model/problem.ts';
import type { UnitLibrary } from '../quantity/compound.ts';
import { readDocument } from '../read/document.ts';
import { child, problemAt, treeOfDocument } from '../read/tree.ts';
import { Section } from '../resolve/context.ts';
import { text } from '../resolve/parsers.ts';
import { onlyKeys } from './only-keys.ts';

/** How a small document of its own, such as a chain or a block diagram, is opened. */
export interface WrittenOptions {
  /** Name of the file the text comes from: places of problems and default name of what is in it. */
  readonly file?: string;
  /** Evaluates compound units. */
  readonly units?: UnitLibrary;
}

/** What the document has to be. */
export interface WrittenKind {
  /** First line of the document. */
  readonly format: string;
  /** In words, with article: `a chain`. */
  readonly what: string;
  readonly keys: readonly string[];
}

export interface OpenDocument {
  readonly root: Section;
  /** Collects what is found wrong while it is read. */
  readonly problems: Problem[];
  readonly name: string;
  readonly title: string;
}

/**
 * Opens a document of this kind: its format is stated, it has no other keys, it has a name and a title.
 *
 * @throws InputError when it is no such document; other problems are collected
 */
export function openWritten(source: string, kind: WrittenKind, options: WrittenOptions): OpenDocument {
  const file = options.file ?? kind.what.split(' ').at(-1)!;
  const document = readDocument(source, file);
  if (document.problems.length > 0) throw new InputError(document.problems);
  const tree = treeOfDocument(document);
  const problems: Problem[] = [];
  const context = { problems, misshapen: new Set<string>(), explained: [], assumptions: [], units: options.units };
  const root = new Section(context, tree, [], tree.origin);
  const format = child(tree, 'format');
  if (format?.content !== kind.format) {
    const expected = `the first line of ${kind.what} is "format: ${kind.format}"`;
    const code = format === undefined ? 'missing-format' : 'wrong-format';
    throw new InputError([
      problemAt(format?.origin ?? tree.origin, 'format', code, `this is no ${bare(kind)}`, expected),
    ]);
  }
  onlyKeys(root, kind.keys);
  const name = root.optional('name', text) ?? basename(file).replace(/\.(ya?ml|json)$/, '');
  return { root, problems, name, title: root.optional('title', text) ?? name };
}

const bare = ({ what }: WrittenKind): string => what.replace(/^an? /, '');

/** Problems in the order of their places in the text. */
export function byPlace({ place: a }: Problem, { place: b }: Problem): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);
}
