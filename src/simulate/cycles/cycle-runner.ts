import type { CompiledModel } from '../../compile/model.ts';
import { BATCHES, type CycleTotals } from '../../measures/cycles/cycle-totals.ts';
import type { ScoreTotals } from '../../measures/cycles/score-totals.ts';
import { InputError } from '../../model/problem.ts';
import type { CyclesTask, RootHistory } from '../crew.ts';
import type { HistorySpan } from '../history-span.ts';
import { Collector, scoredColumns } from './collector.ts';
import { type FailureClasses, failureClasses } from './failure-classes.ts';
import { IncidentSampler } from './incident.ts';
import { foreground, ownModel } from './own-slice.ts';
import type { PhaseClass } from './phase-classes.ts';
import { agedRoots } from './roots/ageing-roots.ts';
import { datedRoots } from './roots/dated-roots.ts';
import { renewalOf } from './roots/renewal-roots.ts';
import { FIRST_HISTORY, type RootsMet } from './roots/root-history.ts';
import { type Roots, STRATUM } from './roots/root-source.ts';
import { rootStates } from './roots/root-states.ts';

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
  private roots: Roots;
  private readonly span: HistorySpan | undefined;

  /**
   * @param span what histories tell of: where failures strike at fixed ages, cycles tell the same
   * @throws InputError `unsupported` where it is missing
   */
  constructor(model: CompiledModel, service: number, seed: string, roots?: Roots, span?: HistorySpan) {
    // Roots that are given are those of the model as it is.
    const own = roots === undefined ? ownModel(model, service) : { model, place: service };
    this.model = own.model;
    this.place = own.place;
    this.service = service;
    this.seed = seed;
    this.given = roots !== undefined;
    this.span = span;
    this.classes = classesOf(this.model, this.place);
    this.roots = roots ?? rootsOf(this.model, seed, { classes: this.classes, span });
    this.sampler = new IncidentSampler(this.model, this.place, seed, this.roots, this.classes);
    this.rates = this.sampler.classRates();
  }

  /** The history that incidents begin in, unless roots were given or are known without one. */
  get met(): RootsMet | undefined {
    return this.given || 'renewed' in this.roots ? undefined : this.roots;
  }

  /** Whether ages last from one incident to the next, so that only batches are independent. */
  get isAgeing(): boolean {
    return 'blocks' in this.roots;
  }

  /** Columns of responses in the sums. */
  get scored(): number {
    return scoredColumns(this.classes, this.sampler.phases);
  }

  get phases(): readonly PhaseClass[] {
    return this.sampler.phases.classes;
  }

  /** From here on incidents begin in what another history has met, unless roots were given. */
  begin(history: RootHistory): void {
    if (this.met === undefined || this.met.history.number === history.number) return;
    this.roots = rootsOf(this.model, this.seed, { classes: this.classes, span: this.span, history });
    this.sampler.useRoots(this.roots);
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
    const collector = new Collector(this.model, this.classes, sampler.phases, this.place, count, of);
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

/** Failure classes by which incidents of a service are sampled: what it depends on by itself apart from all else. */
export function classesOf(model: CompiledModel, service: number): FailureClasses {
  const plain = failureClasses(model);
  const own = plain.ageing ? undefined : foreground(model, service);
  return own === undefined ? plain : failureClasses(model, own);
}

/** What roots are told apart by, and the histories that they may come from. */
export interface RootOptions {
  readonly classes?: FailureClasses;
  readonly span?: HistorySpan | undefined;
  readonly history?: RootHistory;
}

/**
 * Where incidents of `model` begin.
 *
 * @throws InputError `unsupported` where failures strike at fixed ages and `span` is missing
 */
export function rootsOf(
  model: CompiledModel,
  seed: string,
  { classes = failureClasses(model), span, history = FIRST_HISTORY }: RootOptions = {},
): Roots {
  if (!classes.isFixed) {
    const renewal = classes.tests.length === 0 ? undefined : renewalOf(model);
    return (
      renewal ?? (classes.ageing ? agedRoots(model, classes, seed, history) : rootStates(model, seed, { history }))
    );
  }
  const name = model.names.stream(classes.fixed.findIndex((ages) => ages !== undefined))[0];
  if (classes.tests.length > 0)
    throw noRoots(`${name} fails at fixed ages or instants, and there are proof tests`, 'use --method histories');
  if (span === undefined) {
    const why = 'whether two such faults meet depends on when all began, and no span of histories is given';
    throw noRoots(
      `${name} fails at fixed ages or instants: ${why}`,
      'say what histories tell of, or use --method histories',
    );
  }
  return datedRoots(model, classes, seed, span, history);
}

function noRoots(message: string, hint: string): InputError {
  return new InputError([{ level: 'unsupported', code: 'fixed-ages', message, hint }]);
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
