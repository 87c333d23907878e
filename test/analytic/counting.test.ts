import { describe, expect, it } from 'vitest';
import { analyseStructure } from '../../src/analytic/structure/analyse.ts';
import { BddManager } from '../../src/analytic/structure/bdd/manager.ts';
import { solveModule } from '../../src/analytic/structure/bdd/race.ts';
import { atLeastDerivatives, atLeast as countAtLeast } from '../../src/analytic/structure/counting/atleast.ts';
import { criticalities } from '../../src/analytic/structure/criticality.ts';
import { countByOrder } from '../../src/analytic/structure/cutsets/count.ts';
import { cutSetFamilies } from '../../src/analytic/structure/cutsets/families.ts';
import { derivatives } from '../../src/analytic/structure/derivative.ts';
import { probabilities, topEvaluator } from '../../src/analytic/structure/evaluate.ts';
import { type Graph, valuesAtRest } from '../../src/analytic/structure/graph/graph.ts';
import { modulesOf } from '../../src/analytic/structure/graph/modules.ts';
import { binateLeaves } from '../../src/analytic/structure/graph/polarity.ts';
import { prepare, type Solution, type SolvedModule, solve } from '../../src/analytic/structure/solve.ts';
import { transient } from '../../src/analytic/structure/time/transient.ts';
import { type Block, type Gate, type Ref, repairedBlock, type Structure } from '../../src/model/structure.ts';
import { block, structureOf, testRandom } from './structures.ts';

/** At least k of n units down, unit i down with probability q(i). */
function atLeast(k: number, n: number, q: (i: number) => number): Structure {
  const blocks = Array.from({ length: n }, (_, i) => block(`u${i}`, q(i), 1e-4));
  return structureOf(blocks, [{ kind: 'atleast', minimum: k, inputs: blocks.map((_, i) => i) }]);
}

function twelveDigits(found: number, expected: number, what = ''): void {
  expect(Math.abs(found / expected - 1), `${what}: ${found} against ${expected}`).toBeLessThan(1e-12);
}

describe('reference: large k-of-n, exact rational arithmetic on the same doubles (Python fractions)', () => {
  it.each([
    [11, 1e-3, 0.4169602393707426, 0.12517263665023892],
    [100, 1e-3, 3.609416551614217e-63, 3.255647997450267e-62],
    [5001, 0.5, 0.4960106769303089, 0.007978646139382154],
    [9990, 0.999, 0.5830397606292563, 0.12517263665023892],
  ])('at least %i of 10 000 equal units, q = %d', (k, q, unavailability, birnbaum) => {
    const { method, top, importance, size } = analyseStructure(
      atLeast(k, 10_000, () => q),
      { cutSets: false },
    );
    expect(method).toBe('exact');
    expect(size.nodes).toBe(0);
    twelveDigits(top.unavailability, unavailability);
    twelveDigits(top.frequencyPerYear! / 8760, 10_000 * 1e-4 * birnbaum, 'frequency');
    for (const found of importance) expect(found.birnbaum).toBe(importance[0]!.birnbaum);
    twelveDigits(importance[0]!.birnbaum, birnbaum, 'Birnbaum');
  });

  it.each([
    [7, (i: number) => 1e-3 * (1 + i / 100), 2.036121087867851e-7, 3.4578545659522787e-6, 3.361706076215208e-6],
    [100, (i: number) => 1e-3 * (1 + i / 100), 8.43603762275814e-213, 2.887406320143129e-210, 1.7212470522714962e-210],
    [199, (i: number) => 0.9 + 0.0004 * i, 5.3101737087713516e-5, 5.4299041270824e-5, 5.02379219015543e-5],
  ])('at least %i of 200 unequal units', (k, q, unavailability, first, last) => {
    const { top, importance } = analyseStructure(atLeast(k, 200, q), { cutSets: false });
    twelveDigits(top.unavailability, unavailability);
    twelveDigits(importance[0]!.birnbaum, first, 'Birnbaum of the first');
    twelveDigits(importance[199]!.birnbaum, last, 'Birnbaum of the last');
  });
});

/** A k-of-n large enough to be counted over blocks, pairs and complements, inside a small structure. */
function randomVote(random: () => number): Structure {
  const pick = (n: number): number => Math.floor(random() * n);
  const some = [1e-6, 0.3, 0.02, 1 - 1e-9];
  const blocks: Block[] = [];
  const unit = (): Ref => {
    const q = random() < 0.5 ? some[pick(4)]! : 10 ** (-4 * random());
    return blocks.push(block(`b${blocks.length}`, q, random())) - 1;
  };
  const gates: Gate[] = [];
  const inputs = Array.from({ length: 66 + pick(12) }, () => {
    const kind = random();
    if (kind < 0.7) return unit();
    if (kind < 0.8) return ~(gates.push({ kind: 'not', inputs: [unit()] }) - 1);
    if (kind < 0.9) return ~(gates.push({ kind: 'and', inputs: [unit(), unit()] }) - 1);
    return ~(gates.push({ kind: random() < 0.5 ? 'or' : 'xor', inputs: [unit(), unit()] }) - 1);
  });
  const minimum = 28 + pick(20);
  gates.push({ kind: 'atleast', minimum, inputs });
  const vote = ~(gates.length - 1);
  gates.push({ kind: (['and', 'or', 'xor', 'nand'] as const)[pick(4)]!, inputs: [vote, unit()] });
  return structureOf(blocks, gates);
}

/** The same solution with a diagram for every module. */
function byDiagrams(graph: Graph, counted: Solution): Solution {
  const rest = valuesAtRest(graph);
  const manager = new BddManager();
  const modules = modulesOf(graph).map((module): SolvedModule => {
    const diagram = solveModule(manager, graph, rest, module, 1e6)!;
    return { root: module.root, diagram, binate: binateLeaves(graph, module, diagram.variables) };
  });
  return { ...counted, modules };
}

describe('law: counting equals the diagram', () => {
  it('of 60 random votes, in every measure', () => {
    const random = testRandom(21);
    for (let round = 0; round < 60; round++) {
      const structure = randomVote(random);
      const q = structure.blocks.map(({ unavailability }) => unavailability);
      const graph = prepare(structure);
      const counted = solve(graph, 1e6);
      if ('parts' in counted) throw new Error('expected a whole solution');
      expect(counted.modules.some((module) => !('diagram' in module))).toBe(true);
      const [a, b] = [counted, byDiagrams(graph, counted)].map((solution) => {
        const p = probabilities(solution, q);
        const derivative = derivatives(solution, p);
        return {
          top: p.failed.hi[solution.top]!,
          plain: topEvaluator(solution)(q),
          derivative: derivative.hi,
          critical: criticalities(solution, p, derivative)!,
        };
      }) as [Measures, Measures];
      const where = `round ${round}`;
      twelveDigits(a.top, b.top, where);
      expect(Math.abs(a.plain / b.plain - 1), where).toBeLessThan(1e-11);
      for (let block = 1; block <= q.length; block++) {
        const scale = Math.abs(b.derivative[block]!) + 1e-300;
        expect(Math.abs(a.derivative[block]! - b.derivative[block]!) / scale, where).toBeLessThan(1e-12);
        expect(Math.abs(a.critical[block]! - b.critical[block]!) / scale, where).toBeLessThan(1e-12);
      }
    }
  });

  it('of minimal cut sets by order, whole and up to an order', () => {
    const random = testRandom(22);
    for (let round = 0; round < 10; round++) {
      const graph = prepare(randomVote(random));
      const counted = solve(graph, 1e6) as Solution;
      for (const order of [Number.POSITIVE_INFINITY, 30, 3]) {
        const counts = [counted, byDiagrams(graph, counted)].map((solution) => {
          const families = cutSetFamilies(solution, order, 1e6)!;
          return countByOrder(families.modules, families.maximumOrder);
        });
        expect(counts[0], `round ${round}, order ${order}`).toEqual(counts[1]);
      }
    }
  });

  it('and listing all states, for up to 9 units of any reliability and every k', () => {
    const random = testRandom(23);
    for (let round = 0; round < 200; round++) {
      const n = 1 + Math.floor(random() * 9);
      const kinds = [0, 1, 0.5, 1e-12, random(), random()];
      const q = Array.from({ length: n }, () => kinds[Math.floor(random() * kinds.length)]!);
      const groups = [...new Set(q)].map((own) => ({
        units: q.filter((other) => other === own).length,
        failed: { hi: own, lo: 0 },
        intact: { hi: 1 - own, lo: 1 - own === 1 ? -own : 0 },
        first: q.indexOf(own),
      }));
      for (let k = 1; k <= n; k++) {
        let total = 0;
        const others = new Float64Array(n);
        for (let mask = 0; mask < 2 ** n; mask++) {
          const down = q.map((_, i) => (mask >> i) & 1);
          const count = down.reduce((a, b) => a + b, 0);
          const weight = (skip: number): number =>
            q.reduce((w, p, i) => (i === skip ? w : w * (down[i] ? p : 1 - p)), 1);
          if (count >= k) total += weight(-1);
          for (let i = 0; i < n; i++) if (down[i] === 0 && count === k - 1) others[i]! += weight(i);
        }
        expect(Math.abs(countAtLeast(k, groups).hi - total)).toBeLessThanOrEqual(1e-13 * total);
        const derivative = atLeastDerivatives(k, groups);
        groups.forEach(({ first }, g) => {
          expect(Math.abs(derivative.hi[g]! - others[first]!)).toBeLessThanOrEqual(1e-13 * others[first]!);
        });
      }
    }
  });
});

interface Measures {
  readonly top: number;
  readonly plain: number;
  readonly derivative: Float64Array;
  readonly critical: Float64Array;
}

describe('counted votes elsewhere', () => {
  it('over time: the steady state is where it goes, one unit of each kind stays exact', () => {
    const blocks = Array.from({ length: 90 }, (_, i) => repairedBlock(`u${i}`, 40 + (i % 3), 3));
    const vote = structureOf(blocks, [{ kind: 'atleast', minimum: 20, inputs: blocks.map((_, i) => i) }]);
    const steady = analyseStructure(vote, { cutSets: false }).top.unavailability;
    const [point] = transient(vote, [1e4]);
    expect(point!.unavailability / steady).toBeCloseTo(1, 11);
  });

  it('lists the likeliest of very many cut sets of one probability', () => {
    const { cutSets } = analyseStructure(
      atLeast(100, 400, () => 1e-3),
      { cutSets: { list: 5 } },
    );
    expect(cutSets!.byOrder.length).toBe(101);
    expect(cutSets!.countExact!.slice(0, 12)).toBe('224185479155');
    expect(cutSets!.top.map(({ blocks, probability }) => [blocks.length, probability > 0])).toEqual(
      new Array(5).fill([100, true]),
    );
  });

  it('says when there are too many cut sets to be counted', () => {
    const { cutSets } = analyseStructure(atLeast(5_000, 10_000, () => 0.49));
    expect(cutSets).toMatchObject({ count: 0, truncatedAt: 6, top: [] });
  });
});
