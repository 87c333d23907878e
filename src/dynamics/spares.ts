import { type FlowHooks, startTrack } from './runner.ts';
import type { World } from './world.ts';

/**
 * Spare units of a repair policy (B-64). A failed unit goes to the repair shop at once, and its place waits for a spare;
 * whatever leaves the shop is a spare again. The queue of the spares counts those that stand in for units in the shop.
 */

/** The unit that has failed in the place of `element` goes to a free place of its policy's shop. */
export function sendToRepair(w: World, hooks: FlowHooks, element: number): boolean {
  const { modes, queues } = w.model;
  const mode = w.failedMode[element]! - 1;
  const queue = modes.spareQueue[mode]!;
  for (let i = queues.shopStart[queue]!; i < queues.shopStart[queue + 1]!; i++) {
    const place = queues.shop[i]!;
    if (w.trackStep[place] !== 0) continue;
    startTrack(w, hooks, place, modes.shop[mode]!);
    return false;
  }
  throw new Error(`the repair shop of ${w.model.names.elements[element]} has no place left`);
}

/** A unit leaves the shop. */
export function returnSpare(w: World, track: number): boolean {
  const { queues } = w.model;
  const isBefore = (queue: number): boolean => {
    const first = queues.shopStart[queue]!;
    // Nothing is ever repaired under some policies: their shops have no place.
    return first === queues.shopStart[queue + 1]! || track < queues.shop[first]!;
  };
  let queue = queues.count - 1;
  while (isBefore(queue)) queue--;
  // Below 0 while a place has not taken its spare yet: there is one more on the shelf than at the start.
  w.set(w.crewsBusyAt + queue, w.crewsBusy[queue]! - 1);
  w.touchedQueues.add(queue);
  return false;
}
