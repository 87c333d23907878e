import { BestFirst } from '../best-first.ts';
import type { Graph } from '../graph/graph.ts';
import type { Module } from '../graph/modules.ts';
import { ReasonFinder, UNKNOWN } from './reasons.ts';

export interface Bounds {
  readonly lo: number;
  readonly hi: number;
}

/** Part of the probability space not settled yet: some leaves fixed, the rest open. */
interface Region {
  readonly probability: number;
  readonly fixed: Fixed | undefined;
}

interface Fixed {
  readonly leaf: number;
  readonly failed: 0 | 1;
  readonly before: Fixed | undefined;
}

/** Regions kept open at the most (some 150 MB): a region opens up to one per leaf, so wide modules stop early. */
const MOST_OPEN_REGIONS = 1_000_000;
/** Regions no larger than this share of the lower bound together end the search. */
const CLOSE_ENOUGH = 1e-6;
/** Bounds are opened by this much, relatively, so that rounding cannot close over the true value. */
const ROUNDING = 1e-12;

/**
 * Bounds on the probability that a module's variable is true, without its diagram. Disjoint regions are settled one
 * after another, most probable first: some leaves working force the value the region has at rest, which settles
 * their product; each leaf in turn failing while those before it work opens a smaller region (Dotson & Gobien, IEEE
 * Trans. Circuits and Systems 26(10), 1979, for any gates instead of paths). `lo` is what is settled as failed, `hi`
 * adds everything still open, so both always hold.
 *
 * @param unavailability by leaf
 * @param effort regions to open, each costing a pass over the module
 */
export function splitBounds(
  graph: Graph,
  rest: Uint8Array,
  module: Module,
  unavailability: ArrayLike<number>,
  effort: number,
): Bounds {
  const finder = new ReasonFinder(graph, rest, module, unavailability);
  const flipped = rest[module.root]!;
  // What never or always fails is no question.
  const sure = Uint8Array.from(module.leaves, (_, leaf) => {
    const q = unavailability[leaf]!;
    return q === 0 || q === 1 ? q : UNKNOWN;
  });
  const values = new Uint8Array(sure.length);
  const open = new BestFirst(moreProbable);
  open.push({ probability: 1, fixed: undefined });
  let failed = 0;
  for (let pass = 0; pass < effort && open.size < MOST_OPEN_REGIONS; pass++) {
    const region = open.pop();
    if (region === undefined) break;
    if (pass % 1024 === 1023 && totalOf(open) <= CLOSE_ENOUGH * failed) {
      open.push(region);
      break;
    }
    values.set(sure);
    for (let f = region.fixed; f !== undefined; f = f.before) values[f.leaf] = f.failed;
    const { value, leaves } = finder.explain(values);
    let { probability, fixed } = region;
    for (const leaf of leaves) {
      const q = unavailability[leaf]!;
      open.push({ probability: probability * q, fixed: { leaf, failed: 1, before: fixed } });
      probability *= 1 - q;
      fixed = { leaf, failed: 0, before: fixed };
    }
    if ((value ^ flipped) === 1) failed += probability;
  }
  return { lo: failed * (1 - ROUNDING), hi: Math.min(1, (failed + totalOf(open)) * (1 + ROUNDING)) };
}

const moreProbable = (a: Region, b: Region): boolean => a.probability > b.probability;

/** Probability of all regions that are still open. */
function totalOf(open: BestFirst<Region>): number {
  // In ascending order the many small ones are not rounded away.
  const sorted = Float64Array.from(open, ({ probability }) => probability).sort();
  return sorted.reduce((sum, probability) => sum + probability, 0);
}
