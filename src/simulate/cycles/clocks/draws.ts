import type { CompiledModel } from '../../../compile/model.ts';
import { Sampler } from '../../../kernel/sampler.ts';
import type { Streams } from '../../../kernel/streams.ts';
import type { Law } from '../../../model/law.ts';
import { MICROSECONDS_PER_SECOND } from '../../../model/time.ts';
import { LearnedShares } from '../choices/learned-shares.ts';
import { FIRST_SHARES, type LengthBias, lengthBias, partsAt } from '../choices/length-bias.ts';
import type { FailureClasses } from '../failure-classes.ts';
import { Tape } from './tape.ts';

/** Branches less likely than this are drawn with this probability instead (methods §2.3). */
const RARE_BRANCH = 0.25;
/**
 * Rare branches of a course up to which that is so; those after them are drawn ever closer to their own probability: where one
 * fault asks forty times whether it is covered, each answer drawn otherwise would multiply the weights.
 */
const RARE_BRANCHES = 4;
/** Parts of a duration's mixture, and the least share that learning leaves to the law itself and to each other part. */
const PARTS = FIRST_SHARES.length;
const LEAST_SHARES = [0.2, 0.05, 0.05, 0.05] as const;
/** Streams of a sample: what the model draws, and what the sampler decides. */
export const DRAWS = 0;
export const DECISIONS = 1;

/** Durations and branches of an incident, drawn otherwise than they fall and weighed for it; what was drawn is on the tape. */
export class IncidentDraws {
  readonly tape = new Tape();
  /** False: branches and durations are drawn by their own laws. */
  biased = true;
  /** False: durations are, whatever branches are. */
  stretches = true;
  /** Context of what is drawn, for the shares of its mixture. */
  context = 0;
  /** Shares of the mixtures, by (context, law). */
  readonly mixtures: LearnedShares;
  private readonly streams: Streams;
  private readonly sampler: Sampler;
  private readonly biases: readonly (LengthBias | undefined)[];
  /** Law number of the first biased law of each law. */
  private readonly firstBiased: Int32Array;
  private readonly parts = new Float64Array(PARTS);
  /** Per random branch, where not all of them matter to what is asked about. */
  private readonly matters: Uint8Array | undefined;
  /** Rare branches met since the root. */
  private rareBranches = 0;

  constructor({ laws }: CompiledModel, { rates, foreground }: FailureClasses, streams: Streams, contexts: number) {
    this.streams = streams;
    this.matters = foreground?.streams;
    const total = rates.reduce((sum, rate) => sum + rate, 0) * MICROSECONDS_PER_SECOND;
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

  /** At the root of an incident: the tape is kept and played from its start. */
  atRoot(): void {
    this.rareBranches = 0;
    this.tape.rewind();
  }

  /** What is on the tape up to its position led to `value`: parts of mixtures that make such draws likely are worth it. */
  learn(value: number): void {
    const { tape, mixtures, biases, parts } = this;
    for (let i = 0; i < tape.position; i++) {
      const row = tape.rowAt(i);
      if (row < 0) continue;
      const bias = biases[(row / PARTS) % biases.length]!;
      const sum = partsAt(bias, tape.valueAt(i) / MICROSECONDS_PER_SECOND, mixtures.shares, row, parts);
      for (let part = 0; part < PARTS; part++) mixtures.learn(row + part, (value * parts[part]!) / sum);
    }
  }

  /** True with probability `p`, by branch `stream` of the model. */
  branch(p: number, stream: number): boolean {
    let drawn = p;
    if ((p < RARE_BRANCH || p > 1 - RARE_BRANCH) && this.matters?.[stream] !== 0) {
      const least = RARE_BRANCH * Math.min(1, (RARE_BRANCHES / ++this.rareBranches) ** 2);
      if (this.biased) drawn = p < RARE_BRANCH ? Math.max(p, least) : Math.min(p, 1 - least);
    }
    const { tape } = this;
    if (tape.isPlaying) return tape.play() === 1;
    const outcome = this.streams.next53(DRAWS) < drawn;
    tape.record(outcome ? 1 : 0, outcome ? p / drawn : (1 - p) / (1 - drawn), -1);
    return outcome;
  }

  /** A duration by law `law`, µs; calendar laws began `age` µs ago. */
  duration(law: number, age: number): number {
    const { tape } = this;
    if (tape.isPlaying) return tape.play();
    const bias = this.biased && this.stretches ? this.biases[law] : undefined;
    if (bias === undefined) {
      const duration = this.sampler.draw(law, DRAWS, age);
      tape.record(duration, 1, -1);
      return duration;
    }
    const row = (this.context * this.biases.length + law) * PARTS;
    const { shares } = this.mixtures;
    const duration = this.fromMixture(law, bias, row, age);
    tape.record(duration, 1 / partsAt(bias, duration / MICROSECONDS_PER_SECOND, shares, row, this.parts), row);
    return duration;
  }

  private fromMixture(law: number, bias: LengthBias, row: number, age: number): number {
    const { sampler } = this;
    const { shares } = this.mixtures;
    let u = this.streams.next53(DRAWS) - shares[row]!;
    if (u < 0) return sampler.draw(law, DRAWS, age);
    let k = 0;
    while (k < bias.biased.length - 1 && u >= shares[row + k + 1]!) u -= shares[row + ++k]!;
    const { power, scale } = bias.biased[k]!;
    const drawn = sampler.draw(this.firstBiased[law]! + k, DRAWS, 0) / MICROSECONDS_PER_SECOND;
    const seconds = bias.offset + (power === 1 ? drawn : drawn ** power) * scale;
    return Math.round(seconds * MICROSECONDS_PER_SECOND);
  }
}
