import type { Place } from '../../model/problem.ts';

/** One document as data that knows where each part was written. Aliases share items; nothing is expanded. */
export type Item = Scalar | List | Dictionary;

export interface Scalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly place: Place;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Item[];
  readonly place: Place;
}

export interface Dictionary {
  readonly kind: 'map';
  /** In file order. Of equal keys the last one counts, as for the readers these files were written for. */
  readonly entries: readonly Entry[];
  readonly place: Place;
}

/** One key of a map with its value. */
export interface Entry {
  readonly key: string;
  /** Keys from the root of the document. */
  readonly path: string;
  /** Of the key. */
  readonly place: Place;
  readonly value: Item;
  /** A later key of the same map has the same name. */
  readonly overridden: boolean;
}

export const isMap = (item: Item | undefined): item is Dictionary => item?.kind === 'map';
export const isList = (item: Item | undefined): item is List => item?.kind === 'list';
export const isScalar = (item: Item | undefined): item is Scalar => item?.kind === 'scalar';

/** Entries that count. */
export function entriesOf(item: Item | undefined): readonly Entry[] {
  return isMap(item) ? item.entries.filter(({ overridden }) => !overridden) : [];
}

/** The entry of the first of `keys` that the map has. */
export function entry(item: Item | undefined, ...keys: readonly string[]): Entry | undefined {
  const entries = entriesOf(item);
  for (const key of keys) {
    const found = entries.find((each) => each.key === key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The entry at the end of a path of keys. */
export function at(item: Item | undefined, ...path: readonly string[]): Entry | undefined {
  let found: Entry | undefined;
  for (const key of path) {
    found = entry(found === undefined ? item : found.value, key);
    if (found === undefined) return undefined;
  }
  return found;
}

/** Every entry below `item`, parents first, each once; `enter` may hold back from what lies below an entry. */
export function descendants(item: Item | undefined, enter: (each: Entry) => boolean = () => true): readonly Entry[] {
  const found: Entry[] = [];
  const seen = new Set<Item>();
  const waiting: Item[] = item === undefined ? [] : [item];
  while (waiting.length > 0) {
    const next = waiting.pop()!;
    if (seen.has(next)) continue;
    seen.add(next);
    if (isList(next)) for (let i = next.items.length - 1; i >= 0; i--) waiting.push(next.items[i]!);
    const below: Item[] = [];
    for (const each of entriesOf(next)) {
      found.push(each);
      if (enter(each)) below.push(each.value);
    }
    waiting.push(...below.reverse());
  }
  return found;
}

/** Texts and numbers of a scalar, a list (of lists) or the values of a map, as texts. */
export function wordsOf(item: Item | undefined): readonly string[] {
  const words: string[] = [];
  const seen = new Set<Item>();
  const waiting: Item[] = item === undefined ? [] : [item];
  while (waiting.length > 0 && words.length < MOST_WORDS) {
    const next = waiting.pop()!;
    if (seen.has(next) && !isScalar(next)) continue;
    seen.add(next);
    if (isScalar(next)) {
      if (next.value !== null) words.push(String(next.value));
    } else {
      const below = isList(next) ? next.items : entriesOf(next).map(({ value }) => value);
      for (let i = below.length - 1; i >= 0; i--) waiting.push(below[i]!);
    }
  }
  return words;
}

const MOST_WORDS = 10_000;

/** The text of a scalar; undefined for anything else, and for nothing. */
export function textOf(item: Item | undefined): string | undefined {
  return isScalar(item) && item.value !== null && item.value !== '' ? String(item.value) : undefined;
}
