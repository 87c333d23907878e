import { expect } from 'vitest';

/** Asserts that `value` rounds to `printed` at the last printed digit (or is off by rounding of doubles only). */
export function agreesTo(value: number, printed: string): void {
  const difference = Math.abs(value - Number(printed));
  const allowed = 0.5001 * lastDigit(printed) + Math.abs(value) * 4 * Number.EPSILON;
  expect(difference, `${value} against ${printed}`).toBeLessThanOrEqual(allowed);
}

/** Value of one unit in the last place of a decimal text such as 2.8774e-5, 0.99 or 1000. */
export function lastDigit(printed: string): number {
  const [mantissa, exponent] = printed.toLowerCase().split('e');
  const point = mantissa!.indexOf('.');
  const decimals = point < 0 ? 0 : mantissa!.length - point - 1;
  return 10 ** (Number(exponent ?? 0) - decimals);
}
