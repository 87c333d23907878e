import { describe, expect, test } from 'vitest';
import {
  johnsonInterval,
  logInterval,
  meanInterval,
  meanIntervalOf,
  skewedMeanInterval,
} from '../../src/measures/statistics/mean.ts';
import { Moments } from '../../src/measures/statistics/moments.ts';
import { garwood, weightedPoissonInterval, zeroCountBound } from '../../src/measures/statistics/poisson.ts';
import { clopperPearson, wilson, zeroFailureTrials } from '../../src/measures/statistics/proportion.ts';

/** Reference values are printed to nine decimals. */
const NINE_DECIMALS = 9;

describe('counts (reference: Garwood 1936, methods §7.9)', () => {
  test.each([
    [0, 0, 3.688879454],
    [1, 0.025317808, 5.571643391],
    [3, 0.618672123, 8.76727307],
    [10, 4.795388696, 18.390356042],
  ])('%d events', (count, lo, hi) => {
    const estimate = garwood(count, 1, 0.95);
    expect(estimate.lo).toBeCloseTo(lo, NINE_DECIMALS);
    expect(estimate.hi).toBeCloseTo(hi, NINE_DECIMALS);
    expect(estimate).toMatchObject({ value: count, method: 'poisson', n: count });
  });

  test('an interval scales with the exposure', () => {
    const estimate = garwood(3, 1_000, 0.95);
    expect(estimate.value).toBe(0.003);
    expect(estimate.hi * 1_000).toBeCloseTo(8.76727307, NINE_DECIMALS);
  });

  test('nothing seen, one-sided: the rule of three, 2.9957', () => {
    expect(zeroCountBound(1, 0.95)).toBeCloseTo(2.995732274, NINE_DECIMALS);
  });

  test('a count must be whole and an exposure positive', () => {
    expect(() => garwood(1.5, 1, 0.95)).toThrow('1.5');
    expect(() => garwood(1, 0, 0.95)).toThrow('Exposure must be positive: 0');
    expect(() => garwood(1, 1, 1)).toThrow('Confidence must lie between 0 and 1: 1');
  });

  // Evaluated from the formulas of Fay & Feuer 1997 with scipy 1.17.1 gamma quantiles.
  test.each([
    [10, 30, 5, 2.301741124229702, 32.64696446621054],
    [120.5, 2_000, 40, 49.432951094799805, 297.7189493409176],
  ])('weighted events: total %d, variance %d, largest %d', (total, variance, largest, lo, hi) => {
    const ends = weightedPoissonInterval(total, variance, largest, 0.95);
    expect(ends.lo).toBeCloseTo(lo, NINE_DECIMALS);
    expect(ends.hi).toBeCloseTo(hi, NINE_DECIMALS);
  });
});

describe('proportions (reference: methods §7.9)', () => {
  test('98 of 100', () => {
    const exactEnds = clopperPearson(98, 100, 0.95);
    expect(exactEnds.lo).toBeCloseTo(0.929616068, NINE_DECIMALS);
    expect(exactEnds.hi).toBeCloseTo(0.997568663, NINE_DECIMALS);
    const display = wilson(98, 100, 0.95);
    expect(display.lo).toBeCloseTo(0.929988209, NINE_DECIMALS);
    // mpmath and scipy 1.17.1 (binomtest): 0.994498032449838
    expect(display.hi).toBeCloseTo(0.994498032, NINE_DECIMALS);
    expect(display).toMatchObject({ value: 0.98, method: 'wilson', n: 100 });
  });

  test('50 of 200 (scipy 1.17.1)', () => {
    const display = wilson(50, 200, 0.95);
    expect(display.lo).toBeCloseTo(0.195081680068, NINE_DECIMALS);
    expect(display.hi).toBeCloseTo(0.31434098312, NINE_DECIMALS);
  });

  test('0 of 1000: one-sided 0.00299124955, two-sided 0.00368208390', () => {
    expect(clopperPearson(0, 1_000, 0.9).hi).toBeCloseTo(0.00299124955, NINE_DECIMALS);
    expect(clopperPearson(0, 1_000, 0.95)).toMatchObject({ lo: 0 });
    expect(clopperPearson(0, 1_000, 0.95).hi).toBeCloseTo(0.0036820839, NINE_DECIMALS);
  });

  test('ends at 0 and 1 are exact', () => {
    expect(wilson(0, 7, 0.95).lo).toBe(0);
    expect(wilson(7, 7, 0.95).hi).toBe(1);
    expect(clopperPearson(7, 7, 0.95).hi).toBe(1);
    expect(() => wilson(3, 2, 0.95)).toThrow('3 of 2');
  });

  test('zero-failure demonstration (NC-27)', () => {
    expect([0.99, 0.999, 0.9999, 0.99999].map((p) => zeroFailureTrials(p, 0.95))).toEqual([
      299, 2_995, 29_956, 299_572,
    ]);
    expect(zeroFailureTrials(0.1, 0.99)).toBe(2);
    expect(() => zeroFailureTrials(1, 0.95)).toThrow('1');
  });
});

describe('means (reference: scipy.stats.t.interval and the formula of Johnson 1978)', () => {
  const sample = [2, 4, 4, 5, 7, 9];

  test("Student's interval, from the sample and from its sums", () => {
    const sums = meanInterval(31, 191, 6, 0.95);
    for (const estimate of [meanIntervalOf(sample, 0.95), sums]) {
      expect(estimate.value).toBeCloseTo(5.166666666666667, 12);
      expect(estimate.lo).toBeCloseTo(2.5606268548543683, NINE_DECIMALS);
      expect(estimate.hi).toBeCloseTo(7.772706478478966, NINE_DECIMALS);
      expect(estimate).toMatchObject({ method: 'histories', n: 6 });
    }
  });

  test("Johnson's correction moves the interval towards the long tail", () => {
    const estimate = skewedMeanInterval(Moments.of(sample), 0.95);
    expect(estimate.lo).toBeCloseTo(2.854713768681267, NINE_DECIMALS);
    expect(estimate.hi).toBeCloseTo(8.066793392305865, NINE_DECIMALS);
    expect(johnsonInterval(3, 0, 0, 1.96)).toEqual({ lo: 3, hi: 3 });
  });

  test('a logarithmic interval stays positive', () => {
    const ends = logInterval(2, 1, 2);
    expect(ends.lo).toBeCloseTo(2 / Math.E, 12);
    expect(ends.hi).toBeCloseTo(2 * Math.E, 12);
    expect(() => logInterval(0, 1, 2)).toThrow('positive');
  });

  test('one value has no interval', () => {
    expect(() => meanIntervalOf([1], 0.95)).toThrow('at least two values: 1');
  });
});
