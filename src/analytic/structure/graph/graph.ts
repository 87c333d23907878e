import type { Network } from '../../../model/structure.ts';
import { isDisconnected } from '../network/connectivity.ts';

/**
 * Literal of a graph: `2·node + 1` when complemented, `2·node` otherwise. Node 0 is the constant false, so literal 0 is
 * false and literal 1 is true; nodes 1 … `variables` are variables; gates follow, inputs always before the gates that
 * use them.
 */
export type Literal = number;

export const FALSE: Literal = 0;
export const TRUE: Literal = 1;

/** Gate kinds of a graph: an `or` is an `and` with complemented inputs and output. */
export const AND = 1;
export const XOR = 2;
export const ATLEAST = 3;
export const NETWORK = 4;

/** A hash-consed boolean graph, read-only once built. */
export interface Graph {
  readonly variables: number;
  /** Per node: 0 for the constant and the variables, else the gate kind. */
  readonly kinds: readonly number[];
  /** Per node: the literals a gate reads; empty for variables. */
  readonly inputs: readonly (readonly Literal[])[];
  /** Per node: k of an `ATLEAST` gate, else 0. */
  readonly thresholds: readonly number[];
  /** Graphs of the `NETWORK` gates by node. */
  readonly networks: ReadonlyMap<number, Network>;
  readonly top: Literal;
}

/** For each node whether the top depends on it syntactically. Inputs precede gates, so one downward sweep is enough. */
export function reachableNodes(graph: Graph): Uint8Array {
  const reached = new Uint8Array(graph.kinds.length);
  reached[graph.top >> 1] = 1;
  for (let node = graph.kinds.length - 1; node > graph.variables; node--) {
    if (reached[node] === 0) continue;
    for (const input of graph.inputs[node]!) reached[input >> 1] = 1;
  }
  return reached;
}

/** How many reachable gate inputs (and the top) name each node. */
export function referenceCounts(graph: Graph, reached: Uint8Array): Int32Array {
  const counts = new Int32Array(graph.kinds.length);
  counts[graph.top >> 1]!++;
  for (let node = graph.variables + 1; node < graph.kinds.length; node++) {
    if (reached[node] === 0) continue;
    for (const input of graph.inputs[node]!) counts[input >> 1]!++;
  }
  return counts;
}

/**
 * Value of every node at rest, with no variable failed. Diagrams take the complement of what is 1 at rest, so that
 * they always speak of something that is false until a block fails, and its (small) probability is carried, never
 * 1 minus it.
 */
export function valuesAtRest(graph: Graph): Uint8Array {
  const value = new Uint8Array(graph.kinds.length);
  for (let node = graph.variables + 1; node < graph.kinds.length; node++) {
    let count = 0;
    const inputs = graph.inputs[node]!;
    for (const input of inputs) count += value[input >> 1]! ^ (input & 1);
    switch (graph.kinds[node]) {
      case AND:
        value[node] = count === inputs.length ? 1 : 0;
        break;
      case XOR:
        value[node] = count & 1;
        break;
      case ATLEAST:
        value[node] = count >= graph.thresholds[node]! ? 1 : 0;
        break;
      case NETWORK: {
        const failed = inputs.map((input) => (value[input >> 1]! ^ (input & 1)) === 1);
        value[node] = isDisconnected(graph.networks.get(node)!, failed) ? 1 : 0;
        break;
      }
    }
  }
  return value;
}
