import { GATE, MANIFESTATION } from '../compile/model.ts';
import { lowerBound } from '../compile/rows.ts';
import { nextBit } from './bits.ts';
import { firstImpaired, gateShare } from './gate-share.ts';
import { noteTerms } from './impaired-terms.ts';
import { searchNetwork } from './network.ts';
import { attachedChanged } from './reach.ts';
import { chooseInput, nextRival, restingRate } from './standby.ts';
import type { World } from './world.ts';

/** Tracks that may need a signal from which on those under way are looked for, and not each of them looked at. */
const MANY = 64;

/**
 * Who can do its work: elements (by themselves and with what they run on), then everything that reads them. Hosting,
 * reachability, quorum and control functions are all signals; a change touches what hangs on it and no more.
 */

/** Failure mode `mode` strikes its element; false, and nothing happens, if the element has failed already. */
export function failElement(w: World, mode: number): boolean {
  const { modes, elements } = w.model;
  const element = modes.element[mode]!;
  if (w.failedMode[element] !== 0) return false;
  stopLeadTimes(w, element);
  w.set(w.failedModeAt + element, mode + 1);
  w.set(w.rootAt + element, mode + 1);
  w.observer.failed(w.now, mode);
  const seat = elements.seat[element]!;
  if (seat >= 0 && modes.program[mode]! < 0) loseInstance(w, seat);
  updateElement(w, element);
  return true;
}

/** The element works by itself again; the failure that struck is counted from new (an instance's layers: all of them). */
export function restoreElement(w: World, element: number, renewAll: boolean): void {
  const mode = w.failedMode[element]! - 1;
  const { elements, modes } = w.model;
  if (renewAll) {
    for (let m = elements.modeStart[element]!; m < elements.modeStart[element + 1]!; m++) w.clocks.renew(m);
  } else if (mode >= 0 && mode < modes.count) w.clocks.renew(mode);
  w.set(w.failedModeAt + element, 0);
  updateElement(w, element);
}

/** The element goes with its instance: it neither works nor fails until it is built anew. `root` is to blame if it worked. */
export function removeElement(w: World, element: number, root: number): void {
  stopLeadTimes(w, element);
  if (w.failedMode[element] === 0) w.set(w.rootAt + element, root);
  w.set(w.failedModeAt + element, w.model.modes.count + 1);
  updateElement(w, element);
}

/** What was expected to fail has failed or gone before. */
function stopLeadTimes(w: World, element: number): void {
  const { elements, modes } = w.model;
  for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
    if (modes.leadSlot[mode]! >= 0) w.stopClock(modes.leadSlot[mode]!);
  }
}

/** Propagates a change of the element's own state or of its host's. */
export function updateElement(w: World, element: number): void {
  const { elements } = w.model;
  const up = w.failedMode[element] === 0 && w.hostDown[element] === 0;
  const share = up ? 1 : 0;
  updatePace(w, element);
  if (w.served[element] === share) return;
  w.setReal(w.servedAt + element, share);
  w.observer.elementChanged(w.now, element, up);
  if (elements.track[element]! >= 0) w.touchedTracks.add(elements.track[element]!);
  for (let i = elements.hostedStart[element]!; i < elements.hostedStart[element + 1]!; i++) {
    updateHosted(w, elements.hosted[i]!, element, up);
  }
  let seat = w.firstSeat[element]! - 1;
  while (seat >= 0) {
    const next = w.nextSeat[seat]! - 1;
    updateHosted(w, w.model.seats.layer[w.model.seats.layerStart[seat]!]!, element, up);
    seat = next;
  }
  if (up && elements.capacity[element]! > 0) w.touchedQueues.add(w.model.queues.slotQueue);
  const own = elements.seat[element]!;
  if (own >= 0) w.touchedGroups.add(w.model.seats.group[own]!);
  signalChanged(w, element);
}

/** An instance is lost with its host, whatever state it is in; anything else is only masked. */
export function updateHosted(w: World, element: number, host: number, hostUp: boolean): void {
  const { elements, modes } = w.model;
  const seat = elements.seat[element]!;
  const inner = elements.inner[element]!;
  const gone = modes.count + 1;
  const isStanding = hostUp && (inner < 0 || w.served[inner] === 1);
  w.set(w.hostDownAt + element, isStanding ? 0 : 1);
  if (!isStanding && w.failedMode[element] === 0) {
    w.set(w.rootAt + element, hostUp ? rootOfSignal(w, inner) : w.root[host]!);
  }
  const isOutermost = seat >= 0 && elements.host[element]! < 0;
  if (!hostUp && isOutermost && w.failedMode[element] !== gone && !keepsInstances(w, host)) {
    stopLeadTimes(w, element);
    w.set(w.failedModeAt + element, gone);
    loseInstance(w, seat);
  }
  updateElement(w, element);
  // A restart or repair under way needs its host.
  if (elements.track[element]! >= 0) w.touchedTracks.add(elements.track[element]!);
  if (seat >= 0) w.touchedGroups.add(w.model.seats.group[seat]!);
}

/** The node has been taken out by a campaign that shuts its instances down, and brings them back with it (FL-18 c). */
function keepsInstances(w: World, host: number): boolean {
  return w.failedMode[host]! > 0 && w.model.modes.announced[w.failedMode[host]! - 1] === 1;
}

/** The inner structure of the element changed: it stands or falls with it as with a host (B-55). */
function updateInner(w: World, element: number): void {
  const host = w.model.elements.host[element]!;
  updateHosted(w, element, host, host < 0 || w.served[host] === 1);
}

/** Root (mode + 1) of why the signal is not fully up, 0 if nothing is known. */
export function rootOfSignal(w: World, signal: number): number {
  const { elements, groups } = w.model;
  if (signal < elements.count) return w.root[signal]!;
  const group = signal - elements.count;
  if (group < groups.count) {
    const seat = w.schemes[group]!.culprit(w, group);
    return seat < 0 ? w.lastRoot[group]! : w.caseRoot[seat]!;
  }
  const input = w.gateBlame[group - groups.count]! - 1;
  return input < 0 ? 0 : rootOfSignal(w, input);
}

/** What is to blame for the element's inner structure changed while it stayed down; so it did for all that stands on it. */
function updateRoot(w: World, element: number, root: number): void {
  const { elements } = w.model;
  if (w.failedMode[element] !== 0 || w.hostDown[element] === 0 || w.root[element] === root) return;
  w.set(w.rootAt + element, root);
  for (let i = elements.hostedStart[element]!; i < elements.hostedStart[element + 1]!; i++) {
    updateRoot(w, elements.hosted[i]!, root);
  }
  blameChanged(w, element);
}

/** The instance has to be replaced. */
function loseInstance(w: World, seat: number): void {
  w.set(w.lostAt + seat, 1);
  w.set(w.readyAt + seat, 0);
  w.touchedGroups.add(w.model.seats.group[seat]!);
}

/** Failure clocks run while the element works; those of a standby at the group's standby rate. */
export function updatePace(w: World, element: number): void {
  const { elements, seats, groups, modes } = w.model;
  const first = elements.modeStart[element]!;
  const end = elements.modeStart[element + 1]!;
  if (first === end) return;
  let pace = w.failedMode[element] === 0 && w.hostDown[element] === 0 ? 1 : 0;
  const seat = elements.seat[element]!;
  if (pace === 1 && seat >= 0 && w.active[seat] === 0) pace = groups.standbyRate[seats.group[seat]!]!;
  if (w.standbyUse.length > 0) pace *= restingRate(w, element);
  for (let mode = first; mode < end; mode++) {
    // Monitoring errs about a running standby as often as about the active member.
    const isFalse = modes.manifestation[mode]! >= MANIFESTATION.falseAlarm;
    w.pace(mode, isFalse && pace > 0 ? 1 : pace);
  }
}

/** Tells gates, services and everything that waits for `signal` that its share has changed. */
export function signalChanged(w: World, signal: number): void {
  const { gates, services, watchers } = w.model;
  noteTerms(w, signal);
  for (let i = gates.readerStart[signal]!; i < gates.readerStart[signal + 1]!; i++) {
    updateGate(w, gates.reader[i]!, signal);
  }
  for (let i = services.readerStart[signal]!; i < services.readerStart[signal + 1]!; i++) {
    w.touchedServices.add(services.reader[i]!);
  }
  touchTracks(w, signal);
  for (let i = watchers.groupStart[signal]!; i < watchers.groupStart[signal + 1]!; i++) {
    w.touchedGroups.add(watchers.group[i]!);
  }
  for (let i = watchers.elementStart[signal]!; i < watchers.elementStart[signal + 1]!; i++) {
    updateInner(w, watchers.element[i]!);
  }
  attachedChanged(w, signal);
}

/** Looks again at tracks under way that may need the signal; what is idle needs nothing. */
function touchTracks(w: World, signal: number): void {
  const { trackStart, track } = w.model.watchers;
  const first = trackStart[signal]!;
  const end = trackStart[signal + 1]!;
  if (end - first <= MANY) {
    for (let i = first; i < end; i++) if (w.trackStep[track[i]!] !== 0) w.touchTrack(track[i]!);
    return;
  }
  const last = track[end - 1]! + 1;
  for (
    let one = nextBit(w.tracksUnderway, track[first]!, last);
    one < last;
    one = nextBit(w.tracksUnderway, one + 1, last)
  ) {
    if (track[lowerBound(track, one, first, end)] === one) w.touchTrack(one);
  }
}

/** The repair of an element that is down goes into another phase, for all that is down because of it, too. */
export function phaseChanged(w: World, element: number): void {
  const { elements, modes, seats, groups } = w.model;
  blameChanged(w, element);
  const mode = w.root[element]! - 1;
  if (mode < 0) return;
  const source = modes.element[mode]!;
  for (let i = elements.hostedStart[element]!; i < elements.hostedStart[element + 1]!; i++) {
    const hosted = elements.hosted[i]!;
    const root = w.root[hosted]! - 1;
    if (root < 0 || modes.element[root] !== source) continue;
    phaseChanged(w, hosted);
    // Members of inner groups are not rebuilt: their own layers are to blame.
    const seat = elements.seat[hosted]!;
    if (seat >= 0 && groups.internal[seats.group[seat]!] === 1) blameGroupAgain(w, seats.group[seat]!);
  }
}

/** Blame or phase of a signal changed while its share did not. */
export function blameChanged(w: World, signal: number): void {
  const { gates, services, watchers, elements } = w.model;
  for (let i = watchers.elementStart[signal]!; i < watchers.elementStart[signal + 1]!; i++) {
    const element = watchers.element[i]!;
    const host = elements.host[element]!;
    if (host < 0 || w.served[host] === 1) updateRoot(w, element, rootOfSignal(w, signal));
  }
  for (let i = services.readerStart[signal]!; i < services.readerStart[signal + 1]!; i++) {
    w.touchedServices.add(services.reader[i]!);
  }
  for (let i = gates.readerStart[signal]!; i < gates.readerStart[signal + 1]!; i++) {
    blameChanged(w, w.model.elements.count + w.model.groups.count + gates.reader[i]!);
  }
  blameAttached(w, signal);
}

/** Groups that lose something of what passes `signal` lose it for another reason now; nothing else about them changes. */
function blameAttached(w: World, signal: number): void {
  if (!w.hasNetworks) return;
  const { elements, seats } = w.model;
  for (let i = elements.attachedStart[signal]!; i < elements.attachedStart[signal + 1]!; i++) {
    const element = elements.attached[i]!;
    for (let h = elements.hostedStart[element]!; h < elements.hostedStart[element + 1]!; h++) {
      const seat = elements.seat[elements.hosted[h]!]!;
      if (seat >= 0) blameGroupAgain(w, seats.group[seat]!);
    }
    for (let seat = w.firstSeat[element]! - 1; seat >= 0; seat = w.nextSeat[seat]! - 1) {
      blameGroupAgain(w, seats.group[seat]!);
    }
  }
}

function blameGroupAgain(w: World, group: number): void {
  const signal = w.model.elements.count + group;
  if (w.served[signal]! < 1) blameChanged(w, signal);
}

function updateGate(w: World, gate: number, changed: number): void {
  const { gates, elements, groups } = w.model;
  if (gates.network[gate]! >= 0) {
    updateNetwork(w, gates.network[gate]!, changed);
    return;
  }
  const takesOver = gates.kind[gate] === GATE.standby && chooseInput(w, gate);
  if (takesOver) updateResting(w, gate);
  const signal = elements.count + groups.count + gate;
  const before = w.served[signal]!;
  let after: number;
  if (gates.counting[gate] === 1) {
    const count = w.upInputs[gate]! + (w.served[changed] === 1 ? 1 : -1);
    w.set(w.upInputsAt + gate, count);
    after = count >= gates.threshold[gate]! ? 1 : 0;
  } else {
    after = gateShare(w, gate);
  }
  if (after < before) w.set(w.gateBlameAt + gate, changed + 1);
  else if (after < 1 && w.gateBlame[gate] === changed + 1 && w.served[changed] === 1) {
    w.set(w.gateBlameAt + gate, firstImpaired(w, gate) + 1);
  }
  if (after === before) {
    if (after < 1) blameChanged(w, signal);
  } else {
    w.setReal(w.servedAt + signal, after);
    signalChanged(w, signal);
  }
  if (!takesOver) return;
  // What it no longer uses may be what another one waits for.
  for (let rival = nextRival(w, gate); rival >= 0; rival = nextRival(w, gate)) updateGate(w, rival, changed);
}

/** Spares of the gate begin to work, or to rest. */
function updateResting(w: World, gate: number): void {
  const { standbys } = w.model;
  for (let i = standbys.restingStart[gate]!; i < standbys.restingStart[gate + 1]!; i++)
    updatePace(w, standbys.resting[i]!);
}

/** One of the network's elements went up or down: the vertices whose way to an exit that changes are told. */
function updateNetwork(w: World, network: number, changed: number): void {
  const { networks, elements, groups } = w.model;
  const joined = searchNetwork(w, network);
  for (let vertex = networks.vertexStart[network]!; vertex < networks.vertexStart[network + 1]!; vertex++) {
    const gate = networks.vertexGate[vertex]!;
    const signal = elements.count + groups.count + gate;
    const after = joined[vertex]!;
    if (after === w.served[signal]) continue;
    if (after === 0) w.set(w.gateBlameAt + gate, changed + 1);
    w.setReal(w.servedAt + signal, after);
    signalChanged(w, signal);
  }
}
