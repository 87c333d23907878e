import type { Streams } from '../../../kernel/streams.ts';
import { exponential } from '../../../kernel/variates.ts';
import { RateSum } from './rate-sum.ts';
import type { Tape } from './tape.ts';

/**
 * Failures that are to be expected in any incident and matter little to it: they are not forced but strike as they do in a
 * history. One clock stands for all of them; as they have no memory it is drawn anew whenever their rate changes.
 */
export class OftenClock {
  /** When the next of them strikes, µs, and which mode it is; Infinity where none runs. */
  due = Number.POSITIVE_INFINITY;
  mode = -1;
  readonly sum = new RateSum();
  private modes = new Int32Array(0);
  private isStale = false;
  private readonly rates: Float64Array;
  private readonly streams: Streams;
  private readonly stream: number;
  private readonly tape: Tape;

  /** @param rates by mode, 1/µs; `stream` is the one of `streams` to draw from, what was drawn is on the tape */
  constructor(rates: Float64Array, streams: Streams, stream: number, tape: Tape) {
    this.rates = rates;
    this.streams = streams;
    this.stream = stream;
    this.tape = tape;
  }

  /** From here on it stands for these modes. */
  use(modes: Int32Array<ArrayBuffer>): void {
    this.modes = modes;
  }

  /** Their rate has changed. */
  change(): void {
    this.isStale = true;
  }

  /** Sets `due` and `mode` by what runs from `now` on, µs. */
  look(now: number, paces: Float64Array): void {
    if (!this.isStale) return;
    this.isStale = false;
    this.due = Number.POSITIVE_INFINITY;
    const rate = this.sum.total;
    if (rate === 0) return;
    const { tape } = this;
    if (!tape.isPlaying) {
      tape.record(Math.floor(exponential(this.streams, this.stream) / rate + 0.5), 1, -1);
      tape.record(this.pick(paces), 1, -1);
      this.due = now + tape.valueAt(tape.position - 2);
      this.mode = tape.valueAt(tape.position - 1);
      return;
    }
    this.due = now + tape.play();
    this.mode = tape.play();
  }

  /** The one that was due strikes; its mode. */
  take(): number {
    this.isStale = true;
    return this.mode;
  }

  private pick(paces: Float64Array): number {
    const { modes, rates } = this;
    let all = 0;
    for (let i = 0; i < modes.length; i++) all += rates[modes[i]!]! * paces[modes[i]!]!;
    let left = this.streams.next53(this.stream) * all;
    let last = modes[0]!;
    for (let i = 0; i < modes.length; i++) {
      const rate = rates[modes[i]!]! * paces[modes[i]!]!;
      if (rate === 0) continue;
      last = modes[i]!;
      left -= rate;
      if (left < 0) break;
    }
    return last;
  }
}
