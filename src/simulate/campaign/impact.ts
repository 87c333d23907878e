import type { CompiledModel } from '../../compile/model.ts';
import { reachShare } from '../../dynamics/reach.ts';
import type { World } from '../../dynamics/world.ts';
import { ELEMENT_KINDS } from '../../model/scenario.ts';

/** Who suffers from a fault (B-72): counted by shares, so that half of a node's traffic is half a node. */
export interface Impact {
  readonly nodes: number;
  /** Slots of the nodes hit, the virtual machines of a full cloud; and members hit whose node is not. */
  readonly machines: number;
}

const NODE = ELEMENT_KINDS.indexOf('node');
const CONTROL = ELEMENT_KINDS.indexOf('control');

/** Share of a node's traffic that is lost: in the node, or on the way to it. */
function lostOfNode(w: World, node: number): number {
  const reach = w.model.elements.reach[node]!;
  return 1 - w.served[node]! * (reach < 0 ? 1 : w.served[reach]!);
}

/** Share of a member's traffic that is lost, with what is lost on the way to it. */
function lostOfMember(w: World, seat: number): number {
  const { seats } = w.model;
  return 1 - w.served[seats.layer[seats.layerStart[seat + 1]! - 1]!]! * reachShare(w, seat);
}

/** What does not work in the present state: nodes among `compute`, and the machines on them. */
export function lostAtOnce(w: World, compute: readonly number[]): Impact {
  const { seats, elements, groups } = w.model;
  let nodes = 0;
  let machines = 0;
  for (const node of compute) {
    nodes += lostOfNode(w, node);
    machines += elements.capacity[node]! * lostOfNode(w, node);
  }
  for (let seat = 0; seat < seats.count; seat++) {
    if (groups.internal[seats.group[seat]!] === 1) continue;
    const host = seats.home[seat]!;
    machines += Math.max(0, lostOfMember(w, seat) - (host < 0 ? 0 : lostOfNode(w, host)));
  }
  return { nodes, machines };
}

/** What would have to wait for control functions that have lost an instance in the present state, and whether any is down. */
export function behindControl(w: World): Impact & { readonly down: boolean } {
  const { elements, groups, gates, watchers, tracks, seats } = w.model;
  const nodes = new Set<number>();
  const homeless = new Set<number>();
  let down = false;
  const visit = (signal: number): void => {
    for (let i = watchers.trackStart[signal]!; i < watchers.trackStart[signal + 1]!; i++) {
      const seat = tracks.owner[watchers.track[i]!]!;
      if (seats.home[seat]! >= 0) nodes.add(seats.home[seat]!);
      else homeless.add(seat);
      if (w.served[signal] !== 1) down = true;
    }
    for (let i = gates.readerStart[signal]!; i < gates.readerStart[signal + 1]!; i++) {
      visit(elements.count + groups.count + gates.reader[i]!);
    }
  };
  for (let element = 0; element < elements.count; element++) {
    if (elements.kind[element] === CONTROL && w.served[element] !== 1) visit(element);
  }
  const slots = [...nodes].reduce((sum, node) => sum + elements.capacity[node]!, 0);
  return { nodes: nodes.size, machines: slots + homeless.size, down };
}

/** Nodes that may host members. */
export function computeNodes({ elements }: CompiledModel): readonly number[] {
  const found: number[] = [];
  for (let element = 0; element < elements.count; element++) {
    if (elements.kind[element] === NODE && elements.capacity[element]! > 0) found.push(element);
  }
  return found;
}
