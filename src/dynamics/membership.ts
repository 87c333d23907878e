import { closeCase, remedied } from './cases.ts';
import { stopWatching } from './detection.ts';
import { lostSessions, removeInstance, setRole } from './instances.ts';
import { deleteAside } from './left-behind.ts';
import type { Members } from './members.ts';
import { abandonTrack, type FlowHooks, startTrack } from './runner.ts';
import { endSplit, forgetBelief } from './suspicion.ts';
import type { World } from './world.ts';

/** Members of clusters that come and go as planned; the places of those to come are there from the start. */

/** The last members of the group do not exist yet: nobody notices, and nobody serves less for it. */
export function withholdMembers(w: World, group: number): void {
  const { seatStart, dormant } = w.model.groups;
  const end = seatStart[group + 1]!;
  for (let seat = end - dormant[group]!; seat < end; seat++) vacate(w, seat);
}

/** A new member of the group is created: it serves, or stands by, once it has booted. False when all places are taken. */
export function addMember(w: World, group: number, create: (seat: number) => void): boolean {
  const { seatStart } = w.model.groups;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) {
    if (w.absent[seat] !== 1) continue;
    w.set(w.absentAt + seat, 0);
    w.set(w.openAt + seat, 1);
    w.set(w.knownAt + seat, 1);
    w.set(w.lostAt + seat, 2);
    w.set(w.caseRootAt + seat, 0);
    w.setReal(w.caseSinceAt + seat, w.now);
    create(seat);
    w.touchedGroups.add(group);
    return true;
  }
  return false;
}

/** The member is deleted as planned: others carry its traffic if there are any, and nobody replaces it. */
export function deleteMember(w: World, members: Members, seat: number): void {
  const group = w.model.seats.group[seat]!;
  const scheme = w.schemes[group]!;
  if (scheme.serves(w, seat) && scheme.heir(w, group, seat) >= 0) scheme.handOver(w, members, seat);
  const { remediation, recovery, manual } = w.model.seats;
  for (const tracks of [remediation, recovery, manual]) abandonTrack(w, tracks[seat]!);
  stopWatching(w, seat);
  if (w.rival[group] === seat + 1) endSplit(w, group);
  forgetBelief(w, seat);
  remedied(w, seat, false);
  closeCase(w, seat);
  deleteAside(w, seat);
  vacate(w, seat);
}

/**
 * The hop gets one more port pair: a member is created, then the path is led to it. False when all places are
 * taken.
 */
export function scaleOut(w: World, hooks: FlowHooks, group: number): boolean {
  return addMember(w, group, (seat) => {
    w.set(w.builtAt + seat, 0);
    startTrack(w, hooks, w.model.seats.recovery[seat]!, w.model.groups.scaleOut[group]!);
  });
}

/**
 * The hop gives up its last port pair: it leaves its group, and then its member is deleted. False when the others
 * are too few to lose one: one has to stay.
 */
export function scaleIn(w: World, hooks: FlowHooks, group: number): boolean {
  const { seatStart } = w.model.groups;
  const { remediation } = w.model.seats;
  let last = -1;
  let count = 0;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) {
    // One that is leaving already does not count.
    if (w.absent[seat] === 1 || w.rotation[seat] === 0 || w.trackStep[remediation[seat]!] !== 0) continue;
    last = seat;
    count++;
  }
  if (count < 2) return false;
  startTrack(w, hooks, remediation[last]!, w.model.groups.scaleIn[group]!);
  return true;
}

/**
 * Flow entries are spread over the members anew after `seat` has joined or left: of m + 1 members, one carries 1/(m + 1)
 * of the sessions, and that share has moved. A session that its new member knows nothing of is lost (SEM-07).
 */
export function shareOut(w: World, members: Members, seat: number): void {
  const group = w.model.seats.group[seat]!;
  const { seatStart } = w.model.groups;
  const joined = w.rotation[seat] === 1;
  let others = 0;
  for (let other = seatStart[group]!; other < seatStart[group + 1]!; other++) {
    if (other !== seat && w.rotation[other] === 1) others++;
  }
  if (others === 0) return;
  const share = 1 / (others + 1);
  w.observer.sessionsMoved(w.now, group, share);
  // Those of a member that leaves have been lost with its place in the rotation.
  const from = joined ? w.schemes[group]!.heir(w, group, seat) : -1;
  const lost = from < 0 ? 0 : share * lostSessions(w, group, from, seat);
  if (lost === 0) return;
  members.countLost(group, lost);
  members.reattach(group, lost);
}

function vacate(w: World, seat: number): void {
  w.set(w.absentAt + seat, 1);
  w.set(w.downAt + seat, 1);
  w.set(w.readyAt + seat, 0);
  w.set(w.syncedAt + seat, 0);
  w.set(w.cutOffAt + seat, 0);
  w.set(w.rotationAt + seat, 0);
  setRole(w, seat, 0);
  removeInstance(w, seat);
  w.touchedGroups.add(w.model.seats.group[seat]!);
}
