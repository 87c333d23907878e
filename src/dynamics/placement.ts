import { takeResources } from '../compile/resources.ts';
import { emptyRooms, setFree } from '../compile/rooms.ts';
import type { World } from './world.ts';

/** Gives the seat a slot on a feasible node; false if there is none now. A seat that has its place keeps it. */
export function takeSlot(w: World, seat: number): boolean {
  const { seats, groups } = w.model;
  const group = seats.group[seat]!;
  if (groups.room[group]! < 0) return true;
  if (w.seatHost[seat] !== 0) return true;
  const node = w.nodeChoice.choose(group, seat, seats.home[seat]!);
  if (node < 0) return false;
  putSeat(w, seat, node);
  return true;
}

/** Puts the seat on `node` and takes its slots there. */
export function putSeat(w: World, seat: number, node: number): void {
  const { seats } = w.model;
  w.set(w.seatHostAt + seat, node + 1);
  occupy(w, node, seats.group[seat]!, 1);
  link(w, seat, node);
  w.set(w.hostDownAt + seats.layer[seats.layerStart[seat]!]!, w.served[node] === 1 ? 0 : 1);
}

/** Frees the seat's slots; whoever waits for a slot looks again. */
export function freeSlot(w: World, seat: number): void {
  const node = w.seatHost[seat]! - 1;
  if (node < 0) return;
  const { seats, queues } = w.model;
  occupy(w, node, seats.group[seat]!, -1);
  leavePlace(w, seat);
  w.touchedQueues.add(queues.slotQueue);
}

/** The seat is on no node any more; what becomes of its slots is the caller's. */
export function leavePlace(w: World, seat: number): void {
  const node = w.seatHost[seat]! - 1;
  w.set(w.seatHostAt + seat, 0);
  unlink(w, seat, node);
}

/** A member of `group` takes its slots on `node` and what its flavour asks (`sign` 1), or gives them back (−1). */
export function occupy(w: World, node: number, group: number, sign: 1 | -1): void {
  const { groups } = w.model;
  useSlots(w, node, sign * groups.slotsPerMember[group]!);
  takeResources(groups, group, node, sign, w.addResources);
}

/** Takes slots of a node, or gives them back (negative). */
export function useSlots(w: World, node: number, slots: number): void {
  const { rooms, elements } = w.model;
  w.set(w.slotsUsedAt + node, w.slotsUsed[node]! + slots);
  setFree(rooms, w.free, node, elements.capacity[node]! - w.slotsUsed[node]!, w.writeFree);
}

/** All slots of all nodes are free, before any seat is put anywhere. */
export function clearRooms(w: World): void {
  emptyRooms(w.model.rooms, w.model.elements.capacity, w.free);
}

function link(w: World, seat: number, node: number): void {
  const first = w.firstSeat[node]!;
  w.set(w.nextSeatAt + seat, first);
  w.set(w.previousSeatAt + seat, 0);
  if (first !== 0) w.set(w.previousSeatAt + first - 1, seat + 1);
  w.set(w.firstSeatAt + node, seat + 1);
}

function unlink(w: World, seat: number, node: number): void {
  const next = w.nextSeat[seat]!;
  const previous = w.previousSeat[seat]!;
  if (previous !== 0) w.set(w.nextSeatAt + previous - 1, next);
  else w.set(w.firstSeatAt + node, next);
  if (next !== 0) w.set(w.previousSeatAt + next - 1, previous);
}

/** Builds the lists of seats per node and the trees of free slots anew, for a state that was stored without them. */
export function relinkSeats(w: World): void {
  w.firstSeat.fill(0);
  w.nextSeat.fill(0);
  w.previousSeat.fill(0);
  for (let seat = w.model.seats.count - 1; seat >= 0; seat--) {
    if (w.seatHost[seat] !== 0) link(w, seat, w.seatHost[seat]! - 1);
  }
  clearRooms(w);
  for (const node of w.model.rooms.node) {
    const { capacity } = w.model.elements;
    if (w.slotsUsed[node] !== 0)
      setFree(w.model.rooms, w.free, node, capacity[node]! - w.slotsUsed[node]!, w.writeFree);
  }
}

/** Per element, while a campaign upgrades it: no new instances at all, or only when nothing newer can take them. */
export const CORDON = { none: 0, barred: 1, old: 2 } as const;

/** A place on `node` is kept for the seat, which is still where it was. */
export function promisePlace(w: World, seat: number, node: number): void {
  w.set(w.moveToAt + seat, node + 1);
  occupy(w, node, w.model.seats.group[seat]!, 1);
}

/** The promised place is not needed any more. */
export function dropPlace(w: World, seat: number): void {
  const { seats, queues } = w.model;
  occupy(w, w.moveTo[seat]! - 1, seats.group[seat]!, -1);
  w.set(w.moveToAt + seat, 0);
  w.touchedQueues.add(queues.slotQueue);
}

/** The seat takes the place it was promised; what it holds goes with it. Both nodes are up. */
export function moveSeat(w: World, seat: number, node: number): void {
  const { seats, queues } = w.model;
  occupy(w, w.seatHost[seat]! - 1, seats.group[seat]!, -1);
  leavePlace(w, seat);
  w.set(w.moveToAt + seat, 0);
  w.set(w.seatHostAt + seat, node + 1);
  link(w, seat, node);
  w.touchedQueues.add(queues.slotQueue);
}
