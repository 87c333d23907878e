import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseAllDocuments,
} from '../../adapters/yaml.ts';
import type { Place, Problem, ProblemLevel } from '../../model/problem.ts';
import { firstDeeperThan, firstGarbage, MAX_DEPTH } from '../../scenario/read/dialect.ts';
import { codeFrame } from '../../scenario/read/frame.ts';
import { MAX_CHARACTERS } from '../../scenario/read/limits.ts';
import { syntaxProblem } from '../../scenario/read/syntax.ts';
import { fragmentsOf } from './fragments.ts';
import { iniItem } from './ini.ts';
import type { Dictionary, Entry, Item } from './tree.ts';

/** What can be read of a file, and what is wrong with it. Never throws. */
export interface ReadFile {
  readonly file: string;
  /** Documents with a map at the top, in file order. */
  readonly documents: readonly Dictionary[];
  readonly problems: readonly Problem[];
  /** Code frame of a place. */
  readonly frameAt: (place: Place) => string;
}

/** Syntax errors breed; the first few name the cause. */
const MAX_SYNTAX_PROBLEMS = 8;
/** Keys of one file; beyond, a file is no descriptor. */
const MAX_KEYS = 200_000;

/** Reads a descriptor, or a page with descriptors in it, as far as it can be read. */
export function readFile(source: string, file: string): ReadFile {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  const problems: Problem[] = [];
  const documents: Dictionary[] = [];
  const lines = new LineCounter();
  let rows: readonly string[] | undefined;
  const frameAt = ({ line, column, length }: Place): string => {
    rows ??= text.slice(0, MAX_CHARACTERS).split('\n');
    return codeFrame(rows, line, column, length ?? 1);
  };
  const report = (code: string, message: string, place: Place, level: ProblemLevel = 'error', hint?: string): void => {
    const frame = level === 'error' && text.length <= MAX_CHARACTERS ? { frame: frameAt(place) } : {};
    problems.push({ level, code, message, place, ...frame, ...(hint === undefined ? {} : { hint }) });
  };
  const start: Place = { file, line: 1, column: 1 };
  const done = (): ReadFile => ({ file, documents, problems, frameAt });
  if (text.startsWith('PK\u0003\u0004')) {
    report('archive', 'archives (CSAR, ZIP) are not read', start, 'error', 'unpack it and name the descriptors in it');
    return done();
  }
  if (text.length > MAX_CHARACTERS) {
    const size = (text.length / 1024 / 1024).toFixed(1);
    report(
      'file-too-large',
      `${size} million characters are more than the ${MAX_CHARACTERS / 1024 / 1024} that are read`,
      start,
    );
    return done();
  }
  const place = (offset: number, length = 1): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), length: Math.max(1, length) };
  };
  const garbage = firstGarbage(text);
  const deep = garbage >= 0 ? -1 : firstDeeperThan(text, MAX_DEPTH);
  if (garbage >= 0 || deep >= 0) {
    const before = text.slice(0, Math.max(garbage, deep)).split('\n');
    const found = { file, line: before.length, column: before.at(-1)!.length + 1, length: 1 };
    if (garbage >= 0) report('not-text', 'the file is binary or not UTF-8 text', found);
    else report('too-deep', `brackets are nested more than ${MAX_DEPTH} deep`, found);
    return done();
  }
  const ini = iniItem(text, file);
  if (ini !== undefined) {
    documents.push(ini);
    return done();
  }
  for (const fragment of fragmentsOf(text, file)) {
    for (const document of parse(fragment.text, lines, report, start)) {
      const syntax = [...document.errors, ...document.warnings].map(syntaxProblem);
      for (const { code, message, hint, offset, length } of syntax.slice(0, MAX_SYNTAX_PROBLEMS)) {
        report(
          code,
          `${message}; what follows may have been read wrongly`,
          place(offset, Math.min(length, 80)),
          'error',
          hint,
        );
      }
      if (syntax.length > MAX_SYNTAX_PROBLEMS)
        report(
          'yaml-syntax',
          `and ${syntax.length - MAX_SYNTAX_PROBLEMS} more syntax errors`,
          place(syntax[MAX_SYNTAX_PROBLEMS]!.offset),
        );
      const { contents } = document;
      if (contents === null || (isScalar(contents) && contents.value === null)) continue;
      if (!isMap(contents)) {
        report('not-a-map', 'the document is not a map of "key: value" entries', place(contents.range[0]));
        continue;
      }
      documents.push(new Builder(document, place, report).item(contents as ParsedNode, '', 0) as Dictionary);
    }
  }
  if (documents.length === 0 && problems.length === 0)
    report(
      'no-descriptor',
      'the file holds no descriptor',
      start,
      'error',
      'VNFD, NSD, VNFFGD and cluster policies are read',
    );
  return done();
}

type Report = (code: string, message: string, place: Place, level?: ProblemLevel, hint?: string) => void;

function parse(text: string, lines: LineCounter, report: Report, start: Place): readonly Document.Parsed[] {
  try {
    lines.lineStarts.length = 0;
    const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false, version: '1.2' } as const;
    const documents = parseAllDocuments(text, options);
    return Array.isArray(documents) ? (documents as readonly Document.Parsed[]) : [];
  } catch (error) {
    if (error instanceof RangeError) report('too-deep', 'the text is nested too deeply', start);
    else report('yaml-syntax', error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error), start);
    return [];
  }
}

/** Turns the nodes of one document into items. */
class Builder {
  readonly #document: Document.Parsed;
  readonly #place: (offset: number, length?: number) => Place;
  readonly #report: Report;
  readonly #built = new Map<ParsedNode, Item>();
  readonly #building = new Set<ParsedNode>();
  #keys = 0;

  constructor(document: Document.Parsed, place: (offset: number, length?: number) => Place, report: Report) {
    this.#document = document;
    this.#place = place;
    this.#report = report;
  }

  item(node: ParsedNode | null, path: string, depth: number, fallback = 0): Item {
    if (node === null) return { kind: 'scalar', value: null, place: this.#place(fallback) };
    const known = this.#built.get(node);
    if (known !== undefined) return known;
    const [start, end] = node.range;
    const place = this.#place(start, isScalar(node) ? end - start : 1);
    const nothing: Item = { kind: 'scalar', value: null, place };
    if (isAlias(node)) return this.#aliased(node, path, depth) ?? nothing;
    if (isScalar(node)) {
      const { value } = node;
      const plain =
        typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null;
      return { kind: 'scalar', value: plain ? value : String(value), place };
    }
    if (depth > 2 * MAX_DEPTH) {
      this.#report('too-deep', `maps are nested more than ${MAX_DEPTH} deep; what lies deeper is not read`, place);
      return nothing;
    }
    this.#building.add(node);
    const built: Item = isMap(node)
      ? { kind: 'map', entries: this.#entries(node.items as never, path, depth), place }
      : {
          kind: 'list',
          items: isSeq(node) ? node.items.map((each) => this.item(each as ParsedNode, path, depth + 1, start)) : [],
          place,
        };
    this.#building.delete(node);
    this.#built.set(node, built);
    return built;
  }

  #aliased(node: ParsedNode & { readonly source: string }, path: string, depth: number): Item | undefined {
    const [start, end] = node.range;
    const target = (node as unknown as { resolve(document: Document.Parsed): ParsedNode | undefined }).resolve(
      this.#document,
    );
    if (target !== undefined && !this.#building.has(target)) return this.item(target, path, depth);
    const fault = target === undefined ? `has no &${node.source} before it` : 'stands inside what it repeats';
    this.#report('bad-alias', `*${node.source} ${fault}; it is read as nothing`, this.#place(start, end - start));
    return undefined;
  }

  #entries(
    pairs: readonly { readonly key: ParsedNode | null; readonly value: ParsedNode | null }[],
    path: string,
    depth: number,
  ): readonly Entry[] {
    const read = pairs.map(({ key, value }) => {
      const [start, end] = key?.range ?? value?.range ?? [0, 1];
      const place = this.#place(start, Math.min(end - start, 80));
      const name = this.#keyText(key, place);
      const own = path === '' ? name : `${path}.${name}`;
      this.#keys += 1;
      if (this.#keys === MAX_KEYS)
        this.#report('too-many-keys', `more than ${MAX_KEYS} keys; the rest is not read`, place);
      const inside = this.#keys >= MAX_KEYS ? null : value;
      return { key: name, path: own, place, value: this.item(inside, own, depth + 1, end), overridden: false };
    });
    const last = new Map(read.map((each, i) => [each.key, i]));
    const byKey = new Map<string, Entry[]>();
    for (const each of read) {
      const known = byKey.get(each.key);
      if (known === undefined) byKey.set(each.key, [each]);
      else known.push(each);
    }
    const entries = read.map((each): Entry => {
      const same = byKey.get(each.key)!;
      if (same.length === 1) return each;
      const later = read[last.get(each.key)!]!;
      const together = areDisjointMaps(same.map(({ value }) => value));
      if (each === later) return together ? { ...each, value: joined(same.map(({ value }) => value)) } : each;
      const counts = together ? 'are read together' : `counts`;
      const message = together
        ? `key "${each.key}" is given twice in this map; what stands here and in line ${later.place.line} ${counts}`
        : `key "${each.key}" is given twice in this map; the later one, in line ${later.place.line}, ${counts}`;
      this.#report('duplicate-key', message, each.place, 'warning', 'keep one of the two');
      return { ...each, overridden: true };
    });
    return [...entries, ...entries.filter(({ key }) => key === '<<').flatMap((each) => merged(each.value, last))];
  }

  #keyText(key: ParsedNode | null, place: Place): string {
    if (isScalar(key) && key.value !== null) return String(key.value);
    this.#report('bad-key', 'a key must be a plain word or quoted text', place, 'warning');
    return isScalar(key) || key === null ? '' : key.toString().replace(/\s+/g, ' ').slice(0, 40);
  }
}

/** Entries that a merge key brings, where the map has no own ones. */
function merged(value: Item, own: ReadonlyMap<string, number>): readonly Entry[] {
  const maps = value.kind === 'list' ? value.items : [value];
  return maps.flatMap((map) =>
    map.kind === 'map' ? map.entries.filter(({ key, overridden }) => !own.has(key) && !overridden) : [],
  );
}

/** Maps without a key in common: nothing is lost when they are read as one. */
function areDisjointMaps(items: readonly Item[]): boolean {
  const keys = items.flatMap((item) => (item.kind === 'map' ? item.entries.map(({ key }) => key) : ['', '']));
  return items.every(({ kind }) => kind === 'map') && new Set(keys).size === keys.length;
}

function joined(items: readonly Item[]): Item {
  return {
    ...items.at(-1)!,
    kind: 'map',
    entries: items.flatMap((item) => (item.kind === 'map' ? item.entries : [])),
  } as Dictionary;
}
