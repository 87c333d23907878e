import type { AnalyticReport, AnalyticResult } from '../model/result.ts';
import { type CsvValue, renderCsv } from './csv.ts';
import { type Block, type Cell, type Document, heading, line, table } from './document/document.ts';
import { printComplement, printNumber } from './format.ts';
import { methodName, termRows } from './result/analytic.ts';
import { analyticStageBlocks } from './result/stages.ts';

/** The exact side of a scenario, each service under both treatments of the control path. */
export function analysisDocument({ scenario, services }: AnalyticReport): Document {
  return [
    heading(1, `${scenario.name}: ${scenario.title}`),
    ...Object.entries(services).flatMap(([id, { conditional, series }]) => [
      heading(2, `Service ${id}`),
      ...treatmentBlocks(conditional),
      ...treatmentBlocks(series),
    ]),
  ];
}

function treatmentBlocks(result: AnalyticResult): readonly Block[] {
  const refused = result.refused === undefined ? [] : [line(result.refused, 'faint')];
  return [heading(3, methodName(result)), ...numberBlocks(result), ...refused, ...analyticStageBlocks(result.stages)];
}

function numberBlocks(result: AnalyticResult): readonly Block[] {
  const { unavailability, dpm, dominates = [] } = result;
  if (unavailability === undefined || dpm === undefined) return [];
  const rows: readonly (readonly Cell[])[] = [
    ['availability', `${printComplement(unavailability)} %`],
    ['nines', printNumber(-Math.log10(unavailability), 5)],
    ['unavailability', printNumber(unavailability, 12)],
    ['downtime (DPM)', `${printNumber(dpm, 12)} s/year`],
    ...termRows(result),
  ];
  const dominating = dominates.length === 0 ? [] : [line(`Dominated by ${dominates.join(', ')}.`)];
  return [table(['~', '>'], rows), ...dominating];
}

/** One row per service, treatment and term; the whole comes first with an empty term. */
export function analysisCsv({ services }: AnalyticReport): string {
  const columns = ['service', 'treatment', 'method', 'term', 'unavailability', 'dpm', 'refused'];
  const rows = Object.entries(services).flatMap(([service, treatments]) =>
    Object.entries(treatments).flatMap(([treatment, result]): CsvValue[][] => [
      [
        service,
        treatment,
        result.method ?? null,
        '',
        result.unavailability ?? null,
        result.dpm ?? null,
        result.refused ?? null,
      ],
      ...(result.terms ?? []).map(({ name, dpm }) => [
        service,
        treatment,
        result.method ?? null,
        name,
        null,
        dpm,
        null,
      ]),
      ...(result.stages ?? []).map(({ id, method, unavailability, dpm, refused }) => [
        `${service}: ${id}`,
        treatment,
        method ?? null,
        '',
        unavailability ?? null,
        dpm ?? null,
        refused ?? null,
      ]),
    ]),
  );
  return renderCsv(columns, rows);
}
