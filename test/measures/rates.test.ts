import { describe, expect, test } from 'vitest';
import { EventTotals } from '../../src/measures/statistics/event-totals.ts';
import { comparePaired, pairedDifference } from '../../src/measures/statistics/paired.ts';
import { garwood } from '../../src/measures/statistics/poisson.ts';
import { frequencyInterval, rateInterval, unavailabilityInterval } from '../../src/measures/statistics/rate.ts';
import { ratioInterval } from '../../src/measures/statistics/ratio.ts';

const YEAR = 31_536_000;
const quiet = (histories: number): Float64Array => new Float64Array(histories);

/** `histories` values, all 0 except the first ones. */
function amounts(histories: number, ...first: number[]): Float64Array {
  const values = quiet(histories);
  values.set(first);
  return values;
}

describe('nothing seen', () => {
  test('frequency: at most 3.6889 in the whole time', () => {
    const estimate = frequencyInterval(quiet(50), 1, 0.95);
    expect(estimate).toMatchObject({ value: 0, lo: 0, method: 'poisson', n: 0 });
    expect(estimate.hi).toBeCloseTo(3.688879454 / 50, 9);
  });

  test('unavailability: 3.6889 of the longest plausible outage in the whole time', () => {
    const estimate = unavailabilityInterval(quiet(50), YEAR, 0.95, { longestOutage: 14_400 });
    expect(estimate.hi).toBeCloseTo((3.688879454 * 14_400) / (50 * YEAR), 12);
    expect(unavailabilityInterval(quiet(50), YEAR, 0.95).hi).toBeCloseTo(3.688879454 / 50, 9);
    expect(unavailabilityInterval(quiet(2), YEAR, 0.95).hi).toBe(1);
  });
});

describe('rates', () => {
  test("single outages in few histories: Garwood's interval", () => {
    for (const counts of [[1], [0, 1, 2], [5, 5]]) {
      const n = counts.reduce((sum, count) => sum + count, 0);
      const estimate = frequencyInterval(counts, 2, 0.95);
      const reference = garwood(n, 2 * counts.length, 0.95);
      expect(estimate.lo).toBeCloseTo(reference.lo, 12);
      expect(estimate.hi).toBeCloseTo(reference.hi, 12);
      expect(estimate).toMatchObject({ method: 'poisson', n });
    }
  });

  test("rare single outages in many histories: close to Garwood's interval", () => {
    const estimate = frequencyInterval(amounts(10_000, 1, 1, 1), 1, 0.95);
    const reference = garwood(3, 10_000, 0.95);
    expect(estimate).toMatchObject({ value: 3e-4, method: 'histories', n: 10_000 });
    expect(Math.abs(estimate.lo / reference.lo - 1)).toBeLessThan(2e-3);
    expect(Math.abs(estimate.hi / reference.hi - 1)).toBeLessThan(2e-3);
  });

  test('many histories with much of it: the interval of Student', () => {
    const values = Float64Array.from({ length: 100_000 }, (_, i) => 50 + (i % 7));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const estimate = rateInterval(values, 1, 0.95);
    const half = 1.95998 * Math.sqrt(4 / values.length);
    expect(estimate.value).toBeCloseTo(mean, 9);
    expect(Math.abs((estimate.hi - estimate.lo) / (2 * half) - 1)).toBeLessThan(1e-2);
  });

  test('unequal horizons weigh by time', () => {
    const horizons = Float64Array.from({ length: 20 }, (_, i) => (i < 10 ? 1_000 : 3_000));
    const downtime = horizons.map((horizon) => horizon / 100);
    const estimate = unavailabilityInterval(downtime, horizons, 0.95);
    expect(estimate.value).toBeCloseTo(0.01, 12);
    expect(estimate.lo).toBeCloseTo(0.01, 9);
    expect(estimate.hi).toBeCloseTo(0.01, 9);
    expect(() => unavailabilityInterval(downtime, [1, 2], 0.95)).toThrow('Expected 20 exposures, got 2');
  });

  test('one long history needs its outages, else it counts as one event', () => {
    const outages = new EventTotals();
    for (let i = 0; i < 40; i++) outages.add(100);
    const known = unavailabilityInterval([4_000], YEAR, 0.95, { outages });
    expect(known.lo).toBeCloseTo((garwood(40, 1, 0.95).lo * 100) / YEAR, 12);
    expect(known.hi).toBeCloseTo((garwood(40, 1, 0.95).hi * 100) / YEAR, 12);
    expect(known).toMatchObject({ method: 'poisson', n: 40 });
    expect(unavailabilityInterval([4_000], YEAR, 0.95).hi).toBeGreaterThan(2 * known.hi);
  });

  test('a longest plausible outage raises the upper limit only', () => {
    const downtime = amounts(100, 1, 1, 2);
    const open = unavailabilityInterval(downtime, YEAR, 0.95);
    const cautious = unavailabilityInterval(downtime, YEAR, 0.95, { longestOutage: 3_600 });
    expect(cautious.lo).toBe(open.lo);
    expect(cautious.hi).toBeGreaterThan((3_600 * 3.68) / (100 * YEAR));
  });

  test('amounts that are not numbers ≥ 0 are refused with their place', () => {
    expect(() => rateInterval([1, Number.NaN], 1, 0.95)).toThrow(
      'Amount of history 1 must be a finite number ≥ 0: NaN',
    );
    expect(() => rateInterval([1, -1], 1, 0.95)).toThrow('-1');
    expect(() => rateInterval([1], 0, 0.95)).toThrow('Exposure must be positive: 0');
  });
});

describe('ratios', () => {
  test('mean outage length', () => {
    const estimate = ratioInterval([0, 10, 20, 0, 60], [0, 1, 2, 0, 3], 0.95)!;
    expect(estimate.value).toBe(15);
    expect(estimate.lo).toBeGreaterThan(0);
    expect(estimate.hi).toBeGreaterThan(15);
    expect(estimate).toMatchObject({ method: 'histories', n: 3 });
  });

  test('the inverse ratio has the inverse interval, to first order', () => {
    const a = Float64Array.from({ length: 5_000 }, (_, i) => 100 + (i % 11));
    const b = Float64Array.from({ length: 5_000 }, (_, i) => 200 + ((i * 3) % 13));
    const ratio = ratioInterval(a, b, 0.95)!;
    const inverse = ratioInterval(b, a, 0.95)!;
    expect(Math.abs(ratio.lo * inverse.hi - 1)).toBeLessThan(1e-4);
    expect(Math.abs(ratio.hi * inverse.lo - 1)).toBeLessThan(1e-4);
  });

  test('no denominator, no numerator, a single case', () => {
    expect(ratioInterval([0, 0], [0, 0], 0.95)).toBeNull();
    expect(ratioInterval([0, 0], [1, 1], 0.95)).toMatchObject({ value: 0, lo: 0, hi: Number.POSITIVE_INFINITY });
    expect(ratioInterval([5, 0], [1, 0], 0.95)).toMatchObject({ value: 5, lo: 0, hi: Number.POSITIVE_INFINITY, n: 1 });
    expect(() => ratioInterval([1], [1, 2], 0.95)).toThrow('got 1 and 2');
  });
});

describe('paired comparison', () => {
  const a = amounts(1_000, 3_600, 30, 1, 500, 12, 90);

  test('half the downtime in every history: ratio exactly 1/2, difference below 0', () => {
    const many = Float64Array.from({ length: 1_000 }, (_, i) => 10 + (i % 17));
    const { difference, ratio } = comparePaired(
      many,
      many.map((amount) => amount / 2),
      1,
      0.95,
    );
    expect(ratio).toMatchObject({ value: 0.5, lo: 0.5, hi: 0.5 });
    expect(difference.hi).toBeLessThan(0);
  });

  test('no difference anywhere: 0, with room for one change not seen', () => {
    const { value, lo, hi } = pairedDifference(a, a, 1, 0.95);
    expect(value).toBe(0);
    expect(hi).toBeCloseTo((3.688879454 * 3_600) / 1_000, 6);
    expect(lo).toBe(-hi);
    expect(pairedDifference(quiet(10), quiet(10), 1, 0.95, 60).hi).toBeCloseTo((3.688879454 * 60) / 10, 6);
  });

  test('exchanging the sides changes the sign', () => {
    const b = amounts(1_000, 3_500, 60, 0, 0, 12, 95, 7);
    const forward = pairedDifference(a, b, 1, 0.95);
    const backward = pairedDifference(b, a, 1, 0.95);
    expect(backward.value).toBeCloseTo(-forward.value, 12);
    expect(backward.lo).toBeCloseTo(-forward.hi, 9);
    expect(backward.hi).toBeCloseTo(-forward.lo, 9);
  });

  test('few histories: changes count as Poisson events', () => {
    const estimate = pairedDifference([10, 0, 0], [0, 0, 0], 1, 0.95);
    expect(estimate.lo).toBeLessThan(estimate.value);
    expect(estimate.hi).toBeGreaterThan(0);
  });
});
