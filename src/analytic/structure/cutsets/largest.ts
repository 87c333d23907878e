import { BestFirst } from '../best-first.ts';
import { reachable } from './count.ts';
import type { ModuleFamily } from './families.ts';
import { EMPTY, type Family, UNIT } from './family.ts';

/** A minimal cut set: block indices in ascending order and the probability that all of them are down. */
export interface CutSet {
  readonly blocks: readonly number[];
  readonly probability: number;
}

/** Where an enumeration stands inside one module, and what is to be walked after it. */
interface Frame {
  readonly module: number;
  readonly node: Family;
  readonly after: Frame | undefined;
  /** Cost of the likeliest way from here to the end. */
  readonly least: number;
}

interface Path {
  readonly frame: Frame | undefined;
  /** Cost of what is picked and of the likeliest way on. */
  readonly cost: number;
  readonly product: number;
  readonly picked: Picked | undefined;
  readonly serial: number;
}

interface Picked {
  readonly block: number;
  readonly before: Picked | undefined;
}

/**
 * The most probable cut sets of the last module, largest first, ties in diagram order: best-first search over paths
 * through the families, each with the least cost it can still end with, so only about as many paths are opened as
 * sets are asked for. A cost is −ln of a probability as a whole number of 2⁻³⁶: sums of whole numbers come out the same
 * in any order, so sets of equal probability are told from better ones however many there are. Of sets whose
 * probabilities agree to about 10 digits any may be listed.
 *
 * @param unavailability by block
 * @param cutOff sets less probable than this are not listed
 */
export function largestCutSets(
  modules: readonly ModuleFamily[],
  unavailability: ArrayLike<number>,
  count: number,
  cutOff: number,
): CutSet[] {
  const last = modules.length - 1;
  if (last < 0) return [];
  const least = modules.map(() => new Map<Family, number>());
  modules.forEach(({ manager, root, leaves, leafModules }, m) => {
    const own = least[m]!;
    own.set(EMPTY, NONE).set(UNIT, 0);
    for (const node of reachable(manager, root)) {
      const level = manager.level[node]!;
      const inner = leafModules[level]!;
      const cost = inner < 0 ? costOf(unavailability[leaves[level]! - 1]!) : least[inner]!.get(modules[inner]!.root)!;
      own.set(node, Math.min(own.get(manager.lo[node]!)!, cost + own.get(manager.hi[node]!)!));
    }
  });
  const frame = (module: number, node: Family, after: Frame | undefined): Frame => ({
    module,
    node,
    after,
    least: least[module]!.get(node)! + (after?.least ?? 0),
  });
  const found: CutSet[] = [];
  const queue = new BestFirst(before);
  let serial = 0;
  const push = (next: Frame | undefined, spent: number, product: number, picked: Picked | undefined): void => {
    const cost = spent + (next?.least ?? 0);
    if (cost < NONE) queue.push({ frame: next, cost, product, picked, serial: serial++ });
  };
  push(frame(last, modules[last]!.root, undefined), 0, 1, undefined);
  // What rounding of a cost may hide.
  const slack = modules.reduce((sum, { leaves }) => sum + leaves.length, 0);
  const dearest = cutOff > 0 ? costOf(cutOff) + slack : NONE;
  while (found.length < count) {
    const path = queue.pop();
    if (path === undefined || path.cost > dearest) break;
    const { product, picked } = path;
    const at = path.frame;
    const spent = path.cost - (at?.least ?? 0);
    if (at === undefined) {
      if (product >= cutOff) found.push({ blocks: blocksOf(picked), probability: product });
      continue;
    }
    if (at.node === UNIT) {
      push(at.after, spent, product, picked);
      continue;
    }
    const { manager, leaves, leafModules } = modules[at.module]!;
    const level = manager.level[at.node]!;
    const inner = leafModules[level]!;
    const high = frame(at.module, manager.hi[at.node]!, at.after);
    if (inner < 0) {
      const block = leaves[level]! - 1;
      const q = unavailability[block]!;
      push(high, spent + costOf(q), product * q, { block, before: picked });
    } else push(frame(inner, modules[inner]!.root, high), spent, product, picked);
    if (manager.lo[at.node] !== EMPTY) push(frame(at.module, manager.lo[at.node]!, at.after), spent, product, picked);
  }
  return found.sort((a, b) => b.probability - a.probability);
}

/** Cost of a family without a set. */
const NONE = Number.POSITIVE_INFINITY;
/** Of what cannot happen: more than the cost of the smallest double. */
const IMPOSSIBLE = 2 ** 46;

function costOf(probability: number): number {
  return probability === 0 ? IMPOSSIBLE : Math.round(-Math.log(probability) * 2 ** 36);
}

function blocksOf(picked: Picked | undefined): number[] {
  const blocks: number[] = [];
  for (let p = picked; p !== undefined; p = p.before) blocks.push(p.block);
  return blocks.sort((a, b) => a - b);
}

/** Least cost first, then the path that was opened last, so that a walk once begun is finished. */
function before(a: Path, b: Path): boolean {
  return a.cost < b.cost || (a.cost === b.cost && a.serial > b.serial);
}
