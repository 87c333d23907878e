/** A report as headings, tables, lines and lists, before it is laid out for a terminal or as Markdown. */
export type Document = readonly Block[];

/** What a text says about its subject; the terminal shows it in colour, Markdown not at all. */
export type Tone = 'good' | 'bad' | 'open' | 'strong' | 'faint';

export type Block = Heading | Line | List | DocumentTable;

export interface Heading {
  readonly kind: 'heading';
  /** 1: the report; 2: its parts; 3: parts of these. */
  readonly level: 1 | 2 | 3;
  readonly text: string;
}

export interface Line {
  readonly kind: 'line';
  readonly text: string;
  readonly tone?: Tone;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly string[];
}

export interface DocumentTable {
  readonly kind: 'table';
  /** Titles of all columns are empty: no header is printed. */
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** May be wrapped when the line is too narrow. */
  readonly wrap?: boolean;
  /** May be left out where names would have to be broken; 1 is the first to go. */
  readonly spare?: number;
}

/** Text, or text with a tone; `indent` counts levels below the first. */
export type Cell = string | { readonly text: string; readonly tone?: Tone; readonly indent?: number };

export function heading(level: Heading['level'], text: string): Heading {
  return { kind: 'heading', level, text };
}

export function line(text: string, tone?: Tone): Line {
  return tone === undefined ? { kind: 'line', text } : { kind: 'line', text, tone };
}

export function list(items: readonly string[]): List {
  return { kind: 'list', items };
}

/**
 * A column title that starts with `>` is aligned right, one that ends with `~` may be wrapped; `?1` behind it: on a narrow
 * terminal it is the first to be left out.
 */
export function table(titles: readonly string[], rows: DocumentTable['rows']): DocumentTable {
  const columns = titles.map((title): Column => {
    const [, right, text, wrap, spare] = /^(>?)(.*?)(~?)(?:\?(\d))?$/.exec(title)!;
    const column: Column = { title: text!, align: right === '>' ? 'right' : 'left', wrap: wrap === '~' };
    return spare === undefined ? column : { ...column, spare: Number(spare) };
  });
  return { kind: 'table', columns, rows };
}

export function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}
