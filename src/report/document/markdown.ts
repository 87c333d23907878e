import { type Block, type Cell, type Document, type DocumentTable, textOf } from './document.ts';

/** The document as GitHub-flavoured Markdown. */
export function renderMarkdown(document: Document): string {
  return `${document.map(renderBlock).join('\n\n')}\n`;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escapeText(block.text)}`;
    case 'line':
      return escapeText(block.text);
    case 'list':
      return block.items.map((item) => `- ${escapeText(item)}`).join('\n');
    case 'table':
      return renderTable(block);
  }
}

function renderTable({ columns, rows }: DocumentTable): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const text = (cell: Cell): string => {
    const indent = typeof cell === 'string' ? 0 : (cell.indent ?? 0);
    return '&ensp;'.repeat(2 * indent) + escapeText(textOf(cell)).replace(/\|/g, '\\|');
  };
  return [
    row(columns.map((column) => column.title)),
    row(columns.map((column) => (column.align === 'right' ? '---:' : '---'))),
    ...rows.map((cells) => row(columns.map((_, i) => text(cells[i] ?? '')))),
  ].join('\n');
}

/** Names and values of a scenario are text, whatever characters they hold. */
function escapeText(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replace(/[\\`*_[\]<>#]/g, '\\$&');
}
