import { FAULT_LAYERS } from '../model/monitoring.ts';
import { installAgent, isSilent } from './agents.ts';
import type { World } from './world.ts';

/**
 * What a detector cannot see though it works: faults of layers it does not cover, and instances it has not found
 * yet, because they started less than its delay ago.
 */

const NODE = FAULT_LAYERS.indexOf('node');
const NETWORK = FAULT_LAYERS.indexOf('network');
const AGENT = FAULT_LAYERS.indexOf('agent');
const INSTANCE = FAULT_LAYERS.indexOf('instance');

/** What the present fault of a member is a fault of (index into FAULT_LAYERS): its outermost layer that failed. */
export function faultLayer(w: World, seat: number): number {
  const { seats, modes } = w.model;
  if (w.gray[seat] !== 0) return modes.layer[w.gray[seat]! - 1]!;
  for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) {
    const layer = seats.layer[i]!;
    const mode = w.failedMode[layer]! - 1;
    if (mode === modes.count || (mode < 0 && w.hostDown[layer] === 1)) return NODE;
    if (mode >= 0) return modes.layer[mode]!;
  }
  return w.cutOff[seat] === 1 ? NETWORK : INSTANCE;
}

/** Detector `detector` (row) sees faults of this layer. */
export function covers(w: World, detector: number, layer: number): boolean {
  return ((w.model.groups.detectorSees[detector]! >>> layer) & 1) === 1;
}

/** Detector `detector` (row) sees that something is wrong with the member: its fault, or that its agent says nothing. */
export function seesMember(w: World, seat: number, detector: number, layer: number): boolean {
  return covers(w, detector, layer) || (covers(w, detector, AGENT) && isSilent(w, seat));
}

/** Some detector of the group sees faults of this layer; or there is none at all, and nothing to tell apart. */
export function isCovered(w: World, group: number, layer: number): boolean {
  const { detectorStart } = w.model.groups;
  const first = detectorStart[group]!;
  const end = detectorStart[group + 1]!;
  for (let detector = first; detector < end; detector++) if (covers(w, detector, layer)) return true;
  return first === end;
}

/** Detector `detector` (row) has not found the instance in the seat's place yet. */
export function isBlind(w: World, seat: number, detector: number): boolean {
  const window = w.model.groups.detectorBlind[detector]!;
  return window >= 0 && w.isRunning(w.model.seats.blindSlot[seat]! + window);
}

/** Something that is to watch the instance in the seat's place does not yet: redundancy is not back before (SEM-24). */
export function isUnwatched(w: World, seat: number): boolean {
  const { seats, groups } = w.model;
  const group = seats.group[seat]!;
  for (let i = groups.detectorStart[group]!; i < groups.detectorStart[group + 1]!; i++) {
    if (isBlind(w, seat, i)) return true;
  }
  const installs = groups.agentBlind[group]!;
  return installs >= 0 && w.isRunning(seats.blindSlot[seat]! + installs);
}

/** An instance starts in the seat's place: whoever watches it has to find it, and its agent has to be installed. */
export function openBlindWindows(w: World, seat: number): void {
  const { seats, groups } = w.model;
  const group = seats.group[seat]!;
  for (let i = groups.detectorStart[group]!; i < groups.detectorStart[group + 1]!; i++) {
    if (groups.detectorBlind[i]! < 0) continue;
    const slot = seats.blindSlot[seat]! + groups.detectorBlind[i]!;
    w.stopClock(slot);
    w.startClock(slot, groups.detectorDelay[i]!, 0);
  }
  if (groups.agentBlind[group]! >= 0) installAgent(w, seat);
}

/** Nobody looks for an instance that is gone for good. */
export function closeBlindWindows(w: World, seat: number): void {
  const { seats, groups } = w.model;
  const group = seats.group[seat]!;
  for (let i = groups.detectorStart[group]!; i < groups.detectorStart[group + 1]!; i++) {
    if (groups.detectorBlind[i]! >= 0) w.stopClock(seats.blindSlot[seat]! + groups.detectorBlind[i]!);
  }
  if (groups.agentBlind[group]! >= 0) w.stopClock(seats.blindSlot[seat]! + groups.agentBlind[group]!);
}
