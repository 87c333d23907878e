import { describe, expect, test } from 'vitest';
import type { Estimate } from '../../src/model/estimate.ts';
import {
  printAvailability,
  printComplement,
  printCount,
  printDuration,
  printDurationEstimate,
  printEstimate,
  printInstant,
  printNines,
  printNumber,
  printRatio,
  printRaw,
  printShare,
} from '../../src/report/format.ts';

function estimate(value: number, lo: number, hi: number, method: Estimate['method'] = 'histories'): Estimate {
  return { value, lo, hi, method, n: 10 };
}

test.each([
  [184.5963123, '184.596'],
  [0.00009999999999999999, '0.0001'],
  [0.1 + 0.2, '0.3'],
  [3.2e-7, '3.2e-7'],
  [1.5e12, '1.5e12'],
  [9999, '9999'],
  [12_345.678, '12 345.7'],
  [31_536_000, '31 536 000'],
  [0, '0'],
  [-60, '-60'],
  [Number.POSITIVE_INFINITY, '∞'],
  [Number.NaN, '–'],
])('the number %d is printed %s', (value, text) => expect(printNumber(value)).toBe(text));

test.each([
  ['as many digits as the interval justifies', estimate(184.6123, 180.1, 189.03), '184.6', '180.1 … 189.0'],
  ['tens and hundreds where it is wide', estimate(123_456, 119_000, 128_000), '123 500', '119 000 … 128 000'],
  ['nothing seen: the upper bound', estimate(0, 0, 0.0184, 'poisson'), '0', '0 … 0.0184'],
  ['a lower bound that would vanish keeps a digit', estimate(0.002, 0.0001, 0.01), '0.0020', '0.0001 … 0.0100'],
  [
    'an upper bound that says nothing does not hide the value',
    estimate(2.06, 1.4, 1_752_000),
    '2.06',
    '1.40 … 1 750 000',
  ],
  ['the same at the lower bound', estimate(1.49, 1.49, 31_536_000), '1.490', '1.490 … 31 500 000'],
  ['exponents where all are tiny', estimate(3.02e-7, 2.81e-7, 3.24e-7), '3.02e-7', '2.81e-7 … 3.24e-7'],
  ['no upper bound', estimate(12, 11, Number.POSITIVE_INFINITY), '12.0', '11.0 … ∞'],
  ['exact values are called exact', estimate(946.0702, 946.0702, 946.0702, 'exact'), '946.07', 'exact'],
  ['histories that all agree are not', estimate(5, 5, 5), '5', '5 … 5'],
])('an estimate: %s', (_why, given, value, interval) => expect(printEstimate(given)).toEqual({ value, interval }));

describe('availability in percent', () => {
  test.each([
    [estimate(5.9e-6, 5.3e-6, 6.5e-6), '99.999410 %', '99.999350 … 99.999470'],
    [estimate(1e-5, 1e-5, 1e-5, 'exact'), '99.999 %', 'exact'],
    [estimate(1e-13, 9e-14, 1.1e-13), '99.99999999999000 %', '99.99999999998900 … 99.99999999999100'],
    [estimate(0.3, 0.2, 0.45), '70 %', '55 … 80'],
  ])('%o', (given, value, interval) => expect(printAvailability(given)).toEqual({ value, interval }));

  test('no digit of a small unavailability is lost', () => {
    expect(printComplement(8.56466315168e-6)).toBe('99.999143534');
    expect(printComplement(1e-15)).toBe('99.9999999999999');
    expect(printComplement(0)).toBe('100');
    expect(printComplement(1e-320)).toBe('100');
  });
});

test('ratios, nines, shares and counts', () => {
  expect(printRatio(estimate(1, 0.995, 1, 'wilson'))).toEqual({ value: '100.00 %', interval: '99.50 … 100.00' });
  expect(printNines(estimate(5.231, 5.19, 5.27))).toEqual({ value: '5.23', interval: '5.19 … 5.27' });
  const unseen = estimate(Number.POSITIVE_INFINITY, 6.1, Number.POSITIVE_INFINITY);
  expect(printNines(unseen)).toEqual({ value: '∞', interval: '6.10 or more' });
  expect([printShare(0.01, 100), printShare(60.2, 100), printShare(0, 0)]).toEqual(['< 0.1 %', '60.2 %', '0 %']);
  expect(printCount(1_234_567)).toBe('1 234 567');
});

test.each([
  [0, '0 s'],
  [2e-8, '0.02 µs'],
  [0.045, '45 ms'],
  [1.5, '1.5 s'],
  [121.5, '2.025 min'],
  [14_580, '4.05 h'],
  [864_000, '10 d'],
])('%d s is printed %s', (seconds, text) => expect(printDuration(seconds)).toBe(text));

test('an estimated duration has one unit', () => {
  expect(printDurationEstimate(estimate(14_580, 14_000, 15_000))).toEqual({ value: '4.05 h', interval: '3.89 … 4.17' });
});

test('instants are exact to the microsecond', () => {
  expect([121.5, 14_580.045, -60, -1e-10, 0.1 + 0.2].map(printInstant)).toEqual([
    '121.500000',
    '14580.045000',
    '-60.000000',
    '0.000000',
    '0.300000',
  ]);
});

test('numbers for machines have 15 digits', () => {
  expect([0.00009999999999999999, 0.1 + 0.2, Number.POSITIVE_INFINITY].map(printRaw)).toEqual([
    '0.0001',
    '0.3',
    'Infinity',
  ]);
});
