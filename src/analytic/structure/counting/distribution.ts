import {
  add,
  type DoubleDouble,
  type DoubleDoubles,
  divide,
  doubleDoubles,
  multiply,
  SPLITTER,
} from '../doubledouble.ts';

/** `units` units that fail independently, each with probability `failed`; `intact` is its complement. */
export interface EqualUnits {
  readonly units: number;
  readonly failed: DoubleDouble;
  readonly intact: DoubleDouble;
}

/**
 * Probabilities that exactly 0, 1, … `units` of equal units have failed. Worked outwards from the likeliest number by
 * ratios and scaled to sum 1 at the end: nothing cancels or overflows, and what is far out keeps all its digits until
 * it is below the smallest double.
 */
export function binomial({ units, failed, intact }: EqualUnits): DoubleDoubles {
  const share = doubleDoubles(units + 1);
  const mode = failed.hi === 0 ? 0 : intact.hi === 0 ? units : Math.min(units, Math.floor((units + 1) * failed.hi));
  share.hi[mode] = 1;
  const term = { hi: 0, lo: 0 };
  const odds = { hi: 0, lo: 0 };
  const step = (from: number, to: number, ways: number, per: number): void => {
    multiply(share.hi[from]!, share.lo[from]!, odds.hi, odds.lo, term);
    multiply(term.hi, term.lo, ways, 0, term);
    divide(term.hi, term.lo, per, 0, term);
    share.hi[to] = term.hi;
    share.lo[to] = term.lo;
  };
  if (intact.hi > 0) divide(failed.hi, failed.lo, intact.hi, intact.lo, odds);
  for (let count = mode; count < units && share.hi[count]! > 0; count++)
    step(count, count + 1, units - count, count + 1);
  if (failed.hi > 0) divide(intact.hi, intact.lo, failed.hi, failed.lo, odds);
  for (let count = mode; count > 0 && share.hi[count]! > 0; count--) step(count, count - 1, count, units - count + 1);
  const total = tails(share);
  for (let count = 0; count <= units; count++) {
    divide(share.hi[count]!, share.lo[count]!, total.hi[0]!, total.lo[0]!, term);
    share.hi[count] = term.hi;
    share.lo[count] = term.lo;
  }
  return share;
}

/** At `count` the probability of `count` or more; one entry longer than `share`. */
export function tails(share: DoubleDoubles): DoubleDoubles {
  const length = share.hi.length;
  const tail = doubleDoubles(length + 1);
  const sum = { hi: 0, lo: 0 };
  for (let count = length - 1; count >= 0; count--) {
    add(sum.hi, sum.lo, share.hi[count]!, share.lo[count]!, sum);
    tail.hi[count] = sum.hi;
    tail.lo[count] = sum.lo;
  }
  return tail;
}

/** Entries `from` … of the distribution of a sum; a value outside `share` is 0. */
export interface Window {
  readonly from: number;
  readonly share: DoubleDoubles;
}

/** Entries `from` … `to` of the sum of two independent counts; those of `a` start at 0. */
export function convolve(a: DoubleDoubles, b: Window, from: number, to: number): Window {
  const share = doubleDoubles(to - from + 1);
  const out = { hi: 0, lo: 0 };
  for (let total = from; total <= to; total++) {
    sumOfProducts(a, b, total, out);
    share.hi[total - from] = out.hi;
    share.lo[total - from] = out.lo;
  }
  return { from, share };
}

/** out = Σ a[j]·b[total − j]: the inner loop of everything here, in double-doubles written out. */
export function sumOfProducts(a: DoubleDoubles, b: Window, total: number, out: DoubleDouble): void {
  const { hi: aHi, lo: aLo } = a;
  const { hi: bHi, lo: bLo } = b.share;
  const shift = total - b.from;
  const last = Math.min(aHi.length - 1, shift);
  let sumHi = 0;
  let sumLo = 0;
  for (let j = Math.max(0, shift - bHi.length + 1); j <= last; j++) {
    const x = aHi[j]!;
    const y = bHi[shift - j]!;
    let t = SPLITTER * x;
    const x1 = t - (t - x);
    const x2 = x - x1;
    t = SPLITTER * y;
    const y1 = t - (t - y);
    const y2 = y - y1;
    const product = x * y;
    const rest = x1 * y1 - product + x1 * y2 + x2 * y1 + x2 * y2 + (x * bLo[shift - j]! + aLo[j]! * y);
    const sum = sumHi + product;
    const v = sum - sumHi;
    const error = sumHi - (sum - v) + (product - v) + (sumLo + rest);
    sumHi = sum + error;
    sumLo = error - (sumHi - sum);
  }
  out.hi = sumHi;
  out.lo = sumLo;
}
