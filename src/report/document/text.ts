import type { Block, Cell, Document, DocumentTable, Tone } from './document.ts';
import { textOf } from './document.ts';
import { displayWidth, unbreakable, wrapText } from './width.ts';

export interface TextOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: (tone: Tone, text: string) => string;
}

const GAP = '  ';

/** The document for a terminal: two spaces of indentation below each heading, columns of text, no borders. */
export function renderText(document: Document, options: TextOptions): string {
  const lines: string[] = [];
  let indent = 0;
  for (const block of document) {
    if (block.kind === 'heading') {
      indent = block.level === 3 ? 2 : 0;
      if (lines.length > 0) lines.push('');
    }
    for (const text of renderBlock(block, { ...options, width: options.width - indent })) {
      lines.push((' '.repeat(indent) + text).trimEnd());
    }
    if (block.kind === 'heading' && block.level > 1) indent += 2;
  }
  return `${lines.join('\n')}\n`;
}

function renderBlock(block: Block, options: TextOptions): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return wrapText(block.text, options.width).map((text) => options.paint('strong', text));
    case 'line':
      return wrapText(block.text, options.width).map((text) => painted(block.tone, text, options));
    case 'list':
      return block.items.flatMap((item) => hanging(item, options.width, '- ', '  '));
    case 'table':
      return renderTable(block, options);
  }
}

function renderTable(table: DocumentTable, options: TextOptions): readonly string[] {
  const header = table.columns.map(({ title }): Cell => ({ text: title, tone: 'faint' }));
  const headed = table.columns.some(({ title }) => title !== '');
  const rows = headed ? [header, ...table.rows] : table.rows;
  const { kept, widths } = layOut(table, rows, options.width);
  const columns = kept.map((i) => table.columns[i]!);
  const lines = rows.flatMap((row) =>
    renderRow(
      kept.map((i) => row[i] ?? ''),
      columns,
      widths,
      options,
    ),
  );
  const left = table.columns.filter((_, i) => !kept.includes(i)).map(({ title }) => title);
  if (left.length === 0) return lines;
  const note = `(left out on so narrow a terminal: ${left.join(', ')})`;
  return [...lines, ...wrapText(note, options.width).map((text) => painted('faint', text, options))];
}

function renderRow(
  row: readonly Cell[],
  columns: DocumentTable['columns'],
  widths: readonly number[],
  options: TextOptions,
): readonly string[] {
  const cells = columns.map((_, i) => hanging(textOf(row[i] ?? ''), widths[i]!, indentOf(row[i]), indentOf(row[i])));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, n) =>
    columns
      .map(({ align }, i) => {
        const text = cells[i]![n] ?? '';
        const cell = row[i] ?? '';
        const blank = ' '.repeat(Math.max(0, widths[i]! - displayWidth(text)));
        const shown = painted(typeof cell === 'string' ? undefined : cell.tone, text, options);
        return align === 'right' ? blank + shown : shown + blank;
      })
      .join(GAP),
  );
}

function painted(tone: Tone | undefined, text: string, { paint }: TextOptions): string {
  return tone === undefined || text === '' ? text : paint(tone, text);
}

function indentOf(cell: Cell | undefined): string {
  return cell === undefined || typeof cell === 'string' ? '' : '  '.repeat(cell.indent ?? 0);
}

/** `text` wrapped, with something before its first line and before the others. */
function hanging(text: string, width: number, first: string, rest: string): readonly string[] {
  return wrapText(text, width - first.length).map((part, i) => (i === 0 ? first : rest) + part);
}

/** Which columns are shown, and how wide. */
interface Layout {
  readonly kept: readonly number[];
  readonly widths: readonly number[];
}

/**
 * Columns of natural width where they fit. Where they do not, those that may be wrapped give way between words; then spare
 * columns are left out, one by one; and only then words are broken, after `-` and `/`.
 */
function layOut({ columns }: DocumentTable, rows: readonly (readonly Cell[])[], width: number): Layout {
  const widest = (i: number, parts: (text: string) => readonly string[]): number => {
    let width = 0;
    for (const row of rows) {
      for (const part of parts(textOf(row[i] ?? '')))
        width = Math.max(width, indentOf(row[i]).length + displayWidth(part));
    }
    return width;
  };
  const natural = columns.map((_, i) => widest(i, (text) => [text]));
  const least = (parts: (text: string) => readonly string[]): readonly number[] =>
    columns.map((column, i) => (column.wrap ? widest(i, parts) : natural[i]!));
  const words = least((text) => text.split(/\s+/));
  const room = (kept: readonly number[]): number => width - GAP.length * (kept.length - 1);
  const fits = (kept: readonly number[]): boolean => sum(kept.map((i) => words[i]!)) <= room(kept);
  let kept: readonly number[] = columns.map((_, i) => i);
  const spare = kept.filter((i) => columns[i]!.spare !== undefined);
  spare.sort((i, j) => columns[i]!.spare! - columns[j]!.spare!);
  for (const next of spare) if (!fits(kept)) kept = kept.filter((i) => i !== next);
  const limits = fits(kept) ? words : least(unbreakable);
  return {
    kept,
    widths: narrowed(
      kept.map((i) => natural[i]!),
      kept.map((i) => limits[i]!),
      room(kept),
    ),
  };
}

/** Takes away from the widest of those that may give way until the sum is `room`, or none may. */
function narrowed(natural: readonly number[], least: readonly number[], room: number): readonly number[] {
  const widths = [...natural];
  for (let excess = sum(widths) - room; excess > 0; excess--) {
    const next = widths.reduce((best, w, i) => (w > least[i]! && w > (widths[best] ?? 0) ? i : best), -1);
    if (next < 0) break;
    widths[next]!--;
  }
  return widths;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
