import { type CompiledModel, GATE } from '../../compile/model.ts';

/**
 * Failures without which a service has no downtime: every cut of its structure has so many elements or groups. A lower bound
 * only: what a group needs, or a gate that does not count, is taken for one.
 */
export function leastFailures({ elements, groups, gates, services }: CompiledModel, service: number): number {
  const first = elements.count + groups.count;
  const known = new Float64Array(gates.count);
  const ofSignal = (signal: number): number => {
    const gate = signal - first;
    if (gate < 0) return 1;
    if (known[gate] === 0) known[gate] = ofGate(gate);
    return known[gate]!;
  };
  const ofGate = (gate: number): number => {
    if (gates.kind[gate] !== GATE.threshold) return 1;
    const inputs = [...gates.input.subarray(gates.inputStart[gate]!, gates.inputStart[gate + 1]!)];
    const smallest = inputs.map(ofSignal).sort((a, b) => a - b);
    return smallest.slice(0, inputs.length - gates.threshold[gate]! + 1).reduce((sum, one) => sum + one, 0);
  };
  const terms = services.term.subarray(services.termStart[service]!, services.termStart[service + 1]!);
  return terms.reduce((least, term) => Math.min(least, ofSignal(term)), Number.POSITIVE_INFINITY);
}
