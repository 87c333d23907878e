import { abandonTrack } from './runner.ts';
import { restoreElement } from './signals.ts';
import type { World } from './world.ts';

/** Monitoring agents in instances: there when their layer works, once installed and registered. */

/** The instance has an agent that answers; where none is modelled, a guest that works has one. */
export function hasAgent(w: World, seat: number): boolean {
  const { seats, groups } = w.model;
  const agent = seats.agent[seat]!;
  if (agent >= 0) {
    const window = groups.agentBlind[seats.group[seat]!]!;
    return w.served[agent] === 1 && (window < 0 || !w.isRunning(seats.blindSlot[seat]! + window));
  }
  const first = seats.layerStart[seat]!;
  return seats.layerStart[seat + 1]! - first === 1 || w.served[seats.layer[first]!] === 1;
}

/** The agent has gone by itself, and its server, which knows it, hears nothing from it. */
export function isSilent(w: World, seat: number): boolean {
  const agent = w.model.seats.agent[seat]!;
  return agent >= 0 && w.failedMode[agent] !== 0 && isRegistered(w, seat);
}

/** The server knows the agent of the instance; where none is modelled, it does. */
export function isRegistered(w: World, seat: number): boolean {
  const unknown = w.model.seats.agent[seat]! < 0 ? -1 : unregisteredMode(w, seat);
  return unknown < 0 || w.failedMode[w.model.seats.agent[seat]!] !== unknown + 1;
}

/** A new instance has a new agent. */
export function renewAgent(w: World, seat: number): void {
  const { seats, elements } = w.model;
  const agent = seats.agent[seat]!;
  if (agent < 0) return;
  if (elements.track[agent]! >= 0) abandonTrack(w, elements.track[agent]!);
  if (w.failedMode[agent] !== 0) restoreElement(w, agent, true);
}

/** The installation of the agent begins. */
export function installAgent(w: World, seat: number): void {
  const { seats, groups } = w.model;
  const group = seats.group[seat]!;
  if (groups.agentBlind[group]! < 0) return;
  const slot = seats.blindSlot[seat]! + groups.agentBlind[group]!;
  w.stopClock(slot);
  w.startClock(slot, groups.agentDelay[group]!, 0);
}

/** Mode of an agent that its server does not know, its last one; −1 where every registration succeeds. */
export function unregisteredMode(w: World, seat: number): number {
  const { seats, groups, elements } = w.model;
  if (groups.agentRegistered[seats.group[seat]!]! >= 1) return -1;
  return elements.modeStart[seats.agent[seat]! + 1]! - 1;
}
