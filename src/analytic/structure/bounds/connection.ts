import type { Network } from '../../../model/structure.ts';

/**
 * Inputs that keep all terminals of a network together when they work: the union of cheapest ways from the first
 * terminal to each other one (Dijkstra). An infinite price means failed.
 *
 * @param price by input; elements that cannot fail cost nothing
 */
export function cheapestConnection(network: Network, price: readonly number[]): number[] {
  const { nodeCount, nodeInput, links, directed, terminals } = network;
  const cost = (input: number): number => (input < 0 ? 0 : price[input]!);
  const neighbours: { to: number; input: number }[][] = Array.from({ length: nodeCount }, () => []);
  for (const { from, to, input } of links) {
    neighbours[from]!.push({ to, input });
    if (!directed) neighbours[to]!.push({ to: from, input });
  }
  const distance = new Float64Array(nodeCount).fill(Number.POSITIVE_INFINITY);
  const cameFrom = new Int32Array(nodeCount).fill(-1);
  const cameBy = new Int32Array(nodeCount).fill(-1);
  const done = new Uint8Array(nodeCount);
  const source = terminals[0]!;
  distance[source] = cost(nodeInput[source]!);
  for (;;) {
    let nearest = -1;
    for (let node = 0; node < nodeCount; node++) {
      if (done[node] === 0 && distance[node]! < (nearest < 0 ? Number.POSITIVE_INFINITY : distance[nearest]!))
        nearest = node;
    }
    if (nearest < 0) break;
    done[nearest] = 1;
    for (const { to, input } of neighbours[nearest]!) {
      const through = distance[nearest]! + cost(input) + cost(nodeInput[to]!);
      if (through >= distance[to]!) continue;
      distance[to] = through;
      cameFrom[to] = nearest;
      cameBy[to] = input;
    }
  }
  const used = new Set<number>();
  for (const terminal of terminals) {
    for (let node = terminal; node >= 0; node = cameFrom[node]!) {
      if (nodeInput[node]! >= 0) used.add(nodeInput[node]!);
      if (cameBy[node]! >= 0) used.add(cameBy[node]!);
    }
  }
  return [...used];
}
