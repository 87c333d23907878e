import type { CompiledModel } from '../compile/model.ts';
import type { HistoryRecord } from '../measures/history-record.ts';
import { packedLength, packRecords, unpackRecords } from '../measures/packed-records.ts';
import type { FinishedWork } from '../model/part.ts';
import type { HistoryPlan, HistoryTask } from './crew.ts';
import type { Hiring } from './hiring.ts';
import { HistoryRunner } from './histories.ts';
import { turn } from './overseer.ts';
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
 * Histories in index order. The first ones are simulated here; when they turn out to be much work a crew helps, which
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
    const isShared = this.shared !== undefined;
    const known = isShared ? undefined : this.options.finished?.find(historyName(this.index));
    if (known !== undefined) {
      this.index++;
      return unpackRecords(known)[0]!;
    }
    const record = isShared ? await this.shared!.next() : await this.simulated(end, expected);
    if (record === undefined) return undefined;
    this.options.finished?.keep(historyName(this.index), packRecords([record]));
    this.index++;
    return record;
  }

  private async simulated(end: number, expected: number): Promise<HistoryRecord | undefined> {
    const record = await this.here(this.index, (events) => {
      // Others begin with the next one while this one is finished here.
      return this.shared === undefined ? this.shareOut(this.events + events, this.index + 1, end, expected) : turn();
    });
    if (record === undefined) return undefined;
    this.done++;
    this.events += record.events;
    this.numbers = Math.max(this.numbers, packedLength(record));
    if (this.shared === undefined) await this.shareOut(this.events, this.index + 1, end, expected);
    return record;
  }

  /**
   * A history simulated in this thread; undefined when the run is over before.
   *
   * @param meanwhile called now and then with the events so far
   */
  private async here(
    index: number,
    meanwhile: (events: number) => Promise<void> = turn,
  ): Promise<HistoryRecord | undefined> {
    this.runner ??= new HistoryRunner(this.model, this.plan.seed);
    this.runner.begin(index, this.plan.years, this.plan.warmUp);
    let events = 0;
    while (!this.runner.advance(EVENTS_BETWEEN_LOOKS)) {
      if (await this.options.isOver()) return undefined;
      events += EVENTS_BETWEEN_LOOKS;
      await meanwhile(events);
    }
    return this.runner.finish();
  }

  /** The part of this thread in shared histories. */
  private async task({ first, count }: HistoryTask): Promise<Float64Array | undefined> {
    const records: HistoryRecord[] = [];
    for (let i = 0; i < count; i++) {
      const record = await this.here(first + i);
      if (record === undefined) return undefined;
      records.push(record);
    }
    return packRecords(records);
  }

  /** From history `first` on a crew helps, if that is worth it after so many events. */
  private async shareOut(events: number, first: number, end: number, expected: number): Promise<void> {
    const { done, numbers } = this;
    const crew = await this.options.hiring.crewFor({ done, events, left: Math.min(end, expected) - first });
    if (crew === undefined) return;
    const known = { events: done === 0 ? 0 : this.events / done, numbers };
    this.shared = new SharedHistories(
      crew,
      { first, end, ...known },
      { here: (task) => this.task(task), isOver: this.options.isOver },
    );
  }
}
