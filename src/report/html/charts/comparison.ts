import type { ChartSpec } from '../figure.ts';
import { chart, INK, TIP } from './theme.ts';

/** One difference, s/year: of a service, or of a part of its downtime. */
export interface ComparedRow {
  readonly name: string;
  readonly value: number;
  readonly lo: number;
  readonly hi: number;
  /** As printed, for the end of the row and the tip. */
  readonly text: string;
}

/** An interval further from 0 than so many times the largest difference is cut off. */
const LONGEST_INTERVAL = 4;

interface Axes {
  readonly y: ChartSpec;
  readonly x: (field: string) => ChartSpec;
  readonly rows: readonly ChartSpec[];
  readonly end: number;
}

function axesOf(rows: readonly ComparedRow[]): Axes {
  const most = Math.max(...rows.map(({ value }) => Math.abs(value)), 0);
  const farthest = Math.max(...rows.flatMap(({ lo, hi }) => [Math.abs(lo), Math.abs(hi)]).filter(Number.isFinite), 0);
  const reach = (most === 0 ? farthest : Math.min(farthest, LONGEST_INTERVAL * most)) || 1;
  const low = Math.max(-reach, Math.min(0, ...rows.map(({ lo }) => lo)));
  const high = Math.min(reach, Math.max(0, ...rows.map(({ hi }) => hi)));
  const spare = 0.04 * (high - low || 1);
  const domain = [low === 0 ? 0 : low - spare, high === 0 ? 0 : high + spare];
  const within = (value: number): number => Math.min(high, Math.max(low, value));
  return {
    rows: rows.map((row) => ({
      ...row,
      lo: within(row.lo),
      hi: within(row.hi),
      tip: `${row.name}\n${row.text}`,
      sign: row.lo > 0 ? 'more' : row.hi < 0 ? 'less' : 'open',
    })),
    end: domain[1]!,
    y: { field: 'name', type: 'nominal', sort: null, title: null, axis: { labelColor: INK.text, labelLimit: 230 } },
    x: (field) => ({
      field,
      type: 'quantitative',
      scale: { domain, nice: false },
      title: 'b − a, seconds a year',
      axis: { grid: true, tickCount: 6 },
    }),
  };
}

/** Colours of differences that are certain; what is not stays pale. The sign of the number says the same. */
const COLOUR = {
  field: 'sign',
  type: 'nominal',
  scale: { domain: ['less', 'more', 'open'], range: [INK.main, INK.warm, INK.muted] },
  legend: null,
};

const zeroLine = (): ChartSpec => ({
  data: { values: [{ zero: 0 }] },
  mark: { type: 'rule', color: INK.text, strokeWidth: 1 },
  encoding: { x: { field: 'zero', type: 'quantitative' } },
});

/** Differences with their intervals beside the line at 0. */
export function differenceChart(rows: readonly ComparedRow[]): ChartSpec {
  const { x, y, rows: values, end } = axesOf(rows);
  return chart({
    width: 420,
    height: { step: 30 },
    data: { values },
    layer: [
      {
        mark: { type: 'rule', color: INK.soft, strokeWidth: 12, strokeCap: 'round' },
        encoding: { y, x: x('lo'), x2: { field: 'hi' } },
      },
      zeroLine(),
      {
        mark: { type: 'point', filled: true, size: 70, opacity: 1, aria: true },
        encoding: { y, x: x('value'), color: COLOUR, ...TIP },
      },
      {
        mark: { type: 'text', align: 'left', dx: 12, color: INK.muted },
        encoding: { y, x: { datum: end, type: 'quantitative' }, text: { field: 'text', type: 'nominal' } },
      },
    ],
  });
}

/** What made a difference: bars to either side of 0 with their intervals, in the order given. */
export function contributionChart(rows: readonly ComparedRow[]): ChartSpec {
  const { x, y, rows: values } = axesOf(rows);
  return chart({
    width: 420,
    height: { step: 22 },
    data: { values },
    layer: [
      {
        mark: { type: 'bar', height: { band: 0.6 }, aria: true },
        encoding: { y, x: { ...x('value'), stack: null }, color: COLOUR, ...TIP },
      },
      {
        mark: { type: 'rule', color: INK.text, strokeWidth: 1.2 },
        encoding: { y, x: x('lo'), x2: { field: 'hi' } },
      },
      zeroLine(),
    ],
  });
}
