import { compile } from '../compile/compile.ts';
import { gated } from '../measures/comparison/gate.ts';
import { looksUpTo, spendingTails } from '../measures/comparison/spending.ts';
import { RunTotals } from '../measures/run-totals.ts';
import { clopperPearson } from '../measures/statistics/proportion.ts';
import type { Verdict } from '../model/check.ts';
import { type Estimate, exact } from '../model/estimate.ts';
import type { PlanTarget, PlanTrial } from '../model/plan.ts';
import type { Result } from '../model/result.ts';
import type { Scenario, Target } from '../model/scenario.ts';
import { SECONDS_PER_YEAR } from '../model/time.ts';
import { shapeOf } from '../simulate/history-watch.ts';
import { historiesInOrder } from '../simulate/in-order.ts';
import type { MethodChoice } from '../simulate/method.ts';
import { buildResult } from '../simulate/result.ts';
import { exactUnavailability } from './exact.ts';
import type { Conduct } from './loaded.ts';
import { askCycles, isRare } from './rare.ts';

export interface AskOptions extends Conduct {
  readonly seed?: string;
  readonly years?: number;
  /** Histories at most. */
  readonly histories: number;
  /** Chance of a wrong verdict. */
  readonly error: number;
  /** False: simulate even what the exact side knows. */
  readonly exact?: boolean;
}

export type Answer = Pick<PlanTrial, 'estimate' | 'verdict' | 'by' | 'because' | 'histories'>;

/**
 * Whether a scenario meets one target: by the exact side where it knows, else by histories on the same random numbers for
 * every question, until it is certain (a sequential test) or there were enough of them; by rare-event cycles where histories
 * meet the service's outages too seldom.
 */
export async function ask(scenario: Scenario, target: PlanTarget, options: AskOptions): Promise<Answer> {
  const known = options.exact === false ? undefined : exactValue(scenario, target);
  if (known !== undefined) {
    const verdict = known <= target.limit ? 'pass' : 'fail';
    return { estimate: exact(known), verdict, by: 'exact', histories: 0 };
  }
  const model = compile(scenario);
  const { simulation } = scenario;
  const plan = {
    seed: options.seed ?? simulation.seed,
    years: options.years ?? simulation.years,
    warmUp: simulation.warmUp,
    most: options.histories,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  };
  const looks = looksUpTo(plan.most);
  const tails = new Map(spendingTails(looks, options.error).map((tail, i) => [looks[i]!, tail]));
  const totals = new RunTotals(shapeOf(model));
  let answer: Answer = { estimate: null, verdict: 'undecided', by: 'histories', histories: 0 };
  const service = target.metric === 'exhaustion' ? -1 : Object.keys(scenario.services).indexOf(target.of);
  const rare = { ...plan, started: options.clock?.() ?? 0 };
  let refused: string | undefined;
  const answerBy = (
    choices: readonly (MethodChoice | undefined)[],
    confidence: number,
  ): Pick<Answer, 'estimate' | 'verdict'> => {
    const { histories, events } = totals;
    const simulatedYears = histories * plan.years;
    const { seed } = plan;
    const facts = { seed, method: 'histories', histories, simulatedYears, events, confidence, stop: 'budget' } as const;
    const targets = target.metric === 'exhaustion' ? [] : [asTarget(target)];
    const run = { totals, facts, choices, asked: 'histories' } as const;
    return judged(buildResult(model, { ...scenario, targets }, '', run, '', {}), target, confidence);
  };
  await historiesInOrder([model], plan, async ([record], index) => {
    totals.absorb(record!);
    const histories = index + 1;
    options.onProgress?.({ histories, of: plan.most, years: histories * plan.years, events: totals.events });
    const tail = tails.get(histories);
    if (tail === undefined) return 'more';
    const because = refused === undefined ? {} : { because: refused };
    answer = { ...answerBy([], 1 - 2 * tail), by: 'histories', histories, ...because };
    if (answer.verdict !== 'undecided') return 'enough';
    if (refused !== undefined || service < 0 || !isRare(model, totals, service, plan.most)) return 'more';
    const looked = await askCycles(model, totals, service, rare, options.error, (choice, confidence) => {
      const choices: MethodChoice[] = [];
      choices[service] = choice;
      const found = answerBy(choices, confidence);
      return { found, isCertain: found.verdict !== 'undecided' };
    });
    if ('refused' in looked) {
      refused = looked.refused;
      return 'more';
    }
    answer = { ...looked.found, by: 'cycles', because: looked.choice.because, histories };
    return 'enough';
  });
  return answer;
}

function exactValue(scenario: Scenario, { of, metric }: PlanTarget): number | undefined {
  if (metric !== 'availability' && metric !== 'dpm') return undefined;
  const unavailability = exactUnavailability(scenario).get(of);
  if (unavailability === undefined) return undefined;
  return metric === 'dpm' ? unavailability * SECONDS_PER_YEAR : unavailability;
}

function asTarget({ of, metric, limit, text }: PlanTarget): Target {
  return { id: 'plan', of, metric: metric as Target['metric'], limit, text, level: 'error' };
}

function judged(
  result: Result,
  target: PlanTarget,
  confidence: number,
): { estimate: Estimate | null; verdict: Verdict } {
  if (target.metric !== 'exhaustion') {
    const { estimate, verdict } = gated(result.targets[0]!, confidence);
    return { estimate, verdict };
  }
  const share = result.spares?.[target.of]?.exhaustionProbability ?? null;
  if (share === null) return { estimate: null, verdict: 'undecided' };
  const estimate = { ...share, ...clopperPearson(Math.round(share.value * share.n), share.n, confidence) };
  const { lo, hi } = estimate;
  return { estimate, verdict: hi <= target.limit ? 'pass' : lo > target.limit ? 'fail' : 'undecided' };
}
