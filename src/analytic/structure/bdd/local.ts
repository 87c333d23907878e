import type { Graph } from '../graph/graph.ts';
import type { Module } from '../graph/modules.ts';

/**
 * A module with its nodes numbered from 0: leaves first (in the module's order), then gates, inputs before the gates
 * that read them, the root last. `start[v] … start[v + 1]` delimits the inputs of gate v in `inputs`.
 */
export interface LocalModule {
  readonly leaves: number;
  readonly nodes: number;
  readonly start: Int32Array;
  readonly inputs: Int32Array;
}

export function localModule(graph: Graph, module: Module): LocalModule {
  const leaves = module.leaves.length;
  const nodes = leaves + module.gates.length;
  const local = new Map<number, number>();
  for (const node of module.leaves) local.set(node, local.size);
  for (const node of module.gates) local.set(node, local.size);
  const start = new Int32Array(nodes + 1);
  const inputs: number[] = [];
  for (let i = 0; i < module.gates.length; i++) {
    for (const literal of graph.inputs[module.gates[i]!]!) if (literal > 1) inputs.push(local.get(literal >> 1)!);
    start[leaves + i + 1] = inputs.length;
  }
  return { leaves, nodes, start, inputs: Int32Array.from(inputs) };
}
