/**
 * 1 − x as a person means it: 0.99999 gives 1e-5, not 1.0000000000065512e-5. The subtraction is done on the shortest
 * decimal form of x, so an availability that was written in decimal keeps all its digits as an unavailability (DX-01).
 *
 * @param x in [0, 1].
 * @throws RangeError outside.
 */
export function complement(x: number): number {
  if (!(x >= 0 && x <= 1)) throw new RangeError(`${x} is not between 0 and 1`);
  const [whole, fraction] = x.toString().split('.');
  // Whole numbers, and numbers so small that they are printed with an exponent, lose nothing in a plain subtraction.
  if (fraction === undefined || whole !== '0' || fraction.includes('e')) return 1 - x;
  const digits = 10n ** BigInt(fraction.length) - BigInt(fraction);
  return Number(`${digits}e-${fraction.length}`);
}
