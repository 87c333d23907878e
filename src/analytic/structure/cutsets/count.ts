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

/** Polynomial in the order without its lowest coefficients, which are 0: a k-of-n has one coefficient per node. */
interface Polynomial<T> {
  readonly from: number;
  readonly coefficients: readonly T[];
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
  const none: Polynomial<T> = { from: 0, coefficients: [] };
  const ofModule: Polynomial<T>[] = [];
  let left = budget;
  for (const { manager, root, leafModules } of modules) {
    const ofNode: (Polynomial<T> | undefined)[] = [none, { from: 0, coefficients: [ring.one] }];
    for (const node of reachable(manager, root)) {
      const high = ofNode[manager.hi[node]!]!;
      const low = ofNode[manager.lo[node]!]!;
      const inner = leafModules[manager.level[node]!]!;
      const work = high.coefficients.length * (inner < 0 ? 1 : ofModule[inner]!.coefficients.length);
      left -= work + low.coefficients.length;
      if (left < 0) return undefined;
      const shifted = inner < 0 ? { ...high, from: high.from + 1 } : product(ofModule[inner]!, high, ring);
      ofNode[node] = sum(shifted, low, maximumOrder, ring);
    }
    ofModule.push(ofNode[root]!);
  }
  const { from, coefficients } = ofModule[ofModule.length - 1]!;
  return coefficients.length === 0 ? [] : [...new Array<T>(from).fill(ring.zero), ...coefficients];
}

function sum<T>(a: Polynomial<T>, b: Polynomial<T>, maximumOrder: number, ring: Ring<T>): Polynomial<T> {
  if (a.coefficients.length === 0) return b;
  const empty = b.coefficients.length === 0;
  const from = empty ? a.from : Math.min(a.from, b.from);
  const longest = Math.max(a.from + a.coefficients.length, empty ? 0 : b.from + b.coefficients.length);
  const coefficients: T[] = [];
  for (let order = from; order < Math.min(longest, maximumOrder + 1); order++) {
    coefficients.push(
      ring.add(a.coefficients[order - a.from] ?? ring.zero, b.coefficients[order - b.from] ?? ring.zero),
    );
  }
  return { from, coefficients };
}

function product<T>(a: Polynomial<T>, b: Polynomial<T>, ring: Ring<T>): Polynomial<T> {
  const coefficients = new Array<T>(Math.max(0, a.coefficients.length + b.coefficients.length - 1)).fill(ring.zero);
  a.coefficients.forEach((x, i) => {
    b.coefficients.forEach((y, j) => {
      coefficients[i + j] = ring.add(coefficients[i + j]!, ring.multiply(x, y));
    });
  });
  return { from: a.from + b.from, coefficients };
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
