import type { Estimate } from '../model/estimate.ts';
import type { BudgetLine, UpgradeResults } from '../model/result.ts';
import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR } from '../model/time.ts';
import type { Upgrade, UpgradeBudget } from '../model/upgrade.ts';
import type { RunTotals } from './run-totals.ts';
import { rateInterval } from './statistics/rate.ts';
import { sumOf } from './statistics/sum.ts';
import { verdictOf } from './targets.ts';

export interface UpgradeContext {
  readonly totals: RunTotals;
  readonly confidence: number;
  readonly upgrades: Readonly<Record<string, Upgrade>>;
  /** Per campaign: its starts in all histories. */
  readonly starts: readonly number[];
  /** Visible services and groups by name and index; groups with their members and the campaigns that concern them. */
  readonly services: readonly (readonly [id: string, index: number, campaigns: readonly number[]])[];
  readonly groups: readonly (readonly [id: string, index: number, members: number, campaigns: readonly number[]])[];
}

/** What campaigns cost, and the budgets they are held against (B-76 … B-78). */
export function upgradeResults(context: UpgradeContext): UpgradeResults {
  const { totals, confidence } = context;
  const years = totals.horizons.map((horizon) => horizon / MICROSECONDS_PER_YEAR);
  const perYear = (times: readonly number[]): Estimate =>
    rateInterval(
      times.map((time) => time / MICROSECONDS_PER_SECOND),
      years,
      confidence,
    );
  const campaigns = Object.entries(context.upgrades);
  const services = context.services.map(([id, service, of]) => {
    const downtime = perYear(totals.service(service, 'upgradeWeighted'));
    const exposure = perYear(totals.service(service, 'exposureWeighted'));
    return [id, { downtimeSecondsPerYear: downtime, exposureSecondsPerYear: exposure }, of] as const;
  });
  const groups = context.groups.map(([id, group, members, of]) => {
    const rounds = of.reduce((sum, campaign) => sum + context.starts[campaign]!, 0);
    const moves = sumOf(totals.group(group, 'moves'));
    const found = {
      redundancyLossSecondsPerYear: perYear(totals.group(group, 'upgradeExposedTime')),
      degradedSecondsPerYear: perYear(totals.group(group, 'degradedTime')),
      movesPerMember: rounds === 0 ? null : moves / rounds / members,
      stateLossEvents: sumOf(totals.group(group, 'upgradeStateLosses')),
    };
    return [id, found, of] as const;
  });
  const all = sumOf(years);
  return {
    campaigns: Object.fromEntries(
      campaigns.map(([id, { impact }], i) => [id, { impact, startsPerYear: context.starts[i]! / all }]),
    ),
    services: Object.fromEntries(services.map(([id, found]) => [id, found])),
    groups: Object.fromEntries(groups.map(([id, found]) => [id, found])),
    budgets: [
      ...services.flatMap(([of, { downtimeSecondsPerYear }, some]) => {
        const budget = strictest(some.map((campaign) => campaigns[campaign]![1].downtimeBudget));
        return budget === undefined ? [] : [line(budget, of, downtimeSecondsPerYear, roundsOf(some))];
      }),
      ...groups.flatMap(([of, { redundancyLossSecondsPerYear }, some]) => {
        const budget = strictest(some.map((campaign) => campaigns[campaign]![1].redundancyBudget));
        return budget === undefined ? [] : [line(budget, of, redundancyLossSecondsPerYear, roundsOf(some))];
      }),
    ],
  };

  function roundsOf(some: readonly number[]): number {
    return some.reduce((sum, campaign) => sum + campaigns[campaign]![1].perYear, 0);
  }
}

/** The least of the budgets; none for services that no campaign can touch, or of class N/A alone. */
function strictest(budgets: readonly (UpgradeBudget | undefined)[]): UpgradeBudget | undefined {
  return budgets.reduce(
    (least, each) =>
      each === undefined || (least !== undefined && least.secondsPerYear <= each.secondsPerYear) ? least : each,
    undefined,
  );
}

/** The yearly estimate against its budget, and the same per update: a year's budget over its updates (B-77). */
function line(budget: UpgradeBudget, of: string, estimate: Estimate, perYear: number): BudgetLine {
  const { id, measure, secondsPerYear } = budget;
  return {
    budget: id,
    measure,
    of,
    limitSecondsPerYear: secondsPerYear,
    estimate,
    updatesPerYear: perYear,
    perUpdateSeconds: { limit: secondsPerYear / perYear, value: estimate.value / perYear },
    verdict: verdictOf(estimate, secondsPerYear, false),
  };
}
