import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aligned, Sampler } from '../../src/kernel/sampler.ts';
import { rootKey, Streams, streamKey } from '../../src/kernel/streams.ts';
import { exponential, gamma, normal } from '../../src/kernel/variates.ts';
import { type Law, mean, moment } from '../../src/model/law.ts';
import { cdf, gammaP, kolmogorovSmirnov, normalCdf } from './distributions.ts';

const DRAWS = 200_000;
/** Two-sided bound of √n · sup |F_n − F|, exceeded once in 10 000. */
const KS_BOUND = 2.22;

function streamsOf(seed: string): Streams {
  return new Streams(streamKey('element', 'purpose'), rootKey(seed));
}

/** Draws of `law` in seconds; the clock walks so that calendars see every phase. */
function sampleOf(law: Law): Float64Array {
  const sampler = new Sampler([law], streamsOf('sampler'));
  return Float64Array.from({ length: DRAWS }, (_, i) => sampler.draw(0, 0, i * 7_919_333) / 1e6);
}

const CONTINUOUS: readonly Law[] = [
  { kind: 'exponential', mean: 50 },
  { kind: 'uniform', low: 2, high: 10 },
  { kind: 'probe', low: 20, high: 30 },
  { kind: 'triangular', low: 1, mode: 2, high: 7 },
  { kind: 'triangular', low: 1, mode: 1, high: 7 },
  { kind: 'triangular', low: 1, mode: 7, high: 7 },
  { kind: 'weibull', scale: 40, shape: 0.7 },
  { kind: 'weibull', scale: 40, shape: 3 },
  { kind: 'gamma', shape: 0.4, scale: 30 },
  { kind: 'gamma', shape: 1, scale: 30 },
  { kind: 'gamma', shape: 3, scale: 30 },
  { kind: 'gamma', shape: 4, scale: 30 },
  { kind: 'gamma', shape: 2.5, scale: 30 },
  { kind: 'gamma', shape: 60, scale: 1 },
  { kind: 'lognormal', mu: 3, sigma: 0.5 },
  { kind: 'lognormal', mu: 0, sigma: 1 },
  { kind: 'shifted', offset: 12, law: { kind: 'exponential', mean: 5 } },
  { kind: 'shifted', offset: 12, law: { kind: 'lognormal', mu: 1, sigma: 0.8 } },
  { kind: 'shifted', offset: 12, law: { kind: 'uniform', low: 3, high: 5 } },
  { kind: 'shifted', offset: 12, law: { kind: 'triangular', low: 0, mode: 1, high: 2 } },
  { kind: 'shifted', offset: 2, law: { kind: 'shifted', offset: 3, law: { kind: 'weibull', scale: 9, shape: 2 } } },
  { kind: 'calendar', period: 3600, phase: 120 },
];
const EMPIRICAL: Law = { kind: 'empirical', values: [3, 1, 4, 1, 5, 9, 2, 6] };

describe.each([...CONTINUOUS, EMPIRICAL].map((law) => [JSON.stringify(law), law] as const))(
  'law: draws of %s',
  (_text, law) => {
    const sample = sampleOf(law);
    const expectedMean = mean(law);
    /** Central moments from the raw ones. */
    const variance = moment(law, 2) - expectedMean ** 2;
    const fourth =
      moment(law, 4) -
      4 * expectedMean * moment(law, 3) +
      6 * expectedMean ** 2 * moment(law, 2) -
      3 * expectedMean ** 4;

    it('have the mean within 4 standard errors', () => {
      const average = sample.reduce((sum, x) => sum + x, 0) / DRAWS;
      expect(Math.abs(average - expectedMean)).toBeLessThan(4 * Math.sqrt(variance / DRAWS));
    });

    it('have the variance within 4 standard errors', () => {
      const spread = sample.reduce((sum, x) => sum + (x - expectedMean) ** 2, 0) / DRAWS;
      expect(Math.abs(spread - variance)).toBeLessThan(4 * Math.sqrt((fourth - variance ** 2) / DRAWS));
    });

    it('are whole microseconds', () => {
      for (const seconds of sample.subarray(0, 2000))
        expect(Math.abs(seconds * 1e6 - Math.round(seconds * 1e6))).toBeLessThan(1e-3);
    });
  },
);

describe.each(CONTINUOUS.map((law) => [JSON.stringify(law), law] as const))('law: Kolmogorov–Smirnov', (text, law) => {
  it(text, () => expect(kolmogorovSmirnov(sampleOf(law), (t) => cdf(law, t))).toBeLessThan(KS_BOUND));
});

describe('law: standard variates', () => {
  const streams = streamsOf('variates');
  const sample = (draw: () => number): Float64Array => Float64Array.from({ length: 1_000_000 }, draw);

  it('exponential, body and tail', () => {
    const draws = sample(() => exponential(streams, 0));
    expect(kolmogorovSmirnov(draws, (x) => -Math.expm1(-x))).toBeLessThan(KS_BOUND);
    // Beyond the last layer the variate starts over: what remains is exponential again.
    const tail = draws.filter((x) => x > 7.6971).map((x) => x - 7.6971);
    expect(Math.abs(tail.length - 1e6 * Math.exp(-7.6971))).toBeLessThan(4 * Math.sqrt(1e6 * Math.exp(-7.6971)));
    expect(kolmogorovSmirnov(tail, (x) => -Math.expm1(-x))).toBeLessThan(KS_BOUND);
  });

  it('normal, body and both signs', () => {
    expect(
      kolmogorovSmirnov(
        sample(() => normal(streams, 0)),
        normalCdf,
      ),
    ).toBeLessThan(KS_BOUND);
  });

  it('normal, beyond the last layer', () => {
    const edge = 3.6541528853610088;
    const draws = 20_000_000;
    let count = 0;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < draws; i++) {
      const excess = Math.abs(normal(streams, 0)) - edge;
      if (excess <= 0) continue;
      count++;
      sum += excess;
      squares += excess * excess;
    }
    const expected = 2 * draws * (1 - normalCdf(edge));
    expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected));
    // The mean of a normal beyond the edge is φ(edge) / (1 − Φ(edge)).
    const density = Math.exp(-(edge ** 2) / 2) / Math.sqrt(2 * Math.PI);
    const mean = density / (1 - normalCdf(edge)) - edge;
    const error = Math.sqrt(squares / count - (sum / count) ** 2) / Math.sqrt(count);
    expect(Math.abs(sum / count - mean)).toBeLessThan(4 * error);
  });

  it('gamma', () => {
    const draws = sample(() => gamma(streams, 0, 1.3));
    expect(kolmogorovSmirnov(draws, (x) => gammaP(1.3, x))).toBeLessThan(KS_BOUND);
  });
});

describe('law: common random numbers', () => {
  /** Draws of `law` and of `scaled` from equal streams. */
  const pairs = (law: Law, scaled: Law): [number, number][] => {
    const one = new Sampler([law], streamsOf('common'));
    const other = new Sampler([scaled], streamsOf('common'));
    return Array.from({ length: 3000 }, () => [one.draw(0, 0, 0), other.draw(0, 0, 0)]);
  };
  const tripled: readonly [Law, Law][] = [
    [
      { kind: 'exponential', mean: 7 },
      { kind: 'exponential', mean: 21 },
    ],
    [
      { kind: 'weibull', scale: 7, shape: 1.4 },
      { kind: 'weibull', scale: 21, shape: 1.4 },
    ],
    [
      { kind: 'gamma', shape: 2.4, scale: 7 },
      { kind: 'gamma', shape: 2.4, scale: 21 },
    ],
    [
      { kind: 'gamma', shape: 0.6, scale: 7 },
      { kind: 'gamma', shape: 0.6, scale: 21 },
    ],
    [
      { kind: 'lognormal', mu: 1, sigma: 0.7 },
      { kind: 'lognormal', mu: 1 + Math.log(3), sigma: 0.7 },
    ],
  ];

  it.each(tripled)('tripling the scale of %o triples every draw', (law, scaled) => {
    for (const [one, other] of pairs(law, scaled))
      expect(Math.abs(other - 3 * one)).toBeLessThanOrEqual(2 + 1e-9 * one);
  });

  it('more spread takes a lognormal further from its median, never to the other side', () => {
    const median = 1e6;
    for (const [one, other] of pairs(
      { kind: 'lognormal', mu: 0, sigma: 0.4 },
      { kind: 'lognormal', mu: 0, sigma: 0.8 },
    )) {
      expect(Math.abs(other / median - (one / median) ** 2)).toBeLessThan(1e-4 * Math.max(1, other / median));
    }
  });
});

describe('law: uniform ends', () => {
  it('every microsecond of (low, high] comes, low never', () => {
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom('uniform', 'probe'),
        (low, width, kind) => {
          const law = { kind, low: low / 1e6, high: (low + width) / 1e6 } as Law;
          const sampler = new Sampler([law], streamsOf(`${low} ${width}`));
          const seen = new Set(Array.from({ length: 400 }, () => sampler.draw(0, 0, 0)));
          expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: width }, (_, i) => low + i + 1));
        },
      ),
      { seed: 3, numRuns: 50 },
    );
  });
});

describe('law: calendars', () => {
  it('a draw and a scripted wait both end on the grid, after now and within one period', () => {
    const whole = fc.integer({ min: 1, max: 1e9 });
    fc.assert(
      fc.property(whole, fc.nat(1e9), fc.nat(1e12), (period, phase, now) => {
        const law: Law = { kind: 'calendar', period: period / 1e6, phase: phase / 1e6 };
        const wait = new Sampler([law], streamsOf('calendar')).draw(0, 0, now);
        expect(aligned(law, now)).toBe(wait);
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(period);
        expect(Math.abs((now + wait - phase) % period)).toBe(0);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
