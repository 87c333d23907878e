import { mix, nextWord } from './sfc32.ts';

export { rootKey, streamKey } from './keys.ts';

/**
 * Keyed random streams. The state of a stream in a history is a hash of (root key, history, stream key) and of
 * nothing else, so histories can be run in any order, on any thread, and adding a stream shifts no other.
 */
export class Streams {
  private readonly root: Uint32Array;
  /** Two words per stream. */
  private readonly keys: Uint32Array;
  /** Four words per stream: an sfc32 state, valid if the stream's stamp is the current one. */
  private readonly states: Int32Array;
  private readonly stamps: Int32Array;
  /** Hash of the root key and the current history. */
  private readonly base = new Int32Array(4);
  /** Number of the current `begin`; a stream whose stamp differs has not been drawn from since. */
  private stamp = 0;
  /** The 64 bits of the last `advance`, as two signed words. */
  high = 0;
  low = 0;

  /** `keys` holds two words per stream (`streamKey`), `rootKey` four. Starts with history 0. */
  constructor(keys: Uint32Array, rootKey: Uint32Array) {
    if (rootKey.length !== 4) throw new RangeError(`a root key has 4 words, not ${rootKey.length}`);
    if (keys.length % 2 !== 0) throw new RangeError(`stream keys have 2 words each, got ${keys.length} words`);
    this.root = Uint32Array.from(rootKey);
    this.keys = Uint32Array.from(keys);
    this.states = new Int32Array(2 * keys.length);
    this.stamps = new Int32Array(keys.length / 2);
    this.begin(0);
  }

  /** Starts `history` (an integer from 0 to 2^53 − 1): every stream stands at its beginning. Touches no stream. */
  begin(history: number): void {
    const { base, root } = this;
    base[0] = root[0]! ^ (history % 2 ** 32);
    base[1] = root[1]! ^ Math.floor(history / 2 ** 32);
    base[2] = root[2]!;
    base[3] = root[3]!;
    mix(base, 0);
    // Outputs, because the counter among the state's words is mixed with no other.
    const first = nextWord(base);
    const second = nextWord(base);
    const third = nextWord(base);
    base[3] = nextWord(base);
    base[2] = third;
    base[1] = second;
    base[0] = first;
    this.stamp = (this.stamp + 1) | 0;
    if (this.stamp === 0) this.forgetStamps();
  }

  /** The next draw of `stream`, uniform on the multiples of 2^−53 in [0, 1). */
  next53(stream: number): number {
    this.advance(stream);
    return ((this.high >>> 5) * 2 ** 26 + (this.low >>> 6)) * 2 ** -53;
  }

  /** Puts the next 64 random bits of `stream` into `high` and `low`: two steps of sfc32 in place. */
  advance(stream: number): void {
    if (this.stamps[stream] !== this.stamp) this.materialise(stream);
    const { states } = this;
    const at = 4 * stream;
    let a = states[at]!;
    let b = states[at + 1]!;
    let c = states[at + 2]!;
    const d = states[at + 3]!;

    const high = (a + b + d) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + high) | 0;

    const low = (a + b + d + 1) | 0;
    states[at] = b ^ (b >>> 9);
    states[at + 1] = c + (c << 3);
    states[at + 2] = ((c << 21) | (c >>> 11)) + low;
    states[at + 3] = d + 2;

    this.high = high;
    this.low = low;
  }

  /** Gives `stream` its state at the start of the current history. */
  private materialise(stream: number): void {
    const { states, keys, base } = this;
    const at = 4 * stream;
    states[at] = base[0]! ^ keys[2 * stream]!;
    states[at + 1] = base[1]! ^ keys[2 * stream + 1]!;
    states[at + 2] = base[2]!;
    states[at + 3] = base[3]!;
    mix(states, at);
    this.stamps[stream] = this.stamp;
  }

  /** Stamps wrap once in 2^32 histories; 0 stays the stamp of none. */
  private forgetStamps(): void {
    this.stamps.fill(0);
    this.stamp = 1;
  }
}
