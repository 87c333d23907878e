import { type Cell, table } from '../../document/document.ts';
import { printEstimate, printNumber } from '../../format.ts';
import { analyticBlocks, methodName } from '../../result/analytic.ts';
import { blocksHtml, tableHtml } from '../blocks.ts';
import { type AgreementRow, agreementChart } from '../charts/agreement.ts';
import { type Html, html } from '../markup.ts';
import type { Context } from './context.ts';

/** Ratio from which on a comparison says only that the two are different things. */
const FAR_OFF = 4;
const NOTE =
  'Where the interval crosses the line at 1, both agree. An open circle stands for a formula that is not exact for this scenario: there a difference is the effect of what the formula leaves out.';

/** The exact side beside the simulated one: two ways to the same number, or why there is only one. */
export function agreementSection({ result, figures, detailed }: Context): Html {
  const { services, analytic, run } = result;
  const both = Object.entries(services).flatMap(([id, service]) => {
    const solved = analytic.services[id];
    return solved === undefined ? [] : [{ id, service, solved }];
  });
  if (both.length === 0) return html``;
  const rows = both.map(({ id, service, solved }): readonly Cell[] => {
    const simulated = printEstimate(service.dpm.all);
    const calculated = solved.dpm === undefined ? '–' : printNumber(solved.dpm);
    return [
      id,
      simulated.value,
      simulated.interval,
      calculated,
      solved.dpm === undefined ? 'not calculated' : methodName(solved),
      placeOf(solved.dpm, service.dpm.all),
    ];
  });
  const shown = both.filter(({ id }) => detailed.includes(id));
  const compared = shown.flatMap(({ id, service, solved }): AgreementRow[] => {
    const { value, lo, hi } = service.dpm.all;
    const dpm = solved.dpm ?? 0;
    if (dpm <= 0 || value <= 0) return [];
    const text = `${printEstimate(service.dpm.all).value} and ${printNumber(dpm)} s a year`;
    return [{ service: id, ratio: value / dpm, lo: lo / dpm, hi: hi / dpm, exact: solved.exact === true, text }];
  });
  const drawn = compared.filter(({ ratio }) => ratio > 1 / FAR_OFF && ratio < FAR_OFF);
  const far = compared.filter((row) => !drawn.includes(row));
  const farText =
    far.length === 0
      ? ''
      : ` Too far off to be drawn: ${far.map(({ service, ratio }) => `${service} (${printNumber(ratio, 3)})`).join(', ')}.`;
  const refusals = [
    ...new Set(shown.flatMap(({ id, solved }) => (solved.refused === undefined ? [] : [`${id}: ${solved.refused}`]))),
  ];
  return html`<section id="agreement" aria-labelledby="agreement-title"><h2 id="agreement-title">Exact against simulated</h2>
${
  drawn.length === 0
    ? ''
    : figures.place(
        { id: 'agreement', kind: 'chart', spec: agreementChart(drawn) },
        {
          title: 'Simulated over calculated downtime',
          alt: `Ratio of simulated to calculated downtime: ${drawn.map(({ service, ratio }) => `${service} ${printNumber(ratio, 3)}`).join('; ')}.`,
          caption: `${NOTE}${farText}`,
          legend: [
            { key: 'dot', text: 'exact' },
            { key: 'ring', text: 'formula' },
            { key: 'band', text: 'interval of the simulation' },
          ],
        },
      )
}
${tableHtml(table(['service~', '>simulated, s/year', '>interval', '>calculated, s/year', 'how~', 'calculated value lies~'], rows), 'Simulated and calculated downtime')}
${refusals.map((text) => html`<p class="note">${text}</p>`)}
${shown.filter(({ solved }) => (solved.terms ?? []).length > 0).map(({ id, service, solved }) => html`<details><summary>Terms of the calculated downtime of ${id}</summary>${blocksHtml(analyticBlocks(service, solved, run.confidence), { bare: true, about: `Terms of ${id}` })}</details>`)}
</section>`;
}

function placeOf(calculated: number | undefined, { lo, hi }: { readonly lo: number; readonly hi: number }): Cell {
  if (calculated === undefined) return '';
  if (calculated < lo) return { text: 'below the interval', tone: 'open' };
  return calculated > hi ? { text: 'above the interval', tone: 'open' } : { text: 'inside the interval', tone: 'good' };
}
