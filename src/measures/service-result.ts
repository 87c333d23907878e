import type { Estimate } from '../model/estimate.ts';
import type { Attribution, OutageLengths, ServiceResult } from '../model/result.ts';
import { HOURS_PER_YEAR, MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR, SECONDS_PER_YEAR } from '../model/time.ts';
import { type Budget, spendingOf } from './allocation.ts';
import { lengthBins } from './length-bins.ts';
import { type RunTotals, sumLists } from './run-totals.ts';
import { wilson } from './statistics/proportion.ts';
import { quantileInterval } from './statistics/quantile.ts';
import { frequencyInterval, rateInterval, unavailabilityInterval } from './statistics/rate.ts';
import { ratioInterval } from './statistics/ratio.ts';
import { sumOf } from './statistics/sum.ts';
import { missProbabilityFromYears } from './years.ts';

/** A target on a service's downtime in one year, for the chance to miss it. */
export interface YearlyLimit {
  readonly id: string;
  /** s/year. */
  readonly seconds: number;
}

export interface ServiceContext {
  readonly totals: RunTotals;
  readonly confidence: number;
  readonly service: number;
  /** Groups the service stands on: their marks are its times to restore. */
  readonly groups: readonly number[];
  /** The longest outage the model plausibly produces, s. */
  readonly longestOutage: number;
  /** Time the service is asked to do without an outage, s. */
  readonly missionSeconds: number;
  readonly limits: readonly YearlyLimit[];
  readonly attribution: Attribution;
  /** Foreseen work, s/year. */
  readonly plannedDpm: number;
  /** Strictest downtime target (s/year) and how it is divided, if there is one. */
  readonly budget: Budget | undefined;
  readonly marks: { readonly restored: number; readonly redundant: number };
}

/** Every figure of one service with its interval. */
export function serviceResult(context: ServiceContext): ServiceResult {
  const { totals, confidence, service } = context;
  const years = totals.horizons.map((horizon) => horizon / MICROSECONDS_PER_YEAR);
  const total = totals.service(service, 'totalTime');
  const partial = totals.service(service, 'partialWeighted');
  const seconds = (amounts: readonly number[]): number[] => amounts.map((amount) => amount / MICROSECONDS_PER_SECOND);
  const downtime = sumLists(total, partial);
  const outages = totals.outageEvents[service]!;
  const unavailability = unavailabilityInterval(seconds(downtime), seconds(totals.horizons), confidence, {
    outages,
    longestOutage: context.longestOutage,
  });
  const perYear = (amounts: readonly number[]): Estimate =>
    rateInterval(seconds(amounts), years, confidence, { largest: context.longestOutage });
  const count = (amounts: readonly number[]): Estimate => frequencyInterval(amounts, years, confidence);
  const totalOutages = totals.service(service, 'totalOutages');
  const partialOutages = totals.service(service, 'partialOutages');
  const allOutages = sumLists(totalOutages, partialOutages);
  const ofm = count(allOutages);
  return {
    availability: complement(unavailability),
    unavailability,
    nines: ninesOf(unavailability),
    band: bandOf(unavailability.value),
    dpm: {
      total: perYear(total),
      partial: perYear(partial),
      partialRaw: perYear(totals.service(service, 'partialTime')),
      all: scale(unavailability, SECONDS_PER_YEAR),
      counted: perYear(totals.service(service, 'countedWeighted')),
      attributable: attributableOf(context, downtime, scale(unavailability, SECONDS_PER_YEAR)),
      guest: perYear(totals.service(service, 'guestWeighted')),
      infrastructure: perYear(totals.service(service, 'infrastructureWeighted')),
    },
    ofm: { total: count(totalOutages), partial: count(partialOutages), all: ofm },
    hitsPerYear: count(totals.service(service, 'hits')),
    reportablePerYear: count(totals.service(service, 'reportable')),
    capacityEventsPerYear: count(totals.service(service, 'capacityEvents')),
    plannedDpm: context.plannedDpm,
    outageSeconds: outageLengths(context, allOutages),
    mtbfHours: ofm.value === 0 ? null : meanTimeBetween(ofm),
    mttremSeconds: meanMark(context, context.marks.restored) ?? meanOutage(context, allOutages),
    mttrecSeconds: meanMark(context, context.marks.redundant),
    mttrepHours: mapOrNull(ratioInterval(seconds(totals.repairTime), totals.repairs, confidence), (estimate) =>
      scale(estimate, 1 / 3600),
    ),
    sessionsLostPerYear: rateInterval(totals.service(service, 'sessionsLost'), years, confidence),
    userHoursLostPerYear: scale(
      rateInterval(seconds(totals.service(service, 'userTime')), years, confidence),
      1 / 3600,
    ),
    reliability: reliabilityOf(context),
    missionSeconds: context.missionSeconds,
    missProbability: Object.fromEntries(
      context.limits.map(({ id, seconds: limit }) => [
        id,
        missProbabilityFromYears(totals.badYears[service]!, years, limit, confidence),
      ]),
    ),
    attribution: context.attribution,
    allocation:
      context.budget === undefined
        ? null
        : spendingOf(totals, service, context.budget, { confidence, longestOutage: context.longestOutage }),
  };
}

/**
 * Interval reliability (B-18): share of whole mission periods without any part of a counted outage, with Wilson's
 * interval. Periods are taken as independent: outages that run into the next one are rare against them.
 */
function reliabilityOf({ totals, confidence, service, missionSeconds }: ServiceContext): Estimate | null {
  const mission = missionSeconds * MICROSECONDS_PER_SECOND;
  const periods = totals.horizons.reduce((sum, horizon) => sum + Math.floor(horizon / mission), 0);
  if (periods === 0) return null;
  return wilson(periods - sumOf(totals.service(service, 'brokenMissions')), periods, confidence);
}

/** Downtime without what external parties cause; where they cause none, that is all of it. */
function attributableOf(context: ServiceContext, downtime: readonly number[], all: Estimate): Estimate {
  const { totals, confidence, service } = context;
  const external = totals.split(service, 'external');
  if (external.every((time) => time === 0)) return all;
  const years = totals.horizons.map((horizon) => horizon / MICROSECONDS_PER_YEAR);
  const rest = downtime.map((time, i) => Math.max(0, time - external[i]!) / MICROSECONDS_PER_SECOND);
  return rateInterval(rest, years, confidence, { largest: context.longestOutage });
}

/** `estimate` multiplied by a positive factor. */
export function scale(estimate: Estimate, factor: number): Estimate {
  return { ...estimate, value: estimate.value * factor, lo: estimate.lo * factor, hi: estimate.hi * factor };
}

export function complement(estimate: Estimate): Estimate {
  return { ...estimate, value: 1 - estimate.value, lo: 1 - estimate.hi, hi: 1 - estimate.lo };
}

export function ninesOf(unavailability: Estimate): Estimate {
  const nines = (u: number): number => (u === 0 ? Number.POSITIVE_INFINITY : -Math.log10(u));
  return {
    ...unavailability,
    value: nines(unavailability.value),
    lo: nines(unavailability.hi),
    hi: nines(unavailability.lo),
  };
}

export function bandOf(unavailability: number): ServiceResult['band'] {
  return unavailability > 1e-5 ? 'not HA' : unavailability >= 1e-6 ? 'HA' : 'beyond HA';
}

/** Mean up time between outages, hours: 8760/OFM (B-25). */
export function meanTimeBetween(ofm: Estimate): Estimate {
  const hours = (perYear: number): number => (perYear === 0 ? Number.POSITIVE_INFINITY : HOURS_PER_YEAR / perYear);
  return { ...ofm, value: hours(ofm.value), lo: hours(ofm.hi), hi: hours(ofm.lo) };
}

function outageLengths(context: ServiceContext, outages: readonly number[]): OutageLengths | null {
  const { totals, confidence, service } = context;
  const sketch = totals.outageLengths[service]!;
  const mean = meanOutage(context, outages);
  if (mean === null) return null;
  const longest = Math.max(...totals.horizons) / MICROSECONDS_PER_SECOND;
  const quantile = (p: number): Estimate => quantileInterval(sketch, p, confidence, longest)!;
  return {
    mean,
    p50: quantile(0.5),
    p90: quantile(0.9),
    p99: quantile(0.99),
    max: sketch.max,
    censored: sumOf(totals.service(service, 'censored')),
    bins: lengthBins(sketch, (sumOf(outages) * MICROSECONDS_PER_YEAR) / sumOf(totals.horizons)),
  };
}

/** Mean length of counted outages, s, whatever share they lost. */
function meanOutage({ totals, confidence, service }: ServiceContext, outages: readonly number[]): Estimate | null {
  const seconds = totals.service(service, 'countedTime').map((time) => time / MICROSECONDS_PER_SECOND);
  return ratioInterval(seconds, outages, confidence);
}

function meanMark(context: ServiceContext, mark: number): Estimate | null {
  const { totals, confidence, groups } = context;
  if (groups.length === 0) return null;
  const marks = groups.map((group) => totals.groupMark(group, mark));
  const seconds = sumLists(...marks.map(({ time }) => time)).map((time) => time / MICROSECONDS_PER_SECOND);
  return ratioInterval(seconds, sumLists(...marks.map(({ count }) => count)), confidence);
}

function mapOrNull<T, U>(value: T | null, map: (value: T) => U): U | null {
  return value === null ? null : map(value);
}
