import { describe, expect, it } from 'vitest';
import { aligned, Sampler } from '../../src/kernel/sampler.ts';
import { rootKey, Streams, streamKey } from '../../src/kernel/streams.ts';
import type { Law } from '../../src/model/law.ts';

function samplerOf(...laws: Law[]): Sampler {
  return new Sampler(laws, new Streams(streamKey('element', 'purpose'), rootKey('carriergrade')));
}

describe('Sampler', () => {
  it('a constant is rounded once, its offset included', () => {
    expect(samplerOf({ kind: 'deterministic', value: 1.0000004 }).draw(0, 0, 0)).toBe(1_000_000);
    const shifted: Law = { kind: 'shifted', offset: 0.0000003, law: { kind: 'deterministic', value: 1.0000003 } };
    expect(samplerOf(shifted).draw(0, 0, 0)).toBe(1_000_001);
  });

  it('never is Infinity, also when it is shifted', () => {
    const never: Law = { kind: 'never' };
    const sampler = samplerOf(never, { kind: 'shifted', offset: 3, law: never });
    expect([sampler.draw(0, 0, 0), sampler.draw(1, 0, 0)]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it('a uniform law of no width is its one value', () => {
    expect(samplerOf({ kind: 'probe', low: 4, high: 4 }).draw(0, 0, 0)).toBe(4_000_000);
  });

  it('a triangular law of no width is its one value', () => {
    expect(samplerOf({ kind: 'triangular', low: 4, mode: 4, high: 4 }).draw(0, 0, 0)).toBe(4_000_000);
  });

  it('an empirical law draws each of its values, and only these', () => {
    const sampler = samplerOf({ kind: 'empirical', values: [9] }, { kind: 'empirical', values: [2.5, 7, 1] });
    const seen = new Set(Array.from({ length: 100 }, () => sampler.draw(1, 0, 0)));
    expect([...seen].sort((a, b) => a - b)).toEqual([1_000_000, 2_500_000, 7_000_000]);
    expect(sampler.draw(0, 0, 0)).toBe(9_000_000);
  });

  it('takes an empirical law of many values', () => {
    const values = Array.from({ length: 300_000 }, (_, i) => i);
    expect(samplerOf({ kind: 'empirical', values }).draw(0, 0, 0)).toBeLessThan(300_000 * 1e6);
  });

  it('a calendar without a period is rejected', () => {
    expect(() => samplerOf({ kind: 'calendar', period: 1e-7, phase: 0 })).toThrow(
      'at least one microsecond, not 1e-7 s',
    );
  });

  it('on the grid the next instant of a calendar is a whole period away', () => {
    const law: Law = { kind: 'calendar', period: 10, phase: 3 };
    expect([3e6, 13e6, 12_999_999, 0].map((now) => samplerOf(law).draw(0, 0, now))).toEqual([10e6, 10e6, 1, 3e6]);
  });

  // Non-regression: pinned so that every machine and every version gives the same numbers.
  it('first draws of each law', () => {
    const laws: Record<string, Law> = {
      exponential: { kind: 'exponential', mean: 3600 },
      lognormal: { kind: 'lognormal', mu: 1, sigma: 0.5 },
      weibull: { kind: 'weibull', scale: 100, shape: 1.5 },
      uniform: { kind: 'uniform', low: 1, high: 3 },
      triangular: { kind: 'triangular', low: 1, mode: 2, high: 4 },
      erlang: { kind: 'gamma', shape: 3, scale: 10 },
      gamma: { kind: 'gamma', shape: 2.5, scale: 10 },
      steep: { kind: 'gamma', shape: 0.5, scale: 10 },
    };
    const first = Object.entries(laws).map(([name, law]) => {
      const sampler = samplerOf(law);
      return `${name} ${sampler.draw(0, 0, 0)} ${sampler.draw(0, 0, 0)} ${sampler.draw(0, 0, 0)}`;
    });
    expect(first).toMatchInlineSnapshot(`
      [
        "exponential 1559336088 662791917 8407178576",
        "lognormal 2200387 3174846 1266479",
        "weibull 57247714 32363077 176021283",
        "uniform 2399432 1966841 1749333",
        "triangular 1949133 2296908 2500668",
        "erlang 29525852 53435983 32410681",
        "gamma 16020864 6063102 24334647",
        "steep 71842 1044 316015",
      ]
    `);
  });
});

describe('aligned', () => {
  it.each<[Law, number]>([
    [{ kind: 'deterministic', value: 2.5 }, 2_500_000],
    [{ kind: 'probe', low: 2, high: 4 }, 4_000_000],
    [{ kind: 'uniform', low: 2, high: 4 }, 3_000_000],
    [{ kind: 'exponential', mean: 60 }, 60_000_000],
    [{ kind: 'triangular', low: 1, mode: 2, high: 6 }, 3_000_000],
    [{ kind: 'gamma', shape: 2, scale: 5 }, 10_000_000],
    [{ kind: 'empirical', values: [1, 2, 6] }, 3_000_000],
    [{ kind: 'calendar', period: 10, phase: 0 }, 3_000_000],
    [{ kind: 'never' }, Number.POSITIVE_INFINITY],
    [{ kind: 'shifted', offset: 1, law: { kind: 'probe', low: 2, high: 4 } }, 5_000_000],
    [{ kind: 'shifted', offset: 1, law: { kind: 'calendar', period: 10, phase: 0 } }, 4_000_000],
    [{ kind: 'shifted', offset: 1, law: { kind: 'never' } }, Number.POSITIVE_INFINITY],
  ])('%o at 7 s waits %d µs', (law, wait) => {
    expect(aligned(law, 7_000_000)).toBe(wait);
  });

  it('is whole', () => {
    expect(aligned({ kind: 'lognormal', mu: 0, sigma: 0.5 }, 0)).toBe(Math.round(Math.exp(0.125) * 1e6));
  });
});
