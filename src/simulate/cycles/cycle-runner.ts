import type { CompiledModel } from '../../compile/model.ts';
import type { CyclesTask, RootHistory, StatesBeside } from '../crew.ts';
import type { HistorySpan } from '../history-span.ts';
import { type Interruptible, inOneGo } from '../interruptible.ts';
import { packBatch } from './batches.ts';
import { Collector, scoredColumns } from './collector.ts';
import type { Course } from './course.ts';
import type { FailureClasses } from './failure-classes.ts';
import { IncidentSampler } from './incident.ts';
import { classesOf, ownModel } from './own-slice.ts';
import type { PhaseClass } from './phase-classes.ts';
import { unpacked } from './roots/found-states.ts';
import { MetFeatures } from './roots/met-features.ts';
import { FIRST_HISTORY, type RootsMet } from './roots/root-history.ts';
import { type Roots, STRATUM } from './roots/root-source.ts';
import type { RootStates } from './roots/root-states.ts';
import { rootsOf } from './roots/roots-of.ts';
import { UnmetSearch } from './roots/unmet-states.ts';

/** Numbers of a state that are compared for each incident on average: of large states one in many is. */
const COMPARED = 1_000;
/** Strata that can be numbered. */
const MOST_STRATA = 2 ** 12;
/** Numbers of samples are kept apart by stage and stratum: stage · 2^44 + stratum · 2^32 + sample. */
const STAGE = 2 ** 44;

/** A model with nothing but what can influence a service, the service's place there, and what its incidents are told apart by. */
interface OwnModel {
  readonly model: CompiledModel;
  readonly place: number;
  readonly classes: FailureClasses;
}

/** States that a history has met, and what they are like. */
interface Looked {
  readonly features: MetFeatures;
  readonly roots: RootStates;
}

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
  private readonly looks = new WeakMap<Roots, Looked>();
  /** What the roots of the first history are like, where failures age. */
  private aged: MetFeatures | undefined;
  /** Number of the states in use beside the roots; 0: none. */
  private beside = 0;
  private readonly span: HistorySpan | undefined;

  private constructor(own: OwnModel, service: number, seed: string, roots: Roots, given: boolean, span?: HistorySpan) {
    this.model = own.model;
    this.place = own.place;
    this.classes = own.classes;
    this.service = service;
    this.seed = seed;
    this.roots = roots;
    this.given = given;
    this.span = span;
    this.sampler = new IncidentSampler(this.model, this.place, seed, this.roots, this.classes);
  }

  /**
   * One whose incidents begin in what a history has met.
   *
   * @param span what histories tell of: where failures strike at fixed ages, cycles tell the same
   * @throws InputError `unsupported` where it is missing
   */
  static *of(model: CompiledModel, service: number, seed: string, span?: HistorySpan): Interruptible<CycleRunner> {
    const own = ownModel(model, service);
    const classes = classesOf(own.model, own.place);
    const roots = yield* rootsOf(own.model, seed, { classes, span });
    return new CycleRunner({ ...own, classes }, service, seed, roots, false, span);
  }

  /** One whose incidents begin in given roots of the model as it is. */
  static from(roots: Roots, model: CompiledModel, service: number, seed: string): CycleRunner {
    return new CycleRunner({ model, place: service, classes: classesOf(model, service) }, service, seed, roots, true);
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

  /**
   * From here on incidents begin in what another history has met, unless roots were given.
   *
   * @returns its events, if it is another
   */
  *begin(history: RootHistory): Interruptible<number> {
    if (this.met === undefined || this.met.history.number === history.number) return 0;
    this.roots = yield* rootsOf(this.model, this.seed, { classes: this.classes, span: this.span, history });
    this.sampler.useRoots(this.roots);
    this.beside = 0;
    return this.met.events;
  }

  /** From here on incidents also begin in these states; absent: no more. */
  use(beside: StatesBeside | undefined): void {
    const number = beside?.number ?? 0;
    if (number === this.beside) return;
    this.beside = number;
    this.sampler.useRoots(beside === undefined ? this.roots : this.without(beside.ways));
    this.sampler.useUnmet(beside === undefined ? [] : unpacked(beside.states, this.sampler.layout));
  }

  /** The roots that are rare in none of these ways. */
  private without(ways: readonly number[]): RootStates {
    const { features, roots } = this.looked!;
    return { ...roots, states: features.within(ways).common(roots.states) };
  }

  /** A search for states that the history has been too short for; undefined where that is not what decides where incidents begin. */
  search(): UnmetSearch | undefined {
    const { looked, model, place, classes } = this;
    if (looked === undefined || 2 * classes.count > MOST_STRATA) return undefined;
    const { features, roots } = looked;
    const seed = `${this.seed}/unmet`;
    return new UnmetSearch(model, seed, features, roots, new IncidentSampler(model, place, seed, roots, classes));
  }

  /** What the history has met; undefined where that is not what decides where incidents begin. */
  private get looked(): Looked | undefined {
    const { roots, looks, given } = this;
    if (given || !('states' in roots)) return undefined;
    if (!looks.has(roots)) looks.set(roots, { features: MetFeatures.of(this.sampler.layout, roots.states), roots });
    return looks.get(roots);
  }

  /** What the roots are like; undefined where no history has met them. */
  private get features(): MetFeatures | undefined {
    const { roots, sampler, given } = this;
    if (given || !('blocks' in roots)) return this.looked?.features;
    // They are kept by block and class, so one visit of a history may count as several.
    this.aged ??= MetFeatures.of(sampler.layout, roots.roots.flat(2));
    return this.aged;
  }

  /** Lessons cannot be forgotten, nor services changed: whoever is asked for that needs another runner. */
  canRun({ service, lessons }: CyclesTask): boolean {
    return service === this.service && lessons.length >= this.taught;
  }

  /** The answer to a batch, as `packBatch` writes it. */
  run({ stage, stratum, first, count, of, lessons, learn, history = FIRST_HISTORY, beside }: CyclesTask): Float64Array {
    const { sampler } = this;
    inOneGo(this.begin(history));
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
    const every = features === undefined ? 0 : Math.ceil(features.places / COMPARED);
    let [courses, rare] = [0, false];
    const absorb = (rate: number, course: Course): void => {
      collector.absorb(rate, course);
      if (features === undefined || rare || ++courses % every > 0) return;
      rare = rate * course.fullWeight > 0 && features.isRare(course.end.ints);
    };
    for (let sample = first; sample < first + count; sample++) {
      collector.begin();
      sampler.sample(stratum, base + sample, absorb, learn ? collector.worth : undefined);
      collector.end();
    }
    const lesson = sampler.takeLesson();
    const events = sampler.events - before;
    const { scores, totals } = collector;
    return packBatch({ events, rare, lesson, scores, totals });
  }
}
