import { type CompiledModel, isOfSeat, ON_FAILURE, TRACK } from '../compile/model.ts';
import { EFFECTS, type Effect } from '../model/flow.ts';
import { closeCase, MARK, spoilAttempt } from './cases.ts';
import { lives } from './impairment.ts';
import { buildInstance, canServe, removeInstance, restartLayers } from './instances.ts';
import { deleteAside, takePlace } from './left-behind.ts';
import { misdirect } from './localisation.ts';
import type { Members } from './members.ts';
import { deleteMember, shareOut } from './membership.ts';
import { leaveOrphan } from './orphans.ts';
import type { ProofTests } from './proof-tests.ts';
import { abandonTrack, type FlowHooks } from './runner.ts';
import { setAside } from './set-aside.ts';
import { restoreElement } from './signals.ts';
import { returnSpare, sendToRepair } from './spares.ts';
import { dismiss, healGray, replaceExpected, retire, startSplit } from './suspicion.ts';
import { Upgrades } from './upgrades.ts';
import { SUSPECT, type World } from './world.ts';

/** What the words of a flow mean: its effects, marks, needs and failures. A new mechanism is an entry of the table. */
export class FlowEffects implements FlowHooks {
  private readonly world: World;
  private readonly model: CompiledModel;
  private readonly members: Members;
  readonly upgrades: Upgrades;
  private readonly proofTests: ProofTests;
  private readonly effects: readonly ((track: number) => boolean)[];

  constructor(world: World, members: Members, proofTests: ProofTests) {
    this.world = world;
    this.model = world.model;
    this.members = members;
    this.upgrades = new Upgrades(world, this, members);
    this.proofTests = proofTests;
    const table: Record<Effect, (track: number) => boolean> = {
      none: () => false,
      promote: (track) => this.promote(this.owner(track)),
      connect: (track) => this.takeOver(this.owner(track)),
      'connect-by-hand': (track) => this.handsDone(track),
      'rebuild-by-hand': (track) => this.rebuildByHand(track),
      terminate: (track) => this.terminate(this.owner(track)),
      instantiate: (track) => this.instantiate(this.owner(track)),
      available: (track) => this.makeAvailable(this.owner(track)),
      sync: (track) => this.completeSync(track),
      restore: (track) => this.completeRestore(track),
      evict: (track) => this.evict(this.owner(track)),
      join: (track) => this.join(this.owner(track)),
      revert: (track) => this.revert(this.owner(track)),
      fence: (track) => this.fence(this.owner(track)),
      misdirect: (track) => misdirect(this.world, this.members, this.owner(track)),
      'hand-over': (track) => this.handOver(track),
      'send-to-repair': (track) => sendToRepair(this.world, this, this.owner(track)),
      'return-spare': (track) => returnSpare(this.world, track),
      restart: (track) => this.restart(this.owner(track)),
      orphan: (track) => leaveOrphan(this.world, this.owner(track)),
      campaign: (track) => this.campaignStep(track),
      'share-out': (track) => this.shareOut(this.owner(track)),
      withdraw: (track) => this.withdraw(this.owner(track)),
      relocate: (track) => this.relocate(this.owner(track)),
      'set-aside': (track) => this.setAside(this.owner(track)),
      delete: (track) => this.delete(this.owner(track)),
    };
    this.effects = EFFECTS.map((effect) => table[effect]);
  }

  groupNeed(seat: number, need: number): boolean {
    return this.members.groupNeed(seat, need);
  }

  isRemedied(element: number): boolean {
    const w = this.world;
    if (w.unremedied[element] === 0) return true;
    const { seats, modes } = this.model;
    for (let seat = 0; seat < seats.count; seat++) {
      const root = w.caseRoot[seat]! - 1;
      if (w.serving[seat] === 0 || root < 0 || modes.element[root] !== element) continue;
      // Where nobody can take over, the repair is what the service waits for.
      if (this.members.scheme(seats.group[seat]!).heir(w, seats.group[seat]!, seat) >= 0) return false;
    }
    return true;
  }

  versionFits(element: number): boolean {
    return this.upgrades.versionFits(element);
  }

  isTested(element: number): boolean {
    return this.proofTests.looksAt(element);
  }

  campaignNeed(campaign: number, need: number): boolean {
    return this.upgrades.hasNeed(campaign, need);
  }

  campaignHolds(campaign: number, condition: number): boolean {
    return this.upgrades.holds(campaign, condition);
  }

  makeWay(seat: number): void {
    const { seats, groups } = this.model;
    // Only where the flow never deleted the failed instance.
    if (this.world.lost[seat] === 1 && groups.inPlace[seats.group[seat]!] === 0) this.terminate(seat);
  }

  effect(track: number, effect: number): boolean {
    const ended = this.effects[effect]!(track);
    if (this.isOfSeat(track)) this.world.touchedGroups.add(this.model.seats.group[this.owner(track)]!);
    return ended;
  }

  mark(track: number, mark: number): void {
    const w = this.world;
    const owner = this.owner(track);
    // Units in the repair shop have no name of their own.
    const kind = this.model.tracks.kind[track];
    if (kind === TRACK.shop || kind === TRACK.upgrade) return;
    if (!this.isOfSeat(track)) w.observer.elementMarked(w.now, owner, mark);
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
    if (reason >= 0) spoilAttempt(this.world, owner, reason);
    this.members.scheme(this.model.seats.group[owner]!).failoverFailed(w, this.members, owner);
    w.touchedGroups.add(this.model.seats.group[owner]!);
    return false;
  }

  diverted(track: number, step: number): void {
    const reason = this.model.steps.reason[step]!;
    if (reason >= 0 && this.isOfSeat(track)) spoilAttempt(this.world, this.owner(track), reason);
  }

  private campaignStep(track: number): boolean {
    this.upgrades.act(this.owner(track), this.model.steps.act[this.world.trackStep[track]! - 1]!);
    return false;
  }

  private relocate(seat: number): boolean {
    this.upgrades.relocate(seat);
    return false;
  }

  private promote(seat: number): boolean {
    const w = this.world;
    this.members.scheme(this.model.seats.group[seat]!).promote(w, this.members, seat);
    startSplit(w, seat);
    return false;
  }

  private fence(seat: number): boolean {
    const w = this.world;
    if (w.open[seat] === 1 && lives(w, seat)) retire(w, seat);
    return false;
  }

  private handOver(track: number): boolean {
    const w = this.world;
    const seat = this.owner(track);
    const group = this.model.seats.group[seat]!;
    const scheme = this.members.scheme(group);
    if (scheme.heir(w, group, seat) < 0) return true;
    // What the switchover costs beyond its own time has the same root.
    if (w.plannedRoot[group] !== 0) w.set(w.lastRootAt + group, w.plannedRoot[group]!);
    // So has what the member is missed for, in good health, until the change proper takes it down.
    if (w.open[seat] === 0) {
      w.set(w.caseRootAt + seat, w.plannedRoot[group]!);
      w.setReal(w.caseSinceAt + seat, w.now);
    }
    scheme.handOver(w, this.members, seat);
    w.observer.switchedOver(w.now, group);
    if (w.suspect[seat] === SUSPECT.predicted) replaceExpected(w, seat);
    return true;
  }

  private takeOver(seat: number): boolean {
    this.members.scheme(this.model.seats.group[seat]!).takeOver(this.world, this.members, seat);
    return true;
  }

  private evict(seat: number): boolean {
    this.members.scheme(this.model.seats.group[seat]!).takeOver(this.world, this.members, seat);
    return false;
  }

  private join(seat: number): boolean {
    this.members.scheme(this.model.seats.group[seat]!).join(this.world, this.members, seat);
    return false;
  }

  private shareOut(seat: number): boolean {
    shareOut(this.world, this.members, seat);
    return false;
  }

  private withdraw(seat: number): boolean {
    deleteMember(this.world, this.members, seat);
    return true;
  }

  private revert(seat: number): boolean {
    this.members.scheme(this.model.seats.group[seat]!).revert(this.world, this.members, seat);
    return false;
  }

  private handsDone(track: number): boolean {
    const w = this.world;
    const seat = this.owner(track);
    const group = this.model.seats.group[seat]!;
    const scheme = this.members.scheme(group);
    if (w.suspect[seat] === SUSPECT.alarm) {
      // Hands see that nothing is wrong.
      dismiss(w, seat);
      return true;
    }
    if (w.suspect[seat] === SUSPECT.gray && scheme.heir(w, group, seat) >= 0) retire(w, seat);
    scheme.handsDone(w, this.members, seat);
    return w.trackStep[track] === 0;
  }

  private rebuildByHand(track: number): boolean {
    const w = this.world;
    const seat = this.owner(track);
    const host = w.seatHost[seat]! - 1;
    if (host >= 0 && w.served[host] !== 1) return false;
    if (host < 0 && !takePlace(w, seat)) return false;
    abandonTrack(w, this.model.seats.recovery[seat]!);
    this.makeAvailable(seat);
    // Who was up before hands came does not rise; what was to bring it up to date has just been given up all the same.
    const isBehind = w.down[seat] === 0 && w.open[seat] === 1;
    if (isBehind && !this.members.isRecovering(seat)) this.members.startResync(seat);
    return false;
  }

  private terminate(seat: number): boolean {
    const w = this.world;
    removeInstance(this.world, seat);
    // From here on a fault on the seat's node is one of the node it is being rebuilt on.
    w.set(w.lostAt + seat, 2);
    return false;
  }

  private setAside(seat: number): boolean {
    setAside(this.world, seat);
    return false;
  }

  private delete(seat: number): boolean {
    deleteAside(this.world, seat);
    return false;
  }

  private instantiate(seat: number): boolean {
    buildInstance(this.world, seat);
    return false;
  }

  private makeAvailable(seat: number): boolean {
    const w = this.world;
    if (w.lost[seat] !== 0) buildInstance(w, seat);
    w.set(w.readyAt + seat, 1);
    if (w.down[seat] === 1 && canServe(this.world, seat)) this.members.rise(seat);
    return false;
  }

  /** A command has restarted what failed inside the instance; without any instance it comes to nothing. */
  private restart(seat: number): boolean {
    const w = this.world;
    if (!restartLayers(w, seat)) return true;
    // A member that lived, and lost part of its load, is whole again.
    if (w.gray[seat] !== 0) healGray(w, seat);
    else if (w.down[seat] === 1 && canServe(w, seat)) this.members.rise(seat);
    return false;
  }

  private completeSync(track: number): boolean {
    const w = this.world;
    const seat = this.owner(track);
    if (w.ready[seat] === 0) this.makeAvailable(seat);
    if (w.trackStep[track] === 0) return true;
    if (w.down[seat] === 1 && !canServe(w, seat)) {
      // Built where nobody gets to it: somewhere else, then.
      w.set(w.lostAt + seat, 1);
      return true;
    }
    w.set(w.syncedAt + seat, 1);
    this.members.scheme(this.model.seats.group[seat]!).synchronised(w, this.members, seat);
    closeCase(this.world, seat);
    return false;
  }

  private completeRestore(track: number): boolean {
    const w = this.world;
    const element = this.owner(track);
    // The track is over before its element works again, so that nothing touched by that finds it still running.
    abandonTrack(w, track);
    const seat = this.model.elements.seat[element]!;
    const gray = seat < 0 ? -1 : w.gray[seat]! - 1;
    if (gray >= 0 && this.model.modes.element[gray] === element) healGray(w, seat);
    restoreElement(w, element, false);
    return true;
  }

  /** Runs for a member of a group, rather than for an element or in a repair shop. */
  private isOfSeat(track: number): boolean {
    return isOfSeat(this.model.tracks.kind[track]!);
  }

  private owner(track: number): number {
    return this.model.tracks.owner[track]!;
  }
}
