import { GraphBuilder } from './builder.ts';
import { AND, ATLEAST, type Graph, type Literal, NETWORK, reachableNodes, XOR } from './graph.ts';

/**
 * Copies the reachable part of a graph through a fresh builder, so that everything the builder resolves is resolved
 * again. `inputsOf` may give other inputs for a gate, as literals of the new graph, or "skip" for a gate nothing will
 * read; it sees gates in inputs-first order.
 */
export function rebuild(
  graph: Graph,
  inputsOf: (
    node: number,
    toNew: (literal: Literal) => Literal,
    builder: GraphBuilder,
  ) => Literal[] | 'skip' | undefined,
): Graph {
  const reached = reachableNodes(graph);
  const builder = new GraphBuilder(graph.variables);
  const literalOf = new Int32Array(graph.kinds.length);
  for (let node = 1; node <= graph.variables; node++) literalOf[node] = 2 * node;
  const toNew = (literal: Literal): Literal => literalOf[literal >> 1]! ^ (literal & 1);
  for (let node = graph.variables + 1; node < graph.kinds.length; node++) {
    if (reached[node] === 0) continue;
    const inputs = inputsOf(node, toNew, builder) ?? graph.inputs[node]!.map(toNew);
    if (inputs === 'skip') continue;
    switch (graph.kinds[node]) {
      case AND:
        literalOf[node] = builder.and(inputs);
        break;
      case XOR:
        literalOf[node] = builder.xor(inputs);
        break;
      case ATLEAST:
        literalOf[node] = builder.atLeast(graph.thresholds[node]!, inputs);
        break;
      case NETWORK:
        literalOf[node] = builder.network(graph.networks.get(node)!, inputs);
        break;
    }
  }
  return builder.finish(toNew(graph.top));
}
