import type { Estimate } from '../model/estimate.ts';
import { FAILOVER_REASONS, MARKS, type Mark } from '../model/flow.ts';
import type { FailoverRatios, GroupResult, PopulationResult, Trials } from '../model/result.ts';
import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR, SECONDS_PER_YEAR } from '../model/time.ts';
import type { GroupMeasure } from './history-record.ts';
import type { RunTotals } from './run-totals.ts';
import { complement, scale } from './service-result.ts';
import { wilson } from './statistics/proportion.ts';
import { frequencyInterval, rateInterval } from './statistics/rate.ts';
import { ratioInterval } from './statistics/ratio.ts';
import { sumOf } from './statistics/sum.ts';

/** Failovers, exposure and marks of one group (SEM-25 … 25c, 2.8); `shown`: what only some groups have. */
export function groupResult(
  totals: RunTotals,
  group: number,
  confidence: number,
  shown: readonly ('switchovers' | 'capacityEvents')[] = [],
): GroupResult {
  const years = totals.horizons.map((horizon) => horizon / MICROSECONDS_PER_YEAR);
  const count = (measure: GroupMeasure): number => sumOf(totals.group(group, measure));
  const secondsPerYear = (measure: GroupMeasure): Estimate =>
    rateInterval(
      totals.group(group, measure).map((time) => time / MICROSECONDS_PER_SECOND),
      years,
      confidence,
    );
  const share = (of: number, n: number): Estimate | null => (n === 0 ? null : wilson(of, n, confidence));
  const trials = (successes: number, attempts: number): Trials => ({
    attempts,
    successes,
    ratio: share(successes, attempts),
  });
  const attempts = count('attempts');
  const down = secondsPerYear('downTime');
  const exposed = secondsPerYear('exposedTime');
  const whole = totals.horizons.map((horizon, i) => horizon - totals.group(group, 'protectedTime')[i]!);
  const unprotected = rateInterval(
    whole.map((time) => Math.max(0, time) / MICROSECONDS_PER_SECOND),
    years,
    confidence,
  );
  return {
    servingFailuresPerYear: frequencyInterval(totals.group(group, 'servingFailures'), years, confidence),
    memberFailuresPerYear: frequencyInterval(totals.group(group, 'memberFailures'), years, confidence),
    ...Object.fromEntries(
      shown.map((measure) => [`${measure}PerYear`, frequencyInterval(totals.group(group, measure), years, confidence)]),
    ),
    attempts,
    successes: count('successes'),
    successRatio: share(count('successes'), attempts),
    withinTarget: share(count('withinTarget'), attempts),
    coverage: trials(count('covered'), count('coverageDraws')),
    protection: share(Math.min(count('successes'), count('servingFailures')), count('servingFailures')),
    reasons: Object.fromEntries(
      FAILOVER_REASONS.map((reason, i) => [reason, sumOf(totals.groupReason(group, i))] as const).filter(
        ([, n]) => n > 0,
      ),
    ),
    exposureSecondsPerYear: exposed,
    latentSecondsPerYear: secondsPerYear('latentTime'),
    protectedSecondsPerYear: scale(complement(scale(unprotected, 1 / SECONDS_PER_YEAR)), SECONDS_PER_YEAR),
    downSecondsPerYear: down,
    marksSeconds: marksOf(totals, group, confidence),
  };
}

/** Failovers of several groups together, each within its own target. */
export function failoverRatios(totals: RunTotals, groups: readonly number[], confidence: number): FailoverRatios {
  const count = (measure: GroupMeasure): number =>
    groups.reduce((sum, group) => sum + sumOf(totals.group(group, measure)), 0);
  const attempts = count('attempts');
  const share = (of: number): Estimate | null => (attempts === 0 ? null : wilson(of, attempts, confidence));
  return {
    attempts,
    successes: count('successes'),
    successRatio: share(count('successes')),
    withinTarget: share(count('withinTarget')),
  };
}

function marksOf(totals: RunTotals, group: number, confidence: number): GroupResult['marksSeconds'] {
  const marks: Partial<Record<Mark, Estimate>> = {};
  MARKS.forEach((mark, i) => {
    const { time, count } = totals.groupMark(group, i);
    const seconds = time.map((micros) => micros / MICROSECONDS_PER_SECOND);
    const estimate = mark === 'failed' ? null : ratioInterval(seconds, count, confidence);
    if (estimate !== null) marks[mark] = estimate;
  });
  return marks;
}

/** Equal elements as a population of network elements (SEM-09, B-10). */
export function populationResult(
  totals: RunTotals,
  population: number,
  elements: number,
  confidence: number,
): PopulationResult {
  const years = totals.horizons.map((horizon) => (horizon / MICROSECONDS_PER_YEAR) * elements);
  const downtime = totals.population(population, 'downTime').map((time) => time / MICROSECONDS_PER_SECOND);
  const dpm = rateInterval(downtime, years, confidence);
  const elementYears = totals.horizons.reduce(
    (sum, horizon) => sum + Math.ceil(horizon / MICROSECONDS_PER_YEAR - 1e-9) * elements,
    0,
  );
  const affected = sumOf(totals.population(population, 'affectedYears'));
  return {
    elements,
    availability: complement(scale(dpm, 1 / SECONDS_PER_YEAR)),
    dpm,
    ofm: frequencyInterval(totals.population(population, 'failures'), years, confidence),
    zeroDowntimeShare: wilson(elementYears - affected, elementYears, confidence),
  };
}
