import type { CompiledModel } from '../../compile/model.ts';
import { batchesOf, type CycleBatches } from '../../measures/comparison/cycle-batches.ts';
import { BATCHES, CycleTotals } from '../../measures/cycles/cycle-totals.ts';
import { gates } from '../../measures/cycles/gates.ts';
import { CYCLE, CYCLE_MEASURES } from '../../measures/cycles/measures.ts';
import { ScoreTotals } from '../../measures/cycles/score-totals.ts';
import type { HistorySpan } from '../history-span.ts';
import { unlessOver } from '../interruptible.ts';
import { absorbBatch, sharedLessons, tasksOf } from './batches.ts';
import { CycleRunner } from './cycle-runner.ts';
import { MOST_ROUNDS, pilot } from './pilot.ts';
import { FIRST_HISTORY } from './roots/root-history.ts';
import { allocate } from './stages.ts';
import { UnmetStrata } from './unmet-strata.ts';

/** Samples of each round of the pilot. */
const PILOT = 8_000;
const LEAST_PILOT = 200;
/** Samples of the first level; a level has as many as all before it. */
const FIRST_LEVEL = 8_000;
/** Least samples of a stratum at a level: two in each batch. */
const LEAST = 2 * BATCHES;

/** Levels at most: a million samples in all. */
export const MOST_LEVELS = 8;

/** Relative half-width that states which the history has not met are to matter to. */
const PRECISION = 0.02;
/** How many times as long as at first they are looked for at the first level, and with each level twice as long: as much work as its samples. */
const SEARCH = 2;

/** What a sample begins with, and the share of the samples that begin so. */
export interface Stratum {
  readonly name: string;
  readonly share: number;
}

/**
 * Samples of one service's incidents level by level, each twice as many as before and all fresh. Sample k of a stratum and
 * level is drawn from the streams of (seed, level, stratum, k): two models that are sampled by the same strata are sampled
 * in pairs, and what is the same in both cancels in the difference (methods §5.6 for incidents).
 */
export class CycleLevels {
  private readonly service: number;
  private readonly runner: CycleRunner;
  private readonly isOver: () => Promise<boolean>;
  private readonly lessons: Float64Array[] = [];
  private own: readonly Stratum[] | undefined;
  private readonly unmet: UnmetStrata;

  private constructor(runner: CycleRunner, service: number, isOver: () => Promise<boolean>) {
    this.service = service;
    this.runner = runner;
    this.isOver = isOver;
    this.unmet = new UnmetStrata(runner, service, isOver, () => undefined);
  }

  /**
   * @param span what histories tell of: where failures strike at fixed ages, incidents tell the same
   * @returns undefined when time was over before it was known where incidents begin
   * @throws InputError `unsupported` as `runCycles` does
   */
  static async of(
    model: CompiledModel,
    service: number,
    seed: string,
    isOver: () => Promise<boolean>,
    span: HistorySpan,
  ): Promise<CycleLevels | undefined> {
    const runner = await unlessOver(CycleRunner.of(model, service, seed, span), isOver);
    return runner && new CycleLevels(runner, service, isOver);
  }

  /** Samples of all levels up to `level` (from 0 on), roughly. */
  static samplesTo(level: number): number {
    return FIRST_LEVEL * 2 ** level;
  }

  /** Learns from a pilot; the strata that this model is sampled by best. Undefined when time was over. */
  async strata(): Promise<readonly Stratum[] | undefined> {
    if (this.own !== undefined) return this.own;
    const { runner, lessons, unmet } = this;
    const learnt = await pilot(() => this.learn(lessons.length + 1), runner.possible);
    // After those of all levels, as those come after those of all rounds.
    const more = () => this.learn(1 + MOST_ROUNDS + MOST_LEVELS);
    const met = learnt && (await unmet.addTo(learnt, PRECISION, { lessons, history: FIRST_HISTORY }, more));
    if (met === undefined) return undefined;
    const { possible } = runner;
    const deviations = possible.map((_, stratum) => met.totals.deviation(stratum, CYCLE.downtime));
    const shares = allocate(1e6, deviations, possible);
    const sum = shares.reduce((a, b) => a + b, 0);
    const { names } = this;
    this.own = shares.map((share, i) => ({ name: names[i]!, share: Number((share / sum).toPrecision(6)) }));
    return this.own;
  }

  private async learn(stage: number): Promise<{ readonly totals: CycleTotals } | undefined> {
    const { possible } = this.runner;
    const even = Math.max(LEAST_PILOT, Math.ceil(PILOT / possible.filter(Boolean).length));
    const planned = possible.map((can) => (can ? even : 0));
    const totals = await this.collect(planned, stage, true);
    return totals && { totals };
  }

  private get names(): readonly string[] {
    const { names } = this.runner.classes;
    const lasting = names.map((name) => `${name}, in a state that lasts`);
    return this.unmet.found === undefined ? names : [...names, ...lasting];
  }

  /** Whether samples by `strata` begin as this model's do; after the pilot. */
  fits(strata: readonly Stratum[]): boolean {
    const { names } = this;
    return names.length === strata.length && strata.every(({ name }, i) => name === names[i]);
  }

  /**
   * A level by the given strata, after the pilot; in doubt where a gate is red.
   *
   * @returns undefined when time was over
   */
  async level(level: number, strata: readonly Stratum[]): Promise<CycleBatches | undefined> {
    const samples = level === 0 ? FIRST_LEVEL : CycleLevels.samplesTo(level - 1);
    const { unmet } = this;
    if (unmet.found !== undefined && !(await unmet.lookAgain((SEARCH * samples) / FIRST_LEVEL))) return undefined;
    const planned = strata.map(({ share }, i) => {
      if (!(this.runner.rates[i]! > 0)) return 0;
      return Math.max(LEAST, Math.ceil((share * samples) / BATCHES) * BATCHES);
    });
    const totals = await this.collect(planned, 1 + MOST_ROUNDS + level, false);
    if (totals === undefined) return undefined;
    const red = [...gates(totals), ...unmet.gates].flatMap(({ name, verdict }) => (verdict === 'red' ? [name] : []));
    const batches = batchesOf(totals, CYCLE.downtime);
    return red.length > 0 ? { ...batches, doubt: `not converged, ${red.join(', ')}` } : batches;
  }

  private async collect(planned: readonly number[], stage: number, learn: boolean): Promise<CycleTotals | undefined> {
    const { service, runner, lessons } = this;
    const totals = new CycleTotals(planned, CYCLE_MEASURES.length);
    totals.dependent = runner.isAgeing;
    const scores = new ScoreTotals(planned.length, runner.scored);
    const taught: Float64Array[] = [];
    const common = { service, stage, lessons: [...lessons], learn, ...this.unmet.ofTask };
    for (const task of tasksOf(planned, common)) {
      if (await this.isOver()) return undefined;
      const batch = absorbBatch({ totals, scores }, task.stratum, runner.run(task));
      this.unmet.note(batch);
      if (learn) taught.push(batch.lesson);
    }
    if (learn) lessons.push(sharedLessons(taught));
    return totals;
  }
}
