import type { World } from './world.ts';

/**
 * Whether traffic gets to a member: what it stands on may work and yet be cut off by the fabric (SEM-35, SEM-36). A
 * member that is cut off serves nobody, is noticed like a dead one, and is alive.
 */

/** Signal of the share of the seat's traffic that gets through, −1 where nothing is in between. */
export function reachSignal(w: World, seat: number): number {
  if (!w.hasNetworks) return -1;
  const { seats, elements } = w.model;
  const outer = seats.layer[seats.layerStart[seat]!]!;
  const host = elements.host[outer]! >= 0 ? elements.host[outer]! : w.seatHost[seat]! - 1;
  return host < 0 ? -1 : elements.reach[host]!;
}

/** Share of the seat's traffic that gets through, 0 … 1. */
export function reachShare(w: World, seat: number): number {
  if (!w.hasNetworks) return 1;
  const signal = reachSignal(w, seat);
  return signal < 0 ? 1 : w.served[signal]!;
}

/** Element `host` can be reached at all. */
export function isReachable(w: World, host: number): boolean {
  const signal = w.model.elements.reach[host]!;
  return signal < 0 || w.served[signal]! > 0;
}

/** The member works and nothing of its traffic gets through: believed dead, and alive. */
export function isAlive(w: World, seat: number): boolean {
  const { seats } = w.model;
  const innermost = seats.layer[seats.layerStart[seat + 1]! - 1]!;
  return w.ready[seat] === 1 && w.served[innermost] === 1 && reachShare(w, seat) === 0;
}

/** The signal is the reach, or the way to the management controller, of some elements: whoever stands on them looks again. */
export function attachedChanged(w: World, signal: number): void {
  if (!w.hasNetworks) return;
  const { elements, seats } = w.model;
  for (let i = elements.attachedStart[signal]!; i < elements.attachedStart[signal + 1]!; i++) {
    const element = elements.attached[i]!;
    for (let h = elements.hostedStart[element]!; h < elements.hostedStart[element + 1]!; h++) {
      const seat = elements.seat[elements.hosted[h]!]!;
      if (seat >= 0) w.touchedGroups.add(seats.group[seat]!);
    }
    for (let seat = w.firstSeat[element]! - 1; seat >= 0; seat = w.nextSeat[seat]! - 1) {
      w.touchedGroups.add(seats.group[seat]!);
    }
    if (elements.capacity[element]! > 0) w.touchedQueues.add(w.model.queues.slotQueue);
  }
}
