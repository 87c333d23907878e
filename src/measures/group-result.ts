import type { Estimate } from '../model/estimate.ts';
import { FAILOVER_REASONS, MARKS, type Mark } from '../model/flow.ts';
import type { FailoverRatios, GroupResult, PopulationResult, SparesResult, Trials } from '../model/result.ts';
import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR, SECONDS_PER_YEAR } from '../model/time.ts';
import type { GroupMeasure } from './history-record.ts';
import type { RunTotals } from './run-totals.ts';
import { complement, scale } from './service-result.ts';
import { wilson } from './statistics/proportion.ts';
import { frequencyInterval, rateInterval } from './statistics/rate.ts';
import { ratioInterval } from './statistics/ratio.ts';
import { sumOf } from './statistics/sum.ts';

/** Which mistakes the fault management of a group can make at all: what cannot happen is not reported as never seen. */
export interface PossibleMistakes {
  readonly any: boolean;
  readonly localisation: boolean;
  readonly containment: boolean;
}

/** What only some groups have. */
export interface GroupFeatures {
  /** Planned switchovers (SEM-25, SEM-30). */
  readonly switchovers: boolean;
  /** Losses of capacity alone (SEM-31). */
  readonly capacityEvents: boolean;
  readonly mistakes: PossibleMistakes;
}

const NONE: GroupFeatures = {
  switchovers: false,
  capacityEvents: false,
  mistakes: { any: false, localisation: false, containment: false },
};

/** Failovers, exposure and marks of one group (SEM-25 … 25c, 2.8). */
export function groupResult(
  totals: RunTotals,
  group: number,
  confidence: number,
  { switchovers, capacityEvents, mistakes }: GroupFeatures = NONE,
): GroupResult {
  const years = totals.horizons.map((horizon) => horizon / MICROSECONDS_PER_YEAR);
  const count = (measure: GroupMeasure): number => sumOf(totals.group(group, measure));
  const secondsPerYear = (measure: GroupMeasure): Estimate =>
    rateInterval(
      totals.group(group, measure).map((time) => time / MICROSECONDS_PER_SECOND),
      years,
      confidence,
    );
  const perYear = (measure: GroupMeasure): Estimate =>
    frequencyInterval(totals.group(group, measure), years, confidence);
  const share = (of: number, n: number): Estimate | null => (n === 0 ? null : wilson(of, n, confidence));
  const trials = (successes: number, attempts: number): Trials => ({
    attempts,
    successes,
    ratio: share(successes, attempts),
  });
  const attempts = count('attempts');
  const wrongRegion = sumOf(totals.groupReason(group, FAILOVER_REASONS.indexOf('wrong-region')));
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
    ...(capacityEvents ? { capacityEventsPerYear: perYear('capacityEvents') } : {}),
    ...(switchovers || count('switchovers') > 0 ? { switchoversPerYear: perYear('switchovers') } : {}),
    attempts,
    successes: count('successes'),
    successRatio: share(count('successes'), attempts),
    withinTarget: share(count('withinTarget'), attempts),
    coverage: trials(count('covered'), count('coverageDraws')),
    // What followed a false alarm has survived no failure.
    protection: share(
      Math.min(count('successes') - count('alarmSuccesses'), count('servingFailures')),
      count('servingFailures'),
    ),
    reasons: Object.fromEntries(
      FAILOVER_REASONS.map((reason, i) => [reason, sumOf(totals.groupReason(group, i))] as const).filter(
        ([, n]) => n > 0,
      ),
    ),
    exposureSecondsPerYear: exposed,
    latentSecondsPerYear: secondsPerYear('latentTime'),
    protectedSecondsPerYear: scale(complement(scale(unprotected, 1 / SECONDS_PER_YEAR)), SECONDS_PER_YEAR),
    downSecondsPerYear: down,
    ...(mistakes.any
      ? {
          imperfect: {
            falseAlarmsPerYear: perYear('falseAlarms'),
            racesPerYear: perYear('races'),
            alarmAttempts: count('alarmAttempts'),
            localisation: mistakes.localisation ? share(attempts - wrongRegion, attempts) : null,
            containment: mistakes.containment ? share(count('contained'), count('containable')) : null,
            splitBrainsPerYear: perYear('splitBrains'),
            splitBrainSecondsPerYear: secondsPerYear('splitBrainTime'),
          },
        }
      : {}),
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

/** Spares of one policy (B-64, NC-28): `policy` is its place among those with spares, `batchYears` the period of its repairs, 0 none. */
export function sparesResult(
  totals: RunTotals,
  policy: number,
  spares: number,
  batchYears: number,
  confidence: number,
): SparesResult {
  const years = totals.horizons.map((horizon) => horizon / MICROSECONDS_PER_YEAR);
  const exhaustions = totals.spare(policy, 'exhaustions');
  const seconds = totals.spare(policy, 'exhaustedTime').map((time) => time / MICROSECONDS_PER_SECOND);
  const periods = batchYears === 0 ? 0 : Math.floor(sumOf(years) / batchYears);
  return {
    spares,
    exhaustionsPerYear: frequencyInterval(exhaustions, years, confidence),
    exhaustedSecondsPerYear: rateInterval(seconds, years, confidence),
    exhaustionProbability: periods === 0 ? null : wilson(Math.min(periods, sumOf(exhaustions)), periods, confidence),
  };
}
