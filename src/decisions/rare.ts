import type { CompiledModel } from '../compile/model.ts';
import type { RunTotals } from '../measures/run-totals.ts';
import type { Estimate } from '../model/estimate.ts';
import { historySpan } from '../simulate/history-span.ts';
import { KnownSoFar } from '../simulate/known-so-far.ts';
import { chooseMethod, FEW_OUTAGES, type MethodChoice, NONE_SOLVED } from '../simulate/method.ts';
import type { Conduct } from './loaded.ts';

/** Relative half-width of the first attempt by cycles: enough wherever the limit is not close. */
export const ROUGH = 0.1;
/** Events of histories that cost what a rough attempt costs, gates and all. */
const EVENTS_WORTH_CYCLES = 3_000_000;
/** Of the second attempt where nothing finer is asked for. */
const FINE = 0.02;

export interface RarePlan extends Pick<Conduct, 'clock' | 'signal'> {
  readonly seed: string;
  /** Histories at most, what each simulates (years) and what of it does not count (seconds). */
  readonly most: number;
  readonly years: number;
  readonly warmUp: number;
  /** Relative half-width asked for, below which cycles need not go. */
  readonly precision?: number;
  /** Seconds of `clock` from `started` on. */
  readonly maxTime?: number;
  readonly started: number;
}

/**
 * Whether histories see a service's outages too seldom to decide about it: all the histories
 * planned would bring fewer than 30 outages, or a rough number would cost them more than it costs cycles.
 */
export function isRare(model: CompiledModel, totals: RunTotals, service: number, most: number): boolean {
  const { count } = totals.outageEvents[service]!;
  if ((count * most) / totals.histories < FEW_OUTAGES) return true;
  return new KnownSoFar(model, totals, 0.95).eventsTo(service, ROUGH) >= EVENTS_WORTH_CYCLES;
}

/** What cycles know of a service; `method` is `histories` where they do not converge or the model does not allow them. */
export function byCycles(
  model: CompiledModel,
  totals: RunTotals,
  service: number,
  plan: RarePlan,
  confidence: number,
  precision: number,
): Promise<MethodChoice> {
  const { seed } = plan;
  return chooseMethod(model, totals, service, {
    seed,
    confidence,
    precision,
    isOver: overAt(plan),
    exact: () => NONE_SOLVED,
    span: historySpan(plan),
  });
}

/** Whether a plan's time is over; lets an interrupt through. */
export function overAt({ clock, maxTime, started, signal }: RarePlan): () => Promise<boolean> {
  return async () => {
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted === true) return true;
    return clock !== undefined && maxTime !== undefined && clock() - started >= maxTime;
  };
}

/** What the histories so far have left of a chance of an error: they have spent α·√(n/N), see `spendingTails`. */
export function alphaLeft(alpha: number, totals: RunTotals, most: number): number {
  return alpha * (1 - Math.sqrt(totals.histories / most));
}

/** What was found out about a question: the interval, and whether it is certain. */
export interface Looked<T> {
  readonly found: T;
  readonly isCertain: boolean;
  readonly choice: MethodChoice;
}

/**
 * Asks cycles about a service, roughly and then finely, each with half of the chance of an error that the histories so far have
 * left.
 *
 * @param alpha chance of an error on either side, for all looks
 * @param judge the answer to the question by a choice, with intervals of a confidence
 * @returns undefined where cycles are no way: nothing is spent and histories may go on
 */
export async function askCycles<T>(
  model: CompiledModel,
  totals: RunTotals,
  service: number,
  plan: RarePlan,
  alpha: number,
  judge: (choice: MethodChoice, confidence: number) => { readonly found: T; readonly isCertain: boolean },
): Promise<Looked<T> | { readonly refused: string }> {
  const left = alphaLeft(alpha, totals, plan.most);
  if (left <= 0) return { refused: 'the histories have spent all chance of an error' };
  const confidence = 1 - left;
  let last: Looked<T> | undefined;
  for (const precision of [ROUGH, Math.min(FINE, plan.precision ?? FINE)]) {
    const choice = await byCycles(model, totals, service, plan, confidence, precision);
    // What was found roughly stands where the finer attempt had no time.
    if (choice.method !== 'cycles') return last ?? { refused: choice.because };
    last = { choice, ...judge(choice, confidence) };
    if (last.isCertain) break;
  }
  return last!;
}

/** b − a, and b / a, of two numbers known independently, each with its own interval (method of variance estimates recovery). */
export function independentDifference(a: Estimate, b: Estimate): { difference: Estimate; ratio: Estimate | null } {
  const method = a.method === 'exact' ? b.method : a.method;
  const n = a.n + b.n;
  const value = b.value - a.value;
  const difference = {
    value,
    lo: value - Math.hypot(b.value - b.lo, a.hi - a.value),
    hi: value + Math.hypot(b.hi - b.value, a.value - a.lo),
    method,
    n,
  } satisfies Estimate;
  if (!(a.lo > 0 && b.lo > 0)) return { difference, ratio: null };
  const log = Math.log(b.value / a.value);
  const down = Math.hypot(Math.log(b.value / b.lo), Math.log(a.hi / a.value));
  const up = Math.hypot(Math.log(b.hi / b.value), Math.log(a.value / a.lo));
  const ratio: Estimate = { value: b.value / a.value, lo: Math.exp(log - down), hi: Math.exp(log + up), method, n };
  return { difference, ratio };
}
