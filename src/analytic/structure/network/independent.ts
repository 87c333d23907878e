import type { Network } from '../../../model/structure.ts';
import type { Graph } from '../graph/graph.ts';
import type { Module } from '../graph/modules.ts';

/** The network a module consists of, when it is undirected and its inputs are the module's leaves, each once. */
export function independentNetwork(graph: Graph, rest: Uint8Array, module: Module): Network | undefined {
  const network = graph.networks.get(module.root);
  if (network === undefined || network.directed || module.gates.length > 1) return undefined;
  const inputs = graph.inputs[module.root]!;
  const plain = inputs.every((literal, i) => literal >> 1 === module.leaves[i] && (literal & 1) === rest[literal >> 1]);
  const elements = network.nodeInput.filter((input) => input >= 0).length;
  const readOnce = elements + network.links.filter(({ input }) => input >= 0).length === inputs.length;
  return plain && readOnce ? network : undefined;
}
