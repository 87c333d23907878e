import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDuration, parseProbability, parseRate } from '../../src/scenario/quantity/quantity.ts';

const seeded = { seed: 20_180_302, numRuns: 500 };
const units = {
  ns: 1e-9,
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  min: 60,
  h: 3600,
  d: 86_400,
  week: 604_800,
  month: 2_628_000,
  year: 31_536_000,
};

describe('law: quantities', () => {
  test('a duration is its number times its unit, correctly rounded, whatever the spacing', () => {
    const digits = fc.tuple(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 6 }));
    fc.assert(
      fc.property(
        digits,
        fc.constantFrom(...Object.keys(units)),
        fc.constantFrom('', ' ', '  '),
        ([n, scale], unit, space) => {
          const amount = new Decimal(n).div(new Decimal(10).pow(scale));
          const expected = amount.times(new Decimal(String(units[unit as keyof typeof units]))).toNumber();
          expect(parseDuration(`${amount.toFixed()}${space}${unit}`)).toEqual({ ok: true, value: expected });
        },
      ),
      seeded,
    );
  });

  test('rate and mean time are exact reciprocals of the written number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (n) => {
        const rate = parseRate(`${n} / year`);
        expect(rate.ok && rate.value.perYear).toBe(n);
        expect(rate.ok && rate.value.meanSeconds).toBe(new Decimal(31_536_000).div(n).toNumber());
      }),
      seeded,
    );
  });

  test('the complement of a percentage is exact, however many nines', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 9 }), (nines, last) => {
        const text = `99.${'9'.repeat(nines - 1)}${last} %`;
        const expected = new Decimal(100).minus(text.replace(' %', '')).div(100).toNumber();
        const read = parseProbability(text);
        expect(read.ok && read.value.complement).toBe(expected);
      }),
      seeded,
    );
  });

  test('no reader throws, and no refusal is silent', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.double(),
      fc.integer(),
      fc.constantFrom(null, true, [], {}),
      fc.stringMatching(/^[\d.eE+-]{1,6} ?[a-zµ%/()*^ ]{0,8}$/),
    );
    fc.assert(
      fc.property(anything, (input) => {
        for (const reader of [parseDuration, parseRate, parseProbability]) {
          const reading = reader(input);
          if (reading.ok)
            expect(Object.values(typeof reading.value === 'object' ? reading.value : [reading.value])).not.toContain(
              Number.NaN,
            );
          else expect(reading.message.length).toBeGreaterThan(20);
        }
      }),
      seeded,
    );
  });
});
