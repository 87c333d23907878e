import {
  parseCount,
  parseDowntime,
  parseDuration,
  parseNumber,
  parseProbability,
  parseRate,
  type Rate,
} from '../quantity/quantity.ts';
import { misread, quote, type Reading, read } from '../quantity/reading.ts';
import { parseSize } from '../quantity/size.ts';
import { didYouMean } from '../read/suggest.ts';
import { isListTree, isMapTree } from '../read/tree.ts';
import type { Parser, Section } from './context.ts';

/** Parsers of single values: reading, range, problem. All times are in seconds. */

/** Parser of a scalar by one of the quantity readers. */
function scalar<T>(reader: (input: unknown, section: Section) => Reading<T>): Parser<T> {
  return (section) => {
    const { tree } = section;
    const input = isMapTree(tree) ? {} : isListTree(tree) ? [] : tree?.content;
    const reading = reader(input, section);
    return reading.ok ? reading.value : section.problem(reading.code, reading.message, reading.hint);
  };
}

const within = <T>(reading: Reading<T>, holds: (value: T) => boolean, message: (value: T) => string): Reading<T> =>
  reading.ok && !holds(reading.value) ? misread('out-of-range', message(reading.value)) : reading;

/** A time of any sign. */
export const signedTime = scalar((input, { context }) => parseDuration(input, context.units));

/** A time ≥ 0. */
export const time = scalar((input, { context }) =>
  within(
    parseDuration(input, context.units),
    (t) => t >= 0,
    () => `expected a time of at least 0 s, got ${String(input)}`,
  ),
);

/** A time > 0. */
export const positiveTime = scalar((input, { context }) =>
  within(
    parseDuration(input, context.units),
    (t) => t > 0,
    () => `expected a time above 0 s, got ${String(input)}`,
  ),
);

/** A time ≥ 0 or `never`, which is Infinity. */
export const timeOrNever = scalar((input, { context }) =>
  input === 'never'
    ? read(Number.POSITIVE_INFINITY)
    : within(
        parseDuration(input, context.units),
        (t) => t >= 0,
        () => `expected a time of at least 0 s, got ${String(input)}`,
      ),
);

/** A rate > 0. */
export const positiveRate: Parser<Rate> = scalar((input, { context }) => {
  const reading = within(
    parseRate(input, context.units),
    (rate) => rate.perSecond > 0,
    () => `expected a rate above 0, got ${String(input)}`,
  );
  return reading.ok || reading.code !== 'out-of-range'
    ? reading
    : { ...reading, hint: 'remove the failure mode if it never happens (null for a mode of the type)' };
});

/** Events per year ≥ 0. */
export const perYear = scalar((input, { context }) => {
  const reading = parseRate(input, context.units);
  return reading.ok ? read(reading.value.perYear) : reading;
});

/** Seconds per year ≥ 0. */
export const downtime = scalar((input) => parseDowntime(input));

/** A probability in [0, 1]. */
export const probability = scalar((input) => {
  const reading = parseProbability(input);
  return reading.ok ? read(reading.value.probability) : reading;
});

/** A probability in (0, 1). */
export const openProbability = scalar((input) => {
  const reading = parseProbability(input);
  const value: Reading<number> = reading.ok ? read(reading.value.probability) : reading;
  return within(
    value,
    (p) => p > 0 && p < 1,
    (p) => `expected something between 0 % and 100 %, got ${p}`,
  );
});

/** A probability in [0, 1). */
export const openProbabilityOrZero = scalar((input) => {
  const reading = parseProbability(input);
  const value: Reading<number> = reading.ok ? read(reading.value.probability) : reading;
  return within(
    value,
    (p) => p < 1,
    (p) => `expected something below 100 %, got ${p}`,
  );
});

/** 1 − p of a probability written as p. */
export const complement = scalar((input) => {
  const reading = parseProbability(input);
  return reading.ok ? read(reading.value.complement) : reading;
});

export const numberAbove = (low: number): Parser<number> =>
  scalar((input) =>
    within(
      parseNumber(input),
      (n) => n > low,
      (n) => `expected a number above ${low}, got ${n}`,
    ),
  );

export const numberFrom = (low: number): Parser<number> =>
  scalar((input) =>
    within(
      parseNumber(input),
      (n) => n >= low,
      (n) => `expected a number of at least ${low}, got ${n}`,
    ),
  );

export const count = (low: number, high?: number): Parser<number> => scalar((input) => parseCount(input, low, high));

/** A size in whole megabytes, rounded up. */
export const size = scalar((input) => parseSize(input));

/** A whole number ≥ 1 or `unlimited`, which is Infinity. */
export const countOrUnlimited = scalar((input) =>
  input === 'unlimited' ? read(Number.POSITIVE_INFINITY) : parseCount(input, 1),
);

export const flag: Parser<boolean> = scalar((input) => {
  if (typeof input === 'boolean') return read(input);
  if (input === 'true' || input === 'false') return read(input === 'true');
  return misread('bad-quantity', `expected true or false, got ${quote(input)}`);
});

/** Text of at least one character; numbers count as their text. */
export const text: Parser<string> = scalar((input) =>
  (typeof input === 'string' && input !== '') || typeof input === 'number'
    ? read(String(input))
    : misread('bad-quantity', 'expected a text'),
);

/** One of the given words. */
export function choice<const T extends string>(words: readonly T[]): Parser<T> {
  return (section) => {
    const word = text(section);
    if (word === undefined) return undefined;
    const found = words.find((each) => each === word);
    return (
      found ?? section.problem('unknown-value', `"${word}" is not allowed here`, didYouMean(word, words, 'allowed'))
    );
  };
}

/** A list of texts. */
export const texts: Parser<readonly string[]> = (section) =>
  isListTree(section.tree)
    ? section
        .items()
        .map(text)
        .filter((word) => word !== undefined)
    : section.problem('wrong-type', 'expected a list of names');
