import type { StructureReport, StructuresReport } from '../../model/calculation.ts';
import type { CutSetSummary } from '../../model/structure.ts';
import { type CsvValue, renderCsv } from '../csv.ts';

const COLUMNS = ['structure', 'part', 'name', 'measure', 'value'];

/** One row per number: the top, then what was asked for besides. */
export function structureCsv(report: StructureReport): string {
  return renderCsv(COLUMNS, structureRows(report));
}

export function structuresCsv({ structures, eventTrees }: StructuresReport): string {
  const sequences = eventTrees.flatMap(({ name: tree, sequences }) =>
    sequences.flatMap(({ name, ...values }) => numbers([tree, 'sequence', name], values)),
  );
  return renderCsv(COLUMNS, [...structures.flatMap(structureRows), ...sequences]);
}

function structureRows(report: StructureReport): readonly (readonly CsvValue[])[] {
  const { name, top, method, lo, hi, importance, cutSets, mission = [], uncertainty } = report;
  const bounds = lo === undefined || hi === undefined ? {} : { lo, hi };
  return [
    [name, 'top', '', 'method', method],
    ...numbers([name, 'top', ''], { ...top, ...bounds }),
    ...importance.flatMap(({ block, ...measures }) => numbers([name, 'importance', block], measures)),
    ...(cutSets === undefined ? [] : cutSetRows(name, cutSets)),
    ...mission.flatMap(({ hours, failureProbability, ...values }) => {
      const { value, lo, hi } = failureProbability;
      const failure = { failureProbability: value, failureProbabilityLo: lo, failureProbabilityHi: hi };
      return numbers([name, 'mission', `${hours} h`], { ...values, ...failure });
    }),
    ...(uncertainty === undefined ? [] : uncertaintyRows(name, uncertainty)),
  ];
}

function cutSetRows(
  name: string,
  { count, countExact, byOrder, top }: CutSetSummary,
): readonly (readonly CsvValue[])[] {
  return [
    [name, 'cut sets', '', 'count', countExact ?? count],
    ...byOrder.map((ways, order) => [name, 'cut sets', `order ${order}`, 'count', ways]),
    ...top.map(({ blocks, probability }) => [name, 'cut set', blocks.join(' & '), 'probability', probability]),
  ];
}

function uncertaintyRows(
  name: string,
  { mean, standardDeviation, quantiles, tornado }: NonNullable<StructureReport['uncertainty']>,
): readonly (readonly CsvValue[])[] {
  return [
    ...numbers([name, 'uncertainty', ''], { mean, standardDeviation }),
    ...quantiles.map(({ p, unavailability }) => [
      name,
      'uncertainty',
      `quantile ${p}`,
      'unavailability',
      unavailability,
    ]),
    ...tornado.flatMap(({ parameter, low, high }) => numbers([name, 'tornado', parameter], { low, high })),
  ];
}

function numbers(head: readonly string[], values: Readonly<Record<string, number>>): readonly (readonly CsvValue[])[] {
  return Object.entries(values).map(([measure, value]) => [...head, measure, value]);
}
