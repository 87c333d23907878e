import { weightedPoissonInterval } from './poisson.ts';

/** How far the limits of a sum lie below and above its value. */
export interface Margins {
  readonly below: number;
  readonly above: number;
}

/** The contributions of one sign, as amounts > 0; `endPoint` is the largest plausible one. */
export interface Part {
  readonly total: number;
  readonly sumOfSquares: number;
  readonly endPoint: number;
}

/**
 * Limits of a sum of signed contributions of which most may be zero: the positive and the negative parts get gamma limits
 * of their own, joined by the method of variance estimates recovery. Many contributions give the normal interval,
 * contributions of one sign those of `weightedPoissonInterval` (with an allowance for an unseen one of the other sign).
 *
 * @param varianceScale variance of the sum over Σ contribution²
 * @see Zou & Donner, Statistics in Medicine 27 (2008) 1693.
 */
export function signedSumMargins(positive: Part, negative: Part, varianceScale: number, confidence: number): Margins {
  const up = partMargins(positive, varianceScale, confidence);
  const down = partMargins(negative, varianceScale, confidence);
  return { below: Math.hypot(up.below, down.above), above: Math.hypot(up.above, down.below) };
}

function partMargins(part: Part, varianceScale: number, confidence: number): Margins {
  const { lo, hi } = weightedPoissonInterval(part.total, varianceScale * part.sumOfSquares, part.endPoint, confidence);
  return { below: part.total - lo, above: hi - part.total };
}
