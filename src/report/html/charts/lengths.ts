import type { LengthBin } from '../../../model/picture.ts';
import { printDuration, printNumber, printShare } from '../../format.ts';
import type { ChartSpec } from '../figure.ts';
import { chart, INK, TIP, timeAxis } from './theme.ts';

/** What a user notices, and what is reported (B-22): the two lengths every reader looks for, s. */
export const MARKED_LENGTHS = [
  { at: 0.05, label: '50 ms' },
  { at: 15, label: '15 s' },
] as const;

/** How long outages are, and in which of them the time is lost, on one logarithmic axis. */
export function lengthsChart(bins: readonly LengthBin[]): ChartSpec {
  const outages = bins.reduce((sum, { perYear }) => sum + perYear, 0);
  const seconds = bins.reduce((sum, { secondsPerYear }) => sum + secondsPerYear, 0);
  const from = Math.min(bins[0]!.from, 0.02);
  const to = Math.max(bins.at(-1)!.to, 60);
  const axis = timeAxis(from, to);
  const values = bins.map((bin) => ({
    // A thin gap between two bars.
    from: bin.from * 1.02,
    to: bin.to / 1.02,
    outages: bin.perYear / outages,
    time: bin.secondsPerYear / seconds,
    tip: [
      `${printDuration(bin.from, 2)} to ${printDuration(bin.to, 2)}`,
      `${printNumber(bin.perYear, 3)} outages a year, ${printShare(bin.perYear, outages)}`,
      `${printNumber(bin.secondsPerYear, 3)} s a year lost, ${printShare(bin.secondsPerYear, seconds)}`,
    ].join('\n'),
  }));
  const x = (labels: boolean, field: string): ChartSpec => ({
    field,
    type: 'quantitative',
    scale: { type: 'log', domain: [from, to], nice: false },
    title: labels ? 'length of the outage' : null,
    axis: { values: axis.values, labelExpr: axis.labelExpr, labels, grid: true, labelOverlap: 'greedy' },
  });
  const panel = (field: 'outages' | 'time', title: string, color: string, labels: boolean): ChartSpec => ({
    width: 430,
    height: 92,
    layer: [
      {
        data: { values },
        mark: { type: 'rect', color, aria: !labels },
        encoding: {
          x: x(labels, 'from'),
          x2: { field: 'to' },
          y: {
            field,
            type: 'quantitative',
            title,
            scale: { zero: true },
            axis: { format: '~%', tickCount: 3, grid: true },
          },
          y2: { datum: 0 },
          ...(labels ? { tooltip: TIP.tooltip } : TIP),
        },
      },
      {
        data: { values: MARKED_LENGTHS },
        mark: { type: 'rule', color: INK.text, strokeDash: [4, 3], opacity: 0.75 },
        encoding: { x: x(labels, 'at') },
      },
      ...(labels
        ? []
        : [
            {
              data: { values: MARKED_LENGTHS },
              mark: { type: 'text', color: INK.text, align: 'center', baseline: 'bottom', dy: -3, fontSize: 10, y: 0 },
              encoding: { x: x(labels, 'at'), text: { field: 'label', type: 'nominal' } },
            },
          ]),
    ],
  });
  return chart({
    spacing: 12,
    vconcat: [panel('outages', 'of outages', INK.main, false), panel('time', 'of lost time', INK.warm, true)],
  });
}
