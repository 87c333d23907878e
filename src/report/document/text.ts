import Table from 'cli-table3';
import type { Block, Cell, Document, DocumentTable, Tone } from './document.ts';
import { textOf } from './document.ts';
import { displayWidth, wrapText } from './width.ts';

export interface TextOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: (tone: Tone, text: string) => string;
}

const GAP = 2;
const NO_BORDERS = Object.fromEntries(
  ['top', 'bottom', 'left', 'mid', 'right'].flatMap((side) =>
    ['', '-mid', '-left', '-right'].map((part) => [side + part, ''] as const),
  ),
);

/** The document for a terminal: two spaces of indentation below each heading, columns of text, no borders. */
export function renderText(document: Document, options: TextOptions): string {
  const lines: string[] = [];
  let indent = 0;
  for (const block of document) {
    if (block.kind === 'heading') indent = block.level === 3 ? 2 : 0;
    if (block.kind === 'heading' && lines.length > 0) lines.push('');
    const own = renderBlock(block, { ...options, width: options.width - indent });
    lines.push(...own.map((text) => (' '.repeat(indent) + text).trimEnd()));
    if (block.kind === 'heading' && block.level > 1) indent += 2;
  }
  return `${lines.join('\n')}\n`;
}

function renderBlock(block: Block, options: TextOptions): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return wrapText(block.text, options.width).map((text) => options.paint('strong', text));
    case 'line': {
      const lines = wrapText(block.text, options.width);
      const { tone } = block;
      return tone === undefined ? lines : lines.map((text) => options.paint(tone, text));
    }
    case 'list':
      return block.items.flatMap((item) => {
        const [first = '', ...rest] = wrapText(item, options.width - 2);
        return [`- ${first}`, ...rest.map((text) => `  ${text}`)];
      });
    case 'table':
      return renderTable(block, options);
  }
}

function renderTable(table: DocumentTable, options: TextOptions): readonly string[] {
  const { columns } = table;
  const headed = columns.some((column) => column.title !== '');
  const texts = table.rows.map((row) => columns.map((_, i) => indented(row[i] ?? '')));
  const all = headed ? [columns.map((column) => column.title), ...texts] : texts;
  const layout = new Table({
    chars: { ...NO_BORDERS, middle: ' '.repeat(GAP) },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: columns.map((column) => column.align ?? 'left'),
    colWidths: columnWidths(table, all, options.width),
    wordWrap: true,
    ...(headed ? { head: columns.map((column) => options.paint('faint', column.title)) } : {}),
  });
  for (const row of table.rows) {
    layout.push(
      columns.map((_, i) => {
        const cell = row[i] ?? '';
        const tone = typeof cell === 'string' ? undefined : cell.tone;
        return tone === undefined ? indented(cell) : options.paint(tone, indented(cell));
      }),
    );
  }
  return layout.toString().split('\n').map((text) => text.trimEnd());
}

function indented(cell: Cell): string {
  const levels = typeof cell === 'string' ? 0 : (cell.indent ?? 0);
  return '  '.repeat(levels) + textOf(cell);
}

/** Natural widths; where the sum is too wide, columns that may be wrapped give way, the widest first. */
function columnWidths({ columns }: DocumentTable, rows: readonly (readonly string[])[], width: number): number[] {
  const widths = columns.map((_, i) => Math.max(1, ...rows.map((row) => displayWidth(row[i]!))));
  const longestWord = (i: number): number =>
    Math.max(1, ...rows.flatMap((row) => row[i]!.split(/\s+/).map(displayWidth)));
  const least = columns.map((column, i) => (column.wrap ? Math.min(widths[i]!, longestWord(i)) : widths[i]!));
  let excess = widths.reduce((sum, w) => sum + w, 0) + GAP * (columns.length - 1) - width;
  while (excess > 0) {
    const widest = widths.reduce((best, w, i) => (w > least[i]! && w > (widths[best] ?? 0) ? i : best), -1);
    if (widest < 0) break;
    widths[widest]!--;
    excess--;
  }
  return widths;
}
