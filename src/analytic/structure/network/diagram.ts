import type { Network } from '../../../model/structure.ts';
import type { Diagram } from '../bdd/diagram.ts';
import type { BddManager, Edge } from '../bdd/manager.ts';
import { NodeLimitReached } from '../bdd/manager.ts';
import { directedCutOff } from './directed.ts';
import { frontierDiagram, type LayeredDiagram } from './frontier.ts';
import { planNetwork } from './plan.ts';
import { CONNECTED } from './walker.ts';

/** Share of a probability that may be left out of it: a tenth of the last bit. */
const NEGLIGIBLE = 1e-17;

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

/**
 * The same for given probabilities, following only states that can matter: what is left out together has less than
 * `NEGLIGIBLE` of the probability found cut off, so no digit of it is missing. Undefined when that takes more than
 * `limit` nodes.
 */
export function prunedNetworkDiagram(
  network: Network,
  variables: ArrayLike<number>,
  unavailability: ArrayLike<number>,
  limit: number,
): Diagram | undefined {
  const plan = planNetwork(network);
  if (plan === undefined) return undefined;
  for (let least = 1e-16; least > 1e-60; least *= 1e-4) {
    const layers = frontierDiagram(plan, limit, { unavailability, least });
    if (layers === undefined) return undefined;
    if (layers.dropped <= NEGLIGIBLE * layers.cutOff) return turnedOver(layers, variables);
  }
  return undefined;
}

/** The layers as a diagram: states where the element makes no difference are passed over, the rest numbered from the end. */
function turnedOver({ layerStart, layerInput, child }: LayeredDiagram, variables: ArrayLike<number>): Diagram {
  const states = layerStart[layerInput.length]!;
  const level = new Int32Array(states + 1);
  const lo = new Int32Array(states + 1);
  const hi = new Int32Array(states + 1);
  const edges = new Int32Array(states);
  level[0] = -1;
  let size = 1;
  const resolve = (to: number): Edge => (to >= 0 ? edges[to]! : to === CONNECTED ? 0 : 1);
  for (let layer = layerInput.length - 1; layer >= 0; layer--) {
    for (let s = layerStart[layer + 1]! - 1; s >= layerStart[layer]!; s--) {
      const low = resolve(child[2 * s]!);
      const high = resolve(child[2 * s + 1]!);
      // What is cut off with the element working is cut off without it, also where that was not followed.
      if (low === high || low === 1) {
        edges[s] = low;
        continue;
      }
      level[size] = layer;
      lo[size] = low;
      hi[size] = high;
      edges[s] = 2 * size++;
    }
  }
  return {
    size,
    level: level.slice(0, size),
    lo: lo.slice(0, size),
    hi: hi.slice(0, size),
    root: edges[0]!,
    variables: Int32Array.from(layerInput, (input) => variables[input]!),
  };
}
