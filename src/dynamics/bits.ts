import type { World } from './world.ts';

/** Sets of rows that few are in, 32 to a number of a column: of thousands, those that are in it are found at once. */
const WORD = 32;

/** Length of the column. */
export const wordsOf = (rows: number): number => Math.ceil(rows / WORD);

/** Puts a row into the set whose column begins at `at`, or takes it out. */
export function setBit(w: World, at: number, row: number, isIn: boolean): void {
  const word = at + Math.floor(row / WORD);
  const bit = 1 << (row % WORD);
  w.set(word, isIn ? w.ints[word]! | bit : w.ints[word]! & ~bit);
}

/** First row of the set from `row` on and before `end`; `end` where there is none. */
export function nextBit(column: Int32Array, row: number, end: number): number {
  let word = Math.floor(row / WORD);
  let bits = column[word]! & (-1 << (row % WORD));
  while (bits === 0) {
    word++;
    if (WORD * word >= end) return end;
    bits = column[word]!;
  }
  return Math.min(end, WORD * word + WORD - 1 - Math.clz32(bits & -bits));
}
