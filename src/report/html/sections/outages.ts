import type { OutageExample } from '../../../model/picture.ts';
import type { ServiceResult } from '../../../model/result.ts';
import { SECONDS_PER_YEAR } from '../../../model/time.ts';
import { table } from '../../document/document.ts';
import {
  printCount,
  printDuration,
  printDurationEstimate,
  printInstant,
  printNumber,
  printShare,
} from '../../format.ts';
import { tableHtml } from '../blocks.ts';
import { lengthsChart, MARKED_LENGTHS } from '../charts/lengths.ts';
import { type Span, spansOf, timelineChart } from '../charts/timeline.ts';
import { type Html, html } from '../markup.ts';
import type { Context } from './context.ts';

/** How long outages are: many short ones or few long ones. */
export function lengthsFigure(
  { figures }: Context,
  id: string,
  { outageSeconds, hitsPerYear }: ServiceResult,
  place: string,
): Html {
  if (outageSeconds === null)
    return html`<p class="note">No outage over the threshold was seen, so there are no lengths to draw.</p>`;
  const { bins = [], p50, p99, max } = outageSeconds;
  if (bins.length === 0) return html``;
  const outages = bins.reduce((sum, { perYear }) => sum + perYear, 0);
  const time = bins.reduce((sum, { secondsPerYear }) => sum + secondsPerYear, 0);
  const over = MARKED_LENGTHS.map(({ at, label }) => {
    const longer = bins.filter(({ from, to }) => Math.sqrt(from * to) > at);
    const share = longer.reduce((sum, { perYear }) => sum + perYear, 0);
    const lost = longer.reduce((sum, { secondsPerYear }) => sum + secondsPerYear, 0);
    return `${printShare(share, outages)} of them last longer than ${label} and make ${printShare(lost, time)} of the lost time`;
  });
  const hits =
    hitsPerYear.value > 0
      ? ` Besides, ${printNumber(hitsPerYear.value, 3)} hits a year stay under the threshold and are not drawn.`
      : '';
  return figures.place(
    { id: `lengths-${place}`, kind: 'chart', spec: lengthsChart(bins) },
    {
      title: `Lengths of the outages of ${id}`,
      alt: `Half of the outages are shorter than ${printDurationEstimate(p50).value}, 99 % shorter than ${printDurationEstimate(p99).value}, the longest lasted ${printDuration(max)}. ${over.join('; ')}.`,
      caption: `${over.at(-1)!}.${hits}`,
      legend: [
        { key: 'bar', text: 'share of outages' },
        { key: 'bar2', text: 'share of lost time' },
      ],
    },
  );
}

/** What was done about a typical outage of the dominating root, step by step. */
export function timelineFigure({ figures }: Context, id: string, { example }: ServiceResult, place: string): Html {
  if (example === undefined) return html``;
  const spans = spansOf(example);
  const length = printDuration(example.ended - example.began);
  const text = `${example.root} fails; ${id} loses ${printShare(example.lost, 1)} for ${length}`;
  if (spans.length === 0) return html`<p class="note">${text}, without any step of fault management.</p>`;
  const figure = figures.place(
    { id: `timeline-${place}`, kind: 'chart', spec: timelineChart(example, spans), zooms: true },
    {
      title: `Fault management of the dominating outage of ${id}`,
      alt: `${text}. ${spans
        .filter(({ kind }) => kind === 'phase')
        .map((span: Span) => `${span.name}: ${span.text}`)
        .join('; ')}.`,
      caption: caption(example, text),
      legend: [
        { key: 'shade', text: 'service affected' },
        { key: 'bar2', text: 'phase, up to its mark' },
        { key: 'bar', text: 'step' },
      ],
    },
  );
  return html`${figure}<details><summary>The same outage, event by event</summary>${stepTable(example)}</details>`;
}

function caption({ seen, at }: OutageExample, text: string): string {
  const many =
    seen === 1
      ? 'the only one of its kind'
      : `of ${printCount(seen)} of its kind the one in which the middle second of their lost time lies`;
  return `${text}. A real outage: year ${printNumber(at / SECONDS_PER_YEAR, 4)} of the first history, ${many}.`;
}

function stepTable({ steps }: OutageExample): Html {
  const rows = steps.map(({ t, event, entity, value }) => [printInstant(t), event, entity, value]);
  return tableHtml(table(['>time, s', 'event', 'entity~', 'what~'], rows), 'Events of the outage', { tall: true });
}
