import type { CompiledModel } from '../../compile/model.ts';
import { CloudProcess } from '../../dynamics/process.ts';
import { rootKey, Streams, streamKey } from '../../kernel/streams.ts';
import type { HistoryRecord } from '../../measures/history-record.ts';
import { InputError } from '../../model/problem.ts';
import { MICROSECONDS_PER_YEAR } from '../../model/time.ts';
import { ComponentChoice } from './choices/component-choice.ts';
import { Contexts } from './choices/contexts.ts';
import { TimeChoice } from './choices/forcing-time.ts';
import { type FailureClasses, failureClasses } from './failure-classes.ts';
import { DECISIONS, IncidentClocks } from './incident-clocks.ts';
import { IncidentPath } from './incident-path.ts';
import { IncidentWatch, type WeighedOutages } from './incident-watch.ts';
import { leastFailures } from './least-failures.ts';
import { PhaseClasses } from './phase-classes.ts';
import { DatedSource } from './roots/dated-source.ts';
import { RenewalRoots } from './roots/renewal-roots.ts';
import { CountedRoots, MetRoots, type RootSource, type Roots } from './roots/root-source.ts';
import type { RootState } from './roots/root-states.ts';

/**
 * Failures forced with biased choices, as many as there have to be for downtime, within these limits; further ones follow by
 * chance (methods §2.2: a knob of cost, not of truth).
 */
const LEAST_FORCED = 3;
const MOST_FORCED = 8;
/** Least chance that an incident is followed beyond that. */
const LEAST_CHANCE = 0.15;
const MOST_FAILURES = 200;
const MOST_EVENTS = 200_000;
/** Failures to be expected in a stretch of a path within which failures that age are drawn as if their rate were constant. */
const MOST_HAZARD = 0.5;
/** Incidents begin at any instant of so many µs: calendars of weeks do not divide a year, so a century of phases. */
const STARTS = 100 * MICROSECONDS_PER_YEAR;

/**
 * One course of an incident: what is certain to happen up to its last failure, and from there on as long as no further
 * failure strikes. Everything is valid until the next course.
 */
export interface Course {
  /** Weight of the course at its last failure. */
  readonly weight: number;
  /**
   * What happens after its last failure, everything by the probability that no further failure has struck by then: times
   * weight and summed over the courses of a sample, what an incident amounts to on average.
   */
  readonly record: HistoryRecord;
  readonly survived: number;
  readonly outages: WeighedOutages;
  /** Failovers by FAILOVER_MEASURES, each with the weight of its moment. */
  readonly failovers: Float64Array;
  /** Weight of the course in full, until everything is back; those of a sample's courses add up to 1 on average. */
  readonly fullWeight: number;
  /** In full, µs: from the first failure until everything is back, and downtime of any kind. */
  readonly length: number;
  readonly downtime: number;
  /** Failures in the order they strike. */
  readonly failures: readonly { readonly mode: number }[];
  /** By class: its failures less those to be expected meanwhile; and by class of phases, how its durations weigh its scale. */
  readonly scores: Float64Array;
  readonly phaseScores: Float64Array;
}

/** A failure that the sampler makes happen: after so many phase events of the incident, at `time`; of mode −1 until one is chosen. */
interface Forced {
  mode: number;
  time: number;
  after: number;
  /** Whatever might have struck at fixed ages before this instant (µs), or in it among the modes before `until`, has not. */
  readonly from: number;
  readonly until: number;
}

/** What learns from the pilot: what is learned is used only when it has come back as a lesson, at `useLearned`. */
interface Learner {
  takeLesson(): number[];
  teach(lesson: ArrayLike<number>): void;
  useLearned(): void;
}

/** A choice of a further failure: weights after its time and after its component, and what came of it. */
interface Note {
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
  readonly phases: PhaseClasses;
  /** Failures of an incident that are forced. */
  private readonly mostForced: number;
  private readonly contexts: Contexts;
  private readonly choice: ComponentChoice;
  /** Phase events and failures so far, played again or not. */
  events = 0;
  private readonly model: CompiledModel;
  private readonly streams: Streams;
  private readonly clocks: IncidentClocks;
  private readonly watch: IncidentWatch;
  private readonly process: CloudProcess;
  private source: RootSource;
  private readonly scores: Float64Array;
  /** The root that the world was brought to last: going back to it means to undo what was written since. */
  private root: RootState | undefined;
  private readonly path = new IncidentPath();
  private readonly forced: Forced[] = [];
  private readonly time: TimeChoice;
  private readonly random = (): number => this.streams.next53(DECISIONS);
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
    this.contexts = new Contexts(this.classes.count, this.mostForced);
    this.time = new TimeChoice(this.contexts.count, model.laws.length);
    const keys = new Uint32Array(4);
    keys.set(streamKey('incident', 'draws'), 0);
    keys.set(streamKey('incident', 'decisions'), 2);
    this.streams = new Streams(keys, rootKey(seed));
    this.phases = new PhaseClasses(model, !this.classes.ageing);
    this.clocks = new IncidentClocks(model, this.classes, this.phases, this.streams, this.contexts.count);
    this.choice = new ComponentChoice(model, this.classes, this.clocks, this.contexts.count);
    this.watch = new IncidentWatch(model, service, this.clocks, this.path);
    this.process = new CloudProcess(model, this.clocks, this.watch);
    this.phases.world = this.process.world;
    if (this.choice.readsJournal) this.process.world.keepJournal();
    this.scores = new Float64Array(this.classes.count);
    this.source = this.sourceOf(roots);
  }

  private sourceOf(roots: Roots): RootSource {
    const { pacesAt } = this.process.world;
    if ('dated' in roots) return new DatedSource(this.classes, roots, pacesAt);
    if ('blocks' in roots) return new CountedRoots(this.classes, roots, pacesAt);
    if ('renewed' in roots) return new RenewalRoots(this.model, this.classes, roots, pacesAt);
    return new MetRoots(this.model, this.classes, pacesAt, roots);
  }

  /** From here on incidents begin in others of the same model. */
  useRoots(roots: Roots): void {
    this.source = this.sourceOf(roots);
  }

  private get learners(): readonly Learner[] {
    return [this.choice.moments, ...this.time.learners, this.clocks.mixtures];
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
  }

  /** Mean rate of incidents by class of their first failure, 1/µs: what the strata weigh. */
  classRates(): Float64Array {
    return this.source.classRates();
  }

  /**
   * Sample `index` of incidents that begin with a failure of class `first`. Each of its courses goes to `absorb`, with its
   * weight and the rate of such incidents (1/µs) as factors. `index` decides everything drawn.
   *
   * @param worth what a course is worth to the measure that is being optimised, for learning
   */
  sample(
    first: number,
    index: number,
    absorb: (rate: number, course: Course) => void,
    worth?: (course: Course) => number,
  ): void {
    const { streams, clocks, forced, path, source, watch, time } = this;
    streams.begin(index);
    if (!source.choose(first, index, this.random)) return;
    const { rate } = source;
    clocks.eraseTape();
    clocks.biased = true;
    forced.length = 0;
    const start = source.dated?.time ?? Math.floor(this.random() * STARTS);
    const mode = source.strikes(first, this.random);
    forced.push({ mode, time: start, after: 0, from: Number.NEGATIVE_INFINITY, until: -1 });
    this.notes.length = 0;
    let weight = 1;
    for (let depth = 1; ; depth++) {
      if (depth > MOST_FAILURES) throw crowded(this.model.names.elements[this.model.modes.element[mode]!]!);
      weight *= this.follow(first, start, depth, weight);
      const end = this.process.world.now;
      const course = {
        weight,
        record: watch.finish(end, 0),
        survived: watch.survived,
        outages: watch.outages,
        failovers: watch.failovers,
        fullWeight: weight * clocks.likelihood * path.survival,
        length: end - start,
        downtime: watch.downtime,
        failures: forced,
        scores: this.scoresOf(),
        phaseScores: this.phases.scores,
      };
      absorb(rate, course);
      if (worth !== undefined) {
        const value = weight * worth(course);
        if (value > 0) clocks.learn(value);
        for (const note of this.notes) note.contribution += value;
      }
      if (path.mass === 0) break;
      const context = this.contexts.at(first, depth, this.classes.of[forced[depth - 1]!.mode]!);
      if (depth < this.mostForced) time.force(path, context, this.random);
      else {
        const chance = Math.max(LEAST_CHANCE, path.mass);
        if (this.random() >= chance) break;
        weight /= chance;
        clocks.biased = false;
        time.fall(path, this.random);
      }
      weight *= path.ratios[time.interval]! * time.ratio;
      if (worth !== undefined) this.noteTime(weight);
      const from = path.starts[time.interval]!;
      const struck = path.modes[time.interval]!;
      forced.push({
        mode: struck,
        time: Math.floor(from + time.offset),
        after: path.events[time.interval]!,
        from,
        until: struck < 0 ? Number.POSITIVE_INFINITY : struck,
      });
    }
    if (worth === undefined) return;
    for (const note of this.notes) this.learn(note);
  }

  private noteTime(timeWeight: number): void {
    const { kind, parts } = this.time;
    const isForced = this.clocks.biased;
    this.notes.push({
      timeKind: kind,
      timeParts: parts.slice(),
      timeWeight: isForced ? timeWeight : 0,
      kind: 0,
      kindWeight: 0,
      contribution: 0,
    });
  }

  private learn({ contribution, timeKind, timeParts, timeWeight, kind, kindWeight }: Note): void {
    if (timeWeight > 0) this.time.learn(timeKind, timeParts, contribution, contribution / timeWeight);
    if (kindWeight > 0) this.choice.moments.learn(kind, contribution / kindWeight);
  }

  /**
   * Plays the incident from its root through all forced failures and on until everything is back, recording the path after
   * the last of them. Returns the likelihood ratio of choosing the component of that failure.
   */
  private follow(first: number, start: number, depth: number, weight: number): number {
    const { clocks, process, path, forced, source, watch, choice } = this;
    const { root, ages, dated, tests } = source;
    const w = process.world;
    if (choice.readsJournal) w.rewind(0);
    if (root !== this.root || !choice.readsJournal) {
      w.ints.set(root.ints);
      w.reals.set(root.reals);
      this.root = root;
      choice.begin(w, root);
    }
    w.now = start;
    clocks.now = start;
    clocks.atRoot(root, w.paces, { ages, due: dated?.due, tests });
    watch.begin(w, start);
    path.clear();
    let ratio = 1;
    let next = 0;
    for (let events = 0; ; events++) {
      while (next < forced.length && forced[next]!.after === events) {
        const failure = forced[next++]!;
        clocks.now = failure.time;
        clocks.fixed.passUntil(failure.from, failure.until);
        if (next === forced.length) {
          if (failure.mode < 0) ratio = this.chooseComponent(failure, first, depth - 1, weight);
          clocks.cutTape();
          clocks.likelihood = 1;
          watch.open();
        }
        if (failure.until === failure.mode) clocks.fixed.pass(failure.mode);
        clocks.context = this.contexts.at(first, next, this.classes.of[failure.mode]!);
        process.fire(failure.mode, failure.time);
        this.events++;
      }
      const last = next === forced.length;
      if (last && w.quiescent) return ratio;
      const at = clocks.next();
      if (at < 0) throw endless(['the model', 'nothing is under way any more']);
      if (events > MOST_EVENTS) throw endless(['the model', `an incident has more than ${MOST_EVENTS} events`]);
      const time = clocks.timeAt(at);
      if (time === Number.POSITIVE_INFINITY) throw endless(this.model.names.stream(clocks.take(at)));
      if (last) {
        this.extendPath(this.throughInstants(w.now, time, events, clocks.lawAt(at)), time, events, clocks.lawAt(at));
        // Something is certain to fail before, so that nothing of what would follow counts.
        if (path.survival === 0) return ratio;
      } else clocks.fixed.passUntil(time, Number.POSITIVE_INFINITY);
      clocks.now = time;
      process.fire(clocks.take(at), time);
      this.events++;
    }
  }

  /** Adds what lies between `from` and the last instant until `to` at which something fails by its fixed age; that instant. */
  private throughInstants(from: number, to: number, events: number, law: number): number {
    const { clocks, path, process } = this;
    const { fixed } = clocks;
    let since = from;
    while (path.survival > 0 && fixed.look(to)) {
      const { mode, time, chance } = fixed;
      if (time > since) this.extendPath(since, time, events, law);
      since = time;
      path.addInstant(time, mode, chance, clocks.likelihood, events, law);
      fixed.pass(mode);
    }
    // What is certain to fail at this instant ends the course there.
    if (path.survival === 0) process.world.now = since;
    return since;
  }

  /** Adds what lies between `from` and `to` to the path: where rates rise steeply, in stretches with few failures to be expected. */
  private extendPath(from: number, to: number, events: number, law: number): void {
    const { clocks, path, classes, watch } = this;
    const hazard = clocks.hazardBetween(from, to);
    if (classes.ageing && hazard > MOST_HAZARD && to - from > 1) {
      const middle = Math.floor((from + to) / 2);
      this.extendPath(from, middle, events, law);
      this.extendPath(middle, to, events, law);
      return;
    }
    path.add(from, to - from, hazard, clocks.likelihood, events, law);
    watch.survived += clocks.likelihood * this.lastSurvival(from, to, hazard);
  }

  /** Time in the interval (from, to) just added to the path, by the probability that no further failure has struck by then. */
  private lastSurvival(from: number, to: number, hazard: number): number {
    const { path, clocks, classes } = this;
    if (hazard === 0) return path.survival * (to - from);
    if (!classes.ageing) return (path.masses[path.count - 1]! / hazard) * (to - from);
    // The rate changes on the way: the mean is that of an instant drawn at random.
    const left = clocks.hazardBetween(from + this.random() * (to - from), to);
    return path.survival * Math.exp(left) * (to - from);
  }

  private scoresOf(): Float64Array {
    const { scores, clocks, forced, classes } = this;
    clocks.exposures(this.source.hazards, scores);
    for (let one = 0; one < scores.length; one++) scores[one] = -scores[one]!;
    for (const { mode } of forced) scores[classes.of[mode]!]!++;
    return scores;
  }

  private chooseComponent(failure: Forced, first: number, depth: number, weight: number): number {
    const { choice, clocks, classes, path } = this;
    const before = this.forced.at(-2)!.mode;
    const total = choice.choose(
      this.process.world,
      this.contexts.at(first, depth, classes.of[before]!),
      this.random,
      clocks.biased,
    );
    failure.mode = choice.mode;
    const note = this.notes.at(-1);
    if (note !== undefined) {
      note.kind = choice.kind;
      note.kindWeight = weight * choice.ratio;
    }
    if (!classes.ageing) return choice.ratio;
    // The time was drawn as if the rate were the same all through the interval.
    const from = path.starts[this.time.interval]!;
    const rate = path.rates[this.time.interval]!;
    const risen = clocks.hazardBetween(from, failure.time) - rate * (failure.time - from);
    return (choice.ratio * total * Math.exp(-risen)) / rate;
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

function endless([name, purpose]: readonly [name: string, purpose: string]): InputError {
  return new InputError([
    {
      level: 'unsupported',
      code: 'endless',
      message: `${name} (${purpose}): an incident can last until the next failure; cycles need every incident to end`,
      hint: 'use --method histories, or give what never happens a time',
    },
  ]);
}
