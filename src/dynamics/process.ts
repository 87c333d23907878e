import { type CompiledModel, MANIFESTATION, TRACK } from '../compile/model.ts';
import { isProofTest } from '../compile/proof-tests.ts';
import { unregisteredMode } from './agents.ts';
import { openBlindWindows } from './blind.ts';
import { endAttempts, MARK } from './cases.ts';
import type { Clocks } from './clocks.ts';
import { FlowEffects } from './effects.ts';
import { Members } from './members.ts';
import { addMember, deleteMember, scaleIn, scaleOut, withholdMembers } from './membership.ts';
import type { Observer } from './observer.ts';
import { cleanUp } from './orphans.ts';
import { clearRooms, putSeat } from './placement.ts';
import { ProofTests } from './proof-tests.ts';
import { abandonTrack, fireTrack, recheckTrack, serveQueue, startTrack } from './runner.ts';
import { Shocks } from './shocks.ts';
import { failElement, phaseChanged, restoreElement, updatePace } from './signals.ts';
import { expectFailure, raiseAlarm, resolveSplit, turnGray } from './suspicion.ts';
import { World } from './world.ts';

/**
 * The transition code: a generalised semi-Markov process over the compiled model (`methods` §1). It says what a failure
 * or the end of a phase does to the state and draws nothing itself; drivers run it unchanged.
 */
export class CloudProcess {
  readonly world: World;
  private readonly model: CompiledModel;
  private readonly members: Members;
  private readonly flows: FlowEffects;
  private readonly shocks: Shocks;
  private readonly proofTests: ProofTests;

  constructor(model: CompiledModel, clocks: Clocks, observer: Observer) {
    this.model = model;
    this.world = new World(model, clocks, observer);
    this.members = new Members(this.world);
    this.proofTests = new ProofTests(this.world);
    this.flows = new FlowEffects(this.world, this.members, this.proofTests);
    this.members.hooks = this.flows;
    this.shocks = new Shocks(this.world);
  }

  /** All up, synchronised, at their first places; every failure clock starts. A reset process equals a fresh one. */
  reset(): void {
    const w = this.world;
    const { elements, seats, groups, gates } = this.model;
    w.ints.fill(0);
    w.reals.fill(0);
    w.now = 0;
    w.served.fill(1);
    clearRooms(w);
    for (let gate = 0; gate < gates.count; gate++) {
      w.upInputs[gate] = gates.inputStart[gate + 1]! - gates.inputStart[gate]!;
    }
    for (let seat = 0; seat < seats.count; seat++) {
      w.ready[seat] = 1;
      w.synced[seat] = 1;
      if (seats.home[seat]! >= 0) putSeat(w, seat, seats.home[seat]!);
    }
    for (let group = 0; group < groups.count; group++) {
      this.members.scheme(group).begin(w, this.members, group);
    }
    for (let element = 0; element < elements.count; element++) updatePace(w, element);
    this.flows.upgrades.reset();
    if (w.absent.length === 0) return;
    for (let group = 0; group < groups.count; group++) if (groups.dormant[group]! > 0) withholdMembers(w, group);
    this.settle();
  }

  /** A member is added to the group as planned at `now`; false when none was withheld for it. */
  addMember(group: number, now: number): boolean {
    this.world.now = now;
    const added = addMember(this.world, group, (seat) => this.members.startRecovery(seat));
    this.settle();
    return added;
  }

  /** The member of the seat is deleted as planned at `now`. */
  deleteMember(seat: number, now: number): void {
    this.world.now = now;
    if (this.world.absent[seat] !== 1) deleteMember(this.world, this.members, seat);
    this.settle();
  }

  /** A scaling event of a hop begins at `now`; false when it has no member to gain or to spare. */
  scale(group: number, direction: 'out' | 'in', now: number): boolean {
    this.world.now = now;
    const begun = (direction === 'out' ? scaleOut : scaleIn)(this.world, this.flows, group);
    this.settle();
    return begun;
  }

  /** The clock in `slot` ran out at `now`: a failure strikes or a phase ends. */
  fire(slot: number, now: number): void {
    const w = this.world;
    w.now = now;
    const { tracks, slots, seats, upgrades } = this.model;
    if (slot < this.model.modes.count) {
      if (upgrades.count > 0 && upgrades.campaignOf[slot]! >= 0) this.flows.upgrades.begin(slot);
      else if (this.shocks.isShock(slot)) this.shock(slot);
      else if (isProofTest(this.model, slot)) this.proofTest(slot);
      else this.strike(slot);
    } else {
      w.stopClock(slot);
      if (slot < tracks.firstSlot + tracks.count) fireTrack(w, this.flows, slot - tracks.firstSlot);
      else if (slot < slots.report) this.detect(slot, slots.detectorSeat[slot - slots.detector]!);
      else if (slot < slots.report + seats.count) this.members.noticeSeat(slot - slots.report, true);
      else if (slot < slots.lead) this.members.reattached(slot - slots.reattach);
      else if (slot < slots.split) this.fail(slots.leadMode[slot - slots.lead]!);
      else if (slot < slots.cleanup) resolveSplit(w, this.members, slot - slots.split);
      else if (slot < slots.blind) cleanUp(w, slot - slots.cleanup);
      else this.windowOver(slot, slots.blindSeat[slot - slots.blind]!);
    }
    this.settle();
  }

  /** A detector finds the instance, its agent is installed, or somebody has been told. */
  private windowOver(slot: number, seat: number): void {
    const w = this.world;
    const { seats, groups, elements, modes, tracks } = this.model;
    const group = seats.group[seat]!;
    const window = slot - seats.blindSlot[seat]!;
    w.touchedGroups.add(group);
    if (window === groups.messageBlind[group]) w.observer.marked(w.now, seat, MARK.notified);
    if (window !== groups.agentBlind[group]) return;
    const unregistered = unregisteredMode(w, seat);
    if (unregistered < 0) return;
    const stream = tracks.outcomeStream[elements.track[modes.element[unregistered]!]!]!;
    if (!w.clocks.choose(groups.agentRegistered[group]!, stream)) this.fail(unregistered);
  }

  private detect(slot: number, seat: number): void {
    if (slot === this.model.seats.confirmSlot[seat]) this.members.confirm(seat);
    else this.members.notice(seat);
  }

  /** Something outside the model has started the instance in the seat's place at `now`, which nobody has found yet. */
  begin(seat: number, now: number): void {
    this.world.now = now;
    openBlindWindows(this.world, seat);
    this.world.touchedGroups.add(this.model.seats.group[seat]!);
    this.settle();
  }

  /** Something outside the model configures the detectors of the group anew at `now`, or as they were before. */
  reconfigure(group: number, anew: boolean, now: number): void {
    const w = this.world;
    w.now = now;
    w.set(w.reconfiguredAt + group, anew ? 1 : 0);
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

  /** Closes the books at the end of a history. */
  finish(now: number): void {
    this.world.now = now;
    endAttempts(this.world);
  }

  /** The clock of a failure mode ran out: what that means depends on how the mode shows. */
  private strike(mode: number): void {
    const w = this.world;
    const { modes, elements, slots } = this.model;
    const manifestation = modes.manifestation[mode]!;
    const seat = elements.seat[modes.element[mode]!]!;
    if (manifestation === MANIFESTATION.failStop) {
      const lead = modes.leadSlot[mode]!;
      // Streams: after those of slots and tracks come coverage and containment of the seats, then the predictions.
      const { tracks, seats } = this.model;
      const predictions = slots.count + tracks.count + 2 * seats.count;
      const stream = lead < 0 ? -1 : predictions + lead - slots.lead;
      if (lead < 0 || w.isRunning(lead) || !w.clocks.choose(modes.predicted[mode]!, stream) || seat < 0)
        this.fail(mode);
      else {
        w.clocks.renew(mode);
        if (expectFailure(w, seat, mode)) w.startClock(lead, modes.leadLaw[mode]!, 0);
        else this.fail(mode);
      }
      return;
    }
    w.clocks.renew(mode);
    if (manifestation === MANIFESTATION.falseAlarm) raiseAlarm(w, this.members, seat, mode);
    else if (manifestation === MANIFESTATION.falsePrediction) expectFailure(w, seat, mode);
    else if (turnGray(w, seat, mode) && modes.program[mode]! >= 0) {
      startTrack(w, this.flows, elements.track[modes.element[mode]!]!, modes.program[mode]!);
    }
  }

  /** A failure strikes, and what brings the element back by itself begins. */
  private fail(mode: number): void {
    const w = this.world;
    const { modes, elements } = this.model;
    if (!failElement(w, mode) || modes.program[mode]! < 0) return;
    // Who falls with the element is known before its repair asks whether services suffer from it.
    this.comeToRest();
    // Unless it went with an instance that is given up.
    const element = modes.element[mode]!;
    if (w.failedMode[element] === mode + 1) startTrack(w, this.flows, elements.track[element]!, modes.program[mode]!);
  }

  /** A shock occurs, and what brings its victims back begins. */
  private shock(mode: number): void {
    const { modes, elements, strikes } = this.model;
    const w = this.world;
    this.shocks.strike(mode);
    this.comeToRest();
    const first = strikes.victimStart[strikes.start[mode]!]!;
    const end = strikes.victimStart[strikes.start[mode + 1]!]!;
    for (let i = first; i < end; i++) {
      const victim = strikes.victim[i]!;
      const element = modes.element[victim]!;
      if (modes.program[victim]! < 0 || w.failedMode[element] !== victim + 1) continue;
      const track = elements.track[element]!;
      // A victim of an earlier occurrence is on its way back already.
      if (w.trackStep[track] === 0) startTrack(w, this.flows, track, modes.program[victim]!);
    }
  }

  /** A proof test finds what has failed unnoticed; what is put right at once works again when it is over. */
  private proofTest(mode: number): void {
    this.proofTests.begin(mode);
    this.comeToRest();
    this.proofTests.end(mode);
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
        this.members.settleGroup(group);
        continue;
      }
      const track = w.touchedTracks.takeSmallest();
      if (track >= 0) {
        if (this.model.tracks.kind[track] === TRACK.shop) {
          recheckTrack(w, this.flows, track);
          continue;
        }
        const element = this.model.tracks.owner[track]!;
        // What has gone with its instance is not restarted: the group builds it anew.
        if (w.failedMode[element]! > this.model.modes.count) abandonTrack(w, track);
        else recheckTrack(w, this.flows, track);
        if (w.served[element] !== 1) phaseChanged(w, element);
        continue;
      }
      const queue = w.touchedQueues.takeSmallest();
      if (queue >= 0) serveQueue(w, this.flows, queue);
      else if (this.model.upgrades.count === 0 || !this.flows.upgrades.look()) break;
    }
  }
}
