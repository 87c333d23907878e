import type { Hazard } from '../../../measures/statistics/hazard.ts';
import { MICROSECONDS_PER_SECOND } from '../../../model/time.ts';
import type { FailureClasses } from '../failure-classes.ts';
import { FixedClocks } from './fixed-clocks.ts';

/** What has hardly any age may have a rate that underflows. */
const LEAST_RATE = 1e-300;
const SECOND = MICROSECONDS_PER_SECOND;

/** Total rate of the failure clocks, a sum and its compensation (1/µs), and how many run. */
interface RateSums {
  readonly sum: number;
  readonly rest: number;
  readonly running: number;
}

/**
 * Failure clocks of an incident. They do not run at all: only their rates are kept, for the sampler to force failures. Those
 * of constant rate are one sum; those that age are looked at one by one.
 */
export class FailureClocks {
  /** Per mode: pace of its failure clock. */
  readonly paces: Float64Array;
  /** Those that strike at fixed ages. */
  readonly fixed: FixedClocks;
  private readonly rates: Float64Array;
  /** Σ rate · pace as a sum and its compensation, so that what stops leaves nothing behind; and how many run. */
  private rateSum = 0;
  private rateRest = 0;
  private runningModes = 0;
  /** The three as they are at roots, and at the one of the incident under way. */
  private readonly sums = new WeakMap<object, RateSums>();
  private rootSums: RateSums = { sum: 0, rest: 0, running: 0 };
  /** The root of the incident under way, and the modes whose pace has changed since, so many. */
  private root: object | undefined;
  private rootTime = 0;
  private readonly changed: Int32Array;
  private changes = 0;
  private readonly isChanged: Uint8Array;
  /** By class: total rate of the failure clocks less that at the root, and Σ change · time since the root, 1/µs and 1. */
  private readonly drift: Float64Array;
  private readonly moment: Float64Array;
  private readonly classOf: Int32Array;
  /** Modes that age, their hazards, and per mode its age (µs of operation) when `ageSince` was noted. */
  private readonly ageing: readonly number[];
  private readonly hazards: readonly (Hazard | undefined)[];
  private readonly ages: Float64Array;
  private readonly ageSince: Float64Array;

  constructor({ rates, hazards, fixed, count, of }: FailureClasses) {
    const modes = rates.length;
    // What ages is no part of the sum of rates.
    this.rates = rates.map((rate, mode) => (hazards[mode] === undefined && fixed[mode] === undefined ? rate : 0));
    this.fixed = new FixedClocks(fixed);
    this.hazards = hazards;
    this.ageing = [...rates.keys()].filter((mode) => hazards[mode] !== undefined);
    this.ages = new Float64Array(modes);
    this.ageSince = new Float64Array(modes);
    this.classOf = of;
    this.drift = new Float64Array(count);
    this.moment = new Float64Array(count);
    this.paces = new Float64Array(modes);
    this.isChanged = new Uint8Array(modes);
    this.changed = new Int32Array(modes);
  }

  /**
   * At the root of an incident, µs.
   *
   * @param root whose paces these are
   * @param ages by mode, µs of operation, @param due modes that strike at the very instant of the root, too
   */
  atRoot(now: number, root: object, paces: Float64Array, ages?: Float64Array, due: readonly number[] = []): void {
    if (ages !== undefined) {
      this.fixed.atRoot(now, paces, ages, due);
      this.ages.set(ages);
      this.ageSince.fill(now);
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
    this.rootTime = now;
    this.drift.fill(0);
    this.moment.fill(0);
    this.rateSum = this.rootSums.sum;
    this.rateRest = this.rootSums.rest;
    this.runningModes = this.rootSums.running;
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

  pace(mode: number, factor: number, now: number): void {
    const before = this.paces[mode]!;
    if (this.hazards[mode] !== undefined) {
      this.ages[mode] = this.ageAt(mode, now);
      this.ageSince[mode] = now;
    } else if (this.fixed.has(mode)) this.fixed.pace(mode, factor, now);
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
    this.moment[one]! += change * (now - this.rootTime);
  }

  renew(mode: number, now: number): void {
    if (this.fixed.has(mode)) this.fixed.renew(mode, now);
    this.ages[mode] = 0;
    this.ageSince[mode] = now;
  }

  /** Failures to be expected of each class from the root until `now`, given the course taken; `rootRates` in 1/µs. */
  exposures(now: number, rootRates: Float64Array, out: Float64Array): void {
    const length = now - this.rootTime;
    for (let one = 0; one < out.length; one++)
      out[one] = (rootRates[one]! + this.drift[one]!) * length - this.moment[one]!;
  }

  /** Failures to be expected of the clocks that run from `from` to `to` (µs) if nothing changes meanwhile. */
  hazardBetween(from: number, to: number): number {
    let sum = this.constantRate * (to - from);
    for (const mode of this.ageing) {
      if (this.paces[mode] === 0) continue;
      const hazard = this.hazards[mode]!;
      sum += hazard.gathered(this.ageAt(mode, to) / SECOND) - hazard.gathered(this.ageAt(mode, from) / SECOND);
    }
    return Math.max(0, sum);
  }

  /** Failure rate of each mode at `now`, 1/µs, to `out`. */
  ratesAt(now: number, out: Float64Array): void {
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
      const age = Math.max(1, this.ageAt(mode, now)) / SECOND;
      out[mode] = (hazards[mode]!.rate(age) * pace) / SECOND;
      sum += out[mode]!;
    }
    if (sum > 0) return;
    // A failure is forced where next to none can be.
    for (const mode of ageing) if (paces[mode] !== 0) out[mode] = LEAST_RATE;
  }

  private ageAt(mode: number, time: number): number {
    return this.ages[mode]! + (time - this.ageSince[mode]!) * this.paces[mode]!;
  }

  /** Total rate of the clocks that do not age, 1/µs. */
  private get constantRate(): number {
    return this.runningModes === 0 ? 0 : Math.max(0, this.rateSum + this.rateRest);
  }

  /** Neumaier's summation. */
  private addRate(rate: number): void {
    const sum = this.rateSum + rate;
    this.rateRest += Math.abs(this.rateSum) >= Math.abs(rate) ? this.rateSum - sum + rate : rate - sum + this.rateSum;
    this.rateSum = sum;
  }
}
