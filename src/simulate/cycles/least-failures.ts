import { type CompiledModel, GATE } from '../../compile/model.ts';
import { rowOf } from '../../compile/rows.ts';

/**
 * Failures that downtime of a service takes, as far as its structure tells: counted by its gates as if no two of their inputs
 * had anything in common. What a group needs, or a gate that does not count, is taken for one. Not exact either way: nothing
 * but cost depends on it.
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
    const inputs = rowOf(gates.inputStart, gates.input, gate);
    const smallest = inputs.map(ofSignal).sort((a, b) => a - b);
    return smallest.slice(0, inputs.length - gates.threshold[gate]! + 1).reduce((sum, one) => sum + one, 0);
  };
  return Math.min(...rowOf(services.termStart, services.term, service).map(ofSignal));
}
