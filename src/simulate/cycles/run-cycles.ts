import type { CompiledModel } from '../../compile/model.ts';
import { CycleTotals } from '../../measures/cycles/cycle-totals.ts';
import { type Gate, gates, varianceError } from '../../measures/cycles/gates.ts';
import { cycleInterval } from '../../measures/cycles/interval.ts';
import { CYCLE, CYCLE_MEASURES } from '../../measures/cycles/measures.ts';
import { ScoreTotals } from '../../measures/cycles/score-totals.ts';
import type { CyclesTask } from '../crew.ts';
import { batchName } from '../work-names.ts';
import { type AgedRoots, mostGrowth } from './ageing-roots.ts';
import { type BatchHelp, BatchSupply } from './batch-supply.ts';
import { scoredClasses } from './collector.ts';
import { absorbBatch, BATCH_SAMPLES, CycleRunner, sharedLessons } from './cycle-runner.ts';
import { tellInWhole } from './own-slice.ts';
import { planGrowth } from './root-growth.ts';
import type { RootState } from './root-states.ts';
import {
  allocate,
  firstStageAgain,
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
  /** Of the history that its incidents begin in. */
  readonly growth: number;
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
/** Events of a history that take the time of a batch of samples. */
const EVENTS_OF_BATCH = 20_000;

/**
 * Downtime of one service by rare-event cycles (methods §2): a pilot learns where downtime comes from, a first stage how
 * many samples are needed, and a second one, of fresh samples, is what is reported. What is learned changes only the cost.
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
  let growth = 1;
  const collect = async (planned: readonly number[], learn: boolean): Promise<Stage | undefined> => {
    const tasks = batchesOf(planned, { service, stage: ++stage, lessons: [...lessons], learn, growth });
    const totals = new CycleTotals(planned, CYCLE_MEASURES.length);
    totals.dependent = classes.ageing;
    const scores = new ScoreTotals(planned.length, scoredClasses(classes));
    const taught: Float64Array[] = [];
    let done = 0;
    for await (const answer of supply.answers(tasks)) {
      if (--batches < 0) return undefined;
      const batch = absorbBatch({ totals, scores }, tasks[done++]!.stratum, answer);
      events += batch.events;
      if (learn) taught.push(batch.lesson);
    }
    if (done < tasks.length) return undefined;
    if (learn) lessons.push(sharedLessons(taught));
    scores.timePerIdleTime = totals.timePerIdleTime();
    return { totals, scores, growth: tasks[0]?.growth ?? 1 };
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
  let known = pilot;
  const ended = (stage: Stage, reached: boolean): ServiceCycles => {
    const verdicts = gates(stage.totals);
    const red = verdicts.some((gate) => gate.verdict === 'red');
    const stop = red ? 'not converged' : reached && width(stage) <= precision ? 'precision' : 'budget';
    return { ...stage, classNames: classes.names, gates: verdicts, stop, events };
  };
  const shown = (stage: Stage): StageWidth => {
    const { totals } = stage;
    const aged = options.roots === undefined ? runner.agedRoots : undefined;
    if (aged === undefined)
      return { samples: totals.samples, width: width(stage), varianceError: varianceError(totals) };
    const plan = planGrowth(totals, confidence, precision, stage.growth, mostGrowth(aged));
    if (plan.growth > growth) {
      growth = plan.growth;
      runner.grow(growth);
      const cost = runner.agedRoots!.events;
      events += cost;
      batches -= Math.ceil(cost / EVENTS_OF_BATCH);
    }
    return plan.shown;
  };
  for (let { stage: samples } = sizes; samples > 0; samples = firstStageAgain(shown(known), precision)) {
    const first = await collect(allocated(known, samples), false);
    if (first === undefined) return ended(known, false);
    known = first;
  }
  // What cannot fail, or next to never, has no width to plan by: histories know how rare it is at most.
  if (known.totals.rate(CYCLE.downtime) === 0) return ended(known, false);
  for (let attempt = 0; ; attempt++) {
    const last = await collect(allocated(known, secondStage(shown(known), precision, sizes.stage)), false);
    if (last === undefined) return ended(known, false);
    known = last;
    const result = ended(last, true);
    if (result.stop === 'precision' || attempt > 0 || isLongest(last.totals.samples)) return result;
  }
}

/** The batches of a stage in the order in which they are absorbed: stratum by stratum, sample by sample. */
function batchesOf(
  planned: readonly number[],
  common: Pick<CyclesTask, 'service' | 'stage' | 'lessons' | 'learn' | 'growth'>,
): CyclesTask[] {
  return planned.flatMap((of, stratum) =>
    Array.from({ length: Math.ceil(of / BATCH_SAMPLES) }, (_, i) => {
      const first = i * BATCH_SAMPLES;
      return { ...common, stratum, of, first, count: Math.min(BATCH_SAMPLES, of - first) };
    }),
  );
}
