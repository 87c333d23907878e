import { describe, expect, it } from 'vitest';
import { analyseStructure } from '../../src/analytic/structure/analyse.ts';
import { type Block, type Gate, repairedBlock, type Structure } from '../../src/model/structure.ts';
import { gridNetwork, serviceRing } from '../../src/tools/bench/models/structures.ts';
import { agreesTo } from './digits.ts';
import { block, structureOf } from './structures.ts';

function blocksOf(unavailabilities: readonly number[]): Block[] {
  return unavailabilities.map((q, i) => block(`b${i + 1}`, q));
}

function all(blocks: readonly Block[]): number[] {
  return blocks.map((_, i) => i);
}

function series(...unavailabilities: number[]): Structure {
  const blocks = blocksOf(unavailabilities);
  return structureOf(blocks, [{ kind: 'or', inputs: all(blocks) }]);
}

function parallel(...unavailabilities: number[]): Structure {
  const blocks = blocksOf(unavailabilities);
  return structureOf(blocks, [{ kind: 'and', inputs: all(blocks) }]);
}

/** Needs `working` of `n` equal units. */
function kOfN(working: number, n: number, q: number): Structure {
  const blocks = blocksOf(new Array<number>(n).fill(q));
  return structureOf(blocks, [{ kind: 'atleast', minimum: n - working + 1, inputs: all(blocks) }]);
}

function bridge(blocks: readonly Block[]): Structure {
  const cuts = [
    [0, 1],
    [3, 4],
    [0, 2, 4],
    [1, 2, 3],
  ];
  const gates: Gate[] = cuts.map((inputs) => ({ kind: 'and', inputs }));
  return structureOf(blocks, [...gates, { kind: 'or', inputs: [~0, ~1, ~2, ~3] }]);
}

function top(structure: Structure) {
  return analyseStructure(structure, { cutSets: false }).top;
}

describe('reference: methods 7.1', () => {
  it('bridge: unavailability, frequency and every importance measure', () => {
    const q = [0.01, 0.02, 0.03, 0.04, 0.05];
    const blocks = q.map((u, i) => repairedBlock(`b${i + 1}`, (4 * (1 - u)) / u, 4));
    const { top, importance, cutSets } = analyseStructure(bridge(blocks));
    expect(top.unavailability).toBeCloseTo(0.002236284, 14);
    expect(top.frequencyPerYear! / 8760).toBeCloseTo(0.00112654, 14);
    expect(top.mdtHours).toBeCloseTo(1.98509063149, 10);
    expect(top.mutHours).toBeCloseTo(885.688671507, 8);
    const expected = {
      birnbaum: [0.0213484, 0.0110942, 0.0012228, 0.0505396, 0.04025048],
      fussellVesely: [0.09546372464, 0.09921995596, 0.01640399878, 0.9039925162, 0.8999411524],
      raw: [10.45090874, 5.861777842, 1.53039596, 22.69582039, 18.0988819],
      rrw: [1.105538857, 1.110148928, 1.016677578, 10.41585468, 9.994118699],
    };
    for (const [measure, values] of Object.entries(expected)) {
      importance.forEach((found, i) => {
        const value = found[measure as keyof typeof expected];
        expect(value / values[i]!, `${measure} of b${i + 1}`).toBeCloseTo(1, 9);
      });
    }
    expect(cutSets!.byOrder).toEqual([0, 0, 2, 2]);
    expect(cutSets!.top[0]!.blocks).toEqual(['b4', 'b5']);
    expect(cutSets!.top[0]!.probability).toBeCloseTo(0.002, 15);
  });

  it('11 or more of 1000 failed at q = 1e-3', () => {
    expect(top(kOfN(990, 1000, 1e-3)).unavailability / 9.5999551852282e-9).toBeCloseTo(1, 12);
  });

  it('grids from corner to corner at p = 0.9', () => {
    expect(top(gridNetwork(5, 0.1)).availability).toBeCloseTo(0.97555658950537, 13);
    expect(top(gridNetwork(7, 0.1)).availability).toBeCloseTo(0.9756591210233, 13);
  });

  it.each([
    [200, 6.39694167792e-6],
    [2_000, 6.39675753718e-5],
    [20_000, 6.39491651842e-4],
  ])('ring of %i services', (services, expected) => {
    const result = analyseStructure(serviceRing(services, 1e-4), { cutSets: false });
    expect(result.top.unavailability / expected).toBeCloseTo(1, 11);
    expect(result.importance).toHaveLength(services / 5 + 2 * services);
  });
});

describe('reference: methods 7.5', () => {
  it.each([
    [2, '1.58727639e-5'],
    [3, '6.32381e-8'],
  ])('%i parallel units of MTTF 1 000 h and repair 4 h: only the means matter', (units, expected) => {
    const blocks = Array.from({ length: units }, (_, i) => repairedBlock(`u${i}`, 1000, 4));
    agreesTo(top(structureOf(blocks, [{ kind: 'and', inputs: all(blocks) }])).unavailability, expected);
  });
});

describe('reference: numeric checks of the seeds', () => {
  it('NC-01: 99.999 % is 315.36 s a year', () => {
    expect(top(series(1e-5)).dpm).toBeCloseTo(315.36, 10);
  });

  it('NC-03 and NC-04: three five-nines elements in series, exact and as a sum', () => {
    const found = top(series(1e-5, 1e-5, 1e-5));
    expect(found.availability).toBeCloseTo(0.999970000299999, 15);
    expect(found.unavailability).toBeCloseTo(2.9999700001e-5, 18);
    expect(found.dpm).toBeCloseTo(946.070539, 6);
    expect(found.nines).toBeCloseTo(4.5229, 4);
    expect(3 * 315.36 - found.dpm).toBeCloseTo(0.00946, 5);
  });

  it('NC-05: a redundant pair of three nines', () => {
    const found = top(parallel(1e-3, 1e-3));
    expect(found.unavailability).toBeCloseTo(1e-6, 20);
    expect(found.dpm).toBeCloseTo(31.536, 12);
    expect(found.nines).toBeCloseTo(6, 12);
  });

  it('NC-06: three such pairs in series', () => {
    const blocks = blocksOf(new Array<number>(6).fill(1e-3));
    const pairs: Gate[] = [0, 2, 4].map((i) => ({ kind: 'and', inputs: [i, i + 1] }));
    const found = top(structureOf(blocks, [...pairs, { kind: 'or', inputs: [~0, ~1, ~2] }]));
    expect(found.availability).toBeCloseTo(0.999997000003, 15);
    expect(found.dpm).toBeCloseTo(94.607905, 6);
    expect(found.nines).toBeCloseTo(5.5229, 4);
  });

  it.each([
    [2, 3, 2.998e-6],
    [3, 4, 5.992e-6],
    [4, 5, 9.98e-6],
    [8, 9, 3.583e-5],
    [2, 4, 3.997e-9],
    [6, 8, 5.579e-8],
  ])('NC-38: %i-of-%i at u = 1e-3', (working, n, expected) => {
    expect(top(kOfN(working, n, 1e-3)).unavailability / expected).toBeCloseTo(1, 3);
  });

  it('NC-40, NC-41, NC-50: clouds in series, fifteen Critical services, a quorum', () => {
    expect(top(series(1e-6, 1e-6, 1e-6)).dpm).toBeCloseTo(94.61, 2);
    expect(top(series(...new Array<number>(15).fill(1e-6))).nines).toBeCloseTo(4.824, 3);
    expect(top(kOfN(2, 3, 1e-3)).dpm).toBeCloseTo(94.54, 2);
    expect(top(kOfN(2, 3, 1e-3)).nines).toBeCloseTo(5.523, 3);
  });
});

describe('reference: published examples', () => {
  it('Azure composite SLA (Microsoft, dotnet reference application), shared services counted once', () => {
    const regional = [1e-4, 5e-4, 1e-4, 1e-3, 1e-4, 5e-5, 1e-4, 1e-3, 1e-4, 1e-4, 1e-4, 1e-3, 1e-4];
    const dev = [1e-4, 1e-4, 5e-4, 1e-3, 5e-5, 1e-3, 1e-4, 1e-3];
    expect(top(series(...dev)).availability).toBeCloseTo(0.9961557657665862, 13);
    expect(top(series(1e-4, 1e-4, ...regional)).availability).toBeCloseTo(0.9954586658883976, 13);
    expect(top(series(...regional)).availability).toBeCloseTo(0.9956577874893178, 13);
    const blocks = blocksOf([1e-4, 1e-4, ...regional, ...regional]);
    const region = (from: number): Gate => ({ kind: 'or', inputs: regional.map((_, i) => from + i) });
    const both: Gate[] = [region(2), region(2 + regional.length), { kind: 'and', inputs: [~0, ~1] }];
    const whole = structureOf(blocks, [...both, { kind: 'or', inputs: [0, 1, ~2] }]);
    expect(top(whole).availability).toBeCloseTo(0.9997811589612853, 13);
    expect(top(series(1e-4, 1e-4)).availability).toBeCloseTo(0.99980001, 14);
    // Drawn into both regions the shared services are still the same two blocks, so nothing changes.
    const drawnTwice: Gate[] = [2, 2 + regional.length].map((from) => ({
      kind: 'or',
      inputs: [0, 1, ...regional.map((_, i) => from + i)],
    }));
    const same = structureOf(blocks, [...drawnTwice, { kind: 'and', inputs: [~0, ~1] }]);
    expect(top(same).unavailability / top(whole).unavailability).toBeCloseTo(1, 13);
  });

  it('RePyability: bridge of five 0.95 blocks (IGNOU unit 16)', () => {
    expect(top(bridge(blocksOf(new Array<number>(5).fill(0.05)))).availability).toBeCloseTo(0.994780625, 14);
  });

  it('Modarres & Kaminskiy example 6.10: two pumps in parallel, a valve', () => {
    const blocks = blocksOf([0.03, 0.03, 0.01]);
    const gates: Gate[] = [
      { kind: 'and', inputs: [0, 1] },
      { kind: 'or', inputs: [~0, 2] },
    ];
    expect(top(structureOf(blocks, gates)).availability).toBeCloseTo(0.989109, 14);
  });

  it('RePyability: steady-state measures of one unit and of two in series', () => {
    const one = top({ blocks: [repairedBlock('a', 5, 1)], gates: [], top: 0 });
    expect(one.mutHours).toBeCloseTo(5, 12);
    expect(one.mdtHours).toBeCloseTo(1, 12);
    expect(one.frequencyPerYear! / 8760).toBeCloseTo(1 / 6, 12);
    const two = [repairedBlock('a', 5, 1), repairedBlock('b', 2, 1)];
    expect(top(structureOf(two, [{ kind: 'or', inputs: [0, 1] }])).mutHours).toBeCloseTo(1 / 0.7, 12);
  });

  it('fiabilipy: steady state behind A(1000 h)', () => {
    expect(top({ blocks: [repairedBlock('a', 1e4, 1 / 3e-2)], gates: [], top: 0 }).availability).toBeCloseTo(
      0.996677740863788,
      13,
    );
  });

  it('relpy: 2-of-3 at 0.9 in series with a unit, and ReliaLearnR', () => {
    expect(top(series(0.05, 0.1, 0.02)).availability).toBeCloseTo(0.8379, 12);
    expect(top(parallel(0.1, 0.15)).availability).toBeCloseTo(0.985, 12);
    expect(top(parallel(0.12, 0.12, 0.12)).availability).toBeCloseTo(0.998272, 12);
  });

  it('QNX high availability note: two five-nines units in series lose 630 s a year', () => {
    const found = top(series(1e-5, 1e-5));
    expect(found.availability).toBeCloseTo(0.99998, 9);
    expect(found.dpm).toBeCloseTo(630.7, 1);
  });

  it('ReliaWiki series .995 × .987 × .973; workstation and file server (Trivedi)', () => {
    expect(top(series(0.005, 0.013, 0.027)).availability).toBeCloseTo(0.95555, 5);
    const blocks = [repairedBlock('ws1', 1e4, 1), repairedBlock('ws2', 1e4, 1), repairedBlock('fs', 2e4, 2)];
    const gates: Gate[] = [
      { kind: 'and', inputs: [0, 1] },
      { kind: 'or', inputs: [~0, 2] },
    ];
    const ws = 1e-4 / (1 + 1e-4);
    const fs = 5e-5 / (0.5 + 5e-5);
    expect(top(structureOf(blocks, gates)).unavailability).toBeCloseTo(1 - (1 - ws * ws) * (1 - fs), 14);
  });

  it('Storm DFT tests AndTest and OrTest: 1/4 and 3/4 at equal halves', () => {
    expect(top(parallel(0.5, 0.5)).unavailability).toBe(0.25);
    expect(top(series(0.5, 0.5)).unavailability).toBe(0.75);
  });

  it('Storm DFT tests at t = 1: and F(2), or, voting, voting2', () => {
    expect(top(parallel(-Math.expm1(-1), -Math.expm1(-1))).unavailability).toBeCloseTo(0.3995764009, 10);
    // MTTF 3, 5/3 and 10/17 of the published trees are single exponentials of these total rates.
    const exponential = (...rates: number[]) => top(series(...rates.map((rate) => -Math.expm1(-rate)))).unavailability;
    expect(exponential(0.5, 0.5)).toBeCloseTo(0.6321205588, 10);
    expect(exponential(0.1, 0.2, 0.3)).toBeCloseTo(0.4511883639, 10);
    expect(exponential(0.7, 1)).toBeCloseTo(0.8173164759, 9);
  });

  it('DFTCalc tests at t = 1: be, and, or, tripple_and, tripple_or2', () => {
    const q = -Math.expm1(-0.5);
    const blocks = blocksOf([q, q, q, q]);
    const pairs: Gate[] = [
      { kind: 'and', inputs: [0, 1] },
      { kind: 'and', inputs: [2, 3] },
      { kind: 'and', inputs: [~0, ~1] },
    ];
    expect(top(series(q)).unavailability).toBeCloseTo(0.3934693, 7);
    expect(top(parallel(q, q)).unavailability).toBeCloseTo(0.1548181, 7);
    expect(top(series(q, q)).unavailability).toBeCloseTo(0.6321206, 7);
    expect(top(structureOf(blocks, pairs)).unavailability).toBeCloseTo(0.0239687, 7);
    expect(top(series(q, q, q)).unavailability).toBeCloseTo(0.7768698, 7);
  });
});
