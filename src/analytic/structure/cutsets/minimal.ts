import type { Diagram } from '../bdd/diagram.ts';
import { EMPTY, type Family, type FamilyManager, UNIT } from './family.ts';

/**
 * Minimal cut sets of a diagram's function as a family over its levels (Rauzy 1993): those of node (x, f1, f0) are
 * those of f0, and those of f1 without supersets of the former, with x added. An edge that is complemented is true at
 * rest, so its only minimal set is the empty one; for a structure with negations this gives the sets of failures that
 * are minimal for the top to be possible while nothing else has failed.
 *
 * @param weight least order a level's variable stands for: 1 for a block, the smallest cut of a module
 * @param maximumOrder cut sets of more blocks than this are left out (Infinity for none)
 * @throws NodeLimitReached when the manager's limit is too small
 */
export function minimalCutSets(
  manager: FamilyManager,
  diagram: Diagram,
  weight: ArrayLike<number>,
  maximumOrder: number,
): Family {
  const { size, level, lo, hi, root } = diagram;
  if (root < 2) return root === 1 ? UNIT : EMPTY;
  const limited = Number.isFinite(maximumOrder);
  const width = limited ? maximumOrder + 1 : 1;
  /** Result + 1 per node and order left; 0 while unknown. */
  const known = new Map<number, Family>();
  const dense = limited ? undefined : new Int32Array(size).fill(-1);
  const key = (node: number, left: number): number => (limited ? node * width + left : node);
  const lookUp = (node: number, left: number): Family | undefined => {
    if (node === 0) return EMPTY;
    if (left < 0) return EMPTY;
    if (dense !== undefined) return dense[node]! < 0 ? undefined : dense[node]!;
    return known.get(key(node, left));
  };
  const store = (node: number, left: number, family: Family): void => {
    if (dense !== undefined) dense[node] = family;
    else known.set(key(node, left), family);
  };
  // Complemented edges are true at rest: the empty set is their only minimal set, whatever order is left.
  const family = (edge: number, left: number): Family | undefined => {
    if (left < 0) return EMPTY;
    return (edge & 1) === 1 ? UNIT : lookUp(edge >> 1, left);
  };
  const stack: number[] = [root >> 1];
  const lefts: number[] = [limited ? maximumOrder : 0];
  while (stack.length > 0) {
    const node = stack[stack.length - 1]!;
    const left = lefts[lefts.length - 1]!;
    const highLeft = limited ? left - weight[level[node]!]! : 0;
    const low = family(lo[node]!, left);
    if (low === undefined) {
      stack.push(lo[node]! >> 1);
      lefts.push(left);
      continue;
    }
    const high = family(hi[node]!, highLeft);
    if (high === undefined) {
      stack.push(hi[node]! >> 1);
      lefts.push(highLeft);
      continue;
    }
    stack.pop();
    lefts.pop();
    if (lookUp(node, left) === undefined) {
      store(node, left, manager.make(level[node]!, manager.without(high, low), low));
    }
  }
  return lookUp(root >> 1, limited ? maximumOrder : 0)!;
}
