import { gammaTail, normalTail } from '../../adapters/special.ts';
import { type Law, logGamma } from '../../model/law.ts';

/** How often what has not failed by some age fails, and how much of that has gathered since it was new. */
export interface Hazard {
  /** Failures per second at `age` (s, > 0). */
  rate(age: number): number;
  /** ∫ rate from 0 to `age` (s): −ln P(T > age). */
  gathered(age: number): number;
}

/** What lives to the end of a bounded law fails there: half a microsecond before, which nothing resolves, its rate stops growing. */
const SHORTEST_LEFT = 5e-7;

/**
 * Hazard of a law with a density; undefined for constants, observed values and calendars, which fail at fixed ages or
 * instants. Where a law ends the rate grows beyond all bounds, and what has gathered stays finite (by some 1e-12 of a law).
 */
export function hazardOf(law: Law): Hazard | undefined {
  switch (law.kind) {
    case 'exponential':
      return { rate: () => 1 / law.mean, gathered: (age) => age / law.mean };
    case 'uniform':
    case 'probe':
      return law.high - law.low > 2 * SHORTEST_LEFT ? uniform(law.low, law.high) : undefined;
    case 'triangular':
      return law.high - law.low > 2 * SHORTEST_LEFT ? triangular(law.low, law.mode, law.high) : undefined;
    case 'shifted':
      return after(law.offset, hazardOf(law.law));
    case 'weibull': {
      const { scale, shape } = law;
      return {
        rate: (age) => (shape / scale) * (age / scale) ** (shape - 1),
        gathered: (age) => (age / scale) ** shape,
      };
    }
    case 'gamma':
      return Number.isInteger(law.shape) ? erlang(law.shape, law.scale) : gamma(law.shape, law.scale);
    case 'lognormal': {
      const { mu, sigma } = law;
      const z = (age: number): number => (Math.log(age) - mu) / sigma;
      return {
        rate: (age) => {
          const at = z(age);
          return Math.exp(-0.5 * at * at) / (Math.sqrt(2 * Math.PI) * sigma * age * normalTail(at));
        },
        gathered: (age) => (age > 0 ? -Math.log(normalTail(z(age))) : 0),
      };
    }
    default:
      return undefined;
  }
}

/** P(T > age) is that of fewer than `shape` stages by then. */
function erlang(shape: number, scale: number): Hazard {
  const stages = (x: number): number => {
    let term = 1;
    let sum = 1;
    for (let i = 1; i < shape; i++) {
      term *= x / i;
      sum += term;
    }
    return sum;
  };
  const logFactorial = logGamma(shape);
  return {
    rate: (age) => Math.exp((shape - 1) * Math.log(age / scale) - logFactorial) / (scale * stages(age / scale)),
    gathered: (age) => age / scale - Math.log(stages(age / scale)),
  };
}

function uniform(low: number, high: number): Hazard {
  const left = (age: number): number => Math.max(high - age, SHORTEST_LEFT);
  return {
    rate: (age) => (age < low || age >= high ? 0 : 1 / left(age)),
    gathered: (age) => (age <= low ? 0 : Math.log((high - low) / left(age))),
  };
}

/** P(T > age) is 1 less a parabola up to the mode, and a parabola that ends in 0 from there on. */
function triangular(low: number, mode: number, high: number): Hazard {
  const rising = (high - low) * (mode - low);
  const falling = (high - low) * (high - mode);
  const bounded = (age: number): number => Math.min(age, high - SHORTEST_LEFT);
  const tail = (age: number): number => (age < mode ? 1 - (age - low) ** 2 / rising : (high - age) ** 2 / falling);
  const density = (age: number): number => 2 * (age < mode ? (age - low) / rising : (high - age) / falling);
  return {
    rate: (age) => (age <= low || age >= high ? 0 : density(bounded(age)) / tail(bounded(age))),
    gathered: (age) => (age <= low ? 0 : -Math.log(tail(bounded(age)))),
  };
}

/** Nothing happens before `offset`. */
function after(offset: number, inner: Hazard | undefined): Hazard | undefined {
  if (inner === undefined) return undefined;
  return {
    rate: (age) => (age > offset ? inner.rate(age - offset) : 0),
    gathered: (age) => (age > offset ? inner.gathered(age - offset) : 0),
  };
}

/** By the incomplete gamma function; beyond the ages at which its tail underflows nothing gathers any more. */
function gamma(shape: number, scale: number): Hazard {
  const logFactor = -logGamma(shape) - Math.log(scale);
  const tail = (age: number): number => Math.max(gammaTail(age / scale, shape), Number.MIN_VALUE);
  return {
    rate: (age) => Math.exp(logFactor + (shape - 1) * Math.log(age / scale) - age / scale) / tail(age),
    gathered: (age) => (age > 0 ? -Math.log(tail(age)) : 0),
  };
}
