import { CycleTotals } from '../../measures/cycles/cycle-totals.ts';
import { CYCLE_MEASURES } from '../../measures/cycles/measures.ts';
import { ScoreTotals } from '../../measures/cycles/score-totals.ts';
import { canMatter, seemToMatter } from '../../measures/cycles/unmet.ts';
import type { CyclesTask, StatesBeside } from '../crew.ts';
import { absorbBatch, shared, tasksOf } from './batches.ts';
import type { CycleRunner } from './cycle-runner.ts';
import { type FoundState, packed } from './roots/found-states.ts';
import { timeIn, type Unmet, type UnmetSearch } from './roots/unmet-states.ts';

/** Incidents of a glance at states, and those that begin with failures of one class at least. */
const GLANCES = 400;
const FEWEST_GLANCES = 30;

/** Strata of the incidents of a service that begin in states that the history has not met, where they matter. */
export class UnmetStrata {
  /** States that incidents also begin in, for the tasks of a stage; undefined: none. */
  beside: StatesBeside | undefined;
  private readonly runner: CycleRunner;
  private readonly service: number;
  /** Is told the events of everything that is done here. */
  private readonly spend: (events: number) => void;
  private search: UnmetSearch | undefined;
  private collections = 0;

  constructor(runner: CycleRunner, service: number, spend: (events: number) => void) {
    this.runner = runner;
    this.service = service;
    this.spend = spend;
  }

  /**
   * Looks for such states, where incidents have ended in some; from here on incidents also begin in them, if they seem to matter.
   *
   * @param totals of the pilot, which has taught the `lessons`
   */
  lookFor(totals: CycleTotals, precision: number, common: Pick<CyclesTask, 'lessons' | 'history'>): Unmet | undefined {
    this.search = this.runner.search();
    if (this.search === undefined) return undefined;
    const known = this.search.look();
    this.spend(known.events);
    const time = timeIn(known);
    if (!canMatter(totals, time, precision)) return undefined;
    this.use(known.states);
    const unmet = seemToMatter(totals, this.glance(common), time, precision) ? this.lookAgain(1) : undefined;
    if (unmet !== undefined && unmet.states.length > 0) return unmet;
    this.leaveOut();
    return undefined;
  }

  /** Looks for them anew, by so many times as many incidents as the first time; from here on incidents begin in those. */
  lookAgain(growth: number): Unmet {
    const unmet = this.search!.explore(growth);
    this.spend(unmet.events);
    if (unmet.states.length > 0) this.use(unmet.states);
    return unmet;
  }

  /** From here on incidents begin in what the history has met alone. */
  leaveOut(): void {
    this.beside = undefined;
    this.runner.use(undefined);
  }

  /** A few incidents that begin in the states beside those of the history. */
  private glance(common: Pick<CyclesTask, 'lessons' | 'history'>): CycleTotals {
    const { runner, service, beside } = this;
    const { possible } = runner;
    const first = possible.length / 2;
    const each = Math.max(FEWEST_GLANCES, Math.ceil(GLANCES / first));
    const planned = possible.map((can, stratum) => (can && stratum >= first ? each : 0));
    const totals = new CycleTotals(planned, CYCLE_MEASURES.length);
    const scores = new ScoreTotals(planned.length, runner.scored);
    for (const task of tasksOf(planned, { ...common, service, stage: 0, learn: false, beside: beside! }))
      this.spend(absorbBatch({ totals, scores }, task.stratum, runner.run(task)).events);
    return totals;
  }

  private use(states: readonly FoundState[]): void {
    this.beside = { number: ++this.collections, states: shared(packed(states)) };
    this.runner.use(this.beside);
  }
}
