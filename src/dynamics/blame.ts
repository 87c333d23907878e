import { NEED, TRACK } from '../compile/model.ts';
import { PHASES, type Phase } from '../model/flow.ts';
import { isWithoutStore } from './instances.ts';
import { STATUS, type World } from './world.ts';

/** Root failure mode and phase a loss is attributed to (SEM-33); mode −1 where nothing is known. */
export interface Blame {
  mode: number;
  phase: number;
}

export const phaseIndex = (phase: Phase): number => PHASES.indexOf(phase);
const DETECTION = phaseIndex('detection');
const MANUAL = phaseIndex('manual');
const RECOVERY = phaseIndex('recovery');
const RESTART = phaseIndex('restart');
const SWITCHOVER = phaseIndex('switchover');
const REATTACH = phaseIndex('reattach');
const CONTROL_WAIT = phaseIndex('control-wait');

/** Whom to blame that `signal` is not fully up. */
export function blameSignal(w: World, signal: number, out: Blame): void {
  const { elements, groups } = w.model;
  if (signal < elements.count) blameElement(w, signal, out);
  else if (signal < elements.count + groups.count) blameGroup(w, signal - elements.count, out);
  else {
    const input = w.gateBlame[signal - elements.count - groups.count]! - 1;
    if (input >= 0) blameSignal(w, input, out);
  }
}

function blameElement(w: World, element: number, out: Blame): void {
  const { modes, elements } = w.model;
  out.mode = w.root[element]! - 1;
  out.phase = RESTART;
  if (out.mode < 0) return;
  const track = elements.track[modes.element[out.mode]!]!;
  if (track >= 0 && w.trackStep[track] !== 0) blameTrack(w, track, out);
}

function blameGroup(w: World, group: number, out: Blame): void {
  const { seats, groups } = w.model;
  if (isWithoutStore(w, group)) {
    blameSignal(w, groups.store[group]!, out);
    return;
  }
  const seat = w.schemes[group]!.culprit(w, group);
  if (seat < 0) {
    out.mode = w.lastRoot[group]! - 1;
    out.phase = w.reattaching[group] === 1 ? REATTACH : SWITCHOVER;
    return;
  }
  out.mode = w.caseRoot[seat]! - 1;
  const remediation = seats.remediation[seat]!;
  const manual = seats.manual[seat]!;
  if (w.known[seat] === 0) {
    out.phase = w.covered[seat] === 1 ? DETECTION : MANUAL;
  } else if (groups.confirmLaw[group]! >= 0 && awaitsConfirmation(w, remediation)) {
    out.phase = DETECTION;
  } else if (isWorking(w, remediation)) {
    blameTrack(w, remediation, out);
  } else if (w.trackStep[manual] !== 0 && w.model.steps.phase[w.trackStep[manual]! - 1] === MANUAL) {
    blameTrack(w, manual, out);
  } else {
    blameRecovery(w, group, seat, out);
  }
}

/** Nobody can take over: the service comes back with the first member that is rebuilt, its own or another. */
function blameRecovery(w: World, group: number, seat: number, out: Blame): void {
  const { seats, groups } = w.model;
  out.phase = RECOVERY;
  if (isUnderway(w, seats.recovery[seat]!)) {
    blameTrack(w, seats.recovery[seat]!, out);
    return;
  }
  for (let other = groups.seatStart[group]!; other < groups.seatStart[group + 1]!; other++) {
    if (isUnderway(w, seats.recovery[other]!)) {
      blameTrack(w, seats.recovery[other]!, out);
      return;
    }
  }
  if (isUnderway(w, seats.remediation[seat]!)) blameTrack(w, seats.remediation[seat]!, out);
}

/** The step's own phase, or the control function it waits for (SEM-13, SEM-33). */
function blameTrack(w: World, track: number, out: Blame): void {
  const { steps, tracks } = w.model;
  const step = w.trackStep[track]! - 1;
  out.phase = steps.phase[step]!;
  if (w.trackStatus[track] === STATUS.running) return;
  const blocked = blockingGate(w, track);
  if (blocked >= 0) {
    blameSignal(w, blocked, out);
    out.phase = CONTROL_WAIT;
  } else if (w.trackStatus[track] === STATUS.retrying) {
    out.phase = CONTROL_WAIT;
  } else if (tracks.kind[track] === TRACK.remediation) {
    out.phase = RECOVERY;
  }
}

/** Gate (signal) that the waiting step of the track lacks, or −1. */
export function blockingGate(w: World, track: number): number {
  const { steps } = w.model;
  const step = w.trackStep[track]! - 1;
  if (step < 0 || w.trackStatus[track] !== STATUS.waiting) return -1;
  for (let i = steps.needStart[step]!; i < steps.needStart[step + 1]!; i++) {
    const need = steps.need[i]!;
    if (need >= 0 && w.served[need] !== 1) return need;
  }
  return -1;
}

/** The second detector has still to notice the fault. */
function awaitsConfirmation(w: World, track: number): boolean {
  const { steps } = w.model;
  const step = w.trackStep[track]! - 1;
  if (step < 0 || w.trackStatus[track] !== STATUS.waiting) return false;
  for (let i = steps.needStart[step]!; i < steps.needStart[step + 1]!; i++) {
    if (steps.need[i] === NEED.confirmed) return true;
  }
  return false;
}

/** Something happens on the track or it waits for a control function, rather than for a member to come back. */
function isWorking(w: World, track: number): boolean {
  if (w.trackStep[track] === 0) return false;
  return w.trackStatus[track] !== STATUS.waiting || blockingGate(w, track) >= 0;
}

function isUnderway(w: World, track: number): boolean {
  return w.trackStep[track] !== 0;
}
