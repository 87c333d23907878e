import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Estimate } from '../../src/model/estimate.ts';
import { printAvailability, printEstimate, printNumber } from '../../src/report/format.ts';

const RUNS = { numRuns: 2000, seed: 20_260_101 };

/** Sizes spread over the orders of magnitude that reports hold. */
const size = fc
  .tuple(fc.double({ min: 1, max: 10, noNaN: true, maxExcluded: true }), fc.integer({ min: -14, max: 9 }))
  .map(([mantissa, exponent]) => mantissa * 10 ** exponent);

const estimates = fc
  .tuple(size, fc.double({ min: 1e-4, max: 1, noNaN: true }), fc.double({ min: 1e-4, max: 30, noNaN: true }))
  .map(
    ([value, below, above]): Estimate => ({
      value,
      lo: value * (1 - below),
      hi: value * (1 + above),
      method: 'histories',
      n: 9,
    }),
  );

function parsed(text: string): number {
  return Number(text.replaceAll(' ', ''));
}

test('a printed number is the number to six digits', () => {
  fc.assert(
    fc.property(size, (value) => {
      expect(Math.abs(parsed(printNumber(value)) / value - 1)).toBeLessThanOrEqual(5.1e-6);
    }),
    RUNS,
  );
});

test('a printed estimate differs from the estimate by less than a twentieth of its half width, in few digits', () => {
  fc.assert(
    fc.property(estimates, (given) => {
      const { value, interval } = printEstimate(given);
      const half = (given.hi - given.lo) / 2;
      expect(Math.abs(parsed(value) - given.value)).toBeLessThanOrEqual(half / 20);
      expect(`${value} ${interval}`).not.toMatch(/\d{15}|e\+|NaN/);
    }),
    RUNS,
  );
});

test('a printed availability gives the unavailability back to a tenth of its half width', () => {
  fc.assert(
    fc.property(estimates, (given) => {
      fc.pre(given.hi <= 1 && given.value >= 1e-12);
      const printed = printAvailability(given).value.replace(' %', '');
      const [whole, fraction = ''] = printed.split('.') as [string, string | undefined];
      const lost = 10n ** BigInt(fraction.length + 2) - BigInt(whole + fraction);
      const unavailability = Number(lost) / 10 ** (fraction.length + 2);
      expect(Math.abs(unavailability - given.value)).toBeLessThanOrEqual((given.hi - given.lo) / 20);
    }),
    RUNS,
  );
});
