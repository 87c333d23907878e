import { describe, expect, it } from 'vitest';
import { analyseStructure } from '../../src/analytic/structure/analyse.ts';
import type { Block, Gate, Ref, Structure } from '../../src/model/structure.ts';
import { evaluate, structureOf, testRandom } from './structures.ts';

/** Everything a result says, by listing all 2ⁿ states. */
function bruteForce(structure: Structure) {
  const { blocks } = structure;
  const n = blocks.length;
  const value = Array.from({ length: 2 ** n }, (_, mask) =>
    evaluate(structure, (block) => ((mask >> block) & 1) === 1),
  );
  const weight = (mask: number, q: (i: number) => number): number =>
    blocks.reduce((product, _, i) => product * ((mask >> i) & 1 ? q(i) : 1 - q(i)), 1);
  const probability = (q: (i: number) => number): number =>
    value.reduce((sum, down, mask) => (down ? sum + weight(mask, q) : sum), 0);
  const own = (i: number): number => blocks[i]!.unavailability;
  const fixed = (block: number, at: number) => (i: number) => (i === block ? at : own(i));
  const without = blocks.map((_, i) => probability(fixed(i, 0)));
  const certain = blocks.map((_, i) => probability(fixed(i, 1)));
  /** Q₁ − Q₀ state by state, so that nothing cancels but what is opposed. */
  const birnbaum = blocks.map((_, i) => {
    let sum = 0;
    for (let mask = 0; mask < 2 ** n; mask++) {
      if ((mask >> i) & 1) continue;
      const change = Number(value[mask | (1 << i)]) - Number(value[mask]);
      if (change !== 0) sum += change * weight(mask, fixed(i, 0));
    }
    return sum;
  });
  const frequency = blocks.reduce((sum, { frequencyPerHour = 0 }, i) => {
    let critical = 0;
    for (let mask = 0; mask < 2 ** n; mask++) {
      if ((mask >> i) & 1 || value[mask] === value[mask | (1 << i)]) continue;
      critical += weight(mask, own) + weight(mask | (1 << i), own);
    }
    return sum + critical * frequencyPerHour;
  }, 0);
  // Minimal sets of failures from which, with some of them perhaps not needed to be down, the top is down.
  const possible = value.map((_, mask) => {
    for (let sub = mask; ; sub = (sub - 1) & mask) {
      if (value[sub]) return true;
      if (sub === 0) return false;
    }
  });
  const minimal = possible.flatMap((down, mask) => {
    const smaller = blocks.some((_, i) => (mask >> i) & 1 && possible[mask & ~(1 << i)]);
    return down && !smaller ? [mask] : [];
  });
  return { total: probability(own), without, certain, birnbaum, frequency, minimal };
}

/** Random gates over up to 12 blocks; inputs are shared freely. */
function randomStructure(random: () => number, coherent: boolean): Structure {
  const pick = (n: number): number => Math.floor(random() * n);
  const n = 2 + pick(11);
  const blocks: Block[] = Array.from({ length: n }, (_, i) => {
    const unavailability = random() < 0.1 ? pick(2) : 10 ** (-4 * random());
    return { name: `b${i}`, unavailability, frequencyPerHour: random() };
  });
  const gates: Gate[] = [];
  const count = 1 + pick(8);
  for (let g = 0; g < count; g++) {
    const candidates: Ref[] = [...blocks.map((_, i) => i), ...gates.map((_, i) => ~i)];
    const inputs = Array.from({ length: 1 + pick(4) }, () => candidates[pick(candidates.length)]!);
    // The latest gate is always read, so that the top sees most of the structure.
    if (g > 0) inputs.push(~(g - 1));
    const kinds = coherent ? 3 : 10;
    const kind = pick(kinds);
    if (kind === 0) gates.push({ kind: 'and', inputs });
    else if (kind === 1) gates.push({ kind: 'or', inputs });
    else if (kind === 2) gates.push({ kind: 'atleast', minimum: pick(inputs.length + 2), inputs });
    else if (kind === 3) gates.push({ kind: 'xor', inputs });
    else if (kind === 4) gates.push({ kind: 'nand', inputs });
    else if (kind === 5) gates.push({ kind: 'nor', inputs });
    else if (kind === 6) gates.push({ kind: 'iff', inputs });
    else if (kind === 7) gates.push({ kind: 'not', inputs: [inputs.at(-1)!] });
    else if (kind === 8) gates.push({ kind: 'imply', inputs: [inputs[0]!, inputs.at(-1)!] });
    else gates.push({ kind: 'cardinality', minimum: pick(3), maximum: 1 + pick(4), inputs });
  }
  return structureOf(blocks, gates);
}

function close(found: number, expected: number, scale: number): boolean {
  return Math.abs(found - expected) <= 1e-11 * Math.max(scale, Math.abs(expected)) || Object.is(found, expected);
}

describe('law: exact analysis equals listing all states', () => {
  for (const coherent of [true, false]) {
    it(`of 500 random ${coherent ? 'coherent' : 'mixed'} structures of up to 12 blocks`, () => {
      const random = testRandom(coherent ? 1 : 2);
      for (let round = 0; round < 500; round++) {
        const structure = randomStructure(random, coherent);
        const brute = bruteForce(structure);
        const result = analyseStructure(structure, { cutSets: { list: 1e6 } });
        const where = `round ${round}: ${JSON.stringify(structure)}`;
        expect(close(result.top.unavailability, brute.total, 0), where).toBe(true);
        expect(close(result.top.frequencyPerYear! / 8760, brute.frequency, 1e-3), where).toBe(true);
        result.importance.forEach((found, i) => {
          const birnbaum = brute.birnbaum[i]!;
          const q = structure.blocks[i]!.unavailability;
          expect(close(found.birnbaum, birnbaum, 1e-3), where).toBe(true);
          expect(close(found.improvementPotential, q * birnbaum, 1e-3), where).toBe(true);
          if (brute.total === 0) return;
          expect(close(found.criticality, (q * birnbaum) / brute.total, 1e-3), where).toBe(true);
          expect(close(found.fussellVesely, (q * birnbaum) / brute.total, 1e-3), where).toBe(true);
          expect(close(found.raw, brute.certain[i]! / brute.total, 1e-3), where).toBe(true);
          if (brute.without[i]! > 1e-9 * brute.total) {
            expect(close(found.rrw, brute.total / brute.without[i]!, 1e-3), where).toBe(true);
          }
        });
        const listed = result.cutSets!.top.map(({ blocks }) =>
          blocks.reduce((mask, name) => mask | (1 << Number(name.slice(1))), 0),
        );
        expect(
          listed.sort((a, b) => a - b),
          where,
        ).toEqual(brute.minimal);
        expect(result.cutSets!.count, where).toBe(brute.minimal.length);
      }
    });
  }
});
