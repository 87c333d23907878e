import { describe, expect, it } from 'vitest';
import { absorbing, firstPassage } from '../../src/analytic/chain/first-passage.ts';
import { LongRunWatch } from '../../src/analytic/chain/long-run.ts';
import { statesWithReward } from '../../src/analytic/chain/measures.ts';
import { namedChain } from '../../src/analytic/chain/named.ts';
import { poissonWindow } from '../../src/analytic/chain/poisson.ts';
import { groupChain } from '../../src/analytic/chain/schemes/group.ts';
import { steadyState } from '../../src/analytic/chain/steady-state.ts';
import { transientRewards } from '../../src/analytic/chain/transient.ts';
import { initialVector, Uniformised } from '../../src/analytic/chain/uniformised.ts';
import type { Chain } from '../../src/model/chain.ts';
import { agreesTo } from './digits.ts';

const METHODS = ['uniformisation', 'doubling'] as const;

const unit = (failureRate: number, repairRate: number): Chain =>
  groupChain({ units: 1, required: 1, failureRate, repairRate, crews: 1 });

describe('reference: one repairable unit (methods 7.8)', () => {
  it.each(METHODS)('point and interval availability by %s', (method) => {
    const chain = unit(0.01, 0.25);
    const { points } = transientRewards(chain, [10], { method });
    agreesTo(1 - points[0]!.instant[0]!, '0.9643951376236282');
    agreesTo(1 - points[0]!.accumulated[0]! / 10, '0.9752326393755275');
  });

  it('closed form over seven decades of time, both methods, with relative accuracy', () => {
    const lambda = 1e-6;
    const mu = 0.25;
    const sum = lambda + mu;
    const hours = [1e-3, 0.1, 1, 10, 1e3, 1e4];
    const chain = unit(lambda, mu);
    for (const method of METHODS) {
      transientRewards(chain, hours, { method }).points.forEach(({ instant, accumulated }, i) => {
        const decay = -Math.expm1(-sum * hours[i]!);
        const exactAccumulated = (lambda / sum) * hours[i]! - (lambda / sum ** 2) * decay;
        expect(instant[0]! / ((lambda / sum) * decay)).toBeCloseTo(1, 11);
        if (hours[i]! >= 1) expect(accumulated[0]! / exactAccumulated).toBeCloseTo(1, 10);
      });
    }
  });

  it('chooses squaring for fast phases over a year and agrees with the exponential law', () => {
    const chain = namedChain({
      states: ['up', 'switching', 'lost'],
      start: { up: 1 },
      transitions: [
        { from: 'up', to: 'switching', rate: 1e-3 },
        { from: 'switching', to: 'up', rate: 72_000 * 0.999 },
        { from: 'switching', to: 'lost', rate: 72_000 * 0.001 },
      ],
      rewards: { lost: { lost: 1 } },
    }).chain;
    const result = transientRewards(chain, [8760]);
    expect(result.method).toBe('doubling');
    // Two-state approximation exact to O(1e-3/72000): loss at rate 1e-3·1e-3 per hour.
    expect(result.points[0]!.instant[0]! / -Math.expm1(-1e-6 * 8760)).toBeCloseTo(1, 6);
  });
});

describe('law: settling', () => {
  it('a settled sequence gives what the full one gives, with and without absorption', () => {
    const hot = groupChain({ units: 4, required: 3, failureRate: 0.02, repairRate: 0.5, crews: 1 });
    for (const chain of [hot, absorbing(hot, statesWithReward(hot.rewards[0]!))]) {
      const exact = transientRewards(chain, [3, 400, 9000], { method: 'doubling' }).points;
      const { points, steps } = transientRewards(chain, [3, 400, 9000], { method: 'uniformisation' });
      expect(steps).toBeLessThan(2000);
      points.forEach((point, i) => {
        expect(point.instant[0]! / exact[i]!.instant[0]!).toBeCloseTo(1, 10);
        expect(point.accumulated[1]! / exact[i]!.accumulated[1]!).toBeCloseTo(1, 10);
      });
    }
  });

  it('a start-up phase that is left for good does not spoil it', () => {
    const chain = namedChain({
      states: ['burn-in', 'up', 'down'],
      start: { 'burn-in': 1 },
      transitions: [
        { from: 'burn-in', to: 'up', rate: 0.05 },
        { from: 'up', to: 'down', rate: 0.01 },
        { from: 'down', to: 'up', rate: 0.5 },
      ],
      rewards: { down: { down: 1 } },
    }).chain;
    const [step, square] = METHODS.map((method) => transientRewards(chain, [5, 1e6], { method }).points);
    expect(step![1]!.instant[0]!).toBeCloseTo(0.01 / 0.51, 12);
    expect(step![0]!.accumulated[0]!).toBeCloseTo(square![0]!.accumulated[0]!, 13);
    expect(step![1]!.accumulated[0]! / square![1]!.accumulated[0]!).toBeCloseTo(1, 12);
  });
});

describe('law: the long run', () => {
  it.each([1e-6, 1e-9, 1e-12])('once it is said to be reached to %d, no later reward differs by more', (tolerance) => {
    for (const failureRate of [0.2, 0.01, 1e-4]) {
      const chain = groupChain({ units: 12, required: 9, failureRate, repairRate: 0.5, crews: 2 });
      const { probability } = steadyState(chain);
      const watch = new LongRunWatch(probability, chain.rewards, tolerance);
      const uniformised = new Uniformised(chain);
      let v: Float64Array = initialVector(chain);
      let next: Float64Array = new Float64Array(v.length);
      let settled = watch.observe(0, v);
      for (let k = 1; settled === undefined; k++) {
        uniformised.step(v, next);
        [v, next] = [next, v];
        settled = watch.observe(k, v);
        expect(k).toBeLessThan(20_000);
      }
      for (let more = 0; more < 200; more++) {
        chain.rewards.forEach((reward, m) => {
          const now = v.reduce((sum, p, i) => sum + p * reward[i]!, 0);
          expect(Math.abs(now - settled!.live[m]!)).toBeLessThanOrEqual(2 * tolerance * settled!.live[m]!);
        });
        uniformised.step(v, next);
        [v, next] = [next, v];
      }
    }
  });

  it('a large chain over a long time: the down hours come near the long run from below', () => {
    const chain = groupChain({ units: 400, required: 370, failureRate: 0.002, repairRate: 0.05, crews: 40 });
    const { points, steps } = transientRewards(chain, [2e4, 4e5], { method: 'uniformisation' });
    const [early, late] = points;
    const longRun = steadyState(chain).probability.reduce((sum, p, i) => sum + p * chain.rewards[0]![i]!, 0);
    expect(steps).toBeLessThan(60_000);
    expect(late!.instant[0]! / longRun).toBeCloseTo(1, 11);
    // What the start with everything up saves is the same for both instants.
    const saved = points.map(({ hours, accumulated }) => longRun * hours - accumulated[0]!);
    expect(saved[0]).toBeGreaterThan(0);
    expect(saved[1]! / saved[0]!).toBeCloseTo(1, 4);
    expect(early!.accumulated[0]! / (longRun * 2e4)).toBeLessThan(1);
  });
});

describe('reference: first passage', () => {
  it('4-of-5 without repair, λ = 0.0005/h: MTTF 900 h (Dhillon, example 3.8)', () => {
    const chain = groupChain({ units: 5, required: 4, failureRate: 5e-4, repairRate: 0, crews: 1 });
    expect(firstPassage(chain, statesWithReward(chain.rewards[0]!)).meanHours).toBeCloseTo(900, 9);
  });

  it('pair with repair: MTTF = (3λ + μ)/(2λ²) at any rarity', () => {
    for (const lambda of [1e-2, 1e-5, 1e-9]) {
      const chain = groupChain({ units: 2, required: 1, failureRate: lambda, repairRate: 0.25, crews: 1 });
      const { meanHours, probability } = firstPassage(chain, statesWithReward(chain.rewards[0]!));
      expect(probability).toBe(1);
      expect((meanHours * 2 * lambda * lambda) / (3 * lambda + 0.25)).toBeCloseTo(1, 12);
    }
  });

  it('a race: probability by rates, infinite mean when the target can be missed', () => {
    const { chain } = namedChain({
      states: ['start', 'target', 'elsewhere'],
      start: { start: 1 },
      transitions: [
        { from: 'start', to: 'target', rate: 1 },
        { from: 'start', to: 'elsewhere', rate: 3 },
      ],
      rewards: {},
    });
    const passage = firstPassage(chain, Uint8Array.of(0, 1, 0));
    expect(passage.probability).toBeCloseTo(0.25, 15);
    expect(passage.meanHours).toBe(Number.POSITIVE_INFINITY);
    expect(passage.hoursInState[0]).toBeCloseTo(0.25, 15);
  });
});

describe('law: Poisson windows', () => {
  it.each([0, 1e-9, 0.5, 7, 1e3, 1e7])('mean %d: sums to 1, right mean and tail', (mean) => {
    const { left, weight, tail } = poissonWindow(mean);
    expect(weight.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 13);
    const first = weight.reduce((sum, w, k) => sum + w * (left + k), 0);
    expect(Math.abs(first - mean)).toBeLessThanOrEqual(1e-9 * (1 + mean));
    expect(tail[0]! + weight[0]!).toBeCloseTo(1, 13);
  });
});
