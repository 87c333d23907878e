import type { CompiledModel } from '../compile/model.ts';
import type { HistoryRecord } from '../measures/history-record.ts';
import { packedLength, packRecords, unpackRecords } from '../measures/packed-records.ts';
import type { FinishedWork } from '../model/part.ts';
import type { HistoryPlan } from './crew.ts';
import type { Hiring } from './hiring.ts';
import { HistoryRunner } from './histories.ts';
import { SharedHistories } from './shared-histories.ts';
import { historyName } from './work-names.ts';

/** Events between two looks at the clock and the signal: some 10 ms. */
const EVENTS_BETWEEN_LOOKS = 20_000;

export interface SupplyOptions {
  readonly hiring: Hiring;
  /** Histories finished before are not simulated again; new ones are kept there. */
  readonly finished?: FinishedWork | undefined;
  /** First history; default 0. */
  readonly first?: number;
  /** True once the run has to end; asked often. */
  readonly isOver: () => Promise<boolean>;
}

/**
 * Histories in index order. The first ones are simulated here; when they turn out to be much work a crew takes over, which
 * changes when they are known and nothing else.
 */
export class HistorySupply {
  private readonly model: CompiledModel;
  private readonly plan: HistoryPlan;
  private readonly options: SupplyOptions;
  private runner: HistoryRunner | undefined;
  private shared: SharedHistories | undefined;
  private index: number;
  /** Histories simulated here, their events, and the longest of their packed records. */
  private done = 0;
  private events = 0;
  private numbers = 0;

  constructor(model: CompiledModel, plan: HistoryPlan, options: SupplyOptions) {
    this.model = model;
    this.plan = plan;
    this.options = options;
    this.index = options.first ?? 0;
  }

  /**
   * Record of the next history; undefined when the run is over before it is finished.
   *
   * @param end end of the histories there may be at most
   * @param expected end of those there will probably be
   * @throws Error when the model fails inside, or a worker died
   */
  async next(end: number, expected: number): Promise<HistoryRecord | undefined> {
    const known = this.shared === undefined ? this.options.finished?.find(historyName(this.index)) : undefined;
    if (known !== undefined) {
      this.index++;
      return unpackRecords(known)[0]!;
    }
    const record = this.shared === undefined ? await this.simulated(end, expected) : await this.shared.next();
    if (record === undefined) return undefined;
    this.options.finished?.keep(historyName(this.index), packRecords([record]));
    this.index++;
    return record;
  }

  private async simulated(end: number, expected: number): Promise<HistoryRecord | undefined> {
    this.runner ??= new HistoryRunner(this.model, this.plan.seed);
    this.runner.begin(this.index, this.plan.years, this.plan.warmUp);
    for (
      let events = EVENTS_BETWEEN_LOOKS;
      !this.runner.advance(EVENTS_BETWEEN_LOOKS);
      events += EVENTS_BETWEEN_LOOKS
    ) {
      if (await this.options.isOver()) return undefined;
      // A history that takes long is begun anew by others rather than finished here alone.
      if (await this.sharesOut(this.events + events, this.index, end, expected)) return await this.shared!.next();
    }
    const record = this.runner.finish();
    this.done++;
    this.events += record.events;
    this.numbers = Math.max(this.numbers, packedLength(record));
    await this.sharesOut(this.events, this.index + 1, end, expected);
    return record;
  }

  /** True when a crew has taken over from history `first` on, after so many events. */
  private async sharesOut(events: number, first: number, end: number, expected: number): Promise<boolean> {
    const { done, numbers } = this;
    const crew = await this.options.hiring.crewFor({ done, events, left: Math.min(end, expected) - first });
    if (crew === undefined) return false;
    const known = { events: done === 0 ? 0 : this.events / done, numbers };
    this.shared = new SharedHistories(crew, { first, end, ...known }, this.options.isOver);
    this.runner = undefined;
    return true;
  }
}
