import { type Block, type Cell, type DocumentTable, type Line, textOf } from '../document/document.ts';
import { type Html, html, raw } from './markup.ts';

export interface BlockOptions {
  /** Levels that headings are lowered by. */
  readonly lower?: number;
  /** What a table is about, for those who do not see where it stands. */
  readonly about?: string;
  /** Headings are left out. */
  readonly bare?: boolean;
}

/** Parts of a document as markup: the same words as on a terminal. */
export function blocksHtml(blocks: readonly Block[], options: BlockOptions = {}): Html {
  let about = options.about ?? '';
  const parts: Html[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') about = block.text;
    parts.push(blockHtml(block, about, options));
  }
  return html`${parts}`;
}

function blockHtml(block: Block, about: string, { bare = false, lower = 0 }: BlockOptions): Html {
  switch (block.kind) {
    case 'heading':
      return bare ? html`` : headingHtml(block.level + lower, block.text);
    case 'line':
      return lineHtml(block);
    case 'list':
      return html`<ul>${block.items.map((item) => html`<li>${item}</li>`)}</ul>`;
    case 'table':
      return tableHtml(block, about);
  }
}

function lineHtml({ text, tone }: Line): Html {
  if (tone === undefined) return html`<p>${text}</p>`;
  return html`<p class="${tone === 'faint' ? 'note' : `tone-${tone}`}">${text}</p>`;
}

export interface TableOptions {
  readonly id?: string;
  /** Scrolls within itself when it is long. */
  readonly tall?: boolean;
}

/** A table; it can be sorted where every row stands for itself. Closing tags that HTML does not ask for are left out. */
export function tableHtml(table: DocumentTable, about: string, { id, tall = false }: TableOptions = {}): Html {
  const { columns, rows } = table;
  const sortable = isSortable(table);
  const headed = columns.some(({ title }) => title !== '');
  const head = columns.map(
    ({ title }) =>
      html`<th scope="col">${sortable && title !== '' ? html`<button type="button">${title}</button>` : title}`,
  );
  const body = rows.map((row) => {
    const depth = indentOf(row[0]);
    const cells = columns.map((_, i) => html`<td>${cellHtml(row[i] ?? '')}`);
    return html`<tr${depth === 0 ? '' : raw(` class=${depth === 1 ? 'sub' : 'sub2'}`)}>${cells}\n`;
  });
  const right = columns.flatMap(({ align }, i) => (align === 'right' ? [`c${i + 1}`] : []));
  const classes = [...(sortable ? ['sortable'] : []), ...right].join(' ');
  return html`<div class="scroll${tall ? ' tall' : ''}" tabindex="0" role="region" aria-label="${about === '' ? 'Table' : about}"><table${id === undefined ? '' : html` id="${id}"`}${classes === '' ? '' : html` class="${classes}"`}>
${headed ? html`<thead><tr>${head}</thead>` : ''}<tbody>
${body}</tbody></table></div>`;
}

function headingHtml(level: number, text: string): Html {
  switch (level) {
    case 1:
      return html`<h1>${text}</h1>`;
    case 2:
      return html`<h2>${text}</h2>`;
    case 3:
      return html`<h3>${text}</h3>`;
    case 4:
      return html`<h4>${text}</h4>`;
    default:
      return html`<h5>${text}</h5>`;
  }
}

/** Several rows, none of which belongs to the one above it. */
function isSortable({ columns, rows }: DocumentTable): boolean {
  const first = columns.findIndex(({ title }) => title !== '');
  return (
    rows.length > 2 && first >= 0 && rows.every((row) => indentOf(row[0]) === 0 && textOf(row[first] ?? '') !== '')
  );
}

function indentOf(cell: Cell | undefined): number {
  return cell === undefined || typeof cell === 'string' ? 0 : (cell.indent ?? 0);
}

function cellHtml(cell: Cell): Html {
  const tone = typeof cell === 'string' ? undefined : cell.tone;
  return tone === undefined ? html`${textOf(cell)}` : html`<span class="tone-${tone}">${textOf(cell)}</span>`;
}
