import type { CheckedRegression, CheckedScenario, CheckedTarget, CheckReport, Decision } from '../../model/check.ts';
import { type CsvValue, renderCsv } from '../csv.ts';
import { type Block, type Cell, type Document, heading, line, list, table } from '../document/document.ts';
import { printCount, printEstimate, printNumber } from '../format.ts';
import { METRICS, measuredOf } from '../result/targets.ts';
import { VERDICTS } from '../result/verdict.ts';

/** Every gate with its verdict, scenario by scenario, and how certain the verdicts are. */
export function checkDocument({ scenarios, verdict, rules, version }: CheckReport): Document {
  const { mark, tone } = VERDICTS[verdict];
  return [
    heading(1, `${mark} ${summaryText(scenarios)}`),
    ...scenarios.flatMap(scenarioBlocks),
    heading(2, 'How certain'),
    list([
      `Any gate is wrongly missed with a chance of ${percent(rules.error)} at most, shared by ${printCount(rules.gates)}; each is wrongly met with a chance of ${percent(rules.error / Math.max(1, rules.gates))} at most.`,
      `Downtime up to ${percent(rules.tolerance)} higher is no regression, ${percent(rules.detect)} is found.`,
      `carriergrade ${version}`,
    ]),
    line(`Verdict: ${VERDICTS[verdict].word}`, tone),
  ];
}

/** `3 scenarios: 5 gates met, 1 missed`. */
export function summaryText(scenarios: readonly CheckedScenario[]): string {
  const verdicts = scenarios.flatMap(({ targets, regressions }) =>
    [...targets, ...regressions].map((gate) => gate.verdict),
  );
  const counted = (['pass', 'fail', 'undecided'] as const).flatMap((verdict) => {
    const count = verdicts.filter((one) => one === verdict).length;
    return count === 0 ? [] : [`${count} ${VERDICTS[verdict].word}`];
  });
  const of = scenarios.length === 1 ? '1 scenario' : `${scenarios.length} scenarios`;
  return `${of}: ${counted.length === 0 ? 'no gates' : counted.join(', ')}`;
}

function scenarioBlocks(scenario: CheckedScenario): Block[] {
  const { label, title, targets, regressions, run, baseline, methods = {} } = scenario;
  const rows = [...targets.map(targetRow), ...regressions.map(regressionRow)];
  const titles = ['', 'gate~', '>measured', 'interval', 'decided~', '~'];
  return [
    heading(2, `${label}: ${title}`),
    rows.length === 0 ? line('It states no targets.', 'faint') : table(titles, rows),
    ...Object.entries(methods).map(([service, { method, because }]) =>
      line(`${service} by ${method}: ${because}`, 'faint'),
    ),
    ...(baseline === 'missing' ? [line('It is not in the baseline: --update-baseline takes it in.', 'open')] : []),
    ...(run.histories === 0
      ? []
      : [line(`${printCount(run.histories)} of at most ${printCount(run.of)} histories, seed ${run.seed}`, 'faint')]),
  ];
}

function targetRow(target: CheckedTarget): readonly Cell[] {
  const { mark, tone, word } = VERDICTS[target.verdict];
  const { name, sense } = METRICS[target.metric];
  const measured = measuredOf(target);
  return [
    { text: mark, tone },
    `${target.of}: ${name} ${sense} ${target.text}`,
    measured.value,
    measured.interval,
    decidedBy(target),
    { text: target.level === 'warn' ? `${word} (warn)` : word, tone },
  ];
}

function regressionRow(regression: CheckedRegression): readonly Cell[] {
  const { mark, tone } = VERDICTS[regression.verdict];
  const { value, interval } = regressionText(regression);
  return [
    { text: mark, tone },
    `${regression.service}: downtime against the baseline`,
    value,
    interval,
    decidedBy(regression),
    { text: REGRESSION_WORDS[regression.verdict], tone },
  ];
}

const REGRESSION_WORDS: Readonly<Record<Decision['verdict'], string>> = {
  pass: 'none',
  fail: 'regression',
  undecided: 'undecided',
};

/** The ratio where there is one, else the difference. */
function regressionText({ ratio, difference }: CheckedRegression): {
  readonly value: string;
  readonly interval: string;
} {
  if (ratio === null) return printEstimate(difference, 's/year');
  const { value, interval } = printEstimate(ratio);
  return { value: `× ${value}`, interval };
}

function decidedBy({ by, histories, verdict }: Decision): string {
  if (by === 'exact') return 'exact';
  if (by === 'digest') return 'unchanged';
  if (by === 'cycles') return verdict === 'undecided' ? 'open by cycles' : 'cycles';
  return verdict === 'undecided' ? `open at ${printCount(histories)}` : `at ${printCount(histories)}`;
}

const inBrackets = (interval: string): string => (interval === '' ? '' : ` (${interval})`);

const percent = (share: number): string => `${printNumber(100 * share, 3)} %`;

/** One gate in one line, for annotations and test reports. */
export function gateText(gate: CheckedTarget | CheckedRegression): string {
  if ('service' in gate) {
    const { value, interval } = regressionText(gate);
    const { a, b } = gate;
    const seconds = `${printNumber(a.value, 4)} → ${printNumber(b.value, 4)} s/year`;
    return `downtime of ${gate.service} against the baseline: ${value}${inBrackets(interval)}, ${seconds}: ${REGRESSION_WORDS[gate.verdict]}`;
  }
  const { name, sense } = METRICS[gate.metric];
  const { value, interval } = measuredOf(gate);
  return `${gate.of}: ${name} ${sense} ${gate.text}: ${value}${inBrackets(interval)}: ${VERDICTS[gate.verdict].word}`;
}

/** By which a gate is found again: its target's id, or the service it watches. */
export function gateName(gate: CheckedTarget | CheckedRegression): string {
  return 'service' in gate ? `regression of ${gate.service}` : gate.id;
}

const CSV_COLUMNS = [
  'scenario',
  'gate',
  'of',
  'metric',
  'limit',
  'level',
  'verdict',
  'value',
  'lo',
  'hi',
  'before',
  'by',
  'histories',
  'confidence',
];

/** One row per gate; of a regression the value is the ratio and `before` the downtime of the baseline. */
export function checkCsv({ scenarios, rules }: CheckReport): string {
  const rows = scenarios.flatMap(({ label, targets, regressions }) => [
    ...targets.map((gate): CsvValue[] => {
      const { estimate: e, by, histories, confidence, verdict } = gate;
      const value = [e?.value ?? null, e?.lo ?? null, e?.hi ?? null, null];
      return [
        label,
        gate.id,
        gate.of,
        gate.metric,
        gate.limit,
        gate.level,
        verdict,
        ...value,
        by,
        histories,
        confidence,
      ];
    }),
    ...regressions.map((gate): CsvValue[] => {
      const { ratio: r, a, by, histories, confidence, verdict, service } = gate;
      const value = [r?.value ?? null, r?.lo ?? null, r?.hi ?? null, a.value];
      const limit = 1 + rules.tolerance;
      return [label, gateName(gate), service, 'dpm', limit, 'error', verdict, ...value, by, histories, confidence];
    }),
  ]);
  return renderCsv(CSV_COLUMNS, rows);
}
