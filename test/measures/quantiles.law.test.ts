import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantileInterval } from '../../src/measures/statistics/quantile.ts';
import { QuantileSketch } from '../../src/measures/statistics/sketch.ts';
import { Random } from './random.ts';

const duration = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
const SEED = { seed: 77, numRuns: 300 };

function sketchOf(values: readonly number[]): QuantileSketch {
  const sketch = new QuantileSketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

describe('QuantileSketch', () => {
  test('every quantile lies within 1 % of the order statistic', () => {
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 60 }), (values) => {
        const sketch = sketchOf(values);
        const sorted = Float64Array.from(values).sort();
        sorted.forEach((value, i) => {
          expect(Math.abs(sketch.valueAt(i + 1) / value - 1)).toBeLessThanOrEqual(0.01 + 1e-9);
        });
        expect(sketch.min).toBe(sorted[0]);
        expect(sketch.max).toBe(sorted[sorted.length - 1]);
      }),
      SEED,
    );
  });

  test('merged parts are the sketch of the whole, bit for bit', () => {
    fc.assert(
      fc.property(fc.array(duration), fc.array(duration), (left, right) => {
        const merged = sketchOf(left);
        merged.merge(sketchOf(right));
        expect(JSON.stringify(merged)).toBe(JSON.stringify(sketchOf([...left, ...right])));
      }),
      SEED,
    );
  });

  test('weights count', () => {
    const sketch = new QuantileSketch();
    sketch.add(1, 0.9);
    sketch.add(3_600, 0.1);
    expect(sketch.quantile(0.89)).toBeCloseTo(1, 1);
    expect(Math.abs(sketch.quantile(0.91) / 3_600 - 1)).toBeLessThan(0.01);
    expect(sketch.weight).toBe(1);
  });

  test('a single value, zero and values out of range come back exactly', () => {
    expect(sketchOf([0.05, 0.05]).quantile(0.5)).toBe(0.05);
    expect(sketchOf([0]).quantile(0.5)).toBe(0);
    expect(sketchOf([1e12]).quantile(1)).toBe(1e12);
    expect(sketchOf([]).quantile(0.5)).toBeNaN();
    expect(() => sketchOf([-1])).toThrow('-1');
    expect(() => sketchOf([1]).quantile(2)).toThrow('2');
  });

  test('severities carry all the weight', () => {
    const { values, weights } = sketchOf([1, 1, 2, 50]).severities();
    expect(Array.from(weights)).toEqual([2, 1, 1]);
    expect(values[0]).toBe(1);
    expect(Math.abs(values[2]! / 50 - 1)).toBeLessThan(0.01);
  });
});

describe('quantileInterval', () => {
  // Ranks from binomial tables (scipy 1.17.1): largest l with P(Bin < l) ≤ 2.5 %, smallest u with P(Bin ≥ u) ≤ 2.5 %.
  test.each([
    [10, 0.5, 2, 9],
    [100, 0.5, 40, 61],
    [100, 0.9, 84, 96],
    [400, 0.99, 392, 400],
  ])('%d values, share %d: order statistics %d and %d', (n, p, lower, upper) => {
    // 3 % apart, so that each value has a bucket of its own
    const values = Array.from({ length: n }, (_, i) => 1.03 ** i);
    const estimate = quantileInterval(sketchOf(values), p, 0.95)!;
    expect(Math.abs(estimate.lo / values[lower - 1]! - 1)).toBeLessThan(0.0101);
    expect(Math.abs(estimate.hi / values[upper - 1]! - 1)).toBeLessThan(0.0101);
    expect(estimate.n).toBe(n);
  });

  test('too few values: open ends', () => {
    const values = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(quantileInterval(sketchOf(values), 0.99, 0.95)!.hi).toBe(Number.POSITIVE_INFINITY);
    expect(quantileInterval(sketchOf(values), 0.99, 0.95, 500)!.hi).toBe(500);
    expect(quantileInterval(sketchOf([3]), 0.5, 0.95)).toMatchObject({ value: 3, lo: 0, n: 1 });
    expect(quantileInterval(sketchOf([]), 0.5, 0.95)).toBeNull();
    expect(() => quantileInterval(sketchOf([3]), 1, 0.95)).toThrow('1');
  });

  test('covers the p90 of lognormal lengths, 200 repetitions', () => {
    const truth = Math.exp(1.2815515655446004 * Math.sqrt(Math.log(10)) - Math.log(10) / 2);
    let hits = 0;
    for (let repetition = 0; repetition < 200; repetition++) {
      const random = new Random(900 + repetition);
      const estimate = quantileInterval(
        sketchOf(Array.from({ length: 150 }, () => random.lognormal(1, 3))),
        0.9,
        0.95,
      )!;
      if (estimate.lo <= truth && truth <= estimate.hi) hits++;
    }
    expect(hits).toBeGreaterThanOrEqual(180);
    expect(hits).toBeLessThanOrEqual(197);
  });
});
