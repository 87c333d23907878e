import { describe, expect, test } from 'vitest';
import { evaluateUnits } from '../../src/scenario/quantity/expression.ts';
import {
  parseCount,
  parseDowntime,
  parseDuration,
  parseNumber,
  parseProbability,
  parseRate,
} from '../../src/scenario/quantity/quantity.ts';
import type { Reading } from '../../src/scenario/quantity/reading.ts';

const value = <T>(reading: Reading<T>): T => {
  if (!reading.ok) throw new Error(reading.message);
  return reading.value;
};
const fault = (reading: Reading<unknown>): string => (reading.ok ? 'none' : reading.code);
const hint = (reading: Reading<unknown>): string | undefined => (reading.ok ? undefined : reading.hint);

// Year of 365 days, month of 730 hours, FIT per 1e9 hours: conventions of both source documents (B-16, NC-13).
describe('reference: durations in seconds', () => {
  test.each([
    ['50 ms', 0.05],
    ['4 h', 14_400],
    ['10 µs', 1e-5],
    ['10 μs', 1e-5],
    ['30 d', 2_592_000],
    ['1 year', 31_536_000],
    ['1 month', 2_628_000],
    ['2 weeks', 1_209_600],
    ['1 h 30 min', 5_400],
    ['1h30m', 5_400],
    ['1 min 0.5 s', 60.5],
    ['-60 s', -60],
    ['-1 h 30 min', -5_400],
    ['1e3 s', 1_000],
    ['.5 h', 1_800],
    ['0 s', 0],
    ['175200 h', 630_720_000],
  ])('%s', (text, seconds) => {
    expect(value(parseDuration(text))).toBe(seconds);
  });

  test.each([
    ['5 m', 'bad-unit', 'did you mean "5 min" (minutes) or "5 month"?'],
    ['4 H', 'bad-unit', 'did you mean "4 h"?'],
    ['4', 'missing-unit', 'for example "4 s"'],
    [4, 'missing-unit', 'for example "4 s"'],
    ['1,5 h', 'bad-quantity', 'write a decimal point: 1.5 h'],
    ['10 000 h', 'bad-quantity', 'write numbers without separators: 10000 h'],
    ['P1D', 'bad-quantity', 'write "1 d" or "1 h 30 min", not the ISO 8601 form'],
  ])('%s is refused with a hint', (text, code, expected) => {
    const reading = parseDuration(text);
    expect(fault(reading)).toBe(code);
    expect(hint(reading)).toBe(expected);
  });

  // What an expression evaluator would have made of these: e as 2.718, hexadecimal, infinity, two results.
  test.each(['1.5e h', '0x10 h', '1e400 h', '4 h; 5 h', '30 min 1 h', '2 parsecs', '', null, true, Number.NaN, {}, []])(
    '%s is refused',
    (text) => {
      expect(parseDuration(text).ok).toBe(false);
    },
  );
});

describe('reference: rates', () => {
  test('NC-13: OFM 0.05 is an MTBF of 175 200 h, OFM 1 of 8 760 h, 100 000 h are 10 000 FIT', () => {
    expect(value(parseRate('0.05 / year')).meanSeconds / 3600).toBe(175_200);
    expect(value(parseRate('1 / year')).meanSeconds / 3600).toBe(8_760);
    expect(value(parseRate('10000 FIT')).meanSeconds / 3600).toBe(100_000);
    expect(value(parseRate('1 / 100000 h'))).toEqual(value(parseRate('10000 FIT')));
  });

  test.each(['4 / year', '4/year', '4 per year', '4 1/year', '4 failures / year', '1 / 2190 h', '4 / 365 d'])(
    '%s is four a year',
    (text) => {
      expect(value(parseRate(text))).toEqual({
        perSecond: 4 / 31_536_000,
        perHour: 4 / 8_760,
        perYear: 4,
        meanSeconds: 7_884_000,
      });
    },
  );

  test.each([
    ['-4 / year', 'out-of-range'],
    ['4', 'missing-unit'],
    ['999 h', 'bad-unit'],
    ['4 / m', 'bad-unit'],
    ['1 / 0 h', 'out-of-range'],
    ['often', 'bad-quantity'],
    [Number.POSITIVE_INFINITY, 'not-finite'],
  ])('%s is refused', (text, code) => {
    expect(fault(parseRate(text))).toBe(code);
  });
});

describe('reference: probabilities keep their complement', () => {
  test.each([
    ['99.999 %', 0.99999, 1e-5],
    ['5 nines', 0.99999, 1e-5],
    ['6 nines', 0.999999, 1e-6],
    [0.99999, 0.99999, 1e-5],
    ['99.99999999999 %', 0.9999999999999, 1e-13],
    ['1e-5', 1e-5, 0.99999],
    ['0.99999999999999999', 1, 1e-17],
    ['100 %', 1, 0],
    [0, 0, 1],
  ])('%s', (text, probability, complement) => {
    expect(value(parseProbability(text))).toEqual({ probability, complement });
  });

  test('a percentage without its sign is recognised', () => {
    expect(hint(parseProbability(99.999))).toBe('did you mean "99.999 %"?');
  });

  test.each([1.2, '101 %', -0.1, '-1 nines', Number.NaN, '5 ninas', true])('%s is refused', (text) => {
    expect(parseProbability(text).ok).toBe(false);
  });
});

test('reference: NC-01, five nines are 315.36 s/year; downtimes convert to seconds per year', () => {
  expect(value(parseDowntime('315.36 s/year'))).toBe(315.36);
  expect(value(parseDowntime('5 min / year'))).toBe(300);
  expect(value(parseDowntime('26 s per month'))).toBe(312);
  expect(hint(parseDowntime('315.36 s'))).toBe('did you mean "315.36 s / year"?');
});

test('counts and plain numbers', () => {
  expect(value(parseCount(3, 1))).toBe(3);
  expect(fault(parseCount(2.5, 1))).toBe('out-of-range');
  expect(fault(parseCount(0, 1))).toBe('out-of-range');
  expect(value(parseNumber('1.5'))).toBe(1.5);
  expect(fault(parseNumber('1.5 h'))).toBe('bad-quantity');
});

describe('reference: compound units go to the unit library', () => {
  test.each([
    ['2 / (3 week)', -1, 2 / 1_814_400],
    ['2 / 3 week', -1, 2 / 1_814_400],
    ['3 h^-1', -1, 3 / 3_600],
    ['2 * 100 FIT', -1, 200 / 3.6e12],
    ['40 GB / (10 Gbit/s)', 1, 32],
    ['2 * 3 h', 1, 21_600],
    ['1 year / 4', 1, 7_884_000],
    ['1 month', 1, 2_628_000],
  ])('%s', (text, power, expected) => {
    expect(Number(evaluateUnits(text, power))).toBeCloseTo(expected, 12);
  });

  test.each(['4 / 5', '3 m / s', 'constructor', '(2 h', '2 h)', '2 h h', '4 / (5 parsec h)', ''])(
    '%s is no time',
    (text) => {
      expect(evaluateUnits(text, 1)).toBeUndefined();
    },
  );

  test('without the library the reader says so, with it the value comes out', () => {
    expect(fault(parseDuration('40 GB / (10 Gbit/s)'))).toBe('compound-unit');
    expect(value(parseDuration('40 GB / (10 Gbit/s)', evaluateUnits))).toBe(32);
    expect(value(parseRate('2 / (3 week)', evaluateUnits)).perYear).toBeCloseTo(34.761904761904766, 10);
    expect(fault(parseDuration('40 GB / 10 h', evaluateUnits))).toBe('bad-unit');
  });
});
