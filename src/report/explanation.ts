import { renderCsv } from './csv.ts';
import { type Document, heading, line, table } from './document/document.ts';
import { printCount, printNumber } from './format.ts';

/** `carriergrade/explanation/1`: every value of a resolved scenario with its source, and what it compiles to when asked. */
export interface Explanation {
  readonly format: 'carriergrade/explanation/1';
  readonly scenario: { readonly name: string; readonly title: string; readonly digest: string };
  readonly values: readonly {
    readonly path: string;
    readonly value: string;
    /** `file:line`, `--set`, or the source of a default. */
    readonly source: string;
    readonly stated: boolean;
  }[];
  readonly tables?: readonly {
    readonly title: string;
    readonly columns: readonly string[];
    readonly rows: readonly (readonly (string | number)[])[];
  }[];
}

export function explanationDocument({ scenario, values, tables = [] }: Explanation): Document {
  const assumed = values.filter(({ stated }) => !stated).length;
  const rows = values.map(({ path, value, source, stated }) => [
    stated ? '' : { text: '*', tone: 'open' as const },
    path,
    value,
    source,
  ]);
  return [
    heading(1, `${scenario.name}: ${scenario.title}`),
    line(`${printCount(values.length)} values, ${printCount(assumed)} of them assumed (*). Digest ${scenario.digest}.`),
    heading(2, 'Values'),
    table(['', 'path~', 'value~', 'source~'], rows),
    ...tables.flatMap(({ title, columns, rows: own }) => [
      heading(2, `Compiled: ${title}`),
      table(
        columns.map((column) => `${column}~`),
        own.map((row) => row.map((cell) => (typeof cell === 'number' ? printNumber(cell) : cell))),
      ),
    ]),
  ];
}

/** One row per value. */
export function explanationCsv({ values }: Explanation): string {
  const rows = values.map(({ path, value, source, stated }) => [path, value, source, stated]);
  return renderCsv(['path', 'value', 'source', 'stated'], rows);
}
