import type { CompiledModel } from '../compile/model.ts';
import type { Budget } from '../measures/allocation.ts';
import { attributionOf, type ModeFacts } from '../measures/attribution.ts';
import { failoverRatios, groupResult, populationResult } from '../measures/group-result.ts';
import { attributionParts } from '../measures/history-record.ts';
import type { RunTotals } from '../measures/run-totals.ts';
import { serviceResult, type YearlyLimit } from '../measures/service-result.ts';
import { sumOf } from '../measures/statistics/sum.ts';
import { targetSheet } from '../measures/target-sheet.ts';
import { judge } from '../measures/targets.ts';
import { MARKS } from '../model/flow.ts';
import type { AnalyticResult, ElementResult, GroupResult, Result, ServiceResult } from '../model/result.ts';
import type { Scenario } from '../model/scenario.ts';
import { BUCKETS, CAUSES, PARTIES } from '../model/scenario.ts';
import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR, SECONDS_PER_YEAR } from '../model/time.ts';
import { longestOutage } from './longest-outage.ts';
import type { FinishedRun, SimulateOptions } from './run.ts';
import { stageResults, stagesOf } from './stages.ts';

/** A finished run as the plain data everything else reads. */
export function buildResult(
  model: CompiledModel,
  scenario: Scenario,
  digest: string,
  run: FinishedRun,
  version: string,
  analytic: Readonly<Record<string, AnalyticResult>>,
  options: SimulateOptions = {},
): Result {
  const { totals } = run;
  const { confidence } = run.facts;
  const services: Record<string, ServiceResult> = {};
  const measured = model.names.services.map((_, service) =>
    serviceResult({
      totals,
      confidence,
      service,
      groups: groupsOf(model, service),
      longestOutage: longestOutage(model, service),
      limits: yearlyLimits(scenario, model.names.services[service]!),
      attribution: attributionOf(totals, service, (mode) => modeFacts(model, mode)),
      plannedDpm: plannedDpm(model, totals, service),
      budget: budgetOf(scenario, model.names.services[service]!),
      marks: { restored: MARKS.indexOf('restored'), redundant: MARKS.indexOf('redundant') },
    }),
  );
  Object.entries(scenario.services).forEach(([id, { stages }], service) => {
    const found = stages === undefined ? {} : { stages: stageResults(stages, stagesOf(model, service), measured) };
    services[id] = { ...measured[service]!, ...found };
  });
  const groups: Record<string, GroupResult> = {};
  model.names.groups.forEach((id, group) => {
    const { switchBack, carriers, required } = model.groups;
    const shares = carriers[group] === model.groups.seatStart[group + 1]! - model.groups.seatStart[group]!;
    groups[id] = groupResult(totals, group, confidence, [
      ...(switchBack[group]! >= 0 ? (['switchovers'] as const) : []),
      ...(carriers[group]! > 1 && shares && required[group] === 0 ? (['capacityEvents'] as const) : []),
    ]);
  });
  const regions = Object.fromEntries(
    Object.keys(scenario.regions ?? {}).map((region) => {
      const inside = model.names.groups.flatMap((id, group) => (id.startsWith(`${region}/`) ? [group] : []));
      return [region, failoverRatios(totals, inside, confidence)];
    }),
  );
  const members = new Int32Array(model.names.populations.length);
  for (const population of model.elements.population) if (population >= 0) members[population]!++;
  return {
    format: 'carriergrade/result/1',
    scenario: { name: scenario.name, title: scenario.title, digest },
    run: { ...run.facts, version },
    services,
    groups,
    ...(scenario.regions === undefined ? {} : { regions }),
    elements: elementResults(model, totals, options.allElements === true),
    populations: Object.fromEntries(
      model.names.populations.map((id, i) => [id, populationResult(totals, i, members[i]!, confidence)]),
    ),
    analytic: { services: analytic },
    targets: scenario.targets.map((target) =>
      judge(target, services[target.of], groups[target.of] ?? regions[target.of]),
    ),
    targetSheet: targetSheet({ services, groups }, confidence),
    assumptions: scenario.assumptions,
  };
}

/** Groups among the signals the service stands on, through its gates. */
export function groupsOf(model: CompiledModel, service: number): number[] {
  const { services, elements, groups, gates } = model;
  const found = new Set<number>();
  const visit = (signal: number): void => {
    if (signal < elements.count) return;
    if (signal < elements.count + groups.count) {
      found.add(signal - elements.count);
      return;
    }
    const gate = signal - elements.count - groups.count;
    for (let i = gates.inputStart[gate]!; i < gates.inputStart[gate + 1]!; i++) visit(gates.input[i]!);
  };
  for (let i = services.termStart[service]!; i < services.termStart[service + 1]!; i++) visit(services.term[i]!);
  return [...found].sort((a, b) => a - b);
}

function yearlyLimits(scenario: Scenario, service: string): YearlyLimit[] {
  return scenario.targets.flatMap((target) => {
    if (target.of !== service) return [];
    if (target.metric === 'availability') return [{ id: target.id, seconds: target.limit * SECONDS_PER_YEAR }];
    return target.metric === 'dpm' ? [{ id: target.id, seconds: target.limit }] : [];
  });
}

/** Strictest downtime target of a service and how it is divided (B-44). */
function budgetOf(scenario: Scenario, service: string): Budget | undefined {
  const limits = yearlyLimits(scenario, service).map(({ seconds }) => seconds);
  return limits.length === 0 ? undefined : { target: Math.min(...limits), shares: scenario.allocation };
}

/** Downtime of a service whose root is foreseen work, s/year. */
function plannedDpm(model: CompiledModel, totals: RunTotals, service: number): number {
  let micros = 0;
  for (const key of [...totals.attribution.keys()].sort((a, b) => a - b)) {
    const parts = attributionParts(totals.shape, key);
    if (parts.service !== service || parts.mode < 0) continue;
    if (model.modes.planned[parts.mode] === 1) micros += totals.attribution.get(key)!;
  }
  return micros / MICROSECONDS_PER_SECOND / (sumOf(totals.horizons) / MICROSECONDS_PER_YEAR);
}

function modeFacts(model: CompiledModel, mode: number): ModeFacts {
  // Nothing is known only of losses no fault explains; the model has none, so a figure here would show a defect.
  if (mode < 0) return { name: 'unattributed', bucket: 'OPER', cause: 'procedural', party: 'OPER' };
  const { modes, names, strikes } = model;
  const root = strikes.source[mode]!;
  return {
    name: `${names.elements[modes.element[root]!]}:${names.modes[root]}`,
    bucket: BUCKETS[modes.bucket[mode]!]!,
    cause: CAUSES[modes.cause[mode]!]!,
    party: PARTIES[modes.party[mode]!]!,
  };
}

function elementResults(model: CompiledModel, totals: RunTotals, all: boolean): ElementResult[] {
  const years = sumOf(totals.horizons) / MICROSECONDS_PER_YEAR;
  const caused = new Float64Array(model.elements.count);
  for (const key of [...totals.attribution.keys()].sort((a, b) => a - b)) {
    const { mode, service } = attributionParts(totals.shape, key);
    if (mode >= 0 && service < model.services.visible)
      caused[model.modes.element[model.strikes.source[mode]!]!]! += totals.attribution.get(key)!;
  }
  const perYear = (micros: number): number => micros / MICROSECONDS_PER_SECOND / years;
  return model.names.elements
    .map((name, element) => ({
      name,
      failuresPerYear: totals.elementFailures[element]! / years,
      downSecondsPerYear: perYear(totals.elementDowntime[element]!),
      causedDpm: perYear(caused[element]!),
    }))
    .filter((element) => all || element.failuresPerYear > 0 || element.downSecondsPerYear > 0)
    .sort(
      (a, b) => b.causedDpm - a.causedDpm || b.downSecondsPerYear - a.downSecondsPerYear || (a.name < b.name ? -1 : 1),
    )
    .slice(0, all ? Number.POSITIVE_INFINITY : 100);
}
