import type { ChartSpec } from '../figure.ts';
import { chart, INK, TIP } from './theme.ts';

export interface ParetoPart {
  readonly name: string;
  /** s/year. */
  readonly seconds: number;
  /** Of the whole, and of the whole up to here, [0, 1]. */
  readonly share: number;
  readonly cumulative: number;
  /** As printed. */
  readonly text: string;
}

/** Root causes, largest first, with the share they make together. */
export function paretoChart(parts: readonly ParetoPart[]): ChartSpec {
  const y = {
    field: 'name',
    type: 'nominal',
    sort: null,
    title: null,
    axis: { labelColor: INK.text, labelLimit: 230 },
  };
  const percent = { format: '.0%', values: [0, 0.25, 0.5, 0.75, 1], grid: true };
  return chart({
    width: 300,
    height: { step: 22 },
    data: { values: parts.map((part) => ({ ...part, tip: `${part.name}\n${part.text}` })) },
    layer: [
      {
        mark: { type: 'bar', color: INK.main, height: { band: 0.66 }, aria: true },
        encoding: {
          y,
          x: {
            field: 'share',
            type: 'quantitative',
            scale: { domain: [0, 1] },
            axis: percent,
            title: 'share of the downtime',
          },
          ...TIP,
        },
      },
      {
        mark: { type: 'line', color: INK.warm, strokeWidth: 1.5, point: { filled: true, color: INK.warm, size: 26 } },
        encoding: {
          y,
          x: { field: 'cumulative', type: 'quantitative' },
          order: { field: 'cumulative', type: 'quantitative' },
        },
      },
    ],
  });
}
