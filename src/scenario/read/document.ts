import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type YAMLMap,
} from '../../adapters/yaml.ts';
import type { Place, Problem, ProblemLevel } from '../../model/problem.ts';
import { dialectProblems, firstDeeperThan, firstGarbage, type Located, MAX_DEPTH } from './dialect.ts';
import { codeFrame } from './frame.ts';
import { MAX_CHARACTERS } from './limits.ts';
import { type Path, printPath } from './path.ts';
import { syntaxProblem } from './syntax.ts';

/** One YAML or JSON text with the position of everything in it. */
export interface SourceDocument {
  readonly file: string;
  /** The root map as plain data; an empty map when there are `problems`. */
  readonly value: Readonly<Record<string, unknown>>;
  /** What makes the text unreadable; empty for a well-formed document whose root is a map. */
  readonly problems: readonly Problem[];
  /**
   * Position of the key or the value at `path`; of the deepest existing part when the path does not exist (a missing
   * key is reported at its parent), of the first line for the root. Aliases are followed.
   */
  placeOf(path: Path, part?: 'key' | 'value'): Place;
  /** A problem at `path` with place and code frame. Level `error` and part `value` unless stated. */
  problem(path: Path, code: string, message: string, hint?: string, at?: ProblemPosition): Problem;
}

export interface ProblemPosition {
  readonly level?: ProblemLevel;
  readonly part?: 'key' | 'value';
}

/** Expansions of aliases allowed in one document; more is an attack or an accident. */
const MAX_ALIASES = 100;
/** Syntax errors breed; the first few name the cause. */
const MAX_SYNTAX_PROBLEMS = 8;

/** Reads one YAML 1.2 (or JSON) document whose root is a map. Never throws: problems are in the result. */
export function readDocument(source: string, file: string): SourceDocument {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  const fail = (code: string, message: string, hint?: string, offset = 0): SourceDocument =>
    new YamlDocument(file, text.slice(0, offset + 2000), null, [
      { code, message, offset, ...(hint === undefined ? {} : { hint }) },
    ]);

  if (text.length > MAX_CHARACTERS) {
    const size = (text.length / 1024 / 1024).toFixed(1);
    return fail(
      'file-too-large',
      `${size} million characters are more than the ${MAX_CHARACTERS / 1024 / 1024} that are read`,
    );
  }
  const garbage = firstGarbage(text);
  if (garbage >= 0) return fail('not-text', 'the file is binary or not UTF-8 text', undefined, garbage);
  const deep = firstDeeperThan(text, MAX_DEPTH);
  if (deep >= 0) return fail('too-deep', `brackets are nested more than ${MAX_DEPTH} deep`, undefined, deep);

  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, version: '1.2' });
  const syntax = [...document.errors, ...document.warnings].slice(0, MAX_SYNTAX_PROBLEMS);
  if (syntax.length > 0) return new YamlDocument(file, text, null, syntax.map(syntaxProblem));
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    return fail(
      'empty-document',
      'the file holds no document',
      'it starts with "format: …"; the scenarios of this package are good ones to start from',
    );
  }
  if (!isMap(contents))
    return fail('not-a-map', 'the document is not a map of "key: value" entries', undefined, contents.range[0]);
  return new YamlDocument(file, text, document, []);
}

class YamlDocument implements SourceDocument {
  readonly file: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
  readonly #lines: readonly string[];
  readonly #starts: readonly number[];
  readonly #document: Document.Parsed | null;
  /** Entries of the maps that have been asked for, by key. */
  readonly #pairs = new WeakMap<YAMLMap.Parsed, ReadonlyMap<string, YAMLMap.Parsed['items'][number]>>();

  constructor(file: string, text: string, document: Document.Parsed | null, problems: readonly Located[]) {
    this.file = file;
    this.#lines = text.split('\n');
    const starts = [0];
    for (const line of this.#lines) starts.push(starts.at(-1)! + line.length + 1);
    this.#starts = starts;
    this.#document = document;
    const found = [...problems];
    let value: unknown = {};
    if (document !== null) {
      found.push(...dialectProblems(document));
      if (found.length === 0) {
        try {
          value = document.toJS({ maxAliasCount: MAX_ALIASES });
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          const hint = 'write the repeated parts out, or generate the file';
          found.push({
            code: 'too-many-aliases',
            message: `aliases (*name) cannot be expanded: ${reason}`,
            hint,
            offset: 0,
          });
        }
      }
    }
    this.problems = found.map((each) => this.#located(each));
    this.value = (found.length === 0 ? value : {}) as Readonly<Record<string, unknown>>;
  }

  placeOf(path: Path, part: 'key' | 'value' = 'value'): Place {
    const [start, end] = this.#rangeOf(path, part);
    return this.#place(start, end - start);
  }

  problem(path: Path, code: string, message: string, hint?: string, at: ProblemPosition = {}): Problem {
    const place = this.placeOf(path, at.part);
    return {
      level: at.level ?? 'error',
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      place,
      path: printPath(path),
      frame: codeFrame(this.#lines, place.line, place.column, place.length ?? 1),
    };
  }

  #rangeOf(path: Path, part: 'key' | 'value'): readonly [number, number] {
    let node: ParsedNode | null = this.#document?.contents ?? null;
    let key: readonly [number, number] = [0, 0];
    let complete = true;
    for (const step of path) {
      if (isAlias(node)) node = (node.resolve(this.#document!) as ParsedNode | undefined) ?? null;
      if (isMap(node)) {
        const pair = this.#pairsOf(node).get(String(step));
        if (pair === undefined) {
          complete = false;
          break;
        }
        key = rangeOf(pair.key as ParsedNode);
        node = pair.value as ParsedNode | null;
      } else if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
        node = node.items[step] as ParsedNode;
        key = rangeOf(node);
      } else {
        complete = false;
        break;
      }
    }
    // A collection is too large to underline: its key stands for it. So does the parent of something missing.
    const scalar = complete && part === 'value' && (isScalar(node) || isAlias(node)) && node.range[1] > node.range[0];
    return scalar ? rangeOf(node!) : key;
  }

  #pairsOf(map: YAMLMap.Parsed): ReadonlyMap<string, YAMLMap.Parsed['items'][number]> {
    let pairs = this.#pairs.get(map);
    if (pairs === undefined) {
      pairs = new Map(map.items.map((item) => [isScalar(item.key) ? String(item.key.value) : '', item]));
      this.#pairs.set(map, pairs);
    }
    return pairs;
  }

  #located({ offset, length, ...problem }: Located): Problem {
    const place = this.#place(offset, length ?? 1);
    return {
      level: 'error',
      ...problem,
      place,
      frame: codeFrame(this.#lines, place.line, place.column, place.length ?? 1),
    };
  }

  #place(offset: number, length: number): Place {
    let low = 0;
    let high = this.#lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    const column = offset - this.#starts[low]! + 1;
    const rest = this.#lines[low]!.trimEnd().length - column + 1;
    return { file: this.file, line: low + 1, column, length: Math.max(1, Math.min(length, rest)) };
  }
}

function rangeOf(node: ParsedNode): readonly [number, number] {
  return isMap(node) || isSeq(node) ? [node.range[0], node.range[0] + 1] : [node.range[0], node.range[1]];
}
