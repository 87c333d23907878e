import { type Law, mean } from '../model/law.ts';
import { MICROSECONDS_PER_SECOND } from '../model/time.ts';
import {
  CALENDAR,
  CONSTANT,
  EMPIRICAL,
  ERLANG,
  EXPONENTIAL,
  GAMMA,
  GAMMA_BELOW_ONE,
  LOGNORMAL,
  NEVER,
  NUMBERS,
  OFFSET,
  TRIANGULAR,
  UNIFORM,
  WEIBULL,
} from './layout.ts';
import type { Streams } from './streams.ts';
import { exponential, gamma, normal } from './variates.ts';

/** Up to this integer shape a gamma is a sum of exponentials: faster than rejection, and a fixed number of draws. */
const LARGEST_ERLANG = 3;

/** Laws as flat arrays, drawn by index. Every draw is an integer number of microseconds, rounded once. */
export class Sampler {
  private readonly streams: Streams;
  private readonly ways: Uint8Array;
  private readonly numbers: Float64Array;
  private readonly first: Float64Array;
  /** Observed values (µs, not rounded) of all empirical laws. */
  private readonly observed: Float64Array;

  /** Times in `laws` are in seconds. Throws RangeError on a calendar with a period under half a microsecond. */
  constructor(laws: readonly Law[], streams: Streams) {
    this.streams = streams;
    this.ways = new Uint8Array(laws.length);
    this.first = new Float64Array(laws.length);
    this.numbers = new Float64Array(laws.length * NUMBERS);
    const observed: number[] = [];
    laws.forEach((law, index) => {
      const { way, numbers, offset } = flatten(law, observed);
      this.ways[index] = way;
      this.first[index] = numbers[0]!;
      this.numbers.set(numbers, index * NUMBERS);
      this.numbers[index * NUMBERS + OFFSET] = offset;
    });
    this.observed = Float64Array.from(observed);
  }

  /**
   * A duration (µs, an integer ≥ 0) of law number `law` from `stream`; Infinity for `never`. Uniform laws give
   * every microsecond of (low, high] alike; `now` (µs) matters to calendars only.
   */
  draw(law: number, stream: number, now: number): number {
    const { streams } = this;
    switch (this.ways[law]) {
      case CONSTANT:
        return this.first[law]!;
      case EXPONENTIAL:
        return Math.floor(this.first[law]! * exponential(streams, stream) + 0.5);
      case LOGNORMAL:
        return Math.floor(
          Math.exp(this.first[law]! + this.numbers[law*NUMBERS + 1]! * normal(streams, stream)) + 0.5,
        );
      default:
        return this.drawRarer(law, stream, now);
    }
  }

  /** The laws that are not worth the room in `draw`, which is small so that V8 inlines it. */
  private drawRarer(law: number, stream: number, now: number): number {
    const { numbers, streams } = this;
    const at = law * NUMBERS;
    const p = numbers[at]!;
    const q = numbers[at + 1]!;
    const r = numbers[at + 2]!;
    const offset = numbers[at + OFFSET]!;
    switch (this.ways[law]) {
      case WEIBULL:
        return Math.floor(p * Math.exp(q * Math.log(exponential(streams, stream))) + offset + 0.5);
      case UNIFORM:
        return Math.ceil(p + (1 - streams.next53(stream)) * (q - p));
      case TRIANGULAR:
        return Math.floor(triangular(streams.next53(stream), p, q, r) + offset + 0.5);
      case EMPIRICAL:
        return Math.floor(this.observed[p + Math.floor(streams.next53(stream) * q)]! + offset + 0.5);
      case CALENDAR:
        return Math.floor(untilNext(now, p, q) + offset + 0.5);
      case ERLANG: {
        let sum = exponential(streams, stream);
        for (let stage = 1; stage < q; stage++) sum += exponential(streams, stream);
        return Math.floor(p * sum + offset + 0.5);
      }
      case GAMMA:
        return Math.floor(p * gamma(streams, stream, q) + offset + 0.5);
      case GAMMA_BELOW_ONE:
        // A gamma of one shape more, times U^(1/shape).
        return Math.floor(
          p * gamma(streams, stream, q + 1) * Math.exp(-exponential(streams, stream) / q) + offset + 0.5,
        );
      default:
        return Number.POSITIVE_INFINITY;
    }
  }
}

/** A law's way of drawing and its numbers; empirical values are appended to `observed`. */
interface Flat {
  readonly way: number;
  readonly numbers: readonly number[];
  readonly offset: number;
}

function flatten(law: Law, observed: number[], offsetSeconds = 0): Flat {
  const µs = (seconds: number): number => seconds * MICROSECONDS_PER_SECOND;
  const offset = µs(offsetSeconds);
  switch (law.kind) {
    case 'never':
      return { way: NEVER, numbers: [], offset };
    case 'deterministic':
      return { way: CONSTANT, numbers: [Math.round(µs(offsetSeconds + law.value))], offset };
    case 'exponential':
      return { way: EXPONENTIAL, numbers: [µs(law.mean)], offset };
    case 'uniform':
    case 'probe':
      // The ends are rounded instead of the draw, which keeps it inside (low, high].
      return {
        way: UNIFORM,
        numbers: [Math.round(µs(offsetSeconds + law.low)), Math.round(µs(offsetSeconds + law.high))],
        offset,
      };
    case 'triangular':
      return { way: TRIANGULAR, numbers: [µs(law.low), µs(law.mode), µs(law.high)], offset };
    case 'weibull':
      return { way: WEIBULL, numbers: [µs(law.scale), 1 / law.shape], offset };
    case 'gamma':
      return { way: gammaWay(law.shape), numbers: [µs(law.scale), law.shape], offset };
    case 'lognormal':
      return { way: LOGNORMAL, numbers: [law.mu + Math.log(MICROSECONDS_PER_SECOND), law.sigma], offset };
    case 'empirical':
      return {
        way: EMPIRICAL,
        numbers: [observed.push(...law.values.map(µs)) - law.values.length, law.values.length],
        offset,
      };
    case 'shifted':
      return flatten(law.law, observed, offsetSeconds + law.offset);
    case 'calendar': {
      const period = Math.floor(µs(law.period) + 0.5);
      if (!(period > 0)) throw new RangeError(`a calendar's period is at least one microsecond, not ${law.period} s`);
      return { way: CALENDAR, numbers: [period, Math.round(µs(law.phase))], offset };
    }
  }
}

function gammaWay(shape: number): number {
  if (shape < 1) return GAMMA_BELOW_ONE;
  return Number.isInteger(shape) && shape <= LARGEST_ERLANG ? ERLANG : GAMMA;
}

/** Inverse of the triangular distribution function at `u`. */
function triangular(u: number, low: number, mode: number, high: number): number {
  const span = high - low;
  const below = u * span;
  return below < mode - low ? low + Math.sqrt(below * (mode - low)) : high - Math.sqrt((1 - u) * span * (high - mode));
}

/** Wait in (0, period] from `now` to the next multiple of `period` plus `phase`, all in whole µs. */
function untilNext(now: number, period: number, phase: number): number {
  const past = (now - phase) % period;
  return past < 0 ? -past : period - past;
}

/**
 * The duration a scripted run uses instead of a draw (µs): the worst alignment of a probe, the next instant of a
 * calendar after `now` (µs), the mean of any other law, Infinity for `never`.
 */
export function aligned(law: Law, now: number): number {
  return Math.floor(alignedMicroseconds(law, now) + 0.5);
}

function alignedMicroseconds(law: Law, now: number): number {
  switch (law.kind) {
    case 'probe':
      return law.high * MICROSECONDS_PER_SECOND;
    case 'calendar':
      return untilNext(
        now,
        Math.round(law.period * MICROSECONDS_PER_SECOND),
        Math.round(law.phase * MICROSECONDS_PER_SECOND),
      );
    case 'shifted':
      return law.offset * MICROSECONDS_PER_SECOND + alignedMicroseconds(law.law, now);
    default:
      return mean(law) * MICROSECONDS_PER_SECOND;
  }
}
