/**
 * `carriergrade/table/1`: one table as plain data. Numbers are unrounded; a column says how many decimals to print.
 */
export interface Table {
  readonly format: 'carriergrade/table/1';
  readonly name: string;
  readonly title: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** Colour zone of each cell, in the shape of `rows`; null where a cell has none. */
  readonly zones?: readonly (readonly (string | null)[])[];
  /** Sources, assumptions and where the printed original differs. */
  readonly notes?: readonly string[];
}

/** A column of a table; `unit` is printed with its name. */
export interface TableColumn {
  readonly name: string;
  readonly unit?: string;
  /** Decimals to print; absent for text and for numbers printed as they are. */
  readonly decimals?: number;
}

/** null is an empty cell. */
export type Cell = string | number | null;

/** A cell as text: the one way a table is printed. */
export function cellText(cell: Cell, column: TableColumn): string {
  if (cell === null) return '';
  if (typeof cell === 'string' || column.decimals === undefined) return `${cell}`;
  return cell.toFixed(column.decimals);
}
