import type { ChartSpec } from '../figure.ts';
import { chart, decades, INK, PLAIN_LABELS, TIP } from './theme.ts';

/** One point of a sweep. */
export interface SweptPlace {
  /** Values of the parameters as written. */
  readonly x: string;
  readonly y: string;
  /** s/year. */
  readonly value: number;
  readonly lo: number;
  readonly hi: number;
  readonly exact?: number;
  /** As printed, for the tip. */
  readonly text: string;
}

/** Ratio of the largest to the smallest downtime from which on an axis is logarithmic. */
const LOGARITHMIC_FROM = 30;

function valueScale(values: readonly number[]): { readonly scale: ChartSpec; readonly axis: ChartSpec } {
  const positive = values.filter((value) => value > 0);
  const isLog = positive.length === values.length && Math.max(...values) > LOGARITHMIC_FROM * Math.min(...values);
  if (!isLog)
    return {
      scale: { zero: true, nice: true },
      axis: { labelExpr: `datum.value == 0 ? '0' : ${PLAIN_LABELS}`, tickCount: 6 },
    };
  const { domain, ticks } = decades(positive);
  return { scale: { type: 'log', domain, nice: false }, axis: { labelExpr: PLAIN_LABELS, values: ticks } };
}

/** Downtime over one parameter: a line through the points, the band of their intervals, the exact values as diamonds. */
export function sweepLineChart(places: readonly SweptPlace[], title: string): ChartSpec {
  const data = places.map((place) => ({ ...place, tip: `${title} = ${place.x}\n${place.text}` }));
  const { scale, axis } = valueScale(places.flatMap(({ value, lo, hi, exact }) => [value, lo, hi, exact ?? value]));
  const isLog = scale['type'] === 'log';
  const shown = isLog ? data.filter(({ lo }) => lo > 0) : data;
  const x = {
    field: 'x',
    type: 'ordinal',
    sort: null,
    title,
    axis: { labelAngle: 0, labelOverlap: true, grid: false, labelColor: INK.text },
    scale: { type: 'point', padding: 0.4 },
  };
  const y = (field: string): ChartSpec => ({
    field,
    type: 'quantitative',
    scale,
    title: 'downtime, seconds a year',
    axis: { ...axis, grid: true },
  });
  return chart({
    width: 560,
    height: 240,
    data: { values: shown },
    layer: [
      { mark: { type: 'area', color: INK.soft, opacity: 0.6 }, encoding: { x, y: y('lo'), y2: { field: 'hi' } } },
      { mark: { type: 'rule', color: INK.main, opacity: 0.5 }, encoding: { x, y: y('lo'), y2: { field: 'hi' } } },
      { mark: { type: 'line', color: INK.main, strokeWidth: 2 }, encoding: { x, y: y('value') } },
      {
        transform: [{ filter: 'isValid(datum.exact)' }],
        mark: {
          type: 'point',
          shape: 'diamond',
          color: INK.cool,
          size: 110,
          strokeWidth: 1.6,
          filled: false,
          opacity: 1,
        },
        encoding: { x, y: y('exact') },
      },
      {
        mark: { type: 'point', color: INK.main, filled: true, size: 60, opacity: 1, aria: true },
        encoding: { x, y: y('value'), ...TIP },
      },
    ],
  });
}

/** Downtime over two parameters as a map: the stronger the longer, every field with its number. */
export function sweepMapChart(places: readonly SweptPlace[], titles: readonly [x: string, y: string]): ChartSpec {
  const values = places.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const isLog = least > 0 && most > LOGARITHMIC_FROM * least;
  const level = (value: number): number => {
    if (most === least) return 0;
    return isLog ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least);
  };
  const data = places.map((place) => ({
    ...place,
    // Never so strong that the number on it could not be read.
    level: 0.06 + 0.5 * level(place.value),
    label: place.text.split(' ')[0]!,
    tip: `${titles[0]} = ${place.x}, ${titles[1]} = ${place.y}\n${place.text}`,
  }));
  const axis = (field: 'x' | 'y', title: string): ChartSpec => ({
    field,
    type: 'ordinal',
    sort: null,
    title,
    axis: { labelAngle: 0, labelColor: INK.text, grid: false },
    scale: { paddingInner: 0.06 },
  });
  const both = { x: axis('x', titles[0]), y: axis('y', titles[1]) };
  return chart({
    width: { step: 84 },
    height: { step: 40 },
    data: { values: data },
    layer: [
      {
        mark: { type: 'rect', color: INK.main, cornerRadius: 3, aria: true },
        encoding: {
          ...both,
          opacity: { field: 'level', type: 'quantitative', scale: null, legend: null },
          ...TIP,
        },
      },
      {
        mark: { type: 'text', fontSize: 12, fontWeight: 600, color: INK.text },
        encoding: { ...both, text: { field: 'label', type: 'nominal' } },
      },
    ],
  });
}
