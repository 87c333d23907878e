import type { Sweep } from '../../model/sweep.ts';
import { printEstimate, printNumber } from '../format.ts';
import { blocksHtml } from '../html/blocks.ts';
import { type SweptPlace, sweepLineChart, sweepMapChart } from '../html/charts/sweep.ts';
import { type Drawings, type Figure, Figures } from '../html/figure.ts';
import { type Html, html } from '../html/markup.ts';
import { renderPage } from '../html/page/page.ts';
import { sweepDocument } from './sweep.ts';

/** Services that get charts of their own: those that are down most. */
const MOST_CHARTED = 8;

/** The charts a page of this sweep has room for. */
export function sweepFigures(sweep: Sweep): readonly Figure[] {
  const figures = new Figures();
  chartsOf(sweep, figures);
  return figures.wanted;
}

/** A sweep as one HTML file: a chart per service, then every point in a table. */
export function sweepPage(sweep: Sweep, drawings?: Drawings): string {
  const figures = new Figures(drawings);
  const [title, about, ...rest] = sweepDocument(sweep);
  return renderPage({
    title: `${sweep.scenario.title} · carriergrade`,
    nav: [],
    content: html`${blocksHtml([title!, about!])}${chartsOf(sweep, figures)}${blocksHtml(rest)}`,
    ...(drawings?.interactive === undefined ? {} : { interactive: drawings.interactive }),
  });
}

function chartsOf(sweep: Sweep, figures: Figures): Html {
  const { parameters, points } = sweep;
  // A list of values of three parameters and more is read from the table.
  if (points.length < 2 || parameters.length > 2) return html``;
  const most = (id: string): number => Math.max(...points.map((point) => point.services[id]?.dpm.value ?? 0));
  const services = [...new Set(points.flatMap((point) => Object.keys(point.services)))]
    .sort((a, b) => most(b) - most(a))
    .slice(0, MOST_CHARTED);
  return html`<div class="figures">${services.map((id, i) => serviceFigure(sweep, id, i + 1, figures))}</div>`;
}

function serviceFigure({ parameters, points, confidence }: Sweep, id: string, place: number, figures: Figures): Html {
  const [first, second] = parameters as [string, string?];
  const places = points.flatMap(({ values, services }): SweptPlace[] => {
    const service = services[id];
    if (service === undefined) return [];
    const { value, lo, hi } = service.dpm;
    const { value: printed, interval } = printEstimate(service.dpm);
    const exact = service.exactDpm === undefined ? {} : { exact: service.exactDpm };
    const also = service.exactDpm === undefined ? '' : `, exact ${printNumber(service.exactDpm)}`;
    const y = second === undefined ? '' : String(values[second]);
    const text = `${printed} s a year${interval === '' ? '' : ` (${interval})`}${also}`;
    return [{ x: String(values[first]), y, value, lo, hi, ...exact, text }];
  });
  const ranked = [...places].sort((a, b) => a.value - b.value);
  const name = ({ x, y }: SweptPlace): string => (y === '' ? x : `${x} and ${y}`);
  const [least, largest] = [ranked[0]!, ranked[ranked.length - 1]!];
  const alt = `Least at ${name(least)}: ${least.text}; most at ${name(largest)}: ${largest.text}.`;
  if (second !== undefined) {
    const spec = sweepMapChart(places, [lastWords(first), lastWords(second)]);
    const caption = 'Downtime, seconds a year: the stronger the colour the longer.';
    return figures.place(
      { id: `sweep-${place}`, kind: 'chart', spec },
      { title: `Downtime of ${id}`, alt, caption, wide: true },
    );
  }
  const isExact = places.some(({ exact }) => exact !== undefined);
  return figures.place(
    { id: `sweep-${place}`, kind: 'chart', spec: sweepLineChart(places, lastWords(first)) },
    {
      title: `Downtime of ${id}`,
      alt,
      wide: true,
      legend: [
        { key: 'dot', text: 'downtime' },
        { key: 'band', text: `interval, ${printNumber(100 * confidence, 3)} %` },
        ...(isExact ? [{ key: 'diamond', text: 'exact' }] : []),
      ],
    },
  );
}

/** A path short enough for the title of an axis: its last three words. */
const lastWords = (path: string): string => path.split('.').slice(-3).join('.');
