import { isWithoutStore } from './instances.ts';
import { STATUS, type World } from './world.ts';

/** What keeps a group from serving all of its load although the member that serves is up. */

/** The member's instance runs and does its work, whether or not anybody can reach it: what fencing is about (SEM-36). */
export function lives(w: World, seat: number): boolean {
  const { seats } = w.model;
  return w.ready[seat] === 1 && w.served[seats.layer[seats.layerStart[seat + 1]! - 1]!] === 1;
}

/**
 * Share of the group's load that is served: what the scheme says of members that are up, as far as a store they cannot do
 * without serves, less what impairs them.
 */
export function groupShare(w: World, group: number): number {
  const share = w.schemes[group]!.share(w, group);
  if (share === 0) return 0;
  const stored = isWithoutStore(w, group) ? w.served[w.model.groups.store[group]!]! : 1;
  return share * stored * unimpaired(w, group);
}

/** Share of what the members that are up carry that is truly served: 1 unless something impairs them. */
function unimpaired(w: World, group: number): number {
  const { modes, groups } = w.model;
  const scheme = w.schemes[group]!;
  let carriers = 0;
  let lost = 0;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    if (w.down[seat] === 1 || !scheme.serves(w, seat)) continue;
    carriers++;
    if (interruptionOf(w, seat) >= 0) lost++;
    else if (w.gray[seat] !== 0) lost += modes.loss[w.gray[seat]! - 1]!;
  }
  const kept = lost === 0 ? 1 : 1 - lost / carriers;
  return isSplit(w, group) ? kept * (1 - groups.splitLoss[group]!) : kept;
}

/** First member that carries traffic and loses part of it, or −1. */
export function firstGray(w: World, group: number): number {
  const { groups } = w.model;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    if (w.gray[seat] !== 0 && w.schemes[group]!.serves(w, seat)) return seat;
  }
  return -1;
}

/** Step that interrupts the service of some member of the group for a planned change, or −1. */
export function interruption(w: World, group: number): number {
  const { groups } = w.model;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    const step = interruptionOf(w, seat);
    if (step >= 0) return step;
  }
  return -1;
}

/** Step that interrupts what the member serves, or −1. */
function interruptionOf(w: World, seat: number): number {
  if (w.underway[seat] === 0) return -1;
  const { seats, steps } = w.model;
  const track = seats.remediation[seat]!;
  const step = w.trackStep[track]! - 1;
  return step >= 0 && steps.interrupts[step] === 1 && w.trackStatus[track] === STATUS.running ? step : -1;
}

/** Two living members of the group are active (SEM-21). */
export function isSplit(w: World, group: number): boolean {
  return w.rival[group] !== 0 && isSplitFrom(w, group, w.rival[group]! - 1);
}

function isSplitFrom(w: World, group: number, rival: number): boolean {
  if (!lives(w, rival)) return false;
  const { groups } = w.model;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    if (seat !== rival && w.active[seat] === 1 && w.down[seat] === 0) return true;
  }
  return false;
}
