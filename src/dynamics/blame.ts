import { NEED, TRACK } from '../compile/model.ts';
import { isFlavoured } from '../compile/resources.ts';
import { PHASES, type Phase } from '../model/flow.ts';
import { firstGray, interruption, isSplit } from './impairment.ts';
import { isWithoutStore } from './instances.ts';
import { reachShare, reachSignal } from './reach.ts';
import { asksControl } from './runner.ts';
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
const DEGRADED = phaseIndex('degraded');
const CAPACITY = phaseIndex('capacity');
const SPLIT_BRAIN = phaseIndex('split-brain');

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
  const limited = seat < 0 && w.reattaching[group] === 0 ? firstLimited(w, group) : -1;
  if (limited >= 0) {
    blameSignal(w, reachSignal(w, limited), out);
    return;
  }
  if (seat < 0) {
    blameImpairment(w, group, out);
    return;
  }
  out.mode = w.caseRoot[seat]! - 1;
  const remediation = seats.remediation[seat]!;
  const manual = seats.manual[seat]!;
  if (w.open[seat] === 0) {
    // It has handed over as planned, and lives.
    out.phase = SWITCHOVER;
  } else if (w.known[seat] === 0) {
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

/** The serving member is up: who keeps it from serving everything. */
function blameImpairment(w: World, group: number, out: Blame): void {
  const gray = firstGray(w, group);
  const step = interruption(w, group);
  out.mode = w.lastRoot[group]! - 1;
  if (step >= 0) {
    if (w.plannedRoot[group] !== 0) out.mode = w.plannedRoot[group]! - 1;
    out.phase = w.model.steps.phase[step]!;
  } else if (isSplit(w, group)) {
    out.mode = w.caseRoot[w.rival[group]! - 1]! - 1;
    out.phase = SPLIT_BRAIN;
  } else if (gray >= 0) {
    out.mode = w.gray[gray]! - 1;
    out.phase = DEGRADED;
  } else {
    out.phase = w.reattaching[group] === 1 ? REATTACH : SWITCHOVER;
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
  const layer = failedLayer(w, seat);
  if (w.lost[seat] === 0 && layer < 0 && reachShare(w, seat) < 1) blameSignal(w, reachSignal(w, seat), out);
  else if (groups.internal[group] === 1 && layer >= 0) blameElement(w, layer, out);
  else if (isUnderway(w, seats.remediation[seat]!)) blameTrack(w, seats.remediation[seat]!, out);
}

/** First member that carries traffic of which not all gets through, −1 none. */
function firstLimited(w: World, group: number): number {
  const { groups } = w.model;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    if (w.schemes[group]!.serves(w, seat) && w.down[seat] === 0 && reachShare(w, seat) < 1) return seat;
  }
  return -1;
}

/** First layer of the seat, from the outside in, that does not work; −1 none. */
function failedLayer(w: World, seat: number): number {
  const { seats } = w.model;
  for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) {
    if (w.served[seats.layer[i]!] !== 1) return seats.layer[i]!;
  }
  return -1;
}

/**
 * Waits followed from one to the next. A fabric that is rerouted by a function it has itself cut off waits in a circle;
 * the fault that began it is the root of all of them.
 */
const MOST_WAITS = 8;
let waits = 0;

/** The step's own phase, or the control function it waits for (SEM-13, SEM-33). */
function blameTrack(w: World, track: number, out: Blame): void {
  const { steps, tracks } = w.model;
  const step = w.trackStep[track]! - 1;
  out.phase = steps.phase[step]!;
  if (w.trackStatus[track] === STATUS.running) return;
  const blocked = blockingGate(w, track);
  if (blocked >= 0) {
    if (waits < MOST_WAITS) {
      waits++;
      blameSignal(w, blocked, out);
      waits--;
    }
    out.phase = CONTROL_WAIT;
  } else if (isWaitingForPlace(w, track) && isFlavoured(w.model.groups, w.model.seats.group[tracks.owner[track]!]!)) {
    out.phase = CAPACITY;
  } else if (w.trackStatus[track] === STATUS.retrying || isQueueing(w, track)) {
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

/** The track has all it needs but a node with a free place for its instance (SEM-28). */
export function isWaitingForPlace(w: World, track: number): boolean {
  const step = w.trackStep[track]! - 1;
  if (step < 0 || w.trackStatus[track] !== STATUS.waiting || w.queuePlace[track] === 0) return false;
  return w.model.steps.queue[step] === w.model.queues.slotQueue && blockingGate(w, track) < 0;
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
  return w.trackStatus[track] !== STATUS.waiting || blockingGate(w, track) >= 0 || isQueueing(w, track);
}

/** The track waits for its turn at a control function. */
function isQueueing(w: World, track: number): boolean {
  return w.queuePlace[track] !== 0 && asksControl(w, w.trackStep[track]! - 1);
}

function isUnderway(w: World, track: number): boolean {
  return w.trackStep[track] !== 0;
}

const blame: Blame = { mode: -1, phase: 0 };

/** Root failure mode of what keeps the seat from serving, −1 if nothing is known. */
export function rootOf(w: World, seat: number): number {
  const layer = failedLayer(w, seat);
  if (layer >= 0) return w.root[layer]! - 1;
  const reach = reachSignal(w, seat);
  if (reach < 0) return -1;
  blame.mode = -1;
  blameSignal(w, reach, blame);
  return blame.mode;
}
