import type { World } from './world.ts';

/**
 * Spares of standby gates. A gate uses its first input while that is up; else it keeps the spare it has as long as that is
 * up; else it takes the first spare that is up and that no other gate uses. What is freed goes to whoever waits, in the order
 * of the gates. Which input is used is state: two gates that want one spare remember who was first.
 */

/** Place of the input in use, the number of inputs where there is none. */
export function usedInput(w: World, gate: number): number {
  return w.standbyUse[gate]!;
}

/** Chooses again; true when the gate uses another input than before, or none. */
export function chooseInput(w: World, gate: number): boolean {
  const { gates } = w.model;
  const first = gates.inputStart[gate]!;
  const count = gates.inputStart[gate + 1]! - first;
  const before = w.standbyUse[gate]!;
  const isUp = (input: number): boolean => w.served[gates.input[first + input]!] === 1;
  let use = 0;
  if (!isUp(0)) {
    use = before;
    if (before === 0 || before === count || !isUp(before)) {
      use = 1;
      while (use < count && !(isUp(use) && isFree(w, gate, gates.input[first + use]!))) use++;
    }
  }
  if (use === before) return false;
  w.set(w.standbyUseAt + gate, use);
  return true;
}

/** No other gate uses the spare. */
function isFree(w: World, gate: number, signal: number): boolean {
  const { gates, standbys } = w.model;
  for (let i = standbys.rivalStart[gate]!; i < standbys.rivalStart[gate + 1]!; i++) {
    const rival = standbys.rival[i]!;
    const use = w.standbyUse[rival]!;
    const at = gates.inputStart[rival]! + use;
    if (use > 0 && at < gates.inputStart[rival + 1]! && gates.input[at] === signal) return false;
  }
  return true;
}

/** The first of the gates with a spare in common that has nothing to use, while something is free again; −1 none. */
export function nextRival(w: World, gate: number): number {
  const { gates, standbys } = w.model;
  for (let i = standbys.rivalStart[gate]!; i < standbys.rivalStart[gate + 1]!; i++) {
    const rival = standbys.rival[i]!;
    const first = gates.inputStart[rival]!;
    const count = gates.inputStart[rival + 1]! - first;
    if (w.standbyUse[rival] !== count) continue;
    for (let input = 1; input < count; input++) {
      const signal = gates.input[first + input]!;
      if (w.served[signal] === 1 && isFree(w, rival, signal)) return rival;
    }
  }
  return -1;
}

/** Rate of the element's failures relative to its nominal one: less while it rests as a spare that nobody uses. */
export function restingRate(w: World, element: number): number {
  const { standbys } = w.model;
  const first = standbys.placeStart[element]!;
  const end = standbys.placeStart[element + 1]!;
  if (first === end) return 1;
  for (let i = first; i < end; i++) if (w.standbyUse[standbys.place[i]!] === standbys.placeInput[i]) return 1;
  return standbys.rate[element]!;
}
