import { moduleProbability } from './evaluate.ts';
import { binateLeaves } from './graph/polarity.ts';
import { prunedNetworkDiagram } from './network/diagram.ts';
import { independentNetwork } from './network/independent.ts';
import type { OpenModule, PartialSolution, Solution, SolvedModule } from './solve.ts';

/**
 * Gives open modules that are networks a diagram good for these block probabilities: one that leaves out what cannot
 * change a digit of the module's probability. The solution is right for them alone. Undefined when a module stays open.
 */
export function completeNetworks(
  partial: PartialSolution,
  unavailability: ArrayLike<number>,
  nodeLimit: number,
): Solution | undefined {
  const { parts, graph, rest, ...common } = partial;
  const q = new Float64Array(partial.nodes);
  for (let block = 0; block < partial.blocks; block++) q[block + 1] = unavailability[block]!;
  const modules: SolvedModule[] = [];
  let diagramNodes = 0;
  for (const part of parts) {
    const solved = 'module' in part ? solvedNetwork(part) : part;
    if (solved === undefined) return undefined;
    q[solved.root] = moduleProbability(solved, q);
    if ('diagram' in solved) diagramNodes += solved.diagram.size - 1;
    modules.push(solved);
  }
  return { ...common, diagramNodes, modules };

  function solvedNetwork({ root, module }: OpenModule): SolvedModule | undefined {
    const network = independentNetwork(graph, rest, module);
    if (network === undefined) return undefined;
    const own = Float64Array.from(module.leaves, (leaf) => q[leaf]!);
    const diagram = prunedNetworkDiagram(network, module.leaves, own, nodeLimit);
    return diagram === undefined
      ? undefined
      : { root, diagram, binate: binateLeaves(graph, module, diagram.variables) };
  }
}
