import { XMLParser, XMLValidator } from '../../adapters/xml.ts';
import type { Place, Problem, ProblemLevel } from '../../model/problem.ts';
import { codeFrame } from '../../scenario/read/frame.ts';

/** One element of an XML text; text between elements is not kept, the formats read here have none that matters. */
export interface XmlElement {
  readonly tag: string;
  /** Attribute values with the predefined entities and character references resolved. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly source: XmlSource;
  /** Offset of the element's `<` in the source. */
  readonly offset: number;
}

/** Longest text that is parsed. */
export const MAX_CHARACTERS = 32 * 1024 * 1024;
/** Elements may lie this deep in each other; the parser's time grows with the square of the depth. */
export const MAX_NESTING = 1_000;

/** The parser quotes what it found, however long. */
const LONGEST_MESSAGE = 200;

/** A text and where things are in it. */
export class XmlSource {
  readonly file: string;
  readonly text: string;
  #starts: readonly number[] | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  /** Place of the `length` characters at `offset`. */
  place(offset: number, length = 1): Place {
    const starts = this.#lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.file, line: low + 1, column: offset - starts[low]! + 1, length };
  }

  offsetOf(line: number, column: number): number {
    const starts = this.#lineStarts();
    return starts[Math.min(line, starts.length) - 1]! + column - 1;
  }

  problem(offset: number, code: string, message: string, hint?: string, level: ProblemLevel = 'error'): Problem {
    const tag = /^<[^\s>]*/.exec(this.text.slice(offset, offset + 200))?.[0].length ?? 1;
    const place = this.place(Math.min(offset, this.text.length), tag);
    const frame = codeFrame(this.#window(place.line), place.line, place.column, tag);
    return { level, code, message, ...(hint === undefined ? {} : { hint }), place, frame };
  }

  /** Lines as far as a frame around `line` needs them; others are left empty. */
  #window(line: number): string[] {
    const starts = this.#lineStarts();
    const lines = new Array<string>(starts.length).fill('');
    for (let n = Math.max(1, line - 1); n <= Math.min(starts.length, line + 1); n++) {
      const end = n < starts.length ? starts[n]! - 1 : this.text.length;
      lines[n - 1] = this.text.slice(starts[n - 1]!, Math.min(end, starts[n - 1]! + 10_000));
    }
    return lines;
  }

  #lineStarts(): readonly number[] {
    if (this.#starts === undefined) {
      const starts = [0];
      for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
      this.#starts = starts;
    }
    return this.#starts;
  }
}

export type XmlReading =
  | { readonly root: XmlElement; readonly problems: readonly [] }
  | { readonly root: undefined; readonly problems: readonly Problem[] };

/**
 * Parses one XML text. Document type declarations are skipped and entities of their own never expanded, so that a text
 * cannot reach other files nor grow. Never throws: problems are in the result.
 */
export function readXml(text: string, file: string): XmlReading {
  const source = new XmlSource(file, text.startsWith('\uFEFF') ? text.slice(1) : text);
  const fail = (offset: number, code: string, message: string, hint?: string): XmlReading => ({
    root: undefined,
    problems: [source.problem(offset, code, message, hint)],
  });
  if (source.text.length > MAX_CHARACTERS) {
    const size = (source.text.length / 1024 / 1024).toFixed(0);
    return fail(
      0,
      'file-too-large',
      `${size} million characters are more than the ${MAX_CHARACTERS / 1024 / 1024} read`,
    );
  }
  const garbage = source.text.search(GARBAGE);
  if (garbage >= 0) return fail(garbage, 'not-text', 'the file is binary or not UTF-8 text');
  const deep = firstDeeperThan(source.text, MAX_NESTING);
  if (deep >= 0) {
    return fail(
      deep,
      'too-deep',
      `elements are nested more than ${MAX_NESTING} deep`,
      'name inner parts and refer to them',
    );
  }
  try {
    const valid = XMLValidator.validate(source.text);
    if (valid !== true) {
      const { line, col, msg } = valid.err;
      return fail(source.offsetOf(line ?? 1, col ?? 1), 'xml-syntax', msg.slice(0, LONGEST_MESSAGE));
    }
    const roots = convert(PARSER.parse(source.text) as ParsedNode[], source);
    if (roots.length === 0) return fail(0, 'xml-syntax', 'the file holds no element');
    if (roots.length > 1) return fail(roots[1]!.offset, 'xml-syntax', 'a second root element');
    return { root: roots[0]!, problems: [] };
  } catch (error) {
    return fail(0, 'xml-syntax', error instanceof Error ? error.message : String(error));
  }
}

/** Control characters XML does not allow, and what decoding leaves of bytes that are not UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const GARBAGE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd]/;

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  captureMetaData: true,
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  maxNestedTags: MAX_NESTING + 1,
});
const META = XMLParser.getMetaDataSymbol() as unknown as symbol;

interface ParsedNode {
  readonly [key: string | symbol]: unknown;
}

/** The parser's ordered nodes as elements; declarations and text are dropped. */
function convert(nodes: readonly ParsedNode[], source: XmlSource): XmlElement[] {
  const roots: XmlElement[] = [];
  const stack = [{ nodes, into: roots }];
  while (stack.length > 0) {
    const { nodes: list, into } = stack.pop()!;
    for (const node of list) {
      const tag = Object.keys(node).find((key) => key !== ':@' && key !== '#text');
      if (tag === undefined || tag.startsWith('?')) continue;
      const children: XmlElement[] = [];
      const written = (node[':@'] ?? {}) as Readonly<Record<string, unknown>>;
      const attributes = new Map(Object.entries(written).map(([key, value]) => [key, decoded(String(value))]));
      const offset = (node[META] as { startIndex?: number } | undefined)?.startIndex ?? 0;
      into.push({ tag, attributes, children, source, offset });
      stack.push({ nodes: node[tag] as ParsedNode[], into: children });
    }
  }
  return roots;
}

const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w+));/g, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return Object.hasOwn(PREDEFINED, name) ? PREDEFINED[name]! : whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** What is skipped whole, by how it begins and ends. */
const SKIPPED = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/**
 * Offset of the first element nested more than `limit` deep, −1 when there is none or the text stops making sense
 * before. One pass over the text.
 */
function firstDeeperThan(text: string, limit: number): number {
  let depth = 0;
  let at = text.indexOf('<');
  while (at >= 0) {
    const skipped = SKIPPED.find(([begin]) => text.startsWith(begin, at));
    let end: number;
    if (skipped !== undefined) {
      end = text.indexOf(skipped[1], at + skipped[0].length);
    } else {
      end = endOfTag(text, at);
      if (text[at + 1] === '/') depth--;
      else if (text[at + 1] !== '!' && text[end - 1] !== '/' && ++depth > limit) return at;
    }
    if (end < 0) return -1;
    at = text.indexOf('<', end);
  }
  return -1;
}

/** Offset of the `>` that closes the tag at `at`, quoted ones left aside; −1 when there is none. */
function endOfTag(text: string, at: number): number {
  let quote = '';
  for (let i = at + 1; i < text.length; i++) {
    const character = text[i]!;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '>') return i;
    else if (character === '"' || character === "'") quote = character;
  }
  return -1;
}
