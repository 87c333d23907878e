import { type Actions, isAbsent, isTrusted, type Members, type Scheme } from './scheme.ts';

/**
 * Active-standby, the 2N model with one active member and one or more standbys (A-04…A-15). A group of one member is
 * its degenerate case, the respawn-only simplex: nobody can take over, so recovery is the remediation (SEM-16c).
 *
 * The traffic leads to the connected member; the group serves while that member is up. Faults that strike in any phase
 * follow SEM-29: without a healthy standby the service is down until the first member comes back.
 */
export const activeStandby: Scheme = {
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
  a.lead(group, m.model.groups.seatStart[group]!);
}

/** All or nothing, but for users who re-attach and for what the network lets through. */
function share(m: Members, group: number): number {
  const connected = m.connected[group]!;
  if (m.down[connected] === 1) return 0;
  if (m.model.groups.switchBack[group]! >= 0 && m.isSwitchingBack(m.model.groups.seatStart[group]!)) return 0;
  const attached = m.reattaching[group] === 1 ? 1 - m.reattachShare[group]! : 1;
  return attached * m.reach(connected);
}

function serves(m: Members, seat: number): boolean {
  return m.connected[m.model.seats.group[seat]!] === seat;
}

function whole(m: Members, group: number): boolean {
  const { seatStart } = m.model.groups;
  for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) {
    if (isAbsent(m, seat)) continue;
    if (m.down[seat] === 1 || m.synced[seat] === 0) return false;
  }
  return true;
}

function culprit(m: Members, group: number): number {
  const connected = m.connected[group]!;
  return m.down[connected] === 1 ? connected : -1;
}

function promote(m: Members, a: Actions, seat: number): void {
  const group = m.model.seats.group[seat]!;
  a.giveRole(group, heir(m, group));
}

function takeOver(m: Members, a: Actions, seat: number): void {
  const group = m.model.seats.group[seat]!;
  const other = heir(m, group);
  if (other >= 0) a.connect(group, other, true);
}

function revert(m: Members, a: Actions, seat: number): void {
  const group = m.model.seats.group[seat]!;
  if (m.down[seat] === 1 || serves(m, seat)) return;
  a.switchedBack(group);
  a.connect(group, seat, false);
}

function handOver(m: Members, a: Actions, seat: number): void {
  const group = m.model.seats.group[seat]!;
  a.connect(group, heir(m, group), false);
}

function fell(m: Members, a: Actions, seat: number): void {
  const { groups, seats } = m.model;
  const group = seats.group[seat]!;
  if (groups.alertWhileExposed[group] === 0 || !isAlert(m, group, seat)) return;
  a.notice(seat);
  if (!anyoneUp(m, group)) {
    // Under attention a total outage is plain to see: hands have nothing to switch to, and every fault is known.
    for (let other = groups.seatStart[group]!; other < groups.seatStart[group + 1]!; other++) {
      a.abandonManual(other);
      if (m.open[other] === 1 && m.known[other] === 0) a.notice(other);
    }
  }
}

function rose(m: Members, a: Actions, seat: number): void {
  const group = m.model.seats.group[seat]!;
  const connected = m.connected[group]!;
  if (connected === seat) {
    a.connect(group, seat, false);
  } else if (m.down[connected] === 1 && m.model.groups.takeoverAtOnce[group] === 1) {
    a.connect(group, seat, false);
  } else if (!a.isRecovering(seat)) {
    a.startResync(seat);
  }
}

function noticed(m: Members, a: Actions, seat: number, reported: boolean): void {
  const group = m.model.seats.group[seat]!;
  if (m.connected[group] !== seat || isSimplex(m, group)) return;
  if (reported && m.model.groups.uncoveredManual[group] === 1) {
    a.startManual(seat, false);
    return;
  }
  if (heir(m, group) >= 0) return;
  // The failover finds nobody to hand over to, and finds out about standbys whose fault nobody had noticed.
  const latent = firstLatent(m, group, seat);
  // Latent is what was dead before; a standby that fell with the active member or after it is a second failure (SEM-29).
  a.spoil(seat, latent >= 0 && m.caseSince[latent]! < m.caseSince[seat]! ? 'standby-latent' : 'no-healthy-standby');
  if (latent >= 0 && m.model.groups.revealsLatent[group] === 1) a.notice(latent);
}

function failoverFailed(_members: Members, a: Actions, seat: number): void {
  a.spoil(seat, 'switch-failed');
  a.abandonRemediation(seat);
  a.abandonManual(seat);
  a.startManual(seat, false);
}

function handsDone(m: Members, a: Actions, seat: number): void {
  const group = m.model.seats.group[seat]!;
  const other = heir(m, group);
  if (other >= 0) a.connect(group, other, false);
}

function settle(m: Members, a: Actions, group: number): void {
  const { groups } = m.model;
  const connected = m.connected[group]!;
  const first = groups.seatStart[group]!;
  const end = groups.seatStart[group + 1]!;
  const isDown = m.down[connected] === 1;
  if (groups.switchBack[group]! >= 0 && connected !== first) {
    // Back to the first member as soon as it is protected again (SEM-30).
    const ready = !isDown && m.open[first] === 0 && m.synced[first] === 1;
    if (ready && a.manualStage(first) === 0) a.startSwitchBack(first);
    else if (!ready) a.abandonManual(first);
  }
  if (isDown && m.known[connected] === 1) {
    if (heir(m, group) < 0) a.spoil(connected, 'no-healthy-standby');
    if (!a.isRemediating(connected) && a.manualStage(connected) !== 2) a.startRemediation(connected);
  }
  if (isDown && a.waitsForControl(group)) {
    a.spoil(connected, 'control-unavailable');
    if (a.manualStage(connected) === 0) a.startManual(connected, true);
  } else if (a.manualStage(connected) === 1) {
    a.abandonManual(connected);
  }
  // Recovery: at detection, or once the service is back, or when there is nothing else to hope for.
  if (groups.recoveryAtDetection[group] === 0 && isDown && heir(m, group) >= 0) return;
  const limit = groups.recoveryConcurrency[group]!;
  let running = 0;
  for (let seat = first; seat < end; seat++) if (a.isRecovering(seat)) running++;
  for (let seat = first; seat < end; seat++) {
    if (limit > 0 && running >= limit) return;
    if (m.lost[seat] !== 0 && m.known[seat] === 1 && !a.isRecovering(seat)) {
      a.startRecovery(seat);
      running++;
    }
  }
}

/** First up-to-date member that is up, else (unless state is required) the first that is up. */
function heir(m: Members, group: number): number {
  const { groups } = m.model;
  let stale = -1;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    if (seat === m.connected[group] || !isTrusted(m, seat)) continue;
    if (m.synced[seat] === 1) return seat;
    if (stale < 0) stale = seat;
  }
  return groups.stateRequired[group] === 1 ? -1 : stale;
}

/** The group is known to be exposed, or its service was down before `seat` fell. */
function isAlert(m: Members, group: number, seat: number): boolean {
  const connected = m.connected[group]!;
  if (connected !== seat && m.down[connected] === 1) return true;
  const { groups } = m.model;
  for (let other = groups.seatStart[group]!; other < groups.seatStart[group + 1]!; other++) {
    if (other !== seat && m.open[other] === 1 && m.known[other] === 1) return true;
  }
  return false;
}

function anyoneUp(m: Members, group: number): boolean {
  const { groups } = m.model;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    if (m.down[seat] === 0) return true;
  }
  return false;
}

function firstLatent(m: Members, group: number, except: number): number {
  const { groups } = m.model;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    if (seat !== except && m.open[seat] === 1 && m.known[seat] === 0) return seat;
  }
  return -1;
}

function isSimplex(m: Members, group: number): boolean {
  return m.model.groups.seatStart[group + 1]! - m.model.groups.seatStart[group]! === 1;
}
