import type { CompiledModel } from '../compile/model.ts';
import type { HistoryRecord } from '../measures/history-record.ts';
import { packRecords, unpackRecords } from '../measures/packed-records.ts';
import type { FinishedWork } from '../model/part.ts';
import { HistoryRunner } from './histories.ts';
import { historyName } from './work-names.ts';

/** How histories of one model, or of several on the same random numbers, are run until somebody has seen enough. */
export interface HistoryPlan {
  readonly seed: string;
  /** Simulated years per history. */
  readonly years: number;
  /** Discarded at the start of each history, s. */
  readonly warmUp: number;
  /** Number of histories at most. */
  readonly most: number;
  /** Seconds of `clock` after which to stop. */
  readonly maxTime?: number;
  /** Seconds on any monotonic clock; without it `maxTime` has no effect. */
  readonly clock?: () => number;
  readonly signal?: { readonly aborted: boolean };
  /** Where histories of a single model may be known from, and are kept. */
  readonly finished?: FinishedWork;
}

/** Why the histories ended: enough was seen, all were run, the time was up or the caller broke off. */
export type HistoryStop = 'enough' | 'all' | 'time' | 'aborted';

type Answer = 'more' | 'enough';

const BREATHE_EVERY_SECONDS = 0.05;
/** Events between two looks at the clock and the signal: some 20 ms. */
const EVENTS_BETWEEN_LOOKS = 20_000;

/**
 * Runs history 0 of every model, then history 1 of every model, and so on; streams are keyed by names, so history i of
 * one model is the pair of history i of another (common random numbers). `absorb` sees the records in index order, one
 * per model, and says when to stop, so that what it decides does not depend on how the histories were run.
 */
export async function historiesInOrder(
  models: readonly CompiledModel[],
  plan: HistoryPlan,
  absorb: (records: readonly HistoryRecord[], index: number) => Answer | Promise<Answer>,
): Promise<HistoryStop> {
  const { years, warmUp, clock, signal, maxTime } = plan;
  const runners = models.map((model) => new HistoryRunner(model, plan.seed));
  const started = clock?.() ?? 0;
  let breathed = started;
  const broken = async (): Promise<'time' | 'aborted' | undefined> => {
    const now = clock?.() ?? started;
    if (now - breathed >= BREATHE_EVERY_SECONDS) {
      await new Promise((resolve) => setImmediate(resolve));
      breathed = clock?.() ?? started;
    }
    if (signal?.aborted === true) return 'aborted';
    return maxTime !== undefined && now - started >= maxTime ? 'time' : undefined;
  };
  for (let index = 0; index < plan.most; index++) {
    const finished = models.length === 1 ? plan.finished : undefined;
    const known = finished?.find(historyName(index));
    const records: HistoryRecord[] = known === undefined ? [] : unpackRecords(known);
    for (const runner of known === undefined ? runners : []) {
      runner.begin(index, years, warmUp);
      while (!runner.advance(EVENTS_BETWEEN_LOOKS)) {
        const reason = await broken();
        if (reason !== undefined) return reason;
      }
      records.push(runner.finish());
    }
    if (known === undefined) finished?.keep(historyName(index), packRecords(records));
    if ((await absorb(records, index)) === 'enough') return 'enough';
    const reason = await broken();
    if (reason !== undefined) return reason;
  }
  return 'all';
}
