import { COMPARED_AXES, type Comparison, type ServiceComparison } from '../../model/comparison.ts';
import { blocksHtml } from '../html/blocks.ts';
import { type ComparedRow, contributionChart, differenceChart } from '../html/charts/comparison.ts';
import { type Drawings, type Figure, Figures } from '../html/figure.ts';
import { type Html, html } from '../html/markup.ts';
import { renderPage } from '../html/page/page.ts';
import { comparisonDocument, printSigned } from './comparison.ts';

/** Differences that are drawn one by one, and their parts: those that are largest for their service. */
const MOST_DIFFERENCES = 24;
const MOST_EXPLAINED = 6;
/** Parts drawn along one axis. */
const MOST_PARTS = 5;

/** The charts a page of this comparison has room for. */
export function comparisonFigures(comparison: Comparison): readonly Figure[] {
  const figures = new Figures();
  chartsOf(comparison, figures);
  return figures.wanted;
}

/** A comparison as one HTML file: the differences, what made them, then every figure in tables. */
export function comparisonPage(comparison: Comparison, drawings?: Drawings): string {
  const figures = new Figures(drawings);
  const [title, about, ...rest] = comparisonDocument(comparison, true);
  return renderPage({
    title: `${comparison.a.label} against ${comparison.against.map(({ b }) => b.label).join(', ')} · carriergrade`,
    nav: [],
    content: html`${blocksHtml([title!, about!])}${chartsOf(comparison, figures)}${blocksHtml(rest)}`,
    ...(drawings?.interactive === undefined ? {} : { interactive: drawings.interactive }),
  });
}

interface Difference {
  readonly id: string;
  readonly label: string;
  readonly service: ServiceComparison;
  readonly row: ComparedRow;
  /** Against the downtime of a. */
  readonly relative: number;
}

function chartsOf({ against, run }: Comparison, figures: Figures): Html {
  const all = against.flatMap(({ b, services }) =>
    Object.entries(services).map(([id, service]) => differenceOf(id, b.label, service, against.length > 1)),
  );
  if (all.length === 0) return html``;
  const ranked = [...all].sort((x, y) => y.relative - x.relative);
  const drawn = new Set(ranked.slice(0, MOST_DIFFERENCES));
  const explained = ranked.filter(({ service }) => service.metrics.dpm.verdict !== 'same').slice(0, MOST_EXPLAINED);
  const rows = all.filter((one) => drawn.has(one)).map(({ row }) => row);
  const share = 100 * run.confidence;
  const overview = figures.place(
    { id: 'differences', kind: 'chart', spec: differenceChart(rows) },
    {
      title: 'Downtime of b against a',
      alt: `${rows.map(({ name, text }) => `${name} ${text}`).join('; ')}.`,
      caption: `Left of the line at 0 b is down less, right of it more; where the ${share} % interval holds 0 nothing is certain.`,
      legend: [
        { key: 'dot', text: 'difference' },
        { key: 'band', text: `interval, ${share} %` },
      ],
      wide: true,
    },
  );
  return html`${overview}<div class="figures">${explained.map((one, i) => partsFigure(one, i + 1, figures))}</div>`;
}

function differenceOf(id: string, label: string, service: ServiceComparison, several: boolean): Difference {
  const { a, difference } = service.choice?.dpm ?? service.metrics.dpm;
  const { value, interval } = printSigned(difference);
  const text = `${value} s/year${interval === '' ? '' : ` (${interval})`}`;
  const { value: middle, lo, hi } = difference;
  const row = { name: several ? `${id}, ${label}` : id, value: middle, lo, hi, text };
  return { id, label, service, row, relative: a.value === 0 ? 0 : Math.abs(middle) / a.value };
}

/** The parts of a difference along each axis, largest first. */
function partsFigure({ id, label, service }: Difference, place: number, figures: Figures): Html {
  const rows = COMPARED_AXES.flatMap((axis) =>
    service.because[axis]
      .filter(({ difference }) => difference.value !== 0)
      .slice(0, MOST_PARTS)
      .map(({ name, difference }): ComparedRow => {
        const { value, interval } = printSigned(difference);
        const { value: middle, lo, hi } = difference;
        return { name: `${axis}: ${name}`, value: middle, lo, hi, text: `${value} s/year (${interval})` };
      }),
  );
  if (rows.length === 0) return html``;
  return figures.place(
    { id: `parts-${place}`, kind: 'chart', spec: contributionChart(rows) },
    {
      title: `What made the difference of ${id} with ${label}`,
      alt: `${rows.map(({ name, text }) => `${name} ${text}`).join('; ')}.`,
      caption: 'The parts along each axis add up to the difference. Lines are the intervals; pale bars may be chance.',
      legend: [
        { key: 'bar', text: 'less' },
        { key: 'bar2', text: 'more' },
      ],
      wide: true,
    },
  );
}
