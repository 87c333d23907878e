import type { CompiledModel } from '../../compile/model.ts';
import { CloudProcess } from '../../dynamics/process.ts';
import type { World } from '../../dynamics/world.ts';
import type { Streams } from '../../kernel/streams.ts';
import { InputError } from '../../model/problem.ts';
import { ComponentChoice } from './choices/component-choice.ts';
import type { Contexts } from './choices/contexts.ts';
import { IncidentClocks } from './clocks/incident-clocks.ts';
import type { Forced } from './course.ts';
import type { FailureClasses } from './failure-classes.ts';
import { IncidentPath } from './incident-path.ts';
import { IncidentWatch } from './incident-watch.ts';
import { PhaseClasses } from './phase-classes.ts';
import type { RootSource } from './roots/root-source.ts';
import { RootVisits } from './roots/root-visits.ts';

const MOST_EVENTS = 200_000;
/** Failures to be expected in a stretch of a path within which failures that age are drawn as if their rate were constant. */
const MOST_HAZARD = 0.5;

/**
 * Plays one incident of the transition code: from its root through the failures that are forced and on until everything is
 * back. What comes after the last of them is seen by the watch and recorded as the path into which the next is forced.
 */
export class IncidentPlayer {
  /** Failures of the incident in the order they strike. */
  readonly forced: Forced[] = [];
  /** Whether the component of the last of them has been chosen while it was played, by `choice`. */
  hasChosen = false;
  /** Phase events and failures so far, played again or not. */
  events = 0;
  readonly clocks: IncidentClocks;
  readonly watch: IncidentWatch;
  readonly path = new IncidentPath();
  readonly choice: ComponentChoice;
  readonly phases: PhaseClasses;
  private readonly model: CompiledModel;
  private readonly classes: FailureClasses;
  private readonly contexts: Contexts;
  private readonly random: () => number;
  private readonly process: CloudProcess;
  private readonly scores: Float64Array;
  /** By class: failures of the course that were left to chance. */
  private readonly unforced: Float64Array;
  /** Where what has changed since the root is read off the journal. */
  private readonly visits: RootVisits | undefined;

  constructor(
    model: CompiledModel,
    service: number,
    classes: FailureClasses,
    contexts: Contexts,
    streams: Streams,
    random: () => number,
  ) {
    this.model = model;
    this.classes = classes;
    this.contexts = contexts;
    this.random = random;
    this.phases = new PhaseClasses(model, !classes.ageing);
    this.clocks = new IncidentClocks(model, classes, this.phases, streams, contexts.count);
    this.choice = new ComponentChoice(model, classes, this.clocks, contexts.count);
    this.watch = new IncidentWatch(model, service, this.clocks.draws.tape, this.path);
    this.process = new CloudProcess(model, this.clocks, this.watch);
    this.phases.world = this.process.world;
    this.visits = this.choice.readsJournal ? new RootVisits(this.process.world) : undefined;
    this.scores = new Float64Array(classes.count);
    this.unforced = new Float64Array(classes.count);
  }

  /** As the course played last has left it. */
  get world(): World {
    return this.process.world;
  }

  /** From here on failures of the classes marked are left to chance, those of all others forced; only between incidents. */
  leaveToChance(isOften: Uint8Array): void {
    this.clocks.failures.leaveToChance(Uint8Array.from(this.classes.of, (one) => isOften[one]!));
    this.choice.forget();
  }

  /** A new incident. */
  begin(): void {
    this.clocks.draws.tape.erase();
    this.clocks.draws.biased = true;
    this.forced.length = 0;
  }

  /**
   * One course of the incident, which begins at `start` with a failure of class `first`.
   *
   * @returns the likelihood ratio of choosing the component of the last failure
   */
  play(source: RootSource, first: number, start: number): number {
    const { clocks, process, path, forced, watch } = this;
    const { draws, failures, often, phases } = clocks;
    const w = process.world;
    this.atRoot(source, start);
    this.hasChosen = false;
    let ratio = 1;
    let next = 0;
    for (let events = 0; ; events++) {
      while (next < forced.length && forced[next]!.after === events) {
        const failure = forced[next++]!;
        clocks.now = failure.time;
        failures.fixed.passUntil(failure.from, failure.until);
        if (next === forced.length) {
          if (failure.mode < 0) ratio = this.chooseComponent(failure, first);
          draws.tape.cut();
          draws.tape.likelihood = 1;
          watch.open();
        }
        if (failure.until === failure.mode) failures.fixed.pass(failure.mode);
        draws.context = this.contexts.at(first, next, this.classes.of[failure.mode]!);
        process.fire(failure.mode, failure.time);
        this.events++;
      }
      const last = next === forced.length;
      if (last && w.quiescent) return ratio;
      const at = phases.next();
      if (at < 0) throw endless(['the model', 'nothing is under way any more']);
      if (events > MOST_EVENTS) throw endless(['the model', `an incident has more than ${MOST_EVENTS} events`]);
      const end = phases.timeAt(at);
      if (end === Number.POSITIVE_INFINITY) throw endless(this.model.names.stream(phases.take(at)));
      often.look(clocks.now, failures.paces);
      const isOften = often.due < end;
      const time = isOften ? often.due : end;
      if (last) {
        const law = isOften ? this.model.modes.law[often.mode]! : phases.lawAt(at);
        this.extendPath(this.throughInstants(w.now, time, events, law), time, events, law);
        // Something is certain to fail before, so that nothing of what would follow counts.
        if (path.survival === 0) return ratio;
      } else failures.fixed.passUntil(time, Number.POSITIVE_INFINITY);
      clocks.now = time;
      if (isOften) this.unforced[this.classes.of[often.mode]!]!++;
      process.fire(isOften ? often.take() : phases.take(at), time);
      this.events++;
    }
  }

  private atRoot({ root, ages, due, tests }: RootSource, start: number): void {
    const { clocks, choice } = this;
    const w = this.process.world;
    if (this.visits === undefined) {
      w.ints.set(root.ints);
      w.reals.set(root.reals);
    } else {
      this.visits.visit(root);
      choice.begin(w, root);
    }
    w.now = start;
    clocks.now = start;
    clocks.atRoot(root, w.paces, { ages, due, tests });
    this.watch.begin(w, start);
    this.path.clear();
    this.unforced.fill(0);
  }

  /** Adds what lies between `from` and the last instant until `to` at which something fails by its fixed age; that instant. */
  private throughInstants(from: number, to: number, events: number, law: number): number {
    const { clocks, path, process } = this;
    const { fixed } = clocks.failures;
    const { tape } = clocks.draws;
    let since = from;
    while (path.survival > 0 && fixed.look(to)) {
      const { mode, time, chance } = fixed;
      if (time > since) this.extendPath(since, time, events, law);
      since = time;
      path.addInstant(time, mode, chance, tape.likelihood, events, law);
      fixed.pass(mode);
    }
    // What is certain to fail at this instant ends the course there.
    if (path.survival === 0) process.world.now = since;
    return since;
  }

  /** Adds what lies between `from` and `to` to the path: where rates rise steeply, in stretches with few failures to be expected. */
  private extendPath(from: number, to: number, events: number, law: number): void {
    const { clocks, path, classes, watch } = this;
    const hazard = clocks.failures.hazardBetween(from, to);
    if (classes.ageing && hazard > MOST_HAZARD && to - from > 1) {
      const middle = Math.floor((from + to) / 2);
      this.extendPath(from, middle, events, law);
      this.extendPath(middle, to, events, law);
      return;
    }
    const { likelihood } = clocks.draws.tape;
    path.add(from, to - from, hazard, likelihood, events, law);
    watch.survived += likelihood * this.lastSurvival(from, to, hazard);
  }

  /** Time in the interval (from, to) just added to the path, by the probability that no further failure has struck by then. */
  private lastSurvival(from: number, to: number, hazard: number): number {
    const { path, clocks, classes } = this;
    if (hazard === 0) return path.survival * (to - from);
    if (!classes.ageing) return (path.masses[path.count - 1]! / hazard) * (to - from);
    // The rate changes on the way: the mean is that of an instant drawn at random.
    const left = clocks.failures.hazardBetween(from + this.random() * (to - from), to);
    return path.survival * Math.exp(left) * (to - from);
  }

  /** By class: failures of the course less those to be expected on it; valid until the next course. */
  scoresOf({ hazards }: RootSource): Float64Array {
    const { scores, clocks, forced, classes } = this;
    clocks.failures.exposures(clocks.now, hazards, scores);
    for (let one = 0; one < scores.length; one++) scores[one] = this.unforced[one]! - scores[one]!;
    for (const { mode } of forced) scores[classes.of[mode]!]!++;
    return scores;
  }

  private chooseComponent(failure: Forced, first: number): number {
    const { choice, classes, forced } = this;
    const { draws, failures } = this.clocks;
    const before = forced.length - 1;
    const context = this.contexts.at(first, before, classes.of[forced[before - 1]!.mode]!);
    const total = choice.choose(this.process.world, context, this.random, forced, draws.biased);
    failure.mode = choice.mode;
    this.hasChosen = true;
    if (!classes.ageing) return choice.ratio;
    // The time was drawn as if the rate were the same all through the interval.
    const { from, time, rate } = failure;
    const risen = failures.hazardBetween(from, time) - rate * (time - from);
    return (choice.ratio * total * Math.exp(-risen)) / rate;
  }
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
