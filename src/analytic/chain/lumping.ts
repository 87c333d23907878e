import type { Chain } from '../../model/chain.ts';
import { grown } from './growing.ts';
import { RowBuilder } from './rows.ts';

/** A chain in which states that behave alike are one. */
export interface Lumped {
  readonly chain: Chain;
  /** Block of each original state; blocks are numbered by their first state. */
  readonly blockOf: Int32Array;
}

/**
 * The smallest exact quotient: states may share a block only if all their rewards are equal and they have the same
 * total rate into every other block (ordinary lumpability). Long-run and transient rewards are those of the original.
 * Equal elements, such as the two halves of a symmetric system, collapse without being declared.
 *
 * Refinement by signatures: each round splits blocks by the rates into the blocks of the round before, until nothing
 * splits. Rates are added in ascending order and compared to 2⁻⁴⁴, so that the order of equal summands does not matter.
 *
 * @see Buchholz, Journal of Applied Probability 31 (1994) 59–75; Blom, Orzan, ENTCS 80 (2003).
 */
export function lump(chain: Chain): Lumped {
  let blockOf = blocksByReward(chain);
  let blocks = countBlocks(blockOf);
  for (;;) {
    const refined = refine(chain, blockOf);
    const count = countBlocks(refined);
    blockOf = refined;
    if (count === blocks) break;
    blocks = count;
  }
  return { chain: quotient(chain, blockOf, blocks), blockOf };
}

function countBlocks(blockOf: Int32Array): number {
  let most = -1;
  for (const block of blockOf) if (block > most) most = block;
  return most + 1;
}

function blocksByReward(chain: Chain): Int32Array {
  const signatures = new SignatureTable();
  return Int32Array.from({ length: chain.states }, (_, i) => {
    signatures.begin(0);
    chain.rewards.forEach((reward, m) => {
      signatures.push(m, reward[i]!);
    });
    return signatures.intern();
  });
}

function refine(chain: Chain, blockOf: Int32Array): Int32Array {
  const { states, offset, to, rate } = chain;
  const signatures = new SignatureTable();
  const refined = new Int32Array(states);
  for (let i = 0; i < states; i++) {
    const own = blockOf[i]!;
    signatures.begin(own);
    for (let k = offset[i]!; k < offset[i + 1]!; k++) {
      const block = blockOf[to[k]!]!;
      if (block !== own) signatures.push(block, rate[k]!);
    }
    refined[i] = signatures.intern();
  }
  return refined;
}

function quotient(chain: Chain, blockOf: Int32Array, blocks: number): Chain {
  const first = new Int32Array(blocks).fill(-1);
  for (let i = chain.states - 1; i >= 0; i--) first[blockOf[i]!] = i;
  const rows = new RowBuilder();
  for (let b = 0; b < blocks; b++) {
    const i = first[b]!;
    for (let k = chain.offset[i]!; k < chain.offset[i + 1]!; k++) rows.add(blockOf[chain.to[k]!]!, chain.rate[k]!);
    rows.endRow();
  }
  return {
    ...rows.finish(),
    initial: { state: chain.initial.state.map((s) => blockOf[s]!), probability: chain.initial.probability },
    rewards: chain.rewards.map((reward) => Float64Array.from(first, (i) => reward[i]!)),
  };
}

/** Numbers signatures (a block and a list of block/value pairs, in any order) by first appearance. */
class SignatureTable {
  private size = 0;
  private start = new Int32Array(64);
  private block = new Int32Array(256);
  private value = new Float64Array(256);
  private slots = new Int32Array(256).fill(-1);
  private end = 0;

  begin(own: number): void {
    this.end = this.start[this.size]!;
    this.append(own, 0);
  }

  push(block: number, value: number): void {
    this.append(block, value);
  }

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

  private hashes = new Int32Array(64);

  private keep(slot: number, hash: number): number {
    const id = this.size++;
    this.slots[slot] = id;
    if (this.size >= this.start.length) {
      this.start = grown(this.start, this.size + 1);
      this.hashes = grown(this.hashes, this.size + 1);
    }
    this.hashes[id] = hash;
    this.start[this.size] = this.end;
    if (this.size * 2 > this.slots.length) {
      const slots = new Int32Array(this.slots.length * 2).fill(-1);
      const mask = slots.length - 1;
      for (let k = 0; k < this.size; k++) {
        let place = this.hashes[k]! & mask;
        while (slots[place]! >= 0) place = (place + 1) & mask;
        slots[place] = k;
      }
      this.slots = slots;
    }
    return id;
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

  private append(block: number, value: number): void {
    if (this.end === this.block.length) {
      this.block = grown(this.block, this.end + 1);
      this.value = grown(this.value, this.end + 1);
    }
    this.block[this.end] = block;
    this.value[this.end++] = value;
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
