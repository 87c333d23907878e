import type { Result, TargetResult } from '../../../model/result.ts';
import { printAvailability, printCount, printEstimate, printNumber, printShare } from '../../format.ts';
import { intervalTitle } from '../../result/row.ts';
import { targetBlocks } from '../../result/targets.ts';
import { blocksHtml } from '../blocks.ts';
import { type Html, html } from '../markup.ts';
import { budgetOf, type Context, largest, rootsOf, worstService } from './context.ts';

/** Title, verdict in one sentence, why in three, and the targets one by one. */
export function verdictSection({ result }: Context): Html {
  const { scenario, targets, run } = result;
  const { tone, text } = outcome(targets);
  return html`<header class="title">
<p class="eyebrow">Availability report · ${scenario.name}</p>
<h1>${scenario.title}</h1>
<p class="note">${basis(result)}</p>
</header>
<section id="verdict" aria-label="Verdict">
<div class="verdict ${tone}"><strong>${text}</strong><p>${story(result)}</p></div>
${blocksHtml(targetBlocks(targets, run.confidence), { bare: true, about: 'Targets' })}
</section>`;
}

function outcome(targets: readonly TargetResult[]): { readonly tone: string; readonly text: string } {
  const count = (verdict: TargetResult['verdict']): number =>
    targets.filter((target) => target.verdict === verdict).length;
  const [failed, open, all] = [count('fail'), count('undecided'), targets.length];
  const noun = all === 1 ? 'target' : 'targets';
  if (all === 0) return { tone: 'none', text: 'No targets stated' };
  if (failed > 0) {
    const rest = open > 0 ? `, ${printCount(open)} undecided` : '';
    return {
      tone: 'bad',
      text:
        all === 1 ? '✗ The target is missed' : `✗ ${printCount(failed)} of ${printCount(all)} ${noun} missed${rest}`,
    };
  }
  if (open > 0)
    return {
      tone: 'open',
      text:
        all === 1
          ? '? The target is undecided'
          : `? ${printCount(open)} of ${printCount(all)} ${noun} undecided, none missed`,
    };
  return { tone: 'good', text: all === 1 ? '✓ The target is met' : `✓ All ${printCount(all)} ${noun} met` };
}

/** Where the numbers come from. */
function basis({ run }: Result): string {
  const method = run.method === 'cycles' ? 'rare-event cycles beside histories' : 'simulated histories';
  return `${printNumber(run.simulatedYears, 4)} years in ${printCount(run.histories)} ${method}, seed ${run.seed}; intervals at ${intervalTitle(run.confidence).replace(' interval', '')}. A year has 365 days.`;
}

/** The service that matters, its downtime against its budget, and what makes it. */
function story(result: Result): Html {
  const worst = worstService(result);
  if (worst === undefined) return html`The scenario has no service.`;
  const [id, service] = worst;
  const { all } = service.dpm;
  const subject =
    Object.keys(result.services).length === 1
      ? html`<b>${id}</b>`
      : html`Of all services <b>${id}</b> is the one to look at: it`;
  if (all.value === 0)
    return html`${subject} was never down; with the given confidence it is down at most ${printNumber(all.hi, 3)} s a year.`;
  const printed = printEstimate(all, 's a year');
  const budget = budgetOf(id, result.targets);
  const use =
    budget === undefined
      ? ''
      : `, ${printShare(all.value, budget)} of the ${printNumber(budget, 5)} s its targets allow`;
  return html`${subject} is down <b>${printed.value}</b> (${printed.interval})${use}; availability ${printAvailability(service.unavailability).value}. ${origin(service.attribution, rootsOf(result, id)[0], all.value)}`;
}

function origin(
  attribution: Result['services'][string]['attribution'],
  root: readonly [name: string, seconds: number] | undefined,
  whole: number,
): Html {
  const phase = largest(attribution.phase);
  const cause = largest(attribution.cause);
  if (phase === undefined || root === undefined || cause === undefined) return html``;
  return html`${printShare(phase[1], whole)} of it passes in the phase <b>${phase[0]}</b>, ${printShare(cause[1], whole)} is of cause ${cause[0]}; the largest root is ${root[0]} with ${printShare(root[1], whole)}.`;
}
