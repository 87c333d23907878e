import type { Attribution, ServiceResult } from '../../../model/result.ts';
import { printNumber, printShare } from '../../format.ts';
import { type ParetoPart, paretoChart } from '../charts/pareto.ts';
import { type Html, html, raw } from '../markup.ts';
import { type Context, ranked, rootsOf } from './context.ts';

const AXES: readonly { readonly axis: keyof Attribution; readonly title: string }[] = [
  { axis: 'phase', title: 'by phase of the fault-management cycle' },
  { axis: 'cause', title: 'by cause' },
  { axis: 'bucket', title: 'by allocation bucket' },
  { axis: 'party', title: 'by responsible party' },
];
/** Roots drawn one by one. */
const MOST_ROOTS = 8;
/** Share of the downtime below which a root is one of the others. */
const SMALLEST = 0.001;

/** Where the downtime comes from, axis by axis, as bars that are tables; an axis with one part only is a few words. */
export function sourceBars(service: ServiceResult): Html {
  const whole = service.dpm.all.value;
  // Buckets with a limit are shown beside it.
  const axes = AXES.filter(({ axis }) => axis !== 'bucket' || service.allocation === null);
  const shown = [
    ...axes.map(({ axis, title }) => ({ title, amounts: service.attribution[axis] })),
    { title: 'by side', amounts: sidesOf(service) },
  ];
  const axesWithParts = shown.map(({ title, amounts }) => ({ title, parts: ranked(amounts) }));
  const single = axesWithParts.filter(({ parts }) => parts.length === 1);
  const several = axesWithParts.filter(({ parts }) => parts.length > 1);
  const bars = several.map(({ title, parts }) => {
    const rows = parts.map(
      ([name, seconds]) =>
        html`<tr><th scope="row">${name}</th><td class="track" aria-hidden="true">${bar(seconds / whole)}</td><td class="n">${printShare(seconds, whole)}</td><td class="n">${printNumber(seconds, 3)}</td></tr>`,
    );
    return html`<section><h5>${title}</h5><table aria-label="Downtime ${title}"><thead hidden><tr><th>part</th><th>bar</th><th>share</th><th>seconds a year</th></tr></thead><tbody>${rows}</tbody></table></section>`;
  });
  const all = single.map(({ title, parts }) => `${title} ${parts[0]![0]}`).join(', ');
  return html`${bars.length === 0 ? '' : html`<div class="bars">${bars}</div>`}${all === '' ? '' : html`<p class="note">All of it: ${all}.</p>`}`;
}

/** Who answers for the downtime: the guest, or what it runs on (B-54). */
function sidesOf({ dpm }: ServiceResult): Readonly<Record<string, number>> {
  return { guest: dpm.guest.value, infrastructure: dpm.infrastructure.value };
}

function bar(share: number): Html {
  return raw(`<i style="width:${Math.max(0.5, Math.min(100, 100 * share)).toFixed(1)}%"></i>`);
}

/** Roots of the downtime, largest first, with what they make together. */
export function paretoFigure({ figures, result }: Context, id: string, service: ServiceResult, place: string): Html {
  const whole = service.dpm.all.value;
  const named = rootsOf(result, id)
    .filter(([, seconds]) => seconds >= SMALLEST * whole)
    .slice(0, MOST_ROOTS);
  const rest = whole - named.reduce((sum, [, seconds]) => sum + seconds, 0);
  const parts: ParetoPart[] = [];
  let cumulative = 0;
  for (const [name, seconds] of rest > whole * 1e-6 ? [...named, ['all others', rest] as const] : named) {
    cumulative += seconds / whole;
    const text = `${printNumber(seconds, 3)} s a year, ${printShare(seconds, whole)}`;
    parts.push({ name, seconds, share: seconds / whole, cumulative: Math.min(1, cumulative), text });
  }
  return figures.place(
    { id: `pareto-${place}`, kind: 'chart', spec: paretoChart(parts) },
    {
      title: `Roots of the downtime of ${id}`,
      alt: `Largest roots: ${parts
        .slice(0, 3)
        .map(({ name, text }) => `${name} ${text}`)
        .join('; ')}.`,
      legend: [
        { key: 'bar', text: 'share' },
        { key: 'line', text: 'shares added up' },
      ],
    },
  );
}
