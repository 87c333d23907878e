import type { Network } from '../../../model/structure.ts';

/** Whether some terminal is cut off when exactly the inputs marked in `failed` have failed. */
export function isDisconnected(network: Network, failed: readonly boolean[]): boolean {
  const { nodeCount, nodeInput, links, directed, terminals } = network;
  const up = (input: number): boolean => input < 0 || !failed[input];
  const neighbours: number[][] = Array.from({ length: nodeCount }, () => []);
  for (const { from, to, input } of links) {
    if (!up(input)) continue;
    neighbours[from]!.push(to);
    if (!directed) neighbours[to]!.push(from);
  }
  const reached = new Uint8Array(nodeCount);
  const stack: number[] = [];
  const reach = (node: number): void => {
    if (reached[node] === 1 || !up(nodeInput[node]!)) return;
    reached[node] = 1;
    stack.push(node);
  };
  reach(terminals[0]!);
  while (stack.length > 0) for (const next of neighbours[stack.pop()!]!) reach(next);
  return terminals.some((terminal) => reached[terminal] === 0);
}
