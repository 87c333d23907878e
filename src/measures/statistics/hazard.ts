import { normalTail } from '../../adapters/special.ts';
import { type Law, logGamma } from '../../model/law.ts';

/** How often what has not failed by some age fails, and how much of that has gathered since it was new. */
export interface Hazard {
  /** Failures per second at `age` (s, > 0). */
  rate(age: number): number;
  /** ∫ rate from 0 to `age` (s): −ln P(T > age). */
  gathered(age: number): number;
}

/** Hazard of a law with a rate at every age: Weibull, Erlang, lognormal; undefined for all others. */
export function hazardOf(law: Law): Hazard | undefined {
  switch (law.kind) {
    case 'weibull': {
      const { scale, shape } = law;
      return {
        rate: (age) => (shape / scale) * (age / scale) ** (shape - 1),
        gathered: (age) => (age / scale) ** shape,
      };
    }
    case 'gamma':
      return Number.isInteger(law.shape) ? erlang(law.shape, law.scale) : undefined;
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
