import { type DoubleDouble, type DoubleDoubles, doubleDoubles } from '../doubledouble.ts';
import type { Probabilities } from '../evaluate.ts';
import { ATLEAST, type Graph } from '../graph/graph.ts';
import type { Module } from '../graph/modules.ts';
import { atLeast, atLeastDerivatives } from './atleast.ts';
import type { EqualUnits } from './distribution.ts';

/** Cells of the triangle k·(n − k + 1) above which counting is used; below, a diagram is as quick and can be drawn. */
const WORTH_COUNTING = 1 << 10;

/**
 * A module that is one k-of-n over independent leaves: solved by counting, without a diagram. True when at least
 * `minimum` of the leaves are, a leaf with `turned` 1 counting while its variable is false.
 */
export interface CountedModule {
  readonly root: number;
  readonly minimum: number;
  /** Graph nodes. */
  readonly leaves: Int32Array;
  readonly turned: Uint8Array;
}

/** The module as a count; undefined when it is something else, or small enough for a diagram. */
export function countedModule(graph: Graph, rest: Uint8Array, module: Module): CountedModule | undefined {
  const { root, gates, leaves } = module;
  if (graph.kinds[root] !== ATLEAST || gates.length > 1) return undefined;
  const inputs = graph.inputs[root]!;
  const units = inputs.length;
  const threshold = graph.thresholds[root]!;
  if (leaves.length < units || threshold * (units - threshold + 1) <= WORTH_COUNTING) return undefined;
  // What is true at rest is spoken of by its complement: fewer than k true are more than n − k false.
  const sign = rest[root]!;
  return {
    root,
    minimum: sign === 0 ? threshold : units - threshold + 1,
    leaves: Int32Array.from(inputs, (literal) => literal >> 1),
    turned: Uint8Array.from(inputs, (literal) => (literal & 1) ^ rest[literal >> 1]! ^ sign),
  };
}

/** P(the module's variable is true). */
export function countedProbability(module: CountedModule, p: Pick<Probabilities, 'failed' | 'intact'>): DoubleDouble {
  return atLeast(module.minimum, equalUnits(module, p).groups);
}

/** Derivative of that by the probability of each leaf's variable. */
export function countedDerivatives(module: CountedModule, p: Pick<Probabilities, 'failed' | 'intact'>): DoubleDoubles {
  const { groups, groupOf } = equalUnits(module, p);
  const ofGroup = atLeastDerivatives(module.minimum, groups);
  const own = doubleDoubles(groupOf.length);
  for (let l = 0; l < groupOf.length; l++) {
    const sign = module.turned[l] === 1 ? -1 : 1;
    own.hi[l] = sign * ofGroup.hi[groupOf[l]!]!;
    own.lo[l] = sign * ofGroup.lo[groupOf[l]!]!;
  }
  return own;
}

/** The same probability in plain doubles, all terms positive: T(m) ← (1 − q)·T(m) + q·T(m − 1), leaf by leaf. */
export function countedPlainly({ minimum, leaves, turned }: CountedModule, q: ArrayLike<number>): number {
  const units = leaves.length;
  // Counted from the side with fewer cells: at least k true, or at most n − k false.
  const flipped = 2 * minimum > units + 1 ? 1 : 0;
  const width = flipped === 1 ? units - minimum : minimum;
  const share = new Float64Array(width + 1);
  share[0] = 1;
  for (let l = 0; l < units; l++) {
    const own = q[leaves[l]!]!;
    const counts = (turned[l]! ^ flipped) === 1 ? 1 - own : own;
    const stays = 1 - counts;
    for (let m = Math.min(width, l + 1); m > 0; m--) share[m] = stays * share[m]! + counts * share[m - 1]!;
    if (flipped === 1) share[0] = stays * share[0]!;
  }
  return flipped === 1 ? share.reduce((sum, value) => sum + value, 0) : share[width]!;
}

/** Leaves of equal probability together, in the order of their first. */
function equalUnits(
  { leaves, turned }: CountedModule,
  { failed, intact }: Pick<Probabilities, 'failed' | 'intact'>,
): { groups: EqualUnits[]; groupOf: Int32Array } {
  const known = new Map<string, number>();
  const groups: { units: number; failed: DoubleDouble; intact: DoubleDouble }[] = [];
  const groupOf = new Int32Array(leaves.length);
  for (let l = 0; l < leaves.length; l++) {
    const leaf = leaves[l]!;
    const down = { hi: failed.hi[leaf]!, lo: failed.lo[leaf]! };
    const up = { hi: intact.hi[leaf]!, lo: intact.lo[leaf]! };
    const key = `${turned[l]} ${down.hi} ${down.lo}`;
    let group = known.get(key);
    if (group === undefined) {
      group = groups.push({ units: 0, failed: turned[l] === 1 ? up : down, intact: turned[l] === 1 ? down : up }) - 1;
      known.set(key, group);
    }
    groups[group]!.units++;
    groupOf[l] = group;
  }
  return { groups, groupOf };
}
