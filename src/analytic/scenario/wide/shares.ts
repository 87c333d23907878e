import { type CompiledModel, GATE } from '../../../compile/model.ts';
import { rowOf } from '../../../compile/rows.ts';
import { PARTIAL_WEIGHTS, type PartialWeight } from '../../../model/scenario.ts';

/** A service that is up or down as a whole, and what its downtime counts in the partly served one. */
export interface SharePart {
  readonly model: CompiledModel;
  readonly weight: number;
}

/** Gates of weighted shares the service stands on, through other gates and inner structures. */
export function weightedGates(model: CompiledModel, service: number): readonly number[] {
  const { services, gates, elements, groups } = model;
  const firstGate = elements.count + groups.count;
  const seen = new Set<number>();
  const visit = (signal: number): void => {
    if (seen.has(signal)) return;
    seen.add(signal);
    if (signal < elements.count) {
      for (let e = signal; e >= 0; e = elements.host[e]!) if (elements.inner[e]! >= 0) visit(elements.inner[e]!);
    }
    if (signal < firstGate) return;
    const gate = signal - firstGate;
    for (let i = gates.inputStart[gate]!; i < gates.inputStart[gate + 1]!; i++) visit(gates.input[i]!);
  };
  for (let i = services.termStart[service]!; i < services.termStart[service + 1]!; i++) visit(services.term[i]!);
  return [...seen]
    .map((signal) => signal - firstGate)
    .filter((gate) => gate >= 0 && gates.kind[gate] === GATE.weighted);
}

/**
 * A partly served service as a weighted sum of services that are all or nothing (exact, as expectations are linear). With
 * n equal units of which R are needed, E[(1 − K/R)⁺] = Σ P(K < j)/R over j = 1 … R; with unequal weights and nothing spare,
 * each unit loses its own share. One weighted gate, which is a stage of the service by itself.
 *
 * @returns the reason when it cannot be taken apart
 */
export function shareParts(model: CompiledModel, service: number): readonly SharePart[] | string {
  const { services, gates, elements, groups } = model;
  const firstGate = elements.count + groups.count;
  const weighted = weightedGates(model, service);
  const terms = rowOf(services.termStart, services.term, service);
  const [gate] = weighted;
  if (gate === undefined) return [{ model, weight: 1 }];
  if (weighted.length > 1) return 'several partly served stages lose users together';
  const term = terms.indexOf(firstGate + gate);
  if (term < 0) return 'what is partly served stands inside another structure';
  const at = gates.inputStart[gate]!;
  const inputs = [...gates.input.subarray(at, gates.inputStart[gate + 1]!)];
  const weights = [...gates.weight.subarray(at, at + inputs.length)];
  const total = gates.total[gate]!;
  const fraction = services.minServiceFraction[service]!;
  const counts = PARTIAL_WEIGHTS[services.partialWeight[service]!]!;
  if (weights.reduce((sum, weight) => sum + weight, 0) < total * (1 - 1e-9)) {
    if (fraction > 0 || counts !== 'capacity') return 'part of the load uses none of it';
    return inputs.map((input, i) => alone(input, weights[i]! / total));
  }
  const needed = total / weights[0]!;
  if (weights.every((weight) => weight === weights[0]) && Math.abs(needed - Math.round(needed)) < 1e-9) {
    return thresholds(model, gate, Math.round(needed), fraction, counts);
  }
  if (gates.spare[gate]! > 0 || fraction > 0 || counts !== 'capacity')
    return 'units of different size share a limited load';
  return inputs.map((input, i) => alone(input, weights[i]! / total));

  /** The service with the one input in place of the gate. */
  function alone(input: number, weight: number): SharePart {
    const replaced = services.term.slice();
    replaced[services.termStart[service]! + term] = input;
    return { model: { ...model, services: { ...services, term: replaced } }, weight };
  }
}

/**
 * Up while at least j of the units are, for each j that changes the loss; up to `fraction` of the load served is none. What
 * is partly served may count as up (`none`: only the first j is left) or as down (`full`: only the last).
 */
function thresholds(
  model: CompiledModel,
  gate: number,
  needed: number,
  fraction: number,
  counts: PartialWeight,
): readonly SharePart[] {
  const { gates } = model;
  const lowest = Math.min(needed, Math.floor(fraction * needed + 1e-9) + 1);
  if (counts !== 'capacity') return [part(counts === 'none' ? lowest : needed, 1)];
  return Array.from({ length: needed - lowest + 1 }, (_, i) => part(lowest + i, (i === 0 ? lowest : 1) / needed));

  function part(atLeast: number, weight: number): SharePart {
    const threshold = gates.threshold.slice();
    const kind = gates.kind.slice();
    threshold[gate] = atLeast;
    kind[gate] = GATE.threshold;
    return { model: { ...model, gates: { ...gates, threshold, kind } }, weight };
  }
}
