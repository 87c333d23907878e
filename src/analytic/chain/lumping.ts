import type { Chain } from '../../model/chain.ts';
import { RowBuilder } from './rows.ts';
import { SignatureTable } from './signature-table.ts';

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
