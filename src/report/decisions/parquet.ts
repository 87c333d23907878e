import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Sweep } from '../../model/sweep.ts';
import { sweepRows } from './sweep.ts';

/** The rows of the CSV as an Apache Parquet file: numbers as DOUBLE, all else as STRING; unknown numbers are null. */
export function sweepParquet(sweep: Sweep): Uint8Array {
  const { columns, rows } = sweepRows(sweep);
  const columnData = columns.map((name, i) => {
    const values = rows.map((row) => row[i] ?? null);
    const numbers = values.every((value) => value === null || typeof value === 'number');
    return numbers
      ? { name, data: values, type: 'DOUBLE' as const, nullable: true }
      : {
          name,
          data: values.map((value) => (value === null ? null : String(value))),
          type: 'STRING' as const,
          nullable: true,
        };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
