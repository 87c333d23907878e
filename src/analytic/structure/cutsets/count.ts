import type { ModuleFamily } from './families.ts';
import { EMPTY, type FamilyManager, UNIT } from './family.ts';

/** Arithmetic the counting runs on: doubles where they are exact, big integers beyond. */
interface Ring<T> {
  readonly zero: T;
  readonly one: T;
  readonly add: (a: T, b: T) => T;
  readonly multiply: (a: T, b: T) => T;
}

const DOUBLES: Ring<number> = { zero: 0, one: 1, add: (a, b) => a + b, multiply: (a, b) => a * b };
const INTEGERS: Ring<bigint> = { zero: 0n, one: 1n, add: (a, b) => a + b, multiply: (a, b) => a * b };

/** Coefficients computed before orders are cut to `WHEN_TOO_MANY`: cut sets of thousands of blocks are no news. */
const MOST_COEFFICIENTS = 2e7;
const WHEN_TOO_MANY = 20;

export interface CountByOrder {
  /** Index = order. */
  readonly counts: readonly bigint[];
  /** Largest order counted; Infinity when all are. */
  readonly maximumOrder: number;
}

/**
 * Number of cut sets by order of the last module, every module written out in its blocks; orders above `maximumOrder`
 * are left out. Exact: big integers take over where a double would round.
 */
export function countByOrder(modules: readonly ModuleFamily[], maximumOrder: number): CountByOrder {
  let most = maximumOrder;
  let quick = count(modules, most, DOUBLES);
  if (quick === undefined) {
    most = Math.min(most, WHEN_TOO_MANY);
    quick = count(modules, most, DOUBLES, Number.POSITIVE_INFINITY)!;
  }
  const exact = quick.every((value) => value <= Number.MAX_SAFE_INTEGER);
  const counts = exact ? quick.map(BigInt) : count(modules, most, INTEGERS, Number.POSITIVE_INFINITY)!;
  return { counts, maximumOrder: most };
}

/**
 * One polynomial in the order per diagram node, bottom-up; a module's variable is its own polynomial. Undefined when
 * more than `budget` coefficients are needed.
 */
function count<T>(
  modules: readonly ModuleFamily[],
  maximumOrder: number,
  ring: Ring<T>,
  budget = MOST_COEFFICIENTS,
): T[] | undefined {
  const ofModule: T[][] = [];
  let left = budget;
  for (const { manager, root, leafModules } of modules) {
    const ofNode: (T[] | undefined)[] = [[], [ring.one]];
    for (const node of reachable(manager, root)) {
      const high = ofNode[manager.hi[node]!]!;
      const low = ofNode[manager.lo[node]!]!;
      const inner = leafModules[manager.level[node]!]!;
      left -= high.length * (inner < 0 ? 1 : ofModule[inner]!.length) + low.length;
      if (left < 0) return undefined;
      const shifted = inner < 0 ? [ring.zero, ...high] : product(ofModule[inner]!, high, ring);
      ofNode[node] = sum(shifted, low, maximumOrder, ring);
    }
    ofModule.push(ofNode[root]!);
  }
  return ofModule[ofModule.length - 1]!;
}

function sum<T>(a: readonly T[], b: readonly T[], maximumOrder: number, ring: Ring<T>): T[] {
  const out: T[] = [];
  const length = Math.min(Math.max(a.length, b.length), maximumOrder + 1);
  for (let order = 0; order < length; order++) out.push(ring.add(a[order] ?? ring.zero, b[order] ?? ring.zero));
  return out;
}

function product<T>(a: readonly T[], b: readonly T[], ring: Ring<T>): T[] {
  const out = new Array<T>(Math.max(0, a.length + b.length - 1)).fill(ring.zero);
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) out[i + j] = ring.add(out[i + j]!, ring.multiply(a[i]!, b[j]!));
  }
  return out;
}

/** Nodes of a family, inner ones first; nodes are made inputs first, so number order will do. */
export function reachable(manager: FamilyManager, root: number): number[] {
  const seen = new Set<number>();
  const stack = [root];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (node === EMPTY || node === UNIT || seen.has(node)) continue;
    seen.add(node);
    stack.push(manager.lo[node]!, manager.hi[node]!);
  }
  return [...seen].sort((a, b) => a - b);
}
