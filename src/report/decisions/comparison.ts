import {
  COMPARED_AXES,
  COMPARED_METRICS,
  type ComparedAxis,
  type ComparedChoice,
  type ComparedMetric,
  type ComparedVariant,
  type Comparison,
  type ComparisonVerdict,
  type Contribution,
  type PairedEstimate,
  type ServiceComparison,
} from '../../model/comparison.ts';
import type { Estimate } from '../../model/estimate.ts';
import { type CsvValue, renderCsv } from '../csv.ts';
import { type Block, type Cell, type Document, heading, line, list, type Tone, table } from '../document/document.ts';
import { printCount, printEstimate, printNumber } from '../format.ts';
import { intervalTitle } from '../result/row.ts';

const METRICS: Readonly<Record<ComparedMetric, readonly [name: string, unit: string]>> = {
  dpm: ['downtime (DPM)', 's/year'],
  dpmTotal: ['in total loss', 's/year'],
  dpmPartial: ['in partial loss', 's/year'],
  dpmCounted: ['in counted outages', 's/year'],
  ofm: ['outages', '/year'],
  reportable: ['reportable outages', '/year'],
  sessionsLost: ['sessions lost', '/year'],
  userHoursLost: ['user hours lost', '/year'],
};

const AXES: Readonly<Record<ComparedAxis, string>> = {
  phase: 'phase',
  bucket: 'bucket',
  cause: 'cause',
  element: 'element',
};

const WORDS: Readonly<Record<ComparisonVerdict, readonly [word: string, tone: Tone]>> = {
  less: ['less', 'good'],
  more: ['more', 'bad'],
  same: ['the same', 'faint'],
  undecided: ['undecided', 'open'],
};

const CHOICES: Readonly<Record<ComparedChoice['method'], string>> = {
  exact: 'What counts is the exact downtime',
  cycles: 'What counts is the downtime by rare-event cycles',
  histories: 'Histories saw few outages and nothing else knows more',
};

/** Contributions shown along one axis where not everything is asked for. */
const BRIEF = 3;

/** Variants against the first one; `full` shows every contribution. */
export function comparisonDocument({ a, run, against }: Comparison, full: boolean): Document {
  return [
    heading(1, `${a.label} against ${against.map(({ b }) => b.label).join(', ')}`),
    line(`a is ${a.label}: ${a.title}`),
    ...against.flatMap((variant) => variantBlocks(variant, run.confidence, full)),
    heading(2, 'How'),
    list([
      `${printCount(run.histories)} histories of ${printNumber(run.simulatedYears / run.histories)} years of each, seed ${run.seed}: history i of one is the pair of history i of the other`,
      `stopped at the ${run.stop === 'precision' ? 'precision asked for' : run.stop}`,
      `carriergrade ${run.version}`,
    ]),
  ];
}

function variantBlocks({ b, services, onlyA, onlyB }: ComparedVariant, confidence: number, full: boolean): Block[] {
  return [
    heading(2, `b is ${b.label}`),
    ...Object.entries(services).flatMap(([id, service]) => serviceBlocks(id, service, confidence, full)),
    ...[
      [onlyA, 'a'],
      [onlyB, 'b'],
    ].flatMap(([ids, side]) => (ids!.length === 0 ? [] : [line(`Only in ${side}: ${(ids as string[]).join(', ')}`)])),
  ];
}

function serviceBlocks(id: string, service: ServiceComparison, confidence: number, full: boolean): Block[] {
  const shown = COMPARED_METRICS.filter((metric) => {
    const { a, b } = service.metrics[metric];
    return full || metric === 'dpm' || a.value > 0 || b.value > 0;
  });
  const rows = [
    ...shown.map((metric) =>
      metricRow(METRICS[metric], service.metrics[metric], metric !== 'dpm' && metric.startsWith('dpm'), full),
    ),
    ...(service.choice?.method === 'cycles'
      ? [metricRow(['downtime, cycles', 's/year'], service.choice.dpm, false, full)]
      : []),
    ...(service.exact === undefined ? [] : [metricRow(['downtime, exact', 's/year'], service.exact, false, full)]),
  ];
  const interval = intervalTitle(confidence);
  const ratio = full ? ['>b / a', interval] : [];
  const titles = ['measure~', 'unit', '>a', '>b', '>b − a', interval, ...ratio, '~'];
  return [
    heading(3, `Service ${id}`),
    table(titles, rows),
    ...summary(service),
    ...becauseBlocks(service, confidence, full),
  ];
}

/** The ratio of the downtimes, and what the common histories were worth. */
function summary({ metrics, varianceReduction, choice }: ServiceComparison): Block[] {
  const { ratio, verdict } = choice?.dpm ?? metrics.dpm;
  const lines: Block[] = [];
  if (choice !== undefined) {
    const tone = choice.method === 'histories' ? 'open' : 'faint';
    lines.push(line(`${CHOICES[choice.method]}${drawn(choice)}: ${choice.because}.`, tone));
  }
  if (ratio !== null && verdict !== 'same') {
    const { value, interval } = printEstimate(ratio);
    lines.push(line(`The downtime of b is ${value} times that of a (${interval}).`));
  }
  if (varianceReduction !== null && (choice === undefined || choice.method === 'histories')) {
    const times = printNumber(varianceReduction, 3);
    lines.push(line(`Independent runs would need ${times} times as many histories for that interval.`, 'faint'));
  }
  return lines;
}

function drawn({ method, pairs }: ComparedChoice): string {
  if (method !== 'cycles') return '';
  return pairs === true ? ', on the same incidents of both' : ', each known by itself';
}

function metricRow(
  [name, unit]: readonly [string, string],
  { a, b, difference, ratio, verdict }: PairedEstimate,
  isPart: boolean,
  full: boolean,
): readonly Cell[] {
  const [word, tone] = WORDS[verdict];
  const change = printSigned(difference);
  const share = ratio === null ? { value: '–', interval: '' } : printEstimate(ratio);
  return [
    { text: name, indent: isPart ? 1 : 0 },
    unit,
    printEstimate(a).value,
    printEstimate(b).value,
    change.value,
    change.interval,
    ...(full ? [share.value, share.interval] : []),
    { text: word, tone },
  ];
}

function becauseBlocks({ because, metrics }: ServiceComparison, confidence: number, full: boolean): Block[] {
  if (metrics.dpm.verdict === 'same') return [];
  const rows = COMPARED_AXES.flatMap((axis) => {
    const changed = because[axis].filter(({ difference }) => difference.value !== 0);
    return changed.slice(0, full ? changed.length : BRIEF).map((each) => contributionRow(AXES[axis], each));
  });
  if (rows.length === 0) return [];
  const titles = ['by', 'what made the difference~', '>a', '>b', '>b − a, s/year', intervalTitle(confidence)];
  return [table(titles, rows)];
}

function contributionRow(axis: string, { name, a, b, difference }: Contribution): readonly Cell[] {
  const { value, interval } = printSigned(difference);
  const tone: Tone = difference.lo > 0 ? 'bad' : difference.hi < 0 ? 'good' : 'faint';
  return [axis, name, printNumber(a, 4), printNumber(b, 4), { text: value, tone }, interval];
}

export function printSigned(difference: Estimate): { readonly value: string; readonly interval: string } {
  const printed = printEstimate(difference);
  const plus = difference.value > 0 && !printed.value.startsWith('+') ? '+' : '';
  return { value: `${plus}${printed.value}`, interval: printed.interval };
}

const CSV_COLUMNS = [
  'a',
  'b',
  'service',
  'kind',
  'name',
  'a_value',
  'b_value',
  'difference',
  'difference_lo',
  'difference_hi',
  'ratio',
  'ratio_lo',
  'ratio_hi',
  'verdict',
];

/** One row per figure and per contribution. */
export function comparisonCsv({ a, against }: Comparison): string {
  const rows = against.flatMap(({ b, services }) =>
    Object.entries(services).flatMap(([id, service]) => {
      const row = (kind: string, name: string, cells: readonly CsvValue[]): CsvValue[] => [
        a.label,
        b.label,
        id,
        kind,
        name,
        ...cells,
      ];
      const figures = COMPARED_METRICS.map((metric) => row('metric', metric, pairedCells(service.metrics[metric])));
      const rare = service.choice?.method === 'cycles' ? [row('cycles', 'dpm', pairedCells(service.choice.dpm))] : [];
      const solved = service.exact === undefined ? [] : [row('exact', 'dpm', pairedCells(service.exact))];
      const parts = COMPARED_AXES.flatMap((axis) =>
        service.because[axis].map(({ name, a: ofA, b: ofB, difference: d }) =>
          row(axis, name, [ofA, ofB, d.value, d.lo, d.hi, null, null, null, null]),
        ),
      );
      return [...figures, ...rare, ...solved, ...parts];
    }),
  );
  return renderCsv(CSV_COLUMNS, rows);
}

function pairedCells({ a, b, difference, ratio, verdict }: PairedEstimate): readonly CsvValue[] {
  const { value, lo, hi } = difference;
  return [a.value, b.value, value, lo, hi, ratio?.value ?? null, ratio?.lo ?? null, ratio?.hi ?? null, verdict];
}
