import type { AnalyticReport, SpofReport, Trace } from '../../model/result.ts';
import type { Explanation } from '../explanation.ts';
import type { Validation } from '../validation.ts';
import { type CsvValue, renderCsv } from './csv.ts';

/** One row per step. */
export function traceCsv({ steps }: Trace): string {
  const columns = ['t', 'step', 'entity', 'by', 'flow', 'needs', 'control', 'waited', 'outcome'];
  const rows = steps.map(({ t, step, entity, by, flow, needs, control, waited, outcome }) => {
    return [t, step, entity, by, flow, needs.join(' '), control, waited, outcome];
  });
  return renderCsv(columns, rows);
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
    ]),
  );
  return renderCsv(columns, rows);
}

/** One row per single point and per pair. */
export function spofCsv({ services }: SpofReport): string {
  const rows = Object.entries(services).flatMap(([service, { single, pairs }]) => [
    ...single.map((element) => [service, element, '']),
    ...pairs.map(([a, b]) => [service, a, b]),
  ]);
  return renderCsv(['service', 'element', 'together'], rows);
}

/** One row per value. */
export function explanationCsv({ values }: Explanation): string {
  const rows = values.map(({ path, value, source, stated }) => [path, value, source, stated]);
  return renderCsv(['path', 'value', 'source', 'stated'], rows);
}

/** One row per problem; a file without any has one row without a level. */
export function validationCsv({ files }: Validation): string {
  const columns = ['file', 'valid', 'line', 'column', 'level', 'code', 'message', 'hint'];
  const rows = files.flatMap(({ file, valid, problems }): CsvValue[][] => {
    if (problems.length === 0) return [[file, valid, null, null, null, null, null, null]];
    return problems.map(({ place, level, code, message, hint }) => {
      return [
        place?.file ?? file,
        valid,
        place?.line ?? null,
        place?.column ?? null,
        level,
        code,
        message,
        hint ?? null,
      ];
    });
  });
  return renderCsv(columns, rows);
}
