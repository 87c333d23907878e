import { describe, expect, test } from 'vitest';
import { Moments } from '../../src/measures/statistics/moments.ts';
import { confidenceSequence, sprt, sprtBounds } from '../../src/measures/statistics/sequential.ts';
import { nextLook, precisionReached } from '../../src/measures/statistics/stopping.ts';
import type { Estimate } from '../../src/model/estimate.ts';
import { Random } from './random.ts';

describe('SPRT', () => {
  test('bounds (reference: methods §7.9)', () => {
    const { upper, lower } = sprtBounds(0.05, 0.1);
    expect(upper).toBeCloseTo(2.890371758, 9);
    expect(lower).toBeCloseTo(-2.251291799, 9);
  });

  test('decides for what is true about as often as it promises', () => {
    const rule = { p0: 0.99, p1: 0.9, alpha: 0.05, beta: 0.1 };
    const decide = (p: number, seed: number): string => {
      const random = new Random(seed);
      let successes = 0;
      for (let n = 1; ; n++) {
        if (random.uniform() < p) successes++;
        const state = sprt(successes, n, rule);
        if (state !== 'continue') return state;
      }
    };
    const wrong = (p: number, decision: string): number =>
      Array.from({ length: 400 }, (_, i) => decide(p, i)).filter((state) => state === decision).length / 400;
    // Wald: α' ≤ α/(1 − β), β' ≤ β/(1 − α); three standard errors of 400 repetitions on top
    expect(wrong(0.99, 'reject')).toBeLessThan(0.05 / 0.9 + 3 * Math.sqrt((0.05 * 0.95) / 400));
    expect(wrong(0.9, 'accept')).toBeLessThan(0.1 / 0.95 + 3 * Math.sqrt((0.1 * 0.9) / 400));
  });

  test('refuses what is not a test', () => {
    expect(() => sprtBounds(0.6, 0.5)).toThrow('0.6');
    expect(() => sprt(1, 2, { p0: 0.9, p1: 0.9, alpha: 0.05, beta: 0.1 })).toThrow('0.9');
  });
});

describe('asymptotic confidence sequence', () => {
  test('half-width (reference: methods §7.9, σ = 1, t = 1000, ρ = 100)', () => {
    expect(confidenceSequence(1, 1_000, 1_000, 0.95)).toBeCloseTo(0.0960640193, 9);
  });

  test('holds at every look at once: 200 runs watched from 100 to 3000 values', () => {
    let held = 0;
    for (let run = 0; run < 200; run++) {
      const random = new Random(5_000 + run);
      const moments = new Moments();
      let inside = true;
      for (let n = 1; n <= 3_000; n++) {
        moments.add(random.exponential(1));
        if (n < 100) continue;
        const half = confidenceSequence(Math.sqrt(moments.variance), n, 1_000, 0.95);
        if (Math.abs(moments.mean - 1) > half) inside = false;
      }
      if (inside) held++;
    }
    expect(held).toBeGreaterThanOrEqual(180);
  });
});

describe('stopping', () => {
  const estimate = (lo: number, hi: number): Estimate => ({ value: 1, lo, hi, method: 'histories', n: 100 });

  test('looks come at fixed numbers of histories, whatever was asked before', () => {
    const looks = [0, 32, 40, 50, 63].map((histories) => nextLook(histories, { relative: 0.05 }));
    expect(looks).toEqual([32, 40, 50, 63, 79]);
    expect(nextLook(45, { relative: 0.05 })).toBe(50);
    expect(nextLook(0, { relative: 0.05, minimumHistories: 100 })).toBe(100);
  });

  test('the wider side and the number of events decide', () => {
    const rule = { relative: 0.1 };
    expect(precisionReached(estimate(0.95, 1.09), 30, rule)).toBe('precision');
    expect(precisionReached(estimate(0.95, 1.11), 30, rule)).toBe('continue');
    expect(precisionReached(estimate(0.89, 1.05), 30, rule)).toBe('continue');
    expect(precisionReached(estimate(0.95, 1.09), 29, rule)).toBe('continue');
    expect(precisionReached(estimate(0.95, 1.09), 29, { relative: 0.1, minimumEvents: 10 })).toBe('precision');
    expect(precisionReached({ value: 0, lo: 0, hi: 0, method: 'poisson', n: 0 }, 30, rule)).toBe('continue');
  });
});
