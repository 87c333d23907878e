import { type Law, logGamma } from '../../src/model/law.ts';

/** Regularised lower incomplete gamma function P(a, x), by its series; good to 1e-12 for the arguments of tests. */
export function gammaP(a: number, x: number): number {
  if (x <= 0) return 0;
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return Math.min(1, sum * Math.exp(a * Math.log(x) - x - logGamma(a)));
}

export function normalCdf(z: number): number {
  const half = gammaP(0.5, (z * z) / 2) / 2;
  return z < 0 ? 0.5 - half : 0.5 + half;
}

/** P(T ≤ t), t in seconds, of the laws that have a density. */
export function cdf(law: Law, t: number): number {
  switch (law.kind) {
    case 'exponential':
      return -Math.expm1(-t / law.mean);
    case 'uniform':
    case 'probe':
      return clamp((t - law.low) / (law.high - law.low));
    case 'triangular': {
      const span = law.high - law.low;
      if (t < law.mode) return clamp(Math.max(0, t - law.low) ** 2 / (span * (law.mode - law.low)));
      return 1 - clamp(Math.max(0, law.high - t) ** 2 / (span * (law.high - law.mode)));
    }
    case 'weibull':
      return -Math.expm1(-((Math.max(0, t) / law.scale) ** law.shape));
    case 'gamma':
      return gammaP(law.shape, t / law.scale);
    case 'lognormal':
      return t <= 0 ? 0 : normalCdf((Math.log(t) - law.mu) / law.sigma);
    case 'shifted':
      return cdf(law.law, t - law.offset);
    case 'calendar':
      return clamp(t / law.period);
    default:
      throw new Error(`no density: ${law.kind}`);
  }
}

function clamp(p: number): number {
  return Math.min(1, Math.max(0, p));
}

/** Kolmogorov–Smirnov statistic √n · sup |F_n − F| of a sample. */
export function kolmogorovSmirnov(sample: Float64Array, distribution: (x: number) => number): number {
  const sorted = sample.slice().sort();
  let largest = 0;
  for (let i = 0; i < sorted.length; i++) {
    const p = distribution(sorted[i]!);
    largest = Math.max(largest, p - i / sorted.length, (i + 1) / sorted.length - p);
  }
  return largest * Math.sqrt(sorted.length);
}
