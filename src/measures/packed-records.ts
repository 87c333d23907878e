import type { HistoryRecord } from './history-record.ts';

/** How each part of a record is written down; a part that is missing here does not compile. */
const PARTS = {
  horizon: 'number',
  events: 'number',
  services: 'floats',
  outageService: 'list',
  outageLength: 'list',
  yearService: 'list',
  yearDowntime: 'list',
  attribution: 'map',
  splits: 'floats',
  groups: 'floats',
  elementFailures: 'floats',
  elementDowntime: 'floats',
  populations: 'floats',
  spares: 'floats',
  repairs: 'number',
  repairTime: 'number',
} as const satisfies Readonly<Record<keyof HistoryRecord, 'number' | 'floats' | 'list' | 'map'>>;

const ENTRIES = Object.entries(PARTS) as readonly (readonly [
  keyof HistoryRecord,
  (typeof PARTS)[keyof typeof PARTS],
])[];

/**
 * Records of consecutive histories as one run of numbers, to be sent between threads or kept in a file: each part is its
 * length and its numbers (keys, then amounts, of a map in its own order). Nothing is rounded.
 */
export function packRecords(records: readonly HistoryRecord[]): Float64Array {
  let length = 0;
  for (const record of records) length += packedLength(record);
  const packed = new Float64Array(length);
  let at = 0;
  for (const record of records) {
    for (const [name, kind] of ENTRIES) {
      const part = record[name];
      if (kind === 'number') packed[at++] = part as number;
      else if (kind === 'map') {
        const map = part as ReadonlyMap<number, number>;
        packed[at++] = map.size;
        packed.set([...map.keys()], at);
        packed.set([...map.values()], at + map.size);
        at += 2 * map.size;
      } else {
        const numbers = part as ArrayLike<number>;
        packed[at++] = numbers.length;
        packed.set(numbers, at);
        at += numbers.length;
      }
    }
  }
  return packed;
}

/** Numbers that a record takes. */
export function packedLength(record: HistoryRecord): number {
  let length = 0;
  for (const [name, kind] of ENTRIES) {
    const part = record[name];
    if (kind === 'number') length += 1;
    else if (kind === 'map') length += 1 + 2 * (part as ReadonlyMap<number, number>).size;
    else length += 1 + (part as ArrayLike<number>).length;
  }
  return length;
}

/** The records again, in their order. Throws RangeError when the numbers are not whole records. */
export function unpackRecords(packed: Float64Array): HistoryRecord[] {
  const records: HistoryRecord[] = [];
  let at = 0;
  const take = (perEntry = 1): Float64Array => {
    const length = perEntry * packed[at++]!;
    const numbers = packed.subarray(at, at + length);
    if (!(length >= 0) || numbers.length !== length) throw new RangeError('Packed histories are cut short');
    at += length;
    return numbers;
  };
  while (at < packed.length) {
    const record: Partial<Record<keyof HistoryRecord, unknown>> = {};
    for (const [name, kind] of ENTRIES) {
      if (at >= packed.length) throw new RangeError('Packed histories are cut short');
      if (kind === 'number') record[name] = packed[at++];
      else if (kind === 'floats') record[name] = take();
      else if (kind === 'list') record[name] = [...take()];
      else {
        const numbers = take(2);
        const size = numbers.length / 2;
        record[name] = new Map(Array.from({ length: size }, (_, i) => [numbers[i]!, numbers[size + i]!]));
      }
    }
    records.push(record as unknown as HistoryRecord);
  }
  return records;
}
