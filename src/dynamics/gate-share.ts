import { GATE } from '../compile/model.ts';
import type { World } from './world.ts';

/** What the gates say: the share of each kind from the shares of its inputs, a pure function of these. */
export function gateShare(w: World, gate: number): number {
  const { gates } = w.model;
  switch (gates.kind[gate]) {
    case GATE.product:
      return productShare(w, gate);
    case GATE.weighted:
      return weightedShare(w, gate);
    case GATE.connected:
      return w.served[w.model.elements.count + w.model.groups.count + gate]!;
    case GATE.standby:
      return standbyShare(w, gate);
    case GATE.present:
      return w.served[gates.input[gates.inputStart[gate]!]!]! > 0 ? 1 : 0;
    default:
      return thresholdShare(w, gate);
  }
}

function standbyShare(w: World, gate: number): number {
  const { gates } = w.model;
  const used = gates.inputStart[gate]! + w.standbyUse[gate]!;
  return used < gates.inputStart[gate + 1]! && w.served[gates.input[used]!] === 1 ? 1 : 0;
}

function productShare(w: World, gate: number): number {
  const { gates } = w.model;
  let share = 1;
  for (let i = gates.inputStart[gate]!; i < gates.inputStart[gate + 1]!; i++) share *= w.served[gates.input[i]!]!;
  return share;
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
  const spare = end - first - gates.threshold[gate]!;
  let impaired = 0;
  for (let i = first; i < end; i++) if (w.served[gates.input[i]!]! < 1) impaired++;
  if (impaired <= spare) return 1;
  let best = 0;
  // It is the largest of the impaired ones with no more than the spare inputs below it: few, whatever the number of inputs.
  for (let i = first; i < end; i++) {
    const share = w.served[gates.input[i]!]!;
    if (share <= best || share === 1) continue;
    let below = 0;
    for (let j = first; j < end; j++) if (w.served[gates.input[j]!]! < share) below++;
    if (below <= spare) best = share;
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
