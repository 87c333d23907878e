import { ELEMENT_TYPES } from '../../catalogue/element-types.ts';
import { FIELD_TYPES } from '../../catalogue/field-rates.ts';
import { merge } from '../read/merge.ts';
import { didYouMean } from '../read/suggest.ts';
import { child, isMapTree, type Tree, treeOfCatalogue } from '../read/tree.ts';
import type { Section } from './context.ts';
import { text } from './parsers.ts';

/**
 * Catalogue entries of one kind: the file's own, which may start from another one (`base`), and the built-in ones. An own
 * entry with the id of a built-in one changes that one if it says nothing about what it is, else it replaces it.
 */
export class Entries {
  readonly #own: Section;
  readonly #builtIn: Readonly<Record<string, unknown>>;
  readonly #what: string;
  /** Keys that make an own entry complete in itself. */
  readonly #complete: readonly string[];
  readonly #found = new Map<string, Tree | undefined>();
  /** Entries on a cycle that has been reported. */
  readonly #cyclic = new Set<string>();

  constructor(own: Section, builtIn: Readonly<Record<string, unknown>>, what: string, complete: readonly string[]) {
    this.#own = own;
    this.#builtIn = builtIn;
    this.#what = what;
    this.#complete = complete;
  }

  get ids(): readonly string[] {
    return [...this.#own.entries().map((part) => part.key), ...Object.keys(this.#builtIn)];
  }

  /** Ids of the file's own entries. */
  get own(): readonly Section[] {
    return this.#own.entries();
  }

  /** The entry `id` with everything it starts from laid below it; undefined, and a problem at `from`, if there is none. */
  find(id: string, from: Section): Tree | undefined {
    if (!this.#found.has(id)) this.#found.set(id, this.#resolve(id, from, []));
    const found = this.#found.get(id);
    if (found === undefined && !this.#known(id)) {
      from.problem(
        'dangling-reference',
        `there is no ${this.#what} "${id}"`,
        didYouMean(id, this.ids, `${this.#what}s`),
      );
    }
    return found;
  }

  #known(id: string): boolean {
    return this.#own.has(id) || Object.hasOwn(this.#builtIn, id);
  }

  #resolve(id: string, from: Section, chain: readonly string[]): Tree | undefined {
    const builtIn = Object.hasOwn(this.#builtIn, id) ? treeOfCatalogue(this.#builtIn[id], '[EA]') : undefined;
    const own = this.#own.at(id);
    if (!isMapTree(own.tree)) return builtIn;
    if (!own.has('base') || this.#cyclic.has(id)) {
      const complete = this.#complete.some((key) => own.has(key));
      return builtIn === undefined || complete ? own.tree : merge(builtIn, own.tree);
    }
    const base = own.read('base', text);
    if (base === undefined) return own.tree;
    if (base === id && builtIn !== undefined) return merge(builtIn, own.tree);
    if (chain.includes(base) || base === id) {
      for (const each of [...chain, id]) this.#cyclic.add(each);
      own.at('base').problem('cyclic-reference', `${[...chain, id, base].join(' starts from ')}`);
      return own.tree;
    }
    if (!this.#known(base)) {
      const hint = didYouMean(base, this.ids, `${this.#what}s`);
      own.at('base').problem('dangling-reference', `there is no ${this.#what} "${base}"`, hint);
      return own.tree;
    }
    const below = this.#resolve(base, from, [...chain, id]);
    return below === undefined ? own.tree : merge(below, own.tree);
  }
}

const BUILT_IN = { ...ELEMENT_TYPES, ...FIELD_TYPES };

export function elementTypes(root: Section): Entries {
  return new Entries(root.at('catalogue').at('types'), BUILT_IN, 'element type', ['kind']);
}

/** `section` with the entry of its `type` laid below it. */
export function withType(section: Section, types: Entries): Section {
  const id = section.optional('type', text);
  const type = id === undefined ? undefined : types.find(id, section.at('type'));
  if (type === undefined || section.tree === undefined) return section;
  return section.with(merge(withoutTitle(type), section.tree));
}

/** The same where a section that names no type, or is not there at all, is of type `usual`. */
export function withTypeOr(usual: string, section: Section, types: Entries): Section {
  if (section.has('type')) return withType(section, types);
  const type = types.find(usual, section);
  if (type === undefined) return section;
  return section.with(section.tree === undefined ? withoutTitle(type) : merge(withoutTitle(type), section.tree));
}

function withoutTitle(tree: Tree): Tree {
  if (!isMapTree(tree)) return tree;
  const content = new Map(tree.content);
  content.delete('base');
  content.delete('title');
  return { ...tree, content };
}

/** Kind of a type or element tree as written, before it is checked. */
export function kindIn(tree: Tree | undefined): string | undefined {
  const kind = child(tree, 'kind')?.content;
  return typeof kind === 'string' ? kind : undefined;
}
