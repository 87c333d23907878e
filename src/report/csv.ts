import { stringify } from 'csv-stringify/sync';
import { printRaw } from './format.ts';

export type CsvValue = string | number | boolean | null;

/** RFC 4180 text with a header line; numbers with 15 significant digits, null as an empty field. */
export function renderCsv(columns: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  const texts = rows.map((row) =>
    row.map((value) => (typeof value === 'number' ? printRaw(value) : String(value ?? ''))),
  );
  return stringify([columns, ...texts] as string[][], { record_delimiter: 'unix' });
}
