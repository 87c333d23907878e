import type { CompiledModel } from '../../../compile/model.ts';
import { Sampler } from '../../../kernel/sampler.ts';
import type { Streams } from '../../../kernel/streams.ts';
import type { Law } from '../../../model/law.ts';
import { MICROSECONDS_PER_SECOND } from '../../../model/time.ts';
import { LearnedShares } from '../choices/learned-shares.ts';
import { FIRST_SHARES, type LengthBias, lengthBias, partsAt } from '../choices/length-bias.ts';
import { RareOutcomes } from '../choices/rare-outcomes.ts';
import type { FailureClasses } from '../failure-classes.ts';
import { Tape } from './tape.ts';

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
  readonly outcomes: RareOutcomes;
  private readonly streams: Streams;
  private readonly sampler: Sampler;
  private readonly biases: readonly (LengthBias | undefined)[];
  /** Law number of the first biased law of each law. */
  private readonly firstBiased: Int32Array;
  private readonly parts = new Float64Array(PARTS);

  constructor(model: CompiledModel, { rates, foreground }: FailureClasses, streams: Streams, contexts: number) {
    const { laws } = model;
    this.streams = streams;
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
    this.outcomes = new RareOutcomes(model, contexts, foreground?.streams);
  }

  /** At the root of an incident: the tape is kept and played from its start. */
  atRoot(): void {
    this.outcomes.atRoot();
    this.tape.rewind();
  }

  /** What is on the tape up to its position led to `value`: what makes such draws likely is worth it. */
  learn(value: number): void {
    const { tape, mixtures, outcomes, biases, parts } = this;
    const firstOutcome = mixtures.shares.length;
    for (let i = 0; i < tape.position; i++) {
      const row = tape.rowAt(i);
      if (row < 0) continue;
      if (row >= firstOutcome) {
        outcomes.learned.learn(row - firstOutcome, value);
        continue;
      }
      const bias = biases[(row / PARTS) % biases.length]!;
      const sum = partsAt(bias, tape.valueAt(i) / MICROSECONDS_PER_SECOND, mixtures.shares, row, parts);
      for (let part = 0; part < PARTS; part++) mixtures.learn(row + part, (value * parts[part]!) / sum);
    }
  }

  /** True with probability `p`, by branch `stream` of the model. */
  branch(p: number, stream: number): boolean {
    const { tape, outcomes } = this;
    const row = outcomes.look(p, stream, this.context);
    if (tape.isPlaying) return tape.play() === 1;
    const isOwn = row < 0 || !this.biased;
    let drawn = p;
    if (!isOwn) drawn = p < 0.5 ? outcomes.chance(row, p) : 1 - outcomes.chance(row, 1 - p);
    const outcome = this.streams.next53(DRAWS) < drawn;
    const isRare = outcome === p < 0.5;
    const place = isOwn ? -1 : this.mixtures.shares.length + row + (isRare ? 1 : 0);
    tape.record(outcome ? 1 : 0, outcome ? p / drawn : (1 - p) / (1 - drawn), place);
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
