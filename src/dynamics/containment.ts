import { NEIGHBOUR } from '../compile/model.ts';
import { shutDown } from './instances.ts';
import type { World } from './world.ts';

/**
 * The fault that has just taken `seat` down leaves its region with the group's probability (SEM-23): it takes a
 * neighbour down with it, a replica by bad state, an instance on the same node, or the active member of another group.
 * The root of both is the same fault.
 *
 * @returns the seat that was hit, −1 for none; its instance is gone, its fall is still to be recorded
 */
export function spread(w: World, seat: number): number {
  const { seats, groups } = w.model;
  const group = seats.group[seat]!;
  const contained = groups.containment[group]!;
  if (contained >= 1) return -1;
  const hit = neighbourOf(w, seat, groups.neighbour[group]!);
  if (hit < 0) return -1;
  const stays = w.clocks.choose(contained, seats.containmentStream[seat]!);
  w.observer.contained(w.now, seat, stays);
  if (stays) return -1;
  shutDown(w, hit, w.caseRoot[seat]!);
  w.touchedGroups.add(seats.group[hit]!);
  return hit;
}

/** First member that is up among the neighbours, or −1. */
function neighbourOf(w: World, seat: number, neighbour: number): number {
  const { seats, groups } = w.model;
  if (neighbour >= 0) {
    for (let other = groups.seatStart[neighbour]!; other < groups.seatStart[neighbour + 1]!; other++) {
      if (w.down[other] === 0 && w.schemes[neighbour]!.serves(w, other)) return other;
    }
    return -1;
  }
  if (neighbour === NEIGHBOUR.host) {
    const host = w.seatHost[seat]! - 1;
    if (host < 0) return -1;
    let other = w.firstSeat[host]! - 1;
    let first = -1;
    // The list of a node is in order of arrival, which is no part of the state: the first by index is.
    for (; other >= 0; other = w.nextSeat[other]! - 1) {
      if (other !== seat && w.down[other] === 0 && (first < 0 || other < first)) first = other;
    }
    return first;
  }
  const group = seats.group[seat]!;
  for (let other = groups.seatStart[group]!; other < groups.seatStart[group + 1]!; other++) {
    if (other !== seat && w.down[other] === 0) return other;
  }
  return -1;
}
