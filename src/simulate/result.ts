import { type CompiledModel, MANIFESTATION } from '../compile/model.ts';
import { groupsByRegion } from '../compile/regions.ts';
import type { Budget } from '../measures/allocation.ts';
import { attributionFrom, attributionOf, type ModeFacts } from '../measures/attribution.ts';
import { CYCLE } from '../measures/cycles/measures.ts';
import { cycleServiceResult } from '../measures/cycles/service.ts';
import {
  failoverRatios,
  type GroupFeatures,
  groupResult,
  type PossibleMistakes,
  populationResult,
  sparesResult,
} from '../measures/group-result.ts';
import { attributionParts, type RecordShape } from '../measures/history-record.ts';
import type { RunTotals } from '../measures/run-totals.ts';
import { runtimeResults } from '../measures/runtimes.ts';
import { serviceResult, type YearlyLimit } from '../measures/service-result.ts';
import { sumOf } from '../measures/statistics/sum.ts';
import { targetSheet } from '../measures/target-sheet.ts';
import { judge } from '../measures/targets.ts';
import { EFFECTS, MARKS } from '../model/flow.ts';
import type {
  AnalyticResult,
  DurationSensitivity,
  ElementResult,
  GroupResult,
  Result,
  Sensitivity,
  ServiceResult,
} from '../model/result.ts';
import type { Scenario } from '../model/scenario.ts';
import { BUCKETS, CAUSES, PARTIES } from '../model/scenario.ts';
import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR, SECONDS_PER_YEAR } from '../model/time.ts';
import type { ServiceCycles } from './cycles/service-cycles.ts';
import { withExact } from './exact-downtime.ts';
import { groupsOf } from './groups-of.ts';
import { longestOutage } from './longest-outage.ts';
import type { MethodChoice } from './method.ts';
import type { FinishedRun, SimulateOptions } from './run.ts';
import { runningGroups } from './running-groups.ts';
import { stageResults, stagesOf } from './stages.ts';
import { upgradesOf } from './upgrade-results.ts';

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
  // From µs in all to s/year.
  const perMicro = MICROSECONDS_PER_YEAR / MICROSECONDS_PER_SECOND / sumOf(totals.horizons);
  const measured = model.names.services.map((_, service) =>
    serviceResult({
      totals,
      confidence,
      service,
      groups: groupsOf(model, service),
      longestOutage: longestOutage(model, service),
      missionSeconds: model.services.mission[service]! / MICROSECONDS_PER_SECOND,
      limits: yearlyLimits(scenario, model.names.services[service]!),
      attribution: attributionOf(totals, service, (mode) => modeFacts(model, mode)),
      plannedDpm: plannedDpm(model, totals.shape, totals.attribution, perMicro, service),
      budget: budgetOf(scenario, model.names.services[service]!),
      marks: { restored: MARKS.indexOf('restored'), redundant: MARKS.indexOf('redundant') },
    }),
  );
  Object.entries(scenario.services).forEach(([id, { stages }], service) => {
    const found = stages === undefined ? {} : { stages: stageResults(stages, stagesOf(model, service), measured) };
    const natural = { ...measured[service]!, ...found };
    services[id] = byMethod(natural, run.choices[service], service, analytic[id]!);
  });
  function byMethod(
    natural: ServiceResult,
    chosen: MethodChoice | undefined,
    service: number,
    solved: AnalyticResult,
  ): ServiceResult {
    if (chosen === undefined) return natural;
    const { method, because, cycles } = chosen;
    const found =
      method === 'exact'
        ? withExact(natural, solved.unavailability!)
        : cycles === undefined
          ? natural
          : withCycles(natural, cycles, service);
    return run.asked === 'auto' ? { ...found, choice: { method, because, histories: natural.dpm.all } } : found;
  }
  function withCycles(natural: ServiceResult, cycles: ServiceCycles, service: number): ServiceResult {
    const { totals: sums, classNames, gates, stop } = cycles;
    const whole = sums.amount(CYCLE.downtime);
    const dominant = [...sums.combinations]
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, DOMINANT)
      .map(([combination, downtime]) => ({
        failures: combination.split(' ').map((one) => classNames[Number(one)]!),
        share: downtime / whole,
      }));
    const facts = { samples: sums.samples, stop, gates, dominant };
    if (stop === 'not converged') return { ...natural, cycles: facts };
    const perYear = SECONDS_PER_YEAR / sums.timePerIdleTime();
    const found = cycleServiceResult(natural, {
      totals: sums,
      confidence,
      limits: yearlyLimits(scenario, model.names.services[service]!),
      attribution: attributionFrom(totals.shape, sums.attribution, perYear, service, (mode) => modeFacts(model, mode)),
      plannedDpm: plannedDpm(model, totals.shape, sums.attribution, perYear, service),
      facts,
    });
    const sensitivities = sensitivitiesOf(cycles, confidence);
    const durationSensitivities = durationSensitivitiesOf(cycles, confidence);
    return {
      ...found,
      ...(sensitivities.length === 0 ? {} : { sensitivities }),
      ...(durationSensitivities.length === 0 ? {} : { durationSensitivities }),
    };
  }
  const groups: Record<string, GroupResult> = {};
  model.names.groups.forEach((id, group) => {
    // The bonds and uplinks of a fabric are its own business, unless all details are asked for.
    if (model.groups.internal[group] === 1 && options.allElements !== true) return;
    groups[id] = groupResult(totals, group, confidence, featuresOf(model, group));
  });
  const inRegions = groupsByRegion(model, scenario);
  const regions = Object.fromEntries(
    Object.entries(inRegions ?? {}).map(([region, inside]) => [region, failoverRatios(totals, inside, confidence)]),
  );
  const upgrades = upgradesOf(model, scenario, totals, confidence);
  const runtimes = runtimeResults(totals, runningGroups(model, scenario), confidence);
  const members = new Int32Array(model.names.populations.length);
  for (const population of model.elements.population) if (population >= 0) members[population]!++;
  return {
    format: 'carriergrade/result/1',
    scenario: { name: scenario.name, title: scenario.title, digest },
    run: { ...run.facts, version },
    services,
    groups,
    ...(inRegions === undefined ? {} : { regions }),
    elements: elementResults(model, totals, options.allElements === true),
    populations: Object.fromEntries(
      model.names.populations.map((id, i) => [id, populationResult(totals, i, members[i]!, confidence)]),
    ),
    ...sparesResults(scenario, totals, confidence),
    ...(runtimes === undefined ? {} : { runtimes }),
    ...(upgrades === undefined ? {} : { upgrades }),
    analytic: { services: analytic },
    targets: scenario.targets.map((target) =>
      judge(target, services[target.of], groups[target.of] ?? regions[target.of], upgrades),
    ),
    targetSheet: targetSheet({ services, groups }, confidence),
    assumptions: scenario.assumptions,
  };
}

/** Responses to every class of failures that are alike, largest first. */
function sensitivitiesOf(cycles: ServiceCycles, confidence: number): readonly Sensitivity[] {
  const { scores, classNames, scoredClasses } = cycles;
  return Array.from({ length: scoredClasses }, (_, one) => ({
    failures: classNames[one]!,
    elasticity: scores.elasticity(one, confidence),
  })).sort((a, b) => Math.abs(b.elasticity.value) - Math.abs(a.elasticity.value) || (a.failures < b.failures ? -1 : 1));
}

/** Responses to every class of phases that takes part in downtime, largest first; those that are not known last. */
function durationSensitivitiesOf(cycles: ServiceCycles, confidence: number): readonly DurationSensitivity[] {
  const { scores, phases, scoredClasses } = cycles;
  const size = ({ elasticity }: DurationSensitivity): number => (elasticity === null ? -1 : Math.abs(elasticity.value));
  return phases
    .flatMap(({ name, isKnown }, one) => {
      const elasticity = scores.elasticity(scoredClasses + one, confidence);
      // What takes no part in any downtime has nothing to tell.
      return elasticity.lo === elasticity.hi ? [] : [{ duration: name, elasticity: isKnown ? elasticity : null }];
    })
    .sort((a, b) => size(b) - size(a) || (a.duration < b.duration ? -1 : 1));
}

/** Largest combinations of failures that are told apart. */
const DOMINANT = 10;

/** What of the reported measures can be about the group at all. */
function featuresOf(model: CompiledModel, group: number): GroupFeatures {
  const { switchBack, carriers, required, seatStart } = model.groups;
  const mistakes = possibleMistakes(model, group);
  const allCarry = carriers[group] === seatStart[group + 1]! - seatStart[group]!;
  return {
    switchovers: switchBack[group]! >= 0 || mistakes.any,
    capacityEvents: carriers[group]! > 1 && allCarry && required[group] === 0,
    mistakes,
  };
}

/** What may go on in the group besides failures and failovers that go well. */
function possibleMistakes(model: CompiledModel, group: number): PossibleMistakes {
  const { groups, seats, elements, modes, steps } = model;
  const misdirect = 1 << EFFECTS.indexOf('misdirect');
  let localisation = false;
  for (let step = groups.remediation[group]!; step >= 0; step = steps.last[step] === 1 ? -1 : step + 1) {
    if ((steps.effects[step]! & misdirect) !== 0) localisation = true;
  }
  const containment = groups.containment[group]! < 1;
  let any = localisation || containment || groups.race[group]! >= 0;
  const seat = groups.seatStart[group]!;
  for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) {
    const layer = seats.layer[i]!;
    for (let mode = elements.modeStart[layer]!; mode < elements.modeStart[layer + 1]!; mode++) {
      if (modes.manifestation[mode] !== MANIFESTATION.failStop || modes.leadSlot[mode]! >= 0) any = true;
    }
  }
  return { any, localisation, containment };
}

function sparesResults(scenario: Scenario, totals: RunTotals, confidence: number): Pick<Result, 'spares'> {
  const policies = Object.entries(scenario.repair).filter(([, { spares }]) => spares !== undefined);
  if (policies.length === 0) return {};
  const results = policies.map(([id, { spares, batch }], i) => {
    const years = (batch * MICROSECONDS_PER_SECOND) / MICROSECONDS_PER_YEAR;
    return [id, sparesResult(totals, i, spares!.count, years, confidence)] as const;
  });
  return { spares: Object.fromEntries(results) };
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

/** Downtime of a service whose root is foreseen work; `attribution` times `factor` is s/year. */
function plannedDpm(
  model: CompiledModel,
  shape: RecordShape,
  attribution: ReadonlyMap<number, number>,
  factor: number,
  service: number,
): number {
  let sum = 0;
  for (const key of [...attribution.keys()].sort((a, b) => a - b)) {
    const parts = attributionParts(shape, key);
    if (parts.service !== service || parts.mode < 0) continue;
    if (model.modes.planned[parts.mode] === 1) sum += attribution.get(key)!;
  }
  return sum * factor;
}

export function modeFacts(model: CompiledModel, mode: number): ModeFacts {
  // Nothing is known only of losses no fault explains; the model has none, so a figure here would show a defect.
  if (mode < 0) return { name: 'unattributed', bucket: 'OPER', cause: 'procedural', party: 'OPER' };
  const { modes, names, upgrades } = model;
  const root = upgrades.rootOf[mode]!;
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
      caused[model.modes.element[model.upgrades.rootOf[mode]!]!]! += totals.attribution.get(key)!;
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
