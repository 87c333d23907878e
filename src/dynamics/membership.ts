import { closeCase, remedied } from './cases.ts';
import { stopWatching } from './detection.ts';
import { removeInstance, setRole } from './instances.ts';
import { deleteAside } from './left-behind.ts';
import type { Members } from './members.ts';
import { abandonTrack } from './runner.ts';
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
export function addMember(w: World, members: Members, group: number): boolean {
  const { seatStart } = w.model.groups;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) {
    if (w.absent[seat] !== 1) continue;
    w.set(w.absentAt + seat, 0);
    w.set(w.openAt + seat, 1);
    w.set(w.knownAt + seat, 1);
    w.set(w.lostAt + seat, 2);
    w.set(w.caseRootAt + seat, 0);
    w.setReal(w.caseSinceAt + seat, w.now);
    members.startRecovery(seat);
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
