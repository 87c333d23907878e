import type { Sweep, SweepPoint } from '../../model/sweep.ts';
import { type CsvValue, renderCsv } from '../csv.ts';
import { type Cell, type Document, heading, line, table } from '../document/document.ts';
import { printAvailability, printCount, printEstimate, printNumber } from '../format.ts';
import { intervalTitle } from '../result/row.ts';
import { VERDICTS } from '../result/verdict.ts';
import { sweepPlot } from './sweep-plot.ts';

/** A table per service, a row per point; `plot` adds bars drawn with characters. */
export function sweepDocument(sweep: Sweep, plot = false): Document {
  const { scenario, parameters, points, confidence, version } = sweep;
  const services = [...new Set(points.flatMap((point) => Object.keys(point.services)))];
  const known = (id: string): boolean => points.some((point) => point.services[id]?.exactDpm !== undefined);
  return [
    heading(1, `${scenario.name}: ${scenario.title}`),
    line(`${printCount(points.length)} points of ${parameters.join(' and ')}, all on the same random numbers`),
    ...services.flatMap((id) => {
      const exact = known(id) ? ['>exact'] : [];
      const titles = [
        ...parameters.map(lastWord),
        '>DPM, s/year',
        intervalTitle(confidence),
        ...exact,
        '>availability',
        '',
      ];
      const rows = points.flatMap((point) =>
        point.services[id] === undefined ? [] : [rowOf(point, id, parameters, known(id))],
      );
      return [heading(2, `Service ${id}`), table(titles, rows), ...(plot ? sweepPlot(sweep, id) : [])];
    }),
    line(`carriergrade ${version}`, 'faint'),
  ];
}

/** The part of a path that tells parameters apart in the title of a column. */
function lastWord(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function rowOf(point: SweepPoint, id: string, parameters: readonly string[], withExact: boolean): readonly Cell[] {
  const { dpm, unavailability, exactDpm } = point.services[id]!;
  const printed = printEstimate(dpm);
  const missed = point.targets.filter(({ level }) => level === 'error').map(({ verdict }) => verdict);
  const verdict = missed.includes('fail') ? 'fail' : missed.includes('undecided') ? 'undecided' : 'pass';
  const { word, tone } = VERDICTS[verdict];
  return [
    ...parameters.map((path) => String(point.values[path] ?? '')),
    printed.value,
    printed.interval,
    ...(withExact ? [exactDpm === undefined ? '–' : printNumber(exactDpm)] : []),
    printAvailability(unavailability).value,
    missed.length === 0 ? '' : { text: word, tone },
  ];
}

/** The sweep as columns and rows, one row per point and service: what CSV and Parquet hold. */
export function sweepRows({ parameters, points }: Sweep): {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly CsvValue[])[];
} {
  const figures = ['dpm', 'unavailability', 'ofm', 'reportable'] as const;
  const columns = [
    ...parameters,
    'service',
    ...figures.flatMap((name) => [name, `${name}_lo`, `${name}_hi`]),
    'exact_dpm',
    'targets',
    'method',
    'histories',
    'simulated_years',
    'seed',
    'digest',
  ];
  const rows = points.flatMap(({ values, services, targets, run, digest }) =>
    Object.entries(services).map(([id, service]): CsvValue[] => [
      ...parameters.map((path) => values[path] ?? null),
      id,
      ...figures.flatMap((name) => [service[name].value, service[name].lo, service[name].hi]),
      service.exactDpm ?? null,
      targets.map((target) => `${target.id}=${target.verdict}`).join(' '),
      run.method,
      run.histories,
      run.simulatedYears,
      run.seed,
      digest,
    ]),
  );
  return { columns, rows };
}

export function sweepCsv(sweep: Sweep): string {
  const { columns, rows } = sweepRows(sweep);
  return renderCsv(columns, rows);
}
