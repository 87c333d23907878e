import { cellText, type Table, type TableColumn, type Cell as Value } from '../model/table.ts';
import { renderCsv } from './csv.ts';
import { type Cell, type Document, heading, list, type Tone, table } from './document/document.ts';

/** Zones as the catalogue names them; a zone with another name has no colour. */
const TONES: Readonly<Record<string, Tone>> = {
  red: 'bad',
  yellow: 'open',
  'light green': 'good',
  'dark green': 'good',
};

/** A table as it is printed, with its notes below. */
export function tableDocument({ title, columns, rows, zones, notes = [] }: Table): Document {
  const titles = columns.map((column, i) =>
    columnTitle(
      column,
      rows.map((row) => row[i]!),
    ),
  );
  const cells = rows.map((row, r) => row.map((value, c) => cellOf(value, columns[c]!, zones?.[r]?.[c] ?? null)));
  return [heading(1, title), table(titles, cells), ...(notes.length === 0 ? [] : [list(notes)])];
}

/** Numbers to the right; what is too wide wraps, except where it would tear a number apart. */
function columnTitle(column: TableColumn, values: readonly Value[]): string {
  const title = headerOf(column);
  const numbers = values.some((value) => typeof value === 'number');
  const torn = numbers && values.some((value) => cellText(value, column).includes('-'));
  return `${numbers ? '>' : ''}${title}${torn ? '' : '~'}`;
}

function headerOf({ name, unit }: TableColumn): string {
  return unit === undefined ? name : `${name}, ${unit}`;
}

function cellOf(value: Value, column: TableColumn, zone: string | null): Cell {
  const text = cellText(value, column);
  const tone = zone === null ? undefined : TONES[zone];
  return tone === undefined ? text : { text, tone };
}

/** The table itself with unrounded numbers; notes and zones are not data. */
export function tableCsv({ columns, rows }: Table): string {
  return renderCsv(columns.map(headerOf), rows);
}
