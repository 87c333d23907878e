import type { CompiledModel } from '../../compile/model.ts';
import { BATCHES, CycleTotals } from '../../measures/cycles/cycle-totals.ts';
import { type Gate, gates, varianceError } from '../../measures/cycles/gates.ts';
import { cycleInterval } from '../../measures/cycles/interval.ts';
import { CYCLE, CYCLE_MEASURES } from '../../measures/cycles/measures.ts';
import { ScoreTotals } from '../../measures/cycles/score-totals.ts';
import type { CyclesTask } from '../crew.ts';
import { batchName } from '../work-names.ts';
import type { AgedRoots } from './ageing-roots.ts';
import { type BatchHelp, BatchSupply } from './batch-supply.ts';
import { scoredClasses } from './collector.ts';
import { absorbBatch, BATCH_SAMPLES, CycleRunner, sharedLessons } from './cycle-runner.ts';
import { tellInWhole } from './own-slice.ts';
import type { RootState } from './root-states.ts';
import {
  allocate,
  firstStage,
  isLongest,
  type StageSizes,
  type StageWidth,
  secondStage,
  stageSizes,
} from './stages.ts';

export interface CycleOptions extends BatchHelp {
  readonly seed: string;
  readonly confidence: number;
  /** Relative half-width of the downtime to stop at. */
  readonly precision: number;
  /** True once the run has to end; asked between batches of samples. */
  readonly isOver: () => Promise<boolean>;
  /** Batches after which to end in any case. */
  readonly mostBatches?: number;
  /** Other least numbers of samples: small ones show whether intervals of few samples hold. */
  readonly sizes?: StageSizes;
  /** Roots found before, for runs that do not share their work. */
  readonly roots?: readonly RootState[] | AgedRoots;
}

/** The sums of one stage. */
interface Stage {
  readonly totals: CycleTotals;
  /** How the downtime responds to the rate of each failure class. */
  readonly scores: ScoreTotals;
}

/** A stage and its answers, for the mean with one to come. */
interface FirstPart extends Stage {
  readonly planned: readonly number[];
  readonly answers: readonly Float64Array[];
}

export interface ServiceCycles extends Stage {
  /** Failure classes by number, as they are called in the combinations. */
  readonly classNames: readonly string[];
  readonly gates: readonly Gate[];
  /** No gate is red and the precision was reached, or the reason why not. */
  readonly stop: 'precision' | 'budget' | 'not converged';
  readonly events: number;
}

const LEAST_PILOT = 200;

/**
 * Downtime of one service by rare-event cycles (methods §2): a pilot learns where downtime comes from, the first part of the
 * samples that are reported how many more are needed. What is learned changes only the cost.
 *
 * @returns undefined when the run was over before anything could be said
 * @throws InputError `unsupported` where a failure law has no rate at every age, or an incident need not end
 */
export async function runCycles(
  model: CompiledModel,
  service: number,
  options: CycleOptions,
): Promise<ServiceCycles | undefined> {
  const cycles = await runOwnCycles(model, service, options);
  if (cycles !== undefined && options.roots === undefined) tellInWhole(model, service, cycles.totals);
  return cycles;
}

/** The same, told in the failure modes of what can influence the service. */
async function runOwnCycles(
  model: CompiledModel,
  service: number,
  options: CycleOptions,
): Promise<ServiceCycles | undefined> {
  const { seed, confidence, precision } = options;
  const runner = new CycleRunner(model, service, seed, options.roots);
  const { rates, classes } = runner;
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
  /** @param before what the stage is to be averaged with, and the share of that in the mean */
  const collect = async (
    planned: readonly number[],
    learn = false,
    before: { readonly first: FirstPart; readonly share: number } | undefined = undefined,
  ): Promise<FirstPart | undefined> => {
    const tasks = batchesOf(planned, { service, stage: ++stage, lessons: [...lessons], learn });
    const strataBefore = before === undefined ? 0 : planned.length;
    const all = [...(before?.first.planned ?? []), ...planned];
    const totals = new CycleTotals(all, CYCLE_MEASURES.length);
    totals.dependent = classes.ageing;
    const scores = new ScoreTotals(all.length, scoredClasses(classes));
    const share = before?.share ?? 0;
    batchesOf(before?.first.planned ?? [], { service, stage, lessons, learn }).forEach(({ stratum }, i) => {
      absorbBatch({ totals, scores }, stratum, before!.first.answers[i]!, share);
    });
    const taught: Float64Array[] = [];
    const answers: Float64Array[] = [];
    let done = 0;
    for await (const answer of supply.answers(tasks)) {
      if (--batches < 0) return undefined;
      const batch = absorbBatch({ totals, scores }, strataBefore + tasks[done++]!.stratum, answer, 1 - share);
      events += batch.events;
      if (learn) taught.push(batch.lesson);
      else if (before === undefined) answers.push(answer);
    }
    if (done < tasks.length) return undefined;
    if (learn) lessons.push(sharedLessons(taught));
    scores.timePerIdleTime = totals.timePerIdleTime();
    return { totals, scores, planned, answers };
  };
  const allocated = ({ totals }: Stage, total: number): number[] =>
    allocate(
      total,
      possible.map((_, i) => totals.deviation(i, CYCLE.downtime)),
      possible,
    );
  const width = ({ totals }: Stage): number => {
    const { value, lo, hi } = cycleInterval(totals, CYCLE.downtime, confidence);
    return value > 0 ? (hi - lo) / 2 / value : Number.POSITIVE_INFINITY;
  };

  if ((await collect(even(sizes.pilot, LEAST_PILOT), true)) === undefined) return undefined;
  const pilot = await collect(even(sizes.pilot, LEAST_PILOT), true);
  if (pilot === undefined) return undefined;
  let known: Stage = pilot;
  const ended = ({ totals, scores }: Stage, reached: boolean): ServiceCycles => {
    const verdicts = gates(totals);
    const red = verdicts.some((gate) => gate.verdict === 'red');
    const stop = red ? 'not converged' : reached && width({ totals, scores }) <= precision ? 'precision' : 'budget';
    return { totals, scores, classNames: classes.names, gates: verdicts, stop, events };
  };
  const shown = (stage: Stage): StageWidth => ({
    samples: stage.totals.samples,
    width: width(stage),
    dealt: stage.totals.bestVariance(CYCLE.downtime),
    varianceError: classes.ageing ? Math.sqrt(2 / (BATCHES - 1)) : varianceError(stage.totals),
  });
  for (;;) {
    const { samples, share: wanted } = firstStage(shown(known), precision, sizes.stage);
    const first = await collect(allocated(known, samples));
    if (first === undefined) return ended(known, false);
    known = first;
    // What cannot fail, or next to never, has no width to plan by: histories know how rare it is at most.
    if (first.totals.rate(CYCLE.downtime) === 0) return ended(first, false);
    // Samples from common roots are no independent parts.
    const share = classes.ageing ? 0 : wanted;
    const second =
      wanted === 0 ? 0 : secondStage(shown(first), share, precision, sizes.stage - (share === 0 ? 0 : samples));
    if (second === 0) continue;
    const both = await collect(allocated(first, second), false, share === 0 ? undefined : { first, share });
    if (both === undefined) return ended(first, false);
    const result = ended(both, true);
    if (result.stop === 'precision' || isLongest(second)) return result;
    const again = await collect(allocated(first, secondStage(shown(both), 0, precision, sizes.stage)));
    return again === undefined ? ended(both, false) : ended(again, true);
  }
}

/** The batches of a stage in the order in which they are absorbed: stratum by stratum, sample by sample. */
function batchesOf(
  planned: readonly number[],
  common: Pick<CyclesTask, 'service' | 'stage' | 'lessons' | 'learn'>,
): CyclesTask[] {
  return planned.flatMap((of, stratum) =>
    Array.from({ length: Math.ceil(of / BATCH_SAMPLES) }, (_, i) => {
      const first = i * BATCH_SAMPLES;
      return { ...common, stratum, of, first, count: Math.min(BATCH_SAMPLES, of - first) };
    }),
  );
}
