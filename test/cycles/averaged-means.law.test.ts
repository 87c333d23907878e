import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CycleTotals } from '../../src/measures/cycles/cycle-totals.ts';
import { ScoreTotals } from '../../src/measures/cycles/score-totals.ts';
import { firstStage, secondStage } from '../../src/simulate/cycles/stages.ts';

const SAMPLES = 60;

/** Packed sums of as many samples as the list has: amount and length of each. */
function batchOf(samples: readonly (readonly [amount: number, length: number])[]): Float64Array {
  const totals = new CycleTotals([samples.length], 1, false);
  for (const [amount, length] of samples) totals.add(0, Float64Array.of(amount), length, 0);
  return totals.pack();
}

const amount = fc.double({ min: 0, max: 10, noNaN: true });
const batch = fc.array(fc.tuple(amount, amount), { minLength: SAMPLES, maxLength: SAMPLES });

describe('law: means that are averaged', () => {
  it('have the mean of the two by their shares, its variance, its third moment and its jackknife', () => {
    fc.assert(
      fc.property(batch, batch, fc.double({ min: 0.1, max: 0.9, noNaN: true }), (one, other, share) => {
        const [a, b] = [one, other].map((samples) => {
          const totals = new CycleTotals([SAMPLES], 1);
          totals.absorb(0, batchOf(samples));
          return totals;
        }) as [CycleTotals, CycleTotals];
        const both = new CycleTotals([SAMPLES, SAMPLES], 1);
        both.absorb(0, batchOf(one), share);
        both.absorb(1, batchOf(other), 1 - share);
        const perIdle = share * a.timePerIdleTime() + (1 - share) * b.timePerIdleTime();
        const sum = (t: CycleTotals): number => t.rate(0) * t.timePerIdleTime();
        expect(both.timePerIdleTime()).toBeCloseTo(perIdle, 10);
        expect(sum(both)).toBeCloseTo(share * sum(a) + (1 - share) * sum(b), 10);
        const r = both.rate(0);
        const [v, w] = [a.spread(0, r), b.spread(0, r)];
        const spread = both.spread(0, r);
        expect(spread.variance).toBeCloseTo(share ** 2 * v.variance + (1 - share) ** 2 * w.variance, 8);
        expect(spread.third).toBeCloseTo(share ** 3 * v.third + (1 - share) ** 3 * w.third, 8);
        const idle = (samples: typeof one): number => {
          const kept = samples.filter((_, i) => i % 30 !== 4);
          return kept.reduce((total, [x]) => total + x, 0) / kept.length;
        };
        const lengths = (samples: typeof one): number => idle(samples.map(([, b]) => [b, 0] as const));
        const without =
          (share * idle(one) + (1 - share) * idle(other)) / (1 + share * lengths(one) + (1 - share) * lengths(other));
        expect(both.ratesWithout(4)[0]).toBeCloseTo(without, 8);
      }),
      { seed: 20_261_121, numRuns: 50 },
    );
  });

  it('respond to rates as their parts do', () => {
    const [alone, both] = [new ScoreTotals(1, 1), new ScoreTotals(2, 1)];
    for (let k = 0; k < SAMPLES; k++) alone.add(0, Float64Array.of((k % 7) - 2), Float64Array.of(k % 3), k % 5);
    both.absorb(0, alone.pack(), 0.3);
    both.absorb(1, alone.pack(), 0.7);
    const [one, mean] = [alone.elasticity(0, 0.95), both.elasticity(0, 0.95)];
    expect(mean.value).toBeCloseTo(one.value, 12);
    expect(mean.hi - mean.value).toBeCloseTo((one.hi - one.value) * Math.hypot(0.3, 0.7), 12);
  });
});

describe('law: how long the parts of a mean are', () => {
  it('the variance of the two is that of the precision, whether the pilot was right or not', () => {
    const known = { samples: 6_000, width: 0.2, dealt: 1, varianceError: 0 };
    const { samples, share } = firstStage(known, 0.04, 8_000);
    expect(share).toBeCloseTo((0.8 * samples) / (6_000 * 25), 12);
    const unsure = firstStage({ ...known, varianceError: 0.5 }, 0.04, 8_000);
    expect(unsure.share).toBeCloseTo(share / 2, 12);
    for (const wider of [0.7, 1, 1.5]) {
      const width = wider * 0.2 * Math.sqrt(6_000 / samples);
      const more = secondStage({ ...known, samples, width }, share, 0.04, 8_000);
      const variance = (share * width) ** 2 + ((1 - share) * width) ** 2 * (samples / more);
      expect(Math.sqrt(variance)).toBeCloseTo(0.04, 5);
      expect(samples + more).toBeLessThan(1.35 * wider ** 2 * 150_000);
    }
  });

  it('a pilot that wants very much decides about no more than eight times its own samples', () => {
    const { samples, share } = firstStage({ samples: 6_000, width: 2, dealt: 1, varianceError: 0.5 }, 0.04, 8_000);
    expect(samples).toBe(48_000);
    expect(share).toBeGreaterThan(0);
    // None where nothing has been met: it could not be averaged with anything.
    expect(firstStage({ samples: 6_000, width: Infinity, dealt: 1, varianceError: 0 }, 0.04, 8_000).share).toBe(0);
  });

  it('there is a second part where nothing varies, in one stage or in both', () => {
    const varies = { samples: 4_000, width: 0.08, dealt: 1, varianceError: 0.1 };
    const still = { ...varies, width: 0, varianceError: 0 };
    expect(secondStage(still, 0.1, 0.04, 4_000, still)).toBe(4_000);
    expect(secondStage(varies, 0.1, 0.04, 4_000, still)).toBeGreaterThan(10_000);
    expect(secondStage(still, 0.1, 0.04, 4_000, varies)).toBeGreaterThan(10_000);
  });

  it('of two stages that disagree the one that knows its variance better decides', () => {
    const [samples, width, dealt] = [4_000, 0.08, 1];
    const plan = (error: number, before: number): number =>
      secondStage({ samples, width, dealt, varianceError: error }, 0.1, 0.04, 0, {
        samples,
        width: 2 * width,
        dealt,
        varianceError: before,
      });
    const alike = plan(0.1, 0.1);
    expect(plan(0.1, 0.4)).toBeLessThan(0.6 * alike);
    expect(plan(0.4, 0.1)).toBeGreaterThan(1.4 * alike);
  });
});
