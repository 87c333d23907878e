import { grown } from './growing.ts';

/** Numbers signatures (a block and a list of block/value pairs, in any order) by first appearance. */
export class SignatureTable {
  private size = 0;
  private start = new Int32Array(64);
  private block = new Int32Array(256);
  private value = new Float64Array(256);
  private hashes = new Int32Array(64);
  private slots = new Int32Array(256).fill(-1);
  private end = 0;

  /** Starts the signature of a state in block `own`. */
  begin(own: number): void {
    this.end = this.start[this.size]!;
    this.push(own, 0);
  }

  /** Adds a pair to it; values of the same block add up. */
  push(block: number, value: number): void {
    if (this.end === this.block.length) {
      this.block = grown(this.block, this.end + 1);
      this.value = grown(this.value, this.end + 1);
    }
    this.block[this.end] = block;
    this.value[this.end++] = value;
  }

  /** Its number. */
  intern(): number {
    const from = this.start[this.size]!;
    this.sort(from + 1);
    this.merge(from + 1);
    let hash = 0;
    for (let k = from; k < this.end; k++) {
      HASH_VALUE[0] = this.value[k]!;
      hash = Math.imul(hash ^ this.block[k]!, 0x9e3779b1);
      hash = Math.imul(hash ^ HASH_WORDS[0]!, 0x85ebca6b);
      hash = Math.imul(hash ^ HASH_WORDS[1]! ^ (hash >>> 15), 0xc2b2ae35);
    }
    hash ^= hash >>> 16;
    let slot = hash & (this.slots.length - 1);
    for (let found = this.slots[slot]!; found >= 0; found = this.slots[slot]!) {
      if (this.equals(found, from)) return found;
      slot = (slot + 1) & (this.slots.length - 1);
    }
    return this.keep(slot, hash);
  }

  private keep(slot: number, hash: number): number {
    const id = this.size++;
    this.slots[slot] = id;
    if (this.size >= this.start.length) {
      this.start = grown(this.start, this.size + 1);
      this.hashes = grown(this.hashes, this.size + 1);
    }
    this.hashes[id] = hash;
    this.start[this.size] = this.end;
    if (this.size * 2 > this.slots.length) this.rehash();
    return id;
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      let slot = this.hashes[id]! & mask;
      while (slots[slot]! >= 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.slots = slots;
  }

  private equals(id: number, from: number): boolean {
    const start = this.start[id]!;
    const length = this.end - from;
    if (this.start[id + 1]! - start !== length) return false;
    for (let k = 0; k < length; k++) {
      if (this.block[start + k] !== this.block[from + k] || this.value[start + k] !== this.value[from + k])
        return false;
    }
    return true;
  }

  /** Insertion sort of the pairs by block, then value: rows are short. */
  private sort(from: number): void {
    const { block, value } = this;
    for (let k = from + 1; k < this.end; k++) {
      const b = block[k]!;
      const v = value[k]!;
      let p = k - 1;
      while (p >= from && (block[p]! > b || (block[p]! === b && value[p]! > v))) {
        block[p + 1] = block[p]!;
        value[p + 1] = value[p]!;
        p--;
      }
      block[p + 1] = b;
      value[p + 1] = v;
    }
  }

  /** Adds up values of one block, rounded to 44 significant bits. */
  private merge(from: number): void {
    const { block, value } = this;
    let out = from;
    for (let k = from; k < this.end; ) {
      const b = block[k]!;
      let sum = 0;
      while (k < this.end && block[k] === b) sum += value[k++]!;
      block[out] = b;
      value[out++] = rounded(sum);
    }
    this.end = out;
  }
}

const HASH_VALUE = new Float64Array(1);
const HASH_WORDS = new Int32Array(HASH_VALUE.buffer);

/** Dekker's splitting: the leading 44 of the 53 significant bits. */
function rounded(x: number): number {
  const high = x * 513;
  return high - (high - x);
}
