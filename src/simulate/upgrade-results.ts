import type { CompiledModel } from '../compile/model.ts';
import type { RunTotals } from '../measures/run-totals.ts';
import { upgradeResults } from '../measures/upgrades.ts';
import type { UpgradeResults } from '../model/result.ts';
import type { Scenario } from '../model/scenario.ts';
import { groupsOf } from './groups-of.ts';

/** What the campaigns of a run cost; undefined in scenarios without any. */
export function upgradesOf(
  model: CompiledModel,
  scenario: Scenario,
  totals: RunTotals,
  confidence: number,
): UpgradeResults | undefined {
  if (scenario.upgrades === undefined) return undefined;
  const { upgrades, modes, groups } = model;
  const campaigns = Object.keys(scenario.upgrades).map((_, campaign) => campaign);
  const concerns = (group: number): number[] =>
    campaigns.filter((campaign) => {
      const own = upgrades.group.subarray(upgrades.groupStart[campaign]!, upgrades.groupStart[campaign + 1]!);
      return own.includes(group);
    });
  return upgradeResults({
    totals,
    confidence,
    upgrades: scenario.upgrades,
    starts: campaigns.map((campaign) => totals.elementFailures[modes.element[upgrades.start[campaign]!]!]!),
    services: Object.keys(scenario.services).map((id, service) => [
      id,
      service,
      campaigns.filter((campaign) => touches(model, campaign, service)),
    ]),
    groups: model.names.groups.flatMap((id, group) => {
      const of = concerns(group);
      if (of.length === 0 || groups.internal[group] === 1) return [];
      return [[id, group, groups.seatStart[group + 1]! - groups.seatStart[group]!, of] as const];
    }),
  });
}

/** The service stands on a target of the campaign, or on a group it concerns. */
function touches(model: CompiledModel, campaign: number, service: number): boolean {
  const { upgrades, services, elements, groups, gates } = model;
  const own = new Set(upgrades.group.subarray(upgrades.groupStart[campaign]!, upgrades.groupStart[campaign + 1]!));
  if (groupsOf(model, service).some((group) => own.has(group))) return true;
  const targets = new Set(
    upgrades.target.subarray(upgrades.targetStart[campaign]!, upgrades.targetStart[campaign + 1]!),
  );
  const stands = (element: number): boolean =>
    targets.has(element) || (elements.host[element]! >= 0 && stands(elements.host[element]!));
  const visit = (signal: number): boolean => {
    if (signal < elements.count) return stands(signal);
    const gate = signal - elements.count - groups.count;
    if (gate < 0) return false;
    return gates.input.subarray(gates.inputStart[gate]!, gates.inputStart[gate + 1]!).some(visit);
  };
  return services.term.subarray(services.termStart[service]!, services.termStart[service + 1]!).some(visit);
}
