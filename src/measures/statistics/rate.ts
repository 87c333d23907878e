import type { Estimate } from '../../model/estimate.ts';
import { EventTotals, endPoint } from './event-totals.ts';
import { type Exposure, exposureOf, longestExposure, requireAmounts, totalExposure } from './exposure.ts';
import { weightedPoissonInterval } from './poisson.ts';
import { varianceInflation } from './student.ts';
import { sumOf } from './sum.ts';

/** Histories from which the spread between histories is used; below, events are taken as a Poisson stream. */
export const ENOUGH_HISTORIES = 10;

/** Events from which the largest ones tell what an unseen one may bring. */
const ENOUGH_EVENTS = 30;

export interface RateOptions {
  /** The largest amount one event can bring, where it is known; without it the data extrapolate. */
  readonly largest?: number | undefined;
  /** The smallest amount an event brings (1 for counts); default 0. */
  readonly smallest?: number | undefined;
  /**
   * Single events: their spread when there are fewer than ten histories (without them each history counts as one event),
   * their largest for the unseen one when there are at least thirty.
   */
  readonly events?: EventTotals | undefined;
}

/** Variance of the total, and the two largest amounts (above their expectation, when histories are compared). */
interface Spread {
  readonly variance: number;
  readonly first: number;
  readonly second: number;
  readonly method: 'histories' | 'poisson';
  readonly n: number;
}

/**
 * Amount per unit of exposure from independent histories, fit for amounts that most histories do not have at all.
 *
 * From ten histories on, limits are those of a gamma law with the variance between histories, inflated by (t/z)²; below,
 * of weighted Poisson events. The upper limit adds one unseen event of the largest plausible amount: the given one or the
 * end point extrapolated from the two largest seen, whichever is larger. Measured coverage: `README.md`.
 *
 * @param amounts ≥ 0, one per history (downtime in s, number of outages)
 * @param exposures time simulated per history; with no amount at all and no `largest`, the longest one stands for it
 * @returns amount per unit of exposure; `n` is the number of histories, or of events under method `poisson`
 * @see Fay & Feuer, Statistics in Medicine 16 (1997) 791, for the limits; methods §5.3.
 */
export function rateInterval(
  amounts: ArrayLike<number>,
  exposures: Exposure,
  confidence: number,
  options: RateOptions = {},
): Estimate {
  requireAmounts(amounts);
  const exposure = totalExposure(exposures, amounts.length);
  const total = sumOf(amounts);
  if (total === 0) {
    const { hi } = weightedPoissonInterval(0, 0, options.largest ?? longestExposure(exposures), confidence);
    return { value: 0, lo: 0, hi: hi / exposure, method: 'poisson', n: 0 };
  }
  const rate = total / exposure;
  const smallest = options.smallest ?? 0;
  const spread =
    amounts.length >= ENOUGH_HISTORIES
      ? spreadBetweenHistories(amounts, exposures, rate, smallest, confidence)
      : spreadAmongEvents(options.events ?? eventsOf(amounts), smallest);
  // The unseen amount is one event's; only where events are not known, or few, does a whole history's stand for it.
  const known = options.events !== undefined && options.events.count >= ENOUGH_EVENTS;
  const extrapolated = known
    ? endPoint(options.events.largest, options.events.secondLargest)
    : endPoint(spread.first, spread.second);
  const largest = Math.max(extrapolated, options.largest ?? 0, 0);
  const { lo, hi } = weightedPoissonInterval(total, spread.variance, largest, confidence);
  return { value: rate, lo: lo / exposure, hi: hi / exposure, method: spread.method, n: spread.n };
}

/**
 * Unavailability from downtime (s) per history; `horizons` in s. Between 0 and 1.
 *
 * Without any downtime: U ≤ 3.689·longest/T at 95 %, where `longest` is `longestOutage` or, unknown, one whole horizon.
 *
 * @param longestOutage longest outage (s) the model can plausibly produce: keeps the upper limit honest while the long
 *   outages may not have been seen yet; its effect fades as downtime adds up to many such outages
 */
export function unavailabilityInterval(
  downtime: ArrayLike<number>,
  horizons: Exposure,
  confidence: number,
  options: { readonly longestOutage?: number; readonly outages?: EventTotals } = {},
): Estimate {
  const estimate = rateInterval(downtime, horizons, confidence, {
    largest: options.longestOutage,
    events: options.outages,
  });
  return { ...estimate, hi: Math.min(1, estimate.hi) };
}

/** Events per unit of `horizons` from counts per history; Garwood's interval when there are fewer than ten histories. */
export function frequencyInterval(counts: ArrayLike<number>, horizons: Exposure, confidence: number): Estimate {
  return rateInterval(counts, horizons, confidence, { largest: 1, smallest: 1, events: equalEvents(sumOf(counts)) });
}

function spreadBetweenHistories(
  amounts: ArrayLike<number>,
  exposures: Exposure,
  rate: number,
  smallest: number,
  confidence: number,
): Spread {
  const n = amounts.length;
  let squares = 0;
  let first = Number.NEGATIVE_INFINITY;
  let second = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    const expected = rate * exposureOf(exposures, i);
    const deviation = amounts[i]! - expected;
    squares += deviation * deviation;
    if (deviation > first) {
      second = Math.max(first, smallest - expected);
      first = deviation;
    } else if (deviation > second) {
      second = deviation;
    }
  }
  const variance = squares * (n / (n - 1)) * varianceInflation(confidence, n - 1);
  return { variance, first, second, method: 'histories', n };
}

function spreadAmongEvents(events: EventTotals, smallest: number): Spread {
  return {
    variance: events.sumOfSquares,
    first: events.largest,
    second: Math.max(events.secondLargest, smallest),
    method: 'poisson',
    n: events.count,
  };
}

function eventsOf(amounts: ArrayLike<number>): EventTotals {
  const events = new EventTotals();
  for (let i = 0; i < amounts.length; i++) if (amounts[i]! > 0) events.add(amounts[i]!);
  return events;
}

/** `count` events of amount 1. */
function equalEvents(count: number): EventTotals {
  return EventTotals.fromJSON([count, count, count, 1, 1]);
}
