import type { IncidentPath } from '../incident-path.ts';
import { LearnedMoments } from './learned-moments.ts';
import { LearnedShares } from './learned-shares.ts';

/**
 * Parts of the mixture of times (methods §2.5): as it falls, every interval alike, early by one and by two powers, and where
 * the pilot saw downtime come from.
 */
const NATURAL = 0;
const BALANCED = 1;
const EARLY = 2;
const EARLIER = 3;
const LEARNED = 4;
const PARTS = 5;
/** Shares to start with. */
const FIRST_SHARES = [0.4, 0.2, 0.2, 0.2, 0] as const;
/** Least shares that learning leaves to each part. */
const LEAST_SHARES = [0.1, 0.05, 0.05, 0.05, 0.05] as const;
/** Kinds of intervals that are told apart, at most. */
const MOST_KINDS = 64;

/**
 * Chooses when the next failure strikes. Intervals of a path are told apart by the phase that ends them; which of them lead
 * to downtime, and which parts of the mixture, is learned by context (`contexts.ts`).
 */
export class TimeChoice {
  /** Where the next failure strikes, µs after the interval's start. */
  interval = 0;
  offset = 0;
  /** Likelihood ratio f̃/g of the last choice: f̃ is the density of a failure there, not normalised. */
  ratio = 0;
  /** Of the last choice, for `learn`: the kind of its interval, and by part its share of the density there. */
  kind = 0;
  readonly parts = new Float64Array(PARTS);
  private readonly kinds: number;
  /** What intervals of each kind led to, and the shares of the mixture. */
  private readonly moments: LearnedMoments;
  private readonly mixture: LearnedShares;
  /** By interval: running sums of the weights of each part. */
  private sums = new Float64Array(256 * PARTS);

  /** @param laws laws of the model, by which intervals are told apart */
  constructor(contexts: number, laws: number) {
    this.kinds = Math.min(laws, MOST_KINDS);
    this.moments = new LearnedMoments(contexts, this.kinds);
    this.mixture = new LearnedShares(contexts, FIRST_SHARES, LEAST_SHARES);
  }

  /**
   * Draws the time of the next failure on `path` from a mixture that leaves no stretch of it unlikely. `path.mass` must be
   * positive.
   *
   * @param row context of what is learned
   */
  force(path: IncidentPath, row: number, random: () => number): void {
    const { parts } = this;
    const { roots } = this.moments;
    const { shares } = this.mixture;
    const { masses, rates, starts, lengths, laws, count } = path;
    if (count * PARTS > this.sums.length) this.sums = new Float64Array(2 * count * PARTS);
    const { sums } = this;
    const from = starts[0]!;
    const span = starts[count - 1]! + lengths[count - 1]! - from;
    let natural = 0;
    let balanced = 0;
    let early = 0;
    let earlier = 0;
    let learned = 0;
    for (let i = 0; i < count; i++) {
      const mass = masses[i]!;
      if (mass > 0) {
        const left = span - (starts[i]! - from);
        const end = Math.max(0, left - lengths[i]!);
        natural += mass;
        balanced++;
        if (path.modes[i]! >= 0) {
          early += mass * left;
          earlier += mass * left * left;
        } else {
          early += (rates[i]! * (left * left - end * end)) / 2;
          earlier += (rates[i]! * (left * left * left - end * end * end)) / 3;
        }
        learned += mass * roots[row * this.kinds + (laws[i]! % this.kinds)]!;
      }
      sums[i * PARTS] = natural;
      sums[i * PARTS + BALANCED] = balanced;
      sums[i * PARTS + EARLY] = early;
      sums[i * PARTS + EARLIER] = earlier;
      sums[i * PARTS + LEARNED] = learned;
    }
    const at = row * PARTS;
    const shareOfLearned = learned > 0 ? shares[at + LEARNED]! : 0;
    // An instant that ends the path is never early.
    const shareOfEarly = early > 0 ? shares[at + EARLY]! : 0;
    const shareOfEarlier = earlier > 0 ? shares[at + EARLIER]! : 0;
    // What nothing was learned of is drawn as it falls.
    let shareOfNatural = shares[at]! + shares[at + LEARNED]! - shareOfLearned;
    if (shareOfEarlier === 0) shareOfNatural += shares[at + EARLY]! - shareOfEarly + shares[at + EARLIER]!;
    let u = random() - shareOfNatural;
    let part = NATURAL;
    while (u >= 0 && part < LEARNED) {
      part++;
      u -= part === EARLY ? shareOfEarly : part === EARLIER ? shareOfEarlier : shares[at + part]!;
    }
    if (part === LEARNED && shareOfLearned === 0) part = NATURAL;
    const interval = this.find(part, count, random());
    const rate = rates[interval]!;
    const length = lengths[interval]!;
    const left = span - (starts[interval]! - from);
    const isInstant = path.modes[interval]! >= 0;
    if (isInstant) this.offset = 0;
    else if (part === EARLY || part === EARLIER) {
      const end = Math.max(0, left - length);
      const v = random();
      const later =
        part === EARLY
          ? Math.sqrt(left * left - v * (left * left - end * end))
          : Math.cbrt(left * left * left - v * (left * left * left - end * end * end));
      this.offset = Math.min(length, Math.max(0, left - later));
    } else this.offset = within(rate, length, random());
    this.interval = interval;
    const kind = row * this.kinds + (laws[interval]! % this.kinds);
    this.kind = kind;
    const mass = masses[interval]!;
    const inside = -Math.expm1(-rate * length);
    // Density of a failure here, f̃ = h·e^(−H), from the probability of one anywhere in the interval; at an instant the mass.
    const density = isInstant ? mass : (mass / inside) * rate * Math.exp(-rate * this.offset);
    const height = isInstant ? mass : rate;
    const later = left - this.offset;
    parts[NATURAL] = (shareOfNatural * density) / natural;
    parts[BALANCED] = (shares[at + BALANCED]! * density) / (balanced * mass);
    parts[EARLY] = early > 0 ? (shareOfEarly * height * later) / early : 0;
    parts[EARLIER] = earlier > 0 ? (shareOfEarlier * height * later * later) / earlier : 0;
    parts[LEARNED] = shareOfLearned > 0 ? (shareOfLearned * density * roots[kind]!) / learned : 0;
    let mixture = 0;
    for (let k = 0; k < PARTS; k++) mixture += parts[k]!;
    for (let k = 0; k < PARTS; k++) parts[k]! /= mixture;
    this.ratio = density / mixture;
  }

  /** The time as it falls, without a mixture: the ratio is the probability that a failure strikes at all. */
  fall(path: IncidentPath, random: () => number): void {
    this.interval = pick(path.count, (i) => path.masses[i]!, random() * path.mass);
    const isInstant = path.modes[this.interval]! >= 0;
    this.offset = isInstant ? 0 : within(path.rates[this.interval]!, path.lengths[this.interval]!, random());
    this.ratio = path.mass;
  }

  /**
   * What followed a choice: `kind` and `parts` as they were after it.
   *
   * @param perWeight contribution by the weight at the choice
   */
  learn(kind: number, parts: Float64Array, contribution: number, perWeight: number): void {
    this.moments.learn(kind, perWeight);
    const row = Math.floor(kind / this.kinds) * PARTS;
    for (let part = 0; part < PARTS; part++) this.mixture.learn(row + part, contribution * parts[part]!);
  }

  get learners(): readonly [LearnedMoments, LearnedShares] {
    return [this.moments, this.mixture];
  }

  /** First interval at which the running sum of a part exceeds its share `u` of all; the last that can be where rounding runs out. */
  private find(part: number, count: number, u: number): number {
    const { sums } = this;
    const target = u * sums[(count - 1) * PARTS + part]!;
    for (let i = 0; i < count; i++) if (sums[i * PARTS + part]! > target) return i;
    let last = count - 1;
    while (last > 0 && sums[(last - 1) * PARTS + part] === sums[last * PARTS + part]) last--;
    return last;
  }
}

/** First index at which the running sum of the weights exceeds `target`; the last with a weight where rounding runs out. */
export function pick(count: number, weight: (index: number) => number, target: number): number {
  let last = 0;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const w = weight(i);
    if (w <= 0) continue;
    last = i;
    sum += w;
    if (sum > target) return i;
  }
  return last;
}

/** How many there are from which on one is looked for by drawing, and draws after which all of them are gone through. */
const MANY = 64;
const MOST_DRAWS = 64;

/**
 * An index of many by weight, where next to all are alike: whoever is drawn is taken by his share of the largest weight.
 *
 * @returns −1 where there are few, or none of the first draws was taken
 */
export function pickOfMany(
  count: number,
  weight: (index: number) => number,
  largest: number,
  random: () => number,
): number {
  if (count <= MANY) return -1;
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const index = Math.floor(random() * count);
    const own = weight(index);
    if (own > 0 && random() * largest < own) return index;
  }
  return -1;
}

/** First index at which the rising `sums` are above `target`, the last where rounding leaves none. */
export function firstAbove(sums: Float64Array, target: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Time of an exponential failure known to strike within `length`. */
function within(rate: number, length: number, u: number): number {
  return Math.min(length, -Math.log1p(u * Math.expm1(-rate * length)) / rate);
}
