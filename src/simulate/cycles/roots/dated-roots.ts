import type { CompiledModel } from '../../../compile/model.ts';
import { SilentObserver } from '../../../dynamics/observer.ts';
import { CloudProcess } from '../../../dynamics/process.ts';
import { BATCHES } from '../../../measures/cycles/cycle-totals.ts';
import { InputError } from '../../../model/problem.ts';
import type { RootHistory } from '../../crew.ts';
import type { HistorySpan } from '../../history-span.ts';
import { EVENTS_BETWEEN_PAUSES, type Interruptible } from '../../interruptible.ts';
import { pick } from '../choices/forcing-time.ts';
import type { FailureClasses } from '../failure-classes.ts';
import { AgeingClocks } from './ageing-clocks.ts';
import { type AgedRoot, type AgedRoots, INCIDENTS_PER_BLOCK } from './ageing-roots.ts';
import { FIRST_HISTORY, MOST_EVENTS, MOST_NUMBERS, rootsSeed } from './root-history.ts';

/** A root at an instant of a history. */
export interface DatedRoot extends AgedRoot {
  /** Modes that strike at that very instant, too. */
  readonly due: readonly number[];
  /** Failures that it stands for. */
  readonly weight: number;
}

/**
 * Roots of models with failures at fixed ages or instants. Where such clocks stand may never mix, so that there need be no
 * long run that forgets how it began: what cycles estimate is what histories do, the mean over their span from a start as
 * new. The roots are those of many such histories, dealt over `BATCHES` blocks.
 */
export interface DatedRoots extends AgedRoots {
  readonly dated: true;
  readonly roots: readonly (readonly (readonly DatedRoot[])[])[];
}

/** Histories at first, until there are so many incidents, to tell how many a block takes. */
const FIRST_INCIDENTS = 500;
const FIRST_HISTORIES = 200;
const MOST_PER_BLOCK = 2_000;
/** Share of the instants taken shortly before a failure whose instant is known, and how shortly, in mean incidents. */
const SHORTLY = 0.5;
const HOW_SHORTLY = [1, 8] as const;
const NO_TESTS = new Float64Array(0);
/** Share of the classes drawn by rate; all alike else. */
const BY_RATE = 0.5;

/**
 * The roots of `model` over histories of `span`. Failures that strike by age are counted as they are met. Those without a
 * memory strike at any instant alike: in every stretch without incidents one instant stands for all, and most often one
 * shortly before a failure by age, which is where two failures meet.
 *
 * @throws InputError `unsupported` where that would take too long
 */
export function datedRoots(
  model: CompiledModel,
  classes: FailureClasses,
  seed: string,
  span: HistorySpan,
  history: RootHistory = FIRST_HISTORY,
): Interruptible<DatedRoots> {
  return new Gathering(model, classes, seed, span, history).gather();
}

class Gathering {
  private readonly classes: FailureClasses;
  private readonly span: HistorySpan;
  private readonly history: RootHistory;
  private readonly clocks: AgeingClocks;
  private readonly process: CloudProcess;
  private readonly roots: DatedRoot[][][];
  private readonly rates: Float64Array[];
  private readonly met: Float64Array[];
  private readonly most: number;
  private readonly memoryless: readonly number[];
  /** By class: rate of its failures without a memory in the stretch under way, 1/µs. */
  private readonly classRates: Float64Array;
  private quiescent = 0;
  private busy = 0;
  private incidents = 0;
  private events = 0;
  /** Mean length of an incident, µs; 0 until it is known. */
  private incident = 0;

  constructor(model: CompiledModel, classes: FailureClasses, seed: string, span: HistorySpan, history: RootHistory) {
    this.classes = classes;
    this.span = span;
    this.history = history;
    this.clocks = new AgeingClocks(model, rootsSeed(seed, history.number), classes.fixed);
    this.process = new CloudProcess(model, this.clocks, new SilentObserver());
    const w = this.process.world;
    const numbers = w.ints.length + w.reals.length + model.modes.count;
    this.most = Math.max(2, Math.floor(MOST_NUMBERS / (numbers * BATCHES * classes.count)));
    this.roots = Array.from({ length: BATCHES }, () => Array.from({ length: classes.count }, () => []));
    this.rates = this.roots.map(() => new Float64Array(classes.count));
    this.met = this.roots.map(() => new Float64Array(classes.count));
    const { hazards, fixed, rates } = classes;
    this.memoryless = [...rates.keys()].filter(
      (mode) => rates[mode]! > 0 && hazards[mode] === undefined && fixed[mode] === undefined,
    );
    this.classRates = new Float64Array(classes.count);
  }

  *gather(): Interruptible<DatedRoots> {
    let index = 0;
    while (this.incidents < FIRST_INCIDENTS && index < FIRST_HISTORIES) yield* this.run(index++, -1);
    this.incident = this.incidents > 0 ? this.busy / this.incidents : 0;
    const wanted = (INCIDENTS_PER_BLOCK * index) / Math.max(1, this.incidents);
    const perBlock = this.history.growth * Math.min(MOST_PER_BLOCK, Math.ceil(wanted));
    this.quiescent = 0;
    for (let block = 0; block < BATCHES; block++) for (let i = 0; i < perBlock; i++) yield* this.run(index++, block);
    const time = this.quiescent / BATCHES;
    const { rates, roots, met, incident, history, events } = this;
    for (const row of rates) for (let one = 0; one < row.length; one++) row[one] = time > 0 ? row[one]! / time : 0;
    // Those that were not kept are represented by the others.
    const all = roots.map((row, block) =>
      row.map((kept, one) =>
        kept.map((root) => ({ ...root, weight: (root.weight * met[block]![one]!) / kept.length / time })),
      ),
    );
    return { dated: true, blocks: BATCHES, rates, roots: all, incident, history, events };
  }

  /** History `index`; block −1: nothing is kept of it. */
  private *run(index: number, block: number): Interruptible<void> {
    const { clocks, process, span } = this;
    const w = process.world;
    clocks.begin(index);
    process.reset();
    for (;;) {
      const time = clocks.timers.nextTime();
      const until = Math.min(time, span.end);
      const from = Math.max(w.now, span.start);
      const slot = time < span.end ? clocks.timers.pop() : -1;
      if (until > from) {
        if (w.quiescent) {
          this.quiescent += until - from;
          if (block >= 0) this.takeInstant(block, from, until, slot);
        } else this.busy += until - from;
      }
      if (slot < 0) return;
      if (w.quiescent && time >= span.start) {
        this.incidents++;
        const { hazards, fixed } = this.classes;
        if (block >= 0 && (hazards[slot] ?? fixed[slot]) !== undefined) {
          this.keep(block, slot, time, clocks.dueAt(time), 1);
        }
      }
      if (++this.events > MOST_EVENTS) throw tooLong();
      if (this.events % EVENTS_BETWEEN_PAUSES === 0) yield;
      clocks.now = time;
      process.fire(slot, time);
    }
  }

  /** One instant of a quiescent stretch that ends with mode `ending`, with a failure that has no memory. */
  private takeInstant(block: number, from: number, until: number, ending: number): void {
    const { clocks, classRates, classes } = this;
    const { paces } = this.process.world;
    const rateOf = (mode: number): number => classes.rates[mode]! * paces[mode]!;
    classRates.fill(0);
    for (const mode of this.memoryless) classRates[classes.of[mode]!]! += rateOf(mode);
    let sum = 0;
    let open = 0;
    for (const rate of classRates) {
      sum += rate;
      if (rate > 0) open++;
    }
    if (sum === 0) return;
    const alike = clocks.uniform() >= BY_RATE;
    const one = pick(
      classRates.length,
      (at) => (alike ? Number(classRates[at]! > 0) : classRates[at]!),
      clocks.uniform() * (alike ? open : sum),
    );
    const share = (BY_RATE * classRates[one]!) / sum + (1 - BY_RATE) / open;
    const ofClass = this.memoryless.filter((mode) => classes.of[mode] === one);
    const mode = ofClass[pick(ofClass.length, (at) => rateOf(ofClass[at]!), clocks.uniform() * classRates[one]!)]!;
    const { before, density } = this.instantBefore(until - from, ending >= 0 && classes.fixed[ending] !== undefined);
    const time = Math.min(until - 1, Math.max(from, Math.floor(until - before)));
    this.keep(block, mode, time, [], classRates[one]! / (share * density));
  }

  /** How long before the end of a stretch of `length` µs, and the density of that. */
  private instantBefore(length: number, isKnown: boolean): { readonly before: number; readonly density: number } {
    const u = this.clocks.uniform();
    const v = this.clocks.uniform();
    if (!isKnown || this.incident === 0) return { before: v * length, density: 1 / length };
    const scales = HOW_SHORTLY.map((times) => times * this.incident);
    const inside = scales.map((scale) => -Math.expm1(-length / scale));
    const at = u < SHORTLY / 2 ? 0 : 1;
    const before = u < SHORTLY ? -Math.log1p(-v * inside[at]!) * scales[at]! : v * length;
    let density = (1 - SHORTLY) / length;
    scales.forEach((scale, i) => {
      density += (SHORTLY / 2) * (Math.exp(-before / scale) / scale / inside[i]!);
    });
    return { before, density };
  }

  private keep(block: number, mode: number, time: number, due: readonly number[], weight: number): void {
    const w = this.process.world;
    const one = this.classes.of[mode]!;
    const kept = this.roots[block]![one]!;
    const met = this.met[block]!;
    this.rates[block]![one]! += weight;
    met[one]!++;
    let place = kept.length;
    if (place >= this.most) {
      place = Math.floor(this.clocks.uniform() * met[one]!);
      if (place >= this.most) return;
    }
    const ages = this.clocks.agesAt(time);
    kept[place] = { ints: w.ints.slice(), reals: w.reals.slice(), mode, ages, tests: NO_TESTS, time, due, weight };
  }
}

function tooLong(): InputError {
  return new InputError([
    {
      level: 'unsupported',
      code: 'roots',
      message: `failures strike at fixed ages or instants, and ${MOST_EVENTS} events are not enough for ${BATCHES} histories from a start as new`,
      hint: 'use --method histories, or fewer years for each history',
    },
  ]);
}
