import type { Plan, PlanMetric, PlanTrial, Tornado, TornadoEnd } from '../../model/plan.ts';
import type { Metric } from '../../model/scenario.ts';
import { type CsvValue, renderCsv } from '../csv.ts';
import { type Block, type Cell, type Document, heading, line, list, table } from '../document/document.ts';
import { type Printed, printCount, printEstimate, printNumber, printRatio } from '../format.ts';
import { METRICS, measuredOf } from '../result/targets.ts';
import { VERDICTS } from '../result/verdict.ts';

/** The answer first, then how certain it is and every trial. */
export function planDocument(plan: Plan, full: boolean): Document {
  const { scenario, target, trials, error, version, seed } = plan;
  const metric = metricText(target.metric);
  const shown = full ? trials : around(plan);
  const { tone } = VERDICTS[plan.verdict];
  const costs = trials.some(({ cost }) => cost !== null) ? ['>cost'] : [];
  const titles = [
    ...plan.varied.map(({ path }) => `${path.slice(path.lastIndexOf('.') + 1)}~`),
    ...costs,
    '>measured',
    'interval',
    'decided',
    '',
  ];
  const sure =
    error === 0
      ? 'Every verdict is exact.'
      : `The chance that any of the verdicts is wrong is ${printNumber(100 * error, 3)} % at most.`;
  return [
    heading(1, `${scenario.name}: ${target.of}, ${metric.name} ${metric.sense} ${target.text}`),
    ...answerLines(plan).map((text) => line(text, tone)),
    heading(2, 'Trials'),
    table(
      titles,
      shown.map((trial) => trialRow(trial, plan)),
    ),
    list([sure, `seed ${seed}, carriergrade ${version}`]),
  ];
}

/** Trials shown of a range where not everything is asked for. */
const NEAREST = 9;

/** The ends of a range and the trials around the answer; all trials of options. */
function around({ trials, answer, varied }: Plan): readonly PlanTrial[] {
  if (varied[0]?.isRange !== true || answer === null) return trials;
  const at = trials.findIndex(({ values }) => Object.values(values)[0] === Object.values(answer.values)[0]);
  const first = Math.max(1, Math.min(at - Math.floor(NEAREST / 2), trials.length - NEAREST - 1));
  return trials.filter((_, i) => i === 0 || i === trials.length - 1 || (i >= first && i < first + NEAREST));
}

function answerLines({ answer, limit, varied, verdict, trials }: Plan): readonly string[] {
  if (answer === null) {
    return [
      verdict === 'fail'
        ? 'None of it meets the target.'
        : 'None of it meets the target for certain; more --histories may tell.',
    ];
  }
  const values = Object.entries(answer.values).map(([path, value]) => `${path} = ${value}`);
  const cost = answer.cost === null ? '' : `, at a cost of ${printNumber(answer.cost)}`;
  const main = `Enough: ${values.join(', ')}${cost}.`;
  if (varied[0]?.isRange === true) {
    if (limit === null) return [`${main} The whole range is.`];
    const missed = limit.missedAt === null ? '' : ` Not enough: ${limit.missedAt}.`;
    return [main, `The limit itself: ${limit.guess}.${missed}`];
  }
  const open = trials.filter((trial) => trial.verdict === 'undecided').length;
  return [main, ...(open === 0 ? [] : [`${printCount(open)} tried before it could not be told.`])];
}

function trialRow(trial: PlanTrial, { varied, target, trials }: Plan): readonly Cell[] {
  const { values, cost, verdict, by, histories } = trial;
  const printed = printedOf(trial, target.metric);
  const { word, tone } = VERDICTS[verdict];
  return [
    ...varied.map(({ path }) => String(values[path] ?? '')),
    ...(trials.some((one) => one.cost !== null) ? [cost === null ? '' : printNumber(cost)] : []),
    printed.value,
    printed.interval,
    by === 'histories' ? `at ${printCount(histories)}` : by,
    { text: word, tone },
  ];
}

function metricText(metric: PlanMetric): { readonly name: string; readonly sense: string } {
  return metric === 'exhaustion' ? { name: 'chance that the spares run out in a period', sense: '≤' } : METRICS[metric];
}

function printedOf({ estimate }: PlanTrial, metric: PlanMetric): Printed {
  if (metric !== 'exhaustion') return measuredOf({ metric: metric as Metric, estimate });
  return estimate === null ? { value: 'not observed', interval: '' } : printRatio(estimate);
}

/** One row per trial. */
export function planCsv({ varied, trials, target }: Plan): string {
  const columns = [
    ...varied.map(({ path }) => path),
    'cost',
    'of',
    'metric',
    'limit',
    'verdict',
    'value',
    'lo',
    'hi',
    'by',
    'histories',
  ];
  const rows = trials.map(({ values, cost, estimate: e, verdict, by, histories }): CsvValue[] => [
    ...varied.map(({ path }) => values[path] ?? null),
    cost,
    target.of,
    target.metric,
    target.limit,
    verdict,
    e?.value ?? null,
    e?.lo ?? null,
    e?.hi ?? null,
    by,
    histories,
  ]);
  return renderCsv(columns, rows);
}

/** Bars shown where not everything is asked for. */
const BRIEF = 15;

/** Parameters by how far they move the downtime. */
export function tornadoDocument(
  { scenario, service, base, bars, refused, seed, version }: Tornado,
  full: boolean,
): Document {
  const shown = full ? bars : bars.slice(0, BRIEF);
  const { value, interval } = printEstimate(base, 's/year');
  const largest = Math.max(...bars.map(({ swing }) => swing));
  const rows = shown.flatMap(({ path, low, high, swing }): (readonly Cell[])[] => {
    const bar = largest > 0 ? '█'.repeat(Math.round((10 * swing) / largest)) : '';
    return [endRow(path, low, bar), endRow('', high, '')];
  });
  const more: Block[] =
    bars.length > shown.length ? [line(`${bars.length - shown.length} more move it less.`, 'faint')] : [];
  return [
    heading(1, `${scenario.name}: what moves the downtime of ${service}`),
    line(`As it stands: ${value} (${interval})`),
    table(['parameter~', 'moved to', '>change, s/year', 'interval', 'swing'], rows),
    ...more,
    list([
      ...(refused.length === 0 ? [] : [`The scenario does not allow to move ${refused.join(', ')} so far.`]),
      `seed ${seed}, carriergrade ${version}`,
    ]),
  ];
}

function endRow(path: string, { value, difference }: TornadoEnd, bar: string): readonly Cell[] {
  const { value: change, interval } = printEstimate(difference);
  const plus = difference.value > 0 && !change.startsWith('+') ? '+' : '';
  return [path, value, `${plus}${change}`, interval, bar];
}

/** One row per parameter. */
export function tornadoCsv({ service, bars }: Tornado): string {
  const ends = (end: string): string[] => [end, `${end}_difference`, `${end}_lo`, `${end}_hi`];
  const cells = ({ value, difference }: TornadoEnd): CsvValue[] => [
    value,
    difference.value,
    difference.lo,
    difference.hi,
  ];
  const rows = bars.map(({ path, value, low, high, swing }) => [
    service,
    path,
    value,
    ...cells(low),
    ...cells(high),
    swing,
  ]);
  return renderCsv(['service', 'path', 'value', ...ends('low'), ...ends('high'), 'swing'], rows);
}
