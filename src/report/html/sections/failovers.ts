import type { GroupResult } from '../../../model/result.ts';
import { type Cell, table } from '../../document/document.ts';
import { printCount, printEstimate, printRatio, printShare } from '../../format.ts';
import { groupBlocks, sparesBlocks } from '../../result/group.ts';
import { regionBlocks } from '../../result/regions.ts';
import { blocksHtml, tableHtml } from '../blocks.ts';
import { type Html, html } from '../markup.ts';
import type { Context } from './context.ts';

/** Groups whose measures are listed in full. */
const MOST_DETAILED = 20;

/** Failovers of every group: how many, how many succeed and in time, and why the others do not. */
export function failoversSection({ result }: Context): Html {
  const { confidence } = result.run;
  const groups = Object.entries(result.groups);
  if (groups.length === 0) return html``;
  const rows = groups.map(([id, group]): readonly Cell[] => [
    id,
    printCount(group.attempts),
    ratioText(group.successRatio),
    group.successRatio === null ? '–' : printRatio(group.successRatio).interval,
    ratioText(group.withinTarget),
    ratioText(group.protection),
    reasonsText(group),
    printEstimate(group.downSecondsPerYear).value,
  ]);
  const titles = [
    'group~',
    '>failovers',
    '>succeed',
    '>interval',
    '>in target time',
    '>survived',
    'why others fail~',
    '>group down, s/year',
  ];
  return html`<section id="failovers" aria-labelledby="failovers-title"><h2 id="failovers-title">Failovers</h2>
${tableHtml(table(titles, rows), 'Failovers by group')}
<p class="note">“Survived”: failures of serving members that an automatic failover made good; a fault nobody notices is no failover.</p>
${blocksHtml(regionBlocks(result.regions, confidence), { lower: 1 })}
<details><summary>All measures of ${groups.length === 1 ? `group ${groups[0]![0]}` : `${groups.length > MOST_DETAILED ? `the first ${printCount(MOST_DETAILED)} of ` : 'the '}${printCount(groups.length)} groups`}</summary>${groups.slice(0, MOST_DETAILED).map(([id, group]) => blocksHtml(groupBlocks(id, group, confidence), { lower: 1 }))}</details>
${blocksHtml(sparesBlocks(result.spares, confidence), { lower: 1 })}
</section>`;
}

function ratioText(ratio: GroupResult['successRatio']): string {
  return ratio === null ? '–' : printRatio(ratio).value;
}

function reasonsText({ reasons, attempts }: GroupResult): string {
  return Object.entries(reasons)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([reason, count]) => `${reason} ${printCount(count)} (${printShare(count, attempts)})`)
    .join(', ');
}
