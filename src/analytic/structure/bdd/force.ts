import type { LocalModule } from './local.ts';

/** Rounds without a smaller span after which there is none to come. */
const PATIENCE = 4;
/** Places are told apart to this fraction. */
const FINENESS = 1024;

/**
 * FORCE (Aloul, Markov & Sakallah, GLSVLSI 2003): every node of the module moves to the mean centre of gravity of the
 * gates it belongs to, all are ranked again, repeat. Gates are placed along with leaves, so a round is linear in the
 * size of the module. The placement with the smallest span is kept.
 */
export function centreOfGravity(module: LocalModule, startOrder: ArrayLike<number>, rounds: number): Int32Array {
  const { leaves, nodes, start, inputs } = module;
  const position = new Float64Array(nodes);
  for (let i = 0; i < startOrder.length; i++) position[startOrder[i]!] = i;
  for (let gate = leaves; gate < nodes; gate++) {
    let sum = 0;
    for (let i = start[gate]!; i < start[gate + 1]!; i++) sum += position[inputs[i]!]!;
    position[gate] = sum / Math.max(1, start[gate + 1]! - start[gate]!);
  }
  const ranked = new Int32Array(nodes);
  const keys = new Float64Array(nodes);
  const pull = new Float64Array(nodes);
  const weight = new Float64Array(nodes);
  const rank = (): void => {
    // Position and number in one number: sorting needs no comparison function, and ties go by number.
    for (let node = 0; node < nodes; node++) keys[node] = Math.round(position[node]! * FINENESS) * nodes + node;
    keys.sort();
    for (let i = 0; i < nodes; i++) {
      const node = keys[i]! % nodes;
      ranked[i] = node;
      position[node] = i;
    }
  };
  rank();
  let best = ranked.filter((node) => node < leaves);
  let span = spanOf(module, position);
  let sinceBest = 0;
  for (let round = 0; round < rounds && sinceBest < PATIENCE; round++) {
    pull.fill(0);
    weight.fill(0);
    for (let gate = leaves; gate < nodes; gate++) {
      const from = start[gate]!;
      const to = start[gate + 1]!;
      let sum = position[gate]!;
      for (let i = from; i < to; i++) sum += position[inputs[i]!]!;
      // Small gates pull harder: weight 1/size, centre sum/size.
      const share = 1 / (to - from + 1);
      const force = sum * share * share;
      pull[gate]! += force;
      weight[gate]! += share;
      for (let i = from; i < to; i++) {
        const node = inputs[i]!;
        pull[node]! += force;
        weight[node]! += share;
      }
    }
    for (let node = 0; node < nodes; node++) if (weight[node]! > 0) position[node] = pull[node]! / weight[node]!;
    rank();
    const now = spanOf(module, position);
    sinceBest++;
    if (now < span) {
      span = now;
      best = ranked.filter((node) => node < leaves);
      sinceBest = 0;
    }
  }
  return best;
}

/** Sum over gates of the distance between the outermost of a gate and its inputs. */
function spanOf(module: LocalModule, position: Float64Array): number {
  const { leaves, nodes, start, inputs } = module;
  let span = 0;
  for (let gate = leaves; gate < nodes; gate++) {
    let low = position[gate]!;
    let high = low;
    for (let i = start[gate]!; i < start[gate + 1]!; i++) {
      const at = position[inputs[i]!]!;
      if (at < low) low = at;
      if (at > high) high = at;
    }
    span += high - low;
  }
  return span;
}
