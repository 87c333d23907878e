import { InputError } from '../model/problem.ts';
import { parseDuration } from '../scenario/quantity/quantity.ts';

/** A parameter to move: a range to search, or options to choose from. */
export type Variation = Range | Options;

export interface Options {
  readonly kind: 'options';
  readonly path: string;
  readonly values: readonly string[];
}

/** A range on a scale that suits it: `u` runs from 0 to 1. */
export interface Range {
  readonly kind: 'range';
  readonly path: string;
  readonly from: string;
  readonly to: string;
  /** The value at a place of the scale, as written in a scenario. */
  readonly at: (u: number) => string;
}

/** Most whole numbers a range is taken apart into. */
const MOST_OPTIONS = 1_000;
/** Digits of a value that is tried. */
const DIGITS = 10;
/** A range of at least this ratio is searched on a logarithmic scale. */
const WIDE = 4;
/** Next to 100 % the scale is that of what is missing, down to this share of the range. */
const CLOSEST = 1e-9;

/**
 * `path=LO..HI` or `path=a,b,c`; both ends of a range in one unit or both times. Whole numbers without a unit are options.
 * Throws InputError where it cannot be read.
 */
export function parseVariation(text: string, option = '--vary'): Variation {
  const at = text.indexOf('=');
  const [path, value] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at < 1 || path === '' || value === '') return fail(option, text);
  const ends = /^(.+?)\s*\.\.\s*(.+)$/.exec(value);
  if (ends === null) {
    const values = value.match(/(?:\{[^}]*\}|\[[^\]]*\]|"[^"]*"|[^,])+/g) ?? [];
    return { kind: 'options', path, values: values.map((one) => one.trim()) };
  }
  const [, from, to] = ends as unknown as [string, string, string];
  if (/^\d+$/.test(from) && /^\d+$/.test(to)) {
    const [low, high] = [Number(from), Number(to)];
    if (high <= low || high - low >= MOST_OPTIONS) return fail(option, text);
    return { kind: 'options', path, values: Array.from({ length: high - low + 1 }, (_, i) => String(low + i)) };
  }
  const { low, high, unit } = numbersOf(from, to) ?? fail(option, text);
  if (low === high || (unit === '%' && Math.max(low, high) > 100)) return fail(option, text);
  const print = (x: number): string => `${Number(x.toPrecision(DIGITS))}${unit === '' ? '' : ` ${unit}`}`;
  return { kind: 'range', path, from: print(low), to: print(high), at: scaleOf(low, high, unit, print) };
}

function numbersOf(from: string, to: string): { low: number; high: number; unit: string } | undefined {
  const form = /^(\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*(.*)$/i;
  const [a, b] = [form.exec(from), form.exec(to)];
  if (a === null || b === null) return undefined;
  const number = (text: string, unit: string): number => Number(text.slice(0, text.length - unit.length).trim());
  if (a[2] === b[2]) return { low: number(from, a[2]!), high: number(to, b[2]!), unit: a[2]! };
  const [first, second] = [parseDuration(from), parseDuration(to)];
  return first.ok && second.ok ? { low: first.value, high: second.value, unit: 's' } : undefined;
}

function scaleOf(low: number, high: number, unit: string, print: (x: number) => string): Range['at'] {
  const between = (a: number, b: number, u: number): number => a * (b / a) ** u;
  const exactEnds = (of: (u: number) => number): Range['at'] => {
    return (u) => print(u === 0 ? low : u === 1 ? high : of(u));
  };
  if (unit === '%' && Math.min(low, high) >= 50) {
    const least = CLOSEST * Math.abs(high - low);
    const [a, b] = [Math.max(least, 100 - low), Math.max(least, 100 - high)];
    return exactEnds((u) => 100 - between(a, b, u));
  }
  const isWide = Math.min(low, high) > 0 && Math.max(low, high) / Math.min(low, high) >= WIDE;
  return exactEnds((u) => (isWide ? between(low, high, u) : low + u * (high - low)));
}

function fail(option: string, text: string): never {
  const message = `${option}: expected path=LO..HI or path=a,b,c, got "${text}"`;
  const hint =
    'both ends in one unit, for example groups.sbc.detection.coverage=90%..100% or repair.weekly.spares=1..10';
  throw new InputError([{ level: 'error', code: 'bad-range', message, hint }]);
}
