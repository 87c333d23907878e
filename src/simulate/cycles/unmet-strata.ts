import { CycleTotals } from '../../measures/cycles/cycle-totals.ts';
import type { Gate } from '../../measures/cycles/gates.ts';
import { CYCLE_MEASURES } from '../../measures/cycles/measures.ts';
import { ScoreTotals } from '../../measures/cycles/score-totals.ts';
import { canMatter, doMatter, lasting, seemToMatter, varianceByTime } from '../../measures/cycles/unmet.ts';
import type { CyclesTask, StatesBeside } from '../crew.ts';
import { unlessOver } from '../interruptible.ts';
import { absorbBatch, type Batch, shared, tasksOf } from './batches.ts';
import type { CycleRunner } from './cycle-runner.ts';
import { packed } from './roots/found-states.ts';
import { mostSearch, timeIn, type Unmet, type UnmetSearch } from './roots/unmet-states.ts';

/** Incidents of a glance at states, and those that begin with failures of one class at least. */
const GLANCES = 400;
const FEWEST_GLANCES = 30;

/** Strata of the incidents of a service that begin in states that the history has not met, where they matter. */
export class UnmetStrata {
  /** Such states; undefined: none that matter. */
  found: Unmet | undefined;
  /** Whether incidents have ended in states that the history has hardly met any like. */
  metRare = false;
  private readonly runner: CycleRunner;
  private readonly service: number;
  private readonly isOver: () => Promise<boolean>;
  /** Is told the events of everything that is done here. */
  private readonly spend: (events: number) => void;
  private search: UnmetSearch | undefined;
  private beside: StatesBeside | undefined;
  private collections = 0;
  /** Of all searches: how many times as long as the first they are together, and the time that they have found, each by its length. */
  private searched = 0;
  private time = 0;

  constructor(runner: CycleRunner, service: number, isOver: () => Promise<boolean>, spend: (events: number) => void) {
    this.runner = runner;
    this.service = service;
    this.isOver = isOver;
    this.spend = spend;
  }

  /** What tasks have to know of them. */
  get ofTask(): Pick<CyclesTask, 'beside'> {
    return this.beside === undefined ? {} : { beside: this.beside };
  }

  get gates(): readonly Gate[] {
    return this.found === undefined ? [] : [lasting(this.found.lasting)];
  }

  /** The longest search that is to be had. */
  get mostGrowth(): number {
    return this.found === undefined ? 1 : mostSearch(this.found);
  }

  /** Relative variance of the downtime of a stage that comes of what the search has found by chance. */
  relativeVariance(totals: CycleTotals): number {
    const time = timeIn(this.found!);
    const squares = this.found!.states.reduce((sum, { amount }) => sum + amount ** 2, 0);
    return varianceByTime(totals, squares / time ** 2, this.time / this.searched / time);
  }

  /** Takes note of what a batch has met. */
  note({ rare }: Batch): void {
    if (rare) this.metRare = true;
  }

  /**
   * Looks for such states, where incidents have ended in some; from here on incidents also begin in them, if they matter.
   *
   * @param learnt the last round of the pilot, which has taught the `lessons`
   * @param learn one more round, with them
   * @returns the last round that counts; undefined where there was no time for it
   */
  async addTo<Round extends { readonly totals: CycleTotals }>(
    learnt: Round,
    precision: number,
    common: Pick<CyclesTask, 'lessons' | 'history'>,
    learn: () => Promise<Round | undefined>,
  ): Promise<Round | undefined> {
    if (!this.metRare) return learnt;
    const matter = await this.seemToMatter(learnt.totals, precision, common);
    if (matter === false) return learnt;
    const round = matter && (await learn());
    if (round === undefined || doMatter(round.totals, timeIn(this.found!), precision)) return round;
    this.leaveOut();
    return learnt;
  }

  /**
   * Looks for them anew, by so many times as many incidents as the first time; from here on incidents begin in those, unless the
   * run is over before.
   *
   * @returns whether there was time for it
   */
  async lookAgain(growth: number): Promise<boolean> {
    const found = await unlessOver(this.search!.explore(Math.min(growth, this.mostGrowth)), this.isOver);
    if (found === undefined) return false;
    this.spend(found.events);
    this.searched += found.growth;
    this.time += found.growth * timeIn(found);
    if (found.states.length > 0) {
      this.found = found;
      this.use(found);
    }
    return true;
  }

  /** By a few of each kind; from here on incidents also begin in more of those that do. Undefined when the run was over before. */
  private async seemToMatter(
    totals: CycleTotals,
    precision: number,
    common: Pick<CyclesTask, 'lessons' | 'history'>,
  ): Promise<boolean | undefined> {
    this.search = this.runner.search();
    if (this.search === undefined) return false;
    const looked = await unlessOver(this.search.look(), this.isOver);
    if (looked === undefined) return undefined;
    const { kinds, events } = looked;
    this.spend(events);
    const matter: number[] = [];
    for (const few of kinds) {
      const time = timeIn(few);
      if (!canMatter(totals, time, precision)) continue;
      if (await this.isOver()) return undefined;
      this.use(few);
      if (seemToMatter(totals, this.glance(common), time, precision)) matter.push(...few.ways);
    }
    if (matter.length > 0) {
      this.search.only(matter);
      if (!(await this.lookAgain(1))) return undefined;
    }
    if (this.found === undefined) this.leaveOut();
    return this.found !== undefined;
  }

  private leaveOut(): void {
    this.found = undefined;
    this.search = undefined;
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

  private use({ states, ways }: Unmet): void {
    this.beside = { number: ++this.collections, ways, states: shared(packed(states)) };
    this.runner.use(this.beside);
  }
}
