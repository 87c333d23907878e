/** What a statement of a declaration file begins with. */
export type DeclarationKind = 'function' | 'class' | 'interface' | 'type' | 'const';

/** A declared name with its docstring as text, empty without one, and its code without comments on one line. */
export interface Declaration {
  readonly kind: DeclarationKind;
  readonly name: string;
  readonly doc: string;
  /** From the name's keyword on, for example `function f(x: number): string`. Types with members: up to the brace. */
  readonly code: string;
  /** Fields and methods, or the alternatives of a union that say what they are. */
  readonly members: readonly Member[];
}

export interface Member {
  readonly code: string;
  readonly doc: string;
}

/** Names that a file takes from another: `of` is their name there, absent for all of them. */
export interface Handed {
  readonly from: string;
  readonly names: readonly { readonly of: string; readonly as: string; readonly typeOnly: boolean }[] | 'all';
  readonly typeOnly: boolean;
}

export interface DeclarationFile {
  readonly declared: readonly Declaration[];
  readonly handed: readonly Handed[];
}

/** A stretch of code that ends at a separator outside all brackets, and the last docstring before it. */
interface Piece {
  readonly doc: string;
  readonly text: string;
}

const TOKEN = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|=>|[\s\S]/g;

/**
 * What a declaration file of the compiler exports itself and hands on. It reads the shape that the compiler writes, no
 * more: one statement after the other, each ended by `;` or the brace of its body.
 */
export function readDeclarations(source: string): DeclarationFile {
  const statements = pieces(source, ';', true);
  return {
    declared: statements.flatMap(({ doc, text }) => declaration(doc, text)),
    handed: statements.flatMap(({ text }) => handed(text)),
  };
}

function declaration(doc: string, text: string): Declaration[] {
  const found = /^export (?:declare )?(?:abstract )?(function|class|interface|type|const) (\w+)/.exec(bare(text));
  if (found === null) return [];
  const kind = found[1] as DeclarationKind;
  const name = found[2]!;
  const code = (part: string): string => bare(part).replace(/^export (?:declare )?/, '');
  if (kind === 'class' || kind === 'interface') {
    const brace = text.indexOf('{');
    return [{ kind, name, doc, code: code(text.slice(0, brace)), members: membersOf(text.slice(brace)) }];
  }
  const literal = /^([^=]*=)\s*(\{[\s\S]*\})$/.exec(text);
  if (kind === 'type' && literal !== null && closes(literal[2]!)) {
    return [{ kind, name, doc, code: code(literal[1]!).replace(/ =$/, ''), members: membersOf(literal[2]!) }];
  }
  const alternatives = kind === 'type' ? pieces(text.slice(text.indexOf('=') + 1), '|', false) : [];
  if (!alternatives.some((one) => one.doc !== '')) return [{ kind, name, doc, code: code(text), members: [] }];
  const members = alternatives.filter((one) => bare(one.text) !== '').map((one) => member(one));
  return [{ kind, name, doc, code: code(text.slice(0, text.indexOf('='))), members }];
}

const member = ({ doc, text }: Piece): Member => ({ doc, code: bare(text) });

/** Fields and methods between the braces of a body. */
function membersOf(body: string): Member[] {
  return pieces(body.slice(1, body.lastIndexOf('}')), ';', false)
    .filter(({ text }) => !/^(?:private|#)/.test(text))
    .map(member);
}

/** Whether the first brace of a text is closed by its last character. */
function closes(text: string): boolean {
  return pieces(text, '', true).length === 1;
}

function handed(text: string): Handed[] {
  const found = /^export (type )?(\*|\{([\s\S]*)\}) from '(.*)'$/.exec(bare(text));
  if (found === null) return [];
  const [, type, , list, from] = found;
  const typeOnly = type !== undefined;
  if (list === undefined) return [{ from: from!, names: 'all', typeOnly }];
  const names = list
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map((word) => {
      const [of, as] = word.replace(/^type /, '').split(' as ');
      return { of: of!, as: as ?? of!, typeOnly: typeOnly || word.startsWith('type ') };
    });
  return [{ from: from!, names, typeOnly }];
}

/**
 * Cuts at a separator outside all brackets; with `bodies` also after the brace that ends a body. The docstring of an
 * alternative stands before its `|`.
 */
function pieces(source: string, separator: string, bodies: boolean): Piece[] {
  const cut: Piece[] = [];
  let depth = 0;
  let doc = '';
  let next = '';
  let text = '';
  const end = (): void => {
    if (text.trim() !== '') cut.push({ doc, text: text.trim() });
    doc = next;
    next = '';
    text = '';
  };
  for (const [token] of source.matchAll(TOKEN)) {
    if (token.startsWith('/**') && depth === 0) {
      if (text.trim() === '') doc = docText(token);
      else if (separator === '|') next = docText(token);
    }
    if ('{(['.includes(token)) depth += 1;
    if ('})]'.includes(token)) depth -= 1;
    if (depth === 0 && token === separator) end();
    else if (!(isComment(token) && text.trim() === '')) text += token;
    if (bodies && depth === 0 && token === '}' && hasBody(text)) end();
  }
  end();
  return cut;
}

/** Statements that end with the brace of their body. */
const hasBody = (text: string): boolean =>
  /^\s*(?:\{|(?:export )?(?:declare )?(?:abstract )?(?:interface|class) )/.test(text);

const isComment = (token: string): boolean => token.startsWith('/*') || token.startsWith('//');

/** Code without comments, on one line. */
function bare(code: string): string {
  return [...code.matchAll(TOKEN)]
    .map(([token]) => (isComment(token) ? ' ' : token))
    .join('')
    .replace(/\s+/g, ' ')
    .replace(/, \}/g, ' }')
    .trim();
}

/** Text of a docstring: one line for each paragraph, list item, tag and line of an example (those are indented). */
function docText(comment: string): string {
  const lines: string[] = [];
  let ended = true;
  for (const raw of comment.replace(/^\/\*\*|\*\/$/g, '').split('\n')) {
    const line = raw.replace(/^\s*\* ?/, '').trimEnd();
    const example = /^ {4}/.test(line) && raw.trimStart().startsWith('*');
    if (example) lines.push(line);
    else if (line.trim() !== '') {
      const text = line.trim();
      if (ended || /^(?:@|- )/.test(text)) lines.push(text);
      else lines.push(`${lines.pop()!} ${text}`);
    }
    ended = line.trim() === '' || example;
  }
  return lines.join('\n');
}
