import { type Law, logGamma } from '../../model/law.ts';

/** Nodes on each side; with step h the error of the trapezoidal rule on these densities is below 1e-15 relative. */
const NODES = 400;

/**
 * E[f(T)] for a duration T (seconds) with the given law, for smooth f of at most polynomial growth, to about 14 digits.
 * Lognormal, gamma and Weibull laws are integrated by the trapezoidal rule in a variable where the density falls off
 * at both ends, which converges exponentially; bounded laws by Gauss–Legendre.
 *
 * @throws RangeError for `never`.
 */
export function expectation(law: Law, f: (seconds: number) => number): number {
  switch (law.kind) {
    case 'deterministic':
      return f(law.value);
    case 'exponential':
      return gammaExpectation(1, (y) => f(law.mean * y));
    case 'gamma':
      return gammaExpectation(law.shape, (y) => f(law.scale * y));
    case 'weibull':
      return gammaExpectation(1, (y) => f(law.scale * y ** (1 / law.shape)));
    case 'lognormal':
      return trapezoid(
        -14,
        14,
        (z) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI),
        (z) => f(Math.exp(law.mu + law.sigma * z)),
      );
    case 'uniform':
    case 'probe':
      return uniformExpectation(law.low, law.high, f);
    case 'calendar':
      return uniformExpectation(0, law.period, f);
    case 'triangular':
      return triangularExpectation(law.low, law.mode, law.high, f);
    case 'empirical':
      return law.values.reduce((sum, value) => sum + f(value), 0) / law.values.length;
    case 'shifted':
      return expectation(law.law, (seconds) => f(law.offset + seconds));
    case 'never':
      throw new RangeError('a duration that never ends has no expectation');
  }
}

/** E[f(Y)] for Y of the gamma law with the given shape and scale 1, over x = ln Y. */
function gammaExpectation(shape: number, f: (y: number) => number): number {
  const norm = logGamma(shape);
  const log = (x: number): number => shape * x - Math.exp(x) - norm;
  const mode = Math.log(shape);
  const spread = 1 / Math.sqrt(shape);
  return trapezoid(
    mode - 45 * Math.max(spread, 1 / shape),
    mode + 12 * spread + 3,
    (x) => Math.exp(log(x)),
    (x) => f(Math.exp(x)),
  );
}

/** Normalised by the same rule applied to the density, which cancels what error is left in it. */
function trapezoid(low: number, high: number, density: (x: number) => number, f: (x: number) => number): number {
  const step = (high - low) / (2 * NODES);
  let weight = 0;
  let sum = 0;
  for (let k = 0; k <= 2 * NODES; k++) {
    const x = low + k * step;
    const d = density(x);
    if (d === 0) continue;
    weight += d;
    sum += d * f(x);
  }
  return sum / weight;
}

function uniformExpectation(low: number, high: number, f: (seconds: number) => number): number {
  const middle = (low + high) / 2;
  const half = (high - low) / 2;
  let sum = 0;
  for (const [node, weight] of LEGENDRE) sum += (weight / 2) * (f(middle + half * node) + f(middle - half * node));
  return sum;
}

function triangularExpectation(low: number, mode: number, high: number, f: (seconds: number) => number): number {
  if (high === low) return f(low);
  const left = (mode - low) / (high - low);
  // On each side the density is linear: weight f by it under the uniform rule.
  const rising = mode > low ? uniformExpectation(low, mode, (t) => (2 * f(t) * (t - low)) / (mode - low)) : 0;
  const falling = high > mode ? uniformExpectation(mode, high, (t) => (2 * f(t) * (high - t)) / (high - mode)) : 0;
  return left * rising + (1 - left) * falling;
}

/** Positive nodes and weights of the 20-point Gauss–Legendre rule on [−1, 1], by Newton's method. */
const LEGENDRE: readonly (readonly [number, number])[] = Array.from({ length: 10 }, (_, i) => {
  const n = 20;
  let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
  let derivative = 1;
  for (let round = 0; round < 100; round++) {
    let previous = 1;
    let value = x;
    for (let k = 2; k <= n; k++) [previous, value] = [value, ((2 * k - 1) * x * value - (k - 1) * previous) / k];
    derivative = (n * (x * value - previous)) / (x * x - 1);
    const correction = value / derivative;
    x -= correction;
    if (Math.abs(correction) < 1e-16) break;
  }
  return [x, 2 / ((1 - x * x) * derivative * derivative)] as const;
});
