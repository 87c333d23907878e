import { add, type DoubleDouble, type DoubleDoubles, doubleDoubles } from '../doubledouble.ts';
import { binomial, convolve, type EqualUnits, sumOfProducts, tails, type Window } from './distribution.ts';

/**
 * P(at least `k` of the units have failed), 1 ≤ k ≤ units: groups of equal units by their binomial laws, unequal ones
 * by the recursion of the Poisson binomial law, which adds positive terms only. Right to full double precision however
 * small. For k beyond the middle the working units are counted instead: the work is units · min(k, units − k + 1), and
 * for one group of equal units linear.
 */
export function atLeast(k: number, groups: readonly EqualUnits[]): DoubleDouble {
  const units = total(groups);
  if (2 * k > units + 1) {
    const most = units - k;
    const working = insideOf(groups.map(swapped), 0, groups.length, most).counts;
    const { hi, lo } = tails(working);
    return { hi: hi[0]!, lo: lo[0]! };
  }
  const tail = doubleDoubles(k + 1);
  tail.hi[0] = 1;
  const sum = { hi: 0, lo: 0 };
  let counted = 0;
  for (const group of groups) {
    const share = binomial(group);
    const beyond = tails(share);
    counted += group.units;
    // Downwards, so that every entry is read before it is replaced. T(m) ← Σ_j b(j)·T(m − j), T being 1 below 0.
    for (let m = Math.min(k, counted); m > 0; m--) {
      sumOfProducts(share, { from: 0, share: tail }, m, sum);
      if (m < group.units) add(sum.hi, sum.lo, beyond.hi[m + 1]!, beyond.lo[m + 1]!, sum);
      tail.hi[m] = sum.hi;
      tail.lo[m] = sum.lo;
    }
  }
  return { hi: tail.hi[k]!, lo: tail.lo[k]! };
}

/**
 * For a unit of each group P(exactly k − 1 of all others have failed), the derivative of `atLeast` by its probability.
 * A tree of the groups gives every group the distribution of all units outside it without ever taking one out, so no
 * digit is lost; only the entries that can still add up to k − 1 are kept.
 */
export function atLeastDerivatives(k: number, groups: readonly EqualUnits[]): DoubleDoubles {
  const units = total(groups);
  const flipped = 2 * k > units + 1;
  const counted = flipped ? groups.map(swapped) : groups;
  const wanted = flipped ? units - k : k - 1;
  const found = doubleDoubles(groups.length);
  const one = doubleDoubles(1);
  one.hi[0] = 1;
  const stack: { readonly node: CountNode; readonly outside: Window }[] = [
    { node: insideOf(counted, 0, groups.length, wanted), outside: { from: 0, share: one } },
  ];
  const out = { hi: 0, lo: 0 };
  while (stack.length > 0) {
    const { node, outside } = stack.pop()!;
    if (node.halves === undefined) {
      const group = counted[node.first]!;
      sumOfProducts(binomial({ ...group, units: group.units - 1 }), outside, wanted, out);
      found.hi[node.first] = out.hi;
      found.lo[node.first] = out.lo;
      continue;
    }
    const [left, right] = node.halves;
    for (const [child, sibling] of [
      [left, right],
      [right, left],
    ] as const) {
      const least = Math.max(0, wanted - child.units + 1);
      stack.push({ node: child, outside: convolve(sibling.counts, outside, least, wanted) });
    }
  }
  return found;
}

/** Some neighbouring groups together. */
interface CountNode {
  readonly first: number;
  readonly units: number;
  /** P(exactly 0, 1, … of the units), cut after the largest number of interest. */
  readonly counts: DoubleDoubles;
  readonly halves: readonly [CountNode, CountNode] | undefined;
}

/** The tree of groups `first` … `end` − 1, by halves: as deep as the logarithm of their number. */
function insideOf(groups: readonly EqualUnits[], first: number, end: number, most: number): CountNode {
  if (end - first === 1) {
    const group = groups[first]!;
    const counts = binomial(group);
    const cut = { hi: counts.hi.slice(0, most + 1), lo: counts.lo.slice(0, most + 1) };
    return { first, units: group.units, counts: cut, halves: undefined };
  }
  const middle = (first + end) >> 1;
  const left = insideOf(groups, first, middle, most);
  const right = insideOf(groups, middle, end, most);
  const units = left.units + right.units;
  const { share } = convolve(left.counts, { from: 0, share: right.counts }, 0, Math.min(most, units));
  return { first, units, counts: share, halves: [left, right] };
}

function swapped({ units, failed, intact }: EqualUnits): EqualUnits {
  return { units, failed: intact, intact: failed };
}

function total(groups: readonly EqualUnits[]): number {
  return groups.reduce((sum, { units }) => sum + units, 0);
}
