import { moduleProbability } from '../evaluate.ts';
import { leavesOf, type PartialSolution, type SolvedModule } from '../solve.ts';
import { type Bounds, splitBounds } from './split.ts';

/** Inner modules with bounds only that one module may have before its own bounds become [0, 1]. */
const MOST_CORNERS = 6;

/**
 * Bounds on the top of a structure some modules of which have no diagram. A module's probability is linear in each of
 * its leaves, so its extremes over leaf bounds are found at their corners.
 *
 * @param unavailability by block
 * @param effort regions to open in all
 */
export function topBounds(partial: PartialSolution, unavailability: ArrayLike<number>, effort: number): Bounds {
  const lo = new Float64Array(partial.nodes);
  const hi = new Float64Array(partial.nodes);
  for (let block = 0; block < partial.blocks; block++) lo[block + 1] = hi[block + 1] = unavailability[block]!;
  const openModules = partial.parts.filter((part) => 'module' in part).length;
  for (const part of partial.parts) {
    const leaves = 'module' in part ? part.module.leaves : Array.from(leavesOf(part));
    const vague = leaves.filter((leaf) => lo[leaf]! < hi[leaf]!);
    let low = vague.length > MOST_CORNERS ? 0 : 1;
    let high = vague.length > MOST_CORNERS ? 1 : 0;
    const corners = vague.length > MOST_CORNERS ? 0 : 2 ** vague.length;
    for (let corner = 0; corner < corners; corner++) {
      const q = lo.slice();
      vague.forEach((leaf, i) => {
        if ((corner >> i) & 1) q[leaf] = hi[leaf]!;
      });
      const found = 'module' in part ? openBounds(part.module, q, effort / openModules / corners) : exact(part, q);
      low = Math.min(low, found.lo);
      high = Math.max(high, found.hi);
    }
    lo[part.root] = low;
    hi[part.root] = high;
  }
  const { top, complemented } = partial;
  return complemented ? { lo: 1 - hi[top]!, hi: 1 - lo[top]! } : { lo: lo[top]!, hi: hi[top]! };

  function openBounds(module: Parameters<typeof splitBounds>[2], q: Float64Array, share: number): Bounds {
    const own = Float64Array.from(module.leaves, (leaf) => q[leaf]!);
    return splitBounds(partial.graph, partial.rest, module, own, Math.max(1, Math.floor(share)));
  }
}

function exact(module: SolvedModule, q: Float64Array): Bounds {
  const value = moduleProbability(module, q);
  return { lo: value, hi: value };
}
