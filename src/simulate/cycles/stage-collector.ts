import { CycleTotals } from '../../measures/cycles/cycle-totals.ts';
import { CYCLE_MEASURES } from '../../measures/cycles/measures.ts';
import { ScoreTotals } from '../../measures/cycles/score-totals.ts';
import type { CyclesTask } from '../crew.ts';
import { unlessOver } from '../interruptible.ts';
import { batchName } from '../work-names.ts';
import { BatchSupply } from './batch-supply.ts';
import { absorbBatch, sharedLessons, tasksOf } from './batches.ts';
import type { CycleRunner } from './cycle-runner.ts';
import { FIRST_HISTORY } from './roots/root-history.ts';
import type { CycleOptions } from './service-cycles.ts';
import { UnmetStrata } from './unmet-strata.ts';

/** The sums of one stage. */
export interface Stage {
  readonly totals: CycleTotals;
  /** How the downtime responds to the rate of each failure class, then to the length of each class of phases. */
  readonly scores: ScoreTotals;
  /** Of the history that its incidents begin in, where samples share what it has met. */
  readonly growth: number;
}

/** A stage that may be averaged with later ones: its totals are those of the mean so far, the rest is its own. */
export interface Part extends Stage {
  readonly events: number;
  readonly planned: readonly number[];
  /** Empty where there are too many to be kept. */
  readonly answers: readonly Float64Array[];
}

/** A part and its share in a mean. */
export interface Weighed {
  readonly part: Part;
  readonly share: number;
}

/** How a stage is collected: nothing is taught, and nothing averaged, unless asked for. */
export interface Collecting {
  /** Samples of the stages after this one, at least. */
  readonly later?: number;
  /** Its samples teach where downtime comes from. */
  readonly learn?: boolean;
  /** What it is averaged with. */
  readonly others?: readonly Weighed[];
}

/** Events of a history that take the time of a batch of samples. */
const EVENTS_OF_BATCH = 20_000;
/** Batches of a stage that are kept for a mean with another: some 50 MB. */
const MOST_KEPT = 2_000;

/** Collects the samples of one service stage by stage, each batch once, and counts what that takes. */
export class StageCollector {
  /** Events of everything so far. */
  events = 0;
  /** Samples of a batch share what the history they begin in has met, and that matters: only batches are independent. */
  isDependent: boolean;
  /** States that incidents also begin in, as the history has been too short for them. */
  readonly unmet: UnmetStrata;
  private readonly runner: CycleRunner;
  private readonly service: number;
  private readonly supply: BatchSupply;
  private readonly lessons: Float64Array[] = [];
  private stage = 0;
  private batchesLeft: number;
  private history = FIRST_HISTORY;
  private readonly isOver: () => Promise<boolean>;

  constructor(runner: CycleRunner, id: string, service: number, options: CycleOptions) {
    this.runner = runner;
    this.service = service;
    this.isDependent = runner.isAgeing;
    this.batchesLeft = options.mostBatches ?? Number.POSITIVE_INFINITY;
    const name = (task: CyclesTask): string => batchName(id, options.precision, task);
    this.isOver = options.isOver;
    this.unmet = new UnmetStrata(runner, service, options.isOver, (events) => this.spend(events));
    this.supply = new BatchSupply((task) => runner.run(task), name, options, options.isOver);
  }

  /**
   * One stage.
   *
   * @param planned samples by stratum
   * @returns undefined when the run was over before
   */
  async collect(
    planned: readonly number[],
    { later = 0, learn = false, others = [] }: Collecting = {},
  ): Promise<Part | undefined> {
    const { runner, service, history } = this;
    const common = {
      service,
      stage: ++this.stage,
      lessons: [...this.lessons],
      learn,
      history,
      ...this.unmet.ofTask,
    };
    const all = [...others.flatMap(({ part }) => part.planned), ...planned];
    const totals = new CycleTotals(all, CYCLE_MEASURES.length);
    totals.dependent = this.isDependent;
    const scores = new ScoreTotals(all.length, runner.scored);
    let own = 1;
    others.forEach(({ part, share }, i) => {
      own -= share;
      tasksOf(part.planned, common).forEach(({ stratum }, k) => {
        absorbBatch({ totals, scores }, i * planned.length + stratum, part.answers[k]!, share);
      });
    });
    const tasks = tasksOf(planned, common);
    const kept = tasks.length <= MOST_KEPT;
    const taught: Float64Array[] = [];
    const answers: Float64Array[] = [];
    const before = this.events;
    let done = 0;
    for await (const answer of this.supply.answers(tasks, later)) {
      if (--this.batchesLeft < 0) return undefined;
      const stratum = others.length * planned.length + tasks[done++]!.stratum;
      const batch = absorbBatch({ totals, scores }, stratum, answer, own);
      this.events += batch.events;
      if (learn) taught.push(batch.lesson);
      this.unmet.note(batch);
      if (kept) answers.push(answer);
    }
    if (done < tasks.length) return undefined;
    if (learn) this.lessons.push(sharedLessons(taught));
    scores.timePerIdleTime = totals.timePerIdleTime();
    const { growth } = runner.met?.history ?? history;
    return { totals, scores, growth, planned, events: this.events - before, answers };
  }

  /**
   * What the pilot has shown, with the states that its incidents have ended in but that the history has not met, where they matter.
   *
   * @param learn one more round
   */
  withUnmet(learnt: Part, precision: number, learn: () => Promise<Part | undefined>): Promise<Part | undefined> {
    const { lessons, history } = this;
    return this.unmet.addTo(learnt, precision, { lessons, history }, learn);
  }

  /** From here on incidents begin in a fresh history, so many times as long as the first, unless the run is over before. */
  async renewHistory(growth: number): Promise<void> {
    this.history = { number: this.history.number + 1, growth };
    const events = await unlessOver(this.runner.begin(this.history), this.isOver);
    this.spend(events ?? 0);
  }

  private spend(events: number): void {
    this.events += events;
    this.batchesLeft -= Math.ceil(events / EVENTS_OF_BATCH);
  }
}
