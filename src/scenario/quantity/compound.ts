import { misread, type Reading, read } from './reading.ts';
import { Exact } from './units.ts';

/**
 * Evaluates products and quotients of units that the plain readers do not know, for example `2 / (3 week)` or
 * `40 GB / (10 Gbit/s)`: the value in seconds^power as a decimal text, or undefined when the text has another dimension.
 * The one implementation is `expression.ts`; it costs some 75 ms to load, so it is loaded only when needed.
 */
export type UnitLibrary = (text: string, power: number) => string | undefined;

const ALLOWED = /^[\d\s.+\-*/^()A-Za-z\u00b5\u03bc]+$/;
const OPERATOR = /[*^/()]/;

/** Reads `text` as an expression of dimension time^`power`; undefined when it has no operator or strange characters. */
export function readCompound(text: string, power: number, units: UnitLibrary | undefined): Reading<Exact> | undefined {
  if (!ALLOWED.test(text) || !OPERATOR.test(text) || !/[A-Za-z]/.test(text)) return undefined;
  if (units === undefined) return misread('compound-unit', `"${text}" needs the unit library, which is not loaded`);
  const value = units(text, power);
  if (value !== undefined) return read(new Exact(value));
  const dimension = power === 1 ? 'a time' : 'a number per time';
  return misread('bad-unit', `"${text}" is not ${dimension}`, 'for example "40 GB / (10 Gbit/s)" or "2 / (3 week)"');
}
