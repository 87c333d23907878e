import { centreOfGravity } from './force.ts';
import type { LocalModule } from './local.ts';

/** Rounds of the centre-of-gravity placement; later rounds move little. */
const FORCE_ROUNDS = 30;
/** Most nodes moved over all rounds; larger modules get fewer rounds, and none below `FEWEST_ROUNDS`. */
const FORCE_WORK = 1e6;
const FEWEST_ROUNDS = 8;
/** Gates with more inputs than this say little about who belongs next to whom. */
const WIDE_GATE = 24;
/** Work (leaves × inputs) above which weights are not redistributed after every leaf. */
const WEIGHT_WORK = 3e7;

/** Leaves as a left-to-right depth-first walk from the root meets them: locality of the drawing. */
export function depthFirst(module: LocalModule): Int32Array {
  const { leaves, nodes, start, inputs } = module;
  const seen = new Uint8Array(nodes);
  const order = new Int32Array(leaves);
  let count = 0;
  const stack = [nodes - 1];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (seen[node] === 1) continue;
    seen[node] = 1;
    if (node < leaves) order[count++] = node;
    else for (let i = start[node + 1]! - 1; i >= start[node]!; i--) stack.push(inputs[i]!);
  }
  return order.subarray(0, count);
}

/**
 * Leaves as a breadth-first walk over neighbours (leaf – gate – leaf) meets them from a far end, few neighbours first:
 * Cuthill & McKee's bandwidth order on the module's graph without its wide gates. Right for rings, chains and grids of
 * small groups, whatever order they were written in.
 */
export function bandwidth(module: LocalModule): Int32Array {
  const { leaves, nodes, start, inputs } = module;
  const narrow = (gate: number): boolean => start[gate + 1]! - start[gate]! <= WIDE_GATE;
  // Neighbour lists of both sides: gates know their inputs, every node also the narrow gates that read it.
  const readers = new Int32Array(nodes + 1);
  for (let gate = leaves; gate < nodes; gate++) {
    if (narrow(gate)) for (let i = start[gate]!; i < start[gate + 1]!; i++) readers[inputs[i]! + 1]!++;
  }
  for (let node = 0; node < nodes; node++) readers[node + 1]! += readers[node]!;
  const reader = new Int32Array(readers[nodes]!);
  const filled = readers.slice(0, nodes);
  for (let gate = leaves; gate < nodes; gate++) {
    if (narrow(gate)) for (let i = start[gate]!; i < start[gate + 1]!; i++) reader[filled[inputs[i]!]!++] = gate;
  }
  const degree = (node: number): number =>
    readers[node + 1]! - readers[node]! + (node >= leaves && narrow(node) ? start[node + 1]! - start[node]! : 0);
  const seen = new Int32Array(nodes);
  let sweep = 0;
  /** Nodes reached from `from`, in order; nodes marked by a finished sweep (`seen` < 0) stay out. */
  const walk = (from: number): number[] => {
    sweep++;
    const queue = [from];
    seen[from] = sweep;
    for (let head = 0; head < queue.length; head++) {
      const node = queue[head]!;
      const found: number[] = [];
      const visit = (next: number): void => {
        if (seen[next]! < 0 || seen[next] === sweep) return;
        seen[next] = sweep;
        found.push(next);
      };
      for (let i = readers[node]!; i < readers[node + 1]!; i++) visit(reader[i]!);
      if (node >= leaves && narrow(node)) for (let i = start[node]!; i < start[node + 1]!; i++) visit(inputs[i]!);
      found.sort((a, b) => degree(a) - degree(b) || a - b);
      for (const next of found) queue.push(next);
    }
    return queue;
  };
  const order = new Int32Array(leaves);
  let count = 0;
  for (const leaf of depthFirst(module)) {
    if (seen[leaf]! < 0) continue;
    // The last node of a walk lies at a far end; a second walk starts there.
    const far = walk(leaf);
    for (const node of walk(far[far.length - 1]!)) {
      seen[node] = -1;
      if (node < leaves) order[count++] = node;
    }
  }
  return order;
}

/**
 * Weight 1 at the root is shared out equally among inputs; the heaviest leaf comes next, is taken out, and the weights
 * are shared out again (Minato, Ishiura & Yajima, DAC 1990). Quadratic: for modules of up to a few thousand leaves.
 */
export function byWeight(module: LocalModule): Int32Array {
  const { leaves, nodes, start, inputs } = module;
  const live = new Uint8Array(nodes);
  const liveInputs = new Int32Array(nodes);
  const weight = new Float64Array(nodes);
  const taken = new Uint8Array(leaves);
  const order = new Int32Array(leaves);
  for (let count = 0; count < leaves; count++) {
    for (let leaf = 0; leaf < leaves; leaf++) live[leaf] = 1 - taken[leaf]!;
    for (let node = leaves; node < nodes; node++) {
      let alive = 0;
      for (let i = start[node]!; i < start[node + 1]!; i++) alive += live[inputs[i]!]!;
      liveInputs[node] = alive;
      live[node] = alive > 0 ? 1 : 0;
    }
    weight.fill(0);
    weight[nodes - 1] = 1;
    for (let node = nodes - 1; node >= leaves; node--) {
      if (live[node] === 0) continue;
      const share = weight[node]! / liveInputs[node]!;
      for (let i = start[node]!; i < start[node + 1]!; i++) weight[inputs[i]!]! += share;
    }
    let best = -1;
    let bestWeight = -1;
    for (let leaf = 0; leaf < leaves; leaf++) {
      // The margin keeps ties in leaf order whatever the rounding.
      if (taken[leaf] === 0 && weight[leaf]! > bestWeight * (1 + 1e-12)) {
        best = leaf;
        bestWeight = weight[leaf]!;
      }
    }
    taken[best] = 1;
    order[count] = best;
  }
  return order;
}

/** Depth-first walk that takes the inputs of each gate by the mean place of their leaves in another order. */
export function guidedDepthFirst(module: LocalModule, guide: ArrayLike<number>): Int32Array {
  const { leaves, nodes, start, inputs } = module;
  const place = new Float64Array(nodes);
  for (let i = 0; i < guide.length; i++) place[guide[i]!] = i;
  const sorted = new Int32Array(inputs.length);
  for (let gate = leaves; gate < nodes; gate++) {
    const from = start[gate]!;
    const own = inputs.slice(from, start[gate + 1]!);
    place[gate] = own.reduce((sum, node) => sum + place[node]!, 0) / Math.max(1, own.length);
    sorted.set(
      own.sort((a, b) => place[a]! - place[b]! || a - b),
      from,
    );
  }
  return depthFirst({ leaves, nodes, start, inputs: sorted });
}

/** The order to try before any other: local whatever order things were written in, and linear in the module's size. */
export function firstOrder(module: LocalModule): Int32Array {
  // Under a single gate every order is the same.
  if (module.nodes - module.leaves === 1) return depthFirst(module);
  return guidedDepthFirst(module, bandwidth(module));
}

/**
 * Orders worth racing when the first blows up, made one by one as they are needed: centre-of-gravity placements from
 * two starts, then one of the starts itself and the walk. No one order wins: on the Aralia trees each of these is the
 * best, by factors of 2 to 100, on some.
 */
export function* orderings(module: LocalModule): Generator<Int32Array> {
  const rounds = Math.min(FORCE_ROUNDS, Math.floor(FORCE_WORK / module.nodes));
  const placed = rounds >= FEWEST_ROUNDS;
  if (placed) yield centreOfGravity(module, bandwidth(module), rounds);
  if (module.leaves * module.inputs.length <= WEIGHT_WORK) {
    const weighted = byWeight(module);
    if (placed) yield centreOfGravity(module, weighted, rounds);
    yield weighted;
  }
  yield depthFirst(module);
}
