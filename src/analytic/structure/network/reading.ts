import type { Network } from '../../../model/structure.ts';
import { planNetwork } from './plan.ts';

/** Inputs of a network in the order a diagram should read them; those that cannot matter are missing. */
export function readingOrder(network: Network): number[] {
  const inputs: number[] = [];
  if (network.directed) {
    const order = reachedInOrder(network);
    const kept = new Set(order);
    for (const node of order) {
      for (const { from, to, input } of network.links) if (to === node && kept.has(from)) inputs.push(input);
      inputs.push(network.nodeInput[node]!);
    }
  } else {
    for (const step of planNetwork(network)?.steps ?? []) inputs.push(step.input);
  }
  return [...new Set(inputs.filter((input) => input >= 0))];
}

/** Nodes on some directed way from the source to a terminal, breadth-first from the source. */
export function reachedInOrder(network: Network): number[] {
  const forward: number[][] = Array.from({ length: network.nodeCount }, () => []);
  const backward: number[][] = Array.from({ length: network.nodeCount }, () => []);
  for (const { from, to } of network.links) {
    forward[from]!.push(to);
    backward[to]!.push(from);
  }
  const useful = new Set(sweep(backward, network.terminals));
  return sweep(forward, [network.terminals[0]!]).filter((node) => useful.has(node));
}

function sweep(next: readonly (readonly number[])[], starts: readonly number[]): number[] {
  const queue = [...new Set(starts)];
  const seen = new Set(queue);
  for (let head = 0; head < queue.length; head++) {
    for (const to of next[queue[head]!]!) {
      if (seen.has(to)) continue;
      seen.add(to);
      queue.push(to);
    }
  }
  return queue;
}
