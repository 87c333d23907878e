import { FAILOVER_REASONS, MARKS } from '../model/flow.ts';
import { rootOf } from './blame.ts';
import { faultLayer, isCovered } from './blind.ts';
import { SUSPECT, type World } from './world.ts';

/** The books of a fault being managed: opened when a member falls, closed when it is protected again. */

export const MARK = Object.fromEntries(MARKS.map((mark, index) => [mark, index])) as Record<
  (typeof MARKS)[number],
  number
>;
const OPEN_AT_END = FAILOVER_REASONS.indexOf('open-at-end');
const DEADLINE = FAILOVER_REASONS.indexOf('deadline');
const WRONG_REGION = FAILOVER_REASONS.indexOf('wrong-region');

/**
 * A new case: who is to blame, whether traffic suffers (`serving`), and whether monitoring can notice it at all (SEM-19),
 * which may depend on whether anybody could take over (`exposed`: nobody).
 */
export function openCase(w: World, seat: number, serving: boolean, exposed: boolean): void {
  begin(w, seat, rootOf(w, seat), serving, 0);
  w.observer.memberFailed(w.now, seat, serving);
  w.observer.marked(w.now, seat, MARK.failed);
  drawCoverage(w, seat, exposed);
}

/**
 * The member goes down with a target of an upgrade campaign that everybody knows of: nothing has to be noticed, and no
 * fault is counted. False if that is not why it is down.
 */
export function openAnnounced(w: World, seat: number, serving: boolean): boolean {
  if (w.model.upgrades.count === 0) return false;
  const root = rootOf(w, seat);
  if (root < 0 || w.model.modes.announced[root] === 0) return false;
  begin(w, seat, root, serving, 1);
  w.set(w.knownAt + seat, 1);
  w.set(w.coveredAt + seat, 0);
  return true;
}

/** @param foreseen 1: nobody has to raise an alarm, or to confirm one */
function begin(w: World, seat: number, root: number, serving: boolean, foreseen: 0 | 1): void {
  const { seats, modes } = w.model;
  w.set(w.openAt + seat, 1);
  w.set(w.stateLostAt + seat, 0);
  w.set(w.failedOverAt + seat, 0);
  w.set(w.builtAt + seat, 0);
  w.set(w.confirmedAt + seat, foreseen);
  w.set(w.servingAt + seat, serving ? 1 : 0);
  w.set(w.caseRootAt + seat, root + 1);
  w.set(w.alarmAt + seat, foreseen);
  w.setReal(w.caseSinceAt + seat, w.now);
  if (!serving) return;
  w.set(w.lastRootAt + seats.group[seat]!, root + 1);
  if (root >= 0) w.set(w.unremediedAt + modes.element[root]!, w.unremedied[modes.element[root]!]! + 1);
}

/** Draws whether monitoring can notice the fault of a member at all (SEM-19). */
function drawCoverage(w: World, seat: number, exposed: boolean): void {
  const { seats, groups } = w.model;
  const group = seats.group[seat]!;
  const serving = w.serving[seat] === 1;
  const whenServing = exposed ? groups.coverageExposed[group]! : groups.coverage[group]!;
  const covered = draw(w, seat, serving ? whenServing : groups.standbyCoverage[group]!);
  w.set(w.coveredAt + seat, covered ? 1 : 0);
  w.observer.coverageDrawn(w.now, seat, serving, covered && isCovered(w, group, faultLayer(w, seat)));
}

function draw(w: World, seat: number, coverage: number): boolean {
  return coverage >= 1 || w.clocks.choose(coverage, w.model.seats.coverageStream[seat]!);
}

/** A case about a member that lives; gray faults are noticed as far as they are covered, the others are beliefs. */
export function openSuspicion(w: World, seat: number, kind: number, mode: number): void {
  const { seats, groups, modes } = w.model;
  const group = seats.group[seat]!;
  const serving = w.schemes[group]!.serves(w, seat);
  w.set(w.openAt + seat, 1);
  w.set(w.stateLostAt + seat, 0);
  w.set(w.failedOverAt + seat, 0);
  w.set(w.builtAt + seat, 0);
  w.set(w.servingAt + seat, serving ? 1 : 0);
  w.set(w.caseRootAt + seat, mode + 1);
  w.set(w.alarmAt + seat, kind === SUSPECT.gray ? 0 : 1);
  w.setReal(w.caseSinceAt + seat, w.now);
  w.setBelief(w.suspectAt + seat, kind);
  if (serving) {
    w.set(w.lastRootAt + group, mode + 1);
    if (mode >= 0) w.set(w.unremediedAt + modes.element[mode]!, w.unremedied[modes.element[mode]!]! + 1);
  }
  const covered = kind === SUSPECT.gray && draw(w, seat, groups.grayCoverage[group]!);
  w.set(w.coveredAt + seat, covered ? 1 : 0);
}

/** The living member of the case has died after all: its fault is another one, and has to be noticed unless it was suspected. */
export function confirmCase(w: World, seat: number, exposed: boolean): void {
  const { modes } = w.model;
  const before = w.caseRoot[seat]! - 1;
  const root = rootOf(w, seat);
  if (w.serving[seat] === 1) {
    if (before >= 0) w.set(w.unremediedAt + modes.element[before]!, w.unremedied[modes.element[before]!]! - 1);
    if (root >= 0) w.set(w.unremediedAt + modes.element[root]!, w.unremedied[modes.element[root]!]! + 1);
    w.set(w.lastRootAt + w.model.seats.group[seat]!, root + 1);
  }
  w.set(w.caseRootAt + seat, root + 1);
  if (w.known[seat] === 0) drawCoverage(w, seat, exposed);
  if (w.alarm[seat] === 0) return;
  w.set(w.alarmAt + seat, 0);
  w.observer.memberFailed(w.now, seat, w.serving[seat] === 1);
}

/** The member is protected again. */
export function closeCase(w: World, seat: number): void {
  if (w.open[seat] === 0) return;
  w.set(w.openAt + seat, 0);
  w.set(w.knownAt + seat, 0);
  w.set(w.coveredAt + seat, 0);
  w.set(w.lostAt + seat, 0);
  w.set(w.builtAt + seat, 0);
  w.set(w.stateLostAt + seat, 0);
  w.set(w.failedOverAt + seat, 0);
  w.setBelief(w.suspectAt + seat, SUSPECT.none);
  w.observer.marked(w.now, seat, MARK.redundant);
  w.observer.caseClosed(w.now, seat);
  w.touchedGroups.add(w.model.seats.group[seat]!);
}

/** The service no longer suffers from the fault of `seat`. */
export function remedied(w: World, seat: number, byFailover: boolean): void {
  if (w.serving[seat] === 0) return;
  w.set(w.servingAt + seat, 0);
  w.observer.marked(w.now, seat, MARK.restored);
  const root = w.caseRoot[seat]! - 1;
  if (root >= 0) {
    const element = w.model.modes.element[root]!;
    w.set(w.unremediedAt + element, w.unremedied[element]! - 1);
    touchRepair(w, seat);
  }
  const attempt = w.attempt[seat]!;
  if (attempt === 0) return;
  w.set(w.attemptAt + seat, 0);
  const elapsed = w.now - w.caseSince[seat]!;
  const deadline = w.model.groups.failoverDeadline[w.model.seats.group[seat]!]!;
  // A failover of the wrong region is a failed one however soon the right one follows (SEM-20).
  const misled = attempt === WRONG_REGION + 2;
  if (byFailover && elapsed <= deadline && !misled) w.observer.failoverEnded(w.now, seat, -1, elapsed);
  else if (attempt >= 2) w.observer.failoverEnded(w.now, seat, attempt - 2, elapsed);
  else if (byFailover) w.observer.failoverEnded(w.now, seat, DEADLINE, elapsed);
  // Else the member came back by itself before anything was switched: not an attempt (SEM-25).
}

/** What repairs the root of the seat's fault looks again whether it may start. */
export function touchRepair(w: World, seat: number): void {
  const root = w.caseRoot[seat]! - 1;
  const track = root < 0 ? -1 : w.model.elements.track[w.model.modes.element[root]!]!;
  if (track >= 0) w.touchedTracks.add(track);
}

/** The failover under way has failed for this reason (index), unless an earlier one stands. */
export function spoilAttempt(w: World, seat: number, reason: number): void {
  if (w.attempt[seat] === 1) w.set(w.attemptAt + seat, reason + 2);
}

/** At the end of a history failovers still under way end undecided (SEM-25). */
export function endAttempts(w: World): void {
  for (let seat = 0; seat < w.model.seats.count; seat++) {
    if (w.attempt[seat] === 0) continue;
    const reason = w.attempt[seat]! >= 2 ? w.attempt[seat]! - 2 : OPEN_AT_END;
    w.observer.failoverEnded(w.now, seat, reason, w.now - w.caseSince[seat]!);
    w.set(w.attemptAt + seat, 0);
  }
}
