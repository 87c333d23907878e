/** Compressed rows: the items of row i are `items[start[i] … start[i + 1])`. */
export interface Rows {
  readonly start: Int32Array;
  readonly items: Int32Array;
}

/** Packs one array per row. */
export function packRows(rows: readonly (readonly number[])[]): Rows {
  const start = new Int32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) start[i + 1] = start[i]! + rows[i]!.length;
  const items = new Int32Array(start[rows.length]!);
  for (let i = 0; i < rows.length; i++) items.set(rows[i]!, start[i]!);
  return { start, items };
}

/** Turns rows round: row j of the result lists, in order, the rows that contain j. */
export function invertRows(rows: Rows, count: number): Rows {
  const start = new Int32Array(count + 1);
  for (const item of rows.items) start[item + 1]!++;
  for (let i = 0; i < count; i++) start[i + 1]! += start[i]!;
  const fill = start.slice(0, count);
  const items = new Int32Array(rows.items.length);
  for (let row = 0; row + 1 < rows.start.length; row++) {
    for (let i = rows.start[row]!; i < rows.start[row + 1]!; i++) items[fill[rows.items[i]!]!++] = row;
  }
  return { start, items };
}

/**
 * Row j lists, in order, the items whose row is j; those of negative rows are left out. For tables of many rows most of
 * which are empty, where `packRows` would need an array for each.
 *
 * @param items absent: the item of each entry is its index
 */
export function sortIntoRows(rows: ArrayLike<number>, count: number, items?: ArrayLike<number>): Rows {
  const start = new Int32Array(count + 1);
  for (let i = 0; i < rows.length; i++) if (rows[i]! >= 0) start[rows[i]! + 1]!++;
  for (let i = 0; i < count; i++) start[i + 1]! += start[i]!;
  const fill = start.slice(0, count);
  const sorted = new Int32Array(start[count]!);
  for (let i = 0; i < rows.length; i++) {
    if (rows[i]! >= 0) sorted[fill[rows[i]!]!++] = items === undefined ? i : items[i]!;
  }
  return { start, items: sorted };
}

/** First index of the ascending `values` that is at least `value`, between `from` and `end`. */
export function lowerBound(values: Int32Array, value: number, from = 0, end = values.length): number {
  let low = from;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Items of one row. */
export function rowOf(start: Int32Array, items: Int32Array, row: number): number[] {
  return [...items.subarray(start[row]!, start[row + 1]!)];
}
