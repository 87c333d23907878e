import type { ChartSpec } from '../figure.ts';

/** Colours are those of the page, so that one drawing serves light, dark and print. */
export const INK = {
  text: 'var(--fg)',
  muted: 'var(--muted)',
  grid: 'var(--grid)',
  main: 'var(--c1)',
  soft: 'var(--c1-soft)',
  warm: 'var(--c2)',
  warmSoft: 'var(--c2-soft)',
  cool: 'var(--c3)',
} as const;

const CONFIG = {
  background: null,
  padding: 2,
  font: 'sans-serif',
  view: { stroke: null },
  axis: {
    labelColor: INK.muted,
    labelFontSize: 11,
    labelLimit: 190,
    titleColor: INK.muted,
    titleFontSize: 11,
    titleFontWeight: 'normal',
    titlePadding: 8,
    gridColor: INK.grid,
    domain: false,
    ticks: false,
    labelPadding: 6,
  },
  text: { color: INK.text, fontSize: 11 },
  aria: false,
};

/** A chart in the style of the report. */
export function chart(spec: ChartSpec): ChartSpec {
  return { $schema: 'https://vega.github.io/schema/vega-lite/v6.json', config: CONFIG, ...spec };
}

/** Decades that hold all positive values, and the powers of ten between; [1, 10] for none. */
export function decades(values: readonly number[]): {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
} {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  const low = positive.length === 0 ? 0 : Math.floor(Math.log10(Math.min(...positive)) + 1e-9);
  const high = positive.length === 0 ? 1 : Math.ceil(Math.log10(Math.max(...positive)) - 1e-9);
  const top = Math.max(high, low + 1);
  const step = Math.max(1, Math.ceil((top - low) / 7));
  const between = top - low <= 2 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let decade = low; decade <= top; decade += step) {
    for (const factor of between) if (decade < top || factor === 1) ticks.push(factor * power(decade));
  }
  return { domain: [power(low), power(top)], ticks };
}

function power(exponent: number): number {
  return Number(`1e${exponent}`);
}

/** Numbers of an axis: 0.01, 1, 10 000. */
export const PLAIN_LABELS =
  "datum.value < 0.001 || datum.value > 1e6 ? format(datum.value, '~e') : replace(replace(format(datum.value, ',~r'), ',', ' '), ',', ' ')";

const TIME_TICKS: readonly (readonly [seconds: number, label: string])[] = [
  [1e-6, '1 µs'],
  [1e-5, '10 µs'],
  [1e-4, '100 µs'],
  [1e-3, '1 ms'],
  [1e-2, '10 ms'],
  [1e-1, '100 ms'],
  [1, '1 s'],
  [10, '10 s'],
  [60, '1 min'],
  [600, '10 min'],
  [3600, '1 h'],
  [36_000, '10 h'],
  [345_600, '4 d'],
  [2_592_000, '30 d'],
  [31_536_000, '1 a'],
  [315_360_000, '10 a'],
];

/** An axis of times (s) between two values: its ticks and an expression for their labels. */
export function timeAxis(
  from: number,
  to: number,
  withZero = false,
): { readonly values: readonly number[]; readonly labelExpr: string } {
  const within = TIME_TICKS.filter(([seconds]) => seconds >= from * 0.999 && seconds <= to * 1.001);
  const ticks = withZero ? [[0, '0'] as const, ...within] : within;
  const cases = ticks.map(([seconds, label]) => `datum.value == ${seconds} ? '${label}' : `).join('');
  return { values: ticks.map(([seconds]) => seconds), labelExpr: `${cases}''` };
}

/** What the tip at a mark says: `tip` of its data, line by line. */
export const TIP = {
  tooltip: { field: 'tip', type: 'nominal' },
  description: { field: 'tip', type: 'nominal' },
} as const;
