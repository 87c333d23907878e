import { describe, expect, test } from 'vitest';
import { missProbability, missProbabilityInterval } from '../../src/measures/statistics/annual.ts';
import { garwood } from '../../src/measures/statistics/poisson.ts';
import { QuantileSketch, type Severities } from '../../src/measures/statistics/sketch.ts';

const always = (seconds: number): Severities => ({ values: [seconds], weights: [1] });

/** Exponential law cut into slices of mean/500, each with its probability at its own mean. */
function exponential(mean: number): Severities {
  const width = mean / 500;
  const within = mean - width / Math.expm1(width / mean);
  const starts = Float64Array.from({ length: 20_000 }, (_, i) => i * width);
  return { values: starts.map((start) => start + within), weights: starts.map((start) => Math.exp(-start / mean)) };
}

describe('fixed severity is a Poisson tail (reference: mpmath, exact sums)', () => {
  test.each([
    [4, 60, 300, 0.214869612969595],
    [4, 60, 299.999, 0.371163064820126],
    [0.001, 100, 315.36, 4.16333472182548e-14],
    [1_000, 1, 1_050, 0.0560288383636734],
    // exp(−5000) underflows: the recursion must run scaled
    [5_000, 1, 4_900, 0.92065390204294],
  ])('%d outages a year of %d s, limit %d s', (rate, seconds, limit, reference) => {
    const value = missProbability(rate, always(seconds), limit);
    expect(Math.abs(value - reference)).toBeLessThan(1e-12 * Math.max(reference, 1e-3));
  });

  test('many short and few long outages: exact on their common step', () => {
    const severities = { values: [1, 3_600], weights: [0.99, 0.01] };
    expect(missProbability(200, severities, 315.36)).toBeCloseTo(0.864664716763388, 12);
  });

  test('outages all over the limit: 1 − exp(−ν), with all digits when rare', () => {
    expect(missProbability(1e-9, always(100), 50)).toBeCloseTo(9.999999995e-10, 20);
    expect(missProbability(1e-9, always(100), 0)).toBeCloseTo(9.999999995e-10, 20);
  });
});

describe('exponential severity (reference: ∫ e^(−ν−t) √(ν/t) I₁(2√(νt)) dt, mpmath, equal to the series)', () => {
  // Tolerances are what the discretisations cost: 1e-5 where the limit is a border of the input's slices, 2e-5 where it
  // cuts one of 110 slices in the middle; with many outages a year the grid's cells h add h²/6 to a variance of
  // E[X²] = 2 per outage, h = 0.053, which moves the upper tail at 1.58 standard deviations by 3.7e-4.
  test.each([
    [4, 60, 300, 0.307018164703018, 1e-5],
    [0.1, 60, 300, 0.000812408546984698, 1e-5],
    [12, 900, 315.36, 0.999937711902703, 1e-5],
    [0.5, 14_400, 3_153.6, 0.332231470186806, 2e-5],
    [1e-6, 60, 300, 6.7379604749834e-9, 1e-5],
    [2_000, 1, 2_100, 0.0582466787781343, 4e-4],
  ])('%d outages a year of mean %d s, limit %d s', (rate, mean, limit, reference, tolerance) => {
    const value = missProbability(rate, exponential(mean), limit);
    expect(Math.abs(value / reference - 1)).toBeLessThan(tolerance);
  });

  test('a sketch stays within what its 1 % can change', () => {
    const sketch = new QuantileSketch();
    const severities = exponential(60);
    for (let i = 0; i < severities.values.length; i++) sketch.add(severities.values[i]!, severities.weights[i]);
    const value = missProbability(4, sketch.severities(), 300);
    // All lengths off by 1 % is the limit off by 1 %.
    expect(value).toBeGreaterThan(missProbability(4, severities, 303));
    expect(value).toBeLessThan(missProbability(4, severities, 297));
  });
});

describe('missProbabilityInterval', () => {
  test('follows the interval of the frequency', () => {
    const estimate = missProbabilityInterval(garwood(8, 2, 0.95), always(60), 300);
    expect(estimate.value).toBeCloseTo(0.214869612969595, 12);
    expect(estimate.lo).toBeLessThan(estimate.value);
    expect(estimate.hi).toBeGreaterThan(estimate.value);
    expect(estimate).toMatchObject({ method: 'poisson', n: 8 });
  });

  test('no outages cannot miss; wrong arguments are refused', () => {
    expect(missProbability(0, always(60), 300)).toBe(0);
    expect(() => missProbability(-1, always(60), 300)).toThrow('Outage frequency must be a finite number ≥ 0: -1');
    expect(() => missProbability(1, { values: [], weights: [] }, 300)).toThrow('Severities are empty');
  });
});
