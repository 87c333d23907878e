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

/**
 * Number of cut sets by order (index = order) of the last module, every module written out in its blocks; orders above
 * `maximumOrder` are left out. Exact: big integers take over where a double would round.
 */
export function countByOrder(modules: readonly ModuleFamily[], maximumOrder: number): bigint[] {
  const quick = count(modules, maximumOrder, DOUBLES);
  if (quick.every((value) => value <= Number.MAX_SAFE_INTEGER)) return quick.map(BigInt);
  return count(modules, maximumOrder, INTEGERS);
}

/** One polynomial in the order per diagram node, bottom-up; a module's variable is its own polynomial. */
function count<T>(modules: readonly ModuleFamily[], maximumOrder: number, ring: Ring<T>): T[] {
  const ofModule: T[][] = [];
  for (const { manager, root, leafModules } of modules) {
    ofModule.push(countFamily(manager, root, leafModules, ofModule, maximumOrder, ring));
  }
  return ofModule[ofModule.length - 1]!;
}

function countFamily<T>(
  manager: FamilyManager,
  root: number,
  leafModules: Int32Array,
  ofModule: readonly T[][],
  maximumOrder: number,
  ring: Ring<T>,
): T[] {
  const ofNode: (T[] | undefined)[] = [[], [ring.one]];
  for (const node of reachable(manager, root)) {
    const high = ofNode[manager.hi[node]!]!;
    const low = ofNode[manager.lo[node]!]!;
    const inner = leafModules[manager.level[node]!]!;
    const shifted = inner < 0 ? [ring.zero, ...high] : product(ofModule[inner]!, high, ring);
    const sum: T[] = [];
    const length = Math.min(Math.max(shifted.length, low.length), maximumOrder + 1);
    for (let order = 0; order < length; order++) {
      sum.push(ring.add(shifted[order] ?? ring.zero, low[order] ?? ring.zero));
    }
    ofNode[node] = sum;
  }
  return ofNode[root]!;
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
