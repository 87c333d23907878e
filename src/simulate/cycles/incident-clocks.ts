import type { CompiledModel } from '../../compile/model.ts';
import type { Clocks } from '../../dynamics/clocks.ts';
import { Sampler } from '../../kernel/sampler.ts';
import type { Streams } from '../../kernel/streams.ts';
import type { Hazard } from '../../measures/statistics/hazard.ts';
import type { Law } from '../../model/law.ts';
import { MICROSECONDS_PER_SECOND } from '../../model/time.ts';
import { LearnedShares } from './choices/learned-shares.ts';
import { FIRST_SHARES, type LengthBias, lengthBias, partsAt } from './choices/length-bias.ts';
import type { FailureClasses } from './failure-classes.ts';
import { FixedClocks } from './fixed-clocks.ts';
import type { PhaseClasses } from './phase-classes.ts';

/** Branches less likely than this are drawn with this probability instead (methods §2.3). */
const RARE_BRANCH = 0.25;
/**
 * Rare branches of a course up to which that is so; those after them are drawn ever closer to their own probability: where one
 * fault asks forty times whether it is covered, each answer drawn otherwise would multiply the weights.
 */
const RARE_BRANCHES = 4;
/** Parts of a duration's mixture, and the least share that learning leaves to the law itself and to each other part. */
const PARTS = FIRST_SHARES.length;
/** What has hardly any age may have a rate that underflows. */
const LEAST_RATE = 1e-300;
const SECOND = MICROSECONDS_PER_SECOND;
const LEAST_SHARES = [0.2, 0.05, 0.05, 0.05] as const;
/** Streams of a sample: what the model draws, and what the sampler decides. */
export const DRAWS = 0;
export const DECISIONS = 1;

/** Clocks of a root besides the paces of the failure clocks. */
export interface RootClocks {
  /** By mode, µs of operation. */
  readonly ages?: Float64Array | undefined;
  /** Modes that strike at the very instant of the root, too. */
  readonly due?: readonly number[] | undefined;
  /** By proof test, µs until it takes place. */
  readonly tests?: Float64Array | undefined;
}

/** Total rate of the failure clocks, a sum and its compensation (1/µs), and how many run. */
interface RateSums {
  readonly sum: number;
  readonly rest: number;
  readonly running: number;
}

/**
 * Clocks of one incident. Phase clocks run in a short list; failure clocks do not run at all: only their total rate is
 * kept, for the sampler to force failures. Every duration and branch is kept on a tape, so that an incident can be played
 * again up to any of its events and go on differently from there.
 */
export class IncidentClocks implements Clocks {
  /** Set by the driver before each event, µs. */
  now = 0;
  /** Likelihood ratio of everything drawn (or played again) since the driver last set it to 1. */
  likelihood = 1;
  /** False: branches and durations are drawn by their own laws. */
  biased = true;
  /** Per mode: pace of its failure clock. */
  readonly paces: Float64Array;
  /** Σ rate · pace as a sum and its compensation, so that what stops leaves nothing behind; and how many run. */
  private rateSum = 0;
  private rateRest = 0;
  private runningModes = 0;
  /** The three as they are at roots, and at the one of the incident under way. */
  private readonly sums = new WeakMap<object, RateSums>();
  private rootSums: RateSums = { sum: 0, rest: 0, running: 0 };
  /** Per random branch, where not all of them matter to what is asked about. */
  private readonly matters: Uint8Array | undefined;
  /** Rare branches met since the root. */
  private rareBranches = 0;
  /** The root of the incident under way, and the modes whose pace has changed since, so many. */
  private root: object | undefined;
  private readonly changed: Int32Array;
  private changes = 0;
  private readonly isChanged: Uint8Array;
  /** By class: total rate of the failure clocks less that at the root, and Σ change · time since the root, 1/µs and 1. */
  private readonly drift: Float64Array;
  private readonly moment: Float64Array;
  private rootTime = 0;
  private readonly classOf: Int32Array;
  /** Running phase clocks. */
  count = 0;
  private readonly rates: Float64Array;
  /** Modes that age, their hazards, and per mode its age (µs of operation) when `ageSince` was noted. */
  private readonly ageing: readonly number[];
  private readonly hazards: readonly (Hazard | undefined)[];
  private readonly ages: Float64Array;
  private readonly ageSince: Float64Array;
  /** Proof tests run beside the phases: they end what is latent, and are never forced. */
  private readonly tests: readonly number[];
  private readonly isTest: Uint8Array;
  private readonly lawOfMode: Int32Array;
  /** Failure clocks that strike at fixed ages. */
  readonly fixed: FixedClocks;
  private readonly ranks: Uint8Array;
  private readonly slots: Int32Array;
  private readonly times: Float64Array;
  private readonly arming: Float64Array;
  private readonly laws: Int32Array;
  /** When each began, µs, and the column of its score. */
  private readonly began: Float64Array;
  private readonly columns: Int32Array;
  private readonly phases: PhaseClasses;
  private armed = 0;
  private readonly streams: Streams;
  private readonly sampler: Sampler;
  private readonly biases: readonly (LengthBias | undefined)[];
  /** Law number of the first biased law of each law. */
  private readonly firstBiased: Int32Array;
  private tape: Float64Array = new Float64Array(1024);
  private ratios: Float64Array = new Float64Array(1024);
  /** Per tape entry: where the shares of its mixture stand, −1 for what is no mixture; and its law. */
  private rows: Int32Array = new Int32Array(1024);
  private recorded = 0;
  private position = 0;
  /** Shares of the mixtures, by (context, law). */
  readonly mixtures: LearnedShares;
  private readonly parts = new Float64Array(PARTS);
  /** Context of what is drawn, for the shares of its mixture. */
  context = 0;

  constructor(model: CompiledModel, classes: FailureClasses, phases: PhaseClasses, streams: Streams, contexts: number) {
    const { rates, hazards, fixed, count, of, tests, foreground } = classes;
    const { slots, modes, laws } = model;
    // What ages is no part of the sum of rates.
    this.rates = rates.map((rate, mode) => (hazards[mode] === undefined && fixed[mode] === undefined ? rate : 0));
    this.fixed = new FixedClocks(fixed);
    this.hazards = hazards;
    this.ageing = [...rates.keys()].filter((mode) => hazards[mode] !== undefined);
    this.ages = new Float64Array(modes.count);
    this.ageSince = new Float64Array(modes.count);
    this.classOf = of;
    this.matters = foreground?.streams;
    this.drift = new Float64Array(count);
    this.moment = new Float64Array(count);
    this.ranks = slots.rank;
    this.paces = new Float64Array(modes.count);
    this.isChanged = new Uint8Array(modes.count);
    this.changed = new Int32Array(modes.count);
    this.tests = tests;
    this.lawOfMode = modes.law;
    this.isTest = new Uint8Array(modes.count);
    for (const test of tests) this.isTest[test] = 1;
    const most = slots.count - modes.count + tests.length;
    this.slots = new Int32Array(most);
    this.times = new Float64Array(most);
    this.arming = new Float64Array(most);
    this.laws = new Int32Array(most);
    this.began = new Float64Array(most);
    this.columns = new Int32Array(most);
    this.phases = phases;
    this.streams = streams;
    const total = rates.reduce((sum, rate) => sum + rate, 0) * SECOND;
    const all: Law[] = [...laws];
    this.firstBiased = new Int32Array(laws.length);
    this.biases = laws.map((law, i) => {
      const bias = lengthBias(law, total);
      this.firstBiased[i] = all.length;
      if (bias !== undefined) all.push(...bias.biased.map((one) => one.law));
      return bias;
    });
    this.sampler = new Sampler(all, streams);
    this.mixtures = new LearnedShares(contexts * laws.length, FIRST_SHARES, LEAST_SHARES);
  }

  /** What has been drawn on the tape led to `value`: parts of mixtures that make such draws likely are worth it. */
  learn(value: number): void {
    for (let i = 0; i < this.position; i++) {
      const row = this.rows[i]!;
      if (row < 0) continue;
      const bias = this.biases[(row / PARTS) % this.biases.length]!;
      const sum = partsAt(bias, this.tape[i]! / MICROSECONDS_PER_SECOND, this.mixtures.shares, row, this.parts);
      for (let part = 0; part < PARTS; part++) this.mixtures.learn(row + part, (value * this.parts[part]!) / sum);
    }
  }

  /**
   * At the root of an incident: nothing runs but the failure clocks, at `paces`, and proof tests. The tape is kept and played
   * from its start.
   *
   * @param root whose paces these are
   */
  atRoot(root: object, paces: Float64Array, { ages, due = [], tests }: RootClocks = {}): void {
    if (ages !== undefined) {
      this.fixed.atRoot(this.now, paces, ages, due);
      this.ages.set(ages);
      this.ageSince.fill(this.now);
    }
    for (let i = 0; i < this.changes; i++) {
      const mode = this.changed[i]!;
      this.paces[mode] = paces[mode]!;
      this.isChanged[mode] = 0;
    }
    this.changes = 0;
    if (root !== this.root) {
      this.paces.set(paces);
      this.root = root;
      this.rootSums = this.sumsAt(root, paces);
    }
    this.rareBranches = 0;
    this.rootTime = this.now;
    this.drift.fill(0);
    this.moment.fill(0);
    this.rateSum = this.rootSums.sum;
    this.rateRest = this.rootSums.rest;
    this.runningModes = this.rootSums.running;
    this.count = 0;
    this.armed = 0;
    this.position = 0;
    this.phases.reset();
    if (tests === undefined) return;
    for (const [i, test] of this.tests.entries()) this.enter(test, this.lawOfMode[test]!, tests[i]!);
  }

  private sumsAt(root: object, paces: Float64Array): RateSums {
    const known = this.sums.get(root);
    if (known !== undefined) return known;
    this.rateSum = 0;
    this.rateRest = 0;
    let running = 0;
    for (let mode = 0; mode < paces.length; mode++) {
      if (paces[mode] === 0) continue;
      running++;
      this.addRate(paces[mode]! * this.rates[mode]!);
    }
    const sums = { sum: this.rateSum, rest: this.rateRest, running };
    this.sums.set(root, sums);
    return sums;
  }

  /** A new incident: the tape is empty. */
  eraseTape(): void {
    this.recorded = 0;
  }

  /** From here on the incident goes on differently: forgets what the tape holds beyond the present position. */
  cutTape(): void {
    this.recorded = this.position;
  }

  start(slot: number, law: number, origin: number): void {
    this.enter(slot, law, this.position < this.recorded ? this.play() : this.drawDuration(law, origin));
  }

  private enter(slot: number, law: number, duration: number): void {
    let at = 0;
    while (at < this.count && this.slots[at] !== slot) at++;
    if (at === this.count) this.count++;
    else this.phases.cut(this.columns[at]!, this.laws[at]!, this.now - this.began[at]!);
    this.began[at] = this.now;
    this.columns[at] = this.phases.of(slot);
    this.slots[at] = slot;
    this.times[at] = this.now + duration;
    this.arming[at] = this.armed++;
    this.laws[at] = law;
  }

  stop(slot: number): void {
    for (let at = 0; at < this.count; at++) {
      if (this.slots[at] === slot) {
        this.phases.cut(this.columns[at]!, this.laws[at]!, this.now - this.began[at]!);
        this.remove(at);
        return;
      }
    }
  }

  pace(mode: number, factor: number): void {
    const before = this.paces[mode]!;
    if (this.hazards[mode] !== undefined) {
      this.ages[mode] = this.ageAt(mode, this.now);
      this.ageSince[mode] = this.now;
    } else if (this.fixed.has(mode)) this.fixed.pace(mode, factor, this.now);
    this.runningModes += (factor > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
    this.addRate(factor * this.rates[mode]!);
    this.addRate(-before * this.rates[mode]!);
    this.paces[mode] = factor;
    if (this.isChanged[mode] === 0) {
      this.isChanged[mode] = 1;
      this.changed[this.changes++] = mode;
    }
    const change = (factor - before) * this.rates[mode]!;
    const one = this.classOf[mode]!;
    this.drift[one]! += change;
    this.moment[one]! += change * (this.now - this.rootTime);
  }

  /** Failures to be expected of each class from the root until now, given the course taken; `rootRates` in 1/µs. */
  exposures(rootRates: Float64Array, out: Float64Array): void {
    const length = this.now - this.rootTime;
    for (let one = 0; one < out.length; one++)
      out[one] = (rootRates[one]! + this.drift[one]!) * length - this.moment[one]!;
  }

  renew(mode: number): void {
    if (this.isTest[mode] === 1) this.start(mode, this.lawOfMode[mode]!, 0);
    if (this.fixed.has(mode)) this.fixed.renew(mode, this.now);
    this.ages[mode] = 0;
    this.ageSince[mode] = this.now;
  }

  private ageAt(mode: number, time: number): number {
    return this.ages[mode]! + (time - this.ageSince[mode]!) * this.paces[mode]!;
  }

  /** Failures to be expected of the clocks that run from `from` to `to` (µs) if nothing changes meanwhile. */
  hazardBetween(from: number, to: number): number {
    let sum = this.failureRate * (to - from);
    for (const mode of this.ageing) {
      if (this.paces[mode] === 0) continue;
      const hazard = this.hazards[mode]!;
      sum += hazard.gathered(this.ageAt(mode, to) / SECOND) - hazard.gathered(this.ageAt(mode, from) / SECOND);
    }
    return Math.max(0, sum);
  }

  /** Failure rate of each mode now, 1/µs, to `out`. */
  ratesNow(out: Float64Array): void {
    const { rates, paces, ageing, hazards } = this;
    let sum = 0;
    for (let mode = 0; mode < out.length; mode++) {
      out[mode] = rates[mode]! * paces[mode]!;
      sum += out[mode]!;
    }
    for (const mode of ageing) {
      const pace = paces[mode]!;
      if (pace === 0) continue;
      // A clock that starts at this very instant has no age yet.
      const age = Math.max(1, this.ageAt(mode, this.now)) / SECOND;
      out[mode] = (hazards[mode]!.rate(age) * pace) / SECOND;
      sum += out[mode]!;
    }
    if (sum > 0) return;
    // A failure is forced where next to none can be.
    for (const mode of ageing) if (paces[mode] !== 0) out[mode] = LEAST_RATE;
  }

  /** Total rate of the failure clocks that do not age, 1/µs. */
  private get failureRate(): number {
    return this.runningModes === 0 ? 0 : Math.max(0, this.rateSum + this.rateRest);
  }

  choose(p: number, stream: number): boolean {
    let drawn = p;
    if ((p < RARE_BRANCH || p > 1 - RARE_BRANCH) && this.matters?.[stream] !== 0) {
      const least = RARE_BRANCH * Math.min(1, (RARE_BRANCHES / ++this.rareBranches) ** 2);
      if (this.biased) drawn = p < RARE_BRANCH ? Math.max(p, least) : Math.min(p, 1 - least);
    }
    if (this.position < this.recorded) return this.play() === 1;
    const outcome = this.streams.next53(DRAWS) < drawn;
    this.record(outcome ? 1 : 0, outcome ? p / drawn : (1 - p) / (1 - drawn), -1);
    return outcome;
  }

  /** Index of the phase clock that runs out next (time, rank, arming), −1 if none runs. */
  next(): number {
    let best = -1;
    for (let at = 0; at < this.count; at++) if (best < 0 || this.precedes(at, best)) best = at;
    return best;
  }

  timeAt(index: number): number {
    return this.times[index]!;
  }

  lawAt(index: number): number {
    return this.laws[index]!;
  }

  /** Takes the clock at `index` off the list; its slot. */
  take(index: number): number {
    const slot = this.slots[index]!;
    this.phases.ended(this.columns[index]!, this.laws[index]!, this.times[index]! - this.began[index]!);
    this.remove(index);
    return slot;
  }

  /** Neumaier's summation. */
  private addRate(rate: number): void {
    const sum = this.rateSum + rate;
    this.rateRest += Math.abs(this.rateSum) >= Math.abs(rate) ? this.rateSum - sum + rate : rate - sum + this.rateSum;
    this.rateSum = sum;
  }

  private precedes(a: number, b: number): boolean {
    const [s, t] = [this.times[a]!, this.times[b]!];
    if (s !== t) return s < t;
    const [p, q] = [this.ranks[this.slots[a]!]!, this.ranks[this.slots[b]!]!];
    return p !== q ? p < q : this.arming[a]! < this.arming[b]!;
  }

  private remove(at: number): void {
    const last = --this.count;
    this.slots[at] = this.slots[last]!;
    this.times[at] = this.times[last]!;
    this.arming[at] = this.arming[last]!;
    this.laws[at] = this.laws[last]!;
    this.began[at] = this.began[last]!;
    this.columns[at] = this.columns[last]!;
  }

  private drawDuration(law: number, origin: number): number {
    const { sampler, streams } = this;
    const bias = this.biased ? this.biases[law] : undefined;
    if (bias === undefined) {
      const duration = sampler.draw(law, DRAWS, this.now - origin);
      this.record(duration, 1, -1);
      return duration;
    }
    const row = (this.context * this.biases.length + law) * PARTS;
    const { shares } = this.mixtures;
    let u = streams.next53(DRAWS) - shares[row]!;
    let duration: number;
    if (u < 0) duration = sampler.draw(law, DRAWS, this.now - origin);
    else {
      let k = 0;
      while (k < bias.biased.length - 1 && u >= shares[row + k + 1]!) u -= shares[row + ++k]!;
      const { power, scale } = bias.biased[k]!;
      const drawn = sampler.draw(this.firstBiased[law]! + k, DRAWS, 0) / MICROSECONDS_PER_SECOND;
      const seconds = bias.offset + (power === 1 ? drawn : drawn ** power) * scale;
      duration = Math.round(seconds * MICROSECONDS_PER_SECOND);
    }
    this.record(duration, 1 / partsAt(bias, duration / MICROSECONDS_PER_SECOND, shares, row, this.parts), row);
    return duration;
  }

  private record(value: number, ratio: number, row: number): void {
    if (this.recorded === this.tape.length) {
      this.tape = extended(this.tape);
      this.ratios = extended(this.ratios);
      this.rows = Int32Array.from({ length: 2 * this.rows.length }, (_, i) => this.rows[i] ?? -1);
    }
    this.tape[this.recorded] = value;
    this.ratios[this.recorded] = ratio;
    this.rows[this.recorded] = row;
    this.recorded++;
    this.position++;
    this.likelihood *= ratio;
  }

  private play(): number {
    this.likelihood *= this.ratios[this.position]!;
    return this.tape[this.position++]!;
  }
}

function extended(array: Float64Array): Float64Array {
  const longer = new Float64Array(2 * array.length);
  longer.set(array);
  return longer;
}
