import type { CompiledModel } from '../compile/model.ts';
import type { HistoryRecord } from '../measures/history-record.ts';
import { packedLength } from '../measures/packed-records.ts';
import type { Crew, HireCrew, HistoryPlan } from './crew.ts';
import { HistoryRunner } from './histories.ts';
import { SharedHistories } from './shared-histories.ts';

/** Events between two looks at the clock and the signal: some 10 ms. */
const EVENTS_BETWEEN_LOOKS = 20_000;
/** Events still to come that are worth a crew: some 1 s. After a fifth of them it is clear what a history costs. */
const WORTH_A_CREW = 2_000_000;
const CLEAR = 0.2;

export interface SupplyOptions {
  /** How many may work at a time, this thread or a crew. */
  readonly workers: number;
  readonly hire?: HireCrew | undefined;
  /** Events still to come that are worth a crew; default 2 million. */
  readonly worthACrew?: number | undefined;
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
  private crew: Crew | undefined;
  private shared: SharedHistories | undefined;
  private mayHire: boolean;
  private index = 0;
  private events = 0;
  private numbers = 0;

  constructor(model: CompiledModel, plan: HistoryPlan, options: SupplyOptions) {
    this.model = model;
    this.plan = plan;
    this.options = options;
    this.mayHire = options.workers > 1 && options.hire !== undefined;
  }

  /** Threads at work. */
  get workers(): number {
    return this.crew?.size ?? 1;
  }

  /**
   * Record of the next history; undefined when the run is over before it is finished.
   *
   * @param end histories there may be at most
   * @param expected histories there will probably be
   * @throws Error when the model fails inside, or a worker died
   */
  async next(end: number, expected: number): Promise<HistoryRecord | undefined> {
    if (this.shared !== undefined) return await this.shared.next();
    this.runner ??= new HistoryRunner(this.model, this.plan.seed);
    this.runner.begin(this.index, this.plan.years, this.plan.warmUp);
    for (
      let events = EVENTS_BETWEEN_LOOKS;
      !this.runner.advance(EVENTS_BETWEEN_LOOKS);
      events += EVENTS_BETWEEN_LOOKS
    ) {
      if (await this.options.isOver()) return undefined;
      // A history that takes long is begun anew by others rather than finished here alone.
      if (await this.sharesOut(this.events + events, end, expected)) return await this.shared!.next();
    }
    const record = this.runner.finish();
    this.index++;
    this.events += record.events;
    this.numbers = Math.max(this.numbers, packedLength(record));
    await this.sharesOut(this.events, end, expected);
    return record;
  }

  async close(): Promise<void> {
    await this.crew?.close();
  }

  /** True when a crew has taken over, after so many events. */
  private async sharesOut(events: number, end: number, expected: number): Promise<boolean> {
    const { index, numbers } = this;
    const left = Math.min(end, expected) - index;
    const worth = this.options.worthACrew ?? WORTH_A_CREW;
    if (!this.mayHire || left < 2 || events < CLEAR * worth) return false;
    if ((left * events) / Math.max(1, index) < worth) return false;
    this.mayHire = false;
    this.crew = await this.options.hire!(this.plan, Math.min(this.options.workers, left));
    if (this.crew === undefined) return false;
    const known = { events: index === 0 ? 0 : this.events / index, numbers };
    this.shared = new SharedHistories(this.crew, { first: index, end, ...known }, this.options.isOver);
    this.runner = undefined;
    return true;
  }
}
