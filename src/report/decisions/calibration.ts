import type { CalibratedKind, CalibratedParameter, Calibration, CalibrationVerdict } from '../../model/calibration.ts';
import type { Comparison, PairedEstimate } from '../../model/comparison.ts';
import type { Estimate } from '../../model/estimate.ts';
import { type CsvValue, renderCsv } from '../csv.ts';
import { type Block, type Cell, type Document, heading, line, list, type Tone, table } from '../document/document.ts';
import { printCount, printDuration, printDurationEstimate, printEstimate, printNumber, printRatio } from '../format.ts';
import { intervalTitle } from '../result/row.ts';
import { printSigned } from './comparison.ts';

const WORDS: Readonly<Record<CalibrationVerdict, readonly [word: string, tone: Tone]>> = {
  agrees: ['agrees', 'good'],
  differs: ['differs', 'bad'],
  unknown: ['no single value', 'faint'],
  few: ['too few', 'open'],
};

/** Prescribed and measured value of each parameter, and what the measured one changes. */
export function calibrationDocument({ scenario, data, parameters, unused, comparison }: Calibration): Document {
  const { tickets, fieldYears, confidence } = data;
  const years = fieldYears === null ? '' : `, those of the field over ${printNumber(fieldYears)} years`;
  const rows = parameters.map((parameter) => parameterRow(parameter));
  return [
    heading(1, `${scenario.name}: prescribed and measured`),
    line(`${printCount(tickets)} tickets${years}.`),
    heading(2, 'Parameters'),
    table(['parameter~', '>prescribed', '>measured', intervalTitle(confidence), '>n', '~'], rows),
    ...(comparison === undefined
      ? [line('Nothing was measured often enough to change anything.')]
      : effects(comparison)),
    ...(unused.length === 0 ? [] : [heading(2, 'Not used'), list(unused)]),
  ];
}

function parameterRow({ path, kind, prescribed, measured, verdict }: CalibratedParameter): readonly Cell[] {
  const [word, tone] = WORDS[verdict];
  const { value, interval } = printMeasured(kind, measured);
  const before = prescribed === null ? '–' : printPrescribed(kind, prescribed);
  return [path, before, value, interval, printCount(measured.n), { text: word, tone }];
}

function printMeasured(
  kind: CalibratedKind,
  measured: Estimate,
): { readonly value: string; readonly interval: string } {
  if (kind === 'rate') return printEstimate(measured, '/year');
  return kind === 'coverage' || kind === 'switch' ? printRatio(measured) : printDurationEstimate(measured);
}

function printPrescribed(kind: CalibratedKind, value: number): string {
  if (kind === 'rate') return `${printNumber(value)} /year`;
  return kind === 'coverage' || kind === 'switch' ? `${printNumber(100 * value)} %` : printDuration(value);
}

/** Downtime of every service as prescribed and as measured, and what each parameter alone makes of it. */
function effects({ run, against }: Comparison): Block[] {
  const services = Object.keys(against[0]!.services);
  return services.flatMap((id) => {
    const [together, ...alone] = against.map(({ b, services: compared }) => ({
      label: b.label,
      dpm: compared[id]!.metrics.dpm,
    }));
    const rows = [together!, ...sorted(alone)].map(({ label, dpm }) => effectRow(label, dpm));
    return [
      heading(2, `Service ${id}`),
      line(`Downtime as prescribed: ${printEstimate(together!.dpm.a).value} s/year.`),
      table(['with~', '>s/year', '>change', intervalTitle(run.confidence)], rows),
    ];
  });
}

const sorted = <T extends { readonly dpm: PairedEstimate }>(effectsOfOne: readonly T[]): readonly T[] =>
  [...effectsOfOne].sort((a, b) => Math.abs(b.dpm.difference.value) - Math.abs(a.dpm.difference.value));

function effectRow(label: string, { b, difference }: PairedEstimate): readonly Cell[] {
  const { value, interval } = printSigned(difference);
  const tone: Tone = difference.lo > 0 ? 'bad' : difference.hi < 0 ? 'good' : 'faint';
  return [label, printEstimate(b).value, { text: value, tone }, interval];
}

/** One row per parameter; then the change in downtime by service, where it was simulated. */
export function calibrationCsv({ parameters, comparison }: Calibration): string {
  const services = Object.keys(comparison?.against[0]?.services ?? {});
  const columns = ['parameter', 'kind', 'prescribed', 'measured', 'measured_lo', 'measured_hi', 'n', 'verdict'];
  const changes = services.flatMap((id) => [`${id}_change`, `${id}_change_lo`, `${id}_change_hi`]);
  const changeOf = (label: string): CsvValue[] => {
    const variant = comparison?.against.find(({ b }) => b.label === label);
    return services.flatMap((id): CsvValue[] => {
      const change = variant?.services[id]?.metrics.dpm.difference;
      return change === undefined ? [null, null, null] : [change.value, change.lo, change.hi];
    });
  };
  const rows = parameters.map(({ path, kind, prescribed, measured, verdict }): CsvValue[] => [
    path,
    kind,
    prescribed,
    measured.value,
    measured.lo,
    measured.hi,
    measured.n,
    verdict,
    ...changeOf(path),
  ]);
  const together = comparison?.against[0]?.b.label;
  const all: CsvValue[][] =
    together === undefined ? [] : [[together, 'all', null, null, null, null, null, null, ...changeOf(together)]];
  return renderCsv([...columns, ...changes], [...all, ...rows]);
}
