import type { CompiledModel } from '../../compile/model.ts';
import type { World } from '../../dynamics/world.ts';
import { rootKey, Streams, streamKey } from '../../kernel/streams.ts';
import { InputError } from '../../model/problem.ts';
import { Contexts } from './choices/contexts.ts';
import { FirstFailure } from './choices/first-failure.ts';
import { FollowingChoice } from './choices/following.ts';
import { TimeChoice } from './choices/forcing-time.ts';
import { DECISIONS } from './clocks/draws.ts';
import type { Course, Forced } from './course.ts';
import { type FailureClasses, failureClasses } from './failure-classes.ts';
import { IncidentPlayer } from './incident-player.ts';
import { leastFailures } from './least-failures.ts';
import type { PhaseClasses } from './phase-classes.ts';
import { CountedRoots } from './roots/counted-roots.ts';
import { DatedSource } from './roots/dated-source.ts';
import type { FoundState } from './roots/found-states.ts';
import { RenewalRoots } from './roots/renewal-roots.ts';
import type { RootSource, Roots } from './roots/root-source.ts';
import { MetRoots, UnmetRoots } from './roots/state-roots.ts';

/**
 * Failures forced with biased choices, as many as there have to be for downtime, within these limits; further ones follow by
 * chance (methods §2.2: a knob of cost, not of truth).
 */
const LEAST_FORCED = 3;
const MOST_FORCED = 8;
const MOST_FAILURES = 200;
/** Failures of a class in an incident with downtime from which on they are left to chance, where no more of the downtime needs them. */
const EXPECTED = 0.02;
const HARDLY_NEEDED = 0.01;

/** What learns from the pilot: what is learned is used only when it has come back as a lesson, at `useLearned`. */
interface Learner {
  takeLesson(): number[];
  teach(lesson: ArrayLike<number>): void;
  useLearned(): void;
}

/** A choice of a further failure: that there is one, weights after its time and after its component, and what came of it. */
interface Note {
  /** Context and chance of following the incident into it; chance 0: it was not forced. */
  readonly followed: number;
  readonly chance: number;
  /** Events of all samples before it. */
  readonly events: number;
  readonly timeKind: number;
  readonly timeWeight: number;
  readonly timeParts: Float64Array;
  kind: number;
  kindWeight: number;
  contribution: number;
}

/**
 * Incidents by forced-overlap conditional expansion (methods §2): a first failure out of a quiescent state, its course
 * without further failures, and again and again a further failure inside that course, with the exact probability of one
 * as its weight. Every course is a possible incident in full, seen by the same watch as a natural history.
 */
export class IncidentSampler {
  readonly classes: FailureClasses;
  private readonly model: CompiledModel;
  private readonly streams: Streams;
  private readonly random = (): number => this.streams.next53(DECISIONS);
  private readonly player: IncidentPlayer;
  /** Failures of an incident that are forced. */
  private readonly mostForced: number;
  private readonly contexts: Contexts;
  private readonly firstFailure: FirstFailure;
  private readonly time: TimeChoice;
  private readonly following: FollowingChoice;
  private source: RootSource;
  private unmet: UnmetRoots | undefined;
  private explores = false;
  /** What the choices of the sample under way led to; kept where there is something to learn. */
  private readonly notes: Note[] = [];

  /** @param classes those that `roots` are told apart by, where failures age */
  constructor(
    model: CompiledModel,
    service: number,
    seed: string,
    roots: Roots,
    classes: FailureClasses = failureClasses(model),
  ) {
    this.model = model;
    this.classes = classes;
    this.mostForced = Math.min(MOST_FORCED, Math.max(LEAST_FORCED, leastFailures(model, service)));
    this.contexts = new Contexts(classes.count, this.mostForced);
    this.time = new TimeChoice(this.contexts.count, model.laws.length);
    // Incidents that begin in unmet states are told apart from the others.
    this.following = new FollowingChoice(2 * this.contexts.count, 2 * classes.count);
    const keys = new Uint32Array(4);
    keys.set(streamKey('incident', 'draws'), 0);
    keys.set(streamKey('incident', 'decisions'), 2);
    this.streams = new Streams(keys, rootKey(seed));
    this.player = new IncidentPlayer(model, service, classes, this.contexts, this.streams, this.random);
    this.firstFailure = new FirstFailure(model, classes, this.player.world);
    this.source = this.sourceOf(roots);
  }

  /** Phase events and failures so far, played again or not. */
  get events(): number {
    return this.player.events;
  }

  get phases(): PhaseClasses {
    return this.player.phases;
  }

  /** Where what a state consists of lies. */
  get layout(): World {
    return this.player.world;
  }

  private sourceOf(roots: Roots): RootSource {
    const { pacesAt } = this.player.world;
    if ('dated' in roots) return new DatedSource(this.classes, roots, pacesAt);
    if ('blocks' in roots) return new CountedRoots(this.classes, roots, pacesAt);
    if ('renewed' in roots) return new RenewalRoots(this.model, this.classes, roots, pacesAt);
    return new MetRoots(this.model, this.classes, pacesAt, this.firstFailure, roots);
  }

  /** From here on incidents begin in others of the same model. */
  useRoots(roots: Roots): void {
    this.source = this.sourceOf(roots);
  }

  /**
   * From here on durations and times of failures are drawn as they fall; only that further ones strike is forced, and what. So
   * weights are alike, whatever incidents lead to.
   */
  explore(): void {
    this.explores = true;
    this.firstFailure.isBiased = false;
    this.player.clocks.draws.stretches = false;
  }

  /** From here on incidents also begin in states that the history has not met; none: no more. */
  useUnmet(states: readonly FoundState[]): void {
    const { pacesAt } = this.player.world;
    this.unmet =
      states.length === 0 ? undefined : new UnmetRoots(this.model, this.classes, pacesAt, this.firstFailure, states);
  }

  private get learners(): readonly Learner[] {
    const { choice, clocks } = this.player;
    return [
      this.firstFailure.moments,
      choice.moments,
      choice.combinations,
      ...this.time.learners,
      this.following,
      clocks.draws.mixtures,
      clocks.draws.outcomes.learned,
    ];
  }

  /** What samples with a `worth` have taught since the last time: of each learner, with how many numbers before them. */
  takeLesson(): Float64Array {
    const lessons = this.learners.map((learner) => learner.takeLesson());
    return Float64Array.from(lessons.flatMap((lesson) => [lesson.length, ...lesson]));
  }

  /** Takes in lessons, one after the other, in their order. */
  teach(lessons: Float64Array): void {
    for (let at = 0; at < lessons.length; ) {
      for (const learner of this.learners) {
        const end = at + 1 + lessons[at]!;
        learner.teach(lessons.subarray(at + 1, end));
        at = end;
      }
    }
  }

  /** From here on draws follow the lessons taken in so far. */
  useLearned(): void {
    for (const learner of this.learners) learner.useLearned();
    this.leaveToChance();
  }

  /**
   * What is to be expected in an incident with downtime anyway, and is hardly ever needed for it, is forced no more: each of its
   * failures would take the place of one that is needed, and multiply the weight of the sample.
   */
  private leaveToChance(): void {
    const { combinations } = this.player.choice;
    const { meanLength } = combinations;
    if (this.classes.ageing || meanLength === 0) return;
    const needed = combinations.needed();
    const isOften = Uint8Array.from(this.source.classRates(), (rate, one) =>
      rate * meanLength > EXPECTED && needed[one]! < HARDLY_NEEDED ? 1 : 0,
    );
    this.player.leaveToChance(isOften);
  }

  /**
   * Mean rate of incidents by stratum, 1/µs: by class of their first failure, and where there are states that have not been met,
   * those that begin there after the others.
   */
  rates(): Float64Array {
    const { source, unmet } = this;
    return Float64Array.of(...source.classRates(), ...(unmet?.classRates() ?? []));
  }

  /**
   * Sample `index` of the incidents of a stratum. Each of its courses goes to `absorb`, with its
   * weight and the rate of such incidents (1/µs) as factors. `index` decides everything drawn.
   *
   * @param worth what a course is worth to the measure that is being optimised, for learning
   */
  sample(
    stratum: number,
    index: number,
    absorb: (rate: number, course: Course) => void,
    worth?: (course: Course) => number,
  ): void {
    const { streams, player, time, following } = this;
    const first = stratum % this.classes.count;
    const source = stratum === first ? this.source : this.unmet!;
    const { forced, path, watch, world } = player;
    const { draws } = player.clocks;
    streams.begin(index);
    if (!source.choose(first, index, this.random)) return;
    const { rate } = source;
    player.begin();
    const start = source.start(this.random);
    const mode = source.strikes(first, this.random);
    forced.push({ mode, time: start, after: 0, from: Number.NEGATIVE_INFINITY, until: -1, rate });
    this.notes.length = 0;
    let weight = source.ratio;
    let whole = 0;
    const events = player.events;
    for (let depth = 1; ; depth++) {
      if (depth > MOST_FAILURES) throw crowded(this.model.names.elements[this.model.modes.element[mode]!]!);
      const ratio = player.play(source, first, start);
      if (worth !== undefined && player.hasChosen) this.noteComponent(weight);
      weight *= ratio;
      const course = {
        weight,
        end: world,
        idle: depth === 1 ? source.idle : 0,
        record: watch.finish(world.now, 0),
        survived: watch.survived,
        outages: watch.outages,
        failovers: watch.failovers,
        fullWeight: weight * draws.tape.likelihood * path.survival,
        length: world.now - start,
        downtime: watch.downtime,
        failures: forced,
        scores: player.scoresOf(source),
        phaseScores: player.phases.scores,
      };
      absorb(rate, course);
      if (worth !== undefined) {
        const value = weight * worth(course);
        if (value > 0) {
          draws.learn(value);
          player.choice.combinations.learn(this.classesOf(forced), rate * value, course.length);
        }
        for (const note of this.notes) note.contribution += value;
        whole += value;
      }
      if (path.mass === 0) break;
      const context = this.contexts.at(first, depth, this.classes.of[forced[depth - 1]!.mode]!);
      const isForced = depth < this.mostForced;
      const followed = stratum === first ? context : this.contexts.count + context;
      const chance = isForced ? following.chance(stratum, followed) : following.chanceBeyond(path.mass);
      if (chance < 1 && this.random() >= chance) break;
      weight /= chance;
      if (!isForced) draws.biased = false;
      if (isForced && !this.explores) time.force(path, context, this.random);
      else time.fall(path, this.random);
      weight *= path.ratios[time.interval]! * time.ratio;
      if (worth !== undefined) this.noteTime(weight, { followed, chance: isForced ? chance : 0 });
      const from = path.starts[time.interval]!;
      const struck = path.modes[time.interval]!;
      forced.push({
        mode: struck,
        time: Math.floor(from + time.offset),
        after: path.events[time.interval]!,
        from,
        until: struck < 0 ? Number.POSITIVE_INFINITY : struck,
        rate: path.rates[time.interval]!,
      });
    }
    if (worth === undefined) return;
    for (const note of this.notes) this.learn(note);
    following.learnSample(stratum, whole, player.events - events);
    const { kind, moments } = this.firstFailure;
    if (kind >= 0) moments.learn(kind, whole / source.ratio);
  }

  private classesOf(failures: readonly Forced[]): number[] {
    return failures.map(({ mode }) => this.classes.of[mode]!);
  }

  private noteTime(timeWeight: number, { followed, chance }: Pick<Note, 'followed' | 'chance'>): void {
    const { kind, parts } = this.time;
    this.notes.push({
      followed,
      chance,
      events: this.player.events,
      timeKind: kind,
      timeParts: parts.slice(),
      timeWeight: chance > 0 ? timeWeight : 0,
      kind: 0,
      kindWeight: 0,
      contribution: 0,
    });
  }

  /** @param weight before the component was chosen */
  private noteComponent(weight: number): void {
    const { choice } = this.player;
    const note = this.notes.at(-1)!;
    note.kind = choice.kind;
    note.kindWeight = weight * choice.ratio;
  }

  private learn({ followed, chance, events, contribution, ...choice }: Note): void {
    const { timeKind, timeParts, timeWeight, kind, kindWeight } = choice;
    if (chance > 0) this.following.learn(followed, chance, contribution, this.player.events - events);
    if (timeWeight > 0) this.time.learn(timeKind, timeParts, contribution, contribution / timeWeight);
    if (kindWeight > 0) this.player.choice.moments.learn(kind, contribution / kindWeight);
  }
}

function crowded(name: string): InputError {
  return new InputError([
    {
      level: 'unsupported',
      code: 'crowded',
      message: `an incident that begins with ${name} can have more than ${MOST_FAILURES} failures`,
      hint: 'use --method histories',
    },
  ]);
}
