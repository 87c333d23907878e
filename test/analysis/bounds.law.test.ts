import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDependence, anyOfPairs, independent } from '../../src/analytic/scenario/bounds.ts';

/** A joint law of up to five failures: a weight for every combination. */
const jointLaw = fc.integer({ min: 1, max: 5 }).chain((n) =>
  fc
    .array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 2 ** n,
      maxLength: 2 ** n,
    })
    .filter((weights) => weights.some((weight) => weight > 0))
    .map((weights) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return { n, probability: weights.map((weight) => weight / total) };
    }),
);

const count = (mask: number): number => mask.toString(2).replaceAll('0', '').length;
const chance = (probability: readonly number[], holds: (mask: number) => boolean): number =>
  probability.reduce((sum, p, mask) => (holds(mask) ? sum + p : sum), 0);
const point = (value: number) => ({ lo: value, hi: value });
const ROUNDING = 1e-12;

describe('law: bounds on failures that depend on each other', () => {
  it('hold for every joint law, from single chances and from pairs', () => {
    fc.assert(
      fc.property(jointLaw, ({ n, probability }) => {
        const single = Array.from({ length: n }, (_, i) => chance(probability, (mask) => ((mask >> i) & 1) === 1));
        for (let minimum = 1; minimum <= n; minimum++) {
          const { lo, hi } = anyDependence(single.map(point), minimum);
          const truth = chance(probability, (mask) => count(mask) >= minimum);
          expect(truth).toBeGreaterThanOrEqual(lo - ROUNDING);
          expect(truth).toBeLessThanOrEqual(hi + ROUNDING);
        }
        const both = (i: number, j: number): number =>
          chance(probability, (mask) => ((mask >> i) & (mask >> j) & 1) === 1);
        const pairs = anyOfPairs(single, (i, j) => point(both(i, j)));
        const loose = anyOfPairs(single, (i, j) => ({ lo: 0, hi: Math.min(single[i]!, single[j]!) }));
        const any = chance(probability, (mask) => mask !== 0);
        for (const { lo, hi } of [pairs, loose]) {
          expect(any).toBeGreaterThanOrEqual(lo - ROUNDING);
          expect(any).toBeLessThanOrEqual(hi + ROUNDING);
        }
        expect(pairs.lo).toBeGreaterThanOrEqual(loose.lo - ROUNDING);
        expect(pairs.hi).toBeLessThanOrEqual(loose.hi + ROUNDING);
      }),
      { seed: 31, numRuns: 500 },
    );
  });

  it('of one or of all of them they are Fréchet’s', () => {
    const failures = [0.2, 0.5, 0.9].map(point);
    expect(anyDependence(failures, 1)).toEqual({ lo: 0.9, hi: 1 });
    expect(anyDependence([0.1, 0.2].map(point), 1)).toEqual({ lo: 0.2, hi: expect.closeTo(0.3, 12) });
    expect(anyDependence([0.7, 0.8].map(point), 2)).toEqual({ lo: expect.closeTo(0.5, 12), hi: 0.7 });
    expect(anyDependence(failures, 3).hi).toBe(0.2);
  });

  it('independent ones are what they are: the binomial law', () => {
    const failures = Array.from({ length: 5 }, () => point(1e-3));
    const exact = 10 * 1e-6 * 0.999 ** 3 + 10 * 1e-9 * 0.999 ** 2 + 5 * 1e-12 * 0.999 + 1e-15;
    expect(independent(failures, 2).lo / exact).toBeCloseTo(1, 12);
    expect(independent(failures, 2).lo).toBe(independent(failures, 2).hi);
  });
});
