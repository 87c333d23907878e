import type { Actions, Members } from './scheme.ts';

/**
 * Ring replication (A-21 … A-23): member i's sessions are copied to the next member around the ring, which takes i's
 * share when i is evicted. Every member has a share of its own, 1/n of the load; what changes is who carries it and where
 * its sessions are.
 */

/** Where the sessions of a share are. */
export const COPY = {
  /** With the member that carries it, and nowhere else. */
  carrier: 0,
  /** With its own member, which carries it, and complete with the next one. */
  both: 1,
  /** With the next member alone, which carried the share until its own member joined again. */
  holder: 2,
  /** Lost; the users could not attach anew yet. */
  nowhere: 3,
} as const;

/** Member that holds the copies of `seat`'s sessions. */
export function holderOf({ model }: Members, seat: number): number {
  const { groups, seats } = model;
  const group = seats.group[seat]!;
  return seat + 1 === groups.seatStart[group + 1] ? groups.seatStart[group]! : seat + 1;
}

export function beginRing(m: Members, a: Actions, group: number): void {
  const { seatStart } = m.model.groups;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) {
    a.carry(seat, seat);
    a.setCopy(seat, COPY.both);
  }
}

/** Share of the load that leads to members that do not answer. */
export function ringBlackholed(m: Members, group: number): number {
  const { seatStart } = m.model.groups;
  let lost = 0;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) {
    if (!answers(m, m.carrier[seat]! - 1)) lost++;
  }
  return lost / (seatStart[group + 1]! - seatStart[group]!);
}

/** Load beyond what its carriers can bear: the taker of a dead member's share carries twice as much (hot spot). */
export function ringShortage(m: Members, group: number): number {
  const { seatStart, unitCapacity } = m.model.groups;
  const first = seatStart[group]!;
  const end = seatStart[group + 1]!;
  let short = 0;
  for (let seat = first; seat < end; seat++) {
    let carried = 0;
    for (let share = first; share < end; share++) if (m.carrier[share]! - 1 === seat) carried++;
    if (answers(m, seat)) short += Math.max(0, carried / (end - first) - unitCapacity[group]!);
  }
  return short;
}

export function isRingWhole(m: Members, group: number): boolean {
  const { seatStart } = m.model.groups;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) if (m.copy[seat] !== COPY.both) return false;
  return true;
}

/** `seat` is out of rotation: what it carried goes to the next member, which has the sessions if the copy was complete. */
export function leaveRing(m: Members, a: Actions, seat: number): void {
  const { groups, seats } = m.model;
  const group = seats.group[seat]!;
  for (let share = groups.seatStart[group]!; share < groups.seatStart[group + 1]!; share++) {
    if (m.carrier[share]! - 1 === seat) {
      const to = nextInRotation(m, share);
      const copied = m.copy[share] === COPY.both || m.copy[share] === COPY.holder;
      if (to >= 0) a.carry(share, to);
      if (copied && to === holderOf(m, share)) a.setCopy(share, COPY.carrier);
      else lose(m, a, share);
    } else if (holderOf(m, share) === seat) loseCopy(m, a, share);
  }
}

/** `seat` gets its share back, and shares that nobody carried find somebody. */
export function joinRing(m: Members, a: Actions, seat: number): void {
  const { groups, seats } = m.model;
  const group = seats.group[seat]!;
  for (let share = groups.seatStart[group]!; share < groups.seatStart[group + 1]!; share++) {
    const old = m.carrier[share]! - 1;
    if (share === seat) {
      a.carry(share, seat);
      if (old === seat || !answers(m, old) || m.copy[share] === COPY.nowhere) lose(m, a, share);
      else a.setCopy(share, old === holderOf(m, share) ? COPY.holder : COPY.carrier);
    } else if (m.rotation[old] === 0) {
      a.carry(share, nextInRotation(m, share));
      lose(m, a, share);
    }
  }
}

/** `seat` came back by itself before it was evicted: what it had in memory is gone. */
export function returnToRing(m: Members, a: Actions, seat: number): void {
  const { groups, seats } = m.model;
  const group = seats.group[seat]!;
  for (let share = groups.seatStart[group]!; share < groups.seatStart[group + 1]!; share++) {
    if (m.carrier[share]! - 1 === seat) {
      if (m.copy[share] !== COPY.holder) lose(m, a, share);
    } else if (holderOf(m, share) === seat) loseCopy(m, a, share);
  }
}

/** Re-replication to and from `seat` is complete, as far as the neighbours are there. */
export function closeRing(m: Members, a: Actions, seat: number): void {
  const { groups, seats } = m.model;
  const group = seats.group[seat]!;
  for (let share = groups.seatStart[group]!; share < groups.seatStart[group + 1]!; share++) {
    const holder = holderOf(m, share);
    if (share !== seat && holder !== seat) continue;
    if (m.carrier[share]! - 1 === share && answers(m, share) && answers(m, holder)) a.setCopy(share, COPY.both);
  }
}

/** Nothing is replicated any more: the copies grow stale. */
export function breakRing(m: Members, a: Actions, group: number): void {
  const { seatStart } = m.model.groups;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) {
    if (m.copy[seat] === COPY.both) a.setCopy(seat, COPY.carrier);
  }
}

function answers(m: Members, seat: number): boolean {
  return m.rotation[seat] !== 0 && m.down[seat] === 0;
}

/** Who gets the share now: its own member or the first one after it that is in rotation; −1: nobody is. */
function nextInRotation(m: Members, share: number): number {
  let seat = share;
  do {
    if (m.rotation[seat] !== 0) return seat;
    seat = holderOf(m, seat);
  } while (seat !== share);
  return -1;
}

/** The sessions of the share are lost; their users attach anew as soon as somebody answers. */
function lose(m: Members, a: Actions, share: number): void {
  const { groups, seats } = m.model;
  const group = seats.group[share]!;
  const part = 1 / (groups.seatStart[group + 1]! - groups.seatStart[group]!);
  if (m.copy[share] !== COPY.nowhere) a.countLost(group, part);
  if (answers(m, m.carrier[share]! - 1)) {
    a.reattach(group, part);
    a.setCopy(share, COPY.carrier);
  } else a.setCopy(share, COPY.nowhere);
}

/** The member that held the share's copy has lost it. */
function loseCopy(m: Members, a: Actions, share: number): void {
  if (m.copy[share] === COPY.both) a.setCopy(share, COPY.carrier);
  else if (m.copy[share] === COPY.holder) lose(m, a, share);
}
