import type { CompiledModel } from '../../compile/model.ts';
import { gates, varianceError } from '../../measures/cycles/gates.ts';
import { batchesDiffer, cycleInterval } from '../../measures/cycles/interval.ts';
import { CYCLE } from '../../measures/cycles/measures.ts';
import { shareOfUnmet } from '../../measures/cycles/unmet.ts';
import { unlessOver } from '../interruptible.ts';
import { scoredClasses } from './collector.ts';
import { CycleRunner } from './cycle-runner.ts';
import { pilot } from './pilot.ts';
import { planGrowth } from './roots/root-growth.ts';
import { mostGrowth } from './roots/root-history.ts';
import { type CycleOptions, type ServiceCycles, TooManyEvents } from './service-cycles.ts';
import { type Part, type Stage, StageCollector, type Weighed } from './stage-collector.ts';
import {
  allocate,
  anew,
  firstStage,
  isLongest,
  type StageSizes,
  type StageWidth,
  secondStage,
  stageSizes,
  thirdStage,
  wantedSamples,
} from './stages.ts';

/** A mean of parts, and the last of them, which has the totals of all. */
interface Mean {
  readonly latest: Part;
  readonly parts: readonly Weighed[];
}

/** What an attempt at a result came to: the result, or what it has shown for the next one. */
type Attempt = { readonly result: ServiceCycles } | { readonly shown: Stage };

const LEAST_PILOT = 200;
/** How often a mean that is too wide goes on, and how often one is as long again because of a red gate. */
const MOST_EXTENSIONS = 4;
const MOST_DOUBLINGS = 2;

/**
 * The estimate of one service in the making: a pilot learns where downtime comes from, the first part of the samples that are
 * reported how many more are needed, and a mean that is too wide goes on.
 */
export class CycleEstimate {
  private readonly options: CycleOptions;
  private readonly runner: CycleRunner;
  private readonly stages: StageCollector;
  private readonly sizes: StageSizes;
  /** By stratum: whether incidents can begin so. */
  private possible: readonly boolean[];

  private constructor(runner: CycleRunner, id: string, service: number, options: CycleOptions) {
    this.options = options;
    this.runner = runner;
    this.stages = new StageCollector(this.runner, id, service, options);
    this.sizes = options.sizes ?? stageSizes(options.precision);
    this.possible = this.runner.possible;
  }

  /** @returns undefined when the run was over before it was known where incidents begin */
  static async of(model: CompiledModel, service: number, options: CycleOptions): Promise<CycleEstimate | undefined> {
    const { seed, roots, span, isOver } = options;
    const runner =
      roots === undefined
        ? await unlessOver(CycleRunner.of(model, service, seed, span), isOver)
        : CycleRunner.from(roots, model, service, seed);
    return runner && new CycleEstimate(runner, model.names.services[service]!, service, options);
  }

  /**
   * The pilot, and what it has found.
   *
   * @returns undefined when the run was over before anything could be said
   * @throws TooManyEvents if it foresees more than there may be
   */
  async begin(): Promise<Stage | undefined> {
    const lastRound = await this.pilot();
    if (lastRound === undefined) return undefined;
    this.possible = this.runner.possible;
    this.turnsOutDependent(lastRound);
    this.refuseTooMany(lastRound);
    return lastRound;
  }

  /** The result, by what the pilot has found. */
  async finish(learnt: Stage): Promise<ServiceCycles> {
    let attempt: Attempt = { shown: learnt };
    while ('shown' in attempt) attempt = await this.attempt(attempt.shown);
    return attempt.result;
  }

  /**
   * By the pilot alone: share of the downtime that begins in states which the history has not met, where they matter.
   *
   * @returns undefined when the run was over before
   */
  async unmet(): Promise<{ readonly share: number | undefined } | undefined> {
    const lastRound = await this.pilot();
    if (lastRound === undefined) return undefined;
    return { share: this.stages.unmet.found && shareOfUnmet(lastRound.totals) };
  }

  /** Whether incidents of the pilot have ended in states that next to none of the roots are like. */
  get metRare(): boolean {
    return this.stages.unmet.metRare;
  }

  /** Events of everything so far. */
  get events(): number {
    return this.stages.events;
  }

  private async pilot(): Promise<Part | undefined> {
    const { sizes, possible, stages, options } = this;
    const learnt = await pilot((round) => this.learn((round === 0 ? sizes.pilot : 0) + sizes.stage), possible);
    return learnt && stages.withUnmet(learnt, options.precision, () => this.learn(sizes.stage));
  }

  /** A round of the pilot. */
  private learn(later: number): Promise<Part | undefined> {
    const { runner, sizes } = this;
    const { possible } = runner;
    const strata = possible.filter(Boolean).length;
    const planned = possible.map((can) => (can ? Math.max(LEAST_PILOT, Math.ceil(sizes.pilot / strata)) : 0));
    return this.stages.collect(planned, { later, learn: true });
  }

  /** A result, by what is known of how far samples spread. */
  private async attempt(known: Stage): Promise<Attempt> {
    const { stages, sizes } = this;
    const { precision } = this.options;
    const { samples, share: wanted, later } = firstStage(this.widthOf(known), precision, sizes.stage);
    // What it teaches is worth more than what the pilot has, as soon as it is longer.
    const learn = samples > 2 * sizes.pilot;
    const first = await stages.collect(this.allocated(known, samples), { later, learn });
    if (first === undefined) return { result: this.ended(known, false) };
    // What cannot fail, or next to never, has no width to plan by: histories know how rare it is at most.
    if (first.totals.rate(CYCLE.downtime) === 0) return { result: this.ended(first, false) };
    if (wanted === 0) return { shown: first };
    // Samples from common roots are no independent parts, and what is not kept cannot be averaged.
    const share = stages.isDependent || first.answers.length === 0 ? 0 : wanted;
    const least = share === 0 ? sizes.stage : sizes.stage - samples;
    // A mean of independent parts that are kept can go on.
    const goesOn = share > 0;
    const before = goesOn ? this.widthOf(known) : undefined;
    const more = secondStage(this.widthOf(first), share, precision, least, before);
    const others = goesOn ? [{ part: first, share }] : [];
    await this.renewHistory(first);
    const second = await stages.collect(this.allocated(first, more), { others });
    if (second === undefined) return { result: this.ended(first, false) };
    if (this.turnsOutDependent(second)) return { shown: second };
    const result = this.ended(second, true);
    if (isLongest(more) || result.stop === 'precision') return { result };
    if (goesOn && second.answers.length > 0)
      return this.goOn(first, { latest: second, parts: [...others, { part: second, share: 1 - share }] });
    await this.renewHistory(second);
    const latest = await stages.collect(this.allocated(first, anew(this.widthOf(second), precision)));
    return { result: latest === undefined ? this.ended(second, false) : this.ended(latest, true) };
  }

  /** Goes on with a mean until it is narrow enough and trusted, some times. */
  private async goOn(first: Part, from: Mean): Promise<Attempt> {
    let mean = from;
    let result = this.ended(mean.latest, true);
    let doublings = 0;
    for (let times = 0; times < MOST_EXTENSIONS && result.stop !== 'precision'; times++) {
      const isRed = result.stop === 'not converged';
      if ((isRed && ++doublings > MOST_DOUBLINGS) || mean.latest.answers.length === 0) break;
      const longer = await this.extended(first, mean, isRed);
      if (longer === undefined) return { result: this.ended(mean.latest, false) };
      mean = longer;
      result = this.ended(mean.latest, true);
    }
    return this.turnsOutDependent(mean.latest) ? { shown: mean.latest } : { result };
  }

  /**
   * Goes on with a mean that is too wide, or is as long again where a gate is red: its share in the new one is that of its
   * samples. To begin anew instead would throw away the runs whose rare large samples have come, and leave the low ones.
   */
  private async extended(first: Part, mean: Mean, isRed: boolean): Promise<Mean | undefined> {
    const known = this.widthOf(mean.latest);
    const more = isRed ? known.samples : thirdStage(known, this.options.precision);
    const share = known.samples / (known.samples + more);
    const others = mean.parts.map((one) => ({ ...one, share: share * one.share }));
    const latest = await this.stages.collect(this.allocated(first, more), { others });
    return latest && { latest, parts: [...others, { part: latest, share: 1 - share }] };
  }

  /** Gives up where a pilot foresees more events than its caller would rather spend otherwise. */
  private refuseTooMany(lastRound: Part): void {
    const perSample = lastRound.events / lastRound.totals.samples;
    const wanted = wantedSamples(this.widthOf(lastRound), this.options.precision);
    const foreseen = Math.round(this.events + perSample * wanted);
    if (Number.isFinite(foreseen) && foreseen > (this.options.mostEvents ?? foreseen))
      throw new TooManyEvents(foreseen);
  }

  /** Whether samples turn out to depend on what their batch began in: from here on all are taken so. */
  private turnsOutDependent({ totals }: Stage): boolean {
    const { stages, runner } = this;
    if (stages.isDependent || runner.met === undefined) return false;
    // How much time there is in unmet states is known by what a batch has found, however little of the downtime they make.
    if (stages.unmet.found === undefined && !batchesDiffer(totals, CYCLE.downtime)) return false;
    stages.isDependent = true;
    totals.dependent = true;
    return true;
  }

  /**
   * What is reported begins in a history that had no part in the decision how long it has to be: one that lacks what is rare
   * looks long enough.
   */
  private async renewHistory(stage: Stage): Promise<void> {
    const plan = this.growthPlan(stage);
    if (plan === undefined) return;
    if (this.stages.unmet.found === undefined) await this.stages.renewHistory(plan.growth);
    else await this.stages.unmet.lookAgain(plan.growth);
  }

  /** How long the history has to be that incidents begin in; undefined where that does not matter. */
  private growthPlan({ totals, growth }: Stage) {
    const { met } = this.runner;
    if (!this.stages.isDependent || met === undefined) return undefined;
    const { confidence, precision } = this.options;
    // A longer history makes nothing more certain of what it is too short for, but more incidents that end so.
    const { unmet } = this.stages;
    if (unmet.found === undefined) return planGrowth(totals, confidence, precision, growth, mostGrowth(met), 0);
    const known = unmet.relativeVariance(totals);
    return planGrowth(totals, confidence, precision, unmet.found.growth, unmet.mostGrowth, known);
  }

  /** Samples by stratum, out of `total`. */
  private allocated({ totals }: Stage, total: number): number[] {
    const deviations = this.possible.map((_, i) => totals.deviation(i, CYCLE.downtime));
    return allocate(total, deviations, this.possible);
  }

  /** What a stage has shown, for the plan of the next. */
  private widthOf(stage: Stage): StageWidth {
    const { totals } = stage;
    return {
      samples: totals.samples,
      width: this.growthPlan(stage)?.width ?? this.relativeWidth(stage),
      dealt: totals.bestVariance(CYCLE.downtime),
      varianceError: varianceError(totals),
    };
  }

  /** Half of the interval over the value. */
  private relativeWidth({ totals }: Stage): number {
    const { value, lo, hi } = cycleInterval(totals, CYCLE.downtime, this.options.confidence);
    return value > 0 ? (hi - lo) / 2 / value : Number.POSITIVE_INFINITY;
  }

  /** What a stage says if nothing comes after it. @param reached false: it had to end before */
  ended(stage: Stage, reached: boolean): ServiceCycles {
    const { totals, scores, growth } = stage;
    const { classes, phases, isAgeing } = this.runner;
    const verdicts = [...gates(totals), ...this.stages.unmet.gates];
    const isRed = verdicts.some((gate) => gate.verdict === 'red');
    const isNarrow = reached && this.relativeWidth(stage) <= this.options.precision;
    return {
      totals,
      scores,
      growth,
      classNames: classes.names,
      scoredClasses: scoredClasses(classes),
      phases,
      isAgeing,
      gates: verdicts,
      stop: isRed ? 'not converged' : isNarrow ? 'precision' : 'budget',
      events: this.stages.events,
    };
  }
}
