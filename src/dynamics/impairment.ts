import { STATUS, type World } from './world.ts';

/** What keeps a group from serving all of its load although the member that serves is up. */

/** The member's instance runs and does its work, whether or not anybody can reach it: what fencing is about (SEM-36). */
export function lives(w: World, seat: number): boolean {
  const { seats } = w.model;
  return w.ready[seat] === 1 && w.served[seats.layer[seats.layerStart[seat + 1]! - 1]!] === 1;
}

/** Share of the group's load that is served by a connected member that is up: 1 unless something impairs it. */
export function unimpaired(w: World, group: number): number {
  if (interruption(w, group) >= 0) return 0;
  const { modes, groups } = w.model;
  const gray = w.gray[w.connected[group]!]!;
  const kept = gray === 0 ? 1 : 1 - modes.loss[gray - 1]!;
  return isSplit(w, group) ? kept * (1 - groups.splitLoss[group]!) : kept;
}

/** Step that interrupts the service of the group for a planned change, or −1. */
export function interruption(w: World, group: number): number {
  const { seats, steps } = w.model;
  const track = seats.remediation[w.connected[group]!]!;
  const step = w.trackStep[track]! - 1;
  return step >= 0 && steps.interrupts[step] === 1 && w.trackStatus[track] === STATUS.running ? step : -1;
}

/** Two living members of the group are active (SEM-21). */
export function isSplit(w: World, group: number): boolean {
  const rival = w.rival[group]! - 1;
  if (rival < 0 || !lives(w, rival)) return false;
  const { groups } = w.model;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    if (seat !== rival && w.active[seat] === 1 && w.down[seat] === 0) return true;
  }
  return false;
}
