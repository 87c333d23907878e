import { faultLayer, isBlind, seesMember } from './blind.ts';
import { SUSPECT, type World } from './world.ts';

/** What detection asks of the rest: a need that is no gate, and what to do when a fault is noticed or confirmed. */
export interface Detection {
  groupNeed(seat: number, need: number): boolean;
  notice(seat: number): void;
  confirm(seat: number): void;
}

/** Detectors look at an open case (and at nothing else) as far as they can see; users report what nobody sees (SEM-17, 19, 19b, 19d). */
export function watch(w: World, detection: Detection, seat: number): void {
  if (w.known[seat] === 1) return;
  const { seats, groups } = w.model;
  const group = seats.group[seat]!;
  const slot = seats.detectorSlot[seat]!;
  let seen = false;
  let watched = false;
  if (w.covered[seat] === 1) {
    if (w.suspect[seat] === SUSPECT.gray && groups.grayLaw[group]! >= 0) {
      look(w, detection, seat, slot, groups.grayLaw[group]!, true);
      seen = true;
    } else if (w.serving[seat] === 0 && groups.standbyLaw[group]! >= 0) {
      const { standbyNeed, standbyNeedStart } = groups;
      const sees = canSee(w, detection, seat, standbyNeed, standbyNeedStart[group]!, standbyNeedStart[group + 1]!);
      look(w, detection, seat, slot, groups.standbyLaw[group]!, sees);
      seen = true;
    } else {
      const { detectorNeed, detectorNeedStart } = groups;
      const layer = faultLayer(w, seat);
      for (let i = groups.detectorStart[group]!; i < groups.detectorStart[group + 1]!; i++) {
        const covered = seesMember(w, seat, i, layer);
        watched ||= covered;
        const sees =
          covered &&
          !isBlind(w, seat, i) &&
          canSee(w, detection, seat, detectorNeed, detectorNeedStart[i]!, detectorNeedStart[i + 1]!);
        look(w, detection, seat, slot + i - groups.detectorStart[group]!, latencyLaw(w, seat, i), sees);
        seen ||= sees;
      }
    }
  }
  const report = seats.reportSlot[seat]!;
  // Where no detector covers it, it is the audit that finds a standby's fault; detectors that are blind will see it later.
  const unseen = w.covered[seat] === 0 || (!seen && (w.serving[seat] === 1 || !watched));
  if (unseen && w.known[seat] === 0 && !w.isRunning(report)) {
    w.startClock(report, w.serving[seat] === 1 ? groups.uncoveredLaw[group]! : groups.auditLaw[group]!, 0);
  }
}

/** The second detector looks from the fault on, beside the others, until it has seen what hits users too. */
export function watchConfirmation(w: World, detection: Detection, seat: number): void {
  const { seats, groups } = w.model;
  const group = seats.group[seat]!;
  const law = groups.confirmLaw[group]!;
  const slot = seats.confirmSlot[seat]!;
  const { confirmNeed, confirmNeedStart } = groups;
  const looks =
    w.serving[seat] === 1 &&
    w.confirmed[seat] === 0 &&
    (w.covered[seat] === 1 || w.known[seat] === 1) &&
    canSee(w, detection, seat, confirmNeed, confirmNeedStart[group]!, confirmNeedStart[group + 1]!);
  if (!looks) w.stopClock(slot);
  else if (!w.isRunning(slot)) {
    if (isInstant(w, law)) detection.confirm(seat);
    else w.startClock(slot, law, 0);
  }
}

/** Somebody is told of what has been noticed, whatever is done about it meanwhile. */
export function tell(w: World, seat: number): void {
  const { seats, groups } = w.model;
  const group = seats.group[seat]!;
  if (groups.messageBlind[group]! < 0) return;
  const slot = seats.blindSlot[seat]! + groups.messageBlind[group]!;
  w.stopClock(slot);
  w.startClock(slot, groups.messageLaw[group]!, 0);
}

/** The case needs no detector any more. */
export function stopWatching(w: World, seat: number): void {
  const { seats, groups } = w.model;
  const group = seats.group[seat]!;
  const slot = seats.detectorSlot[seat]!;
  const detectors = Math.max(1, groups.detectorStart[group + 1]! - groups.detectorStart[group]!);
  for (let i = 0; i < detectors; i++) w.stopClock(slot + i);
  w.stopClock(seats.reportSlot[seat]!);
}

/** Law of the latency of detector `i` (row) as it is configured now (B-96). */
function latencyLaw(w: World, seat: number, i: number): number {
  const { groups, seats } = w.model;
  const later = groups.detectorLater[i]!;
  if (later < 0) return groups.detectorLaw[i]!;
  const group = seats.group[seat]!;
  const exposed = groups.detectorWhileExposed[i] === 1 && isExposed(w, group, seat);
  return exposed || w.reconfigured[group] === 1 ? later : groups.detectorLaw[i]!;
}

/** A fault of another member of the group is known. */
function isExposed(w: World, group: number, seat: number): boolean {
  const { seatStart } = w.model.groups;
  for (let other = seatStart[group]!; other < seatStart[group + 1]!; other++)
    if (other !== seat && w.open[other] === 1 && w.known[other] === 1) return true;
  return false;
}

/** A detector that sees the fault runs; one that does not is blind until it does (SEM-19b). */
function look(w: World, detection: Detection, seat: number, slot: number, law: number, sees: boolean): void {
  if (!sees) w.stopClock(slot);
  else if (w.known[seat] === 0 && !w.isRunning(slot)) {
    if (isInstant(w, law)) detection.notice(seat);
    else w.startClock(slot, law, 0);
  }
}

function isInstant(w: World, law: number): boolean {
  const fixed = w.model.laws[law]!;
  return fixed.kind === 'deterministic' && fixed.value === 0;
}

/** All of the needs `[first, end)` are there. */
function canSee(w: World, detection: Detection, seat: number, needs: Int32Array, first: number, end: number): boolean {
  for (let i = first; i < end; i++) {
    const need = needs[i]!;
    // A group that serves some of its users is there.
    if (need >= 0 ? w.served[need] === 0 : !detection.groupNeed(seat, need)) return false;
  }
  return true;
}
