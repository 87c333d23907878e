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
  /** Largest product anything from here to the end can still reach. */
  readonly best: number;
}

interface Path {
  readonly frame: Frame | undefined;
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
 * through the families, each with the largest product it can still reach, so only about as many paths are opened as
 * sets are asked for.
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
  const best = modules.map(() => new Map<Family, number>());
  modules.forEach(({ manager, root, leaves, leafModules }, m) => {
    const own = best[m]!;
    own.set(EMPTY, -1).set(UNIT, 1);
    for (const node of reachable(manager, root)) {
      const level = manager.level[node]!;
      const inner = leafModules[level]!;
      const factor = inner < 0 ? unavailability[leaves[level]! - 1]! : best[inner]!.get(modules[inner]!.root)!;
      own.set(node, Math.max(own.get(manager.lo[node]!)!, factor * own.get(manager.hi[node]!)!));
    }
  });
  const frame = (module: number, node: Family, after: Frame | undefined): Frame => ({
    module,
    node,
    after,
    best: best[module]!.get(node)! * (after?.best ?? 1),
  });
  const found: CutSet[] = [];
  const queue = new PathQueue();
  let serial = 0;
  const push = (next: Frame | undefined, product: number, picked: Picked | undefined): void => {
    if ((next?.best ?? 1) < 0) return;
    queue.push({ frame: next, product, picked, serial: serial++ });
  };
  push(frame(last, modules[last]!.root, undefined), 1, undefined);
  while (found.length < count) {
    const path = queue.pop();
    if (path === undefined || bound(path) < cutOff) break;
    const { product, picked } = path;
    const at = path.frame;
    if (at === undefined) {
      found.push({ blocks: blocksOf(picked), probability: product });
      continue;
    }
    if (at.node === UNIT) {
      push(at.after, product, picked);
      continue;
    }
    const { manager, leaves, leafModules } = modules[at.module]!;
    const level = manager.level[at.node]!;
    const inner = leafModules[level]!;
    const high = frame(at.module, manager.hi[at.node]!, at.after);
    if (inner < 0) {
      const block = leaves[level]! - 1;
      push(high, product * unavailability[block]!, { block, before: picked });
    } else push(frame(inner, modules[inner]!.root, high), product, picked);
    if (manager.lo[at.node] !== EMPTY) push(frame(at.module, manager.lo[at.node]!, at.after), product, picked);
  }
  return found;
}

function bound(path: Path): number {
  return path.product * (path.frame?.best ?? 1);
}

function blocksOf(picked: Picked | undefined): number[] {
  const blocks: number[] = [];
  for (let p = picked; p !== undefined; p = p.before) blocks.push(p.block);
  return blocks.sort((a, b) => a - b);
}

/** Binary heap: largest bound first, then the path that was opened last, so that a walk once begun is finished. */
class PathQueue {
  private readonly heap: Path[] = [];

  push(path: Path): void {
    const { heap } = this;
    let i = heap.length;
    heap.push(path);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(path, heap[parent]!)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = path;
  }

  pop(): Path | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
    return first;
  }
}

function before(a: Path, b: Path): boolean {
  const difference = bound(a) - bound(b);
  return difference > 0 || (difference === 0 && a.serial > b.serial);
}
