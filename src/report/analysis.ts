import type { AnalyticPart, AnalyticReport, AnalyticResult } from '../model/result.ts';
import { SECONDS_PER_YEAR } from '../model/time.ts';
import { type CsvValue, renderCsv } from './csv.ts';
import { type Block, type Cell, type Document, heading, line, table } from './document/document.ts';
import { printComplement, printCount, printNumber } from './format.ts';
import { methodName, termRows } from './result/analytic.ts';
import { sliceRows } from './result/slice.ts';
import { analyticStageBlocks } from './result/stages.ts';

/** Names and parts listed before the rest is counted. */
const LISTED = 8;

/** The exact side of a scenario, each service under both treatments of the control path. */
export function analysisDocument({ scenario, services, slice }: AnalyticReport): Document {
  return [
    heading(1, `${scenario.name}: ${scenario.title}`),
    ...Object.entries(services).flatMap(([id, { conditional, series }]) => [
      heading(2, `Service ${id}`),
      ...treatmentBlocks(conditional),
      ...treatmentBlocks(series),
    ]),
    ...(slice === undefined ? [] : [heading(2, 'Services asked for'), table(['', '~'], sliceRows(slice))]),
  ];
}

function treatmentBlocks(result: AnalyticResult): readonly Block[] {
  const { shared = [], dominates = [], refused } = result;
  return [
    heading(3, methodName(result)),
    ...numberBlocks(result),
    ...(dominates.length === 0 ? [] : [line(`Dominated by ${dominates.join(', ')}.`)]),
    ...partBlocks(result.parts ?? []),
    ...(shared.length === 0 ? [] : [line(`Taken as independent, though they share ${listed(shared)}.`)]),
    ...twinBlocks(result),
    ...(refused === undefined ? [] : [line(refused, 'faint')]),
    ...analyticStageBlocks(result.stages),
  ];
}

function numberBlocks(result: AnalyticResult): readonly Block[] {
  const { unavailability, dpm, frequencyPerYear } = result;
  const rows: (readonly Cell[])[] = [];
  if (unavailability !== undefined && dpm !== undefined) {
    rows.push(
      ['availability', `${printComplement(unavailability)} %`],
      ['nines', printNumber(-Math.log10(unavailability), 5)],
      ['unavailability', printNumber(unavailability, 12)],
    );
  }
  rows.push(...boundRows(result));
  if (dpm !== undefined) rows.push(['downtime (DPM)', `${printNumber(dpm, 12)} s/year`]);
  rows.push(...termRows(result));
  if (frequencyPerYear !== undefined) rows.push(['interruptions', `${printNumber(frequencyPerYear)} a year`]);
  return rows.length === 0 ? [] : [table(['~', '>'], rows)];
}

/** Between what the value lies for certain, in both units. */
function boundRows({ lo, hi }: AnalyticResult): readonly (readonly Cell[])[] {
  if (lo === undefined || hi === undefined) return [];
  const between = (scale: number): string => `${printNumber(lo * scale)} … ${printNumber(hi * scale)}`;
  return [
    ['lies between', between(1)],
    ['in downtime', `${between(SECONDS_PER_YEAR)} s/year`],
  ];
}

const PART_METHODS: Readonly<Record<AnalyticPart['method'], string>> = {
  chain: 'one chain',
  chains: 'a chain each',
  'first-order': 'formula',
};

function partBlocks(parts: readonly AnalyticPart[]): readonly Block[] {
  // One part that is solved as a whole is told by the name of the method.
  if (parts.length < 2) return [];
  const rows = parts
    .slice(0, LISTED)
    .map(({ of, method, states, unavailability }): readonly Cell[] => [
      listed(of),
      PART_METHODS[method],
      states === undefined ? '' : printCount(states),
      unavailability === undefined ? '' : printNumber(unavailability),
    ]);
  const more = parts.length - rows.length;
  return [
    table(['solved together~', 'by', '>states', '>unavailability'], rows),
    ...(more > 0 ? [line(`… and ${printCount(more)} more parts.`, 'faint')] : []),
  ];
}

/** What the scenario would have with memoryless durations, where that is not the number given already. */
function twinBlocks({ method, memorylessTwin: twin }: AnalyticResult): readonly Block[] {
  if (twin === undefined) return [];
  const faults = twin.order === undefined ? '' : `, at most ${twin.order === 1 ? 'one fault' : 'two faults'} at a time`;
  const model = `every duration exponential with its own mean${faults}`;
  if (method === 'memoryless-twin') return [line(`Memoryless twin: ${model}.`)];
  return [line(`Memoryless twin (${model}): ${printNumber(twin.dpm)} s/year.`)];
}

function listed(names: readonly string[]): string {
  if (names.length <= LISTED + 1) return names.join(', ');
  return `${names.slice(0, LISTED).join(', ')} and ${printCount(names.length - LISTED)} more`;
}

const COLUMNS = [
  'service',
  'treatment',
  'method',
  'term',
  'unavailability',
  'dpm',
  'refused',
  'exact',
  'lo',
  'hi',
  'twin_dpm',
] as const;

/** One row per service, treatment and term; the whole comes first with an empty term. */
export function analysisCsv({ services }: AnalyticReport): string {
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
        result.exact === undefined ? null : String(result.exact),
        result.lo ?? null,
        result.hi ?? null,
        result.memorylessTwin?.dpm ?? null,
      ],
      ...(result.terms ?? []).map(({ name, dpm }): CsvValue[] => [
        service,
        treatment,
        result.method ?? null,
        name,
        null,
        dpm,
        ...Array<null>(COLUMNS.length - 6).fill(null),
      ]),
      ...(result.stages ?? []).map(({ id, method, unavailability, dpm, refused, exact, lo, hi, memorylessTwin }) => [
        `${service}: ${id}`,
        treatment,
        method ?? null,
        '',
        unavailability ?? null,
        dpm ?? null,
        refused ?? null,
        exact === undefined ? null : String(exact),
        lo ?? null,
        hi ?? null,
        memorylessTwin?.dpm ?? null,
      ]),
    ]),
  );
  return renderCsv([...COLUMNS], rows);
}
