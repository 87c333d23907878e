import { GATE } from '../compile/model.ts';
import { candidates } from '../compile/rooms.ts';
import { setBit } from './bits.ts';
import { gateShare } from './gate-share.ts';
import { noteTerms } from './impaired-terms.ts';
import { groupShare } from './impairment.ts';
import { searchNetwork } from './network.ts';
import type { World } from './world.ts';

/**
 * Shares of all groups and gates from those of the elements and the dynamic columns, for a state that was stored without
 * them. Inputs before what reads them: gates their inputs, groups what lies between the outside and their nodes.
 */
export function deriveShares(w: World): void {
  const { elements, groups, gates, networks } = w.model;
  const firstGate = elements.count + groups.count;
  for (let network = 0; network < networks.count; network++) {
    const joined = searchNetwork(w, network);
    for (let vertex = networks.vertexStart[network]!; vertex < networks.vertexStart[network + 1]!; vertex++) {
      w.served[firstGate + networks.vertexGate[vertex]!] = joined[vertex]!;
    }
  }
  for (const signal of signalOrder(w)) {
    if (signal < firstGate) {
      w.served[signal] = groupShare(w, signal - elements.count);
      continue;
    }
    const gate = signal - firstGate;
    if (gates.kind[gate] === GATE.connected) continue;
    if (gates.counting[gate] === 0) w.served[signal] = gateShare(w, gate);
    else w.served[signal] = w.upInputs[gate]! >= gates.threshold[gate]! ? 1 : 0;
  }
}

/** The sets of `bits.ts`, when all shares are known. */
export function deriveSets(w: World): void {
  w.impairedTerms.fill(0);
  w.tracksUnderway.fill(0);
  for (let signal = 0; signal < w.served.length; signal++) if (w.served[signal] !== 1) noteTerms(w, signal);
  for (let track = 0; track < w.trackStep.length; track++)
    if (w.trackStep[track] !== 0) setBit(w, w.tracksUnderwayAt, track, true);
}

const orders = new WeakMap<World['model'], Int32Array>();

/** Signals of groups and gates, each after what its share depends on. */
function signalOrder(w: World): Int32Array {
  let order = orders.get(w.model);
  if (order === undefined) {
    order = Int32Array.from(sortSignals(w));
    orders.set(w.model, order);
  }
  return order;
}

function sortSignals({ model }: World): number[] {
  const { elements, groups, gates, seats } = model;
  const firstGate = elements.count + groups.count;
  const order: number[] = [];
  const seen = new Uint8Array(firstGate + gates.count);
  const visitReach = (host: number): void => {
    if (host >= 0 && elements.reach[host]! >= 0) visit(elements.reach[host]!);
  };
  const visit = (signal: number): void => {
    if (signal < elements.count || seen[signal] === 1) return;
    seen[signal] = 1;
    if (signal < firstGate) {
      const group = signal - elements.count;
      for (const node of candidates(model, group)) visitReach(node);
      for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
        visitReach(elements.host[seats.layer[seats.layerStart[seat]!]!]!);
      }
    } else {
      const gate = signal - firstGate;
      for (let i = gates.inputStart[gate]!; i < gates.inputStart[gate + 1]!; i++) visit(gates.input[i]!);
    }
    order.push(signal);
  };
  for (let signal = elements.count; signal < seen.length; signal++) visit(signal);
  return order;
}
