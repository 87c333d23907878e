import type { CompiledModel } from '../../compile/model.ts';
import { BATCHES, type CycleTotals } from '../../measures/cycles/cycle-totals.ts';
import type { CyclesTask } from '../crew.ts';
import { Collector } from './collector.ts';
import type { FailureClasses } from './failure-classes.ts';
import { IncidentSampler } from './incident.ts';
import { type RootState, rootStates } from './root-states.ts';

/** Samples of one batch: a multiple of the totals' batches, so that sample k is dealt alike wherever its batch begins. */
export const BATCH_SAMPLES = 17 * BATCHES;
/** Numbers of samples are kept apart by stage and stratum: stage · 2^44 + stratum · 2^32 + sample. */
const STAGE = 2 ** 44;
const STRATUM = 2 ** 32;

/**
 * Runs batches of cycle samples of one service. The answer to a batch is a pure function of (model, service, seed, task):
 * what the pilot teaches is kept apart from what is used until the round is over and its lessons come back with the tasks.
 */
export class CycleRunner {
  readonly classes: FailureClasses;
  /** Mean failure rate of each class over the roots, 1/µs. */
  readonly rates: Float64Array;
  private readonly model: CompiledModel;
  private readonly service: number;
  private readonly sampler: IncidentSampler;
  private taught = 0;

  constructor(model: CompiledModel, service: number, seed: string, roots?: readonly RootState[]) {
    this.model = model;
    this.service = service;
    this.sampler = new IncidentSampler(model, service, seed, roots ?? rootStates(model, seed));
    this.classes = this.sampler.classes;
    this.rates = this.sampler.classRates();
  }

  /** Lessons cannot be forgotten, nor services changed: whoever is asked for that needs another runner. */
  canRun({ service, lessons }: CyclesTask): boolean {
    return service === this.service && lessons.length >= this.taught;
  }

  /** `[events, numbers of the lesson, …lesson, …sums as CycleTotals.pack]`. */
  run({ stage, stratum, first, count, of, lessons, learn }: CyclesTask): Float64Array {
    const { sampler } = this;
    for (; this.taught < lessons.length; this.taught++) {
      sampler.teach(lessons[this.taught]!);
      sampler.useLearned();
    }
    const collector = new Collector(this.model, this.classes, this.service, count, of);
    const base = stage * STAGE + stratum * STRATUM + first;
    const before = sampler.events;
    for (let k = 0; k < count; k++) {
      collector.begin();
      sampler.sample(stratum, base + k, collector.absorb, learn ? collector.worth : undefined);
      collector.end();
    }
    const lesson = sampler.takeLesson();
    return Float64Array.from([sampler.events - before, lesson.length, ...lesson, ...collector.totals.pack()]);
  }
}

/** Absorbs the answer to a batch of `stratum`; its events and what it teaches. */
export function absorbBatch(
  totals: CycleTotals,
  stratum: number,
  answer: Float64Array,
): { readonly events: number; readonly lesson: Float64Array } {
  const [events, length] = answer as unknown as readonly [number, number];
  totals.absorb(stratum, answer.subarray(2 + length));
  return { events, lesson: answer.subarray(2, 2 + length) };
}

/** The lessons of a round, in their order, where every thread can read them without a copy. */
export function sharedLessons(lessons: readonly Float64Array[]): Float64Array {
  const length = lessons.reduce((sum, lesson) => sum + lesson.length, 0);
  const shared = new Float64Array(new SharedArrayBuffer(8 * length));
  let at = 0;
  for (const lesson of lessons) {
    shared.set(lesson, at);
    at += lesson.length;
  }
  return shared;
}
