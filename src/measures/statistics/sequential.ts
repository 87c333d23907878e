import { tail } from './confidence.ts';

/** Wald's test of a success probability: p₀ (acceptable) against p₁ (not), with both error probabilities. */
export interface ProbabilityTest {
  readonly p0: number;
  readonly p1: number;
  /** Chance of rejecting p₀ when it is true. */
  readonly alpha: number;
  /** Chance of accepting p₀ when p₁ is true. */
  readonly beta: number;
}

/** Bounds of the log-likelihood ratio: reject at or above `upper`, accept at or below `lower`. */
export function sprtBounds(alpha: number, beta: number): { readonly upper: number; readonly lower: number } {
  if (!(alpha > 0 && beta > 0 && alpha + beta < 1)) {
    throw new RangeError(`Error probabilities must be positive and sum to less than 1: ${alpha}, ${beta}`);
  }
  return { upper: Math.log((1 - beta) / alpha), lower: Math.log(beta / (1 - alpha)) };
}

/**
 * State of the sequential probability ratio test after `n` independent trials; may be asked after every trial.
 *
 * @see Wald, Ann. Math. Statist. 16 (1945) 117; methods §5.7, §7.9.
 */
export function sprt(successes: number, n: number, test: ProbabilityTest): 'accept' | 'reject' | 'continue' {
  const { p0, p1 } = test;
  if (!(p0 > 0 && p0 < 1 && p1 > 0 && p1 < 1 && p0 !== p1)) {
    throw new RangeError(`Two different probabilities strictly between 0 and 1 are needed: ${p0}, ${p1}`);
  }
  const { upper, lower } = sprtBounds(test.alpha, test.beta);
  const ratio = successes * Math.log(p1 / p0) + (n - successes) * (Math.log1p(-p1) - Math.log1p(-p0));
  if (ratio >= upper) return 'reject';
  return ratio <= lower ? 'accept' : 'continue';
}

/**
 * Half-width of the asymptotic confidence sequence of a mean: mean ± it holds at all n at once, so it may be watched.
 *
 * @param standardDeviation of the sample, ≥ 0
 * @param n values so far, ≥ 1
 * @param plannedSize number of values at which it should be tightest
 * @see Waudby-Smith et al., Time-uniform central limit theory, Ann. Statist. 52 (2024); methods §5.7, §7.9.
 */
export function confidenceSequence(
  standardDeviation: number,
  n: number,
  plannedSize: number,
  confidence: number,
): number {
  const alpha = 2 * tail(confidence);
  const rho = plannedSize / 10;
  const ratio = (n + rho) / (rho * alpha * alpha);
  return standardDeviation * Math.sqrt(((n + rho) / (n * n)) * Math.log(ratio));
}
