import { SECONDS_PER_YEAR } from '../../../model/time.ts';
import type { ChartSpec } from '../figure.ts';
import { chart, decades, INK, PLAIN_LABELS, TIP } from './theme.ts';

export interface BudgetRow {
  readonly service: string;
  /** s/year. */
  readonly value: number;
  readonly lo: number;
  readonly hi: number;
  readonly budget?: number;
  readonly exact?: number;
  /** As printed, for the tip. */
  readonly text: string;
}

/** Downtime of every service with its interval, its budget and its exact value on a logarithmic axis. */
export function budgetChart(rows: readonly BudgetRow[]): ChartSpec {
  const all = rows.flatMap(({ value, lo, hi, budget, exact }) => [
    value,
    lo,
    Math.min(hi, 30 * Math.max(value, lo)),
    budget ?? 0,
    exact ?? 0,
  ]);
  const { domain, ticks } = decades(all);
  const [low, high] = domain;
  const within = (value: number): number => Math.min(high, Math.max(low, value));
  const x = (field: string): ChartSpec => ({
    field,
    type: 'quantitative',
    scale: { type: 'log', domain, nice: false },
    title: 'downtime, seconds a year',
    axis: { values: ticks, labelExpr: PLAIN_LABELS, grid: true },
  });
  const y = {
    field: 'service',
    type: 'nominal',
    sort: null,
    title: null,
    axis: { labelColor: INK.text, labelFontSize: 12 },
  };
  const nines = [3, 4, 5, 6, 7]
    .map((count) => ({ at: SECONDS_PER_YEAR * 10 ** -count, label: `${count} nines` }))
    .filter(({ at }) => at > low && at < high);
  const data = rows.map((row) => ({
    ...row,
    lo: within(row.lo),
    hi: within(row.hi),
    value: within(row.value),
    tip: `${row.service}\n${row.text}`,
  }));
  return chart({
    width: 560,
    height: { step: 30 },
    layer: [
      {
        data: { values: nines },
        layer: [
          { mark: { type: 'rule', color: INK.muted, strokeDash: [2, 3], opacity: 0.6 }, encoding: { x: x('at') } },
          {
            mark: { type: 'text', color: INK.muted, align: 'center', baseline: 'bottom', dy: -3, fontSize: 10, y: 0 },
            encoding: { x: x('at'), text: { field: 'label', type: 'nominal' } },
          },
        ],
      },
      {
        data: { values: data },
        mark: { type: 'rule', color: INK.soft, strokeWidth: 12, strokeCap: 'round' },
        encoding: { y, x: x('lo'), x2: { field: 'hi' } },
      },
      {
        data: { values: data.filter(({ budget }) => budget !== undefined) },
        mark: { type: 'tick', color: INK.warm, thickness: 3, size: 22 },
        encoding: { y, x: x('budget') },
      },
      {
        data: {
          values: data
            .filter(({ exact }) => exact !== undefined && exact > 0)
            .map((row) => ({ ...row, exact: within(row.exact!) })),
        },
        mark: {
          type: 'point',
          shape: 'diamond',
          color: INK.cool,
          size: 90,
          strokeWidth: 1.6,
          filled: false,
          opacity: 1,
        },
        encoding: { y, x: x('exact') },
      },
      {
        data: { values: data },
        mark: { type: 'point', color: INK.main, filled: true, size: 60, opacity: 1, aria: true },
        encoding: { y, x: x('value'), ...TIP },
      },
    ],
  });
}
