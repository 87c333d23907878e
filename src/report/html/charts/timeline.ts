import type { OutageExample } from '../../../model/picture.ts';
import { printDuration } from '../../format.ts';
import type { ChartSpec } from '../figure.ts';
import { chart, INK, TIP, timeAxis } from './theme.ts';

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

/** Widest axis, px, and where the lengths of the spans stand. */
const WIDTH = 430;

/** Who did what when, from the fault on; the shaded time is the outage. */
export function timelineChart(example: OutageExample, spans: readonly Span[]): ChartSpec {
  const end = Math.max(example.ended, ...spans.map(({ to }) => to), 0.1);
  const scale = isLinear(spans, end)
    ? { type: 'linear', domain: [0, end], nice: false }
    : { type: 'symlog', constant: stretch(spans, end), domain: [0, end], nice: false };
  const axis = 'constant' in scale ? timeAxis(scale.constant, end, true) : linearAxis(end);
  const counts = new Map<string, number>();
  const values = spans.map((span) => {
    const count = (counts.get(span.name) ?? 0) + 1;
    counts.set(span.name, count);
    const row = count === 1 ? span.name : `${span.name} (${count})`;
    return { ...span, row, length: printDuration(span.to - span.from, 3), tip: `${span.name}\n${span.text}` };
  });
  const y = { field: 'row', type: 'nominal', sort: null, title: null, axis: { labelColor: INK.text, labelLimit: 180 } };
  const x = (field: string): ChartSpec => ({
    field,
    type: 'quantitative',
    scale,
    title: 'time from the fault',
    axis: { values: axis.values, labelExpr: axis.labelExpr, grid: true, labelOverlap: 'greedy' },
  });
  const bars = (kind: Span['kind'], color: string, band: number): ChartSpec => ({
    data: { values: values.filter((value) => value.kind === kind) },
    // The stroke keeps a span visible that is too short to be drawn.
    mark: { type: 'bar', color, stroke: color, strokeWidth: 1.5, height: { band }, aria: true },
    encoding: { y, x: x('from'), x2: { field: 'to' }, ...TIP },
  });
  return chart({
    width: WIDTH,
    height: { step: 21 },
    layer: [
      {
        data: { values: [{ from: example.began, to: example.ended }] },
        mark: { type: 'rect', color: INK.warmSoft, opacity: 0.55 },
        encoding: { x: x('from'), x2: { field: 'to' } },
      },
      // All rows in one layer, so that both kinds of bars keep one order.
      {
        data: { values },
        mark: { type: 'text', color: INK.muted, align: 'right', x: WIDTH + 62 },
        encoding: { y, text: { field: 'length', type: 'nominal' } },
      },
      bars('phase', INK.warm, 0.7),
      bars('step', INK.main, 0.42),
    ],
  });
}

/** Every phase can be seen on a plain axis. */
function isLinear(spans: readonly Span[], end: number): boolean {
  return spans.every(({ kind, from, to }) => kind === 'step' || to - from > 0.015 * end);
}

/** Seconds below which a stretched axis is plain: the shortest phase is still a good part of it. */
function stretch(spans: readonly Span[], end: number): number {
  const phases = spans.filter(({ kind }) => kind === 'phase').map(({ from, to }) => to - from);
  return Math.min(end / 10, Math.max(1e-3, 2 * Math.min(end, ...phases)));
}

/** Some five round times, in one unit. */
function linearAxis(end: number): { readonly values: readonly number[]; readonly labelExpr: string } {
  const steps = [
    1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1200, 3600, 7200, 21_600,
    43_200, 86_400, 345_600,
  ];
  const step = steps.find((seconds) => end / seconds <= 6) ?? end;
  const values = Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => Number((i * step).toPrecision(6)));
  const cases = values
    .map((seconds) => `datum.value == ${seconds} ? '${seconds === 0 ? '0' : printDuration(seconds, 3)}' : `)
    .join('');
  return { values, labelExpr: `${cases}''` };
}

function splitOnce(text: string): readonly [string, string] {
  const at = text.lastIndexOf(' ');
  return [text.slice(0, at), text.slice(at + 1)];
}
