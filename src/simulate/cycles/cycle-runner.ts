import type { CompiledModel } from '../../compile/model.ts';
import { BATCHES, type CycleTotals } from '../../measures/cycles/cycle-totals.ts';
import type { ScoreTotals } from '../../measures/cycles/score-totals.ts';
import { InputError } from '../../model/problem.ts';
import type { CyclesTask, RootHistory, StatesBeside } from '../crew.ts';
import type { HistorySpan } from '../history-span.ts';
import { Collector, scoredColumns } from './collector.ts';
import type { Course } from './course.ts';
import { type FailureClasses, failureClasses } from './failure-classes.ts';
import { IncidentSampler } from './incident.ts';
import { foreground, ownModel } from './own-slice.ts';
import type { PhaseClass } from './phase-classes.ts';
import { agedRoots } from './roots/ageing-roots.ts';
import { datedRoots } from './roots/dated-roots.ts';
import { type FoundState, FoundStates, packed, unpacked } from './roots/found-states.ts';
import { MetFeatures } from './roots/met-features.ts';
import { renewalOf } from './roots/renewal-roots.ts';
import { FIRST_HISTORY, type RootsMet } from './roots/root-history.ts';
import { type Roots, STRATUM } from './roots/root-source.ts';
import { type RootStates, rootStates } from './roots/root-states.ts';
import { UnmetSearch } from './roots/unmet-states.ts';

/** Samples of one batch: a multiple of the totals' batches, so that sample k is dealt alike wherever its batch begins. */
export const BATCH_SAMPLES = 17 * BATCHES;
/** Numbers of the states that a batch finds, at most. */
const MOST_NUMBERS = 200_000;
/** Strata that can be numbered. */
const MOST_STRATA = 2 ** 12;
/** Numbers of samples are kept apart by stage and stratum: stage · 2^44 + stratum · 2^32 + sample. */
const STAGE = 2 ** 44;

/**
 * Runs batches of cycle samples of one service. The answer to a batch is a pure function of (model, service, seed, task):
 * what the pilot teaches is kept apart from what is used until the round is over and its lessons come back with the tasks.
 */
export class CycleRunner {
  readonly classes: FailureClasses;
  /** Nothing but what can influence the service, and its place there. */
  private readonly model: CompiledModel;
  private readonly place: number;
  private readonly service: number;
  private readonly sampler: IncidentSampler;
  private readonly seed: string;
  private readonly given: boolean;
  private taught = 0;
  private roots: Roots;
  private known: MetFeatures | undefined;
  /** Number of the states in use beside the roots; 0: none. */
  private beside = 0;
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
  }

  /** Mean rate of incidents by stratum, 1/µs: those that begin in unmet states, where there are any, after the others. */
  get rates(): Float64Array {
    return this.sampler.rates();
  }

  /** By stratum: whether incidents can begin so. */
  get possible(): boolean[] {
    return [...this.rates].map((rate) => rate > 0);
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
    this.known = undefined;
    this.beside = 0;
  }

  /** From here on incidents also begin in these states; absent: no more. */
  use(beside: StatesBeside | undefined): void {
    const number = beside?.number ?? 0;
    if (number === this.beside) return;
    this.beside = number;
    this.sampler.useRoots(beside === undefined ? this.roots : this.commonRoots!);
    this.sampler.useUnmet(beside === undefined ? [] : unpacked(beside.states, this.sampler.layout));
  }

  /** A search for states that the history has been too short for; undefined where that is not what decides where incidents begin. */
  search(): UnmetSearch | undefined {
    const { features, commonRoots: roots, model, place, classes } = this;
    if (features === undefined || roots === undefined || 2 * classes.count > MOST_STRATA) return undefined;
    const seed = `${this.seed}/unmet`;
    return new UnmetSearch(model, seed, features, new IncidentSampler(model, place, seed, roots, classes));
  }

  /** States that samples have found. */
  found(all: readonly Float64Array[]): FoundState[] {
    return all.flatMap((some) => unpacked(some, this.sampler.layout));
  }

  /** The roots without those that the history met too seldom; undefined where there would be too few. */
  private get commonRoots(): Roots | undefined {
    const { features, roots } = this;
    const states = features && 'states' in roots ? features.common(roots.states) : undefined;
    return states && { ...(roots as RootStates), states };
  }

  /** What the history has met; undefined where that is not what decides where incidents begin. */
  private get features(): MetFeatures | undefined {
    if (this.given || !('states' in this.roots)) return undefined;
    this.known ??= new MetFeatures(this.sampler.layout, this.roots.states);
    return this.known;
  }

  /** Lessons cannot be forgotten, nor services changed: whoever is asked for that needs another runner. */
  canRun({ service, lessons }: CyclesTask): boolean {
    return service === this.service && lessons.length >= this.taught;
  }

  /**
   * `[events, numbers of the lesson, …lesson, numbers of the states found, …states, numbers of the scores, …scores, …sums]`, all
   * but the lesson as their `pack` writes them.
   */
  run({ stage, stratum, first, count, of, lessons, learn, history = FIRST_HISTORY, beside }: CyclesTask): Float64Array {
    const { sampler } = this;
    this.begin(history);
    this.use(beside);
    for (; this.taught < lessons.length; this.taught++) {
      sampler.teach(lessons[this.taught]!);
      sampler.useLearned();
    }
    const collector = new Collector(this.model, this.classes, sampler.phases, this.place, count, of);
    const base = stage * STAGE + stratum * STRATUM;
    const before = sampler.events;
    // What is drawn by what has been learnt leads to downtime, and seldom elsewhere.
    const features = learn && lessons.length === 0 ? this.features : undefined;
    const found = features && new FoundStates(features, MOST_NUMBERS);
    let sample = first;
    const absorb = (rate: number, course: Course): void => {
      collector.absorb(rate, course);
      found?.look((rate * course.fullWeight) / of, sample, course.end);
    };
    for (; sample < first + count; sample++) {
      collector.begin();
      sampler.sample(stratum, base + sample, absorb, learn ? collector.worth : undefined);
      collector.end();
    }
    const lesson = sampler.takeLesson();
    const events = sampler.events - before;
    const { scores, totals } = collector;
    return joined(
      Float64Array.of(events),
      counted(lesson),
      counted(packed(found?.states ?? [])),
      counted(scores.pack()),
      totals.pack(),
    );
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

/** Absorbs the answer to a batch of `stratum`, every amount times `share`; its events, what it teaches and what states it has found. */
export function absorbBatch(
  { totals, scores }: { readonly totals: CycleTotals; readonly scores: ScoreTotals },
  stratum: number,
  answer: Float64Array,
  share = 1,
): { readonly events: number; readonly lesson: Float64Array; readonly found: Float64Array } {
  let at = 1;
  const next = (): Float64Array => {
    const from = at + 1;
    at = from + answer[at]!;
    return answer.subarray(from, at);
  };
  const [lesson, found] = [next(), next()];
  scores.absorb(stratum, next(), share);
  totals.absorb(stratum, answer.subarray(at), share);
  return { events: answer[0]!, lesson, found };
}

/** The lessons of a round, in their order, where every thread can read them without a copy. */
export const sharedLessons = (lessons: readonly Float64Array[]): Float64Array => shared(joined(...lessons));

/** The same numbers where every thread can read them without a copy. */
export function shared(numbers: Float64Array): Float64Array {
  const common = new Float64Array(new SharedArrayBuffer(numbers.byteLength));
  common.set(numbers);
  return common;
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
  common: Pick<CyclesTask, 'service' | 'stage' | 'lessons' | 'learn' | 'history' | 'beside'>,
): CyclesTask[] {
  return planned.flatMap((of, stratum) =>
    Array.from({ length: Math.ceil(of / BATCH_SAMPLES) }, (_, i) => {
      const first = i * BATCH_SAMPLES;
      return { ...common, stratum, of, first, count: Math.min(BATCH_SAMPLES, of - first) };
    }),
  );
}
