import { takeResources } from '../compile/resources.ts';
import { RESOURCES } from '../model/resources.ts';
import { leavePlace, useSlots } from './placement.ts';
import type { World } from './world.ts';

/**
 * What failed operations leave behind (B-80): a slot of a node that nobody uses and that stays taken until the node is
 * cleaned up, some time after its first orphan.
 */

/** What was begun for `seat` is given up, its slot is not; members on nodes of their own have nothing to leave. */
export function leaveOrphan(w: World, seat: number): boolean {
  const { seats, groups, orphans, slots } = w.model;
  const group = seats.group[seat]!;
  const node = w.seatHost[seat]! - 1;
  if (node < 0 || groups.inPlace[group] === 1) return false;
  leavePlace(w, seat);
  const place = orphans.place[node]!;
  w.set(w.orphanedAt + place, w.orphaned[place]! + groups.slotsPerMember[group]!);
  takeResources(groups, group, place, 1, w.addOrphaned);
  if (!w.isRunning(slots.cleanup + place)) w.startClock(slots.cleanup + place, orphans.law, 0);
  return false;
}

/** All orphans of a node are removed; whoever waits for a slot looks again. */
export function cleanUp(w: World, place: number): void {
  const { orphans, queues } = w.model;
  const node = orphans.node[place]!;
  useSlots(w, node, -w.orphaned[place]!);
  w.set(w.orphanedAt + place, 0);
  const size = w.orphanedResources.length === 0 ? 0 : RESOURCES.length;
  for (let i = 0; i < size; i++) {
    w.addResources(size * node + i, -w.orphanedResources[size * place + i]!);
    w.set(w.orphanedResourcesAt + size * place + i, 0);
  }
  w.touchedQueues.add(queues.slotQueue);
}
