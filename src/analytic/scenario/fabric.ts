import { type CompiledModel, GATE } from '../../compile/model.ts';
import { gatesNeeded } from '../../compile/programs.ts';
import { candidates } from '../../compile/rooms.ts';
import type { Network } from '../../model/structure.ts';

/**
 * Why what `signals` serve is not whether something is up, or undefined: shares of traffic, and members behind a fabric
 * whose failovers take time, have an expected loss that no failure structure holds.
 */
export function notBoolean(model: CompiledModel, signals: readonly number[]): string | undefined {
  const { elements, groups, gates, names } = model;
  const firstGate = elements.count + groups.count;
  const seen = new Set<number>();
  const find = (signal: number): string | undefined => {
    if (signal < elements.count || seen.has(signal)) return undefined;
    seen.add(signal);
    if (signal < firstGate) {
      const group = signal - elements.count;
      if (groups.internal[group] === 1) return `${names.groups[group]}: traffic is shared and rerouted`;
      for (const node of candidates(model, group)) {
        if (elements.reach[node]! >= 0) return `${names.groups[group]}: its members are reached over a fabric`;
      }
      for (const program of [groups.remediation[group]!, groups.recovery[group]!]) {
        const cut = gatesNeeded(model, program).find((needed) => find(needed) !== undefined);
        if (cut !== undefined) return `${names.groups[group]}: its control path is reached over a fabric`;
      }
      return undefined;
    }
    const gate = signal - firstGate;
    const [there, back] = gates.input.subarray(gates.inputStart[gate]!, gates.inputStart[gate + 1]!);
    if (gates.kind[gate] === GATE.product && there === back) return `${names.gates[gate]}: each way loses by itself`;
    if (gates.kind[gate] === GATE.weighted) return `${names.gates[gate]}: a share of the load, not up or down`;
    for (let i = gates.inputStart[gate]!; i < gates.inputStart[gate + 1]!; i++) {
      const why = find(gates.input[i]!);
      if (why !== undefined) return why;
    }
    return undefined;
  };
  for (const signal of signals) {
    const why = find(signal);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** Position of a connected gate's vertex, or −1 for any other gate. */
export function vertexOf({ networks }: CompiledModel, gate: number): number {
  return networks.vertexGate.indexOf(gate);
}

/**
 * Vertex `vertex` cut off from every exit: elements, in the order of the gate's inputs, and the graph, in which one more
 * node that never fails stands for the outside. The last input is one that never fails.
 */
export function cutOffFromExits(
  { networks }: CompiledModel,
  vertex: number,
): { readonly elements: readonly number[]; readonly network: Network } {
  let network = 0;
  while (networks.vertexStart[network + 1]! <= vertex) network++;
  const first = networks.vertexStart[network]!;
  const end = networks.vertexStart[network + 1]!;
  const count = end - first;
  const elements: number[] = [...networks.vertexElement.subarray(first, end)];
  const links: Network['links'][number][] = [];
  for (let v = first; v < end; v++) {
    for (let i = networks.edgeStart[v]!; i < networks.edgeStart[v + 1]!; i++) {
      // Each edge is listed at both ends.
      if (networks.edgeEnd[i]! < v) continue;
      links.push({
        from: v - first,
        to: networks.edgeEnd[i]! - first,
        input: elements.push(networks.edgeElement[i]!) - 1,
      });
    }
  }
  const sound = elements.length;
  for (let v = first; v < end; v++) {
    if (networks.isExit[v] === 1) links.push({ from: v - first, to: count, input: sound });
  }
  return {
    elements,
    network: {
      nodeCount: count + 1,
      nodeInput: [...Array.from({ length: count }, (_, i) => i), -1],
      links,
      directed: false,
      terminals: [vertex - first, count],
    },
  };
}
