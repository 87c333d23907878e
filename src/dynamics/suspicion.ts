import { closeCase, openSuspicion, remedied } from './cases.ts';
import { stopWatching } from './detection.ts';
import { lives } from './impairment.ts';
import { shutDown, takeRoleBack } from './instances.ts';
import { abandonTrack } from './runner.ts';
import { SUSPECT, type World } from './world.ts';

/**
 * Members that live and are dealt with as failed: false alarms (SEM-19c), gray faults (SEM-27), expected failures
 * (B-59), and the two active members that come of it when nobody isolates the first one (SEM-21).
 */

/** What dealing with suspects asks of the rest. */
export interface SuspectActions {
  notice(seat: number): void;
  startRemediation(seat: number): void;
  startRecovery(seat: number): void;
  startSwitchover(seat: number, root: number): void;
  connect(group: number, seat: number, byFailover: boolean): void;
}

/** A detector reports a healthy member. */
export function raiseAlarm(w: World, actions: SuspectActions, seat: number, mode: number): void {
  if (!isHealthy(w, seat)) return;
  openSuspicion(w, seat, SUSPECT.alarm, mode);
  w.observer.alarmed(w.now, seat);
  actions.notice(seat);
  touch(w, seat);
}

/** Part of the member's load is lost from now on; true unless it is in other trouble already. */
export function turnGray(w: World, seat: number, mode: number): boolean {
  if (!isHealthy(w, seat)) return false;
  w.setBelief(w.grayAt + seat, mode + 1);
  w.observer.failed(w.now, mode);
  openSuspicion(w, seat, SUSPECT.gray, mode);
  w.observer.memberFailed(w.now, seat, w.serving[seat] === 1);
  touch(w, seat);
  return true;
}

/** The gray fault has gone by itself: whoever deals with it has nothing left to do. */
export function healGray(w: World, seat: number): void {
  w.setBelief(w.grayAt + seat, 0);
  if (w.suspect[seat] === SUSPECT.gray) dismiss(w, seat);
}

/** The member is expected to fail: it is replaced before it does. False if it is in other trouble already. */
export function expectFailure(w: World, seat: number, mode: number): boolean {
  if (!isHealthy(w, seat)) return false;
  const { seats, groups } = w.model;
  const group = seats.group[seat]!;
  // Nobody can take over from the only member: it is better off failing later.
  if (groups.seatStart[group + 1]! - groups.seatStart[group]! === 1) return false;
  w.setBelief(w.suspectAt + seat, SUSPECT.predicted);
  w.set(w.plannedRootAt + group, mode + 1);
  w.observer.expected(w.now, seat, mode);
  touch(w, seat);
  return true;
}

/** What is to be done about the suspects of a group now, after the scheme has settled what is truly down. */
export function settleSuspects(w: World, actions: SuspectActions, group: number): void {
  const { groups } = w.model;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    if (w.suspect[seat] === SUSPECT.predicted) settleExpected(w, actions, group, seat);
    else if (w.suspect[seat] !== SUSPECT.none && w.known[seat] === 1) settleSuspect(w, actions, group, seat);
  }
}

function settleExpected(w: World, actions: SuspectActions, group: number, seat: number): void {
  if (!w.schemes[group]!.serves(w, seat)) replaceExpected(w, seat);
  else if (w.trackStep[w.model.seats.remediation[seat]!] === 0 && w.schemes[group]!.heir(w, group, seat) >= 0) {
    actions.startSwitchover(seat, w.plannedRoot[group]! - 1);
  }
}

function settleSuspect(w: World, actions: SuspectActions, group: number, seat: number): void {
  const { groups, seats } = w.model;
  if (groups.seatStart[group + 1]! - groups.seatStart[group]! === 1) {
    // What a command restarts need not be built anew.
    if (groups.rebuild[group]! < 0) retire(w, seat);
    else if (w.trackStep[seats.recovery[seat]!] === 0) actions.startRecovery(seat);
  } else if (w.schemes[group]!.serves(w, seat)) {
    if (w.schemes[group]!.heir(w, group, seat) < 0) {
      // An alarm without anybody to hand over to comes to nothing; a gray fault stays until somebody can take over.
      if (w.suspect[seat] === SUSPECT.alarm) dismiss(w, seat);
    } else if (w.trackStep[seats.remediation[seat]!] === 0 && w.trackStep[seats.manual[seat]!] === 0) {
      actions.startRemediation(seat);
    }
  } else if (w.rival[group] !== seat + 1) retire(w, seat);
}

/** A member that was expected to fail and does not serve any more is replaced. */
export function replaceExpected(w: World, seat: number): void {
  const group = w.model.seats.group[seat]!;
  openSuspicion(w, seat, SUSPECT.predicted, w.plannedRoot[group]! - 1);
  w.set(w.knownAt + seat, 1);
  retire(w, seat);
}

/** The living member stops for good: isolated, or replaced before its time. Its case goes on. */
export function retire(w: World, seat: number): void {
  const { seats, groups } = w.model;
  const group = seats.group[seat]!;
  stopWatching(w, seat);
  if (w.rival[group] === seat + 1) endSplit(w, group);
  forgetBelief(w, seat);
  shutDown(w, seat, w.caseRoot[seat]!);
  w.set(w.builtAt + seat, 0);
  w.set(w.downAt + seat, 1);
  w.set(w.knownAt + seat, 1);
  if (groups.peerState[group] === 1) w.set(w.syncedAt + seat, 0);
  touch(w, seat);
}

/** The suspicion is given up; the member goes on as before. */
export function dismiss(w: World, seat: number): void {
  const { seats } = w.model;
  const group = seats.group[seat]!;
  abandonTrack(w, seats.remediation[seat]!);
  abandonTrack(w, seats.manual[seat]!);
  stopWatching(w, seat);
  if (w.rival[group] === seat + 1) endSplit(w, group);
  if (w.schemes[group]!.serves(w, seat)) takeRoleBack(w, seat);
  w.setBelief(w.suspectAt + seat, SUSPECT.none);
  remedied(w, seat, false);
  closeCase(w, seat);
  noteGray(w, seat);
  touch(w, seat);
}

/** A member whose case has been closed and that is still gray has a new one, in the role it has now. */
export function noteGray(w: World, seat: number): void {
  if (w.gray[seat] === 0) return;
  openSuspicion(w, seat, SUSPECT.gray, w.gray[seat]! - 1);
  w.observer.memberFailed(w.now, seat, w.serving[seat] === 1);
}

/** Nothing is believed of the member any more: it has truly failed. Returns what was. */
export function forgetBelief(w: World, seat: number): number {
  const was = w.suspect[seat]!;
  w.setBelief(w.suspectAt + seat, SUSPECT.none);
  w.setBelief(w.grayAt + seat, 0);
  return was;
}

/** Another member has the active role from now on: if `seat` lives, both are active (SEM-21, SEM-36). */
export function startSplit(w: World, seat: number): void {
  const { seats, groups } = w.model;
  const group = seats.group[seat]!;
  // Where several members carry traffic, the one that is taken over from has its place no more; links keep no state.
  if (!lives(w, seat) || groups.carriers[group] !== 1 || groups.internal[group] === 1) return;
  if (w.rival[group] !== 0) {
    // Hands are at work on an earlier one; they stop this one as well.
    if (w.rival[group] !== seat + 1) retire(w, seat);
    return;
  }
  w.set(w.rivalAt + group, seat + 1);
  w.startClock(groups.splitSlot[group]!, groups.splitLaw[group]!, 0);
  touch(w, seat);
}

export function endSplit(w: World, group: number): void {
  w.set(w.rivalAt + group, 0);
  w.stopClock(w.model.groups.splitSlot[group]!);
  w.touchedGroups.add(group);
}

/** Hands have found out which of the two is to go. */
export function resolveSplit(w: World, actions: SuspectActions, group: number): void {
  const seat = w.rival[group]! - 1;
  if (seat < 0) return;
  endSplit(w, group);
  if (w.connected[group] === seat) {
    const heir = w.schemes[group]!.heir(w, group, seat);
    if (heir < 0) {
      dismiss(w, seat);
      return;
    }
    actions.connect(group, heir, false);
  }
  if (w.open[seat] === 1 && lives(w, seat)) retire(w, seat);
}

/** Up, nobody is dealing with it, and it is not catching up either. */
function isHealthy(w: World, seat: number): boolean {
  if (w.trackStep[w.model.seats.recovery[seat]!] !== 0) return false;
  return w.down[seat] === 0 && w.open[seat] === 0 && w.suspect[seat] === SUSPECT.none && w.gray[seat] === 0;
}

function touch(w: World, seat: number): void {
  w.touchedGroups.add(w.model.seats.group[seat]!);
}
