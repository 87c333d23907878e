import { NEED } from '../compile/model.ts';
import { FAILOVER_REASONS } from '../model/flow.ts';
import type { Actions, Scheme } from '../redundancy/scheme.ts';
import { hasAgent, isRegistered } from './agents.ts';
import { closeCase, confirmCase, MARK, openAnnounced, openCase, remedied, spoilAttempt, touchRepair } from './cases.ts';
import { spread } from './containment.ts';
import { stopWatching, tell, watch, watchConfirmation } from './detection.ts';
import { groupShare, lives } from './impairment.ts';
import { canServe, giveRole, lostSessions, removeInstance, works } from './instances.ts';
import { isAlive, isReachable, reachShare } from './reach.ts';
import { abandonTrack, type FlowHooks, recheckTrack, startTrack } from './runner.ts';
import { SeatActions } from './seat-actions.ts';
import { isLeftOver } from './set-aside.ts';
import { blameChanged, signalChanged } from './signals.ts';
import { endSplit, forgetBelief, noteGray, settleSuspects } from './suspicion.ts';
import { SUSPECT } from './world.ts';

/**
 * The fault-management cycle of group members: they fall, their fault is noticed, somebody takes over, they are rebuilt.
 * What is started when is the scheme's decision; this class carries it out.
 */
export class Members extends SeatActions implements Actions {
  /** Set once, right after construction: flows act on members and members start flows. */
  hooks!: FlowHooks;

  /** Something about the group or its members may have changed: falls first, then returns, then what follows. */
  settleGroup(group: number): void {
    const w = this.world;
    const { groups, seats } = this.model;
    const first = groups.seatStart[group]!;
    const end = groups.seatStart[group + 1]!;
    const scheme = this.scheme(group);
    for (let seat = first; seat < end; seat++) if (w.down[seat] === 0 && !canServe(w, seat)) this.fall(seat);
    if (w.hasNetworks) this.forgetCutOff(first, end);
    for (let seat = first; seat < end; seat++) if (w.down[seat] === 1 && canServe(w, seat)) this.rise(seat);
    const confirms = groups.confirmLaw[group]! >= 0;
    for (let seat = first; seat < end; seat++) {
      // A replacement that fails in any way before it may serve is built again (SEM-29).
      if (w.built[seat] === 1 && this.hasFailedAnew(seat)) w.set(w.lostAt + seat, 1);
      if (w.underway[seat] !== 0 && this.hasLostReplacement(seat)) this.abandonRecovery(seat);
      if (w.open[seat] === 1) watch(w, this, seat);
      if (confirms) watchConfirmation(w, this, seat);
    }
    if (groups.replication[group]! >= 0) this.followReplication(group);
    scheme.settle(w, this, group);
    settleSuspects(w, this, group);
    for (let seat = first; seat < end; seat++) {
      if (w.serving[seat] === 1) touchRepair(w, seat);
      if (w.underway[seat] === 0) continue;
      recheckTrack(w, this.hooks, seats.remediation[seat]!);
      recheckTrack(w, this.hooks, seats.recovery[seat]!);
      recheckTrack(w, this.hooks, seats.manual[seat]!);
    }
    if (this.model.groups.removal[group]! >= 0) this.deleteLeftOvers(group, first, end);
    const signal = this.model.elements.count + group;
    const share = groupShare(w, group);
    if (share !== w.served[signal]) {
      w.setReal(w.servedAt + signal, share);
      signalChanged(w, signal);
    } else if (share < 1) blameChanged(w, signal);
    w.observer.groupChanged(w.now, group);
  }

  /** Failed instances whose replacement serves or stands by are deleted. */
  private deleteLeftOvers(group: number, first: number, end: number): void {
    const w = this.world;
    for (let seat = first; seat < end; seat++) {
      if (!isLeftOver(w, seat)) continue;
      startTrack(w, this.hooks, this.model.seats.recovery[seat]!, this.model.groups.removal[group]!);
    }
  }

  /** Who was cut off and has failed since is like any other that failed. */
  private forgetCutOff(first: number, end: number): void {
    const w = this.world;
    for (let seat = first; seat < end; seat++) if (w.cutOff[seat] === 1 && !works(w, seat)) w.set(w.cutOffAt + seat, 0);
  }

  /** What was built does not work before it may serve, or nobody gets to it. */
  private hasFailedAnew(seat: number): boolean {
    const w = this.world;
    return (w.ready[seat] === 0 && !works(w, seat)) || (w.down[seat] === 1 && reachShare(w, seat) === 0);
  }

  /** A member that could serve cannot any more. */
  private fall(seat: number): void {
    const w = this.world;
    const { seats, groups } = this.model;
    const group = seats.group[seat]!;
    const scheme = this.scheme(group);
    const exposed = scheme.heir(w, group, seat) < 0;
    w.set(w.downAt + seat, 1);
    w.set(w.cutOffAt + seat, isAlive(w, seat) ? 1 : 0);
    if (groups.peerState[group] === 1) w.set(w.syncedAt + seat, 0);
    if (w.rival[group] === seat + 1 && !lives(w, seat)) endSplit(w, group);
    const suspected = forgetBelief(w, seat);
    this.abandonPlanned(seat);
    if (w.open[seat] === 1 && suspected !== SUSPECT.none) {
      if (w.known[seat] === 0) stopWatching(w, seat);
      confirmCase(w, seat, exposed);
      if (w.known[seat] === 0) scheme.fell(w, this, seat);
      return;
    }
    const serves = scheme.serves(w, seat);
    if (w.open[seat] === 1 && !serves) {
      // Struck again before its case was over: whoever was rebuilding it starts again.
      this.abandonRecovery(seat);
      return;
    }
    // A member that was only catching up when it fell. If it carried traffic again, this is a new case.
    abandonTrack(w, seats.recovery[seat]!);
    w.set(w.knownAt + seat, 0);
    if (openAnnounced(w, seat, serves)) {
      scheme.fell(w, this, seat);
      scheme.noticed(w, this, seat, false);
      return;
    }
    openCase(w, seat, serves, exposed);
    const hit = spread(w, seat);
    scheme.fell(w, this, seat);
    if (hit >= 0 && seats.group[hit] === group) this.fall(hit);
  }

  /** A member can serve again: rebuilt, or back by itself. */
  rise(seat: number): void {
    const w = this.world;
    const group = this.model.seats.group[seat]!;
    // A lower layer has brought back what the group has failed over already (SEM-26).
    const byItself = w.lost[seat] === 0 && w.built[seat] === 0 && w.open[seat] === 1 && w.active[seat] === 0;
    const raced = byItself && (w.serving[seat] === 1 || w.failedOver[seat] === 1);
    w.set(w.downAt + seat, 0);
    this.scheme(group).rose(w, this, seat);
    w.set(w.cutOffAt + seat, 0);
    if (raced) this.startRace(group);
  }

  private startRace(group: number): void {
    const w = this.world;
    const step = this.model.groups.race[group]!;
    if (step < 0) return;
    const connected = w.connected[group]!;
    const track = this.model.seats.remediation[connected]!;
    if (w.down[connected] === 1 || w.trackStep[track] !== 0) return;
    w.observer.raced(w.now, group);
    startTrack(w, this.hooks, track, step);
  }

  /** A switchover that is under way while its member falls comes to nothing. */
  private abandonPlanned(seat: number): void {
    const w = this.world;
    const track = this.model.seats.remediation[seat]!;
    const step = w.trackStep[track]! - 1;
    if (step >= 0 && this.model.steps.interrupts[step] === 1) abandonTrack(w, track);
  }

  /** The replacement instance, or the node it was being built on, failed. */
  private hasLostReplacement(seat: number): boolean {
    const w = this.world;
    const { seats, groups } = this.model;
    if (w.trackStep[seats.recovery[seat]!] === 0) return false;
    if (w.built[seat] === 1) return w.lost[seat] === 1;
    const host = w.seatHost[seat]! - 1;
    if (host < 0 || groups.inPlace[seats.group[seat]!] === 1) return false;
    return w.lost[seat] === 2 && (w.served[host] !== 1 || !isReachable(w, host));
  }

  /** Standbys are stale while the replication link is down and catch up when it is back. */
  private followReplication(group: number): void {
    const w = this.world;
    const { groups, seats } = this.model;
    const link = groups.replication[group]!;
    const scheme = this.scheme(group);
    for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
      if (w.down[seat] === 1 || !scheme.keepsCopy(w, seat)) continue;
      // Whoever is under suspicion catches up once that is over.
      if (w.served[link] !== 1) w.set(w.syncedAt + seat, 0);
      else if (w.suspect[seat] === SUSPECT.none && w.synced[seat] === 0 && w.trackStep[seats.recovery[seat]!] === 0)
        this.startResync(seat);
    }
  }

  notice(seat: number): void {
    this.noticeSeat(seat, false);
  }

  /** The fault of `seat` is noticed, by monitoring or (`reported`) by users. */
  noticeSeat(seat: number, reported: boolean): void {
    const w = this.world;
    if (w.known[seat] === 1 || w.open[seat] === 0) return;
    const group = this.model.seats.group[seat]!;
    w.set(w.knownAt + seat, 1);
    // Users who report a fault confirm it.
    if (reported && this.model.groups.confirmLaw[group]! >= 0) w.set(w.confirmedAt + seat, 1);
    stopWatching(this.world, seat);
    tell(w, seat);
    w.observer.marked(w.now, seat, MARK.detected);
    const redundant = this.model.groups.seatStart[group + 1]! - this.model.groups.seatStart[group]! > 1;
    if (w.serving[seat] === 1 && redundant && !reported) w.set(w.attemptAt + seat, 1);
    w.set(w.coveredAt + seat, 0);
    w.touchedGroups.add(group);
    this.scheme(group).noticed(w, this, seat, reported);
  }

  startRemediation(seat: number): void {
    const { groups } = this.model;
    const group = this.model.seats.group[seat]!;
    const stops = this.world.gray[seat] !== 0 && groups.failFast[group]! >= 0;
    const step = stops ? groups.failFast[group]! : groups.remediation[group]!;
    if (step >= 0) startTrack(this.world, this.hooks, this.model.seats.remediation[seat]!, step);
  }

  startSwitchover(seat: number, root: number): void {
    const group = this.model.seats.group[seat]!;
    const step = this.model.groups.switchover[group]!;
    if (step >= 0) this.startPlanned(seat, step, root);
  }

  startPlanned(seat: number, step: number, root: number): void {
    const w = this.world;
    const group = this.model.seats.group[seat]!;
    w.set(w.plannedRootAt + group, root + 1);
    startTrack(w, this.hooks, this.model.seats.remediation[seat]!, step);
    w.touchedGroups.add(group);
  }

  startManual(seat: number, afterEscalation: boolean): void {
    const { groups, seats } = this.model;
    const group = seats.group[seat]!;
    const step = afterEscalation ? groups.escalation[group]! : groups.manual[group]!;
    if (step >= 0) startTrack(this.world, this.hooks, seats.manual[seat]!, step);
  }

  startRecovery(seat: number): void {
    const w = this.world;
    const { groups, seats } = this.model;
    const group = seats.group[seat]!;
    const anew = groups.rebuild[group]! >= 0 && w.served[seats.layer[seats.layerStart[seat]!]!] !== 1;
    const step = anew ? groups.rebuild[group]! : groups.recovery[group]!;
    w.set(w.builtAt + seat, 0);
    if (step >= 0) startTrack(w, this.hooks, this.model.seats.recovery[seat]!, step);
  }

  startResync(seat: number): void {
    const w = this.world;
    const { groups, seats } = this.model;
    const group = seats.group[seat]!;
    const step = (w.rotation[seat] === 0 ? groups.resync : groups.catchUp)[group]!;
    stopWatching(this.world, seat);
    w.set(w.lostAt + seat, 0);
    if (step >= 0 && w.synced[seat] === 0) {
      if (w.open[seat] === 1) w.set(w.knownAt + seat, 1);
      w.set(w.builtAt + seat, 1);
      startTrack(w, this.hooks, seats.recovery[seat]!, step);
    } else {
      w.set(w.syncedAt + seat, 1);
      this.scheme(group).synchronised(w, this, seat);
      closeCase(this.world, seat);
    }
  }

  /** The replacement under way is given up; its slot is free again unless the member has its own node. */
  abandonRecovery(seat: number): void {
    const w = this.world;
    abandonTrack(w, this.model.seats.recovery[seat]!);
    if (w.down[seat] === 1) w.set(w.knownAt + seat, 1);
    if (w.lost[seat] !== 0) removeInstance(this.world, seat);
    w.set(w.builtAt + seat, 0);
  }

  giveRole(group: number, seat: number): void {
    giveRole(this.world, group, seat);
  }

  lead(group: number, seat: number): void {
    this.world.set(this.world.connectedAt + group, seat);
    giveRole(this.world, group, seat);
  }

  connect(group: number, seat: number, byFailover: boolean): void {
    const w = this.world;
    const { groups } = this.model;
    const old = w.connected[group]!;
    const share = lostSessions(this.world, group, old, seat);
    if (old !== seat) {
      w.set(w.connectedAt + group, seat);
      if (byFailover && groups.race[group]! >= 0) w.set(w.failedOverAt + old, 1);
      this.abandonRemediation(old);
      this.abandonManual(old);
    }
    // Also where the traffic stays: a standby may have been promoted before its turn came to nothing.
    giveRole(this.world, group, seat);
    remedied(this.world, old, byFailover);
    this.abandonRemediation(seat);
    this.abandonManual(seat);
    // Who serves needs no copy of the state any more.
    w.set(w.syncedAt + seat, 1);
    if (w.open[seat] === 1) {
      abandonTrack(w, this.model.seats.recovery[seat]!);
      stopWatching(this.world, seat);
      closeCase(this.world, seat);
    }
    if (w.rival[group] === seat + 1) endSplit(w, group);
    noteGray(w, seat);
    if (share > 0) {
      w.observer.sessionsLost(w.now, group, share);
      w.setReal(w.reattachShareAt + group, share);
      w.set(w.reattachingAt + group, 1);
      w.startClock(groups.reattachSlot[group]!, groups.reattachLaw[group]!, 0);
    }
    w.touchedGroups.add(group);
  }

  startSwitchBack(seat: number): void {
    const step = this.model.groups.switchBack[this.model.seats.group[seat]!]!;
    startTrack(this.world, this.hooks, this.model.seats.manual[seat]!, step);
  }

  /** The second detector has noticed the fault as well. */
  confirm(seat: number): void {
    this.world.set(this.world.confirmedAt + seat, 1);
    this.world.touchedGroups.add(this.model.seats.group[seat]!);
  }

  spoil(seat: number, reason: 'no-healthy-standby' | 'standby-latent' | 'control-unavailable' | 'switch-failed'): void {
    // Asked at every look at a group; hardly ever is anything under way.
    if (this.world.attempt[seat] === 1) spoilAttempt(this.world, seat, FAILOVER_REASONS.indexOf(reason));
  }

  /** A need of the member's own group is there. */
  groupNeed(seat: number, need: number): boolean {
    const w = this.world;
    const { seats, groups } = this.model;
    const group = seats.group[seat]!;
    if (need === NEED.standby) return this.scheme(group).heir(w, group, seat) >= 0;
    if (need === NEED['guest-agent']) return hasAgent(w, seat);
    if (need === NEED.registration) return isRegistered(w, seat);
    if (need === NEED.confirmed) return w.confirmed[seat] === 1;
    if (need === NEED.replication) {
      const link = groups.replication[group]!;
      return link < 0 || w.served[link] === 1;
    }
    // A peer: the serving member for one that catches up, any other member for a detector.
    for (let other = groups.seatStart[group]!; other < groups.seatStart[group + 1]!; other++) {
      if (other !== seat && w.down[other] === 0) return true;
    }
    return false;
  }

  /** The users of the group have re-attached. */
  reattached(group: number): void {
    const w = this.world;
    w.set(w.reattachingAt + group, 0);
    w.setReal(w.reattachShareAt + group, 0);
    w.touchedGroups.add(group);
  }

  scheme(group: number): Scheme {
    return this.world.schemes[group]!;
  }
}
