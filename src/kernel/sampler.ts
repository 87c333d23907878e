import { type Law, mean } from '../model/law.ts';
import { flatten, microseconds, wholeMicroseconds } from './flatten.ts';
import type { Streams } from './streams.ts';
import { exponential, gamma, normal } from './variates.ts';
import * as way from './ways.ts';

/** Laws as flat arrays, drawn by index. Every draw is a whole number of microseconds, rounded once. */
export class Sampler {
  private readonly streams: Streams;
  /** By law; an array per number rather than a record per law, as most laws use one or two. */
  private readonly ways: Uint8Array;
  private readonly first: Float64Array;
  private readonly second: Float64Array;
  private readonly third: Float64Array;
  private readonly offset: Float64Array;
  /** Values (µs, not rounded) of all empirical laws. */
  private readonly observed: Float64Array;

  /** Times in `laws` are in seconds. Throws RangeError on a calendar whose period is no microsecond. */
  constructor(laws: readonly Law[], streams: Streams) {
    const observed: number[] = [];
    const flat = laws.map((law) => flatten(law, observed));
    this.streams = streams;
    this.ways = Uint8Array.from(flat, (law) => law.way);
    this.first = Float64Array.from(flat, (law) => law.first ?? 0);
    this.second = Float64Array.from(flat, (law) => law.second ?? 0);
    this.third = Float64Array.from(flat, (law) => law.third ?? 0);
    this.offset = Float64Array.from(flat, (law) => law.offset ?? 0);
    this.observed = Float64Array.from(observed);
  }

  /**
   * A duration (µs, whole, ≥ 0) of law number `law` from `stream`; Infinity for `never`. Uniform laws and probes give
   * each microsecond of (low, high] alike; `now` (µs) matters to calendars only.
   */
  draw(law: number, stream: number, now: number): number {
    // Math.floor(x + 0.5) takes V8 half as long as Math.round.
    switch (this.ways[law]) {
      case way.CONSTANT:
        return this.first[law]!;
      case way.EXPONENTIAL:
        return Math.floor(this.first[law]! * exponential(this.streams, stream) + 0.5);
      case way.LOGNORMAL:
        return Math.floor(Math.exp(this.first[law]! + this.second[law]! * normal(this.streams, stream)) + 0.5);
      default:
        return this.drawRarer(law, stream, now);
    }
  }

  /** The laws that would make `draw` too long for V8 to inline. */
  private drawRarer(law: number, stream: number, now: number): number {
    const { streams } = this;
    const p = this.first[law]!;
    const q = this.second[law]!;
    const shift = this.offset[law]! + 0.5;
    switch (this.ways[law]) {
      case way.SHIFTED_LOGNORMAL:
        return Math.floor(Math.exp(p + q * normal(streams, stream)) + shift);
      case way.WEIBULL:
        return Math.floor(p * Math.exp(q * Math.log(exponential(streams, stream))) + shift);
      case way.UNIFORM:
        return Math.ceil(p + (1 - streams.next53(stream)) * (q - p));
      case way.TRIANGULAR:
        return Math.floor(triangular(streams.next53(stream), p, q, this.third[law]!) + shift);
      case way.EMPIRICAL:
        return Math.floor(this.observed[p + Math.floor(q * streams.next53(stream))]! + shift);
      case way.CALENDAR:
        return Math.floor(untilNext(now, p, q) + shift);
      case way.ERLANG: {
        let sum = exponential(streams, stream);
        for (let stage = 1; stage < q; stage++) sum += exponential(streams, stream);
        return Math.floor(p * sum + shift);
      }
      case way.GAMMA:
        return Math.floor(p * gamma(streams, stream, q) + shift);
      case way.GAMMA_BELOW_ONE: {
        // A gamma of one shape more, times U^(1/shape).
        const larger = gamma(streams, stream, q + 1);
        return Math.floor(p * larger * Math.exp(-exponential(streams, stream) / q) + shift);
      }
      default:
        return Number.POSITIVE_INFINITY;
    }
  }
}

/** Inverse of the triangular distribution function at `u`. */
function triangular(u: number, low: number, mode: number, high: number): number {
  const span = high - low;
  const below = u * span;
  if (below < mode - low) return low + Math.sqrt(below * (mode - low));
  return high - Math.sqrt((1 - u) * span * (high - mode));
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
  return Math.round(alignedMicroseconds(law, now));
}

function alignedMicroseconds(law: Law, now: number): number {
  switch (law.kind) {
    case 'probe':
      return microseconds(law.high);
    case 'calendar':
      return untilNext(now, wholeMicroseconds(law.period), wholeMicroseconds(law.phase));
    case 'shifted':
      return microseconds(law.offset) + alignedMicroseconds(law.law, now);
    default:
      return microseconds(mean(law));
  }
}
