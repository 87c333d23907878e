import type { CompiledModel } from '../../../src/compile/model.ts';
import type { World } from '../../../src/dynamics/world.ts';
import { LOAD_SHARING, SCHEMES } from '../../../src/model/scenario.ts';

/** What a group's share and places must be, worked out from the state of its members in another way. */

export const sharesLoad = ({ groups }: CompiledModel, group: number): boolean =>
  LOAD_SHARING.includes(SCHEMES[groups.scheme[group]!]!);
export const carriesAlone = ({ groups }: CompiledModel, group: number): boolean =>
  ['simplex', 'active-standby'].includes(SCHEMES[groups.scheme[group]!]!);

const membersOf = ({ groups }: CompiledModel, group: number): number[] =>
  Array.from(
    { length: groups.seatStart[group + 1]! - groups.seatStart[group]! },
    (_, i) => groups.seatStart[group]! + i,
  );

/** SEM-01, SEM-04, SEM-07, SEM-22, SEM-31: the share of the load that the group serves. */
export function shareOf(w: World, group: number): number {
  const { groups } = w.model;
  return groups.storeFails[group] === 1
    ? shareWithStore(w, group) * w.served[groups.store[group]!]!
    : shareWithStore(w, group);
}

function shareWithStore(w: World, group: number): number {
  const { groups } = w.model;
  const members = membersOf(w.model, group);
  const away = w.reattaching[group] === 1 ? w.reattachShare[group]! : 0;
  if (carriesAlone(w.model, group)) {
    const first = members[0]!;
    const moves = w.connected[group] !== first && w.isSwitchingBack(first);
    return w.down[w.connected[group]!] === 1 || moves ? 0 : 1 - away;
  }
  const answering = members.filter((seat) => w.rotation[seat] !== 0 && w.down[seat] === 0);
  if (!sharesLoad(w.model, group)) {
    const moving = answering.filter((seat) => {
      const home = members[w.rotation[seat]! - 1]!;
      return home !== seat && w.isSwitchingBack(home);
    });
    return Math.max(0, (answering.length - moving.length) / groups.carriers[group]! - away);
  }
  if (answering.length === 0) return 0;
  if (groups.required[group]! > 0) return answering.length >= groups.required[group]! ? 1 - away : 0;
  const capacity = groups.unitCapacity[group]!;
  // What each member is sent, as shares of the load.
  const sent = new Map<number, number>();
  const send = (seat: number, load: number): void => void sent.set(seat, (sent.get(seat) ?? 0) + load);
  if (groups.ring[group] === 1) for (const seat of members) send(w.carrier[seat]! - 1, 1 / members.length);
  else {
    const rotating = members.filter((seat) => w.rotation[seat] !== 0);
    for (const seat of rotating) send(seat, 1 / rotating.length);
  }
  let unanswered = 0;
  for (const [seat, load] of sent) if (!answering.includes(seat)) unanswered += load;
  const short =
    groups.ring[group] === 1
      ? answering.reduce((sum, seat) => sum + Math.max(0, (sent.get(seat) ?? 0) - capacity), 0)
      : Math.max(0, 1 - answering.length * capacity);
  return Math.max(0, 1 - Math.max(unanswered + away, short));
}

/** Places are held once each, takeovers do not share a standby, and nothing leads to those out of rotation. */
export function auditPlaces(w: World, group: number): void {
  const { groups, names } = w.model;
  const members = membersOf(w.model, group);
  const wrong = (what: string): never => {
    throw new Error(`at ${w.now} µs: ${names.groups[group]} ${what}`);
  };
  const places = members.map((seat) => w.rotation[seat]!).filter((place) => place !== 0);
  if (carriesAlone(w.model, group)) {
    if (places.length > 0) wrong('has places');
  } else if (sharesLoad(w.model, group)) {
    if (places.some((place) => place !== 1)) wrong('has places beyond the one');
    if (members.some((seat) => w.active[seat] === 0)) wrong('has members without a role');
  } else {
    const all = Array.from({ length: groups.carriers[group]! }, (_, i) => i + 1);
    if (places.sort((a, b) => a - b).join() !== all.join()) wrong(`has places ${places.join()}`);
    const claims = members.map((seat) => w.claim[seat]!).filter((claim) => claim !== 0);
    if (new Set(claims).size < claims.length) wrong('has one standby for two');
    for (const claim of claims) if (w.down[claim - 1] === 1 || w.rotation[claim - 1] !== 0) wrong('waits for nobody');
    for (const seat of members) {
      const role = w.rotation[seat] !== 0 || claims.includes(seat + 1);
      if (w.down[seat] === 0 && w.active[seat] === 1 && !role) wrong(`has an idle member with the active role`);
    }
  }
  if (groups.ring[group] === 1 && places.length > 0) {
    for (const seat of members) if (w.rotation[w.carrier[seat]! - 1] === 0) wrong('sends traffic to those it evicted');
  }
}
