import { type CompiledModel, NEED, ON_FAILURE, TRACK } from '../compile/model.ts';
import { EFFECTS, type Effect, FAILOVER_REASONS, MARKS } from '../model/flow.ts';
import type { Actions, Scheme } from '../redundancy/scheme.ts';
import { SCHEMES } from '../redundancy/schemes.ts';
import { blockingGate } from './blame.ts';
import type { Clocks } from './clocks.ts';
import type { Observer } from './observer.ts';
import { freeSlot, putSeat, takeSlot } from './placement.ts';
import { abandonTrack, type FlowHooks, fireTrack, recheckTrack, serveQueue, startTrack } from './runner.ts';
import { blameChanged, failElement, removeElement, restoreElement, signalChanged, updatePace } from './signals.ts';
import { World } from './world.ts';

const MARK = Object.fromEntries(MARKS.map((mark, index) => [mark, index])) as Record<(typeof MARKS)[number], number>;
const OPEN_AT_END = FAILOVER_REASONS.indexOf('open-at-end');
const DEADLINE = FAILOVER_REASONS.indexOf('deadline');

/**
 * The transition code: a generalised semi-Markov process over the compiled model (`methods` §1). It says what a failure
 * or the end of a phase does to the state and draws nothing itself; drivers run it unchanged.
 */
export class CloudProcess implements Actions, FlowHooks {
  readonly world: World;
  private readonly model: CompiledModel;
  private readonly modeCount: number;
  private readonly effects: readonly ((track: number) => boolean)[];

  constructor(model: CompiledModel, clocks: Clocks, observer: Observer) {
    this.model = model;
    this.modeCount = model.modes.count;
    this.world = new World(model, clocks, observer);
    const table: Record<Effect, (track: number) => boolean> = {
      none: () => false,
      promote: (track) => this.promote(track),
      connect: (track) => this.connectHeir(track),
      'connect-by-hand': (track) => this.handsDone(track),
      'rebuild-by-hand': (track) => this.rebuildByHand(track),
      terminate: (track) => this.terminate(this.owner(track)),
      instantiate: (track) => this.instantiate(this.owner(track)),
      available: (track) => this.makeAvailable(this.owner(track)),
      sync: (track) => this.completeSync(track),
      restore: (track) => this.completeRestore(track),
    };
    this.effects = EFFECTS.map((effect) => table[effect]);
  }

  /** All up, synchronised, at their first places; every failure clock starts. A reset process equals a fresh one. */
  reset(): void {
    const w = this.world;
    const { elements, seats, groups, gates } = this.model;
    w.ints.fill(0);
    w.reals.fill(0);
    w.now = 0;
    w.served.fill(1);
    for (let gate = 0; gate < gates.count; gate++) {
      w.upInputs[gate] = gates.inputStart[gate + 1]! - gates.inputStart[gate]!;
    }
    for (let seat = 0; seat < seats.count; seat++) {
      w.ready[seat] = 1;
      w.synced[seat] = 1;
      if (seats.home[seat]! >= 0) putSeat(w, seat, seats.home[seat]!);
    }
    for (let group = 0; group < groups.count; group++) {
      w.connected[group] = groups.seatStart[group]!;
      w.active[groups.seatStart[group]!] = 1;
    }
    for (let element = 0; element < elements.count; element++) updatePace(w, element);
  }

  /** The clock in `slot` ran out at `now`: a failure strikes or a phase ends. */
  fire(slot: number, now: number): void {
    const w = this.world;
    w.now = now;
    const { tracks, slots, seats } = this.model;
    if (slot < this.modeCount) {
      this.strike(slot);
    } else {
      w.stopClock(slot);
      if (slot < tracks.firstSlot + tracks.count) fireTrack(w, this, slot - tracks.firstSlot);
      else if (slot < slots.report) this.notice(slots.detectorSeat[slot - slots.detector]!);
      else if (slot < slots.report + seats.count) this.noticeSeat(slot - slots.report, true);
      else this.reattached(slot - slots.reattach);
    }
    this.settle();
  }

  /** A failure strikes, and what brings the element back by itself begins. */
  private strike(mode: number): void {
    const w = this.world;
    const { modes, elements } = this.model;
    if (!failElement(w, mode) || modes.program[mode]! < 0) return;
    // Who falls with the element is known before its repair asks whether services suffer from it.
    this.comeToRest();
    // Unless it went with an instance that is given up.
    const element = modes.element[mode]!;
    if (w.failedMode[element] === mode + 1) startTrack(w, this, elements.track[element]!, modes.program[mode]!);
  }

  /** Something outside the model brings the element back at `now`, whatever its own repair is doing. */
  restore(element: number, now: number): void {
    const w = this.world;
    w.now = now;
    if (w.failedMode[element] === 0) return;
    const track = this.model.elements.track[element]!;
    if (track >= 0) abandonTrack(w, track);
    restoreElement(w, element, false);
    this.settle();
  }

  /** Closes the books at the end of a history: failovers still under way end undecided (SEM-25). */
  finish(now: number): void {
    const w = this.world;
    w.now = now;
    for (let seat = 0; seat < this.model.seats.count; seat++) {
      if (w.attempt[seat] === 0) continue;
      const reason = w.attempt[seat]! >= 2 ? w.attempt[seat]! - 2 : OPEN_AT_END;
      w.observer.failoverEnded(now, seat, reason, now - w.caseSince[seat]!);
      w.set(w.attemptAt + seat, 0);
    }
  }

  /** The state of this instant is final once more: whoever reads services looks again. */
  private settle(): void {
    const w = this.world;
    this.comeToRest();
    for (let service = w.touchedServices.takeSmallest(); service >= 0; service = w.touchedServices.takeSmallest()) {
      w.observer.serviceChanged(w.now, service);
    }
  }

  /** Lets everything touched by this event look again, until nothing changes. */
  private comeToRest(): void {
    const w = this.world;
    for (let round = 0; ; round++) {
      if (round > 100_000) throw new Error('the model does not come to rest at one instant');
      const group = w.touchedGroups.takeSmallest();
      if (group >= 0) {
        this.settleGroup(group);
        continue;
      }
      const track = w.touchedTracks.takeSmallest();
      if (track >= 0) {
        recheckTrack(w, this, track);
        const element = this.model.tracks.owner[track]!;
        if (w.served[element] !== 1) blameChanged(w, element);
        continue;
      }
      const queue = w.touchedQueues.takeSmallest();
      if (queue < 0) break;
      serveQueue(w, this, queue);
    }
  }

  private settleGroup(group: number): void {
    const w = this.world;
    const { groups, seats } = this.model;
    const first = groups.seatStart[group]!;
    const end = groups.seatStart[group + 1]!;
    const scheme = this.scheme(group);
    for (let seat = first; seat < end; seat++) if (w.down[seat] === 0 && !this.canServe(seat)) this.fall(seat);
    for (let seat = first; seat < end; seat++) if (w.down[seat] === 1 && this.canServe(seat)) this.rise(seat);
    for (let seat = first; seat < end; seat++) {
      // A replacement that fails in any way before it may serve is built again (SEM-29).
      if (w.built[seat] === 1 && w.ready[seat] === 0 && !this.works(seat)) w.set(w.lostAt + seat, 1);
      if (this.hasLostReplacement(seat)) this.abandonRecovery(seat);
      this.watch(seat);
    }
    this.followReplication(group);
    scheme.settle(w, this, group);
    if (w.down[w.connected[group]!] === 1) this.touchRepair(w.connected[group]!);
    for (let seat = first; seat < end; seat++) {
      recheckTrack(w, this, seats.remediation[seat]!);
      recheckTrack(w, this, seats.recovery[seat]!);
      recheckTrack(w, this, seats.manual[seat]!);
    }
    const signal = this.model.elements.count + group;
    const share = w.down[w.connected[group]!] === 1 ? 0 : w.reattaching[group] === 1 ? 1 - w.reattachShare[group]! : 1;
    if (share !== w.served[signal]) {
      w.setReal(w.servedAt + signal, share);
      signalChanged(w, signal);
    } else if (share < 1) blameChanged(w, signal);
    w.observer.groupChanged(w.now, group);
  }

  private canServe(seat: number): boolean {
    return this.world.ready[seat] === 1 && this.works(seat);
  }

  /** The innermost layer works, and with it all others. */
  private works(seat: number): boolean {
    const { seats } = this.model;
    return this.world.served[seats.layer[seats.layerStart[seat + 1]! - 1]!] === 1;
  }

  /** A member that could serve cannot any more. */
  private fall(seat: number): void {
    const w = this.world;
    const { seats, groups, modes } = this.model;
    const group = seats.group[seat]!;
    const scheme = this.scheme(group);
    const wasConnected = w.connected[group] === seat;
    const exposed = scheme.heir(w, group) < 0;
    w.set(w.downAt + seat, 1);
    if (groups.peerState[group] === 1) w.set(w.syncedAt + seat, 0);
    if (w.open[seat] === 1) {
      // Struck again before its case was over: whoever was rebuilding it starts again.
      this.abandonRecovery(seat);
      return;
    }
    // A standby that was only catching up when it fell.
    abandonTrack(w, seats.recovery[seat]!);
    const root = this.rootOf(seat);
    w.set(w.openAt + seat, 1);
    w.set(w.stateLostAt + seat, 0);
    w.set(w.builtAt + seat, 0);
    w.set(w.servingAt + seat, wasConnected ? 1 : 0);
    w.set(w.caseRootAt + seat, root + 1);
    w.setReal(w.caseSinceAt + seat, w.now);
    if (wasConnected) {
      w.set(w.lastRootAt + group, root + 1);
      if (root >= 0) w.set(w.unremediedAt + modes.element[root]!, w.unremedied[modes.element[root]!]! + 1);
    }
    w.observer.memberFailed(w.now, seat, wasConnected);
    w.observer.marked(w.now, seat, MARK.failed);
    const coverage = wasConnected
      ? exposed
        ? groups.coverageExposed[group]!
        : groups.coverage[group]!
      : groups.standbyCoverage[group]!;
    const covered = coverage >= 1 || w.clocks.choose(coverage, seats.coverageStream[seat]!);
    w.set(w.coveredAt + seat, covered ? 1 : 0);
    scheme.fell(w, this, seat);
  }

  /** A member can serve again: rebuilt, or back by itself. */
  private rise(seat: number): void {
    const w = this.world;
    w.set(w.downAt + seat, 0);
    this.scheme(this.model.seats.group[seat]!).rose(w, this, seat);
  }

  /** Root failure mode of what keeps the seat from serving, −1 if nothing is known. */
  private rootOf(seat: number): number {
    const w = this.world;
    const { seats } = this.model;
    for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) {
      const layer = seats.layer[i]!;
      if (w.served[layer] !== 1) return w.root[layer]! - 1;
    }
    return -1;
  }

  /** The replacement instance, or the node it was being built on, failed. */
  private hasLostReplacement(seat: number): boolean {
    const w = this.world;
    const { seats, groups } = this.model;
    if (w.trackStep[seats.recovery[seat]!] === 0) return false;
    if (w.built[seat] === 1) return w.lost[seat] === 1;
    const host = w.seatHost[seat]! - 1;
    if (host < 0 || groups.inPlace[seats.group[seat]!] === 1) return false;
    return w.lost[seat] === 2 && w.served[host] !== 1;
  }

  /** Detectors look at an open case as far as they can see; users report what nobody sees (SEM-17, 19, 19b, 19d). */
  private watch(seat: number): void {
    const w = this.world;
    if (w.open[seat] === 0 || w.known[seat] === 1) return;
    const { seats, groups } = this.model;
    const group = seats.group[seat]!;
    const slot = seats.detectorSlot[seat]!;
    let seen = false;
    if (w.covered[seat] === 1) {
      if (w.serving[seat] === 0 && groups.standbyLaw[group]! >= 0) {
        const { standbyNeed, standbyNeedStart } = groups;
        const sees = this.sees(seat, standbyNeed, standbyNeedStart[group]!, standbyNeedStart[group + 1]!);
        this.look(seat, slot, groups.standbyLaw[group]!, sees);
        seen = true;
      } else {
        const { detectorNeed, detectorNeedStart } = groups;
        for (let i = groups.detectorStart[group]!; i < groups.detectorStart[group + 1]!; i++) {
          const sees = this.sees(seat, detectorNeed, detectorNeedStart[i]!, detectorNeedStart[i + 1]!);
          this.look(seat, slot + i - groups.detectorStart[group]!, groups.detectorLaw[i]!, sees);
          seen ||= sees;
        }
      }
    }
    const report = seats.reportSlot[seat]!;
    const unseen = w.covered[seat] === 0 || (w.serving[seat] === 1 && !seen);
    if (unseen && w.known[seat] === 0 && !w.isRunning(report)) {
      w.startClock(report, w.serving[seat] === 1 ? groups.uncoveredLaw[group]! : groups.auditLaw[group]!, 0);
    }
  }

  /** A detector that sees the fault runs; one that does not is blind until it does (SEM-19b). */
  private look(seat: number, slot: number, law: number, sees: boolean): void {
    const w = this.world;
    if (!sees) w.stopClock(slot);
    else if (w.known[seat] === 0 && !w.isRunning(slot)) {
      const fixed = this.model.laws[law]!;
      if (fixed.kind === 'deterministic' && fixed.value === 0) this.notice(seat);
      else w.startClock(slot, law, 0);
    }
  }

  /** All of the needs `[first, end)` are there. */
  private sees(seat: number, needs: Int32Array, first: number, end: number): boolean {
    for (let i = first; i < end; i++) {
      const need = needs[i]!;
      if (need >= 0 ? this.world.served[need] !== 1 : !this.groupNeed(seat, need)) return false;
    }
    return true;
  }

  /** Standbys are stale while the replication link is down and catch up when it is back. */
  private followReplication(group: number): void {
    const w = this.world;
    const { groups, seats } = this.model;
    const link = groups.replication[group]!;
    if (link < 0) return;
    for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
      if (w.connected[group] === seat || w.down[seat] === 1) continue;
      if (w.served[link] !== 1) w.set(w.syncedAt + seat, 0);
      else if (w.synced[seat] === 0 && w.trackStep[seats.recovery[seat]!] === 0) this.startResync(seat);
    }
  }

  // ---- Actions of the schemes -------------------------------------------------------------------------------------

  notice(seat: number): void {
    this.noticeSeat(seat, false);
  }

  private noticeSeat(seat: number, reported: boolean): void {
    const w = this.world;
    if (w.known[seat] === 1 || w.open[seat] === 0) return;
    const group = this.model.seats.group[seat]!;
    w.set(w.knownAt + seat, 1);
    this.stopWatching(seat);
    w.observer.marked(w.now, seat, MARK.detected);
    const redundant = this.model.groups.seatStart[group + 1]! - this.model.groups.seatStart[group]! > 1;
    if (w.serving[seat] === 1 && redundant && !reported) w.set(w.attemptAt + seat, 1);
    w.set(w.coveredAt + seat, 0);
    w.touchedGroups.add(group);
    this.scheme(group).noticed(w, this, seat, reported);
  }

  startRemediation(seat: number): void {
    const group = this.model.seats.group[seat]!;
    const step = this.model.groups.remediation[group]!;
    if (step >= 0) startTrack(this.world, this, this.model.seats.remediation[seat]!, step);
  }

  startManual(seat: number, afterEscalation: boolean): void {
    const { groups, seats } = this.model;
    const group = seats.group[seat]!;
    const step = afterEscalation ? groups.escalation[group]! : groups.manual[group]!;
    if (step >= 0) startTrack(this.world, this, seats.manual[seat]!, step);
  }

  startRecovery(seat: number): void {
    const w = this.world;
    const step = this.model.groups.recovery[this.model.seats.group[seat]!]!;
    w.set(w.builtAt + seat, 0);
    if (step >= 0) startTrack(w, this, this.model.seats.recovery[seat]!, step);
  }

  startResync(seat: number): void {
    const w = this.world;
    const step = this.model.groups.resync[this.model.seats.group[seat]!]!;
    this.stopWatching(seat);
    w.set(w.lostAt + seat, 0);
    if (step >= 0 && w.synced[seat] === 0) {
      if (w.open[seat] === 1) w.set(w.knownAt + seat, 1);
      w.set(w.builtAt + seat, 1);
      startTrack(w, this, this.model.seats.recovery[seat]!, step);
    } else {
      w.set(w.syncedAt + seat, 1);
      this.closeCase(seat);
    }
  }

  abandonRemediation(seat: number): void {
    abandonTrack(this.world, this.model.seats.remediation[seat]!);
  }

  abandonManual(seat: number): void {
    abandonTrack(this.world, this.model.seats.manual[seat]!);
  }

  /** The replacement under way is given up; its slot is free again unless the member has its own node. */
  abandonRecovery(seat: number): void {
    const w = this.world;
    abandonTrack(w, this.model.seats.recovery[seat]!);
    if (w.down[seat] === 1) w.set(w.knownAt + seat, 1);
    if (w.lost[seat] !== 0) this.removeInstance(seat);
    w.set(w.builtAt + seat, 0);
  }

  connect(group: number, seat: number, byFailover: boolean): void {
    const w = this.world;
    const { groups } = this.model;
    const old = w.connected[group]!;
    const share = this.lostSessions(group, old, seat);
    if (old !== seat) {
      w.set(w.connectedAt + group, seat);
      this.abandonRemediation(old);
      this.abandonManual(old);
    }
    // Also where the traffic stays: a standby may have been promoted before its turn came to nothing.
    this.giveRole(group, seat);
    this.remedied(old, byFailover);
    this.abandonRemediation(seat);
    this.abandonManual(seat);
    // Who serves needs no copy of the state any more.
    w.set(w.syncedAt + seat, 1);
    if (w.open[seat] === 1) {
      abandonTrack(w, this.model.seats.recovery[seat]!);
      this.stopWatching(seat);
      this.closeCase(seat);
    }
    if (share > 0) {
      w.observer.sessionsLost(w.now, group, share);
      w.setReal(w.reattachShareAt + group, share);
      w.set(w.reattachingAt + group, 1);
      w.startClock(groups.reattachSlot[group]!, groups.reattachLaw[group]!, 0);
    }
    w.touchedGroups.add(group);
  }

  spoil(seat: number, reason: 'no-healthy-standby' | 'standby-latent' | 'control-unavailable' | 'switch-failed'): void {
    this.spoilAttempt(seat, FAILOVER_REASONS.indexOf(reason));
  }

  isRemediating(seat: number): boolean {
    return this.world.trackStep[this.model.seats.remediation[seat]!] !== 0;
  }

  isRecovering(seat: number): boolean {
    return this.world.trackStep[this.model.seats.recovery[seat]!] !== 0;
  }

  manualStage(seat: number): 0 | 1 | 2 {
    const step = this.world.trackStep[this.model.seats.manual[seat]!]! - 1;
    if (step < 0) return 0;
    return this.model.steps.last[step] === 1 ? 2 : 1;
  }

  waitsForControl(group: number): boolean {
    const { groups, seats } = this.model;
    for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
      if (blockingGate(this.world, seats.remediation[seat]!) >= 0) return true;
      if (blockingGate(this.world, seats.recovery[seat]!) >= 0) return true;
    }
    return false;
  }

  // ---- Hooks of the runner ----------------------------------------------------------------------------------------

  groupNeed(seat: number, need: number): boolean {
    const w = this.world;
    const { seats, groups } = this.model;
    const group = seats.group[seat]!;
    if (need === NEED.standby) return this.scheme(group).heir(w, group) >= 0;
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

  isRemedied(element: number): boolean {
    const w = this.world;
    if (w.unremedied[element] === 0) return true;
    const { seats, modes } = this.model;
    for (let seat = 0; seat < seats.count; seat++) {
      const root = w.caseRoot[seat]! - 1;
      if (w.serving[seat] === 0 || root < 0 || modes.element[root] !== element) continue;
      // Where nobody can take over, the repair is what the service waits for.
      if (this.scheme(seats.group[seat]!).heir(w, seats.group[seat]!) >= 0) return false;
    }
    return true;
  }

  makeWay(seat: number): void {
    const { seats, groups } = this.model;
    // Only where the flow never deleted the failed instance.
    if (this.world.lost[seat] === 1 && groups.inPlace[seats.group[seat]!] === 0) this.terminate(seat);
  }

  effect(track: number, effect: number): boolean {
    const ended = this.effects[effect]!(track);
    const { tracks, seats } = this.model;
    if (tracks.kind[track] !== TRACK.restore) this.world.touchedGroups.add(seats.group[tracks.owner[track]!]!);
    return ended;
  }

  mark(track: number, mark: number): void {
    const w = this.world;
    const owner = this.owner(track);
    if (this.model.tracks.kind[track] === TRACK.restore) w.observer.elementMarked(w.now, owner, mark);
    else if (mark !== MARK.restored && mark !== MARK.redundant) w.observer.marked(w.now, owner, mark);
  }

  failed(track: number, step: number, onFailure: number): boolean {
    const w = this.world;
    const owner = this.owner(track);
    const reason = this.model.steps.reason[step]!;
    if (onFailure === ON_FAILURE.noFaultFound) {
      abandonTrack(w, track);
      w.observer.elementMarked(w.now, owner, MARK.repooled);
      restoreElement(w, owner, false);
      return false;
    }
    if (onFailure === ON_FAILURE.loseState) {
      w.set(w.stateLostAt + owner, 1);
      return true;
    }
    if (reason >= 0) this.spoilAttempt(owner, reason);
    this.scheme(this.model.seats.group[owner]!).failoverFailed(w, this, owner);
    w.touchedGroups.add(this.model.seats.group[owner]!);
    return false;
  }

  // ---- Effects ----------------------------------------------------------------------------------------------------

  private promote(track: number): boolean {
    const w = this.world;
    const group = this.model.seats.group[this.owner(track)]!;
    this.giveRole(group, this.scheme(group).heir(w, group));
    return false;
  }

  private connectHeir(track: number): boolean {
    const group = this.model.seats.group[this.owner(track)]!;
    const heir = this.scheme(group).heir(this.world, group);
    if (heir >= 0) this.connect(group, heir, true);
    return true;
  }

  private handsDone(track: number): boolean {
    const seat = this.owner(track);
    this.scheme(this.model.seats.group[seat]!).handsDone(this.world, this, seat);
    return this.world.trackStep[track] === 0;
  }

  private rebuildByHand(track: number): boolean {
    const w = this.world;
    const seat = this.owner(track);
    const host = w.seatHost[seat]! - 1;
    if (host >= 0 && w.served[host] !== 1) return false;
    if (host < 0 && !takeSlot(w, seat)) return false;
    abandonTrack(w, this.model.seats.recovery[seat]!);
    this.makeAvailable(seat);
    return false;
  }

  private terminate(seat: number): boolean {
    const w = this.world;
    this.removeInstance(seat);
    // From here on a fault on the seat's node is one of the node it is being rebuilt on.
    w.set(w.lostAt + seat, 2);
    return false;
  }

  private instantiate(seat: number): boolean {
    const w = this.world;
    const { seats } = this.model;
    this.abandonLayerTracks(seat);
    w.set(w.lostAt + seat, 0);
    w.set(w.builtAt + seat, 1);
    for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) {
      restoreElement(w, seats.layer[i]!, true);
    }
    return false;
  }

  private makeAvailable(seat: number): boolean {
    const w = this.world;
    if (w.lost[seat] !== 0) this.instantiate(seat);
    w.set(w.readyAt + seat, 1);
    if (w.down[seat] === 1 && this.canServe(seat)) this.rise(seat);
    return false;
  }

  private completeSync(track: number): boolean {
    const w = this.world;
    const seat = this.owner(track);
    if (w.ready[seat] === 0) this.makeAvailable(seat);
    if (w.trackStep[track] === 0) return true;
    w.set(w.syncedAt + seat, 1);
    this.closeCase(seat);
    return false;
  }

  private completeRestore(track: number): boolean {
    const w = this.world;
    const element = this.owner(track);
    // The track is over before its element works again, so that nothing touched by that finds it still running.
    abandonTrack(w, track);
    restoreElement(w, element, false);
    return true;
  }

  // ---- Bookkeeping ------------------------------------------------------------------------------------------------

  private closeCase(seat: number): void {
    const w = this.world;
    if (w.open[seat] === 0) return;
    w.set(w.openAt + seat, 0);
    w.set(w.knownAt + seat, 0);
    w.set(w.coveredAt + seat, 0);
    w.set(w.lostAt + seat, 0);
    w.set(w.builtAt + seat, 0);
    w.set(w.stateLostAt + seat, 0);
    w.observer.marked(w.now, seat, MARK.redundant);
    w.observer.caseClosed(w.now, seat);
    w.touchedGroups.add(this.model.seats.group[seat]!);
  }

  /** The service no longer suffers from the fault of `seat`. */
  private remedied(seat: number, byFailover: boolean): void {
    const w = this.world;
    if (w.serving[seat] === 0) return;
    w.set(w.servingAt + seat, 0);
    w.observer.marked(w.now, seat, MARK.restored);
    const root = w.caseRoot[seat]! - 1;
    if (root >= 0) {
      const element = this.model.modes.element[root]!;
      w.set(w.unremediedAt + element, w.unremedied[element]! - 1);
      this.touchRepair(seat);
    }
    const attempt = w.attempt[seat]!;
    if (attempt === 0) return;
    w.set(w.attemptAt + seat, 0);
    const elapsed = w.now - w.caseSince[seat]!;
    const deadline = this.model.groups.failoverDeadline[this.model.seats.group[seat]!]!;
    if (byFailover && elapsed <= deadline) w.observer.failoverEnded(w.now, seat, -1, elapsed);
    else if (attempt >= 2) w.observer.failoverEnded(w.now, seat, attempt - 2, elapsed);
    else if (byFailover) w.observer.failoverEnded(w.now, seat, DEADLINE, elapsed);
    // Else the member came back by itself before anything was switched: not an attempt (SEM-25).
  }

  /** What repairs the root of the seat's fault looks again whether it may start. */
  private touchRepair(seat: number): void {
    const w = this.world;
    const root = w.caseRoot[seat]! - 1;
    const track = root < 0 ? -1 : this.model.elements.track[this.model.modes.element[root]!]!;
    if (track >= 0) w.touchedTracks.add(track);
  }

  private spoilAttempt(seat: number, reason: number): void {
    const w = this.world;
    if (w.attempt[seat] === 1) w.set(w.attemptAt + seat, reason + 2);
  }

  private stopWatching(seat: number): void {
    const w = this.world;
    const { seats, groups } = this.model;
    const group = seats.group[seat]!;
    const slot = seats.detectorSlot[seat]!;
    const detectors = Math.max(1, groups.detectorStart[group + 1]! - groups.detectorStart[group]!);
    for (let i = 0; i < detectors; i++) w.stopClock(slot + i);
    w.stopClock(seats.reportSlot[seat]!);
  }

  /** Share of the sessions that do not survive when `seat` serves after `old` did (SEM-07, A-02). */
  private lostSessions(group: number, old: number, seat: number): number {
    const w = this.world;
    const { groups } = this.model;
    if (groups.stateful[group] === 0) return 0;
    const store = groups.store[group]!;
    if (store !== -1) return store < -1 || w.served[store] === 1 ? 0 : 1;
    if (old === seat || w.stateLost[old] === 1) return 1;
    if (groups.peerState[group] === 1 && w.synced[seat] === 0) return 1;
    return groups.cleanLoss[group]!;
  }

  /** `active` alone has the active role of the group; −1: nobody has. */
  private giveRole(group: number, active: number): void {
    const w = this.world;
    const { seats, groups } = this.model;
    for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
      const role = seat === active ? 1 : 0;
      if (w.active[seat] === role) continue;
      w.set(w.activeAt + seat, role);
      for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) updatePace(w, seats.layer[i]!);
    }
  }

  private reattached(group: number): void {
    const w = this.world;
    w.set(w.reattachingAt + group, 0);
    w.setReal(w.reattachShareAt + group, 0);
    w.touchedGroups.add(group);
  }

  /** Nothing of the instance is left, and its slot is free unless the member has its own node. */
  private removeInstance(seat: number): void {
    const w = this.world;
    const { seats, groups } = this.model;
    this.abandonLayerTracks(seat);
    for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) {
      removeElement(w, seats.layer[i]!, w.caseRoot[seat]!);
    }
    if (groups.inPlace[seats.group[seat]!] === 0) freeSlot(w, seat);
  }

  private abandonLayerTracks(seat: number): void {
    const { seats, elements } = this.model;
    for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) {
      const track = elements.track[seats.layer[i]!]!;
      if (track >= 0) abandonTrack(this.world, track);
    }
  }

  private scheme(group: number): Scheme {
    return SCHEMES[this.model.groups.scheme[group]!]!;
  }

  private owner(track: number): number {
    return this.model.tracks.owner[track]!;
  }
}
