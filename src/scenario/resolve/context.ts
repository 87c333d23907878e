import type { Default } from '../../catalogue/defaults.ts';
import type { Problem } from '../../model/problem.ts';
import type { Assumption } from '../../model/scenario.ts';
import type { UnitLibrary } from '../quantity/compound.ts';
import { type ProblemPosition, readDocument } from '../read/document.ts';
import { type Path, printPath } from '../read/path.ts';
import {
  child,
  isListTree,
  isMapTree,
  type Origin,
  printOrigin,
  problemAt,
  type Tree,
  treeOfData,
} from '../read/tree.ts';
import { printTree } from './print.ts';

/** One value of the resolved scenario: as written, and where: `file:line`, `--set`, or the source of a default. */
export interface ExplainedValue {
  readonly path: string;
  readonly value: string;
  readonly source: string;
  /** Whether a file or the command line states it. */
  readonly stated: boolean;
}

/** What resolving collects besides the scenario. */
export interface Context {
  readonly problems: Problem[];
  /** Printed paths whose shape is wrong and has been reported: nothing more is said about them. */
  readonly misshapen: ReadonlySet<string>;
  readonly explained: ExplainedValue[];
  readonly assumptions: Assumption[];
  readonly units: UnitLibrary | undefined;
}

/** Turns a written value into a value of the scenario; undefined when a problem was reported instead. */
export type Parser<T> = (value: Section) => T | undefined;

/** One place of a scenario tree: reads what is there, fills in what is not, and remembers where each value came from. */
export class Section {
  readonly context: Context;
  readonly tree: Tree | undefined;
  readonly path: Path;
  /** Last key of the path; for what is written out from another place, its own key. */
  readonly key: string;
  /** Where a problem about something missing here is shown. */
  readonly #nearest: Origin;

  constructor(context: Context, tree: Tree | undefined, path: Path, nearest: Origin, key = String(path.at(-1) ?? '')) {
    this.context = context;
    this.tree = tree;
    this.path = path;
    this.key = key;
    this.#nearest = tree?.origin ?? nearest;
  }

  /** The part under `key`, whether it exists or not. */
  at(key: string): Section {
    const tree = child(this.tree, key);
    return new Section(this.context, tree, tree?.from ?? [...this.path, key], this.#nearest, key);
  }

  /** The same place with another tree, for example one merged with a catalogue entry. */
  with(tree: Tree | undefined): Section {
    return new Section(this.context, tree, this.path, this.#nearest, this.key);
  }

  get exists(): boolean {
    return this.tree !== undefined;
  }

  has(key: string): boolean {
    return child(this.tree, key) !== undefined;
  }

  /** Parts of a map that are not deleted, in file order; empty when this is no map. */
  entries(): readonly Section[] {
    if (!isMapTree(this.tree)) return [];
    return [...this.tree.content.keys()].map((key) => this.at(key)).filter((part) => part.exists);
  }

  /** Items of a list; empty when this is no list. */
  items(): readonly Section[] {
    if (!isListTree(this.tree)) return [];
    return this.tree.content.map((item, i) => new Section(this.context, item, [...this.path, i], item.origin));
  }

  /** The same place, remembering nothing but problems: for entries that are checked and not used. */
  get muted(): Section {
    return new Section(
      { ...this.context, explained: [], assumptions: [] },
      this.tree,
      this.path,
      this.#nearest,
      this.key,
    );
  }

  /** Value under `key` as part of a larger value: not remembered by itself. */
  read<T>(key: string, parse: Parser<T>): T | undefined {
    const part = this.at(key);
    return part.exists ? parse(part) : undefined;
  }

  /** Value under `key`, or undefined when it is not written or wrong. */
  optional<T>(key: string, parse: Parser<T>): T | undefined {
    const part = this.at(key);
    if (!part.exists) return undefined;
    part.#record(true);
    return parse(part);
  }

  /** Value under `key`; `placeholder` when it is wrong or missing (what is missing has been reported with the shape). */
  required<T>(key: string, parse: Parser<T>, placeholder: T): T {
    return this.optional(key, parse) ?? placeholder;
  }

  /**
   * Value under `key`, or the default. `applies` false: nothing depends on the value in this scenario, so that the
   * default is no assumption.
   */
  defaulted<T>(key: string, parse: Parser<T>, fallback: Default, applies = true): T {
    const part = this.at(key);
    if (part.exists) {
      part.#record(true);
      const value = parse(part);
      if (value !== undefined) return value;
    } else if (applies) {
      part.with(treeOfDefault(fallback)).#record(false);
    }
    const value = parse(part.with(treeOfDefault(fallback)));
    if (value === undefined) throw new Error(`the default of ${printPath(part.path)} cannot be read`);
    return value;
  }

  /** Records a value that follows from others, shown as `value` with `source`. */
  derive(key: string, value: string, source: string): void {
    this.at(key).with(treeOfDefault({ value, source })).#record(false);
  }

  problem(code: string, message: string, hint?: string, at?: ProblemPosition): undefined {
    for (let n = 1; n <= this.path.length; n++) {
      if (this.context.misshapen.has(printPath(this.path.slice(0, n)))) return undefined;
    }
    const path = printPath(this.path);
    this.context.problems.push(problemAt(this.#nearest, path, code, `${path}: ${message}`, hint, at));
    return undefined;
  }

  #record(stated: boolean): void {
    const { context, tree } = this;
    if (tree === undefined) return;
    const fromCatalogue = tree.origin.kind === 'catalogue';
    const path = printPath(this.path);
    const value = printTree(tree);
    const source = printOrigin(tree.origin);
    context.explained.push({ path, value, source, stated: stated && !fromCatalogue });
    if (!stated || fromCatalogue) context.assumptions.push({ path, value, source });
  }
}

const parsed = new Map<string, Tree>();

/** Tree of a default; texts in brackets are YAML. */
function treeOfDefault({ value, source }: Default): Tree {
  const key = `${source}\n${value}`;
  let tree = parsed.get(key);
  if (tree === undefined) {
    const data = /^[[{]/.test(value) ? readDocument(`value: ${value}`, 'default').value['value'] : value;
    tree = treeOfData(data, { kind: 'catalogue', source });
    parsed.set(key, tree);
  }
  return tree;
}
