import type { Estimate } from '../../model/estimate.ts';
import type {
  AnalyticResult,
  GroupResult,
  PopulationResult,
  Result,
  RuntimeResult,
  ServiceResult,
  SparesResult,
  Trials,
} from '../../model/result.ts';
import { type CsvValue, renderCsv } from '../csv.ts';

const COLUMNS = ['kind', 'name', 'measure', 'unit', 'value', 'lo', 'hi', 'method', 'n'];

type Row = readonly CsvValue[];
/** Measure, unit and estimate; null: not observed. A plain number has no interval. */
type Measure = readonly [measure: string, unit: string, value: Estimate | number | null];

/** One row per measure, in a fixed order: services, groups, elements, populations, exact side, targets, target sheet, run. */
export function resultCsv(result: Result): string {
  return renderCsv(COLUMNS, [
    ...rowsOf('service', result.services, serviceMeasures),
    ...Object.entries(result.services).flatMap(([id, { stages = [] }]) =>
      stages.flatMap((stage) =>
        rowsOf('stage', { [`${id}: ${stage.id}`]: stage }, ({ availability, unavailability, nines, dpm, share }) => [
          ['availability', '', availability],
          ['unavailability', '', unavailability],
          ['nines', '', nines],
          ['dpm.all', 's/year', dpm],
          ['share', '', share],
        ]),
      ),
    ),
    ...rowsOf('group', result.groups, groupMeasures),
    ...rowsOf('region', result.regions ?? {}, ({ attempts, successes, successRatio, withinTarget }) => [
      ['attempts', '', attempts],
      ['successes', '', successes],
      ['successRatio', '', successRatio],
      ['withinTarget', '', withinTarget],
    ]),
    ...result.elements.flatMap((element) =>
      rowsOf('element', { [element.name]: element }, ({ failuresPerYear, downSecondsPerYear, causedDpm }) => [
        ['failuresPerYear', '1/year', failuresPerYear],
        ['downSecondsPerYear', 's/year', downSecondsPerYear],
        ['causedDpm', 's/year', causedDpm],
      ]),
    ),
    ...rowsOf('spares', result.spares ?? {}, sparesMeasures),
    ...(result.runtimes === undefined ? [] : rowsOf('runtime', result.runtimes, runtimeMeasures)),
    ...upgradeRows(result.upgrades),
    ...rowsOf('population', result.populations, populationMeasures),
    ...rowsOf('analytic', result.analytic.services, analyticMeasures),
    ...result.targets.map(({ id, metric, estimate, verdict }) => row('target', id, [metric, verdict, estimate])),
    ...result.targetSheet.map(({ id, of, estimate }) =>
      row('targetSheet', id, [of ?? '', id === 'downtime' ? 's/year' : '', estimate]),
    ),
    ...rowsOf('run', { [result.scenario.name]: result.run }, ({ histories, simulatedYears, events, confidence }) => [
      ['histories', '', histories],
      ['simulatedYears', 'year', simulatedYears],
      ['events', '', events],
      ['confidence', '', confidence],
    ]),
  ]);
}

function rowsOf<T>(
  kind: string,
  named: Readonly<Record<string, T>>,
  measures: (entry: T) => readonly Measure[],
): readonly Row[] {
  return Object.entries(named).flatMap(([name, entry]) => measures(entry).map((measure) => row(kind, name, measure)));
}

function row(kind: string, name: string, [measure, unit, value]: Measure): Row {
  if (value === null) return [kind, name, measure, unit, null, null, null, null, null];
  if (typeof value === 'number') return [kind, name, measure, unit, value, null, null, null, null];
  return [kind, name, measure, unit, value.value, value.lo, value.hi, value.method, value.n];
}

function serviceMeasures(service: ServiceResult): readonly Measure[] {
  const { dpm, ofm, outageSeconds: lengths } = service;
  return [
    ['availability', '', service.availability],
    ['unavailability', '', service.unavailability],
    ['nines', '', service.nines],
    ['dpm.total', 's/year', dpm.total],
    ['dpm.partial', 's/year', dpm.partial],
    ['dpm.partialRaw', 's/year', dpm.partialRaw],
    ['dpm.all', 's/year', dpm.all],
    ['dpm.counted', 's/year', dpm.counted],
    ['dpm.attributable', 's/year', dpm.attributable],
    ['dpm.guest', 's/year', dpm.guest],
    ['dpm.infrastructure', 's/year', dpm.infrastructure],
    ['plannedDpm', 's/year', service.plannedDpm],
    ['ofm.total', '1/year', ofm.total],
    ['ofm.partial', '1/year', ofm.partial],
    ['ofm.all', '1/year', ofm.all],
    ['hitsPerYear', '1/year', service.hitsPerYear],
    ['reportablePerYear', '1/year', service.reportablePerYear],
    ['capacityEventsPerYear', '1/year', service.capacityEventsPerYear],
    ['outageSeconds.mean', 's', lengths?.mean ?? null],
    ['outageSeconds.p50', 's', lengths?.p50 ?? null],
    ['outageSeconds.p90', 's', lengths?.p90 ?? null],
    ['outageSeconds.p99', 's', lengths?.p99 ?? null],
    ['outageSeconds.max', 's', lengths?.max ?? null],
    ['outageSeconds.censored', '', lengths?.censored ?? null],
    ['mtbfHours', 'h', service.mtbfHours],
    ['mttremSeconds', 's', service.mttremSeconds],
    ['mttrecSeconds', 's', service.mttrecSeconds],
    ['mttrepHours', 'h', service.mttrepHours],
    ['sessionsLostPerYear', '1/year', service.sessionsLostPerYear],
    ['userHoursLostPerYear', 'h/year', service.userHoursLostPerYear],
    ['reliability', '', service.reliability],
    ['missionSeconds', 's', service.missionSeconds],
    ...keyed('missProbability', '', service.missProbability),
    ...Object.entries(service.attribution).flatMap(([axis, parts]) => keyed(`attribution.${axis}`, 's/year', parts)),
    ...Object.entries(service.allocation?.buckets ?? {}).flatMap(([bucket, { allocated, dpm }]): Measure[] => [
      [`allocation.${bucket}.allocated`, 's/year', allocated],
      [`allocation.${bucket}.dpm`, 's/year', dpm],
    ]),
  ];
}

function groupMeasures(group: GroupResult): readonly Measure[] {
  return [
    ['servingFailuresPerYear', '1/year', group.servingFailuresPerYear],
    ['memberFailuresPerYear', '1/year', group.memberFailuresPerYear],
    ...optional('capacityEventsPerYear', '1/year', group.capacityEventsPerYear),
    ...optional('switchoversPerYear', '1/year', group.switchoversPerYear),
    ['attempts', '', group.attempts],
    ['successes', '', group.successes],
    ['successRatio', '', group.successRatio],
    ['withinTarget', '', group.withinTarget],
    ['protection', '', group.protection],
    ...trialMeasures('coverage', group.coverage),
    ...keyed('reasons', '', group.reasons),
    ['exposureSecondsPerYear', 's/year', group.exposureSecondsPerYear],
    ['latentSecondsPerYear', 's/year', group.latentSecondsPerYear],
    ['protectedSecondsPerYear', 's/year', group.protectedSecondsPerYear],
    ['downSecondsPerYear', 's/year', group.downSecondsPerYear],
    ...imperfectMeasures(group.imperfect),
    ...keyed('marksSeconds', 's', group.marksSeconds),
  ];
}

function imperfectMeasures(imperfect: GroupResult['imperfect']): readonly Measure[] {
  if (imperfect === undefined) return [];
  return [
    ['falseAlarmsPerYear', '1/year', imperfect.falseAlarmsPerYear],
    ['alarmAttempts', '', imperfect.alarmAttempts],
    ['racesPerYear', '1/year', imperfect.racesPerYear],
    ['localisation', '', imperfect.localisation],
    ['containment', '', imperfect.containment],
    ['splitBrainsPerYear', '1/year', imperfect.splitBrainsPerYear],
    ['splitBrainSecondsPerYear', 's/year', imperfect.splitBrainSecondsPerYear],
  ];
}

function sparesMeasures(policy: SparesResult): readonly Measure[] {
  return [
    ['spares', '', policy.spares],
    ['exhaustionsPerYear', '1/year', policy.exhaustionsPerYear],
    ['exhaustedSecondsPerYear', 's/year', policy.exhaustedSecondsPerYear],
    ['exhaustionProbability', '', policy.exhaustionProbability],
  ];
}

function runtimeMeasures(runtime: RuntimeResult): readonly Measure[] {
  return [
    ['groups', '', runtime.groups],
    ['members', '', runtime.members],
    ['downSecondsPerYear', 's/year', runtime.downSecondsPerYear],
    ['upgradeDownSecondsPerYear', 's/year', runtime.upgradeDownSecondsPerYear],
    ['exposureSecondsPerYear', 's/year', runtime.exposureSecondsPerYear],
    ['upgradeExposureSecondsPerYear', 's/year', runtime.upgradeExposureSecondsPerYear],
    ...trialMeasures('failovers', runtime.failovers),
    ['restoredSeconds', 's', runtime.restoredSeconds],
    ['redundantSeconds', 's', runtime.redundantSeconds],
  ];
}

function upgradeRows(upgrades: Result['upgrades']): readonly Row[] {
  if (upgrades === undefined) return [];
  return [
    ...rowsOf('upgrade', upgrades.campaigns, ({ startsPerYear }) => [['startsPerYear', '1/year', startsPerYear]]),
    ...rowsOf('upgradedService', upgrades.services, (service) => [
      ['downtimeSecondsPerYear', 's/year', service.downtimeSecondsPerYear],
      ['exposureSecondsPerYear', 's/year', service.exposureSecondsPerYear],
    ]),
    ...rowsOf('upgradedGroup', upgrades.groups, (group) => [
      ['redundancyLossSecondsPerYear', 's/year', group.redundancyLossSecondsPerYear],
      ['degradedSecondsPerYear', 's/year', group.degradedSecondsPerYear],
      ['movesPerMember', '', group.movesPerMember],
      ['stateLossEvents', '', group.stateLossEvents],
    ]),
    ...upgrades.budgets.map(({ budget, of, verdict, estimate }) =>
      row('upgradeBudget', of, [budget, verdict, estimate]),
    ),
  ];
}

function trialMeasures(name: string, trials: Trials): readonly Measure[] {
  return [
    [`${name}.attempts`, '', trials.attempts],
    [`${name}.successes`, '', trials.successes],
    [`${name}.ratio`, '', trials.ratio],
  ];
}

function populationMeasures({
  elements,
  availability,
  dpm,
  ofm,
  zeroDowntimeShare,
}: PopulationResult): readonly Measure[] {
  return [
    ['elements', '', elements],
    ['availability', '', availability],
    ['dpm', 's/year', dpm],
    ['ofm', '1/year', ofm],
    ['zeroDowntimeShare', '', zeroDowntimeShare],
  ];
}

function analyticMeasures({ unavailability, dpm, terms = [] }: AnalyticResult): readonly Measure[] {
  return [
    ['unavailability', '', unavailability ?? null],
    ['dpm', 's/year', dpm ?? null],
    ...terms.map((term): Measure => [`term.${term.name}`, 's/year', term.dpm]),
  ];
}

/** A measure that only some results have. */
function optional(measure: string, unit: string, value: Estimate | undefined): readonly Measure[] {
  return value === undefined ? [] : [[measure, unit, value]];
}

function keyed(
  measure: string,
  unit: string,
  entries: Readonly<Record<string, Estimate | number>>,
): readonly Measure[] {
  return Object.entries(entries).map(([key, value]) => [`${measure}.${key}`, unit, value]);
}
