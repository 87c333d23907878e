import type { CompiledModel } from '../../compile/model.ts';
import { BATCHES, type CycleTotals } from '../../measures/cycles/cycle-totals.ts';
import type { ScoreTotals } from '../../measures/cycles/score-totals.ts';
import type { CyclesTask, RootHistory } from '../crew.ts';
import { type AgedRoots, agedRoots, FIRST_HISTORY } from './ageing-roots.ts';
import { Collector } from './collector.ts';
import { type FailureClasses, failureClasses } from './failure-classes.ts';
import { IncidentSampler } from './incident.ts';
import { ownSlice } from './own-slice.ts';
import { STRATUM } from './root-source.ts';
import { type RootState, rootStates } from './root-states.ts';

/** Samples of one batch: a multiple of the totals' batches, so that sample k is dealt alike wherever its batch begins. */
export const BATCH_SAMPLES = 17 * BATCHES;
/** Numbers of samples are kept apart by stage and stratum: stage · 2^44 + stratum · 2^32 + sample. */
const STAGE = 2 ** 44;

/**
 * Runs batches of cycle samples of one service. The answer to a batch is a pure function of (model, service, seed, task):
 * what the pilot teaches is kept apart from what is used until the round is over and its lessons come back with the tasks.
 */
export class CycleRunner {
  readonly classes: FailureClasses;
  /** Mean failure rate of each class over the roots, 1/µs. */
  readonly rates: Float64Array;
  /** Nothing but what can influence the service, and its place there. */
  private readonly model: CompiledModel;
  private readonly place: number;
  private readonly service: number;
  private readonly sampler: IncidentSampler;
  private readonly seed: string;
  private readonly given: boolean;
  private taught = 0;
  private roots: readonly RootState[] | AgedRoots;

  constructor(model: CompiledModel, service: number, seed: string, roots?: readonly RootState[] | AgedRoots) {
    // Roots that are given are those of the model as it is.
    const slice = roots === undefined ? ownSlice(model, service) : undefined;
    this.model = slice?.model ?? model;
    this.place = slice?.places.service[service] ?? service;
    this.service = service;
    this.seed = seed;
    this.given = roots !== undefined;
    this.roots = roots ?? rootsOf(this.model, seed);
    this.sampler = new IncidentSampler(this.model, this.place, seed, this.roots);
    this.classes = this.sampler.classes;
    this.rates = this.sampler.classRates();
  }

  /** What the samples are drawn in, and the service there. */
  get cone(): { readonly model: CompiledModel; readonly service: number } {
    return { model: this.model, service: this.place };
  }

  /** Where incidents begin, when failures age. */
  get agedRoots(): AgedRoots | undefined {
    return 'blocks' in this.roots ? this.roots : undefined;
  }

  /** From here on incidents begin in what another history has met, unless roots were given. */
  begin(history: RootHistory): void {
    if (this.given || this.agedRoots === undefined || this.agedRoots.history.number === history.number) return;
    const roots = agedRoots(this.model, this.classes, this.seed, history);
    this.roots = roots;
    this.sampler.useRoots(roots);
  }

  /** Lessons cannot be forgotten, nor services changed: whoever is asked for that needs another runner. */
  canRun({ service, lessons }: CyclesTask): boolean {
    return service === this.service && lessons.length >= this.taught;
  }

  /** `[events, numbers of the lesson, …lesson, numbers of the scores, …scores, …sums]`, the last two as their `pack` writes them. */
  run({ stage, stratum, first, count, of, lessons, learn, history = FIRST_HISTORY }: CyclesTask): Float64Array {
    const { sampler } = this;
    this.begin(history);
    for (; this.taught < lessons.length; this.taught++) {
      sampler.teach(lessons[this.taught]!);
      sampler.useLearned();
    }
    const collector = new Collector(this.model, this.classes, this.place, count, of);
    const base = stage * STAGE + stratum * STRATUM + first;
    const before = sampler.events;
    for (let k = 0; k < count; k++) {
      collector.begin();
      sampler.sample(stratum, base + k, collector.absorb, learn ? collector.worth : undefined);
      collector.end();
    }
    const lesson = sampler.takeLesson();
    const events = sampler.events - before;
    return joined(Float64Array.of(events), counted(lesson), counted(collector.scores.pack()), collector.totals.pack());
  }
}

/** Where incidents of `model` begin. */
export function rootsOf(model: CompiledModel, seed: string): readonly RootState[] | AgedRoots {
  const classes = failureClasses(model);
  return classes.ageing ? agedRoots(model, classes, seed) : rootStates(model, seed);
}

/** Absorbs the answer to a batch of `stratum`, every amount times `share`; its events and what it teaches. */
export function absorbBatch(
  { totals, scores }: { readonly totals: CycleTotals; readonly scores: ScoreTotals },
  stratum: number,
  answer: Float64Array,
  share = 1,
): { readonly events: number; readonly lesson: Float64Array } {
  const lesson = answer.subarray(2, 2 + answer[1]!);
  const at = 3 + lesson.length;
  const end = at + answer[at - 1]!;
  scores.absorb(stratum, answer.subarray(at, end), share);
  totals.absorb(stratum, answer.subarray(end), share);
  return { events: answer[0]!, lesson };
}

/** The lessons of a round, in their order, where every thread can read them without a copy. */
export function sharedLessons(lessons: readonly Float64Array[]): Float64Array {
  const all = joined(...lessons);
  const shared = new Float64Array(new SharedArrayBuffer(all.byteLength));
  shared.set(all);
  return shared;
}

const counted = (numbers: Float64Array): Float64Array => joined(Float64Array.of(numbers.length), numbers);

function joined(...parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The batches of a stage in the order in which they are absorbed: stratum by stratum, sample by sample. */
export function tasksOf(
  planned: readonly number[],
  common: Pick<CyclesTask, 'service' | 'stage' | 'lessons' | 'learn' | 'history'>,
): CyclesTask[] {
  return planned.flatMap((of, stratum) =>
    Array.from({ length: Math.ceil(of / BATCH_SAMPLES) }, (_, i) => {
      const first = i * BATCH_SAMPLES;
      return { ...common, stratum, of, first, count: Math.min(BATCH_SAMPLES, of - first) };
    }),
  );
}
