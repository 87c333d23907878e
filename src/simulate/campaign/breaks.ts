import type { CompiledModel } from '../../compile/model.ts';
import type { CampaignOutcome } from '../../model/campaign.ts';
import type { Scenario } from '../../model/scenario.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';
import type { EndedFailover } from './watch.ts';

/**
 * What one injection breaks: promises of services to tolerate so many faults (no reportable outage), reportable outages
 * (B-22), yearly downtime budgets that it uses up alone, and failover targets of groups (B-48).
 */
export function brokenBy(
  faults: number,
  services: Readonly<Record<string, CampaignOutcome>>,
  failovers: readonly EndedFailover[],
  { seats, groups, names }: CompiledModel,
  scenario: Scenario,
): readonly string[] {
  const broken = Object.entries(services).flatMap(([id, outcome]) => {
    const { reportableThreshold, faultsTolerated = 0 } = scenario.services[id]!;
    if (outcome.longestSeconds <= reportableThreshold) return [];
    return [...(faults <= faultsTolerated ? [`${id}.faultsTolerated`] : []), `${id}.reportable`];
  });
  for (const target of scenario.targets) {
    const outcome = services[target.of];
    if (outcome !== undefined && secondsOf(target.metric, outcome) > limitOf(target)) broken.push(target.id);
  }
  for (const { seat, reason, elapsed } of failovers) {
    const group = seats.group[seat]!;
    const name = `${names.groups[group]}.failoverTarget`;
    if ((reason >= 0 || elapsed > groups.failoverTarget[group]!) && !broken.includes(name)) broken.push(name);
  }
  return broken;
}

/** Seconds of downtime as the metric counts them; 0 for metrics that do not. */
function secondsOf(metric: Scenario['targets'][number]['metric'], outcome: CampaignOutcome): number {
  if (metric === 'dpmTotal') return outcome.downSeconds;
  if (metric === 'dpmCounted') return outcome.verdict === 'hit' ? 0 : outcome.lostShareSeconds;
  return metric === 'dpm' || metric === 'availability' ? outcome.lostShareSeconds : 0;
}

/** The yearly budget in seconds. */
function limitOf({ metric, limit }: Scenario['targets'][number]): number {
  return metric === 'availability' ? limit * SECONDS_PER_YEAR : limit;
}
