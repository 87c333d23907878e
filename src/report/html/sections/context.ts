import type { Result, ServiceResult, TargetResult } from '../../../model/result.ts';
import { SECONDS_PER_YEAR } from '../../../model/time.ts';
import { printCount } from '../../format.ts';
import type { Figures } from '../figure.ts';
import { anchor } from '../markup.ts';

/** What every section is written from. */
export interface Context {
  readonly result: Result;
  readonly figures: Figures;
  readonly allElements: boolean;
  /** Place of each service in the report, as its anchor. */
  readonly anchors: ReadonlyMap<string, string>;
  /** Services that get a section of their own, in the order of the result. */
  readonly detailed: readonly string[];
  /** Services that get charts of their own. */
  readonly charted: ReadonlySet<string>;
}

/** Services with charts: those with a target, then those that are down most. A hundred services are read from the table. */
const MOST_CHARTED = 4;
/** Services with a section of their own; the others stand in the table of all. */
const MOST_DETAILED = 12;

export function contextOf(result: Result, figures: Figures, allElements: boolean): Context {
  const services = Object.entries(result.services);
  const isAsked = (id: string): number => (result.targets.some(({ of }) => of === id) ? 1 : 0);
  const byInterest = [...services].sort(
    ([a, x], [b, y]) => isAsked(b) - isAsked(a) || y.dpm.all.value - x.dpm.all.value || (a < b ? -1 : 1),
  );
  const down = byInterest.filter(([, { dpm }]) => dpm.all.value > 0);
  const detailed = new Set(byInterest.slice(0, MOST_DETAILED).map(([id]) => id));
  return {
    result,
    figures,
    allElements,
    anchors: new Map(services.map(([id], i) => [id, `service-${i + 1}-${anchor(id)}`])),
    detailed: services.map(([id]) => id).filter((id) => detailed.has(id)),
    charted: new Set(down.slice(0, MOST_CHARTED).map(([id]) => id)),
  };
}

/** Strictest downtime a target leaves a service, s/year; undefined without such a target. */
export function budgetOf(service: string, targets: readonly TargetResult[]): number | undefined {
  const limits = targets.flatMap(({ of, metric, limit }) => {
    if (of !== service) return [];
    if (metric === 'availability') return [limit * SECONDS_PER_YEAR];
    return metric === 'dpm' ? [limit] : [];
  });
  return limits.length === 0 ? undefined : Math.min(...limits);
}

/** The largest part of a sum; undefined for an empty one. */
export function largest(parts: Readonly<Record<string, number>>): readonly [name: string, amount: number] | undefined {
  const [most] = ranked(parts);
  return most;
}

/** Parts with something in them, largest first, equal ones by name, `other` last. */
export function ranked(parts: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  const rest = (name: string): number => (name === 'other' ? 1 : 0);
  return Object.entries(parts)
    .filter(([, amount]) => amount > 0)
    .sort(([a, x], [b, y]) => rest(a) - rest(b) || y - x || (a < b ? -1 : 1));
}

/** The service people will ask about: the one that uses most of its budget, else the one that is down most. */
export function worstService({ services, targets }: Result): readonly [string, ServiceResult] | undefined {
  const weight = ([id, { dpm }]: readonly [string, ServiceResult]): number => {
    const budget = budgetOf(id, targets);
    return budget === undefined ? dpm.all.value / 1e12 : dpm.all.value / budget;
  };
  return Object.entries(services).sort((a, b) => weight(b) - weight(a) || (a[0] < b[0] ? -1 : 1))[0];
}

/** Roots of the downtime of a service, s/year, largest first; many equal elements are one where the result knows of them. */
export function rootsOf(
  { picture, services }: Result,
  id: string,
): readonly (readonly [name: string, seconds: number])[] {
  const roots = picture?.roots[id];
  if (roots === undefined) return ranked(services[id]!.attribution.element).filter(([name]) => name !== 'other');
  return roots.map(({ name, count, seconds }) => [count > 1 ? `${name} × ${printCount(count)}` : name, seconds]);
}
