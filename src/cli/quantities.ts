import { InvalidArgumentError } from 'commander';

/** Values of options; each parser throws commander's InvalidArgumentError, which names the option and ends in exit code 2. */

const SECONDS: Readonly<Record<string, number>> = { us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3_600, d: 86_400 };
const NUMBER = String.raw`\d+\.?\d*|\.\d+`;

/** Seconds of `90 s`, `10min`, `-60s`. */
export function duration(text: string): number {
  const [, sign, digits, unit] = new RegExp(`^([+-]?)(${NUMBER})\\s*([a-zµ]*)$`).exec(text.trim()) ?? [];
  const expected = `expected a time such as "90 s", "10 min" or "2 h"`;
  if (digits === undefined || unit === undefined) throw new InvalidArgumentError(expected);
  const seconds = SECONDS[unit];
  if (seconds === undefined) {
    const known = `units are ${Object.keys(SECONDS).join(', ')}`;
    throw new InvalidArgumentError(unit === '' ? `${expected}: the unit is missing` : `${expected}; ${known}`);
  }
  return (sign === '-' ? -1 : 1) * Number(digits) * seconds;
}

/** Seconds above 0. */
export function positiveDuration(text: string): number {
  const seconds = duration(text);
  if (seconds > 0) return seconds;
  throw new InvalidArgumentError('expected a time above 0');
}

/** A share above 0 and below 1: `5%`, `5 %` or `0.05`. */
export function share(text: string): number {
  const [, digits, percent] = new RegExp(`^(${NUMBER})\\s*(%?)$`).exec(text.trim()) ?? [];
  const value = Number(digits) / (percent === '%' ? 100 : 1);
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError('expected a share between 0 and 1 such as "5%" or "0.05"');
}

/** A finite number above 0. */
export function positiveNumber(text: string): number {
  const value = new RegExp(`^(${NUMBER})(?:e\\d+)?$`).test(text.trim()) ? Number(text) : Number.NaN;
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('expected a number above 0');
}

/** A whole number of at least `least`. */
export function countFrom(least: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (value >= least && Number.isSafeInteger(value)) return value;
    throw new InvalidArgumentError(`expected a whole number, at least ${least}`);
  };
}

/** Appends to the values of an option that may be repeated. */
export function repeated<T>(parse: (text: string) => T): (text: string, earlier?: readonly T[]) => readonly T[] {
  return (text, earlier = []) => [...earlier, parse(text)];
}
