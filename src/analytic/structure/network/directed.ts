import type { Network } from '../../../model/structure.ts';
import type { BddManager, Edge } from '../bdd/manager.ts';
import { reachedInOrder } from './reading.ts';

interface Arc {
  readonly from: number;
  readonly input: number;
}

/**
 * Diagram of "some terminal cannot be reached from the first" in a directed network: the greatest solution of
 * F(v) = node v failed ∨ ⋀ over links u → v of (F(u) ∨ link failed), by iteration from "nothing is reached". Cycles
 * need as many rounds as the longest simple path needs detours; acyclic networks settle in one.
 *
 * @param failed diagram of each input's failure
 */
export function directedCutOff(manager: BddManager, network: Network, failed: readonly Edge[]): Edge {
  const edge = (input: number): Edge => (input < 0 ? 0 : failed[input]!);
  const order = reachedInOrder(network);
  const incoming: Arc[][] = Array.from({ length: network.nodeCount }, () => []);
  for (const { from, to, input } of network.links) incoming[to]!.push({ from, input });
  const source = network.terminals[0]!;
  const cutOff = new Int32Array(network.nodeCount).fill(1);
  cutOff[source] = edge(network.nodeInput[source]!);
  for (let changed = true; changed; ) {
    changed = false;
    for (const node of order) {
      if (node === source) continue;
      let all: Edge = 1;
      for (const { from, input } of incoming[node]!) all = manager.and(all, manager.or(cutOff[from]!, edge(input)));
      const now = manager.or(all, edge(network.nodeInput[node]!));
      if (now === cutOff[node]) continue;
      cutOff[node] = now;
      changed = true;
    }
  }
  return network.terminals.reduce((any: Edge, terminal) => manager.or(any, cutOff[terminal]!), 0);
}
