import { removeInstance } from './instances.ts';
import { deleteAside } from './left-behind.ts';
import { leavePlace } from './placement.ts';
import type { World } from './world.ts';

/**
 * Failed instances that stay until their replacement is there: they keep what they take on their node. One per
 * member; an older one is deleted in the same call that sets the next aside, and one that takes the only place there is
 * makes way for the new member (SEM-28). It does not count for anti-affinity.
 */

/** The failed instance of `seat` is left behind; the seat needs another place. Members on nodes of their own leave nothing. */
export function setAside(w: World, seat: number): void {
  const { seats, groups, elements } = w.model;
  const group = seats.group[seat]!;
  const node = w.seatHost[seat]! - 1;
  if (groups.room[group]! < 0) w.set(w.asideAt + seat, elements.count + 1);
  else if (node >= 0 && w.lost[seat] === 1 && groups.inPlace[group] === 0) {
    deleteAside(w, seat);
    leavePlace(w, seat);
    w.set(w.asideAt + seat, node + 1);
  }
  removeInstance(w, seat);
  w.set(w.lostAt + seat, 2);
}

/** Something of the seat has been set aside, and nothing else is being done about it. */
export function isLeftOver(w: World, seat: number): boolean {
  return w.aside[seat]! > 0 && w.open[seat] === 0 && w.trackStep[w.model.seats.recovery[seat]!] === 0;
}
