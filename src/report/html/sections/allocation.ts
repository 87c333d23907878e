import type { AllocationResult } from '../../../model/result.ts';
import { printEstimate, printNumber, printShare } from '../../format.ts';
import { allocationBlocks } from '../../result/allocation.ts';
import { VERDICTS } from '../../result/verdict.ts';
import { blocksHtml } from '../blocks.ts';
import { type Html, html, raw } from '../markup.ts';

/** Simulated downtime of each bucket against what is allocated to it: a bar, its interval, and a line at the limit. */
export function allocationBars(allocation: AllocationResult | null, confidence: number): Html {
  if (allocation === null) return html``;
  const buckets = Object.entries(allocation.buckets);
  const largest = Math.max(...buckets.flatMap(([, { allocated, dpm }]) => [allocated, dpm.value]), 1e-12);
  const percent = (seconds: number): string => Math.min(100, (100 * seconds) / largest).toFixed(1);
  const rows = buckets.map(([bucket, { share, allocated, dpm, verdict }]) => {
    const { mark, tone, word } = VERDICTS[verdict];
    const printed = printEstimate(dpm, 's/year');
    const track = raw(
      `<i class="${verdict}" style="width:${percent(dpm.value)}%"></i><b style="left:${percent(allocated)}%"></b>`,
    );
    return html`<tr><th scope="row">${bucket}<td aria-hidden="true"><div class="limit">${track}</div><td class="n">${printed.value}<td class="n">${printed.interval}<td class="n">${printNumber(allocated, 4)}<td class="n">${printShare(share, 1)}<td><span class="tone-${tone}">${mark} ${word}</span>\n`;
  });
  // The last line of the blocks says of what, and who overspends.
  const summary = allocationBlocks(allocation, confidence).slice(-1);
  return html`<h4>Allocated and simulated</h4>
<div class="scroll" tabindex="0" role="region" aria-label="Allocated and simulated downtime"><table class="spending"><thead><tr><th scope="col">bucket<th scope="col">simulated, line: allocated<th scope="col" class="n">simulated<th scope="col" class="n">interval<th scope="col" class="n">allocated, s/year<th scope="col" class="n">share<th scope="col">verdict</thead><tbody>
${rows}</tbody></table></div>${blocksHtml(summary)}`;
}
