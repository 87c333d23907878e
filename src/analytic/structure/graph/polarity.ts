import { type Graph, XOR } from './graph.ts';
import type { Module } from './modules.ts';

const BOTH = 3;

/**
 * Marks the leaves of a module that are read both as they are and complemented (or through a parity): only for those
 * may one failure both cause and cure the module's. By position in `leaves`.
 */
export function binateLeaves(graph: Graph, module: Module, leaves: ArrayLike<number>): Uint8Array {
  const mask = new Map<number, number>([[module.root, 1]]);
  for (let i = module.gates.length - 1; i >= 0; i--) {
    const gate = module.gates[i]!;
    const own = mask.get(gate) ?? 0;
    for (const literal of graph.inputs[gate]!) {
      const seen = graph.kinds[gate] === XOR ? BOTH : (literal & 1) === 0 ? own : swapped(own);
      mask.set(literal >> 1, (mask.get(literal >> 1) ?? 0) | seen);
    }
  }
  return Uint8Array.from(leaves, (leaf) => (mask.get(leaf) === BOTH ? 1 : 0));
}

function swapped(mask: number): number {
  return ((mask & 1) << 1) | (mask >> 1);
}
