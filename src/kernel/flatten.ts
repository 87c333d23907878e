import type { Law } from '../model/law.ts';
import { MICROSECONDS_PER_SECOND } from '../model/time.ts';
import * as way from './ways.ts';

/** Up to this integer shape a gamma is a sum of exponentials: no slower than rejection, and a fixed number of draws. */
const LARGEST_ERLANG = 3;

/** A law as numbers (µs where they are times); what each means is up to the way of drawing. */
export interface FlatLaw {
  readonly way: number;
  readonly first?: number;
  readonly second?: number;
  readonly third?: number;
  /** Added to the draw before it is rounded (µs). */
  readonly offset?: number;
}

/**
 * `law` shifted by `offsetSeconds`, flat. The values of an empirical law are appended to `observed` (µs). Throws
 * RangeError on a calendar whose period is no microsecond.
 */
export function flatten(law: Law, observed: number[], offsetSeconds = 0): FlatLaw {
  const offset = microseconds(offsetSeconds);
  switch (law.kind) {
    case 'never':
      return { way: way.NEVER };
    case 'deterministic':
      return { way: way.CONSTANT, first: wholeMicroseconds(offsetSeconds + law.value) };
    case 'exponential':
      // The fast way knows no offset; an Erlang of one stage is the same law.
      if (offset === 0) return { way: way.EXPONENTIAL, first: microseconds(law.mean) };
      return { way: way.ERLANG, first: microseconds(law.mean), second: 1, offset };
    case 'lognormal': {
      const flat = { first: law.mu + Math.log(MICROSECONDS_PER_SECOND), second: law.sigma, offset };
      return { way: offset === 0 ? way.LOGNORMAL : way.SHIFTED_LOGNORMAL, ...flat };
    }
    case 'weibull':
      return { way: way.WEIBULL, first: microseconds(law.scale), second: 1 / law.shape, offset };
    case 'gamma':
      return { way: wayOfGamma(law.shape), first: microseconds(law.scale), second: law.shape, offset };
    case 'uniform':
    case 'probe':
      // The ends are rounded instead of the draw, which keeps it inside (low, high].
      return {
        way: way.UNIFORM,
        first: wholeMicroseconds(offsetSeconds + law.low),
        second: wholeMicroseconds(offsetSeconds + law.high),
      };
    case 'triangular':
      return {
        way: way.TRIANGULAR,
        first: microseconds(law.low),
        second: microseconds(law.mode),
        third: microseconds(law.high),
        offset,
      };
    case 'empirical': {
      const first = observed.length;
      for (const value of law.values) observed.push(microseconds(value));
      return { way: way.EMPIRICAL, first, second: law.values.length, offset };
    }
    case 'shifted':
      return flatten(law.law, observed, offsetSeconds + law.offset);
    case 'calendar': {
      const period = wholeMicroseconds(law.period);
      if (!(period > 0)) throw new RangeError(`a calendar's period is at least one microsecond, not ${law.period} s`);
      return { way: way.CALENDAR, first: period, second: wholeMicroseconds(law.phase), offset };
    }
  }
}

function wayOfGamma(shape: number): number {
  if (shape < 1) return way.GAMMA_BELOW_ONE;
  return Number.isInteger(shape) && shape <= LARGEST_ERLANG ? way.ERLANG : way.GAMMA;
}

/** Seconds in microseconds. */
export function microseconds(seconds: number): number {
  return seconds * MICROSECONDS_PER_SECOND;
}

/** Seconds in microseconds, rounded. */
export function wholeMicroseconds(seconds: number): number {
  return Math.round(microseconds(seconds));
}
