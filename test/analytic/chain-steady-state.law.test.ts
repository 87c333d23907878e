import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainClasses } from '../../src/analytic/chain/classes.ts';
import { firstPassage } from '../../src/analytic/chain/first-passage.ts';
import { bandOf, denseRates, gthBanded, gthDense } from '../../src/analytic/chain/gth.ts';
import { iterativeSteadyState } from '../../src/analytic/chain/iterative.ts';
import { lump } from '../../src/analytic/chain/lumping.ts';
import { availabilityFigures, expectedReward, statesWithReward } from '../../src/analytic/chain/measures.ts';
import { namedChain } from '../../src/analytic/chain/named.ts';
import { RowBuilder } from '../../src/analytic/chain/rows.ts';
import { groupChain } from '../../src/analytic/chain/schemes/group.ts';
import { rateSensitivities } from '../../src/analytic/chain/sensitivity.ts';
import { steadyState } from '../../src/analytic/chain/steady-state.ts';
import { transientRewards } from '../../src/analytic/chain/transient.ts';
import { analyseStructure } from '../../src/analytic/structure/analyse.ts';
import type { Chain } from '../../src/model/chain.ts';

const RUNS = { seed: 20_260_101, numRuns: 60 };

/** A random irreducible chain: a ring through all states plus random transitions, rates over ten decades. */
const irreducible = (largest: number): fc.Arbitrary<Chain> =>
  fc.integer({ min: 2, max: largest }).chain((n) => {
    const rate = fc.double({ min: -6, max: 4, noNaN: true }).map((x) => 10 ** x);
    const state = fc.nat(n - 1);
    return fc
      .tuple(
        fc.array(rate, { minLength: n, maxLength: n }),
        fc.array(fc.tuple(state, state, rate), { maxLength: 4 * n }),
      )
      .map(([ring, extra]) => {
        const rows = new RowBuilder();
        for (let i = 0; i < n; i++) {
          rows.add((i + 1) % n, ring[i]!);
          for (const [from, to, r] of extra) if (from === i) rows.add(to, r);
          rows.endRow();
        }
        return {
          ...rows.finish(),
          initial: { state: Int32Array.of(0), probability: Float64Array.of(1) },
          rewards: [Float64Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 1 : 0))],
        };
      });
  });

describe('law: steady state of random stiff chains', () => {
  it('the iterative solver agrees with elimination in every state, to the error it claims', () => {
    let tried = 0;
    let converged = 0;
    fc.assert(
      fc.property(irreducible(60), (chain) => {
        const exact = gthDense(denseRates(chain), chain.states);
        for (const groups of [8, 128]) {
          const solved = iterativeSteadyState(chain, { groups, maximumSweeps: 8000 });
          tried++;
          if (!solved.converged) continue;
          converged++;
          for (let i = 0; i < chain.states; i++) {
            expect(Math.abs(solved.probability[i]! / exact[i]! - 1)).toBeLessThanOrEqual(
              2 * solved.relativeError + 1e-12,
            );
          }
        }
      }),
      RUNS,
    );
    expect(converged / tried).toBeGreaterThan(0.9);
  });

  it('flow into each state equals flow out of it', () => {
    fc.assert(
      fc.property(irreducible(40), (chain) => {
        const { probability } = steadyState(chain);
        const balance = new Float64Array(chain.states);
        const flow = new Float64Array(chain.states);
        for (let i = 0; i < chain.states; i++) {
          for (let k = chain.offset[i]!; k < chain.offset[i + 1]!; k++) {
            const f = probability[i]! * chain.rate[k]!;
            balance[i]! -= f;
            balance[chain.to[k]!]! += f;
            flow[i]! += f;
          }
        }
        balance.forEach((b, i) => {
          expect(Math.abs(b)).toBeLessThanOrEqual(1e-12 * flow[i]!);
        });
      }),
      RUNS,
    );
  });

  it('the time average over a long horizon tends to the steady state', () => {
    fc.assert(
      fc.property(irreducible(8), (chain) => {
        const g = expectedReward(steadyState(chain).probability, chain.rewards[0]!);
        const late = transientRewards(chain, [1e9]).points[0]!.instant[0]!;
        expect(Math.abs(late - g)).toBeLessThanOrEqual(1e-9);
      }),
      RUNS,
    );
  });

  it('sensitivities are the derivatives: against a finite difference and by scaling all rates', () => {
    fc.assert(
      fc.property(irreducible(12), fc.nat(), (chain, pick) => {
        const reward = chain.rewards[0]!;
        const { probability } = steadyState(chain);
        const sensitivity = rateSensitivities(chain, probability, reward);
        const scale = Math.max(...sensitivity.map((s, k) => Math.abs(s * chain.rate[k]!)), 1e-300);
        // Scaling time changes no long-run share: Σ q ∂g/∂q = 0.
        const total = sensitivity.reduce((sum, s, k) => sum + s * chain.rate[k]!, 0);
        expect(Math.abs(total)).toBeLessThanOrEqual(1e-9 * scale);

        const k = pick % chain.rate.length;
        const g = (factor: number): number => {
          const rate = chain.rate.slice();
          rate[k]! *= factor;
          return expectedReward(steadyState({ ...chain, rate }).probability, reward);
        };
        const difference = (g(1 + 1e-4) - g(1 - 1e-4)) / 2e-4;
        expect(Math.abs(difference - sensitivity[k]! * chain.rate[k]!)).toBeLessThanOrEqual(1e-7 * scale + 1e-11);
      }),
      RUNS,
    );
  });
});

describe('law: lumping', () => {
  it('two copies of a chain side by side lump back to the multiset and keep the rewards', () => {
    fc.assert(
      fc.property(irreducible(6), (half) => {
        const n = half.states;
        const rows = new RowBuilder();
        for (let a = 0; a < n; a++) {
          for (let b = 0; b < n; b++) {
            for (let k = half.offset[a]!; k < half.offset[a + 1]!; k++) rows.add(half.to[k]! * n + b, half.rate[k]!);
            for (let k = half.offset[b]!; k < half.offset[b + 1]!; k++) rows.add(a * n + half.to[k]!, half.rate[k]!);
            rows.endRow();
          }
        }
        const reward = Float64Array.from(
          { length: n * n },
          (_, s) => half.rewards[0]![Math.floor(s / n)]! * half.rewards[0]![s % n]!,
        );
        const both: Chain = { ...rows.finish(), initial: half.initial, rewards: [reward] };
        const { chain: lumped } = lump(both);
        expect(lumped.states).toBeLessThanOrEqual((n * (n + 1)) / 2);
        const single = expectedReward(steadyState(half).probability, half.rewards[0]!);
        const whole = expectedReward(steadyState(lumped).probability, lumped.rewards[0]!);
        expect(whole / (single * single)).toBeCloseTo(1, 9);
      }),
      RUNS,
    );
  });

  it('keeps states apart that differ only in a rate of the least weight', () => {
    const { chain } = namedChain({
      states: ['a', 'b', 'c'],
      start: { a: 1 },
      transitions: [
        { from: 'a', to: 'c', rate: 1e-9 },
        { from: 'b', to: 'c', rate: 2e-9 },
        { from: 'c', to: 'a', rate: 1e3 },
        { from: 'c', to: 'b', rate: 1e3 },
      ],
      rewards: { c: { c: 1 } },
    });
    expect(lump(chain).chain.states).toBe(3);
  });
});

describe('several closed classes', () => {
  const { chain } = namedChain({
    states: ['start', 'a', 'b', 'c', 'unreachable'],
    start: { start: 0.8, c: 0.2 },
    transitions: [
      { from: 'start', to: 'a', rate: 3 },
      { from: 'start', to: 'c', rate: 1 },
      { from: 'a', to: 'b', rate: 1 },
      { from: 'b', to: 'a', rate: 2 },
      { from: 'unreachable', to: 'a', rate: 1 },
    ],
    rewards: {},
  });

  it('finds them', () => {
    const { classOf, classes, recurrent } = chainClasses(chain);
    expect(classes).toBe(3);
    expect(classOf[4]).toBe(-1);
    expect(classOf[1]).toBe(classOf[2]);
    expect([recurrent[classOf[0]!], recurrent[classOf[1]!], recurrent[classOf[3]!]]).toEqual([0, 1, 1]);
  });

  it('weighs them by where the chain ends', () => {
    const { probability } = steadyState(chain);
    const expected = [0, (0.6 * 2) / 3, 0.6 / 3, 0.2 + 0.2, 0];
    probability.forEach((p, i) => {
      expect(p).toBeCloseTo(expected[i]!, 14);
    });
  });
});

describe('law: elimination within a band', () => {
  it('agrees with the dense one in every state, however stiff', () => {
    fc.assert(
      fc.property(irreducible(60), (chain) => {
        const exact = gthDense(denseRates(chain), chain.states);
        gthBanded(chain, bandOf(chain)).forEach((p, i) => {
          expect(Math.abs(p / exact[i]! - 1)).toBeLessThan(1e-13);
        });
      }),
      RUNS,
    );
  });

  it.each([
    [10_000, 9_990, 1e-4, 0.1],
    [3_000, 1_500, 1, 1],
    [100_000, 99_800, 1e-5, 0.01],
  ])('k-of-n of %i units, %i needed, a crew for each: the chain is the binomial law', (units, required, λ, μ) => {
    const chain = groupChain({ units, required, failureRate: λ, repairRate: μ, crews: units });
    const { probability, method } = steadyState(chain);
    expect(method).toBe('gth');
    const blocks = Array.from({ length: units }, (_, i) => ({ name: `u${i}`, unavailability: λ / (λ + μ) }));
    const gate = { kind: 'atleast', minimum: units - required + 1, inputs: blocks.map((_, i) => i) } as const;
    const { top } = analyseStructure({ blocks, gates: [gate], top: ~0 }, { cutSets: false, importance: false });
    expect(expectedReward(probability, chain.rewards[0]!) / top.unavailability).toBeCloseTo(1, 9);
  });

  it('the first failure of a group of thousands restarts the chain: a pair in closed form, 3 990 of 4 000 by its rate', () => {
    const first = (units: number, required: number): number => {
      const chain = groupChain({ units, required, failureRate: 1e-5, repairRate: 0.1, crews: units });
      return firstPassage(chain, statesWithReward(chain.rewards[0]!)).meanHours;
    };
    // A pair with repair: (3λ + μ)/(2λ²).
    expect((first(2, 1) * 2 * 1e-5 ** 2) / (3e-5 + 0.1)).toBeCloseTo(1, 12);
    // Failures this rare come at the long-run rate, give or take how they cluster.
    const chain = groupChain({ units: 4_000, required: 3_990, failureRate: 1e-5, repairRate: 0.1, crews: 4_000 });
    const { probability } = steadyState(chain);
    const { frequencyPerHour } = availabilityFigures(chain, probability, statesWithReward(chain.rewards[0]!));
    expect(first(4_000, 3_990) * frequencyPerHour).toBeCloseTo(1, 1);
  });

  it('5 000 units that are nearly all down: the start is rarer than any number', () => {
    const chain = groupChain({ units: 5_000, required: 4_999, failureRate: 1, repairRate: 1e-3, crews: 1 });
    const { probability } = steadyState(chain);
    expect(probability.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    // Of the last two states detailed balance says π(n − 1)·λ = π(n)·μ.
    expect(probability[4_999]! / (probability[5_000]! * 1e-3)).toBeCloseTo(1, 12);
  });
});
