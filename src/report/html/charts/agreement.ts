import type { ChartSpec } from '../figure.ts';
import { chart, INK, TIP } from './theme.ts';

export interface AgreementRow {
  readonly service: string;
  /** Simulated over calculated downtime. */
  readonly ratio: number;
  readonly lo: number;
  readonly hi: number;
  readonly exact: boolean;
  readonly text: string;
}

/** Where the line at 1 crosses the interval, simulation and calculation agree. */
export function agreementChart(rows: readonly AgreementRow[]): ChartSpec {
  const low = Math.max(0.2, Math.min(0.9, ...rows.map(({ lo }) => lo)) * 0.97);
  const high = Math.min(5, Math.max(1.1, ...rows.map(({ hi }) => hi)) * 1.03);
  const within = (value: number): number => Math.min(high, Math.max(low, value));
  const y = {
    field: 'service',
    type: 'nominal',
    sort: null,
    title: null,
    axis: { labelColor: INK.text, labelFontSize: 12 },
  };
  const x = (field: string): ChartSpec => ({
    field,
    type: 'quantitative',
    scale: { type: 'log', domain: [low, high], nice: false },
    title: 'simulated ÷ calculated downtime',
    axis: {
      values: [0.2, 0.5, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 5].filter((at) => at >= low && at <= high),
      format: '~r',
      grid: true,
      labelOverlap: 'greedy',
    },
  });
  const values = rows.map((row) => ({
    ...row,
    lo: within(row.lo),
    hi: within(row.hi),
    ratio: within(row.ratio),
    tip: `${row.service}: simulated and calculated\n${row.text}`,
  }));
  return chart({
    width: 520,
    height: { step: 28 },
    layer: [
      {
        data: { values: [{ at: 1 }] },
        mark: { type: 'rule', color: INK.text, strokeWidth: 1.2 },
        encoding: { x: x('at') },
      },
      {
        data: { values },
        mark: { type: 'rule', color: INK.soft, strokeWidth: 10, strokeCap: 'round' },
        encoding: { y, x: x('lo'), x2: { field: 'hi' } },
      },
      {
        data: { values },
        mark: { type: 'point', color: INK.main, size: 60, strokeWidth: 1.8, opacity: 1, aria: true },
        encoding: {
          y,
          x: x('ratio'),
          fill: { condition: { test: 'datum.exact', value: INK.main }, value: 'var(--bg)' },
          ...TIP,
        },
      },
    ],
  });
}
