import type { CompiledModel } from '../../compile/model.ts';
import type { Clocks } from '../../dynamics/clocks.ts';
import { Sampler } from '../../kernel/sampler.ts';
import type { Streams } from '../../kernel/streams.ts';
import type { Law } from '../../model/law.ts';
import { MICROSECONDS_PER_SECOND } from '../../model/time.ts';
import { type LengthBias, lengthBias, likelihoodRatio, MIXTURE_SHARES } from './length-bias.ts';

/** Branches less likely than this are drawn with this probability instead (methods §2.3). */
const RARE_BRANCH = 0.25;
/** Streams of a sample: what the model draws, and what the sampler decides. */
export const DRAWS = 0;
export const DECISIONS = 1;

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
  /** Σ rate · pace, 1/µs. */
  failureRate = 0;
  /** Running phase clocks. */
  count = 0;
  private readonly rates: Float64Array;
  private readonly ranks: Uint8Array;
  private readonly slots: Int32Array;
  private readonly times: Float64Array;
  private readonly arming: Float64Array;
  private armed = 0;
  private readonly streams: Streams;
  private readonly sampler: Sampler;
  private readonly biases: readonly (LengthBias | undefined)[];
  /** Law number of the first biased law of each law. */
  private readonly firstBiased: Int32Array;
  private tape: Float64Array = new Float64Array(1024);
  private ratios: Float64Array = new Float64Array(1024);
  private recorded = 0;
  private position = 0;

  constructor(model: CompiledModel, rates: Float64Array, streams: Streams) {
    const { slots, modes, laws } = model;
    this.rates = rates;
    this.ranks = slots.rank;
    this.paces = new Float64Array(modes.count);
    this.slots = new Int32Array(slots.count - modes.count);
    this.times = new Float64Array(slots.count - modes.count);
    this.arming = new Float64Array(slots.count - modes.count);
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
  }

  /** At the root of an incident: nothing runs but the failure clocks, at `paces`. The tape is kept and played from its start. */
  atRoot(paces: Float64Array): void {
    this.paces.set(paces);
    let total = 0;
    for (let mode = 0; mode < paces.length; mode++) total += paces[mode]! * this.rates[mode]!;
    this.failureRate = total;
    this.count = 0;
    this.armed = 0;
    this.position = 0;
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
    let at = 0;
    while (at < this.count && this.slots[at] !== slot) at++;
    if (at === this.count) this.count++;
    this.slots[at] = slot;
    this.times[at] = this.now + (this.position < this.recorded ? this.play() : this.drawDuration(law, origin));
    this.arming[at] = this.armed++;
  }

  stop(slot: number): void {
    for (let at = 0; at < this.count; at++) {
      if (this.slots[at] === slot) {
        this.remove(at);
        return;
      }
    }
  }

  pace(mode: number, factor: number): void {
    this.failureRate += (factor - this.paces[mode]!) * this.rates[mode]!;
    this.paces[mode] = factor;
  }

  renew(_mode: number): void {}

  choose(p: number, _stream: number): boolean {
    if (this.position < this.recorded) return this.play() === 1;
    let drawn = p;
    if (this.biased) {
      if (p < RARE_BRANCH) drawn = RARE_BRANCH;
      else if (p > 1 - RARE_BRANCH) drawn = 1 - RARE_BRANCH;
    }
    const outcome = this.streams.next53(DRAWS) < drawn;
    this.record(outcome ? 1 : 0, outcome ? p / drawn : (1 - p) / (1 - drawn));
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

  /** Takes the clock at `index` off the list; its slot. */
  take(index: number): number {
    const slot = this.slots[index]!;
    this.remove(index);
    return slot;
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
  }

  private drawDuration(law: number, origin: number): number {
    const { sampler, streams } = this;
    const bias = this.biased ? this.biases[law] : undefined;
    if (bias === undefined) {
      const duration = sampler.draw(law, DRAWS, this.now - origin);
      this.record(duration, 1);
      return duration;
    }
    let u = streams.next53(DRAWS) - MIXTURE_SHARES[0];
    let duration: number;
    if (u < 0) duration = sampler.draw(law, DRAWS, this.now - origin);
    else {
      let k = 0;
      while (k < bias.biased.length - 1 && u >= MIXTURE_SHARES[k + 1]!) u -= MIXTURE_SHARES[++k]!;
      const { power, scale } = bias.biased[k]!;
      const drawn = sampler.draw(this.firstBiased[law]! + k, DRAWS, 0) / MICROSECONDS_PER_SECOND;
      const seconds = bias.offset + (power === 1 ? drawn : drawn ** power) * scale;
      duration = Math.round(seconds * MICROSECONDS_PER_SECOND);
    }
    this.record(duration, likelihoodRatio(bias, duration / MICROSECONDS_PER_SECOND));
    return duration;
  }

  private record(value: number, ratio: number): void {
    if (this.recorded === this.tape.length) {
      this.tape = extended(this.tape);
      this.ratios = extended(this.ratios);
    }
    this.tape[this.recorded] = value;
    this.ratios[this.recorded] = ratio;
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
