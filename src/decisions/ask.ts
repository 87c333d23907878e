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
import { buildResult } from '../simulate/result.ts';
import { exactUnavailability } from './exact.ts';
import type { Conduct } from './loaded.ts';

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

export type Answer = Pick<PlanTrial, 'estimate' | 'verdict' | 'by' | 'histories'>;

/**
 * Whether a scenario meets one target: by the exact side where it knows, else by histories on the same random numbers for
 * every question, until it is certain (a sequential test) or there were enough of them.
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
  await historiesInOrder([model], plan, ([record], index) => {
    totals.absorb(record!);
    const histories = index + 1;
    options.onProgress?.({ histories, of: plan.most, years: histories * plan.years, events: totals.events });
    const tail = tails.get(histories);
    if (tail === undefined) return 'more';
    const confidence = 1 - 2 * tail;
    const facts = {
      seed: plan.seed,
      method: 'histories',
      histories,
      simulatedYears: histories * plan.years,
      events: totals.events,
      confidence,
      stop: 'budget',
    } as const;
    const targets = target.metric === 'exhaustion' ? [] : [asTarget(target)];
    const result = buildResult(
      model,
      { ...scenario, targets },
      '',
      { totals, facts, choices: [], asked: 'histories' },
      '',
      {},
    );
    answer = { ...judged(result, target, confidence), by: 'histories', histories };
    return answer.verdict === 'undecided' ? 'more' : 'enough';
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
