import { removeInstance } from './instances.ts';
import { leavePlace, occupy } from './placement.ts';
import type { World } from './world.ts';

/**
 * Failed instances that stay until their replacement is there: they keep what they take on their node. One per
 * member; an older one is deleted in the same call that sets the next aside. It does not count for anti-affinity.
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

/** What has been set aside is gone; whoever waits for a slot looks again. */
export function deleteAside(w: World, seat: number): void {
  const node = w.aside[seat]! - 1;
  if (!(node >= 0)) return;
  const { seats, elements, queues } = w.model;
  w.set(w.asideAt + seat, 0);
  if (node >= elements.count) return;
  occupy(w, node, seats.group[seat]!, -1);
  w.touchedQueues.add(queues.slotQueue);
}

/** Something of the seat has been set aside, and nothing else is being done about it. */
export function isLeftOver(w: World, seat: number): boolean {
  return w.aside[seat]! > 0 && w.open[seat] === 0 && w.trackStep[w.model.seats.recovery[seat]!] === 0;
}
