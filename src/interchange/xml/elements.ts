import type { XmlSource } from './source.ts';

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

/** Why a text is not XML, and where. */
export class XmlFault extends Error {
  readonly offset: number;
  readonly code: string;
  readonly hint: string | undefined;

  constructor(offset: number, message: string, code = 'xml-syntax', hint?: string) {
    super(message);
    this.name = 'XmlFault';
    this.offset = offset;
    this.code = code;
    this.hint = hint;
  }
}

/** An element whose end has not been read. */
type Open = XmlElement & { readonly children: XmlElement[] };

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();
/** A name, and what stands before an attribute, its sign and its value; letters beyond ASCII are not told apart. */
const NAME = /[A-Za-z_:\u00c0-\uffff][\w:.\-\u00b7\u00c0-\uffff]*/y;
const ATTRIBUTE = /\s+([A-Za-z_:\u00c0-\uffff][\w:.\-\u00b7\u00c0-\uffff]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const TAG_END = /\s*(\/?)>/y;
const SPACE = /\s*/y;
const REFERENCE = /&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z_:][\w:.-]*);/y;

/**
 * The root element of a text, in one pass on an explicit stack. Checks that the text is well formed as far as elements,
 * attributes and references go. A document type declaration is passed over and its entities are never expanded, so that
 * a text can neither reach other files nor grow.
 *
 * @throws XmlFault for the first thing that is wrong
 */
export function parseElements(source: XmlSource, maximumDepth: number): XmlElement {
  const { text } = source;
  const open: Open[] = [];
  let root: XmlElement | undefined;
  let at = 0;
  /** The first & at or behind `at`, so that a text without any is searched once. */
  let reference = text.indexOf('&');
  for (;;) {
    const next = text.indexOf('<', at);
    const end = next < 0 ? text.length : next;
    if (open.length === 0) checkBlank(text, at, end);
    if (reference >= 0 && reference < at) reference = text.indexOf('&', at);
    for (; reference >= 0 && reference < end; reference = text.indexOf('&', reference + 1))
      checkReference(text, reference);
    if (next < 0) break;
    const sign = text[next + 1];
    if (sign === '!' || sign === '?') at = endOfAside(text, next, open.length > 0, root !== undefined);
    else if (sign === '/') at = close(text, next, open);
    else {
      const parent = open[open.length - 1];
      if (parent === undefined && root !== undefined) throw new XmlFault(next, 'a second root element');
      if (open.length === maximumDepth) {
        const message = `elements are nested more than ${maximumDepth} deep`;
        throw new XmlFault(next, message, 'too-deep', 'name inner parts and refer to them');
      }
      const tag = nameAt(text, next + 1, 'an element');
      const attributes = readAttributes(text, next, next + 1 + tag.length);
      const element: Open = { tag, attributes, children: [], source, offset: next };
      parent?.children.push(element);
      root ??= element;
      at = TAG_END.lastIndex;
      if (text[at - 2] !== '/') open.push(element);
    }
  }
  const last = open[open.length - 1];
  if (last !== undefined) throw new XmlFault(last.offset, `<${shown(last.tag)}> is not closed`);
  if (root === undefined) throw new XmlFault(0, 'the file holds no element');
  return root;
}

/** Reads the end tag at `at`; returns the offset behind it. */
function close(text: string, at: number, open: Open[]): number {
  const tag = nameAt(text, at + 2, 'an end tag');
  SPACE.lastIndex = at + 2 + tag.length;
  SPACE.test(text);
  const end = SPACE.lastIndex;
  if (text[end] !== '>') throw new XmlFault(at, `</${shown(tag)} is not closed by >`);
  const expected = open.pop();
  if (expected === undefined) throw new XmlFault(at, `</${shown(tag)}> closes nothing`);
  if (expected.tag !== tag) {
    const { line } = expected.source.place(expected.offset);
    throw new XmlFault(at, `</${shown(tag)}> where <${shown(expected.tag)}> of line ${line} is to be closed`);
  }
  return end + 1;
}

/** Attributes from `at` up to the end of the tag, which `TAG_END` then stands behind. */
function readAttributes(text: string, tag: number, at: number): ReadonlyMap<string, string> {
  let attributes: Map<string, string> | undefined;
  for (;;) {
    TAG_END.lastIndex = at;
    if (TAG_END.test(text)) return attributes ?? NO_ATTRIBUTES;
    ATTRIBUTE.lastIndex = at;
    const found = ATTRIBUTE.exec(text);
    if (found === null) throw attributeFault(text, tag, at);
    const [all, name, double, single] = found as unknown as [string, string, string | undefined, string | undefined];
    const value = double ?? single!;
    if (attributes?.has(name)) throw new XmlFault(at + all.indexOf(name), `the attribute ${shown(name)} stands twice`);
    attributes ??= new Map();
    // A line break in a value is a blank.
    const written = /[\t\n\r]/.test(value) ? value.replace(/\r\n|[\t\n\r]/g, ' ') : value;
    attributes.set(name, written.includes('&') ? decoded(written, at + all.length - value.length - 1) : written);
    at += all.length;
  }
}

/** What is wrong where neither an attribute nor the end of a tag stands. */
function attributeFault(text: string, tag: number, at: number): XmlFault {
  SPACE.lastIndex = at;
  SPACE.test(text);
  const start = SPACE.lastIndex;
  if (start >= text.length) return new XmlFault(tag, 'the tag is not closed by >');
  NAME.lastIndex = start;
  const [name] = NAME.exec(text) ?? [];
  if (name === undefined || start === at) return new XmlFault(start, `unexpected ${quoted(text[start]!)} in a tag`);
  SPACE.lastIndex = start + name.length;
  SPACE.test(text);
  if (text[SPACE.lastIndex] !== '=') return new XmlFault(start, `the attribute ${shown(name)} has no value`);
  return new XmlFault(start, `the value of the attribute ${shown(name)} is not in quotes, or holds <`);
}

/** Offset behind the comment, section, instruction or declaration at `at`. */
function endOfAside(text: string, at: number, inside: boolean, afterRoot: boolean): number {
  const [what, from, end] = text.startsWith('<!--', at)
    ? (['comment', at + 4, '-->'] as const)
    : text.startsWith('<![CDATA[', at) && inside
      ? (['CDATA section', at + 9, ']]>'] as const)
      : text.startsWith('<?', at)
        ? (['processing instruction', at + 2, '?>'] as const)
        : ([undefined, at + 9, ''] as const);
  if (what !== undefined) {
    const found = text.indexOf(end, from);
    if (found < 0) throw new XmlFault(at, `the ${what} is not closed by ${end}`);
    return found + end.length;
  }
  if (!text.startsWith('<!DOCTYPE', at) || inside || afterRoot) throw new XmlFault(at, 'unexpected <!');
  return endOfDeclaration(text, at, from);
}

/** Offset behind the `>` that ends a document type declaration; its inner part is passed over by quotes and comments. */
function endOfDeclaration(text: string, at: number, from: number): number {
  const step = /<!--|["'<>[\]]/g;
  step.lastIndex = from;
  let brackets = 0;
  for (let found = step.exec(text); found !== null; found = step.exec(text)) {
    const [sign] = found;
    if (sign === '[') brackets++;
    else if (sign === ']') brackets--;
    else if (sign === '>' && brackets <= 0) return step.lastIndex;
    else if (sign === '"' || sign === "'" || sign === '<!--') {
      const end = sign === '<!--' ? '-->' : sign;
      const closed = text.indexOf(end, step.lastIndex);
      if (closed < 0) break;
      step.lastIndex = closed + end.length;
    }
  }
  throw new XmlFault(at, 'the document type declaration is not closed by >');
}

/** Outside of elements there is only white space. */
function checkBlank(text: string, from: number, to: number): void {
  SPACE.lastIndex = from;
  SPACE.test(text);
  if (SPACE.lastIndex < to) throw new XmlFault(SPACE.lastIndex, 'text outside of elements');
}

function checkReference(text: string, at: number, offset = at): string {
  REFERENCE.lastIndex = at;
  const [reference] = REFERENCE.exec(text) ?? [];
  if (reference === undefined) throw new XmlFault(offset, '& begins no reference; a plain & is written &amp;');
  return reference;
}

/** Tab, line feed and carriage return. */
const ALLOWED_CONTROLS: readonly number[] = [9, 10, 13];
const PREDEFINED: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&apos;': "'",
};

/** An attribute's value with its references resolved; entities a text declares itself stay as they are written. */
function decoded(written: string, offset: number): string {
  let value = '';
  let at = 0;
  for (let next = written.indexOf('&'); next >= 0; next = written.indexOf('&', at)) {
    const reference = checkReference(written, next, offset + next);
    value += written.slice(at, next);
    if (reference[1] === '#') {
      const hexadecimal = reference[2] === 'x';
      const code = Number.parseInt(reference.slice(hexadecimal ? 3 : 2), hexadecimal ? 16 : 10);
      if (!(code > 31 ? code <= 0x10ffff : ALLOWED_CONTROLS.includes(code)) || (code >= 0xd800 && code < 0xe000)) {
        throw new XmlFault(offset + next, `${reference} is no character`);
      }
      value += String.fromCodePoint(code);
    } else value += PREDEFINED[reference] ?? reference;
    at = next + reference.length;
  }
  return value + written.slice(at);
}

function nameAt(text: string, at: number, what: string): string {
  NAME.lastIndex = at;
  const [name] = NAME.exec(text) ?? [];
  if (name === undefined) throw new XmlFault(at - 1, `expected the name of ${what} after ${quoted(text[at - 1]!)}`);
  return name;
}

/** Texts may hold names as long as themselves. */
function shown(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}

function quoted(character: string): string {
  return `"${character}"`;
}
