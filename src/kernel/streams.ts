import { KEY, RECORD, STAMP } from './layout.ts';
import { mix, nextWord } from './sfc32.ts';

export { rootKey, streamKey } from './keys.ts';

/**
 * Keyed random streams. The state of a stream in a history is a hash of (root key, history, stream key) and of
 * nothing else, so histories can be run in any order, on any thread, and adding a stream shifts no other.
 */
export class Streams {
  private readonly root: Uint32Array;
  private readonly records: Int32Array;
  private readonly stamps: Int32Array;
  private readonly keys: Uint32Array;
  /** Hash of the root key and the current history. */
  private readonly base = new Int32Array(4);
  /** Number of the current `begin`; a stream whose stamp differs has not been drawn from since. */
  private stamp = 0;
  /** 64 random bits, see `advance`. */
  high = 0;
  low = 0;

  /** `keys` holds two words per stream (`streamKey`), `rootKey` four. Starts with history 0. */
  constructor(keys: Uint32Array, rootKey: Uint32Array) {
    if (rootKey.length !== 4) throw new RangeError(`a root key has 4 words, not ${rootKey.length}`);
    if (keys.length % 2 !== 0) throw new RangeError(`stream keys have 2 words each, got ${keys.length} words`);
    const streams = keys.length / 2;
    this.root = Uint32Array.from(rootKey);
    this.records = new Int32Array(streams * 4);
    this.stamps = new Int32Array(streams);
    this.keys = Uint32Array.from(keys);
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
    // The counter word is not mixed by the others; four outputs are.
    const words = [nextWord(base), nextWord(base), nextWord(base), nextWord(base)];
    base.set(words);
    this.stamp = (this.stamp + 1) | 0;
    if (this.stamp === 0) this.forgetStamps();
  }

  /** The next draw of `stream`, uniform on the multiples of 2^−53 in [0, 1). */
  next53(stream: number): number {
    this.advance(stream);
    return ((this.high >>> 5) * 2 ** 26 + (this.low >>> 6)) * 2 ** -53;
  }

  /** Puts the next 64 random bits of `stream` into `high` and `low`. */
  advance(stream: number): void {
    const { records } = this;
    if (this.stamps[stream] !== this.stamp) this.materialise(stream);
    const at = stream * 4;
    let a = records[at]!;
    let b = records[at + 1]!;
    let c = records[at + 2]!;
    const d = records[at + 3]!;

    const high = (a + b + d) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + high) | 0;

    const low = (a + b + d + 1) | 0;
    records[at] = b ^ (b >>> 9);
    records[at + 1] = c + (c << 3);
    records[at + 2] = ((c << 21) | (c >>> 11)) + low;
    records[at + 3] = d + 2;
    this.high = high;
    this.low = low;
  }

  /** State of a stream at its first draw of a history. */
  private materialise(stream: number): void {
    const { records, base, keys } = this;
    const at = stream*4;
    records[at] = base[0]! ^ keys[2 * stream]!;
    records[at + 1] = base[1]! ^ keys[2 * stream + 1]!;
    records[at + 2] = base[2]!;
    records[at + 3] = base[3]!;
    mix(records, at);
    this.stamps[stream] = this.stamp;
  }

  /** Once in 2^32 histories the stamps wrap; 0 is the stamp of no history. */
  private forgetStamps(): void {
    this.stamps.fill(0);
    this.stamp = 1;
  }
}
