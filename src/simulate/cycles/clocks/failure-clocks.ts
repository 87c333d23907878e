import type { Hazard } from '../../../measures/statistics/hazard.ts';
import { MICROSECONDS_PER_SECOND } from '../../../model/time.ts';
import type { FailureClasses } from '../failure-classes.ts';
import { FixedClocks } from './fixed-clocks.ts';
import type { OftenClock } from './often-clock.ts';
import { RateSum } from './rate-sum.ts';

/** What has hardly any age may have a rate that underflows. */
const LEAST_RATE = 1e-300;
const SECOND = MICROSECONDS_PER_SECOND;

/**
 * Failure clocks of an incident. They do not run at all: only their rates are kept, for the sampler to force failures. Those
 * of constant rate are one sum; those that age are looked at one by one; those that are left to chance have a clock that runs.
 */
export class FailureClocks {
  /** Per mode: pace of its failure clock. */
  readonly paces: Float64Array;
  /** Those that strike at fixed ages. */
  readonly fixed: FixedClocks;
  /** Those that are not forced. */
  private readonly often: OftenClock;
  private readonly isOften: Uint8Array;
  /** Per mode of constant rate: its rate; and the same but for those that are left to chance. */
  private readonly rates: Float64Array;
  readonly forcedRates: Float64Array;
  /** Total rate of those that can be forced. */
  private readonly sum = new RateSum();
  /** The sums as they are at roots. */
  private sums = new WeakMap<object, { readonly forced: RateSum; readonly often: RateSum }>();
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

  constructor({ rates, hazards, fixed, count, of }: FailureClasses, often: OftenClock) {
    const modes = rates.length;
    // What ages is no part of the sum of rates.
    this.rates = rates.map((rate, mode) => (hazards[mode] === undefined && fixed[mode] === undefined ? rate : 0));
    this.forcedRates = this.rates.slice();
    this.often = often;
    this.isOften = new Uint8Array(modes);
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
    }
    this.rootTime = now;
    this.drift.fill(0);
    this.moment.fill(0);
    const { forced, often } = this.sumsAt(root, paces);
    this.sum.copy(forced);
    this.often.sum.copy(often);
    this.often.change();
  }

  /** From here on the modes marked are left to chance, all others forced; only between incidents. */
  leaveToChance(isOften: Uint8Array): void {
    this.isOften.set(isOften);
    this.forcedRates.set(this.rates.map((rate, mode) => (isOften[mode] === 1 ? 0 : rate)));
    this.often.use(Int32Array.from([...isOften.keys()].filter((mode) => isOften[mode] === 1)));
    this.sums = new WeakMap();
  }

  private sumsAt(root: object, paces: Float64Array): { readonly forced: RateSum; readonly often: RateSum } {
    let sums = this.sums.get(root);
    if (sums === undefined) {
      sums = { forced: new RateSum(), often: new RateSum() };
      for (let mode = 0; mode < paces.length; mode++) {
        const { forced, often } = sums;
        if (paces[mode] !== 0) (this.isOften[mode] === 1 ? often : forced).change(this.rates[mode]!, 0, paces[mode]!);
      }
      this.sums.set(root, sums);
    }
    return sums;
  }

  pace(mode: number, factor: number, now: number): void {
    const before = this.paces[mode]!;
    if (this.hazards[mode] !== undefined) {
      this.ages[mode] = this.ageAt(mode, now);
      this.ageSince[mode] = now;
    } else if (this.fixed.has(mode)) this.fixed.pace(mode, factor, now);
    if (this.isOften[mode] === 1) {
      this.often.sum.change(this.rates[mode]!, before, factor);
      this.often.change();
    } else this.sum.change(this.rates[mode]!, before, factor);
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
    let sum = this.sum.total * (to - from);
    for (const mode of this.ageing) {
      if (this.paces[mode] === 0) continue;
      const hazard = this.hazards[mode]!;
      sum += hazard.gathered(this.ageAt(mode, to) / SECOND) - hazard.gathered(this.ageAt(mode, from) / SECOND);
    }
    return Math.max(0, sum);
  }

  /** Failure rate of each mode that can be forced at `now`, 1/µs, to `out`. */
  ratesAt(now: number, out: Float64Array): void {
    const { forcedRates: rates, paces, ageing, hazards } = this;
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
}
