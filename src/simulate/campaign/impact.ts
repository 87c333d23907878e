import type { CompiledModel } from '../../compile/model.ts';
import type { World } from '../../dynamics/world.ts';
import { ELEMENT_KINDS } from '../../model/scenario.ts';

/** Who suffers from a fault (B-72): counted by shares, so that half of a node's traffic is half a node. */
export interface Impact {
  readonly nodes: number;
  readonly members: number;
}

const NODE = ELEMENT_KINDS.indexOf('node');
const CONTROL = ELEMENT_KINDS.indexOf('control');

/** What does not work in the present state: the nodes in `compute`, and members whose instance or node does not. */
export function lostAtOnce(w: World, compute: readonly number[]): Impact {
  const { seats } = w.model;
  let members = 0;
  for (let seat = 0; seat < seats.count; seat++)
    members += 1 - w.served[seats.layer[seats.layerStart[seat + 1]! - 1]!]!;
  return { nodes: compute.reduce((sum, node) => sum + 1 - w.served[node]!, 0), members };
}

/** What would have to wait for control functions that have lost an instance in the present state, and whether any is down. */
export function behindControl(w: World): Impact & { readonly down: boolean } {
  const { elements, groups, gates, watchers, tracks, seats, names } = w.model;
  const members = new Set<number>();
  const nodes = new Set<number>();
  let down = false;
  const visit = (signal: number): void => {
    for (let i = watchers.trackStart[signal]!; i < watchers.trackStart[signal + 1]!; i++) {
      const seat = tracks.owner[watchers.track[i]!]!;
      members.add(seat);
      if (seats.home[seat]! >= 0) nodes.add(seats.home[seat]!);
      if (w.served[signal] !== 1) down = true;
    }
    for (let i = gates.readerStart[signal]!; i < gates.readerStart[signal + 1]!; i++) {
      visit(elements.count + groups.count + gates.reader[i]!);
    }
  };
  for (let element = 0; element < names.elements.length; element++) {
    if (elements.kind[element] === CONTROL && w.served[element] !== 1) visit(element);
  }
  return { members: members.size, nodes: nodes.size, down };
}

/** Nodes that may host members. */
export function computeNodes({ elements }: CompiledModel): readonly number[] {
  const found: number[] = [];
  for (let element = 0; element < elements.count; element++) {
    if (elements.kind[element] === NODE && elements.capacity[element]! > 0) found.push(element);
  }
  return found;
}
