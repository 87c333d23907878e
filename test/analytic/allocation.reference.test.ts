import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { achieved } from '../../src/analytic/allocation/achieved.ts';
import { allocate } from '../../src/analytic/allocation/allocate.ts';
import { complement } from '../../src/analytic/allocation/complement.ts';
import { cheapestConfiguration } from '../../src/analytic/allocation/configuration.ts';
import { minimumEffort } from '../../src/analytic/allocation/methods.ts';
import { parseShares, type Split } from '../../src/analytic/allocation/split.ts';
import { InputError } from '../../src/model/problem.ts';
import { agreesTo } from './digits.ts';

const SEED = parseShares('HW=10,ISW<=VIM=10,ISW>VIM=10,APP=50,OPER=20');

describe('reference: allocation of the source document (B-44, NC-08, NC-09)', () => {
  const { rows, format } = allocate([complement(0.99999), complement(0.999999)], SEED);

  it.each([
    [0, '315.36', ['31.54', '31.54', '31.54', '157.68', '63.07'], ['6.00', '6.00', '6.00', '5.30', '5.70']],
    [1, '31.54', ['3.15', '3.15', '3.15', '15.77', '6.31'], ['7.00', '7.00', '7.00', '6.30', '6.70']],
  ])('row %i to the printed decimals', (i, total, dpm, nines) => {
    const row = rows[i]!;
    expect(format).toBe('carriergrade/allocation/1');
    expect(row.dpm.toFixed(2)).toBe(total);
    expect(row.blocks.map((block) => block.name)).toEqual(['HW', 'ISW<=VIM', 'ISW>VIM', 'APP', 'OPER']);
    expect(row.blocks.map((block) => block.dpm.toFixed(2))).toEqual(dpm);
    expect(row.blocks.map((block) => block.nines.toFixed(2))).toEqual(nines);
  });

  it('prints the availabilities', () => {
    const printed = (i: number) => rows[i]!.blocks.map((block) => block.availability);
    expect(printed(0)).toEqual([0.999999, 0.999999, 0.999999, 0.999995, 0.999998]);
    expect(printed(1)).toEqual([0.9999999, 0.9999999, 0.9999999, 0.9999995, 0.9999998]);
  });

  it('gives the exact values', () => {
    const close = (found: readonly { dpm: number }[], exact: readonly number[]) => {
      found.forEach(({ dpm }, i) => {
        expect(dpm).toBeCloseTo(exact[i]!, 12);
      });
    };
    close(rows, [315.36, 31.536]);
    close(rows[0]!.blocks, [31.536, 31.536, 31.536, 157.68, 63.072]);
    rows[0]!.blocks.slice(3).forEach(({ nines }, i) => {
      agreesTo(nines, ['5.30103', '5.69897'][i]!);
    });
  });

  it('is conservative: the product of the row loses a little less than the target (DX-03)', () => {
    const products = rows.map((row) =>
      achieved(row, Object.fromEntries(row.blocks.map((block) => [block.name, block.unavailability]))),
    );
    agreesTo(products[0]!.dpm, '315.358928');
    agreesTo(products[1]!.dpm, '31.535989');
    expect(products[0]!.addedDpm).toBeCloseTo(315.36, 10);
    expect(products[0]!.meetsTarget).toBe(true);
  });

  it('divides a block again: 31.536 s over 15 services is 2.1024 s and 7.176 nines each (NC-41)', () => {
    const services: Split = {
      method: 'equal',
      blocks: Array.from({ length: 15 }, (_, i) => ({ name: `service ${i}` })),
    };
    const split: Split = {
      method: 'shares',
      blocks: [
        { name: 'VIM', share: 0.1, split: services },
        { name: 'rest', share: 0.9 },
      ],
    };
    const [row] = allocate([1e-5], split).rows;
    const parts = row!.blocks[0]!.blocks!;
    expect(parts).toHaveLength(15);
    agreesTo(parts[0]!.dpm, '2.1024');
    agreesTo(parts[0]!.nines, '7.176');
  });
});

describe('reference: other methods (methods 7.11)', () => {
  const values = (target: number, split: Split) => allocate([target], split).rows[0]!.blocks;

  it('equal, as a product: 0.99 over four', () => {
    const blocks = [1, 2, 3, 4].map((i) => ({ name: `${i}` }));
    const [first] = values(complement(0.99), { method: 'equal', combination: 'product', blocks });
    agreesTo(first!.availability, '0.99749056993');
  });

  it('ARINC: rates 2, 1, 0.5, 0.5 (e-4) to 1e-4', () => {
    const blocks = [2e-4, 1e-4, 5e-5, 5e-5].map((failureRate, i) => ({ name: `${i}`, failureRate }));
    const found = values(1e-4, { method: 'arinc', blocks }).map((block) => block.unavailability);
    [5e-5, 2.5e-5, 1.25e-5, 1.25e-5].forEach((u, i) => {
      expect(found[i]).toBeCloseTo(u, 18);
    });
  });

  it('AGREE: parts 10, 20, 30, 40, importance 1, 0.9, 0.8, 1, R = 0.95, 1 000 h', () => {
    const importance = [1, 0.9, 0.8, 1];
    const blocks = [10, 20, 30, 40].map((parts, i) => ({ name: `${i}`, parts, importance: importance[i]! }));
    const found = values(complement(0.95), { method: 'agree', missionHours: 1000, blocks });
    ['194957.257', '87730.766', '51988.602', '48739.314'].forEach((theta, i) => {
      agreesTo(found[i]!.mtbfHours!, theta);
    });
    // The system as AGREE sees it meets its target: Π (1 − Eᵢ(1 − Rᵢ)) = R.
    const whole = found.reduce((product, block, i) => product * (1 - importance[i]! * block.unavailability), 1);
    expect(whole).toBeCloseTo(0.95, 14);
  });

  it('minimum effort: 0.90, 0.95, 0.97, 0.99 to 0.90 raises two blocks to 0.968', () => {
    const found = minimumEffort([0.9, 0.95, 0.97, 0.99].map(complement), complement(0.9));
    agreesTo(1 - found[0]!, '0.96809458359');
    expect(found[1]).toBe(found[0]);
    expect(found.slice(2)).toEqual([complement(0.97), complement(0.99)]);
    expect(minimumEffort([1e-7, 1e-8], 1e-5)).toEqual([1e-7, 1e-8]);
  });

  it('least cost: logarithmic weights 3, 1, 2, 4 and reciprocal weights 1, 4, 9, 16', () => {
    const split = (cost: 'logarithmic' | 'reciprocal', weights: number[]): Split => ({
      method: 'cost',
      cost,
      blocks: weights.map((weight, i) => ({ name: `${i}`, weight })),
    });
    const found = (s: Split) => values(1e-5, s).map((block) => block.unavailability * 1e6);
    found(split('logarithmic', [3, 1, 2, 4])).forEach((u, i) => {
      expect(u).toBeCloseTo([3, 1, 2, 4][i]!, 12);
    });
    found(split('reciprocal', [1, 4, 9, 16])).forEach((u, i) => {
      expect(u).toBeCloseTo(i + 1, 12);
    });
  });

  it('feasibility: in proportion to the product of the ratings', () => {
    const blocks = [
      { name: 'a', ratings: [2, 3] },
      { name: 'b', ratings: [3, 6] },
    ];
    const found = values(4e-6, { method: 'feasibility', blocks });
    expect(found[0]!.unavailability).toBeCloseTo(1e-6, 18);
    expect(found[1]!.share).toBeCloseTo(0.75, 15);
  });
});

describe('inverse', () => {
  const [row] = allocate([1e-5], SEED).rows;
  const good = { HW: 1e-6, 'ISW<=VIM': 1e-6, 'ISW>VIM': 1e-6, APP: 5e-6, OPER: 2e-6 };

  it('names the block that breaks the target by the largest factor, and what is supported', () => {
    const result = achieved(row!, { ...good, 'ISW<=VIM': 3e-6, APP: 6e-6 });
    expect(result.breaking).toBe('ISW<=VIM');
    expect(result.meetsTarget).toBe(false);
    expect(result.supportedUnavailability).toBeCloseTo(3e-5, 18);
    expect(result.addedDpm).toBeCloseTo(315.36 * 1.3, 9);
  });

  it('a block over its part need not break the whole', () => {
    const result = achieved(row!, { ...good, HW: 2e-6, APP: 1e-6 });
    expect(result.meetsTarget).toBe(true);
    expect(result.breaking).toBe('HW');
  });

  it('reports missing, unknown and impossible values together', () => {
    try {
      achieved(row!, { HW: 2, APP: 1e-6, OPER: 1e-6, 'ISW>VIM': 0, disk: 1e-6 });
      expect.unreachable();
    } catch (error) {
      expect((error as InputError).problems.map((p) => p.code).sort()).toEqual([
        'missing-block',
        'out-of-range',
        'unknown-block',
      ]);
    }
  });
});

describe('law: allocation', () => {
  it('shares always add up to the target and every level to its parent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 8 }),
        fc.double({ min: -12, max: -1, noNaN: true }),
        (weights, exponent) => {
          const target = 10 ** exponent;
          const blocks = weights.map((failureRate, i) => ({ name: `${i}`, failureRate }));
          const split: Split = {
            method: 'arinc',
            blocks: blocks.map((block) => ({ ...block, split: { method: 'arinc', blocks } })),
          };
          const [row] = allocate([target], split).rows;
          const sum = (list: readonly { dpm: number }[]) => list.reduce((total, { dpm }) => total + dpm, 0);
          expect(sum(row!.blocks) / row!.dpm).toBeCloseTo(1, 12);
          for (const block of row!.blocks) expect(sum(block.blocks!) / block.dpm).toBeCloseTo(1, 12);
        },
      ),
      { seed: 3, numRuns: 100 },
    );
  });

  it('minimum effort meets the target exactly, worsens nothing and levels what it raises', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -9, max: -2, noNaN: true }), { minLength: 1, maxLength: 8 }),
        (exponents) => {
          const present = exponents.map((x) => 10 ** x);
          const result = minimumEffort(present, 1e-4);
          const log = result.reduce((sum, u) => sum + Math.log1p(-u), 0);
          const before = present.reduce((sum, u) => sum + Math.log1p(-u), 0);
          if (before >= Math.log1p(-1e-4)) expect(result).toEqual(present);
          else expect(-Math.expm1(log) / 1e-4).toBeCloseTo(1, 9);
          result.forEach((u, i) => {
            expect(u).toBeLessThanOrEqual(present[i]!);
          });
        },
      ),
      { seed: 5, numRuns: 200 },
    );
  });

  it('the cheapest configuration is what trying all of them finds', () => {
    const option = fc.record({
      cost: fc.integer({ min: 1, max: 9 }),
      exponent: fc.double({ min: -7, max: -3, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(option, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        (groups) => {
          const options = groups.map((group) =>
            group.map(({ cost, exponent }, i) => ({ name: `${i}`, cost, unavailability: 10 ** exponent })),
          );
          const all = options.reduce<{ cost: number; log: number }[]>(
            (choices, group) =>
              choices.flatMap((c) =>
                group.map((o) => ({ cost: c.cost + o.cost, log: c.log + Math.log1p(-o.unavailability) })),
              ),
            [{ cost: 0, log: 0 }],
          );
          const costs = all.filter(({ log }) => log >= Math.log1p(-1e-4)).map(({ cost }) => cost);
          if (costs.length === 0) expect(() => cheapestConfiguration(options, 1e-4)).toThrowError(InputError);
          else expect(cheapestConfiguration(options, 1e-4).cost).toBe(Math.min(...costs));
        },
      ),
      { seed: 11, numRuns: 200 },
    );
  });

  it('complement keeps what was written in decimal', () => {
    expect(complement(0.99999)).toBe(1e-5);
    expect(complement(0.9999999995)).toBe(5e-10);
    expect(complement(0.1)).toBe(0.9);
    expect(complement(1e-9)).toBe(1 - 1e-9);
    expect([complement(0), complement(1)]).toEqual([1, 0]);
    expect(() => complement(1.5)).toThrowError(RangeError);
  });
});

describe('wrong splits are refused', () => {
  it.each([
    ['shares-sum', () => allocate([1e-5], parseShares('HW=10,APP=80'))],
    ['bad-share', () => parseShares('HW:10')],
    ['duplicate-block', () => allocate([1e-5], parseShares('HW=50,HW=50'))],
    ['empty-split', () => allocate([1e-5], { method: 'equal', blocks: [] })],
    ['out-of-range', () => allocate([0], SEED)],
    ['out-of-range', () => allocate([1e-5], { method: 'arinc', blocks: [{ name: 'a', failureRate: 0 }] })],
    [
      'infeasible',
      () => allocate([0.5], { method: 'agree', missionHours: 1, blocks: [{ name: 'a', parts: 1, importance: 0.1 }] }),
    ],
  ])('%s', (code, attempt) => {
    try {
      attempt();
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect((error as InputError).problems[0]!.code).toBe(code);
    }
  });

  it('says how far the shares are off', () => {
    expect(() => allocate([1e-5], parseShares('HW=10,APP=80'))).toThrowError('the shares sum to 90 %, not to 100 %');
  });
});
