import type { Result } from '../../../model/result.ts';
import { table } from '../../document/document.ts';
import { printCount, printEstimate, printNumber, printRatio, printShare } from '../../format.ts';
import { runBlocks } from '../../result/facts.ts';
import { intervalTitle } from '../../result/row.ts';
import { sheetBlocks } from '../../result/sheet.ts';
import { blocksHtml, tableHtml } from '../blocks.ts';
import { type Html, html } from '../markup.ts';
import type { Context } from './context.ts';

const MOST_ELEMENTS = 30;

/** Elements by the downtime they cause. */
export function elementsSection({ result, allElements }: Context): Html {
  const { elements, populations } = result;
  if (elements.length === 0) return html``;
  const shown = elements.slice(0, allElements ? elements.length : MOST_ELEMENTS);
  const whole = elements.reduce((sum, { causedDpm }) => sum + causedDpm, 0);
  const rows = shown.map(({ name, causedDpm, downSecondsPerYear, failuresPerYear }) => [
    name,
    printNumber(causedDpm, 4),
    printShare(causedDpm, whole),
    printNumber(downSecondsPerYear, 4),
    printNumber(failuresPerYear, 4),
  ]);
  const rest = elements.length - shown.length;
  return html`<section id="elements" aria-labelledby="elements-title"><h2 id="elements-title">Elements</h2>
<p class="note">Downtime of services an element caused, and its own.${rest === 0 ? '' : ` ${printCount(rest)} more that caused less are not listed.`}</p>
${filter('element-table', 'Filter elements')}
${tableHtml(table(['element~', '>caused, s/year', '>share', '>own downtime, s/year', '>failures/year'], rows), 'Elements', { id: 'element-table', tall: true })}
${Object.entries(populations).length === 0 ? '' : html`<details><summary>Populations of equal elements</summary>${populationTable(result)}</details>`}
</section>`;
}

/** Equal elements seen as network elements. */
function populationTable({ populations, run }: Result): Html {
  const rows = Object.entries(populations).map(([id, { elements, dpm, ofm, zeroDowntimeShare }]) => [
    id,
    printCount(elements),
    printEstimate(dpm).value,
    printEstimate(dpm).interval,
    printEstimate(ofm).value,
    printRatio(zeroDowntimeShare).value,
  ]);
  const titles = [
    'population~',
    '>elements',
    '>downtime of one, s/year',
    `>${intervalTitle(run.confidence)}`,
    '>outages of one/year',
    '>element-years without downtime',
  ];
  return tableHtml(table(titles, rows), 'Populations of equal elements');
}

/** The six engineering targets. */
export function sheetSection({ result }: Context): Html {
  return html`<section id="sheet" aria-labelledby="sheet-title"><h2 id="sheet-title">Engineering targets</h2>
${blocksHtml(sheetBlocks(result), { bare: true, about: 'Engineering targets' })}</section>`;
}

/** Every value nobody stated. */
export function assumptionsSection({ result }: Context): Html {
  const { assumptions } = result;
  const rows = alike(assumptions).map(({ path, value, source }) => [path, value, source]);
  const content =
    assumptions.length === 0
      ? html`<p>None: the scenario states every value.</p>`
      : html`<p>${printCount(assumptions.length)} ${assumptions.length === 1 ? 'value was' : 'values were'} not stated by the scenario and come from the catalogue, each with its source. Change one with <code>--set path=value</code> to see what it is worth.</p>
${filter('assumption-table', 'Filter assumptions')}
${tableHtml(table(['path~', 'value~', 'source~'], rows), 'Assumptions', { id: 'assumption-table', tall: true })}`;
  return html`<section id="assumptions" aria-labelledby="assumptions-title"><h2 id="assumptions-title">Assumptions</h2>
${content}</section>`;
}

/** Values of equal numbered parts as one row: `elements.pair-*.failures.fault.cause`. */
function alike(assumptions: Result['assumptions']): Result['assumptions'] {
  const rows = new Map<string, { path: string; value: string; source: string; count: number }>();
  for (const { path, value, source } of assumptions) {
    const pattern = path.replace(/-\d+(?=\.|$)/g, '-*');
    const key = [pattern, value, source].join('\n');
    const known = rows.get(key);
    rows.set(key, { path: known === undefined ? path : pattern, value, source, count: (known?.count ?? 0) + 1 });
  }
  return [...rows.values()].map(({ path, value, source, count }) => ({
    path: count === 1 ? path : `${path} (${printCount(count)})`,
    value,
    source,
  }));
}

/** What was run. */
export function runSection({ result }: Context): Html {
  return html`<section id="run" aria-labelledby="run-title"><h2 id="run-title">Run</h2>
${blocksHtml(runBlocks(result), { bare: true, about: 'Run' })}
<footer>carriergrade ${result.run.version}. The same scenario, seed and version give the same bytes. DPM: downtime performance measurement, seconds of downtime a year.</footer></section>`;
}

function filter(id: string, text: string): Html {
  return html`<label class="filter">${text}<input type="search" data-filter="${id}"></label>`;
}
