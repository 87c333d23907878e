import type { CompiledModel } from '../../compile/model.ts';
import { CycleTotals } from '../../measures/cycles/cycle-totals.ts';
import { type Gate, gates, varianceError } from '../../measures/cycles/gates.ts';
import { batchesDiffer, cycleInterval } from '../../measures/cycles/interval.ts';
import { CYCLE, CYCLE_MEASURES } from '../../measures/cycles/measures.ts';
import { ScoreTotals } from '../../measures/cycles/score-totals.ts';
import type { CyclesTask } from '../crew.ts';
import type { HistorySpan } from '../history-span.ts';
import { batchName } from '../work-names.ts';
import { type BatchHelp, BatchSupply } from './batch-supply.ts';
import { scoredClasses } from './collector.ts';
import { absorbBatch, CycleRunner, sharedLessons, tasksOf } from './cycle-runner.ts';
import { failureClasses } from './failure-classes.ts';
import { ownModel, tellInWhole } from './own-slice.ts';
import type { PhaseClass } from './phase-classes.ts';
import { pilot } from './pilot.ts';
import { rehearse } from './rehearsal.ts';
import { planGrowth } from './roots/root-growth.ts';
import { FIRST_HISTORY, mostGrowth } from './roots/root-history.ts';
import type { Roots } from './roots/root-source.ts';
import type { SharedEstimates } from './shared-estimates.ts';
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
import { stressTest } from './stress-test.ts';

export interface CycleOptions extends BatchHelp {
  readonly seed: string;
  readonly confidence: number;
  /** Relative half-width of the downtime to stop at. */
  readonly precision: number;
  /** True once the run has to end; asked between batches of samples. */
  readonly isOver: () => Promise<boolean>;
  /** Batches after which to end in any case. */
  readonly mostBatches?: number;
  /** Events beyond which there is a cheaper way: a pilot that foresees more gives up. */
  readonly mostEvents?: number;
  /** Where services alike find each other's estimates. */
  readonly estimates?: SharedEstimates | undefined;
  /** Other least numbers of samples: small ones show whether intervals of few samples hold. */
  readonly sizes?: StageSizes;
  /** What histories tell of; only where failures strike at fixed ages has it to be known. */
  readonly span?: HistorySpan;
  /** Roots found before, for runs that do not share their work. */
  readonly roots?: Roots;
}

/** The sums of one stage. */
interface Stage {
  readonly totals: CycleTotals;
  /** How the downtime responds to the rate of each failure class, then to the length of each class of phases. */
  readonly scores: ScoreTotals;
  /** Of the history that its incidents begin in, where failures age. */
  readonly growth: number;
}

/** A stage that may be averaged with later ones: its totals are those of the mean so far, the rest is its own. */
interface Part extends Stage {
  readonly planned: readonly number[];
  /** Empty where there are too many to be kept. */
  readonly answers: readonly Float64Array[];
}

/** A part and its share in a mean. */
interface Weighed {
  readonly part: Part;
  readonly share: number;
}

/** A mean of parts, and the last of them, which has the totals of all. */
interface Mean {
  readonly latest: Part;
  readonly parts: readonly Weighed[];
}

export interface ServiceCycles extends Stage {
  /** Failure classes by number, as they are called in the combinations. */
  readonly classNames: readonly string[];
  /** How many of them have responses; and the phases, whose columns come after. */
  readonly scoredClasses: number;
  readonly phases: readonly PhaseClass[];
  /** Failures age: histories from a start as new need not agree with the long run. */
  readonly isAgeing: boolean;
  readonly gates: readonly Gate[];
  /** No gate is red and the precision was reached, or the reason why not. */
  readonly stop: 'precision' | 'budget' | 'not converged';
  readonly events: number;
  /** The service whose estimate this is, where it is another's. */
  readonly alike?: string;
}

/** A pilot has shown that the precision takes more events than its caller would rather spend otherwise. */
export class TooManyEvents extends Error {
  readonly events: number;

  constructor(events: number) {
    super(`the precision takes ${events} events`);
    this.name = 'TooManyEvents';
    this.events = events;
  }
}

const LEAST_PILOT = 200;
/** Events of a history that take the time of a batch of samples. */
const EVENTS_OF_BATCH = 20_000;
/** Batches of a stage that are kept for a mean with another: some 50 MB. */
const MOST_KEPT = 2_000;
/** How often a mean that is too wide goes on, and how often one is as long again because of a red gate. */
const MOST_EXTENSIONS = 4;
const MOST_DOUBLINGS = 2;

/**
 * Downtime of one service by rare-event cycles (methods §2): a pilot learns where downtime comes from, the first part of the
 * samples that are reported how many more are needed. What is learned changes only the cost.
 *
 * @returns undefined when the run was over before anything could be said
 * @throws InputError `unsupported` where failures strike at fixed ages and `span` is missing, or an incident need not end
 */
export async function runCycles(
  model: CompiledModel,
  service: number,
  options: CycleOptions,
): Promise<ServiceCycles | undefined> {
  if (options.roots !== undefined) return runOwnCycles(model, service, options);
  const { estimates, seed, confidence, precision, mostBatches } = options;
  const form = estimates?.form(model, service, [seed, confidence, precision, mostBatches].join(' '));
  const shared = form === undefined ? undefined : estimates!.find(form, model, service);
  if (shared !== undefined) return shared;
  const found = await runOwnCycles(model, service, options);
  if (found === undefined) return undefined;
  const cycles = underStress(model, service, found, seed);
  if (form !== undefined) estimates!.keep(form, model.names.services[service]!, cycles);
  tellInWhole(model, service, cycles.totals);
  return cycles;
}

/**
 * The same after a test under stress. It comes last: another model makes the compiler take back what it has made of this one.
 * Clocks that age have no steady state that a short history would find.
 */
function underStress(model: CompiledModel, service: number, cycles: ServiceCycles, seed: string): ServiceCycles {
  const own = ownModel(model, service);
  if (cycles.totals.rate(CYCLE.downtime) === 0 || failureClasses(own.model).ageing) return cycles;
  const test = stressTest(own.model, own.place, seed, cycles.totals);
  if (test === undefined) return cycles;
  const { gate, events } = test;
  return {
    ...cycles,
    gates: [...cycles.gates, gate],
    stop: gate.verdict === 'red' ? 'not converged' : cycles.stop,
    events: cycles.events + events,
  };
}

/** The same, told in the failure modes of what can influence the service. */
async function runOwnCycles(
  model: CompiledModel,
  service: number,
  options: CycleOptions,
): Promise<ServiceCycles | undefined> {
  const { seed, confidence, precision } = options;
  rehearse(model, service);
  const runner = new CycleRunner(model, service, seed, options.roots, options.span);
  const { rates, classes } = runner;
  // Samples from a history share what it has met: ages always matter, what else outlasts incidents may.
  let isDependent = runner.isAgeing;
  const possible = [...rates].map((rate) => rate > 0);
  const strata = possible.filter(Boolean).length;
  const even = (total: number, least: number): number[] =>
    possible.map((can) => (can ? Math.max(least, Math.ceil(total / strata)) : 0));
  const sizes = options.sizes ?? stageSizes(precision);
  const name = (task: CyclesTask): string => batchName(model.names.services[service]!, precision, task);
  const supply = new BatchSupply((task) => runner.run(task), name, options, options.isOver);
  const lessons: Float64Array[] = [];
  let stage = 0;
  let events = 0;
  let batches = options.mostBatches ?? Number.POSITIVE_INFINITY;
  let history = FIRST_HISTORY;
  /**
   * @param later samples of the stages after this one, at least
   * @param others what the stage is averaged with
   */
  const collect = async (
    planned: readonly number[],
    later = 0,
    learn = false,
    others: readonly Weighed[] = [],
  ): Promise<Part | undefined> => {
    const common = { service, stage: ++stage, lessons: [...lessons], learn, history };
    const all = [...others.flatMap(({ part }) => part.planned), ...planned];
    const totals = new CycleTotals(all, CYCLE_MEASURES.length);
    totals.dependent = isDependent;
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
    let done = 0;
    for await (const answer of supply.answers(tasks, later)) {
      if (--batches < 0) return undefined;
      const stratum = others.length * planned.length + tasks[done++]!.stratum;
      const batch = absorbBatch({ totals, scores }, stratum, answer, own);
      events += batch.events;
      if (learn) taught.push(batch.lesson);
      if (kept) answers.push(answer);
    }
    if (done < tasks.length) return undefined;
    if (learn) lessons.push(sharedLessons(taught));
    scores.timePerIdleTime = totals.timePerIdleTime();
    return { totals, scores, growth: (runner.met?.history ?? history).growth, planned, answers };
  };
  const allocated = ({ totals }: Stage, total: number): number[] =>
    allocate(
      total,
      possible.map((_, i) => totals.deviation(i, CYCLE.downtime)),
      possible,
    );
  const width = ({ totals }: Pick<Stage, 'totals'>): number => {
    const { value, lo, hi } = cycleInterval(totals, CYCLE.downtime, confidence);
    return value > 0 ? (hi - lo) / 2 / value : Number.POSITIVE_INFINITY;
  };

  const toLearn = even(sizes.pilot, LEAST_PILOT);
  const lastRound = await pilot(
    (round) => collect(toLearn, (round === 0 ? sizes.pilot : 0) + sizes.stage, true),
    possible,
  );
  if (lastRound === undefined) return undefined;
  const { met } = runner;
  /** Whether samples turn out to depend on what their batch began in: from here on all are taken so. */
  const turnsOutDependent = ({ totals }: Stage): boolean => {
    if (isDependent || met === undefined || !batchesDiffer(totals, CYCLE.downtime)) return false;
    isDependent = true;
    totals.dependent = true;
    return true;
  };
  turnsOutDependent(lastRound);
  let known: Stage = lastRound;
  const ended = ({ totals, scores, growth }: Stage, reached: boolean): ServiceCycles => {
    const verdicts = gates(totals);
    const red = verdicts.some((gate) => gate.verdict === 'red');
    const stop = red ? 'not converged' : reached && width({ totals }) <= precision ? 'precision' : 'budget';
    const scored = scoredClasses(classes);
    const { phases } = runner;
    return {
      totals,
      scores,
      growth,
      classNames: classes.names,
      scoredClasses: scored,
      phases,
      isAgeing: runner.isAgeing,
      gates: verdicts,
      stop,
      events,
    };
  };
  /**
   * What is reported begins in a history that had no part in the decision how long it has to be: one that lacks what is rare
   * looks long enough.
   */
  const renewed = (stage: Stage): void => {
    if (!isDependent || met === undefined) return;
    const { growth } = planGrowth(stage.totals, confidence, precision, stage.growth, mostGrowth(met));
    history = { number: history.number + 1, growth };
    runner.begin(history);
    const cost = runner.met!.events;
    events += cost;
    batches -= Math.ceil(cost / EVENTS_OF_BATCH);
  };
  const shown = (stage: Stage): StageWidth => {
    const { totals } = stage;
    const plain = {
      samples: totals.samples,
      width: width(stage),
      dealt: totals.bestVariance(CYCLE.downtime),
      varianceError: varianceError(totals),
    };
    if (!isDependent || met === undefined) return plain;
    const plan = planGrowth(totals, confidence, precision, stage.growth, mostGrowth(met));
    return { ...plain, width: plan.width };
  };
  const perSample = events / (lessons.length * lastRound.totals.samples);
  const foreseen = Math.round(events + perSample * wantedSamples(shown(lastRound), precision));
  if (Number.isFinite(foreseen) && foreseen > (options.mostEvents ?? foreseen)) throw new TooManyEvents(foreseen);
  /**
   * Goes on with a mean that is too wide, or is as long again where a gate is red: its share in the new one is that of its
   * samples. To begin anew instead would throw away the runs whose rare large samples have come, and leave the low ones.
   */
  const extended = async (first: Part, mean: Mean, isRed: boolean): Promise<Mean | undefined> => {
    const known = shown(mean.latest);
    const more = isRed ? known.samples : thirdStage(known, precision);
    const share = known.samples / (known.samples + more);
    const before = mean.parts.map((one) => ({ ...one, share: share * one.share }));
    const latest = await collect(allocated(first, more), 0, false, before);
    return latest && { latest, parts: [...before, { part: latest, share: 1 - share }] };
  };
  for (;;) {
    const { samples, share: wanted, later } = firstStage(shown(known), precision, sizes.stage);
    // What it teaches is worth more than what the pilot has, as soon as it is longer.
    const first = await collect(allocated(known, samples), later, samples > 2 * sizes.pilot);
    if (first === undefined) return ended(known, false);
    // What cannot fail, or next to never, has no width to plan by: histories know how rare it is at most.
    if (first.totals.rate(CYCLE.downtime) === 0) return ended(first, false);
    if (wanted === 0) {
      known = first;
      continue;
    }
    // Samples from common roots are no independent parts, and what is not kept cannot be averaged.
    const share = isDependent || first.answers.length === 0 ? 0 : wanted;
    const least = share === 0 ? sizes.stage : sizes.stage - samples;
    // A mean of independent parts that are kept can go on.
    const goesOn = share > 0;
    const more = secondStage(shown(first), share, precision, least, goesOn ? shown(known) : undefined);
    const before = goesOn ? [{ part: first, share }] : [];
    renewed(first);
    const second = await collect(allocated(first, more), 0, false, before);
    if (second === undefined) return ended(first, false);
    let mean: Mean = { latest: second, parts: [...before, { part: second, share: 1 - share }] };
    if (turnsOutDependent(second)) {
      known = second;
      continue;
    }
    let result = ended(second, true);
    if (isLongest(more)) return result;
    if (result.stop !== 'precision' && (!goesOn || second.answers.length === 0)) {
      renewed(second);
      const latest = await collect(allocated(first, anew(shown(second), precision)));
      return latest === undefined ? ended(second, false) : ended(latest, true);
    }
    let doublings = 0;
    for (let times = 0; times < MOST_EXTENSIONS && result.stop !== 'precision'; times++) {
      const isRed = result.stop === 'not converged';
      if (isRed && ++doublings > MOST_DOUBLINGS) break;
      if (mean.latest.answers.length === 0) break;
      const longer = await extended(first, mean, isRed);
      if (longer === undefined) return ended(mean.latest, false);
      mean = longer;
      result = ended(mean.latest, true);
    }
    if (turnsOutDependent(mean.latest)) {
      known = mean.latest;
      continue;
    }
    return result;
  }
}
