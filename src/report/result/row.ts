import type { Cell } from '../document/document.ts';
import type { Printed } from '../format.ts';

/** One measure: name, value with unit, interval. */
export function measureRow(name: string, printed: Printed, indent = 0): readonly Cell[] {
  return [{ text: name, indent }, printed.value, printed.interval];
}

/** Titles of the columns of `measureRow`. */
export function measureColumns(confidence: number): readonly string[] {
  return ['measure~', '>value', intervalTitle(confidence)];
}

export function intervalTitle(confidence: number): string {
  return `${Number((100 * confidence).toPrecision(6))} % interval`;
}
