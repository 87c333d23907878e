import { GATE } from '../compile/model.ts';
import type { World } from './world.ts';

/** What the gates say: the share of each kind from the shares of its inputs, a pure function of these. */
export function gateShare(w: World, gate: number): number {
  return w.model.gates.kind[gate] === GATE.weighted ? weightedShare(w, gate) : thresholdShare(w, gate);
}

/** All that is needed lost is nothing served, and nothing needed lost everything served, whatever the rounding of the weights. */
function weightedShare(w: World, gate: number): number {
  const { gates } = w.model;
  const total = gates.total[gate]!;
  let lost = 0;
  for (let i = gates.inputStart[gate]!; i < gates.inputStart[gate + 1]!; i++) {
    lost += gates.weight[i]! * (1 - w.served[gates.input[i]!]!);
  }
  const short = lost - gates.spare[gate]!;
  if (short <= total * 1e-12) return 1;
  return short >= total * (1 - 1e-12) ? 0 : 1 - short / total;
}

/** The threshold-th largest share among the inputs of a gate. */
function thresholdShare(w: World, gate: number): number {
  const { gates } = w.model;
  const first = gates.inputStart[gate]!;
  const end = gates.inputStart[gate + 1]!;
  let best = 0;
  // The k-th largest x is the largest x with at least k inputs ≥ x.
  for (let i = first; i < end; i++) {
    const share = w.served[gates.input[i]!]!;
    if (share <= best) continue;
    let atLeast = 0;
    for (let j = first; j < end; j++) if (w.served[gates.input[j]!]! >= share) atLeast++;
    if (atLeast >= gates.threshold[gate]!) best = share;
  }
  return best;
}

/** First input that is not fully up. */
export function firstImpaired(w: World, gate: number): number {
  const { gates } = w.model;
  for (let i = gates.inputStart[gate]!; i < gates.inputStart[gate + 1]!; i++) {
    if (w.served[gates.input[i]!]! < 1) return gates.input[i]!;
  }
  return gates.input[gates.inputStart[gate]!]!;
}
