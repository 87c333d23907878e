import type { Estimate } from '../model/estimate.ts';
import type { FailoverRatios, ServiceResult, TargetResult, UpgradeResults } from '../model/result.ts';
import type { Metric, Target } from '../model/scenario.ts';

/** Metrics that must not fall below their limit; all others must not exceed it. */
const AT_LEAST: readonly Metric[] = ['failoverSuccess', 'failoverWithinTarget'];

/** Compares the interval with the limit; undecided when the limit lies inside or nothing was observed. */
export function judge(
  target: Target,
  service: ServiceResult | undefined,
  group: FailoverRatios | undefined,
  upgrades?: UpgradeResults,
): TargetResult {
  const { id, of, metric, limit, text, level } = target;
  const estimate = measured(target, service, group, upgrades);
  return {
    id,
    of,
    metric,
    limit,
    text,
    level,
    estimate,
    verdict: verdictOf(estimate, limit, AT_LEAST.includes(metric)),
  };
}

/** The estimate a target looks at; for `availability` that is the unavailability. */
function measured(
  { metric, of }: Target,
  service?: ServiceResult,
  group?: FailoverRatios,
  upgrades?: UpgradeResults,
): Estimate | null {
  switch (metric) {
    case 'availability':
      return service?.unavailability ?? null;
    case 'dpm':
      return service?.dpm.all ?? null;
    case 'dpmTotal':
      return service?.dpm.total ?? null;
    case 'dpmPartial':
      return service?.dpm.partial ?? null;
    case 'dpmCounted':
      return service?.dpm.counted ?? null;
    case 'ofm':
      return service?.ofm.all ?? null;
    case 'ofmTotal':
      return service?.ofm.total ?? null;
    case 'ofmPartial':
      return service?.ofm.partial ?? null;
    case 'reportable':
      return service?.reportablePerYear ?? null;
    case 'failoverSuccess':
      return group?.successRatio ?? null;
    case 'failoverWithinTarget':
      return group?.withinTarget ?? null;
    case 'upgradeDowntime':
      return upgrades?.services[of]?.downtimeSecondsPerYear ?? null;
    case 'redundancyLoss':
      return upgrades?.groups[of]?.redundancyLossSecondsPerYear ?? null;
  }
}

/** The interval against a limit that must not be exceeded, or (`atLeast`) not be missed. */
export function verdictOf(estimate: Estimate | null, limit: number, atLeast: boolean): TargetResult['verdict'] {
  if (estimate === null) return 'undecided';
  if (atLeast) return estimate.lo >= limit ? 'pass' : estimate.hi < limit ? 'fail' : 'undecided';
  return estimate.hi <= limit ? 'pass' : estimate.lo > limit ? 'fail' : 'undecided';
}
