import type { BlockImportance, Structure } from '../../model/structure.ts';
import { add, type DoubleDouble, type DoubleDoubles, multiply } from './doubledouble.ts';

/** Q of a block's absence smaller than this share of Q is rounding of 106-bit sums, that is nothing. */
const NOTHING_LEFT = 1e-27;

/**
 * All importance measures of every block from Q and its derivatives, Q being linear in each q: with I = ∂Q/∂q,
 * Q(q=0) = Q − q·I and Q(q=1) = Q(q=0) + I. Differences are taken in double-double, so a block that leaves 10⁻²⁰ of
 * Q behind still has a right RRW; below 10⁻²⁷ it is infinite. With Q = 0 the ratios are 0 or, for RAW and RRW, 1.
 *
 * With negations I may be negative (a failure that helps): the measures keep their formulas, so criticality and
 * Fussell–Vesely are then negative, RAW is below 1.
 *
 * @param top Q as a double-double
 * @param derivative by graph node, as from `derivatives`
 */
export function importances(
  blocks: Structure['blocks'],
  top: DoubleDouble,
  derivative: DoubleDoubles,
): BlockImportance[] {
  const total = top.hi;
  const share = { hi: 0, lo: 0 };
  const rest = { hi: 0, lo: 0 };
  const certain = { hi: 0, lo: 0 };
  return blocks.map(({ name, unavailability: q }, block) => {
    const hi = derivative.hi[block + 1]!;
    const lo = derivative.lo[block + 1]!;
    multiply(hi, lo, q, 0, share);
    add(top.hi, top.lo, -share.hi, -share.lo, rest);
    add(rest.hi, rest.lo, hi, lo, certain);
    const gone = Math.abs(rest.hi) <= NOTHING_LEFT * total;
    return {
      block: name,
      birnbaum: hi,
      criticality: total === 0 ? 0 : share.hi / total,
      fussellVesely: total === 0 ? 0 : share.hi / total,
      raw: total === 0 ? 1 : certain.hi / total,
      rrw: total === 0 ? 1 : gone ? Number.POSITIVE_INFINITY : total / rest.hi,
      improvementPotential: share.hi,
    };
  });
}
