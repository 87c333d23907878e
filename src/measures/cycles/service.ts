import type { Estimate } from '../../model/estimate.ts';
import type { Attribution, CycleFacts, OutageLengths, ServiceResult } from '../../model/result.ts';
import { HOURS_PER_YEAR, MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR, SECONDS_PER_YEAR } from '../../model/time.ts';
import { lengthBins } from '../length-bins.ts';
import { bandOf, complement, meanTimeBetween, ninesOf, scale, type YearlyLimit } from '../service-result.ts';
import { missProbabilityInterval } from '../statistics/annual.ts';
import { QuantileSketch, RELATIVE_ACCURACY } from '../statistics/sketch.ts';
import type { CycleTotals } from './cycle-totals.ts';
import { cycleInterval, jackknife } from './interval.ts';
import { CYCLE, type CycleMeasure } from './measures.ts';

export interface CycleServiceContext {
  readonly totals: CycleTotals;
  readonly confidence: number;
  readonly limits: readonly YearlyLimit[];
  readonly attribution: Attribution;
  /** Foreseen work, s/year. */
  readonly plannedDpm: number;
  readonly facts: Omit<CycleFacts, 'failovers'>;
}

/**
 * `natural`, the service as histories saw it, with everything that is a rate of incidents taken from cycles: downtime,
 * outages, their lengths, what they cost and the chance to miss a year's target.
 */
export function cycleServiceResult(natural: ServiceResult, context: CycleServiceContext): ServiceResult {
  const { totals, confidence, limits, attribution, plannedDpm, facts } = context;
  const perMicro = (measure: CycleMeasure): Estimate => cycleInterval(totals, CYCLE[measure], confidence);
  const perYear = (measure: CycleMeasure): Estimate => scale(perMicro(measure), MICROSECONDS_PER_YEAR);
  const secondsPerYear = (measure: CycleMeasure): Estimate => scale(perMicro(measure), SECONDS_PER_YEAR);
  const unavailability = perMicro('downtime');
  const ofm = perYear('outages');
  const severities = merged(totals.incidents).severities();
  return {
    ...natural,
    availability: complement(unavailability),
    unavailability,
    nines: ninesOf(unavailability),
    band: bandOf(unavailability.value),
    dpm: {
      total: secondsPerYear('totalTime'),
      partial: secondsPerYear('partialWeighted'),
      partialRaw: secondsPerYear('partialTime'),
      all: scale(unavailability, SECONDS_PER_YEAR),
      counted: secondsPerYear('countedWeighted'),
      // What external parties cause is known history by history only.
      attributable:
        (attribution.party.external ?? 0) > 0 ? natural.dpm.attributable : scale(unavailability, SECONDS_PER_YEAR),
      guest: secondsPerYear('guestWeighted'),
      infrastructure: secondsPerYear('infrastructureWeighted'),
    },
    ofm: { total: perYear('totalOutages'), partial: perYear('partialOutages'), all: ofm },
    hitsPerYear: perYear('hits'),
    reportablePerYear: perYear('reportable'),
    outageSeconds: ofm.value === 0 ? null : outageLengths(totals, confidence, ofm.value),
    mtbfHours: ofm.value === 0 ? null : meanTimeBetween(ofm),
    sessionsLostPerYear: perYear('sessionsLost'),
    userHoursLostPerYear: scale(perMicro('userTime'), HOURS_PER_YEAR),
    missProbability: Object.fromEntries(
      limits.map(({ id, seconds }) => [id, missProbabilityInterval(perYear('harmful'), severities, seconds)]),
    ),
    attribution,
    plannedDpm,
    cycles: { ...facts, ...failoversOf(totals, confidence) },
  };
}

/** Failovers of all groups that influence the service; nothing where there are none. */
function failoversOf(totals: CycleTotals, confidence: number): Pick<CycleFacts, 'failovers'> {
  if (totals.rate(CYCLE.failovers) === 0) return {};
  const perYear = scale(cycleInterval(totals, CYCLE.failovers, confidence), MICROSECONDS_PER_YEAR);
  const share = (measure: CycleMeasure): Estimate => {
    const ratio = (rates: (measure: number) => number): number => rates(CYCLE[measure]) / rates(CYCLE.failovers);
    const estimate = byBatches(totals, confidence, ratio);
    return { ...estimate, hi: Math.min(1, estimate.hi) };
  };
  return { failovers: { perYear, successRatio: share('failoverSuccesses'), withinTarget: share('failoversInTime') } };
}

/** What is made of several long-run rates, by the jackknife. */
function byBatches(
  totals: CycleTotals,
  confidence: number,
  of: (rates: (measure: number) => number) => number,
): Estimate {
  const whole = of((measure) => totals.rate(measure));
  return jackknife(totals, confidence, whole, (batch) => {
    const rates = totals.ratesWithout(batch);
    return of((measure) => rates[measure]!);
  });
}

function outageLengths(totals: CycleTotals, confidence: number, perYear: number): OutageLengths {
  const all = merged(totals.outages);
  const quantile = (p: number): Estimate => {
    const estimate = jackknife(totals, confidence, all.quantile(p), (batch) =>
      merged(totals.outages, batch).quantile(p),
    );
    // The sketch itself is right to 1 % only.
    const { lo, hi } = estimate;
    return { ...estimate, lo: lo * (1 - RELATIVE_ACCURACY), hi: hi * (1 + RELATIVE_ACCURACY) };
  };
  return {
    mean: byBatches(
      totals,
      confidence,
      (rates) => rates(CYCLE.countedTime) / rates(CYCLE.outages) / MICROSECONDS_PER_SECOND,
    ),
    p50: quantile(0.5),
    p90: quantile(0.9),
    p99: quantile(0.99),
    max: all.max,
    censored: 0,
    bins: lengthBins(all, perYear),
  };
}

function merged(sketches: readonly QuantileSketch[], without = -1): QuantileSketch {
  const all = new QuantileSketch();
  sketches.forEach((sketch, i) => {
    if (i !== without) all.merge(sketch);
  });
  return all;
}
