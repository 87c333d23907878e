import { describe, expect, it } from 'vitest';
import { hazardOf } from '../../src/measures/statistics/hazard.ts';
import { type Law, lognormalOfMean, weibullOfMean } from '../../src/model/law.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import {
  any,
  element,
  exponential,
  HOUR,
  mode,
  policy,
  repair,
  scenario,
  service,
  YEAR,
} from '../core/support/build.ts';
import { cyclesOf, deviation, measured } from '../core/support/cycles.ts';
import { simulate } from '../core/support/histories.ts';

const LIFE = 1000 * HOUR;

function units(failure: Law, law: Law, count: number, crews?: number): Scenario {
  return scenario({
    repair: { crew: policy(crews === undefined ? {} : { crews }) },
    elements: { unit: element([mode(failure, repair(law))], { count }) },
    services: { up: service(any('unit')) },
  });
}

const cyclesTo = (of: Scenario, precision = 0.05) => cyclesOf(of, { seed: 'ageing', precision });

describe('reference: failures that age, by cycles (methods 7.5)', () => {
  const lognormal = lognormalOfMean(4 * HOUR, 1);
  const pair = (4 / 1004) ** 2;
  const cases: readonly (readonly [string, Law, number, number])[] = [
    ['Weibull of shape 2', weibullOfMean(LIFE, 2), 2, pair],
    ['Weibull of shape 0.7', weibullOfMean(LIFE, 0.7), 2, pair],
    ['Weibull of shape 3', weibullOfMean(LIFE, 3), 2, pair],
    ['Erlang of 4 stages', { kind: 'gamma', shape: 4, scale: LIFE / 4 }, 2, pair],
    ['lognormal, cv 0.5', lognormalOfMean(LIFE, 0.5), 2, pair],
    ['gamma of shape 2.5', { kind: 'gamma', shape: 2.5, scale: LIFE / 2.5 }, 2, pair],
    ['uniform from 0', { kind: 'uniform', low: 0, high: 2 * LIFE }, 2, pair],
    ['uniform between two ages', { kind: 'uniform', low: 0.6 * LIFE, high: 1.4 * LIFE }, 2, pair],
    ['triangular', { kind: 'triangular', low: 0.2 * LIFE, mode: 0.8 * LIFE, high: 2 * LIFE }, 2, pair],
    [
      'exponential after a time without faults',
      { kind: 'shifted', offset: LIFE / 2, law: exponential(LIFE / 2) },
      2,
      pair,
    ],
  ];
  it.each(cases)('%s: insensitive where repairs are independent', async (_name, law, count, exact) => {
    const cycles = await cyclesTo(units(law, lognormal, count));
    expect(cycles.stop).toBe('precision');
    expect(Math.abs(deviation(cycles, exact))).toBeLessThan(3.5);
  });

  it('three units of shape 3: a history long enough for them', async () => {
    const cycles = await cyclesTo(units(weibullOfMean(LIFE, 3), lognormal, 3));
    expect(cycles.stop).toBe('precision');
    expect(cycles.gates.map(({ verdict }) => verdict)).not.toContain('red');
    expect(Math.abs(deviation(cycles, (4 / 1004) ** 3))).toBeLessThan(3.5);
  });

  it('to ±1 %, which the shortest history does not tell', async () => {
    const cycles = await cyclesTo(units(weibullOfMean(LIFE, 3), lognormal, 2), 0.01);
    expect(cycles.stop).toBe('precision');
    expect(cycles.growth).toBeGreaterThan(1);
    expect(Math.abs(deviation(cycles, pair))).toBeLessThan(3.5);
  });

  it('repairs so long that many a unit reaches the end of its law meanwhile', async () => {
    const law: Law = { kind: 'uniform', low: 0.6 * LIFE, high: 1.4 * LIFE };
    const cycles = await cyclesTo(units(law, lognormalOfMean(60 * HOUR, 1), 2));
    expect(cycles.stop).toBe('precision');
    expect(Math.abs(deviation(cycles, (60 / 1060) ** 2))).toBeLessThan(3.5);
  });

  it('uniform lives and one crew: as natural histories say', async () => {
    const law: Law = { kind: 'uniform', low: 0, high: 200 * HOUR };
    const of = units(law, exponential(4 * HOUR), 2, 1);
    const cycles = await cyclesTo(of);
    const { mean, error } = simulate(of, { seed: 'uniform', years: 50, histories: 100, warmUp: YEAR }).unavailability();
    const own = measured(cycles);
    expect(cycles.stop).toBe('precision');
    expect(error / mean).toBeLessThan(0.02);
    expect(Math.abs(own.value - mean) / Math.hypot(error, own.error)).toBeLessThan(3.5);
  });

  it('Erlang of 2 stages and one crew: the chain of stages', async () => {
    const cycles = await cyclesTo(units({ kind: 'gamma', shape: 2, scale: LIFE / 2 }, exponential(4 * HOUR), 2, 1));
    expect(cycles.stop).toBe('precision');
    expect(Math.abs(deviation(cycles, stagesWithOneCrew(2 / 1000, 1 / 4)))).toBeLessThan(3.5);
  });
});

/**
 * Two units of two stages (rate a per hour each), one crew (rate b): the share of time with both down. States: stages passed
 * by the units that work, 00 01 11 (both work), 0 1 (one works), none.
 */
function stagesWithOneCrew(a: number, b: number): number {
  const flows: readonly (readonly [number, number, number])[] = [
    [0, 1, 2 * a],
    [1, 2, a],
    [1, 3, a],
    [2, 4, 2 * a],
    [3, 4, a],
    [4, 5, a],
    [3, 0, b],
    [4, 1, b],
    [5, 3, b],
  ];
  let p: number[] = [1, 0, 0, 0, 0, 0];
  for (let round = 0; round < 400_000; round++) {
    const next = [...p];
    for (const [from, to, rate] of flows) {
      next[from]! -= p[from]! * rate;
      next[to]! += p[from]! * rate;
    }
    p = next;
  }
  return p[5]!;
}

describe('law: hazards', () => {
  const laws: readonly (readonly [string, Law])[] = [
    ['Weibull', { kind: 'weibull', scale: 100, shape: 1.7 }],
    ['Erlang', { kind: 'gamma', scale: 30, shape: 3 }],
    ['lognormal', { kind: 'lognormal', mu: 4, sigma: 0.8 }],
    ['gamma', { kind: 'gamma', scale: 30, shape: 2.3 }],
    ['uniform', { kind: 'uniform', low: 1, high: 310 }],
    ['triangular', { kind: 'triangular', low: 0, mode: 50, high: 310 }],
    ['triangular up to its mode', { kind: 'triangular', low: 0, mode: 310, high: 310 }],
    ['exponential after a time', { kind: 'shifted', offset: 1, law: { kind: 'exponential', mean: 50 } }],
  ];
  it.each(laws)('%s: what has gathered is the integral of the rate', (_name, law) => {
    const { rate, gathered } = hazardOf(law)!;
    for (const [from, to] of [
      [1, 40],
      [40, 300],
    ] as const) {
      let sum = 0;
      const steps = 20_000;
      // Midpoints: a kink in the rate falls between two of them.
      for (let i = 0; i < steps; i++) sum += (rate(from + ((i + 0.5) * (to - from)) / steps) * (to - from)) / steps;
      expect(sum / (gathered(to) - gathered(from))).toBeCloseTo(1, 5);
    }
  });

  it('what lives to the end of a bounded law fails there', () => {
    const { rate, gathered } = hazardOf({ kind: 'uniform', low: 100, high: 200 })!;
    expect(rate(99)).toBe(0);
    expect(rate(150)).toBeCloseTo(1 / 50, 12);
    expect(Math.exp(-gathered(150))).toBeCloseTo(0.5, 12);
    expect(Math.exp(-gathered(200))).toBeLessThan(1e-8);
    expect(gathered(300)).toBe(gathered(200));
    expect(rate(200)).toBe(0);
  });

  it('there is none for what fails at fixed ages or instants', () => {
    const constant: Law = { kind: 'deterministic', value: 1 };
    expect(hazardOf(constant)).toBeUndefined();
    expect(hazardOf({ kind: 'shifted', offset: 1, law: constant })).toBeUndefined();
    expect(hazardOf({ kind: 'calendar', period: 10, phase: 0 })).toBeUndefined();
    expect(hazardOf({ kind: 'empirical', values: [1, 2] })).toBeUndefined();
  });
});
