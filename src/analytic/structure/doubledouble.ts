/**
 * Double-double numbers, value = hi + lo with |lo| ≤ ulp(hi)/2: about 32 decimal digits (Dekker 1971, Knuth TAOCP 2
 * §4.2.2). They keep differences of nearly equal probabilities (Birnbaum importance, Q − q·I) right to full double
 * precision.
 */
export interface DoubleDouble {
  hi: number;
  lo: number;
}

/** Many of them in two parallel arrays. */
export interface DoubleDoubles {
  readonly hi: Float64Array;
  readonly lo: Float64Array;
}

export function doubleDoubles(length: number): DoubleDoubles {
  return { hi: new Float64Array(length), lo: new Float64Array(length) };
}

/** Veltkamp's splitter for 53-bit significands, 2²⁷ + 1. */
export const SPLITTER = 134217729;

/** out = a + b (two-sum of the leading parts). `out` may be an operand's source. */
export function add(aHi: number, aLo: number, bHi: number, bLo: number, out: DoubleDouble): void {
  const sum = aHi + bHi;
  const v = sum - aHi;
  const error = aHi - (sum - v) + (bHi - v) + (aLo + bLo);
  out.hi = sum + error;
  out.lo = error - (out.hi - sum);
}

/** out = a · b (exact product of the leading parts). */
export function multiply(aHi: number, aLo: number, bHi: number, bLo: number, out: DoubleDouble): void {
  let t = SPLITTER * aHi;
  const a1 = t - (t - aHi);
  const a2 = aHi - a1;
  t = SPLITTER * bHi;
  const b1 = t - (t - bHi);
  const b2 = bHi - b1;
  const x = aHi * bHi;
  const error = a1 * b1 - x + a1 * b2 + a2 * b1 + a2 * b2 + (aHi * bLo + aLo * bHi);
  out.hi = x + error;
  out.lo = error - (out.hi - x);
}

/** out = a / b, b ≠ 0: one step of long division on the quotient of the leading parts. */
export function divide(aHi: number, aLo: number, bHi: number, bLo: number, out: DoubleDouble): void {
  const quotient = aHi / bHi;
  multiply(quotient, 0, bHi, bLo, out);
  const rest = aHi - out.hi - out.lo + aLo;
  const correction = rest / bHi;
  out.hi = quotient + correction;
  out.lo = correction - (out.hi - quotient);
}
