import type { OutageExample } from '../../../model/picture.ts';
import { printDuration } from '../../format.ts';
import type { ChartSpec } from '../figure.ts';
import { chart, INK, timeAxis } from './theme.ts';

export interface Span {
  readonly name: string;
  /** From the fault, s. */
  readonly from: number;
  readonly to: number;
  /** A span between two instants of the cycle, or a step that somebody takes. */
  readonly kind: 'phase' | 'step';
  readonly text: string;
}

/** Rows a picture can hold. */
const MOST_SPANS = 16;

/** What was done about the fault, as spans in the order of their beginnings: from mark to mark, and step by step. */
export function spansOf({ steps, ended }: OutageExample): readonly Span[] {
  const spans: Span[] = [];
  const open = new Map<string, number>();
  let since = 0;
  let last = 'fault';
  const add = (name: string, from: number, to: number, kind: Span['kind']): void => {
    spans.push({
      name,
      from,
      to,
      kind,
      text: `${printDuration(from)} to ${printDuration(to)}, ${printDuration(to - from)}`,
    });
  };
  for (const { t, event, entity, value } of steps) {
    if (event === 'mark' && value !== 'failed' && t <= Math.max(ended, 0) * (1 + 1e-9)) {
      if (t > since) add(`until ${value}`, since, t, 'phase');
      since = t;
      last = value;
    } else if (event === 'step') {
      const [step, outcome] = splitOnce(value);
      const key = `${entity} ${step}`;
      if (outcome === 'started') open.set(key, t);
      else if (open.has(key)) {
        add(step, open.get(key)!, t, 'step');
        open.delete(key);
      }
    }
  }
  if (last === 'fault' && ended > 0 && spans.every(({ kind }) => kind === 'step'))
    add('until restored', 0, ended, 'phase');
  return spans
    .map((span, i) => ({ span, i }))
    .sort(
      (a, b) =>
        a.span.from - b.span.from || (a.span.kind === b.span.kind ? a.i - b.i : a.span.kind === 'phase' ? -1 : 1),
    )
    .slice(0, MOST_SPANS)
    .map(({ span }) => span);
}

/** Who did what when, from the fault on; the shaded time is the outage. Short times are drawn wider (symmetric log). */
export function timelineChart(example: OutageExample, spans: readonly Span[]): ChartSpec {
  const end = Math.max(example.ended, ...spans.map(({ to }) => to), 0.1);
  const constant = Math.min(1, Math.max(0.01, example.ended / 20));
  const axis = timeAxis(constant, end, true);
  const counts = new Map<string, number>();
  const values = spans.map((span) => {
    const count = (counts.get(span.name) ?? 0) + 1;
    counts.set(span.name, count);
    return { ...span, row: count === 1 ? span.name : `${span.name} (${count})` };
  });
  const y = {
    field: 'row',
    type: 'nominal',
    sort: null,
    title: null,
    axis: { labelColor: INK.text, labelLimit: 180 },
  };
  const x = (field: string): ChartSpec => ({
    field,
    type: 'quantitative',
    scale: { type: 'symlog', constant, domain: [0, end], nice: false },
    title: 'time from the fault',
    axis: { values: axis.values, labelExpr: axis.labelExpr, grid: true, labelOverlap: 'greedy' },
  });
  const tooltip = [
    { field: 'name', type: 'nominal', title: 'step' },
    { field: 'text', type: 'nominal', title: 'time' },
  ];
  const bars = (kind: Span['kind'], color: string, band: number): ChartSpec => ({
    data: { values: values.filter((value) => value.kind === kind) },
    mark: { type: 'bar', color, height: { band }, cornerRadius: 1, minBandSize: 1 },
    encoding: { y, x: x('from'), x2: { field: 'to' }, tooltip },
  });
  return chart({
    width: 420,
    height: { step: 21 },
    layer: [
      {
        data: { values: [{ from: example.began, to: example.ended }] },
        mark: { type: 'rect', color: INK.warmSoft, opacity: 0.55 },
        encoding: { x: x('from'), x2: { field: 'to' } },
      },
      // All rows first, so that both kinds of bars keep one order.
      { data: { values }, mark: { type: 'point', opacity: 0, size: 1 }, encoding: { y, x: x('from') } },
      bars('phase', INK.warm, 0.7),
      bars('step', INK.main, 0.42),
    ],
  });
}

function splitOnce(text: string): readonly [string, string] {
  const at = text.lastIndexOf(' ');
  return [text.slice(0, at), text.slice(at + 1)];
}
