import { grown } from './growing.ts';

/**
 * Numbers state vectors in the order in which they are first seen. All vectors lie in one flat array, state `i` at
 * `i·width`; the hash table holds only state numbers, so a state costs 4·width + about 8 bytes and no object.
 */
export class StateTable {
  readonly width: number;
  size = 0;
  vectors: Int32Array<ArrayBuffer>;
  private slots: Int32Array<ArrayBuffer>;

  constructor(width: number) {
    this.width = width;
    this.vectors = new Int32Array(width * 64);
    this.slots = new Int32Array(256).fill(-1);
  }

  /** Number of the state with these `width` values; a new one is numbered `size`. */
  indexOf(state: Int32Array): number {
    const { width } = this;
    let mask = this.slots.length - 1;
    let slot = hash(state, 0, width) & mask;
    for (;;) {
      const index = this.slots[slot]!;
      if (index < 0) break;
      const base = index * width;
      let k = 0;
      while (k < width && this.vectors[base + k] === state[k]) k++;
      if (k === width) return index;
      slot = (slot + 1) & mask;
    }
    const index = this.size++;
    const base = index * width;
    if (base + width > this.vectors.length) this.vectors = grown(this.vectors, base + width);
    for (let k = 0; k < width; k++) this.vectors[base + k] = state[k]!;
    this.slots[slot] = index;
    if (this.size * 2 > this.slots.length) {
      this.rehash(this.slots.length * 2);
      mask = this.slots.length - 1;
    }
    return index;
  }

  /** Copies the vector of state `index` into `state`. */
  read(index: number, state: Int32Array): void {
    const base = index * this.width;
    for (let k = 0; k < this.width; k++) state[k] = this.vectors[base + k]!;
  }

  private rehash(length: number): void {
    const slots = new Int32Array(length).fill(-1);
    const mask = length - 1;
    for (let index = 0; index < this.size; index++) {
      let slot = hash(this.vectors, index * this.width, this.width) & mask;
      while (slots[slot]! >= 0) slot = (slot + 1) & mask;
      slots[slot] = index;
    }
    this.slots = slots;
  }
}

/** Multiply-and-rotate over the words with a final avalanche, so that small counters spread over all low bits. */
function hash(values: Int32Array, from: number, length: number): number {
  let h = length | 0;
  for (let k = from; k < from + length; k++) {
    h = Math.imul(h ^ values[k]!, 0x9e3779b1);
    h = (h << 13) | (h >>> 19);
  }
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
