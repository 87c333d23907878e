import { type Actions, isAbsent, type Members, type Scheme } from './scheme.ts';

/**
 * N:1 and N+M: N members carry 1/N of the load each, M stand by for all of them (B-33, SEM-31). A standby takes the place
 * of the member that failed first; what fails while no standby is left stays down until a member has been rebuilt. The
 * standbys hold the state of all N only where the group says so; else the sessions of the place are lost.
 */
export const sharedStandby: Scheme = {
  begin,
  share,
  serves,
  keepsCopy: (m, seat) => !serves(m, seat),
  whole,
  culprit,
  fell,
  rose,
  noticed,
  failoverFailed,
  handsDone,
  settle,
  heir,
  promote,
  takeOver,
  handOver,
  join: () => {},
  synchronised: () => {},
  revert,
};

function begin(m: Members, a: Actions, group: number): void {
  const { seatStart, carriers } = m.model.groups;
  for (let place = 1; place <= carriers[group]!; place++) {
    const seat = seatStart[group]! + place - 1;
    a.assign(seat, place);
    a.setRole(seat, 1);
  }
}

function share(m: Members, group: number): number {
  const { seatStart, carriers } = m.model.groups;
  let able = 0;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) {
    if (m.rotation[seat] !== 0 && m.down[seat] === 0 && !isInterrupted(m, group, seat)) able += m.reach(seat);
  }
  const away = m.reattaching[group] === 1 ? m.reattachShare[group]! : 0;
  return Math.max(0, able / carriers[group]! - away);
}

function serves(m: Members, seat: number): boolean {
  return m.rotation[seat] !== 0;
}

function whole(m: Members, group: number): boolean {
  const { seatStart } = m.model.groups;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) {
    if (isAbsent(m, seat)) continue;
    if (m.down[seat] === 1 || m.synced[seat] === 0) return false;
  }
  return true;
}

/** Of the members whose place is not served, the last to fall (SEM-33, secondary). */
function culprit(m: Members, group: number): number {
  const { seatStart } = m.model.groups;
  let found = -1;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) {
    if (m.rotation[seat] === 0 || m.down[seat] === 0) continue;
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
  if (m.rotation[seat] !== 0) {
    lead(m, a, seat, seat, false);
    return;
  }
  // It may have been promoted before its turn came to nothing.
  a.setRole(seat, 0);
  const waiting = groups.takeoverAtOnce[group] === 1 ? orphan(m, group) : -1;
  if (waiting >= 0) lead(m, a, waiting, seat, false);
  else if (!a.isRecovering(seat)) a.startResync(seat);
}

function noticed(m: Members, a: Actions, seat: number, reported: boolean): void {
  const { groups, seats } = m.model;
  const group = seats.group[seat]!;
  if (m.rotation[seat] === 0) return;
  if (reported && groups.uncoveredManual[group] === 1) {
    a.startManual(seat, false);
    return;
  }
  if (heir(m, group, seat) >= 0) return;
  const latent = firstLatent(m, group);
  a.spoil(seat, latent >= 0 && m.caseSince[latent]! < m.caseSince[seat]! ? 'standby-latent' : 'no-healthy-standby');
  if (latent >= 0 && groups.revealsLatent[group] === 1) a.notice(latent);
}

function failoverFailed(_members: Members, a: Actions, seat: number): void {
  a.spoil(seat, 'switch-failed');
  a.abandonRemediation(seat);
  a.abandonManual(seat);
  a.startManual(seat, false);
}

function handsDone(m: Members, a: Actions, seat: number): void {
  const other = heir(m, m.model.seats.group[seat]!, seat);
  if (m.rotation[seat] !== 0 && isFailed(m, seat) && other >= 0) lead(m, a, seat, other, false);
}

/** Who is only believed to have failed is taken over from all the same. */
function isFailed(m: Members, seat: number): boolean {
  return m.down[seat] === 1 || (m.open[seat] === 1 && m.known[seat] === 1);
}

function settle(m: Members, a: Actions, group: number): void {
  const { groups } = m.model;
  const first = groups.seatStart[group]!;
  const end = groups.seatStart[group + 1]!;
  let running = 0;
  for (let seat = first; seat < end; seat++) {
    if (m.claim[seat] !== 0 && !isFree(m, group, m.claim[seat]! - 1, seat)) a.setClaim(seat, -1);
    const fails = m.rotation[seat] !== 0 && m.down[seat] === 1 && m.known[seat] === 1;
    if (fails) {
      const other = heir(m, group, seat);
      if (other < 0) a.spoil(seat, 'no-healthy-standby');
      else a.setClaim(seat, other);
      if (!a.isRemediating(seat) && a.manualStage(seat) !== 2) a.startRemediation(seat);
    }
    if (fails && a.isBlocked(seat)) {
      a.spoil(seat, 'control-unavailable');
      if (a.manualStage(seat) === 0) a.startManual(seat, true);
    } else if (a.manualStage(seat) === 1) a.abandonManual(seat);
    if (a.isRecovering(seat)) running++;
  }
  if (groups.switchBack[group]! >= 0) switchBack(m, a, group);
  const limit = groups.recoveryConcurrency[group]!;
  for (let seat = first; seat < end; seat++) {
    if (limit > 0 && running >= limit) return;
    if (m.lost[seat] === 0 || m.known[seat] === 0 || a.isRecovering(seat)) continue;
    const waits = groups.recoveryAtDetection[group] === 0 && m.rotation[seat] !== 0 && heir(m, group, seat) >= 0;
    if (waits) continue;
    a.startRecovery(seat);
    running++;
  }
}

/** The standby that is taking over from `seat`, else the first that is free: up to date, or any unless state is required. */
function heir(m: Members, group: number, seat: number): number {
  const { seatStart, stateRequired } = m.model.groups;
  const claimed = m.claim[seat]! - 1;
  if (claimed >= 0 && isFree(m, group, claimed, seat)) return claimed;
  let stale = -1;
  for (let other = seatStart[group]!; other < seatStart[group + 1]!; other++) {
    if (other === seat || !isFree(m, group, other, seat)) continue;
    if (m.synced[other] === 1) return other;
    if (stale < 0) stale = other;
  }
  return stateRequired[group] === 1 ? -1 : stale;
}

/** `standby` is up, has no place, and takes over from nobody but `seat`. */
function isFree(m: Members, group: number, standby: number, seat: number): boolean {
  if (m.down[standby] === 1 || m.rotation[standby] !== 0) return false;
  const { seatStart } = m.model.groups;
  for (let other = seatStart[group]!; other < seatStart[group + 1]!; other++) {
    if (other !== seat && m.claim[other] === standby + 1) return false;
  }
  return true;
}

function promote(m: Members, a: Actions, seat: number): void {
  const other = heir(m, m.model.seats.group[seat]!, seat);
  if (other < 0) return;
  a.setClaim(seat, other);
  a.setRole(seat, 0);
  a.setRole(other, 1);
}

function takeOver(m: Members, a: Actions, seat: number): void {
  const other = heir(m, m.model.seats.group[seat]!, seat);
  if (other >= 0 && m.rotation[seat] !== 0 && isFailed(m, seat)) lead(m, a, seat, other, true);
}

function handOver(m: Members, a: Actions, seat: number): void {
  const other = heir(m, m.model.seats.group[seat]!, seat);
  if (m.rotation[seat] !== 0) lead(m, a, seat, other, false);
}

/** The traffic of `old`'s place leads to `seat` from now on, which may be the same. */
function lead(m: Members, a: Actions, old: number, seat: number, byFailover: boolean): void {
  const { groups, seats } = m.model;
  const group = seats.group[seat]!;
  const place = m.rotation[old]!;
  const survives = groups.stateForAll[group] === 1 || groups.peerState[group] === 0;
  const lost = survives ? a.lostSessions(group, old, seat) : a.lostSessions(group, seat, seat);
  const claimed = m.claim[old]! - 1;
  if (claimed >= 0) a.setRole(claimed, 0);
  if (old !== seat) {
    a.assign(old, 0);
    a.assign(seat, place);
    a.abandonRemediation(old);
    a.abandonManual(old);
  }
  a.setClaim(old, -1);
  a.setRole(old, 0);
  a.setRole(seat, 1);
  a.remedied(old, byFailover);
  a.abandonRemediation(seat);
  a.abandonManual(seat);
  a.setSynced(seat, 1);
  if (m.open[seat] === 1) a.close(seat);
  if (lost === 0) return;
  a.countLost(group, lost / groups.carriers[group]!);
  a.reattach(group, lost / groups.carriers[group]!);
}

/** First member that is known to have failed in its place and from which nobody takes over, or −1. */
function orphan(m: Members, group: number): number {
  const { seatStart } = m.model.groups;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) {
    if (m.rotation[seat] !== 0 && m.down[seat] === 1 && m.known[seat] === 1 && m.claim[seat] === 0) return seat;
  }
  return -1;
}

function firstLatent(m: Members, group: number): number {
  const { seatStart } = m.model.groups;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) {
    if (m.rotation[seat] === 0 && m.open[seat] === 1 && m.known[seat] === 0) return seat;
  }
  return -1;
}

/** Members that had a place at the start get one back from the standby in it (SEM-30). */
function switchBack(m: Members, a: Actions, group: number): void {
  const { seatStart, carriers } = m.model.groups;
  const first = seatStart[group]!;
  for (let seat = first; seat < first + carriers[group]!; seat++) {
    if (m.rotation[seat] !== 0) continue;
    const ready = m.open[seat] === 0 && m.synced[seat] === 1 && substitute(m, group, seat) >= 0;
    if (ready && a.manualStage(seat) === 0) a.startSwitchBack(seat);
    else if (!ready && m.isSwitchingBack(seat)) a.abandonManual(seat);
  }
}

/** Standby that works in the place which was `seat`'s at the start, or −1. */
function substitute(m: Members, group: number, seat: number): number {
  const { seatStart } = m.model.groups;
  const place = seat - seatStart[group]! + 1;
  for (let other = seatStart[group]!; other < seatStart[group + 1]!; other++) {
    if (m.rotation[other] === place) return m.down[other] === 0 ? other : -1;
  }
  return -1;
}

/** Traffic of the place is being moved back. */
function isInterrupted(m: Members, group: number, seat: number): boolean {
  const { seatStart, switchBack: program } = m.model.groups;
  const home = seatStart[group]! + m.rotation[seat]! - 1;
  return program[group]! >= 0 && home !== seat && m.isSwitchingBack(home);
}

function revert(m: Members, a: Actions, seat: number): void {
  const group = m.model.seats.group[seat]!;
  const other = substitute(m, group, seat);
  if (other < 0 || m.down[seat] === 1 || m.rotation[seat] !== 0) return;
  a.switchedBack(group);
  lead(m, a, other, seat, false);
}
