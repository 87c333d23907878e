import { describe, expect, it } from 'vitest';
import { analyseStructure } from '../../src/analytic/structure/analyse.ts';
import { expandCommonCauses } from '../../src/analytic/structure/commoncause.ts';
import { steadyStateRates } from '../../src/analytic/structure/time/rates.ts';
import { transient } from '../../src/analytic/structure/time/transient.ts';
import { normalQuantile } from '../../src/analytic/structure/uncertainty/normal.ts';
import { propagate, tornado } from '../../src/analytic/structure/uncertainty/propagate.ts';
import { InputError } from '../../src/model/problem.ts';
import {
  type Block,
  type CommonCauseGroup,
  type Gate,
  repairedBlock,
  type Structure,
} from '../../src/model/structure.ts';
import { block, evaluate, structureOf, testRandom } from './structures.ts';

function problemsOf(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ code }) => code);
    throw error;
  }
  return [];
}

/** A tangled coherent structure of `n` blocks that no small diagram holds. */
function tangle(n: number, seed: number, q: () => number): Structure {
  const random = testRandom(seed);
  const blocks = Array.from({ length: n }, (_, i) => block(`b${i}`, q()));
  const gates: Gate[] = [];
  for (let g = 0; g < n; g++) {
    const inputs = Array.from({ length: 3 }, () => Math.floor(random() * n));
    gates.push({ kind: 'or', inputs });
  }
  const pairs: number[] = [];
  for (let g = 0; g < n; g++) pairs.push(~(gates.push({ kind: 'and', inputs: [~g, ~((g * 7 + 3) % n)] }) - 1));
  gates.push({ kind: 'or', inputs: pairs });
  return structureOf(blocks, gates);
}

describe('bounds when no diagram fits', () => {
  it('hold the exact value, and are close for reliable blocks', () => {
    for (const seed of [1, 2, 3]) {
      const random = testRandom(100 + seed);
      const structure = tangle(24, seed, () => 0.02 * random());
      const exact = analyseStructure(structure, { cutSets: false });
      const bounds = analyseStructure(structure, { cutSets: false, nodeLimit: 40, boundsEffort: 5_000 });
      expect(exact.method).toBe('exact');
      expect(bounds.method).toBe('bounds');
      expect(bounds.lo!).toBeLessThanOrEqual(exact.top.unavailability);
      expect(bounds.hi!).toBeGreaterThanOrEqual(exact.top.unavailability);
      expect(bounds.hi! / bounds.lo! - 1).toBeLessThan(0.01);
      expect(bounds.top.unavailability).toBe(bounds.hi);
    }
  });

  it('hold for structures with negations and for little effort', () => {
    const random = testRandom(7);
    for (let round = 0; round < 100; round++) {
      const blocks = Array.from({ length: 8 }, (_, i) => block(`b${i}`, random()));
      const gates: Gate[] = [];
      for (let g = 0; g < 6; g++) {
        const inputs = Array.from({ length: 3 }, () => Math.floor(random() * 8));
        if (g > 0) inputs.push(~(g - 1));
        const kind = (['and', 'or', 'xor', 'nand', 'nor', 'atleast'] as const)[Math.floor(random() * 6)]!;
        gates.push(kind === 'atleast' ? { kind, minimum: 2, inputs } : { kind, inputs });
      }
      const structure = structureOf(blocks, gates);
      const exact = analyseStructure(structure, { cutSets: false }).top.unavailability;
      const found = analyseStructure(structure, { cutSets: false, nodeLimit: 1, boundsEffort: 1 + (round % 20) });
      const { lo = exact, hi = exact } = found;
      expect(lo).toBeLessThanOrEqual(exact * (1 + 1e-12));
      expect(hi).toBeGreaterThanOrEqual(exact * (1 - 1e-12));
    }
  });
});

describe('reference: common causes', () => {
  const members = ['A', 'B', 'C', 'D'].map((name) => block(name, 0.1));
  const twoOfFour = (group: Pick<CommonCauseGroup, 'model' | 'factors'>): number => {
    const structure: Structure = {
      ...structureOf(members, [{ kind: 'atleast', minimum: 2, inputs: [0, 1, 2, 3] }]),
      commonCauses: [{ name: 'G', members: [0, 1, 2, 3], ...group }],
    };
    return analyseStructure(structure).top.unavailability;
  };

  it('four members, two failed: SCRAM 0.16.2 --ccf on the same models', () => {
    expect(twoOfFour({ model: 'beta-factor', factors: [0.2] })).toBeCloseTo(0.0537383, 6);
    expect(twoOfFour({ model: 'mgl', factors: [0.2, 0.3, 0.4] })).toBeCloseTo(0.0678903, 6);
    expect(twoOfFour({ model: 'alpha-factor', factors: [0.6, 0.2, 0.15, 0.05] })).toBeCloseTo(0.0996666, 6);
    expect(twoOfFour({ model: 'phi-factor', factors: [0.6, 0.2, 0.15, 0.05] })).toBeCloseTo(0.186814, 6);
  });

  it('MGL with two members is the beta factor; a pair has β·Q from the common cause', () => {
    const pair: Structure = {
      ...structureOf(members.slice(0, 2), [{ kind: 'and', inputs: [0, 1] }]),
      commonCauses: [{ name: 'G', members: [0, 1], model: 'mgl', factors: [0.2] }],
    };
    const expected = 1 - (1 - 0.02) * (1 - 0.08 * 0.08);
    expect(analyseStructure(pair).top.unavailability).toBeCloseTo(expected, 15);
    expect(analyseStructure(pair, { commonCauses: false }).top.unavailability).toBeCloseTo(0.01, 15);
    expect(expandCommonCauses(pair).blocks.map(({ name }) => name)).toEqual(['A', 'B', '[A B]']);
  });

  it('splits frequencies in the same proportions: the rate of a pair is β·λ to first order', () => {
    const units = [repairedBlock('A', 1e5, 1), repairedBlock('B', 1e5, 1)];
    const pair: Structure = {
      ...structureOf(units, [{ kind: 'and', inputs: [0, 1] }]),
      commonCauses: [{ name: 'G', members: [0, 1], model: 'beta-factor', factors: [0.1] }],
    };
    expect(analyseStructure(pair).top.frequencyPerYear! / (0.1 * 1e-5 * 8760)).toBeCloseTo(1, 3);
  });

  it('refuses groups it cannot write out', () => {
    const group = (change: Partial<CommonCauseGroup>): Structure => ({
      ...structureOf(members, [{ kind: 'and', inputs: [0, 1] }]),
      commonCauses: [{ name: 'G', members: [0, 1], model: 'beta-factor', factors: [0.1], ...change }],
    });
    const wrong = [{ members: [0] }, { factors: [] }, { factors: [2] }, { model: 'mgl', factors: [1, 1] }] as const;
    for (const change of wrong) expect(problemsOf(() => analyseStructure(group(change)))).toEqual(['common-cause']);
  });
});

describe('reference: over time', () => {
  it('methods 7.8: one unit, λ = .01, μ = .25', () => {
    const one: Structure = { blocks: [repairedBlock('a', 100, 4)], gates: [], top: 0 };
    const [point] = transient(one, [10]);
    expect(1 - point!.unavailability).toBeCloseTo(0.9643951376236282, 13);
    expect(1 - point!.intervalUnavailability).toBeCloseTo(0.9752326393755275, 13);
    expect(point!.failureProbability.value).toBeCloseTo(-Math.expm1(-0.1), 12);
  });

  it('fiabilipy: λ = 1e-4, μ = 3e-2 at 1 000 h; reliability without repair', () => {
    const one: Structure = { blocks: [block('a', 0)], gates: [], top: 0 };
    const repaired = transient(one, [1000], [{ failurePerHour: 1e-4, repairPerHour: 3e-2 }]);
    expect(1 - repaired[0]!.unavailability).toBeCloseTo(0.996677740863788, 14);
    const lost = transient(one, [1000, 100], [{ failurePerHour: 1e-4, repairPerHour: 0 }]);
    expect(1 - lost[0]!.failureProbability.value).toBeCloseTo(0.90483741803596, 14);
    expect(1 - lost[1]!.failureProbability.value).toBeCloseTo(0.990049833749168, 14);
    expect(lost[0]!.failureProbability.lo).toBe(lost[0]!.failureProbability.hi);
  });

  it('Dhillon example 3.8: 4-of-5 at λ = .0005 fails within t as ∫ says (MTTF 900 h)', () => {
    const blocks = Array.from({ length: 5 }, (_, i) => block(`u${i}`, 0));
    const structure = structureOf(blocks, [{ kind: 'atleast', minimum: 2, inputs: [0, 1, 2, 3, 4] }]);
    const rates = blocks.map(() => ({ failurePerHour: 5e-4, repairPerHour: 0 }));
    const times = Array.from({ length: 2000 }, (_, i) => 10 * (i + 0.5));
    const mttf = transient(structure, times, rates).reduce((sum, p) => sum + 10 * (1 - p.failureProbability.value), 0);
    expect(mttf / 900).toBeCloseTo(1, 4);
  });

  it('a repaired pair: bounds hold the chain solution, Vesely is within a percent', () => {
    const pair = structureOf(
      [repairedBlock('a', 1000, 4), repairedBlock('b', 1000, 4)],
      [{ kind: 'and', inputs: [0, 1] }],
    );
    const [lambda, mu] = [1e-3, 0.25];
    // Absorbing chain of the pair, states by number failed: survival from the two exponents.
    const s = 3 * lambda + mu;
    const root = Math.sqrt(s * s - 8 * lambda * lambda);
    const [fast, slow] = [(s + root) / 2, (4 * lambda * lambda) / (s + root)];
    const survival = (fast * Math.exp(-slow * 5000) - slow * Math.exp(-fast * 5000)) / (fast - slow);
    const [point] = transient(pair, [5000]);
    const { lo, value, hi } = point!.failureProbability;
    expect(lo).toBeLessThanOrEqual(1 - survival);
    expect(hi).toBeGreaterThanOrEqual(1 - survival);
    expect(value / (1 - survival)).toBeCloseTo(1, 2);
  });

  it('the steady state is where it goes, and refuses what has no course', () => {
    const blocks = [repairedBlock('a', 50, 5), repairedBlock('b', 80, 2)];
    const both = structureOf(blocks, [{ kind: 'or', inputs: [0, 1] }]);
    expect(transient(both, [1e5])[0]!.unavailability).toBeCloseTo(analyseStructure(both).top.unavailability, 13);
    expect(steadyStateRates(blocks)[0]!.failurePerHour).toBeCloseTo(1 / 50, 14);
    expect(problemsOf(() => transient({ blocks: [block('a', 0.1)], gates: [], top: 0 }, [1]))).toEqual(['no-rates']);
    const mixed = structureOf(blocks, [{ kind: 'xor', inputs: [0, 1] }]);
    expect(problemsOf(() => transient(mixed, [1]))).toEqual(['mixed-signs']);
  });
});

describe('reference: parameter uncertainty (methods 7.10)', () => {
  const uncertain = (parameter?: string): Block => {
    const uncertainty = {
      errorFactor: 3,
      on: 'unavailability' as const,
      ...(parameter === undefined ? {} : { parameter }),
    };
    return { name: 'u', unavailability: 8e-4, uncertainty };
  };
  const pair = (a: Block, b: Block): Structure => structureOf([a, b], [{ kind: 'and', inputs: [0, 1] }]);

  it('a pair with its own draws and with one shared draw', () => {
    const draws = 20_000;
    const own = propagate(pair(uncertain(), uncertain()), { draws, random: testRandom(1) });
    const shared = propagate(pair(uncertain('λ'), uncertain('λ')), { draws, random: testRandom(2) });
    // SE from the exact second moments E[λ⁴]/E[λ²]² of the product; stratification only narrows it.
    const second = 1.56221115893;
    const standardError = (mean: number, ratio: number): number => mean * Math.sqrt((ratio - 1) / draws);
    expect(Math.abs(own.mean - 9.99815e-7)).toBeLessThan(4 * standardError(9.99815e-7, second ** 2));
    expect(Math.abs(shared.mean - 1.561922e-6)).toBeLessThan(4 * standardError(1.561922e-6, second ** 4));
    // One stratified parameter: quantiles are exact to the width of a stratum.
    expect(shared.quantiles[1]!.unavailability / 6.4e-7).toBeCloseTo(1, 3);
    expect(shared.quantiles[2]!.unavailability / (6.4e-7 * 9)).toBeCloseTo(1, 2);
    expect(shared.quantiles[0]!.unavailability / (6.4e-7 / 9)).toBeCloseTo(1, 2);
  });

  it('σ, mean over median and normal quantiles', () => {
    expect(normalQuantile(0.95)).toBeCloseTo(1.6448536269514722, 14);
    expect(Math.log(3) / normalQuantile(0.95)).toBeCloseTo(0.667908846518, 11);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(1e-10) / -6.361340902404056).toBeCloseTo(1, 14);
    const stated = propagate(
      {
        blocks: [{ name: 'a', unavailability: 1e-4, uncertainty: { errorFactor: 3, on: 'rate', nominal: 'mean' } }],
        gates: [],
        top: 0,
      },
      { draws: 5_000, random: testRandom(3) },
    );
    expect(stated.quantiles[1]!.unavailability / (1e-4 / 1.24988445823)).toBeCloseTo(1, 3);
  });

  it('the tornado ranks parameters by what they move', () => {
    const at = (name: string, unavailability: number, errorFactor: number): Block => ({
      name,
      unavailability,
      uncertainty: { errorFactor, on: 'unavailability' },
    });
    const structure = structureOf(
      [at('small', 1e-6, 10), at('large', 1e-4, 3), at('tiny', 1e-9, 2)],
      [{ kind: 'or', inputs: [0, 1, 2] }],
    );
    const bars = tornado(structure);
    expect(bars.map(({ parameter }) => parameter)).toEqual(['large', 'small', 'tiny']);
    expect(bars[0]!.high).toBeCloseTo(3e-4 + 1e-6, 8);
  });

  it('refuses factors below 1 and sharers that disagree', () => {
    const bad = { ...uncertain(), uncertainty: { errorFactor: 0.5, on: 'rate' as const } };
    expect(problemsOf(() => tornado(pair(bad, uncertain())))).toEqual(['error-factor']);
    const other = { ...uncertain('λ'), uncertainty: { errorFactor: 5, on: 'rate' as const, parameter: 'λ' } };
    expect(problemsOf(() => tornado(pair(uncertain('λ'), other)))).toEqual(['shared-parameter']);
  });
});

describe('inputs that cannot be analysed', () => {
  it('say so', () => {
    const blocks = [block('a', 0.1), block('b', 0.2)];
    const circle: Gate[] = [
      { kind: 'and', name: 'g', inputs: [0, ~1] },
      { kind: 'or', name: 'h', inputs: [1, ~0] },
    ];
    expect(problemsOf(() => analyseStructure(structureOf(blocks, circle)))).toEqual(['cyclic-gates']);
    expect(problemsOf(() => analyseStructure({ blocks, gates: [], top: 5 }))).toEqual(['dangling-input']);
    expect(problemsOf(() => analyseStructure(structureOf(blocks, [{ kind: 'not', inputs: [0, 1] }])))).toEqual([
      'gate-inputs',
    ]);
    const bad = [block('a', 1.5), block('b', Number.NaN), block('c', 0.1, -1)];
    expect(problemsOf(() => analyseStructure({ blocks: bad, gates: [], top: 0 }))).toEqual(
      new Array(3).fill('impossible-value'),
    );
  });

  it('constants and single blocks are structures too', () => {
    const blocks = [block('a', 0.25, 1)];
    const always = analyseStructure(structureOf(blocks, [{ kind: 'constant', value: true, inputs: [] }]));
    expect(always.top.unavailability).toBe(1);
    expect(always.cutSets).toEqual({ count: 1, byOrder: [1], top: [{ blocks: [], probability: 1 }] });
    const never = analyseStructure(structureOf(blocks, [{ kind: 'constant', value: false, inputs: [] }]));
    expect(never.top.unavailability).toBe(0);
    expect(never.top.frequencyPerYear).toBe(0);
    const single = analyseStructure({ blocks, gates: [], top: 0 });
    expect(single.top.unavailability).toBe(0.25);
    expect(single.cutSets!.byOrder).toEqual([0, 1]);
    const inverse = analyseStructure(structureOf(blocks, [{ kind: 'not', inputs: [0] }]));
    expect(inverse.top.unavailability).toBe(0.75);
    expect(inverse.importance[0]!.birnbaum).toBe(-1);
  });
});

describe('size', () => {
  it('a chain of 100 000 nested gates is walked without recursion', () => {
    const n = 100_000;
    const blocks = Array.from({ length: n }, (_, i) => block(`x${i}`, i % 2 === 0 ? 1e-6 : 0.5));
    const gates = blocks.map((_, i): Gate => {
      const inputs = i + 1 < n ? [i, ~(i + 1)] : [i];
      return { kind: i % 2 === 0 ? 'or' : 'and', inputs };
    });
    const result = analyseStructure({ blocks, gates, top: ~0 });
    expect(result.method).toBe('exact');
    expect(result.top.unavailability).toBeCloseTo(2e-6, 11);
    expect(result.cutSets!.truncatedAt).toBe(20);
  });

  it('a circle of 100 000 gates is refused', () => {
    const n = 100_000;
    const gates = Array.from({ length: n }, (_, i): Gate => ({ kind: 'or', inputs: [0, ~((i + 1) % n)] }));
    expect(problemsOf(() => analyseStructure({ blocks: [block('a', 0.1)], gates, top: ~0 }))).toEqual(['cyclic-gates']);
  });

  it.each([
    [11, 20, 167_960n],
    [26, 50, 121_548_660_036_300n],
    [101, 200, 89_651_994_709_013_149_668_717_007_007_410_063_242_083_752_153_874_590_932_000n],
  ])('%i of %i failed: exact count of cut sets, the likeliest first', (k, n, ways) => {
    const blocks = Array.from({ length: n }, (_, i) => block(`u${i}`, 0.01 * (1 + i / n)));
    const inputs = blocks.map((_, i) => i);
    const { cutSets } = analyseStructure(structureOf(blocks, [{ kind: 'atleast', minimum: k, inputs }]));
    expect(cutSets!.countExact ?? String(cutSets!.count)).toBe(String(ways));
    expect(cutSets!.byOrder[k]).toBe(Number(ways));
    expect(cutSets!.top[0]!.blocks).toEqual(blocks.slice(n - k).map(({ name }) => name));
  });

  it('limits to an order when asked, and lists down to a cut-off', () => {
    const structure = tangle(16, 5, () => 0.01);
    const all = analyseStructure(structure, { cutSets: { list: 1e6 } }).cutSets!;
    const pairs = analyseStructure(structure, { cutSets: { maximumOrder: 2, list: 1e6, cutOff: 1e-3 } }).cutSets!;
    expect(pairs.truncatedAt).toBe(2);
    expect(pairs.byOrder).toEqual(all.byOrder.slice(0, 3));
    expect(pairs.top).toEqual(all.top.filter(({ blocks }) => blocks.length <= 2).filter((c) => c.probability >= 1e-3));
  });

  it('every listed cut set fails the top, and no smaller one does', () => {
    const structure = tangle(14, 9, () => 0.1);
    const { cutSets } = analyseStructure(structure, { cutSets: { list: 1e6 } });
    expect(cutSets!.top).toHaveLength(cutSets!.count);
    for (const { blocks } of cutSets!.top) {
      const down = new Set(blocks.map((name) => Number(name.slice(1))));
      expect(evaluate(structure, (i) => down.has(i))).toBe(true);
      for (const left of down) expect(evaluate(structure, (i) => i !== left && down.has(i))).toBe(false);
    }
  });
});
