import { readCompound, type UnitLibrary } from './compound.ts';
import { misread, quote, type Reading, read } from './reading.ts';
import { Exact, secondsOf, timeUnit, unitHint } from './units.ts';

/**
 * Written quantities to base units. Every reader takes whatever the document holds (text or number), never throws,
 * and says what to write instead. Decimal arithmetic throughout: a value is rounded to a double once.
 */

/** A frequency in the units people and formulas use; all four are rounded from the same exact number. */
export interface Rate {
  readonly perSecond: number;
  readonly perHour: number;
  readonly perYear: number;
  /** Mean time between events of a Poisson stream, seconds; Infinity for a rate of 0. */
  readonly meanSeconds: number;
}

/** A probability and its complement, both exact to the last bit: 99.99999999999 % has complement 1e-13. */
export interface Probability {
  readonly probability: number;
  readonly complement: number;
}

const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;
const WORD = String.raw`[A-Za-z\u00b5\u03bc]+`;
const AMOUNT = new RegExp(`^(${NUMBER})\\s*(.*)$`, 's');
const PART = new RegExp(`(${NUMBER})\\s*(${WORD})\\s*`, 'y');
const PER = new RegExp(
  `^(?:failures?|faults?|outages?|hits?|events?)?\\s*(?:/|per\\s)\\s*(?:(${NUMBER})\\s*)?(${WORD})$`,
);
const DOWNTIME = new RegExp(`^(${NUMBER})\\s*(${WORD})\\s*(?:/|per\\s)\\s*(${WORD})$`);

/**
 * Time in seconds: `50 ms`, `4 h`, `1 h 30 min`, `1h30m`, `-60 s`. The sign is the caller's to judge.
 * Units: ns, us (µs), ms, s, min, h, d, week, month (730 h), year (365 d).
 */
export function parseDuration(input: unknown, units?: UnitLibrary): Reading<number> {
  const expected = 'expected a time such as "50 ms" or "4 h"';
  if (typeof input === 'number') return bareNumber(input, expected, (n) => `${n} s`);
  if (typeof input !== 'string') return misread('bad-quantity', `${expected}, got ${quote(input)}`);
  const text = input.trim();
  const amount = AMOUNT.exec(text);
  if (amount === null) return notANumber(text, expected);
  const [, digits, rest] = amount;
  if (rest === '')
    return misread('missing-unit', `${expected}, got "${text}" without a unit`, `for example "${digits} s"`);
  const sum = durationParts(text);
  if (sum !== undefined) return finite(sum, expected, text);
  const compound = readCompound(text, 1, units);
  if (compound !== undefined) return compound.ok ? finite(compound.value, expected, text) : compound;
  return wrongUnit(text, expected, digits!, rest!);
}

/** Events per time: `4 / year`, `2 per 30 d`, `1e-6/h`, `3 1/year`, `2 failures / year`, `100 FIT` (1e-9 / h). ≥ 0. */
export function parseRate(input: unknown, units?: UnitLibrary): Reading<Rate> {
  const expected = 'expected a rate such as "4 / year" or "100 FIT"';
  if (typeof input === 'number') return bareNumber(input, expected, (n) => `${n} / year`);
  if (typeof input !== 'string') return misread('bad-quantity', `${expected}, got ${quote(input)}`);
  const text = input.trim();
  const amount = AMOUNT.exec(text);
  if (amount === null) return notANumber(text, expected);
  const [, digits, rest] = amount;
  if (rest === '')
    return misread('missing-unit', `${expected}, got "${text}" without a unit`, `for example "${digits} / year"`);
  if (/^fits?$/i.test(rest!)) return rate(new Exact(digits!).times('1e-9').div(3600), expected, text);
  const [, times = '1', word] = PER.exec(rest!.replace(/^1(?=\s*\/)/, '')) ?? [];
  if (word !== undefined) {
    const unit = timeUnit(word);
    if (unit === undefined) return misread('bad-unit', `${expected}, got "${text}"`, unitHint(`${digits} /`, word));
    const span = secondsOf(unit).times(times);
    if (span.lte(0)) return misread('out-of-range', `${expected}, got "${text}"`);
    return rate(new Exact(digits!).div(span), expected, text);
  }
  const compound = readCompound(text, -1, units);
  if (compound !== undefined) return compound.ok ? rate(compound.value, expected, text) : compound;
  if (durationParts(text) !== undefined) {
    return misread(
      'bad-unit',
      `${expected}, got the time "${text}"`,
      `a mean time between failures is written "mtbf: ${text}"`,
    );
  }
  return wrongUnit(text, expected, digits!, rest!);
}

/** Probability, ratio or availability: `0.999`, `99.999 %`, `5 nines`, `1e-5`; must lie in [0, 1]. */
export function parseProbability(input: unknown): Reading<Probability> {
  const expected = 'expected a probability such as "99.9 %", "0.999" or "3 nines"';
  if (typeof input === 'number' && !Number.isFinite(input)) return misread('not-finite', `${expected}, got ${input}`);
  if (typeof input !== 'string' && typeof input !== 'number') {
    return misread('bad-quantity', `${expected}, got ${quote(input)}`);
  }
  const text = String(input).trim();
  const amount = AMOUNT.exec(text);
  if (amount === null) return notANumber(text, expected);
  const [, digits, rest] = amount;
  const value = new Exact(digits!);
  if (rest === '') return probability(value, text, expected);
  if (rest === '%') return probability(value.div(100), text, expected);
  if (/^nines?$/.test(rest!)) {
    if (value.lt(0)) return misread('out-of-range', `${expected}, got "${text}"`);
    return probability(new Exact(1).minus(new Exact(10).pow(value.neg())), text, expected);
  }
  return misread('bad-unit', `${expected}, got "${text}"`, 'write a plain number, "%" or "nines"');
}

/** Time per time in seconds per year of 365 days: `315.36 s/year`, `5 min / year`, `26 s per month`. ≥ 0. */
export function parseDowntime(input: unknown): Reading<number> {
  const expected = 'expected a downtime such as "315.36 s/year" or "5 min / year"';
  if (typeof input === 'number') return bareNumber(input, expected, (n) => `${n} s/year`);
  if (typeof input !== 'string') return misread('bad-quantity', `${expected}, got ${quote(input)}`);
  const text = input.trim();
  const match = DOWNTIME.exec(text);
  const over = match === null ? undefined : timeUnit(match[2]!);
  const under = match === null ? undefined : timeUnit(match[3]!);
  if (match !== null && over !== undefined && under !== undefined) {
    const value = new Exact(match[1]!).times(secondsOf(over)).times(secondsOf('year')).div(secondsOf(under));
    return finite(value, expected, text, 0);
  }
  if (durationParts(text) !== undefined) {
    return misread('missing-unit', `${expected}, got the time "${text}"`, `did you mean "${text} / year"?`);
  }
  return misread('bad-quantity', `${expected}, got "${text}"`);
}

/** A plain finite number, for example a shape or a factor. */
export function parseNumber(input: unknown): Reading<number> {
  const expected = 'expected a number';
  if (typeof input === 'number') {
    return Number.isFinite(input) ? read(input) : misread('not-finite', `${expected}, got ${input}`);
  }
  if (typeof input !== 'string') return misread('bad-quantity', `${expected}, got ${quote(input)}`);
  const amount = AMOUNT.exec(input.trim());
  if (amount === null || amount[2] !== '') return misread('bad-quantity', `${expected} without a unit, got "${input}"`);
  return finite(new Exact(amount[1]!), expected, input);
}

/** A whole number within [low, high]. */
export function parseCount(input: unknown, low: number, high = Number.MAX_SAFE_INTEGER): Reading<number> {
  const number = parseNumber(input);
  if (!number.ok) return number;
  const bounds = high === Number.MAX_SAFE_INTEGER ? `of at least ${low}` : `from ${low} to ${high}`;
  if (Number.isSafeInteger(number.value) && number.value >= low && number.value <= high) return number;
  return misread('out-of-range', `expected a whole number ${bounds}, got ${quote(input)}`);
}

/** Sum of `<number> <unit>` parts, a later part smaller than the one before; undefined when the text is not that. */
function durationParts(text: string): Exact | undefined {
  let sum = new Exact(0);
  let previous: string | undefined;
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const match = PART.exec(text);
    if (match === null) return undefined;
    const [, digits, word] = match;
    // After hours or days an m can only be minutes; alone it could be months or metres.
    const unit = timeUnit(word === 'm' && (previous === 'h' || previous === 'd') ? 'min' : word!);
    if (unit === undefined) return undefined;
    if (previous !== undefined) {
      if (/^[+-]/.test(digits!) || secondsOf(unit).gte(secondsOf(previous))) return undefined;
    }
    const part = new Exact(digits!).times(secondsOf(unit));
    sum = text.startsWith('-') && previous !== undefined ? sum.minus(part) : sum.plus(part);
    previous = unit;
  }
  return previous === undefined ? undefined : sum;
}

function rate(perSecond: Exact, expected: string, text: string): Reading<Rate> {
  const seconds = finite(perSecond, expected, text, 0);
  if (!seconds.ok) return seconds;
  return read({
    perSecond: seconds.value,
    perHour: perSecond.times(secondsOf('h')).toNumber(),
    perYear: perSecond.times(secondsOf('year')).toNumber(),
    meanSeconds: perSecond.isZero() ? Number.POSITIVE_INFINITY : new Exact(1).div(perSecond).toNumber(),
  });
}

function probability(value: Exact, text: string, expected: string): Reading<Probability> {
  if (value.gte(0) && value.lte(1)) {
    return read({ probability: value.toNumber(), complement: new Exact(1).minus(value).toNumber() });
  }
  const percent = value.gt(1) && value.lte(100) && !text.includes('%');
  return misread('out-of-range', `${expected}, got ${text}`, percent ? `did you mean "${text} %"?` : undefined);
}

function finite(value: Exact, expected: string, text: string, low = Number.NEGATIVE_INFINITY): Reading<number> {
  const number = value.toNumber();
  if (!Number.isFinite(number)) return misread('not-finite', `${expected}, got "${text}", which is too large`);
  if (number < low) return misread('out-of-range', `${expected}, got "${text}", which is negative`);
  return read(number);
}

function bareNumber(input: number, expected: string, example: (n: number) => string): Reading<never> {
  if (!Number.isFinite(input)) return misread('not-finite', `${expected}, got ${input}`);
  return misread('missing-unit', `${expected}, got ${input} without a unit`, `for example "${example(input)}"`);
}

function notANumber(text: string, expected: string): Reading<never> {
  const hint = /^P(?=[\dT])/.test(text) ? 'write "1 d" or "1 h 30 min", not the ISO 8601 form' : undefined;
  return misread('bad-quantity', `${expected}, got ${quote(text)}`, hint);
}

/** The number is there, what follows it is not understood. */
function wrongUnit(text: string, expected: string, digits: string, rest: string): Reading<never> {
  if (/^,\d/.test(rest))
    return misread('bad-quantity', `${expected}, got ${quote(text)}`, 'write a decimal point: 1.5 h');
  if (/^[ _']?\d/.test(rest)) {
    return misread('bad-quantity', `${expected}, got ${quote(text)}`, 'write numbers without separators: 10000 h');
  }
  const word = new RegExp(`^${WORD}$`).test(rest) ? rest : undefined;
  return misread('bad-unit', `${expected}, got ${quote(text)}`, unitHint(digits, word ?? ''));
}
