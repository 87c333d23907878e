import { isReachable, reachShare } from '../../dynamics/reach.ts';
import type { World } from '../../dynamics/world.ts';

/** How many things a fault hits, and how many it leaves with less redundancy. */
export interface Exposure {
  /** Groups that serve less than all of their load; groups that serve all of it with fewer members. */
  readonly groupsHit: number;
  readonly groupsExposed: number;
  /** Other elements that do not work or are cut off; elements that are still reached, over fewer ways. */
  readonly elementsHit: number;
  readonly elementsExposed: number;
}

/** Counts in the present state, in which `struck` has failed. */
export function exposureOf(w: World, struck: number): Exposure {
  const { elements, groups, seats } = w.model;
  let groupsHit = 0;
  let groupsExposed = 0;
  let elementsExposed = 0;
  for (let group = 0; group < groups.count; group++) {
    let without = 0;
    for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
      const innermost = seats.layer[seats.layerStart[seat + 1]! - 1]!;
      if (w.served[innermost] !== 1 || reachShare(w, seat) === 0) without++;
    }
    const share = w.served[elements.count + group]!;
    if (groups.internal[group] === 1) {
      if (without > 0 && without < groups.seatStart[group + 1]! - groups.seatStart[group]!) elementsExposed++;
    } else if (share < 1) groupsHit++;
    else if (without > 0) groupsExposed++;
  }
  let elementsHit = 0;
  for (let element = 0; element < elements.count; element++) {
    if (element !== struck && (w.served[element] !== 1 || !isReachable(w, element))) elementsHit++;
  }
  return { groupsHit, groupsExposed, elementsHit, elementsExposed };
}
