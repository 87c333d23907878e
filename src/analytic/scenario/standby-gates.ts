import { type CompiledModel, GATE } from '../../compile/model.ts';

/**
 * Why no failure structure says whether the signals are up, or undefined: which spare of a standby gate is in use, and how old
 * it is, depends on who has failed when.
 */
export function sparesBelow(model: CompiledModel, signals: readonly number[]): string | undefined {
  const { elements, groups, gates, names } = model;
  const firstGate = elements.count + groups.count;
  const seen = new Set<number>();
  const open = [...signals];
  for (let signal = open.pop(); signal !== undefined; signal = open.pop()) {
    if (seen.has(signal)) continue;
    seen.add(signal);
    if (signal < elements.count) {
      for (const next of [elements.host[signal]!, elements.inner[signal]!]) if (next >= 0) open.push(next);
      continue;
    }
    if (signal < firstGate) continue;
    const gate = signal - firstGate;
    if (gates.kind[gate] === GATE.standby)
      return `${names.gates[gate]}: which spare is in use depends on who has failed when`;
    open.push(...gates.input.subarray(gates.inputStart[gate]!, gates.inputStart[gate + 1]!));
  }
  return undefined;
}
