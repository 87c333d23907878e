import { describe, expect, it } from 'vitest';
import { analyseStructure } from '../../src/analytic/structure/analyse.ts';
import type { Gate, Structure } from '../../src/model/structure.ts';
import { block, evaluate, structureOf } from './structures.ts';

/** Exact value of a double as a fraction with denominator 2^1074 or less. */
function fraction(value: number): [bigint, bigint] {
  let denominator = 1n;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    denominator *= 2n;
  }
  return [BigInt(scaled), denominator];
}

/** Q, Q₀ and Q₁ of every block over one common denominator, in exact rational arithmetic over all states. */
function exact(structure: Structure) {
  const q = structure.blocks.map(({ unavailability }) => fraction(unavailability));
  const n = q.length;
  const sum = (fixed: number, at: 0 | 1): bigint => {
    let total = 0n;
    for (let mask = 0; mask < 2 ** n; mask++) {
      if (fixed >= 0 && ((mask >> fixed) & 1) !== at) continue;
      if (!evaluate(structure, (i) => ((mask >> i) & 1) === 1)) continue;
      total += q.reduce((product, [top, bottom], i) => {
        if (i === fixed) return product * bottom;
        return product * ((mask >> i) & 1 ? top : bottom - top);
      }, 1n);
    }
    return total;
  };
  const denominator = q.reduce((product, [, bottom]) => product * bottom, 1n);
  return {
    denominator,
    total: sum(-1, 0),
    without: q.map((_, i) => sum(i, 0)),
    certain: q.map((_, i) => sum(i, 1)),
  };
}

/** Ratio of big integers to 17 digits. */
function ratio(top: bigint, bottom: bigint): number {
  if (top === 0n) return 0;
  let scale = 0;
  let t = top < 0n ? -top : top;
  while (t < bottom * 10n ** 20n) {
    t *= 10n ** 10n;
    scale += 10;
  }
  return Number(`${t / bottom}e-${scale}`) * (top < 0n ? -1 : 1);
}

/** Two sites in parallel, each a chain with an inner 2-of-3; a shared block joins both; about 9 and 20 nines. */
function twoSites(q: number): Structure {
  const blocks = Array.from({ length: 11 }, (_, i) => block(`b${i}`, q * (1 + i / 7)));
  const gates: Gate[] = [
    { kind: 'atleast', minimum: 2, inputs: [0, 1, 2] },
    { kind: 'or', inputs: [~0, 3, 4] },
    { kind: 'atleast', minimum: 2, inputs: [5, 6, 7] },
    { kind: 'or', inputs: [~2, 8, 4] },
    { kind: 'and', inputs: [9, 10] },
    { kind: 'or', inputs: [~3, ~4] },
    { kind: 'and', inputs: [~1, ~5] },
  ];
  // Block 4 is read by both sites: the smallest cut set is it alone with q·10⁻³.
  blocks[4] = block('shared', q * 1e-3);
  return structureOf(blocks, gates);
}

describe('reference: exact rationals', () => {
  it.each([3e-7, 1e-5, 2e-11, 0.3])('agree to 12 digits in every measure at q = %d', (q) => {
    const structure = twoSites(q);
    const { denominator, total, without, certain } = exact(structure);
    const { top, importance } = analyseStructure(structure, { cutSets: false });
    expect(top.unavailability / ratio(total, denominator) - 1).toBeCloseTo(0, 13);
    importance.forEach((found, i) => {
      const birnbaum = ratio(certain[i]! - without[i]!, denominator);
      expect(found.birnbaum / birnbaum - 1, `Birnbaum of ${i}`).toBeCloseTo(0, 12);
      expect(found.raw / ratio(certain[i]!, total) - 1, `RAW of ${i}`).toBeCloseTo(0, 12);
      expect(found.rrw / ratio(total, without[i]!) - 1, `RRW of ${i}`).toBeCloseTo(0, 12);
      const share = ratio(total - without[i]!, total);
      expect(found.fussellVesely / share - 1, `FV of ${i}`).toBeCloseTo(0, 12);
    });
  });

  it('nine nines by name: two sites at 3e-7', () => {
    const { top } = analyseStructure(twoSites(3e-7), { cutSets: false });
    expect(top.nines).toBeGreaterThan(9);
    expect(top.availability).toBe(1 - top.unavailability);
  });

  it('twenty nines said the other way round: not (available)', () => {
    // Available if any of four paths is; written with complements throughout.
    const blocks = [1e-5, 2e-5, 3e-5, 4e-5].map((q, i) => block(`p${i}`, q));
    const gates: Gate[] = [
      ...blocks.map((_, i): Gate => ({ kind: 'not', inputs: [i] })),
      { kind: 'nor', inputs: [~0, ~1, ~2, ~3] },
    ];
    const { top } = analyseStructure(structureOf(blocks, gates));
    expect(top.unavailability / 24e-20).toBeCloseTo(1, 14);
  });

  it('a block that leaves 1e-18 of Q behind has a right risk reduction worth; one that leaves nothing an infinite one', () => {
    const blocks = [block('single', 1e-3), block('a', 1e-11), block('b', 1e-10)];
    const gates: Gate[] = [
      { kind: 'and', inputs: [1, 2] },
      { kind: 'or', inputs: [0, ~0] },
    ];
    const { importance } = analyseStructure(structureOf(blocks, gates));
    expect(importance[0]!.rrw / (1e-3 / 1e-21)).toBeCloseTo(1, 9);
    const alone = analyseStructure(structureOf(blocks, [{ kind: 'and', inputs: [0, 1, 2] }]));
    expect(alone.importance.map(({ rrw }) => rrw)).toEqual([Infinity, Infinity, Infinity]);
  });
});
