import { NodeLimitReached } from '../bdd/manager.ts';
import { countedFamily } from '../counting/family.ts';
import { leavesOf, type Solution } from '../solve.ts';
import { EMPTY, type Family, FamilyManager, UNIT } from './family.ts';
import { minimalCutSets } from './minimal.ts';

/** Minimal cut sets of one module over its leaves. */
export interface ModuleFamily {
  /** Shared by all modules; levels are the module's own. */
  readonly manager: FamilyManager;
  readonly root: Family;
  /** Graph node at each level. */
  readonly leaves: Int32Array;
  /** Position among the modules of the module at each level, −1 for a block. */
  readonly leafModules: Int32Array;
}

export interface CutSetFamilies {
  readonly modules: readonly ModuleFamily[];
  /** Largest order kept; Infinity when all are there. */
  readonly maximumOrder: number;
}

/** Orders to fall back to, one after another, when all cut sets together need too many nodes. */
const FALLBACK_ORDERS = [6, 5, 4, 3, 2, 1];

/**
 * Minimal cut sets of all modules. With more than `nodeLimit` diagram nodes only those up to a smaller
 * order are kept, which `maximumOrder` tells; undefined when not even the single ones fit.
 */
export function cutSetFamilies(
  solution: Solution,
  maximumOrder: number,
  nodeLimit: number,
): CutSetFamilies | undefined {
  for (const order of [maximumOrder, ...FALLBACK_ORDERS.filter((fallback) => fallback < maximumOrder)]) {
    try {
      return { modules: familiesUpTo(solution, order, nodeLimit), maximumOrder: order };
    } catch (error) {
      if (!(error instanceof NodeLimitReached)) throw error;
    }
  }
  return undefined;
}

function familiesUpTo(solution: Solution, maximumOrder: number, nodeLimit: number): ModuleFamily[] {
  const positionOf = new Map<number, number>();
  const leastOrder: number[] = [];
  const families: ModuleFamily[] = [];
  const manager = new FamilyManager(nodeLimit);
  for (const module of solution.modules) {
    const { root } = module;
    const leaves = leavesOf(module);
    const leafModules = Int32Array.from(leaves, (leaf) => positionOf.get(leaf) ?? -1);
    const weight = Array.from(leafModules, (inner) => (inner < 0 ? 1 : leastOrder[inner]!));
    const family =
      'diagram' in module
        ? minimalCutSets(manager, { ...module.diagram, root: module.diagram.root & ~1 }, weight, maximumOrder)
        : countedFamily(manager, module, weight, maximumOrder);
    positionOf.set(root, families.length);
    leastOrder.push(smallestOrder(manager, family, weight));
    families.push({ manager, root: family, leaves, leafModules });
  }
  return families;
}

/** Order of the smallest set of a family; Infinity when there is none. */
function smallestOrder(manager: FamilyManager, root: Family, weight: ArrayLike<number>): number {
  const least = new Map<Family, number>([
    [EMPTY, Number.POSITIVE_INFINITY],
    [UNIT, 0],
  ]);
  const stack = [root];
  while (stack.length > 0) {
    const node = stack[stack.length - 1]!;
    const high = least.get(manager.hi[node]!);
    const low = least.get(manager.lo[node]!);
    if (least.has(node)) stack.pop();
    else if (high === undefined) stack.push(manager.hi[node]!);
    else if (low === undefined) stack.push(manager.lo[node]!);
    else {
      least.set(node, Math.min(low, high + weight[manager.level[node]!]!));
      stack.pop();
    }
  }
  return least.get(root)!;
}
