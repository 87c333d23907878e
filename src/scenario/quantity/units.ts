import { Decimal } from 'decimal.js';

/** Arithmetic on written numbers: 40 digits, so that rounding to a double happens once, at the end. */
export const Exact = Decimal.clone({ precision: 40 });
export type Exact = Decimal;

/** Seconds of each time unit. Year = 365 d and month = 730 h, the arithmetic of both source documents. */
const SECONDS: Readonly<Record<string, string>> = {
  ns: '1e-9',
  us: '1e-6',
  ms: '1e-3',
  s: '1',
  min: '60',
  h: '3600',
  d: '86400',
  week: '604800',
  month: '2628000',
  year: '31536000',
};

/** Other spellings of the same units. U+00B5 and U+03BC both look like µ. */
const SPELLINGS: Readonly<Record<string, string>> = {
  nanosecond: 'ns',
  '\u00b5s': 'us',
  '\u03bcs': 'us',
  microsecond: 'us',
  millisecond: 'ms',
  sec: 's',
  second: 's',
  minute: 'min',
  hr: 'h',
  hour: 'h',
  day: 'd',
  w: 'week',
  wk: 'week',
  y: 'year',
  yr: 'year',
  a: 'year',
};

/** Every unit a time can be written in, for messages. */
export const TIME_UNITS = Object.keys(SECONDS);

/** Standard spelling of a time unit, or undefined. Plurals of the words are accepted (`hours`, `years`). */
export function timeUnit(word: string): string | undefined {
  const standard = (text: string): string | undefined =>
    Object.hasOwn(SECONDS, text) ? text : Object.hasOwn(SPELLINGS, text) ? SPELLINGS[text] : undefined;
  return standard(word) ?? (word.length > 3 && word.endsWith('s') ? standard(word.slice(0, -1)) : undefined);
}

/** Seconds of one `unit`, a standard spelling. */
export function secondsOf(unit: string): Exact {
  return new Exact(SECONDS[unit]!);
}

/** The unit somebody probably meant: `5 m` is metres or minutes to a physicist, `4 H` henry, `3 S` siemens. */
export function unitHint(amount: string, word: string): string {
  if (word === 'm' || word === 'M') return `did you mean "${amount} min" (minutes) or "${amount} month"?`;
  const lower = timeUnit(word.toLowerCase());
  if (lower !== undefined) return `did you mean "${amount} ${lower}"?`;
  return `units of time: ${TIME_UNITS.join(', ')}`;
}
