import type { SuspectActions } from './suspicion.ts';
import { SUSPECT, type World } from './world.ts';

/**
 * The remediation of `seat` reaches the wrong region (SEM-20): the active member of a healthy sibling group is switched
 * over, with the interruption that costs. A group with a member on the same node comes first; without any sibling that
 * can switch over only the time is lost.
 */
export function misdirect(w: World, actions: SuspectActions, seat: number): boolean {
  const { seats, groups } = w.model;
  const own = seats.group[seat]!;
  let found = -1;
  for (let i = groups.siblingStart[own]!; i < groups.siblingStart[own + 1]!; i++) {
    const group = groups.sibling[i]!;
    if (!isSwitchable(w, group)) continue;
    if (found < 0) found = group;
    if (sharesNode(w, group, seat)) {
      found = group;
      break;
    }
  }
  if (found >= 0) actions.startSwitchover(w.connected[found]!, w.caseRoot[seat]! - 1);
  return false;
}

/** The group serves, nothing is being done about its active member, and another one can take over. */
function isSwitchable(w: World, group: number): boolean {
  if (w.model.groups.carriers[group] !== 1) return false;
  const active = w.connected[group]!;
  const idle = w.trackStep[w.model.seats.remediation[active]!] === 0;
  const well = w.down[active] === 0 && w.open[active] === 0 && w.suspect[active] === SUSPECT.none;
  return idle && well && w.model.groups.switchover[group]! >= 0 && w.schemes[group]!.heir(w, group, active) >= 0;
}

function sharesNode(w: World, group: number, seat: number): boolean {
  const host = w.seatHost[seat]!;
  if (host === 0) return false;
  const { groups } = w.model;
  for (let other = groups.seatStart[group]!; other < groups.seatStart[group + 1]!; other++) {
    if (w.seatHost[other] === host) return true;
  }
  return false;
}
