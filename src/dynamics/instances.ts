import { renewAgent } from './agents.ts';
import { closeBlindWindows, openBlindWindows } from './blind.ts';
import { freeSlot } from './placement.ts';
import { reachShare } from './reach.ts';
import { abandonTrack } from './runner.ts';
import { removeElement, restoreElement, updatePace } from './signals.ts';
import type { World } from './world.ts';

/** The instance in a member's place: its layers, its role, what of its state survives. */

export function canServe(w: World, seat: number): boolean {
  return w.ready[seat] === 1 && works(w, seat) && reachShare(w, seat) > 0;
}

/** The innermost layer works, and with it all others. */
export function works(w: World, seat: number): boolean {
  const { seats } = w.model;
  return w.served[seats.layer[seats.layerStart[seat + 1]! - 1]!] === 1;
}

/** The replacement runs: all its layers are new. */
export function buildInstance(w: World, seat: number): void {
  const { seats } = w.model;
  abandonLayerTracks(w, seat);
  w.set(w.lostAt + seat, 0);
  w.set(w.builtAt + seat, 1);
  for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) {
    restoreElement(w, seats.layer[i]!, true);
  }
  renewAgent(w, seat);
  openBlindWindows(w, seat);
}

/** What has failed inside the living instance works again. False where there is no instance any more. */
export function restartLayers(w: World, seat: number): boolean {
  const { seats, elements, modes } = w.model;
  for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) {
    const layer = seats.layer[i]!;
    if (w.failedMode[layer]! > modes.count) return false;
    if (w.failedMode[layer] === 0) continue;
    if (elements.track[layer]! >= 0) abandonTrack(w, elements.track[layer]!);
    restoreElement(w, layer, false);
  }
  w.set(w.lostAt + seat, 0);
  w.set(w.readyAt + seat, 1);
  return true;
}

/** Nothing of the instance is left, and its slot is free unless the member has its own node. */
export function removeInstance(w: World, seat: number): void {
  const { seats, groups } = w.model;
  abandonLayerTracks(w, seat);
  closeBlindWindows(w, seat);
  for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) {
    removeElement(w, seats.layer[i]!, w.caseRoot[seat]!);
  }
  if (groups.inPlace[seats.group[seat]!] === 0) freeSlot(w, seat);
}

/** The instance in the seat's place stops at once, whatever it does; it has to be replaced. `root` (mode + 1) is to blame. */
export function shutDown(w: World, seat: number, root: number): void {
  const { seats } = w.model;
  abandonLayerTracks(w, seat);
  closeBlindWindows(w, seat);
  for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) {
    removeElement(w, seats.layer[i]!, root);
  }
  w.set(w.lostAt + seat, 1);
  w.set(w.readyAt + seat, 0);
}

function abandonLayerTracks(w: World, seat: number): void {
  const { seats, elements } = w.model;
  for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) {
    const track = elements.track[seats.layer[i]!]!;
    if (track >= 0) abandonTrack(w, track);
  }
}

/** `active` alone has the active role of the group; −1: nobody has. */
export function giveRole(w: World, group: number, active: number): void {
  const { groups } = w.model;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    setRole(w, seat, seat === active ? 1 : 0);
  }
}

/** The member fails at the rate of its role: active (1) or standby (0). */
export function setRole(w: World, seat: number, role: 0 | 1): void {
  if (w.active[seat] === role) return;
  const { seats } = w.model;
  w.set(w.activeAt + seat, role);
  for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) updatePace(w, seats.layer[i]!);
}

/** The state store is not all there, and the group's service is not either (SEM-22). */
export function isWithoutStore(w: World, group: number): boolean {
  const { groups } = w.model;
  return groups.storeFails[group] === 1 && w.served[groups.store[group]!] !== 1;
}

/** The takeover from `seat` is given up: the role it has given to a standby already comes back to it. */
export function takeRoleBack(w: World, seat: number): void {
  const { seats, groups } = w.model;
  const group = seats.group[seat]!;
  const claimed = w.claim[seat]! - 1;
  if (claimed >= 0) {
    w.set(w.claimAt + seat, 0);
    setRole(w, claimed, 0);
  }
  if (groups.carriers[group] === 1 && w.connected[group] === seat) giveRole(w, group, seat);
  else setRole(w, seat, 1);
}

/** Share of the sessions that do not survive when `seat` serves after `old` did (SEM-07, A-02). */
export function lostSessions(w: World, group: number, old: number, seat: number): number {
  const { groups } = w.model;
  if (groups.stateful[group] === 0) return 0;
  const store = groups.store[group]!;
  if (store !== -1) return store < -1 || w.served[store] === 1 ? 0 : 1;
  // Who was only cut off still has them.
  if (old === seat && w.cutOff[seat] === 1) return 0;
  if (old === seat || w.stateLost[old] === 1) return 1;
  if (groups.peerState[group] === 1 && w.synced[seat] === 0) return 1;
  return groups.cleanLoss[group]!;
}
