import { occupy, takeSlot } from './placement.ts';
import type { World } from './world.ts';

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

/** Gives the seat a place; where there is no other, the one of what has been set aside. */
export function takePlace(w: World, seat: number): boolean {
  if (takeSlot(w, seat)) return true;
  if (!(w.aside[seat]! > 0)) return false;
  deleteAside(w, seat);
  return takeSlot(w, seat);
}
