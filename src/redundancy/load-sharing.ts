import {
  beginRing,
  breakRing,
  closeRing,
  isRingWhole,
  joinRing,
  leaveRing,
  returnToRing,
  ringBlackholed,
  ringShortage,
} from './ring.ts';
import { type Actions, isAbsent, type Members, type Scheme } from './scheme.ts';

/**
 * N-way active: every member in rotation carries an equal share of the traffic (A-16 … A-24). A dead member's share is
 * lost until the member is evicted, by a load balancer or by its clients; then the others carry it, as far as their
 * capacity goes: f = max(share that leads to nobody, capacity that is missing) (SEM-04). A replacement joins when it has
 * passed its health check. `k-of-n` counts members instead: full share while enough of them serve, else none.
 */
export const loadSharing: Scheme = {
  begin,
  share,
  isShort,
  serves,
  keepsCopy: () => true,
  whole,
  culprit,
  fell,
  rose,
  noticed,
  failoverFailed,
  handsDone,
  settle,
  heir,
  promote: () => {},
  takeOver: evict,
  handOver: evict,
  join,
  synchronised,
  revert: () => {},
};

/** Shares are sums of parts such as 1/3: less than this is none. */
const NOTHING = 1e-12;

function begin(m: Members, a: Actions, group: number): void {
  const { seatStart, ring } = m.model.groups;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) {
    a.assign(seat, 1);
    a.setRole(seat, 1);
  }
  if (ring[group] === 1) beginRing(m, a, group);
}

function share(m: Members, group: number): number {
  const { required, ring, seatStart } = m.model.groups;
  let members = 0;
  let able = 0;
  let kept = 0;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) {
    if (m.rotation[seat] !== 1) continue;
    members++;
    if (m.down[seat] === 1) continue;
    able++;
    kept += 1 - m.reach(seat);
  }
  const away = m.reattaching[group] === 1 ? m.reattachShare[group]! : 0;
  if (able === 0 || able < required[group]!) return 0;
  // Led to members that answer, and not let through to them; around a ring it counts with the shares that lead nowhere.
  const cutOff = kept === 0 || ring[group] === 1 ? 0 : kept / members;
  if (required[group]! > 0) return (1 - away) * (1 - cutOff * (members / able));
  const lost = Math.max(blackholed(m, group, able, members) + cutOff + away, shortage(m, group, able));
  return lost < NOTHING ? 1 : Math.max(0, 1 - lost);
}

function isShort(m: Members, group: number): boolean {
  const able = ableMembers(m, group);
  return able > 0 && m.model.groups.required[group] === 0 && shortage(m, group, able) > NOTHING;
}

function serves(m: Members, seat: number): boolean {
  return m.rotation[seat] === 1;
}

function whole(m: Members, group: number): boolean {
  const { seatStart, ring } = m.model.groups;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) {
    if (isAbsent(m, seat)) continue;
    if (m.down[seat] === 1 || m.rotation[seat] === 0 || m.synced[seat] === 0) return false;
  }
  return ring[group] === 0 || isRingWhole(m, group);
}

/** Of the members whose share is lost, else of those whose capacity is missing, the last to fall (SEM-33, secondary). */
function culprit(m: Members, group: number): number {
  const { seatStart, required, ring } = m.model.groups;
  const able = ableMembers(m, group);
  const counted = required[group]! > 0;
  const lost = !counted && able > 0 && blackholed(m, group, able, inRotation(m, group)) > NOTHING;
  const short = counted ? able < required[group]! : able === 0 || shortage(m, group, able) > NOTHING;
  if (!lost && !short) return -1;
  let found = -1;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) {
    if (isAbsent(m, seat) || (m.rotation[seat] === 1 && m.down[seat] === 0)) continue;
    if (lost && ring[group] === 0 && m.rotation[seat] === 0) continue;
    if (found < 0 || m.caseSince[seat]! > m.caseSince[found]!) found = seat;
  }
  return found;
}

function fell(m: Members, a: Actions, seat: number): void {
  const { groups, seats } = m.model;
  const group = seats.group[seat]!;
  if (groups.alertWhileExposed[group] === 0) return;
  for (let other = groups.seatStart[group]!; other < groups.seatStart[group + 1]!; other++) {
    if (other === seat || m.open[other] === 0 || m.known[other] === 0) continue;
    a.notice(seat);
    return;
  }
}

function rose(m: Members, a: Actions, seat: number): void {
  const { groups, seats } = m.model;
  const group = seats.group[seat]!;
  if (m.rotation[seat] === 1 && m.serving[seat] === 1) {
    // Back before anybody sent its traffic elsewhere.
    if (groups.ring[group] === 1) {
      if (m.cutOff[seat] === 0) returnToRing(m, a, seat);
    } else lose(a, group, seat, seat, inRotation(m, group));
    a.remedied(seat, false);
    a.abandonRemediation(seat);
  }
  a.abandonManual(seat);
  if (!a.isRecovering(seat)) a.startResync(seat);
}

function noticed(m: Members, a: Actions, seat: number, reported: boolean): void {
  const group = m.model.seats.group[seat]!;
  if (m.rotation[seat] === 0) return;
  if (reported && m.model.groups.uncoveredManual[group] === 1) a.startManual(seat, false);
  else if (heir(m, group, seat) < 0) a.spoil(seat, 'no-healthy-standby');
}

function failoverFailed(_members: Members, a: Actions, seat: number): void {
  a.spoil(seat, 'switch-failed');
  a.abandonRemediation(seat);
  a.abandonManual(seat);
  a.startManual(seat, false);
}

function handsDone(m: Members, a: Actions, seat: number): void {
  if (m.rotation[seat] === 0 || m.down[seat] === 0) return;
  evict(m, a, seat);
  a.abandonRemediation(seat);
  a.abandonManual(seat);
}

function settle(m: Members, a: Actions, group: number): void {
  const { groups } = m.model;
  const first = groups.seatStart[group]!;
  const end = groups.seatStart[group + 1]!;
  const link = groups.replication[group]!;
  if (groups.ring[group] === 1 && link >= 0 && m.served[link] !== 1) breakRing(m, a, group);
  let impaired: boolean | undefined;
  let running = 0;
  for (let seat = first; seat < end; seat++) {
    const fails = m.known[seat] === 1 && m.down[seat] === 1 && m.rotation[seat] === 1;
    if (!fails && a.isIdle(seat)) continue;
    // As it was before anything is done about it.
    impaired ??= share(m, group) < 1;
    if (fails && !a.isRemediating(seat) && a.manualStage(seat) !== 2) a.startRemediation(seat);
    if (impaired && m.known[seat] === 1 && a.isBlocked(seat)) {
      a.spoil(seat, 'control-unavailable');
      if (a.manualStage(seat) === 0) a.startManual(seat, true);
    } else if (a.manualStage(seat) === 1) a.abandonManual(seat);
    if (a.isRecovering(seat)) running++;
  }
  const limit = groups.recoveryConcurrency[group]!;
  for (let seat = first; seat < end; seat++) {
    if (limit > 0 && running >= limit) return;
    if (m.lost[seat] === 0 || m.known[seat] === 0 || a.isRecovering(seat)) continue;
    // First things first: the traffic goes elsewhere before the member is replaced, if there is an elsewhere.
    const waits = groups.recoveryAtDetection[group] === 0 && m.rotation[seat] === 1 && heir(m, group, seat) >= 0;
    if (waits) continue;
    a.startRecovery(seat);
    running++;
  }
}

/** First member that answers and has all the state it should, else the first that answers. */
function heir(m: Members, group: number, seat: number): number {
  const { seatStart } = m.model.groups;
  let stale = -1;
  for (let other = seatStart[group]!; other < seatStart[group + 1]!; other++) {
    if (other === seat || m.rotation[other] === 0 || m.down[other] === 1) continue;
    if (m.synced[other] === 1) return other;
    if (stale < 0) stale = other;
  }
  return stale;
}

/** No traffic is sent to `seat` any more. */
function evict(m: Members, a: Actions, seat: number): void {
  const { groups, seats } = m.model;
  const group = seats.group[seat]!;
  if (m.rotation[seat] === 0) return;
  const members = inRotation(m, group);
  const taker = heir(m, group, seat);
  a.assign(seat, 0);
  a.setSynced(seat, 0);
  if (groups.ring[group] === 1) leaveRing(m, a, seat);
  else lose(a, group, seat, taker, members);
  a.remedied(seat, taker >= 0);
}

/** `seat` carries its share again. */
function join(m: Members, a: Actions, seat: number): void {
  if (m.rotation[seat] === 1 || m.down[seat] === 1) return;
  a.abandonRemediation(seat);
  a.abandonManual(seat);
  a.assign(seat, 1);
  if (m.model.groups.ring[m.model.seats.group[seat]!] === 1) joinRing(m, a, seat);
}

/** A flow without a step of its own for it lets the member join when it is up to date. */
function synchronised(m: Members, a: Actions, seat: number): void {
  join(m, a, seat);
  if (m.model.groups.ring[m.model.seats.group[seat]!] === 1) closeRing(m, a, seat);
}

/** What of `old`'s share of the sessions does not survive when `taker` (−1: nobody) serves its users. */
function lose(a: Actions, group: number, old: number, taker: number, members: number): void {
  const share = (taker < 0 ? a.lostSessions(group, old, old) : a.lostSessions(group, old, taker)) / members;
  if (share === 0) return;
  a.countLost(group, share);
  a.reattach(group, share);
}

function inRotation(m: Members, group: number): number {
  const { seatStart } = m.model.groups;
  let count = 0;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) if (m.rotation[seat] === 1) count++;
  return count;
}

/** Members in rotation that answer. */
function ableMembers(m: Members, group: number): number {
  const { seatStart } = m.model.groups;
  let count = 0;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) {
    if (m.rotation[seat] === 1 && m.down[seat] === 0) count++;
  }
  return count;
}

/** Share of the load that leads to members that do not answer. */
function blackholed(m: Members, group: number, able: number, members: number): number {
  return m.model.groups.ring[group] === 1 ? ringBlackholed(m, group) : (members - able) / members;
}

/** Share of the load that is beyond what those who answer can carry. */
function shortage(m: Members, group: number, able: number): number {
  if (m.model.groups.ring[group] === 1) return ringShortage(m, group);
  return Math.max(0, 1 - able * m.model.groups.unitCapacity[group]!);
}
