import type { Network } from '../../../model/structure.ts';
import type { Diagram } from '../bdd/diagram.ts';
import type { BddManager, Edge } from '../bdd/manager.ts';
import { NodeLimitReached } from '../bdd/manager.ts';
import { directedCutOff } from './directed.ts';
import { frontierDiagram, type LayeredDiagram } from './frontier.ts';
import { planNetwork } from './plan.ts';
import { CONNECTED } from './walker.ts';

/** Diagram of "some terminal is cut off" given a diagram of each input's failure, which may depend on each other. */
export function networkEdge(manager: BddManager, network: Network, failed: readonly Edge[]): Edge {
  if (network.directed) return directedCutOff(manager, network, failed);
  const plan = planNetwork(network);
  if (plan === undefined) return 1;
  const layers = frontierDiagram(plan, manager.limit);
  if (layers === undefined) throw new NodeLimitReached(manager.limit);
  const { layerStart, layerInput, child } = layers;
  if (layerInput.length === 0) return 0;
  const edges = new Int32Array(layerStart[layerInput.length]!);
  const resolve = (to: number): Edge => (to >= 0 ? edges[to]! : to === CONNECTED ? 0 : 1);
  for (let layer = layerInput.length - 1; layer >= 0; layer--) {
    const input = failed[layerInput[layer]!]!;
    for (let s = layerStart[layer]!; s < layerStart[layer + 1]!; s++) {
      edges[s] = manager.ite(input, resolve(child[2 * s + 1]!), resolve(child[2 * s]!));
    }
  }
  return edges[0]!;
}

/**
 * The frontier diagram itself as a diagram over `variables` (one per input): no reduction, no unique table. For
 * networks whose inputs are independent variables, each read once. Undefined above `limit` nodes.
 */
export function independentNetworkDiagram(
  network: Network,
  variables: ArrayLike<number>,
  limit: number,
): Diagram | undefined {
  const plan = planNetwork(network);
  const layers = plan === undefined ? undefined : frontierDiagram(plan, limit);
  return layers === undefined ? undefined : turnedOver(layers, variables);
}

function turnedOver({ layerStart, layerInput, child }: LayeredDiagram, variables: ArrayLike<number>): Diagram {
  const states = layerStart[layerInput.length]!;
  // States are numbered from the start, diagram nodes towards it.
  const size = states + 1;
  const level = new Int32Array(size);
  const lo = new Int32Array(size);
  const hi = new Int32Array(size);
  level[0] = -1;
  const edge = (to: number): Edge => (to >= 0 ? 2 * (states - to) : to === CONNECTED ? 0 : 1);
  for (let layer = 0; layer < layerInput.length; layer++) {
    for (let s = layerStart[layer]!; s < layerStart[layer + 1]!; s++) {
      level[states - s] = layer;
      lo[states - s] = edge(child[2 * s]!);
      hi[states - s] = edge(child[2 * s + 1]!);
    }
  }
  // Working elements can only help, so `lo` is cut off only where `hi` is too: then the state itself is cut off.
  return {
    size,
    level,
    lo,
    hi,
    root: 2 * states,
    variables: Int32Array.from(layerInput, (input) => variables[input]!),
  };
}
