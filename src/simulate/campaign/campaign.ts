import type { CompiledModel } from '../../compile/model.ts';
import { groupsByRegion } from '../../compile/regions.ts';
import {
  CAMPAIGN_VERDICTS,
  type Campaign,
  type CampaignOutcome,
  type CampaignRow,
  type CampaignSummary,
  type CampaignVerdict,
  type FailoverSummary,
} from '../../model/campaign.ts';
import { FAILOVER_REASONS } from '../../model/flow.ts';
import { InputError } from '../../model/problem.ts';
import type { Scenario } from '../../model/scenario.ts';
import { MICROSECONDS_PER_SECOND } from '../../model/time.ts';
import { brokenBy } from './breaks.ts';
import { type Fault, groupClasses, listFaults } from './faults.ts';
import { type CampaignPlan, type PlannedFault, planCampaign } from './plan.ts';
import { InjectionRunner } from './runner.ts';
import type { CampaignWatch, EndedFailover } from './watch.ts';

/**
 * Injects every fault of the plan into the scenario, one injection after the other from everything up, without
 * randomness inside an injection (see ScriptClocks), and says what each did to every service.
 *
 * @throws InputError when there is nothing to inject.
 */
export function runCampaign(
  model: CompiledModel,
  scenario: Scenario,
  digest: string,
  plan: CampaignPlan,
  { each = false }: CampaignSettings = {},
): Campaign {
  const classes = groupClasses(model.names.groups, scenario.groups);
  const faults = listFaults(model, classes);
  const classOf = new Map(
    model.names.groups.map((id, group) => [`${id}.failoverTarget`, `${classes[group]!}.failoverTarget`]),
  );
  if (faults.length === 0) {
    const message = 'no element of the scenario has a failure mode: there is nothing to inject';
    throw new InputError([{ level: 'error', code: 'nothing-to-inject', message }]);
  }
  const runner = new InjectionRunner(model, plan.kind === 'random' ? plan.faults : 2);
  const { facts, injections } = planCampaign(plan, faults, runner);
  const rows = new Map<string, Row>();
  const summaries = new Map(model.names.services.slice(0, model.services.visible).map((id) => [id, emptySummary()]));
  const inRegions = groupsByRegion(model, scenario);
  const regions = new Map(Object.keys(inRegions ?? {}).map((region): [string, EndedFailover[]] => [region, []]));
  const regionsOf = model.names.groups.map((_, group) =>
    Object.entries(inRegions ?? {}).flatMap(([region, inside]) => (inside.includes(group) ? [region] : [])),
  );
  const { seats } = model;
  for (const injection of injections) {
    const strikes = injection.map(({ fault, at }) => ({ mode: fault.mode, at }));
    const structural = runner.injectForGood(strikes.map(({ mode }) => ({ mode, at: 0 })));
    runner.inject(strikes);
    const services = outcomes(model, runner.watch, structural);
    const row = rowOf(injection, services, model, scenario, runner.watch);
    for (const failover of runner.watch.failovers) {
      for (const region of regionsOf[seats.group[failover.seat]!]!) regions.get(region)!.push(failover);
    }
    for (const [id, outcome] of Object.entries(services)) addTo(summaries.get(id)!, outcome, injection, plan);
    const alike = row.breaks.map((name) => classOf.get(name) ?? name);
    addRow(rows, row, injection, each ? String(rows.size) : alike);
  }
  return {
    format: 'carriergrade/campaign/1',
    scenario: { name: scenario.name, title: scenario.title, digest },
    campaign: facts,
    rows: [...rows.values()].map(({ row }) => row).sort(worstFirst),
    services: Object.fromEntries(
      [...summaries].map(([id, summary]) => [id, withPromise(summary, id, scenario, facts.faultsPerInjection, rows)]),
    ),
    ...(inRegions === undefined
      ? {}
      : { regions: Object.fromEntries([...regions].map(([id, ended]) => [id, failoversOf(model, ended)])) }),
  };
}

export interface CampaignSettings {
  /** A row for every injection, alike or not. */
  readonly each?: boolean;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Row = { row: Mutable<CampaignRow> };

function emptySummary(): Mutable<CampaignSummary> {
  return { up: 0, hit: 0, partial: 0, down: 0, longestSeconds: 0 };
}

const seconds = (micros: number): number => micros / MICROSECONDS_PER_SECOND;

function outcomes(
  model: CompiledModel,
  watch: CampaignWatch,
  structural: Float64Array,
): Readonly<Record<string, CampaignOutcome>> {
  const { services, names } = model;
  const found: Record<string, CampaignOutcome> = {};
  for (let service = 0; service < services.visible; service++) {
    const longest = watch.longest[service]!;
    const verdict: CampaignVerdict =
      longest === 0
        ? 'up'
        : longest <= services.minOutage[service]!
          ? 'hit'
          : watch.down[service]! > 0
            ? 'down'
            : 'partial';
    const left = structural[service]!;
    found[names.services[service]!] = {
      verdict,
      outageSeconds: seconds(watch.outage[service]!),
      longestSeconds: seconds(longest),
      downSeconds: seconds(watch.down[service]!),
      worstLostShare: watch.worst[service]!,
      lostShareSeconds: seconds(watch.lost[service]!),
      restored: watch.lossOf(service) === 0,
      unrepaired: left === 0 ? 'up' : left === 1 ? 'down' : 'partial',
    };
  }
  return found;
}

function rowOf(
  injection: readonly PlannedFault[],
  services: CampaignRow['services'],
  model: CompiledModel,
  scenario: Scenario,
  watch: CampaignWatch,
): Mutable<CampaignRow> {
  const { names } = model;
  const single = injection.length === 1 ? { perYear: injection[0]!.fault.perYear } : {};
  return {
    faults: injection.map(({ fault, at }) => ({
      element: names.elements[fault.element]!,
      mode: names.modes[fault.mode]!,
      atSeconds: at,
    })),
    injections: 1,
    ...single,
    services,
    failovers: failoversOf(model, watch.failovers),
    breaks: brokenBy(injection.length, services, watch.failovers, model, scenario),
  };
}

function failoversOf({ seats, groups }: CompiledModel, ended: readonly EndedFailover[]): FailoverSummary {
  const successes = ended.filter(({ reason }) => reason < 0);
  const reasons = ended.flatMap(({ reason }) => (reason < 0 ? [] : [FAILOVER_REASONS[reason]!]));
  return {
    attempts: ended.length,
    successes: successes.length,
    withinTarget: successes.filter(({ seat, elapsed }) => elapsed <= groups.failoverTarget[seats.group[seat]!]!).length,
    slowestSeconds: successes.length === 0 ? null : seconds(Math.max(...successes.map(({ elapsed }) => elapsed))),
    reasons: [...new Set(reasons)].sort(),
  };
}

function addTo(
  summary: Mutable<CampaignSummary>,
  outcome: CampaignOutcome,
  injection: readonly { readonly fault: Fault }[],
  plan: CampaignPlan,
): void {
  summary[outcome.verdict]++;
  summary.longestSeconds = Math.max(summary.longestSeconds, outcome.longestSeconds);
  if (plan.kind !== 'single') return;
  summary.singleFaultDpm = (summary.singleFaultDpm ?? 0) + injection[0]!.fault.perYear * outcome.lostShareSeconds;
}

/** Injections of equal elements that end alike are one row; `alike` is what they break, or a name of their own. */
function addRow(
  rows: Map<string, Row>,
  row: Mutable<CampaignRow>,
  injection: readonly PlannedFault[],
  alike: string | readonly string[],
): void {
  const classes = injection.map(({ fault, at }) => [fault.class, at]);
  const key = typeof alike === 'string' ? alike : JSON.stringify([classes, row.services, row.failovers, alike]);
  const known = rows.get(key);
  if (known === undefined) {
    rows.set(key, { row });
    return;
  }
  known.row.injections++;
  if (row.perYear !== undefined) known.row.perYear = (known.row.perYear ?? 0) + row.perYear;
}

function worstFirst(a: CampaignRow, b: CampaignRow): number {
  const verdict = (row: CampaignRow): number =>
    Math.max(0, ...Object.values(row.services).map((service) => CAMPAIGN_VERDICTS.indexOf(service.verdict)));
  const lost = (row: CampaignRow): number =>
    Object.values(row.services).reduce((sum, service) => sum + service.lostShareSeconds, 0);
  const name = (row: CampaignRow): string => row.faults.map(({ element, mode }) => `${element}:${mode}`).join(' + ');
  return verdict(b) - verdict(a) || lost(b) - lost(a) || (name(a) < name(b) ? -1 : 1);
}

function withPromise(
  summary: CampaignSummary,
  id: string,
  scenario: Scenario,
  faultsAtOnce: number,
  rows: ReadonlyMap<string, Row>,
): CampaignSummary {
  const promised = scenario.services[id]!.faultsTolerated ?? 0;
  if (promised < faultsAtOnce) return summary;
  const kept = [...rows.values()].every(({ row }) => !row.breaks.includes(`${id}.faultsTolerated`));
  return { ...summary, faultsTolerated: { promised, kept } };
}
