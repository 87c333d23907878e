import type { ServiceResult } from '../../../model/result.ts';
import {
  printAvailability,
  printCount,
  printDuration,
  printDurationEstimate,
  printEstimate,
  printNines,
  printNumber,
  printRatio,
  printShare,
} from '../../format.ts';
import { cycleBlocks } from '../../result/cycles.ts';
import { serviceMeasures } from '../../result/service.ts';
import { stageBlocks } from '../../result/stages.ts';
import { blocksHtml } from '../blocks.ts';
import { type Html, html } from '../markup.ts';
import { allocationBars } from './allocation.ts';
import { budgetOf, type Context } from './context.ts';
import { lengthsFigure, timelineFigure } from './outages.ts';
import { reportableShare } from './services.ts';
import { paretoFigure, sourceBars } from './sources.ts';

/** One service: its figures, where its downtime comes from, how long its outages are, and a typical one of them. */
export function serviceSection(context: Context, id: string): Html {
  const { result, anchors, charted } = context;
  const service = result.services[id]!;
  const { confidence } = result.run;
  const place = anchors.get(id)!;
  const measures = blocksHtml([serviceMeasures(service, result.targets, confidence)], {
    about: `All measures of ${id}`,
  });
  const stages = blocksHtml(stageBlocks(service, result.analytic.services[id]?.stages, confidence), {
    lower: 1,
    about: `Stages of ${id}`,
  });
  const down = service.dpm.all.value > 0;
  const sources = html`${sourceBars(service)}${allocationBars(service.allocation, confidence)}`;
  const pictures = charted.has(id)
    ? html`<h4>Where the downtime comes from</h4>${sources}
<div class="figures">${paretoFigure(context, id, service, place)}${lengthsFigure(context, id, service, place)}</div>
${timelineFigure(context, id, service, place)}`
    : down
      ? html`<h4>Where the downtime comes from</h4>${sources}<p class="note">Charts are drawn for ${printCount(charted.size)} services: those with a target, then those that are down most.</p>`
      : '';
  return html`<section id="${place}" aria-labelledby="${place}-title"><h3 id="${place}-title">${id}</h3>
${tiles(context, id, service)}
${stages}
${pictures}
${blocksHtml(cycleBlocks(service), { lower: 1, about: `Rare-event cycles of ${id}` })}
<details><summary>All measures of ${id}</summary>${measures}</details>
</section>`;
}

function tiles({ result }: Context, id: string, service: ServiceResult): Html {
  const { dpm, ofm, outageSeconds, mtbfHours } = service;
  const all = printEstimate(dpm.all, 's/year');
  const budget = budgetOf(id, result.targets);
  const outages = printEstimate(ofm.all, '/year');
  const tile = (name: string, value: string, more: readonly (string | undefined)[]): Html =>
    html`<div><dt>${name}</dt><dd>${value}${more.filter((text) => text !== undefined && text !== '').map((text) => html`<small>${text}</small>`)}</dd></div>`;
  const misses = Object.entries(service.missProbability).map(([target, chance]) => {
    const text = result.targets.find((candidate) => candidate.id === target)?.text ?? target;
    const printed = printRatio(chance);
    return tile(`Years that miss ${text}`, printed.value, [printed.interval]);
  });
  const nines = printNines(service.nines);
  return html`<dl class="tiles">
${tile('Downtime', all.value, [all.interval, budget === undefined ? undefined : `${printShare(dpm.all.value, budget)} of ${printNumber(budget, 5)} s/year`])}
${tile('Availability', printAvailability(service.unavailability).value, [`${nines.value} nines (${nines.interval})`])}
${tile('Outages', outages.value, [outages.interval, mtbfHours === null ? undefined : `one in ${printDurationEstimate(inSeconds(mtbfHours)).value}`])}
${tile('Reportable outages', reportableShare(service), [`${printEstimate(service.reportablePerYear, '/year').value}`])}
${outageSeconds === null ? '' : tile('Typical and longest', printDurationEstimate(outageSeconds.p50).value, [`longest seen ${printDuration(outageSeconds.max)}`])}
${misses}
</dl>`;
}

function inSeconds<T extends { readonly value: number; readonly lo: number; readonly hi: number }>(hours: T): T {
  return { ...hours, value: hours.value * 3600, lo: hours.lo * 3600, hi: hours.hi * 3600 };
}
