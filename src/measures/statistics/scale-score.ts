import type { Law } from '../../model/law.ts';
import { hazardOf } from './hazard.ts';

/** Derivatives by the logarithm of a law's scale: what multiplies every duration beyond its offset. Times in seconds. */
export interface ScaleScore {
  /** ∂ ln f(t)/∂ ln θ of a duration that ended after `time`; 0 on average. */
  ended(time: number): number;
  /** ∂ ln P(T > t)/∂ ln θ of one that was cut off after `time`: the mean of what it would have had. */
  cut(time: number): number;
}

/** Half a microsecond, which nothing resolves: durations are rounded to none at all. */
const SHORTEST = 5e-7;
/** Standard deviations beyond which the hazard of a lognormal law is that of its tail's leading term. */
const FAR = 30;

/**
 * Score of the scale of `law`; undefined where the law begins or ends at an age that moves with the scale (constants, uniform and
 * triangular laws, observed values, calendars): no density there has such a derivative. Of what has an offset it is the rest
 * that is scaled.
 */
export function scaleScore(law: Law): ScaleScore | undefined {
  switch (law.kind) {
    case 'exponential':
      return { ended: (time) => time / law.mean - 1, cut: (time) => time / law.mean };
    case 'weibull': {
      const { scale, shape } = law;
      const gathered = (time: number): number => shape * (time / scale) ** shape;
      return { ended: (time) => gathered(time) - shape, cut: gathered };
    }
    case 'gamma': {
      const { rate } = hazardOf(law)!;
      return {
        ended: (time) => time / law.scale - law.shape,
        cut: (time) => (time < SHORTEST ? 0 : time * rate(time)),
      };
    }
    case 'lognormal': {
      const { mu, sigma } = law;
      const { rate } = hazardOf(law)!;
      const z = (time: number): number => (Math.log(Math.max(time, SHORTEST)) - mu) / sigma;
      return {
        ended: (time) => z(time) / sigma,
        cut: (time) => (time < SHORTEST ? 0 : z(time) > FAR ? z(time) / sigma : time * rate(time)),
      };
    }
    case 'shifted': {
      const inner = scaleScore(law.law);
      if (inner === undefined) return undefined;
      const after = (time: number): number => Math.max(0, time - law.offset);
      return { ended: (time) => inner.ended(after(time)), cut: (time) => inner.cut(after(time)) };
    }
    default:
      return undefined;
  }
}
