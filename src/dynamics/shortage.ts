import { GATE } from '../compile/model.ts';
import { LOAD_SHARING, SCHEMES } from '../model/scenario.ts';
import type { World } from './world.ts';

const SHARES_LOAD = SCHEMES.map((scheme) => LOAD_SHARING.includes(scheme));
const SHARES_STANDBYS = SCHEMES.map((scheme) => scheme === 'shared-standby');

/**
 * The signal serves part of its load because less capacity is up than it needs, though it had some to spare (B-33): a
 * gate that lost more than its spare weight, members that share a load and none of whose traffic leads to a dead one,
 * places that wait for a standby while all of them are used up. Anything else that is lost is lost to a fault under way.
 */
export function isShortage(w: World, signal: number): boolean {
  const { gates, elements, groups } = w.model;
  const group = signal - elements.count;
  if (group < 0) return false;
  if (group >= groups.count) {
    const gate = group - groups.count;
    const first = gates.inputStart[gate]!;
    // A part of the load that is spread over something loses what that does.
    const passesOn = gates.kind[gate] === GATE.weighted && gates.inputStart[gate + 1] === first + 1;
    return gates.spare[gate]! > 0 || (passesOn && isShortage(w, gates.input[first]!));
  }
  const scheme = groups.scheme[group]!;
  if (w.reattaching[group] === 1) return false;
  if (!SHARES_LOAD[scheme] && !SHARES_STANDBYS[scheme]) return false;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    if (w.down[seat] === 0 || w.rotation[seat] === 0) continue;
    if (SHARES_LOAD[scheme] || w.known[seat] === 0 || w.schemes[group]!.heir(w, group, seat) >= 0) return false;
  }
  return true;
}
