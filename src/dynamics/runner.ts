import { isOfSeat, NEED, ON_FAILURE, TRACK } from '../compile/model.ts';
import { setBit } from './bits.ts';
import { takePlace } from './left-behind.ts';
import { isReachable } from './reach.ts';
import { STATUS, type World } from './world.ts';

/**
 * One runner executes every flow: a step waits for what it needs, takes its time, succeeds or not, has its effects, and
 * the next one starts. What effects and marks mean is the business of the hooks.
 */
export interface FlowHooks {
  /** Applies effect `effect` (index into EFFECTS). Returns true when the flow ends here. */
  effect(track: number, effect: number): boolean;
  mark(track: number, mark: number): void;
  /** A step failed; `onFailure` is a value of ON_FAILURE other than retry. True: the flow goes on all the same. */
  failed(track: number, step: number, onFailure: number): boolean;
  /** A step failed and the flow goes on elsewhere. */
  diverted(track: number, step: number): void;
  /** A need of the seat's own group: NEED.standby, peer or replication. */
  groupNeed(seat: number, need: number): boolean;
  /** No member is still to take over from one that fell with `element`. */
  isRemedied(element: number): boolean;
  /** Nothing that has to be upgraded before `element` is still to be (B-85). */
  versionFits(element: number): boolean;
  /** A proof test looks at `element` right now. */
  isTested(element: number): boolean;
  /** A need, or a condition (index into CAMPAIGN_CONDITIONS), of an upgrade campaign. */
  campaignNeed(campaign: number, need: number): boolean;
  campaignHolds(campaign: number, condition: number): boolean;
  /** The seat is about to get a slot for a new instance: what is left of the old one goes. */
  makeWay(seat: number): void;
}

/** Starts the program at `step` on `track`, whatever ran there before. */
export function startTrack(w: World, hooks: FlowHooks, track: number, step: number): void {
  if (w.trackStep[track] !== 0) abandonTrack(w, track);
  countTrack(w, track, 1);
  enterStep(w, hooks, track, step);
}

/** Ends what runs on the track without its effects. */
export function abandonTrack(w: World, track: number): void {
  const step = w.trackStep[track]! - 1;
  if (step < 0) return;
  const status = w.trackStatus[track]!;
  if (status === STATUS.running) releaseCrew(w, step);
  w.stopClock(w.model.tracks.firstSlot + track);
  leaveQueue(w, track, step);
  w.set(w.trackStepAt + track, 0);
  w.set(w.trackStatusAt + track, STATUS.idle);
  countTrack(w, track, -1);
  if (w.model.steps.interrupts[step] === 1) w.touchTrack(track);
  if (status !== STATUS.idle) w.observer.stepChanged(w.now, track, step, 'abandoned', 0);
}

/** One track more, or less, is under way. */
function countTrack(w: World, track: number, change: 1 | -1): void {
  const { tracks } = w.model;
  w.set(w.activityAt, w.activity[0]! + change);
  setBit(w, w.tracksUnderwayAt, track, change === 1);
  if (!isOfSeat(tracks.kind[track]!)) return;
  const seat = tracks.owner[track]!;
  w.set(w.underwayAt + seat, w.underway[seat]! + change);
}

/** Needs may have come or gone: starts a waiting step, interrupts a running one (SEM-16b). */
export function recheckTrack(w: World, hooks: FlowHooks, track: number): void {
  if (w.trackStep[track] === 0) return;
  if (hasItsTurn(w, track)) w.touchedQueues.add(w.model.steps.queue[w.trackStep[track]! - 1]!);
  else recheckNow(w, hooks, track);
}

/** The track waits for a crew or a spare: whoever made it look again, it goes on when its turn comes. */
function hasItsTurn(w: World, track: number): boolean {
  if (w.queuePlace[track] === 0 || w.trackStatus[track] !== STATUS.waiting) return false;
  const { steps, queues } = w.model;
  const queue = steps.queue[w.trackStep[track]! - 1]!;
  return queue !== queues.slotQueue && queues.control[queue] === 0;
}

function recheckNow(w: World, hooks: FlowHooks, track: number): void {
  const step = w.trackStep[track]! - 1;
  const status = w.trackStatus[track]!;
  const missing = missingNeed(w, hooks, track, step);
  if (status === STATUS.waiting) {
    if (missing === 0) proceed(w, hooks, track, step);
    else if (w.queuePlace[track] !== 0 && asksControl(w, step)) leaveQueue(w, track, step);
  } else if (missing !== 0) {
    w.stopClock(w.model.tracks.firstSlot + track);
    if (status === STATUS.running) {
      releaseCrew(w, step);
      w.observer.stepChanged(w.now, track, step, 'interrupted', 0);
      w.setReal(w.trackSinceAt + track, w.now);
    }
    wait(w, track, step, missing);
  }
}

/** The clock of the track ran out: the retry wait is over, or the step is done. */
export function fireTrack(w: World, hooks: FlowHooks, track: number): void {
  const step = w.trackStep[track]! - 1;
  if (w.trackStatus[track] !== STATUS.retrying) completeStep(w, hooks, track, step);
  else if (!asksControl(w, step) || acquire(w, hooks, track, step)) beginStep(w, hooks, track, step);
  else wait(w, track, step, 0);
  // The next step may be another phase of the downtime.
  if (w.model.tracks.kind[track] === TRACK.restore) w.touchTrack(track);
}

/** Lets those who queue for a crew or a slot try again, in the order of the queue. */
export function serveQueue(w: World, hooks: FlowHooks, queue: number): void {
  const { queues } = w.model;
  if (queues.inElementOrder[queue] === 1) {
    for (let i = queues.trackStart[queue]!; i < queues.trackStart[queue + 1]! && w.queueLength[queue]! > 0; i++) {
      if (w.queuePlace[queues.track[i]!] !== 0) serveTrack(w, hooks, queues.track[i]!);
    }
    return;
  }
  let place = 1;
  while (place <= w.queueLength[queue]!) {
    const length = w.queueLength[queue]!;
    serveTrack(w, hooks, trackAtPlace(w, queue, place));
    if (w.queueLength[queue] === length) place++;
  }
}

/** The track tries again; once it has got through, those who blame it for something are told what it does now. */
function serveTrack(w: World, hooks: FlowHooks, track: number): void {
  recheckNow(w, hooks, track);
  if (w.queuePlace[track] === 0) w.touchTrack(track);
}

/** What the step lacks: 0 nothing, signal + 1 of a gate, or a code of NEED. Crews, slots and spares are asked for last. */
export function missingNeed(w: World, hooks: FlowHooks, track: number, step: number): number {
  const { steps, tracks } = w.model;
  for (let i = steps.needStart[step]!; i < steps.needStart[step + 1]!; i++) {
    const need = steps.need[i]!;
    if (need >= 0) {
      if (w.served[need] !== 1) return need + 1;
    } else if (
      need !== NEED.crew &&
      need !== NEED.slot &&
      need !== NEED.spare &&
      !hasNeed(w, hooks, tracks.owner[track]!, track, need)
    ) {
      return need;
    }
  }
  return 0;
}

function hasNeed(w: World, hooks: FlowHooks, owner: number, track: number, need: number): boolean {
  const { tracks, seats } = w.model;
  if (tracks.kind[track] === TRACK.restore) {
    if (need === NEED.host) return w.hostDown[owner] === 0;
    if (need === NEED['version-fits']) return hooks.versionFits(owner);
    if (need === NEED['proof-test']) return hooks.isTested(owner);
    return need !== NEED.remediated || hooks.isRemedied(owner);
  }
  if (tracks.kind[track] === TRACK.upgrade) return hooks.campaignNeed(owner, need);
  if (need === NEED.host) {
    const host = w.seatHost[owner]! - 1;
    return host < 0 ? seats.home[owner]! < 0 : w.served[host] === 1 && isReachable(w, host);
  }
  if (need === NEED.bmc) {
    const host = w.seatHost[owner]! - 1;
    const controller = host < 0 ? -1 : w.model.elements.bmc[host]!;
    return controller < 0 || w.served[controller] === 1;
  }
  return hooks.groupNeed(owner, need);
}

function enterStep(w: World, hooks: FlowHooks, track: number, step: number): void {
  w.set(w.trackStepAt + track, step + 1);
  w.setReal(w.trackSinceAt + track, w.now);
  w.set(w.trackStatusAt + track, STATUS.idle);
  const missing = missingNeed(w, hooks, track, step);
  if (missing === 0 && acquire(w, hooks, track, step)) beginStep(w, hooks, track, step);
  else wait(w, track, step, missing);
}

/** A waiting step has its needs again: at the next retry, counted from when it began to wait (SEM-13). */
function proceed(w: World, hooks: FlowHooks, track: number, step: number): void {
  const queued = w.queuePlace[track] !== 0 && asksControl(w, step);
  // A request in the queue of a control function has got through; one that asks again takes its place later.
  if ((queued || !asksControl(w, step)) && !acquire(w, hooks, track, step)) return;
  const { tracks, groups, seats, steps } = w.model;
  const retry = isOfSeat(tracks.kind[track]!) ? groups.retryLaw[seats.group[tracks.owner[track]!]!]! : -1;
  const controlled = steps.control[step] === 1;
  if (queued || retry < 0 || !controlled || w.now === w.trackSince[track]) {
    if (queued || !asksControl(w, step) || acquire(w, hooks, track, step)) beginStep(w, hooks, track, step);
    else wait(w, track, step, 0);
    return;
  }
  leaveQueue(w, track, step);
  w.set(w.trackStatusAt + track, STATUS.retrying);
  w.startClock(tracks.firstSlot + track, retry, w.trackSince[track]!);
}

function beginStep(w: World, hooks: FlowHooks, track: number, step: number): void {
  leaveQueue(w, track, step);
  const waited = w.now - w.trackSince[track]!;
  w.set(w.trackStatusAt + track, STATUS.running);
  w.setReal(w.trackSinceAt + track, w.now);
  w.observer.stepChanged(w.now, track, step, 'started', waited);
  const law = w.model.steps.law[step]!;
  const fixed = w.model.laws[law]!;
  if (fixed.kind === 'deterministic' && fixed.value === 0) completeStep(w, hooks, track, step);
  else {
    w.startClock(w.model.tracks.firstSlot + track, law, 0);
    if (w.model.steps.interrupts[step] === 1) w.touchTrack(track);
  }
}

function completeStep(w: World, hooks: FlowHooks, track: number, step: number): void {
  const { steps, tracks } = w.model;
  const success = steps.success[step]!;
  if (
    lacksRequired(w, hooks, track, step) ||
    (success < 1 && !w.clocks.choose(success, tracks.outcomeStream[track]!))
  ) {
    w.observer.stepChanged(w.now, track, step, 'failed', 0);
    if (steps.otherwise[step]! >= 0) {
      hooks.diverted(track, step);
      releaseCrew(w, step);
      enterStep(w, hooks, track, steps.otherwise[step]!);
      return;
    }
    if (steps.onFailure[step] === ON_FAILURE.retry) {
      releaseCrew(w, step);
      enterStep(w, hooks, track, step);
      return;
    }
    if (!hooks.failed(track, step, steps.onFailure[step]!)) return;
  } else {
    w.observer.stepChanged(w.now, track, step, 'done', 0);
  }
  // A spare stays where it has been put; it comes back from the repair shop.
  if (!isSpare(w, step)) releaseCrew(w, step);
  w.set(w.trackStatusAt + track, STATUS.idle);
  if (steps.mark[step]! >= 0) hooks.mark(track, steps.mark[step]!);
  const effects = steps.effects[step]!;
  for (let effect = 0; effects >>> effect !== 0; effect++) {
    if ((effects >>> effect) & 1 && (hooks.effect(track, effect) || w.trackStep[track] !== step + 1)) {
      if (w.trackStep[track] === step + 1) abandonTrack(w, track);
      return;
    }
  }
  if (steps.next[step]! < 0) abandonTrack(w, track);
  else enterStep(w, hooks, track, steps.next[step]!);
}

/** Something the step cannot do without, and does not wait for, is down. */
function lacksRequired(w: World, hooks: FlowHooks, track: number, step: number): boolean {
  const { steps, tracks } = w.model;
  for (let i = steps.requiredStart[step]!; i < steps.requiredStart[step + 1]!; i++) {
    const required = steps.required[i]!;
    if (required < 0 ? !hooks.campaignHolds(tracks.owner[track]!, -1 - required) : w.served[required] !== 1)
      return true;
  }
  return false;
}

/** @param missing what the step lacks besides a place; without it nobody queues at a control function */
function wait(w: World, track: number, step: number, missing: number): void {
  w.set(w.trackStatusAt + track, STATUS.waiting);
  const queue = w.model.steps.queue[step]!;
  if (queue >= 0 && w.queuePlace[track] === 0 && (missing === 0 || w.model.queues.control[queue] === 0)) {
    const length = w.queueLength[queue]! + 1;
    w.set(w.queueLengthAt + queue, length);
    w.set(w.queuePlaceAt + track, w.model.queues.inElementOrder[queue] === 1 ? 1 : length);
  }
  w.observer.stepChanged(w.now, track, step, 'waiting', 0);
  // That it waits may concern the scheme: a wait for the control path opens the manual path (SEM-13).
  w.touchTrack(track);
}

/** Takes the crew, the slot or the spare the step needs; true if it needs none. */
function acquire(w: World, hooks: FlowHooks, track: number, step: number): boolean {
  const { steps, queues, tracks } = w.model;
  const queue = steps.queue[step]!;
  if (queue < 0) return true;
  if (queue === queues.slotQueue) {
    hooks.makeWay(tracks.owner[track]!);
    return takePlace(w, tracks.owner[track]!);
  }
  const crews = queues.crews[queue]!;
  if (queues.control[queue] === 1 && w.queueLength[queue]! > 0 && w.queuePlace[track] !== 1) return false;
  if (crews > 0 && w.crewsBusy[queue]! >= crews && !takeOver(w, track, queue)) return false;
  w.set(w.crewsBusyAt + queue, w.crewsBusy[queue]! + 1);
  return true;
}

/** Who comes last in the order of a preemptive queue gives its crew up to `track`, and waits; false if none comes later. */
function takeOver(w: World, track: number, queue: number): boolean {
  const { queues, steps, tracks } = w.model;
  if (queues.preemptive[queue] === 0) return false;
  for (let i = queues.trackStart[queue + 1]! - 1; i >= queues.trackStart[queue]!; i--) {
    const other = queues.track[i]!;
    if (other <= track) return false;
    const step = w.trackStep[other]! - 1;
    if (step < 0 || steps.queue[step] !== queue || w.trackStatus[other] !== STATUS.running) continue;
    w.stopClock(tracks.firstSlot + other);
    releaseCrew(w, step);
    w.observer.stepChanged(w.now, other, step, 'interrupted', 0);
    w.setReal(w.trackSinceAt + other, w.now);
    wait(w, other, step, 0);
    return true;
  }
  return false;
}

function releaseCrew(w: World, step: number): void {
  const { steps, queues } = w.model;
  const queue = steps.queue[step]!;
  if (queue < 0 || queue === queues.slotQueue) return;
  w.set(w.crewsBusyAt + queue, w.crewsBusy[queue]! - 1);
  w.touchedQueues.add(queue);
}

/** The step takes one of the places of a control function. */
export function asksControl(w: World, step: number): boolean {
  const queue = w.model.steps.queue[step]!;
  return queue >= 0 && w.model.queues.control[queue] === 1;
}

function isSpare(w: World, step: number): boolean {
  const queue = w.model.steps.queue[step]!;
  return queue >= 0 && w.model.queues.spares[queue] === 1;
}

function leaveQueue(w: World, track: number, step: number): void {
  const place = w.queuePlace[track]!;
  if (place === 0) return;
  const { steps, queues } = w.model;
  const queue = steps.queue[step]!;
  w.set(w.queuePlaceAt + track, 0);
  w.set(w.queueLengthAt + queue, w.queueLength[queue]! - 1);
  if (queues.inElementOrder[queue] === 1) return;
  for (let i = queues.trackStart[queue]!; i < queues.trackStart[queue + 1]!; i++) {
    const other = queues.track[i]!;
    if (w.queuePlace[other]! > place && waitsIn(w, other, queue))
      w.set(w.queuePlaceAt + other, w.queuePlace[other]! - 1);
  }
}

function trackAtPlace(w: World, queue: number, place: number): number {
  const { queues } = w.model;
  for (let i = queues.trackStart[queue]!; i < queues.trackStart[queue + 1]!; i++) {
    const track = queues.track[i]!;
    if (w.queuePlace[track] === place && waitsIn(w, track, queue)) return track;
  }
  throw new Error(`queue ${queue} has nobody at place ${place} of ${w.queueLength[queue]}`);
}

/** A track whose element fails in several ways may wait for other crews at another time. */
function waitsIn(w: World, track: number, queue: number): boolean {
  const step = w.trackStep[track]! - 1;
  return step >= 0 && w.model.steps.queue[step] === queue;
}
