/** Least chance that an incident is followed into a further failure, forced or by chance. */
const LEAST_FORCED = 0.25;
const LEAST_BY_CHANCE = 0.15;
/** Failures that followed, and samples, below which nothing is known of them. */
const FEWEST_FOLLOWED = 20;
const FEWEST_SAMPLES = 50;
/** By context: Σ (what came of following)², Σ events that took, and how often, each by the chance that it was followed. */
const FOLLOWED = 3;
/** By stratum: Σ worth and Σ worth² of whole samples, their events and their number. */
const WHOLE = 4;

/**
 * Chooses whether an incident is followed into a further failure (methods §2.2, roulette): always until the pilot has told what
 * comes of it, and what it takes. As of parts of a sample that are drawn by chance q, each adds S/q to its square and c·q to its
 * events, variance times events is least with q = √(S/c ÷ V/C), V and C being the variance and the events of whole samples.
 */
export class FollowingChoice {
  private readonly contexts: number;
  private readonly sums: Float64Array;
  private readonly newSums: Float64Array;
  /** By context √(S/c), −1 where nothing is known; by stratum √(C/V), 0 where nothing is. */
  private readonly gains: Float64Array;
  private readonly scales: Float64Array;

  /** @param contexts that further failures are told apart by, @param strata that samples are */
  constructor(contexts: number, strata: number) {
    this.contexts = contexts;
    this.sums = new Float64Array(FOLLOWED * contexts + WHOLE * strata);
    this.newSums = new Float64Array(this.sums.length);
    this.gains = new Float64Array(contexts).fill(-1);
    this.scales = new Float64Array(strata);
  }

  /** The chance by which a sample of `stratum` is followed into the next forced failure. */
  chance(stratum: number, context: number): number {
    const gain = this.gains[context]!;
    const scale = this.scales[stratum]!;
    return gain < 0 || scale === 0 ? 1 : Math.min(1, Math.max(LEAST_FORCED, gain * scale));
  }

  /** The same of a failure that strikes by chance, with probability `mass` in all. */
  chanceBeyond(mass: number): number {
    return Math.max(LEAST_BY_CHANCE, mass);
  }

  /** An incident followed by `chance`: the worth of all that came of it, weighed as it was, and its events. */
  learn(context: number, chance: number, worth: number, events: number): void {
    const at = FOLLOWED * context;
    this.newSums[at]! += chance * worth * worth;
    this.newSums[at + 1]! += events / chance;
    this.newSums[at + 2]! += 1 / chance;
  }

  /** A whole sample, followed or not. */
  learnSample(stratum: number, worth: number, events: number): void {
    const at = FOLLOWED * this.contexts + WHOLE * stratum;
    this.newSums[at]! += worth;
    this.newSums[at + 1]! += worth * worth;
    this.newSums[at + 2]! += events;
    this.newSums[at + 3]!++;
  }

  /** What has been learned since the last time, as `place, sum` one after the other. */
  takeLesson(): number[] {
    const { newSums } = this;
    const lesson: number[] = [];
    for (let at = 0; at < newSums.length; at++) if (newSums[at]! > 0) lesson.push(at, newSums[at]!);
    newSums.fill(0);
    return lesson;
  }

  /** Adds a lesson to what is used once `useLearned` has been called. */
  teach(lesson: ArrayLike<number>): void {
    for (let i = 0; i < lesson.length; i += 2) this.sums[lesson[i]!]! += lesson[i + 1]!;
  }

  useLearned(): void {
    const { sums, contexts, gains, scales } = this;
    for (let context = 0; context < contexts; context++) {
      const at = FOLLOWED * context;
      if (sums[at + 2]! >= FEWEST_FOLLOWED) gains[context] = Math.sqrt(sums[at]! / sums[at + 1]!);
    }
    for (let stratum = 0; stratum < scales.length; stratum++) {
      const at = FOLLOWED * contexts + WHOLE * stratum;
      const samples = sums[at + 3]!;
      if (samples < FEWEST_SAMPLES) continue;
      const variance = sums[at + 1]! / samples - (sums[at]! / samples) ** 2;
      // Where no sample was worth anything, or all the same, it is not known what to save.
      scales[stratum] = variance > 0 ? Math.sqrt(sums[at + 2]! / samples / variance) : 0;
    }
  }
}
