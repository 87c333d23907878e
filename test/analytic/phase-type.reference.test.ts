import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectation } from '../../src/analytic/chain/expectation.ts';
import {
  coxianOfThreeMoments,
  phaseTypeMoment,
  phaseTypeOf,
  phaseTypeOfTwoMoments,
} from '../../src/analytic/chain/phase-type.ts';
import { type Law, lognormalOfMean, mean, moment, weibullOfMean } from '../../src/model/law.ts';
import { agreesTo } from './digits.ts';

describe('reference: two-moment fits (methods 7.12)', () => {
  it('cv² = 0.3, mean 4: mixture of Erlang-3 and Erlang-4', () => {
    const fit = phaseTypeOfTwoMoments(4, 0.3);
    expect(fit.phases).toBe(4);
    agreesTo(fit.initial[1]!, '0.43657266766640');
    agreesTo(fit.rate[0]!, '0.89085683308340');
  });

  it('cv² = 9, mean 4: balanced two-phase hyperexponential', () => {
    const fit = phaseTypeOfTwoMoments(4, 9);
    agreesTo(fit.initial[0]!, '0.94721359549996');
    agreesTo(fit.rate[0]!, '0.47360679775');
    agreesTo(fit.rate[1]!, '0.02639320225');
  });
});

describe('law: fits keep the moments they promise', () => {
  it('two moments for any variation', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 50, noNaN: true }), (squaredCv) => {
        const fit = phaseTypeOfTwoMoments(3, squaredCv);
        expect(phaseTypeMoment(fit, 1)).toBeCloseTo(3, 10);
        expect(phaseTypeMoment(fit, 2) / (9 * (1 + squaredCv))).toBeCloseTo(1, 10);
        expect(fit.initial.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('three moments of heavy lognormal laws', () => {
    for (const cv of [1.2, 3, 10]) {
      const law = lognormalOfMean(4 * 3600, cv);
      const fit = phaseTypeOf(law);
      expect(fit.moments).toBe(3);
      for (const k of [1, 2, 3]) expect(phaseTypeMoment(fit, k) / (moment(law, k) / 3600 ** k)).toBeCloseTo(1, 9);
    }
  });

  it('is exact where it can be, and says when it is not', () => {
    expect(phaseTypeOf({ kind: 'exponential', mean: 60 })).toMatchObject({
      phases: 1,
      moments: Number.POSITIVE_INFINITY,
    });
    expect(phaseTypeOf({ kind: 'gamma', shape: 3, scale: 20 })).toMatchObject({
      phases: 3,
      moments: Number.POSITIVE_INFINITY,
    });
    expect(phaseTypeOf({ kind: 'deterministic', value: 60 }, 10)).toMatchObject({ phases: 10, moments: 1 });
    expect(phaseTypeOf({ kind: 'uniform', low: 5, high: 15 })).toMatchObject({ phases: 12, moments: 2 });
    expect(() => phaseTypeOf({ kind: 'never' })).toThrowError(RangeError);
    expect(() => phaseTypeOf({ kind: 'deterministic', value: 0 })).toThrowError(RangeError);
  });

  it('has no Coxian-2 where there is none', () => {
    expect(coxianOfThreeMoments(1, 1.5, 3)).toBeUndefined();
    expect(coxianOfThreeMoments(1, 4, 12)).toBeUndefined();
  });
});

describe('law: expectations agree with the closed moments of every law', () => {
  it.each<[string, Law]>([
    ['deterministic', { kind: 'deterministic', value: 3 }],
    ['exponential', { kind: 'exponential', mean: 3 }],
    ['uniform', { kind: 'uniform', low: 1, high: 5 }],
    ['probe', { kind: 'probe', low: 4, high: 16 }],
    ['calendar', { kind: 'calendar', period: 7, phase: 0 }],
    ['triangular', { kind: 'triangular', low: 1, mode: 2, high: 6 }],
    ['weibull 0.7', weibullOfMean(4, 0.7)],
    ['weibull 3', weibullOfMean(4, 3)],
    ['gamma 0.4', { kind: 'gamma', shape: 0.4, scale: 2 }],
    ['gamma 50', { kind: 'gamma', shape: 50, scale: 0.08 }],
    ['lognormal cv 1', lognormalOfMean(4, 1)],
    ['lognormal cv 3', lognormalOfMean(4, 3)],
    ['empirical', { kind: 'empirical', values: [1, 2, 6] }],
    ['shifted', { kind: 'shifted', offset: 2, law: weibullOfMean(5, 1.5) }],
  ])('%s', (_, law) => {
    expect(expectation(law, () => 1)).toBeCloseTo(1, 13);
    expect(expectation(law, (t) => t) / mean(law)).toBeCloseTo(1, 11);
    expect(expectation(law, (t) => t * t) / moment(law, 2)).toBeCloseTo(1, 10);
  });
});
