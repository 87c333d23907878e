import { compiled, igam, igamc, igami, incbet, incbi, ndtr, ndtri, stdtri } from 'cephes';
import { logGamma } from '../model/law.ts';

// Loading and compiling takes about 30 ms: import this file, and what needs it, only where results are computed.
await compiled;

/** From this shape on the gamma quantile is a series; cephes' `igami` throws "underflow" at scattered shapes above 3 400. */
const LARGE_SHAPE = 1_000;
/** Below this lower tail the gamma quantile is found here: `igami` throws at some shapes near 2 and loses digits of p in 1 − p. */
const SMALL_TAIL = 1e-3;
/** From these degrees of freedom on the Student quantile is a series; cephes loses digits there (2e-7 at 1e9). */
const LARGE_DEGREES = 100_000;
/** ln of the smallest normal double, rounded up: smaller quantiles are returned as 0. */
const LOG_TINY = -700;

/** Standard normal quantile, 0 < p < 1. Relative error below 1e-15. */
export function normalQuantile(p: number): number {
  requireProbability(p);
  return ndtri(p);
}

/** P(standard normal > x): small ones keep their digits. */
export function normalTail(x: number): number {
  return ndtr(-x);
}

/**
 * Quantile of Student's t with an integer number of degrees of freedom ≥ 1, 0 < p < 1. Relative error below 1e-9.
 *
 * @see Abramowitz & Stegun 26.7.5 for the expansion at many degrees of freedom.
 */
export function studentQuantile(p: number, degrees: number): number {
  requireProbability(p);
  if (!Number.isInteger(degrees) || degrees < 1) {
    throw new RangeError(`Degrees of freedom must be a positive integer: ${degrees}`);
  }
  if (degrees < LARGE_DEGREES) return stdtri(degrees, p);
  const z = ndtri(p);
  const square = z * z;
  const first = (z * (square + 1)) / 4;
  const second = (z * ((5 * square + 16) * square + 3)) / 96;
  return z + (first + second / degrees) / degrees;
}

/**
 * Quantile of the gamma law with unit scale, 0 < p < 1, shape > 0; half of it is a chi-square quantile with 2·shape
 * degrees of freedom. Relative error below 1e-9; results below 1e-304 are returned as 0.
 *
 * @see Goldberg & Levine, Ann. Math. Statist. 17 (1946) 216, for the Cornish–Fisher expansion at large shapes.
 */
export function gammaQuantile(p: number, shape: number): number {
  requireProbability(p);
  requirePositive('Shape', shape);
  if (shape >= LARGE_SHAPE) return gammaQuantileExpansion(ndtri(p), shape);
  // Near 0 the distribution function is x^shape / Γ(shape + 1).
  if ((Math.log(p) + logGamma(shape + 1)) / shape < LOG_TINY) return 0;
  return p < SMALL_TAIL ? gammaQuantileOfSmallTail(p, shape) : igami(shape, 1 - p);
}

/** P(gamma of unit scale > x), x ≥ 0, shape > 0: small ones keep their digits. */
export function gammaTail(x: number, shape: number): number {
  requirePositive('Shape', shape);
  return igamc(shape, x);
}

/** Quantile of the beta law, 0 < p < 1, a, b > 0. Relative error below 1e-9 for a + b ≤ 1e6, 2e-6 up to 1e9. */
export function betaQuantile(p: number, a: number, b: number): number {
  requireProbability(p);
  requirePositive('Beta parameter', a);
  requirePositive('Beta parameter', b);
  return incbi(a, b, p);
}

/** P(Beta(a, b) ≤ x), 0 ≤ x ≤ 1, a, b > 0; P(Binomial(n, x) ≥ k) is betaCdf(x, k, n − k + 1). Relative error below 1e-6. */
export function betaCdf(x: number, a: number, b: number): number {
  requirePositive('Beta parameter', a);
  requirePositive('Beta parameter', b);
  if (!(x >= 0 && x <= 1)) throw new RangeError(`Not in [0, 1]: ${x}`);
  return incbet(a, b, x);
}

/** Newton's method on ln P against ln x, which is concave: from below, where it starts, it rises to the root. */
function gammaQuantileOfSmallTail(p: number, shape: number): number {
  const logGammaOfShape = logGamma(shape);
  let logX = (Math.log(p) + logGamma(shape + 1)) / shape;
  for (let step = 1; Math.abs(step) > 1e-13 * Math.max(1, Math.abs(logX)); logX += step) {
    const x = Math.exp(logX);
    const mass = igam(shape, x);
    const slope = Math.exp(shape * logX - x - logGammaOfShape) / mass;
    step = Math.log(p / mass) / slope;
  }
  return Math.exp(logX);
}

function gammaQuantileExpansion(z: number, shape: number): number {
  const s = z * z;
  const root = Math.sqrt(shape);
  const terms = [
    z * root,
    (s - 1) / 3,
    (z * (s - 7)) / (36 * root),
    -((3 * s + 7) * s - 16) / (810 * shape),
    (z * ((9 * s + 256) * s - 433)) / (38_880 * shape * root),
    (((12 * s - 243) * s - 923) * s + 1_472) / (204_120 * shape * shape),
  ];
  return terms.reduceRight((sum, term) => sum + term, 0) + shape;
}

function requireProbability(p: number): void {
  if (!(p > 0 && p < 1)) throw new RangeError(`Not a probability strictly between 0 and 1: ${p}`);
}

function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw new RangeError(`${name} must be positive: ${value}`);
}
