import { type CompiledModel, TRACK } from '../compile/model.ts';
import { NodeChoice } from '../compile/placement.ts';
import { RESOURCES } from '../model/resources.ts';
import type { Scheme } from '../redundancy/scheme.ts';
import { SCHEMES } from '../redundancy/schemes.ts';
import { wordsOf } from './bits.ts';
import type { Clocks } from './clocks.ts';
import type { Observer } from './observer.ts';
import { reachShare } from './reach.ts';
import { TouchedSet } from './touched-set.ts';

/** Status of a track. */
export const STATUS = { idle: 0, waiting: 1, retrying: 2, running: 3 } as const;

/**
 * Why a member that may be alive is dealt with: a false alarm, a gray fault, or a failure that is expected. The first
 * two go with an open case; gray faults may still be unnoticed.
 */
export const SUSPECT = { none: 0, alarm: 1, gray: 2, predicted: 3 } as const;

/** Where a dynamic column begins, and whether its values name rows (nodes, seats, steps) instead of saying how much or whether. */
export interface DynamicColumn {
  readonly start: number;
  readonly names: boolean;
}

/**
 * The whole state of a run in two typed arrays with named columns, written through `set` and `setReal` alone, so that a
 * driver can keep a journal and rewind. Columns come in three kinds, in this order: *dynamic* (what happens next depends
 * on them: the state of the process), *record* (attribution and statistics) and *links* (derived lists).
 */
export class World {
  readonly model: CompiledModel;
  readonly clocks: Clocks;
  readonly observer: Observer;
  /** Per group: who carries its traffic, and what is started when. */
  readonly schemes: readonly Scheme[];
  /** Something lies between some elements and the outside; without any, nobody asks. */
  readonly hasNetworks: boolean;
  /** Space for searches of networks; no state. */
  readonly scratch: { readonly joined: Uint8Array; readonly frontier: Int32Array };
  /** Simulated time, µs. */
  now = 0;

  readonly ints: Int32Array;
  readonly reals: Float64Array;
  /** Length of the dynamic columns of `ints`: two states that agree there behave alike. */
  readonly dynamicLength: number;
  /** Those columns, in their order; some have no numbers. */
  readonly dynamicColumns: readonly DynamicColumn[];

  // Dynamic columns. `xAt` is the offset of column x in `ints`.
  /** Per element: 0 works by itself, m+1 failed by mode m, M+1 gone with its host or with its instance. */
  readonly failedMode: Int32Array;
  readonly failedModeAt: number;
  /** Per element: 1 while what it runs on is down. */
  readonly hostDown: Int32Array;
  readonly hostDownAt: number;
  /** Per gate: inputs up (counting gates). */
  readonly upInputs: Int32Array;
  readonly upInputsAt: number;
  /** Per seat: node + 1, 0 none. */
  readonly seatHost: Int32Array;
  readonly seatHostAt: number;
  /** Per seat: the instance has been brought into service and not been lost since. */
  readonly ready: Int32Array;
  readonly readyAt: number;
  /** Per seat: the instance has to be replaced. */
  readonly lost: Int32Array;
  readonly lostAt: number;
  /** Per seat: the replacement instance runs (recovery is past `instantiate`). */
  readonly built: Int32Array;
  readonly builtAt: number;
  /** Per seat: cannot serve (as last settled). */
  readonly down: Int32Array;
  readonly downAt: number;
  /** Per seat: a fault is being managed. */
  readonly open: Int32Array;
  readonly openAt: number;
  /** Per seat: the fault has been noticed. */
  readonly known: Int32Array;
  readonly knownAt: number;
  /** Per seat: the fault is one that monitoring can notice. */
  readonly covered: Int32Array;
  readonly coveredAt: number;
  /** Per seat: its state copy is complete. */
  readonly synced: Int32Array;
  readonly syncedAt: number;
  /** Per seat: has the active role. */
  readonly active: Int32Array;
  readonly activeAt: number;
  /** Per seat: its takeover will have lost the state. */
  readonly stateLost: Int32Array;
  readonly stateLostAt: number;
  /** Per seat: the fault hit the serving member and is not remedied yet. */
  readonly serving: Int32Array;
  readonly servingAt: number;
  /** Per seat: it fell because nothing gets through to it, and has worked ever since. */
  readonly cutOff: Int32Array;
  readonly cutOffAt: number;
  /** Per seat: place it carries traffic in, from 1 (all 1 where members share the load evenly); 0 none. */
  readonly rotation: Int32Array;
  readonly rotationAt: number;
  /** Per seat: standby + 1 that is taking over from it; 0 none. */
  readonly claim: Int32Array;
  readonly claimAt: number;
  /** Per seat of a ring: member + 1 that carries the share that is the seat's own. */
  readonly carrier: Int32Array;
  readonly carrierAt: number;
  /** Per seat of a ring: where the sessions of its own share are (value of COPY). */
  readonly copy: Int32Array;
  readonly copyAt: number;
  /** Per seat: the second detector has noticed its fault. */
  readonly confirmed: Int32Array;
  readonly confirmedAt: number;
  /** Per seat: value of SUSPECT, why a living member is being dealt with as failed. */
  readonly suspect: Int32Array;
  readonly suspectAt: number;
  /** Per seat: gray failure mode + 1, 0 for a member that serves all its load. */
  readonly gray: Int32Array;
  readonly grayAt: number;
  /** Per seat: 1 while another member has taken over from it; kept where a race of two layers matters. */
  readonly failedOver: Int32Array;
  readonly failedOverAt: number;
  /** Per group: seat + 1 of a member that is still active besides the one that has taken over from it (SEM-21). */
  readonly rival: Int32Array;
  readonly rivalAt: number;
  /** Per group: seat the traffic leads to, where one member carries all of it. */
  readonly connected: Int32Array;
  readonly connectedAt: number;
  /** Per group: 1 while users re-attach. */
  readonly reattaching: Int32Array;
  readonly reattachingAt: number;
  /** Per group: 1 while its detectors are configured anew (B-96). */
  readonly reconfigured: Int32Array;
  readonly reconfiguredAt: number;
  /** Per track: step + 1, 0 idle. */
  readonly trackStep: Int32Array;
  readonly trackStepAt: number;
  /** Per seat: how many of its tracks have a step; most have none, and nothing more is asked about them. */
  readonly underway: Int32Array;
  readonly underwayAt: number;
  readonly trackStatus: Int32Array;
  readonly trackStatusAt: number;
  /** Per track: place in the queue it waits in, from 1; 0 not queueing. */
  readonly queuePlace: Int32Array;
  readonly queuePlaceAt: number;
  /** Per queue: waiting tracks, and crews at work. */
  readonly queueLength: Int32Array;
  readonly queueLengthAt: number;
  readonly crewsBusy: Int32Array;
  readonly crewsBusyAt: number;
  /** Per element: instance slots in use. */
  readonly slotsUsed: Int32Array;
  readonly slotsUsedAt: number;
  /** Per element and resource: what instances with a flavour take; empty without flavours. */
  readonly resourcesUsed: Int32Array;
  readonly resourcesUsedAt: number;
  /** Per node that may have orphans: slots they take. */
  readonly orphaned: Int32Array;
  readonly orphanedAt: number;
  /** Per target of a campaign: 0 pending, 1 in the batch under way, 2 done. */
  readonly upgradeStage: Int32Array;
  readonly upgradeStageAt: number;
  /** Per campaign: seat + 1 it deals with. */
  readonly upgradeGuest: Int32Array;
  readonly upgradeGuestAt: number;
  /** Per campaign and seat: dealt with in this batch. */
  readonly handled: Int32Array;
  readonly handledAt: number;
  /** Per seat: node + 1 it has been promised a place on. Empty without campaigns. */
  readonly moveTo: Int32Array;
  readonly moveToAt: number;
  /** Per element: value of CORDON. Empty without campaigns. */
  readonly cordon: Int32Array;
  readonly cordonAt: number;
  /** The same per node and resource, where instances have flavours. */
  readonly orphanedResources: Int32Array;
  readonly orphanedResourcesAt: number;
  /** Per seat, where any flow sets failed instances aside: node + 1 of the one that has been, beyond all nodes where members have none; 0 nothing. */
  readonly aside: Int32Array;
  readonly asideAt: number;
  /** Per seat, where members come and go as planned: 1 while there is none. */
  readonly absent: Int32Array;
  readonly absentAt: number;
  /** Per gate, where anything stands by: place of the input that a standby gate uses (`standby.ts`). */
  readonly standbyUse: Int32Array;
  readonly standbyUseAt: number;
  /** Per phase slot (from M on): law + 1 while its clock runs. */
  readonly clockLaw: Int32Array;
  readonly clockLawAt: number;
  /** Running phase clocks, tracks under way, suspects and gray members: 0 means quiescent. */
  readonly activity: Int32Array;
  readonly activityAt: number;

  // Record columns.
  /** Per element: services still down because of its fault (for repair dispatched on restoration). */
  readonly unremedied: Int32Array;
  readonly unremediedAt: number;
  /** Per element: mode + 1 that is the root of its present downtime. */
  readonly root: Int32Array;
  readonly rootAt: number;
  /** Per seat: mode + 1 that is the root of its case. */
  readonly caseRoot: Int32Array;
  readonly caseRootAt: number;
  /** Per seat: 0 no automatic failover, 1 under way, r + 2 under way but failed for reason r. */
  readonly attempt: Int32Array;
  readonly attemptAt: number;
  /** Per group: root of the last outage, for what follows it. */
  readonly lastRoot: Int32Array;
  readonly lastRootAt: number;
  /** Per group: mode + 1 that is the root of the interruption under way, or of the expected failure. */
  readonly plannedRoot: Int32Array;
  readonly plannedRootAt: number;
  /** Per seat: 1 if its case was opened by a false alarm. */
  readonly alarm: Int32Array;
  readonly alarmAt: number;
  /** Per gate: input signal + 1 to blame while it is not fully up. */
  readonly gateBlame: Int32Array;
  readonly gateBlameAt: number;

  // Link columns: lists derived from the others. Seats on each node as doubly linked lists (seat + 1).
  readonly firstSeat: Int32Array;
  readonly firstSeatAt: number;
  readonly nextSeat: Int32Array;
  readonly nextSeatAt: number;
  readonly previousSeat: Int32Array;
  readonly previousSeatAt: number;
  /** Trees over the free slots of each room. */
  readonly free: Int32Array;
  readonly freeAt: number;
  /** Set (`bits.ts`) of the terms of services that do not do all of their work. */
  readonly impairedTerms: Int32Array;
  readonly impairedTermsAt: number;
  /** Set of the tracks that have a step. */
  readonly tracksUnderway: Int32Array;
  readonly tracksUnderwayAt: number;
  readonly nodeChoice: NodeChoice;
  readonly writeFree: (place: number, slots: number) => void;
  readonly addResources: (at: number, amount: number) => void;
  readonly addOrphaned: (at: number, amount: number) => void;

  // Real columns.
  /** Per signal: share of its work it does, 0 … 1. */
  readonly served: Float64Array;
  readonly servedAt: number;
  /** Per group: share of users that re-attach. */
  readonly reattachShare: Float64Array;
  readonly reattachShareAt: number;
  /** Per track: when its step began to wait or to run, µs. */
  readonly trackSince: Float64Array;
  readonly trackSinceAt: number;
  /** Per seat: when its fault struck, µs. */
  readonly caseSince: Float64Array;
  readonly caseSinceAt: number;
  /** Per mode: present pace of the failure clock. */
  readonly paces: Float64Array;
  readonly pacesAt: number;

  readonly touchedGroups: TouchedSet;
  readonly touchedServices: TouchedSet;
  readonly touchedTracks: TouchedSet;
  readonly touchedQueues: TouchedSet;

  private journalIndex: Int32Array | undefined;
  private journalValue: Float64Array = new Float64Array(0);
  private journalLength = 0;

  constructor(model: CompiledModel, clocks: Clocks, observer: Observer) {
    this.model = model;
    this.clocks = clocks;
    this.observer = observer;
    this.hasNetworks = model.elements.attached.length > 0;
    const vertices = model.networks.vertexElement.length;
    this.scratch = { joined: new Uint8Array(vertices), frontier: new Int32Array(vertices) };
    this.schemes = Array.from(model.groups.scheme, (code) => SCHEMES[code]!);
    const E = model.elements.count;
    const Q = model.seats.count;
    const G = model.groups.count;
    const N = model.gates.count;
    const T = model.tracks.count;
    const P = model.queues.count;

    let next = 0;
    const columns: DynamicColumn[] = [];
    const take = (length: number, names = false): number => {
      const at = next;
      columns.push({ start: at, names });
      next += length;
      return at;
    };
    const takeNames = (length: number): number => take(length, true);
    this.failedModeAt = takeNames(E);
    this.hostDownAt = take(E);
    this.upInputsAt = take(N);
    this.seatHostAt = takeNames(Q);
    this.readyAt = take(Q);
    this.lostAt = take(Q);
    this.builtAt = take(Q);
    this.downAt = take(Q);
    this.openAt = take(Q);
    this.knownAt = take(Q);
    this.coveredAt = take(Q);
    this.syncedAt = take(Q);
    this.activeAt = take(Q);
    this.stateLostAt = take(Q);
    this.servingAt = take(Q);
    this.cutOffAt = take(Q);
    this.rotationAt = take(Q);
    this.claimAt = takeNames(Q);
    this.carrierAt = takeNames(Q);
    this.copyAt = take(Q);
    this.confirmedAt = take(Q);
    this.suspectAt = take(Q);
    this.grayAt = take(Q);
    this.failedOverAt = take(Q);
    this.rivalAt = takeNames(G);
    this.connectedAt = takeNames(G);
    this.reattachingAt = take(G);
    this.reconfiguredAt = take(G);
    this.trackStepAt = takeNames(T);
    this.underwayAt = take(Q);
    this.trackStatusAt = take(T);
    this.queuePlaceAt = take(T);
    this.queueLengthAt = take(P);
    this.crewsBusyAt = take(P);
    this.slotsUsedAt = take(E);
    this.resourcesUsedAt = take(model.elements.resources.length);
    this.orphanedAt = take(model.orphans.node.length);
    const upgraded = model.upgrades.count === 0 ? 0 : 1;
    this.upgradeStageAt = take(model.upgrades.target.length);
    this.upgradeGuestAt = takeNames(model.upgrades.count);
    this.handledAt = take(model.upgrades.count * Q);
    this.moveToAt = takeNames(upgraded * Q);
    this.cordonAt = take(upgraded * E);
    const orphanedResources = model.elements.resources.length === 0 ? 0 : RESOURCES.length * model.orphans.node.length;
    this.orphanedResourcesAt = take(orphanedResources);
    const setsAside = model.groups.removal.some((step) => step >= 0);
    this.asideAt = takeNames(setsAside ? Q : 0);
    const changes = model.groups.dormant.some((dormant) => dormant >= 0);
    this.absentAt = take(changes ? Q : 0);
    const standsBy = model.standbys.rate.length > 0 ? N : 0;
    this.standbyUseAt = take(standsBy);
    this.clockLawAt = takeNames(model.slots.count - model.modes.count);
    this.activityAt = take(1);
    this.dynamicLength = next;
    this.dynamicColumns = columns.slice();
    this.rootAt = take(E);
    this.unremediedAt = take(E);
    this.caseRootAt = take(Q);
    this.attemptAt = take(Q);
    this.lastRootAt = take(G);
    this.plannedRootAt = take(G);
    this.alarmAt = take(Q);
    this.gateBlameAt = take(N);
    this.firstSeatAt = take(E);
    this.nextSeatAt = take(Q);
    this.previousSeatAt = take(Q);
    const places = model.rooms.treeStart.at(-1)!;
    this.freeAt = take(places);
    const termWords = wordsOf(model.services.term.length);
    const trackWords = wordsOf(T);
    this.impairedTermsAt = take(termWords);
    this.tracksUnderwayAt = take(trackWords);
    const ints = new Int32Array(next);
    this.ints = ints;
    const column = (at: number, length: number): Int32Array => ints.subarray(at, at + length);
    this.failedMode = column(this.failedModeAt, E);
    this.hostDown = column(this.hostDownAt, E);
    this.upInputs = column(this.upInputsAt, N);
    this.seatHost = column(this.seatHostAt, Q);
    this.ready = column(this.readyAt, Q);
    this.lost = column(this.lostAt, Q);
    this.built = column(this.builtAt, Q);
    this.down = column(this.downAt, Q);
    this.open = column(this.openAt, Q);
    this.known = column(this.knownAt, Q);
    this.covered = column(this.coveredAt, Q);
    this.synced = column(this.syncedAt, Q);
    this.active = column(this.activeAt, Q);
    this.stateLost = column(this.stateLostAt, Q);
    this.cutOff = column(this.cutOffAt, Q);
    this.rotation = column(this.rotationAt, Q);
    this.claim = column(this.claimAt, Q);
    this.carrier = column(this.carrierAt, Q);
    this.copy = column(this.copyAt, Q);
    this.confirmed = column(this.confirmedAt, Q);
    this.connected = column(this.connectedAt, G);
    this.reattaching = column(this.reattachingAt, G);
    this.reconfigured = column(this.reconfiguredAt, G);
    this.trackStep = column(this.trackStepAt, T);
    this.underway = column(this.underwayAt, Q);
    this.trackStatus = column(this.trackStatusAt, T);
    this.queuePlace = column(this.queuePlaceAt, T);
    this.queueLength = column(this.queueLengthAt, P);
    this.crewsBusy = column(this.crewsBusyAt, P);
    this.slotsUsed = column(this.slotsUsedAt, E);
    this.resourcesUsed = column(this.resourcesUsedAt, model.elements.resources.length);
    this.orphaned = column(this.orphanedAt, model.orphans.node.length);
    this.upgradeStage = column(this.upgradeStageAt, model.upgrades.target.length);
    this.upgradeGuest = column(this.upgradeGuestAt, model.upgrades.count);
    this.handled = column(this.handledAt, model.upgrades.count * Q);
    this.moveTo = column(this.moveToAt, upgraded * Q);
    this.cordon = column(this.cordonAt, upgraded * E);
    this.orphanedResources = column(this.orphanedResourcesAt, orphanedResources);
    this.aside = column(this.asideAt, setsAside ? Q : 0);
    this.absent = column(this.absentAt, changes ? Q : 0);
    this.unremedied = column(this.unremediedAt, E);
    this.standbyUse = column(this.standbyUseAt, standsBy);
    this.clockLaw = column(this.clockLawAt, model.slots.count - model.modes.count);
    this.activity = column(this.activityAt, 1);
    this.root = column(this.rootAt, E);
    this.caseRoot = column(this.caseRootAt, Q);
    this.serving = column(this.servingAt, Q);
    this.suspect = column(this.suspectAt, Q);
    this.gray = column(this.grayAt, Q);
    this.failedOver = column(this.failedOverAt, Q);
    this.rival = column(this.rivalAt, G);
    this.plannedRoot = column(this.plannedRootAt, G);
    this.alarm = column(this.alarmAt, Q);
    this.attempt = column(this.attemptAt, Q);
    this.lastRoot = column(this.lastRootAt, G);
    this.gateBlame = column(this.gateBlameAt, N);
    this.firstSeat = column(this.firstSeatAt, E);
    this.nextSeat = column(this.nextSeatAt, Q);
    this.previousSeat = column(this.previousSeatAt, Q);
    this.free = column(this.freeAt, places);
    this.impairedTerms = column(this.impairedTermsAt, termWords);
    this.tracksUnderway = column(this.tracksUnderwayAt, trackWords);
    this.addResources = (at, amount) => this.set(this.resourcesUsedAt + at, this.resourcesUsed[at]! + amount);
    this.addOrphaned = (at, amount) => this.set(this.orphanedResourcesAt + at, this.orphanedResources[at]! + amount);
    this.writeFree = (place, slots) => this.set(this.freeAt + place, slots);

    next = 0;
    this.servedAt = take(E + G + N);
    this.reattachShareAt = take(G);
    this.trackSinceAt = take(T);
    this.caseSinceAt = take(Q);
    this.pacesAt = take(model.modes.count);
    const reals = new Float64Array(next);
    this.reals = reals;
    this.served = reals.subarray(this.servedAt, this.servedAt + E + G + N);
    this.reattachShare = reals.subarray(this.reattachShareAt, this.reattachShareAt + G);
    this.trackSince = reals.subarray(this.trackSinceAt, this.trackSinceAt + T);
    this.caseSince = reals.subarray(this.caseSinceAt, this.caseSinceAt + Q);
    this.paces = reals.subarray(this.pacesAt, this.pacesAt + model.modes.count);

    this.nodeChoice = new NodeChoice(model, this);
    this.touchedGroups = new TouchedSet(G);
    this.touchedServices = new TouchedSet(model.services.count);
    this.touchedTracks = new TouchedSet(T);
    this.touchedQueues = new TouchedSet(P);
  }

  /** The one setter of `ints`. */
  set(index: number, value: number): void {
    const old = this.ints[index]!;
    if (old === value) return;
    if (this.journalIndex !== undefined) this.record(index, old);
    this.ints[index] = value;
  }

  /** The one setter of `reals`. */
  setReal(index: number, value: number): void {
    const old = this.reals[index]!;
    if (old === value) return;
    if (this.journalIndex !== undefined) this.record(this.ints.length + index, old);
    this.reals[index] = value;
  }

  /** Starts keeping the journal; drivers that never rewind do without. */
  keepJournal(): void {
    this.journalIndex ??= new Int32Array(1024);
    if (this.journalValue.length === 0) this.journalValue = new Float64Array(1024);
  }

  /** Present position in the journal, to rewind to. */
  get journalPosition(): number {
    return this.journalLength;
  }

  /** Undoes every write since `position`. */
  rewind(position: number): void {
    const index = this.journalIndex!;
    const intCount = this.ints.length;
    for (let i = this.journalLength - 1; i >= position; i--) {
      const at = index[i]!;
      if (at < intCount) this.ints[at] = this.journalValue[i]!;
      else this.reals[at - intCount] = this.journalValue[i]!;
    }
    this.journalLength = position;
  }

  /** Tells the place of every write since `position`: in `ints`, or beyond their length in `reals`. */
  changesSince(position: number, visit: (index: number) => void): void {
    for (let i = position; i < this.journalLength; i++) visit(this.journalIndex![i]!);
  }

  reach(seat: number): number {
    return reachShare(this, seat);
  }

  /** Nothing failed, nothing under way: the regeneration set. */
  get quiescent(): boolean {
    return this.activity[0] === 0;
  }

  /** Traffic is being led back to the seat, which had it before a failover (SEM-30). */
  isSwitchingBack(seat: number): boolean {
    const { seats, groups } = this.model;
    const step = this.trackStep[seats.manual[seat]!]! - 1;
    return step >= 0 && step === groups.switchBack[seats.group[seat]!];
  }

  startClock(slot: number, law: number, origin: number): void {
    const at = this.clockLawAt + slot - this.model.modes.count;
    if (this.ints[at] === 0) this.set(this.activityAt, this.activity[0]! + 1);
    this.set(at, law + 1);
    this.clocks.start(slot, law, origin);
  }

  /** Stops the clock of `slot`, or notes that it has run out. */
  stopClock(slot: number): void {
    const at = this.clockLawAt + slot - this.model.modes.count;
    if (this.ints[at] === 0) return;
    this.set(this.activityAt, this.activity[0]! - 1);
    this.set(at, 0);
    this.clocks.stop(slot);
  }

  /** Sets `suspect` or `gray` of a seat, which are no activity of their own while 0. */
  setBelief(index: number, value: number): void {
    const old = this.ints[index]!;
    if ((old === 0) !== (value === 0)) this.set(this.activityAt, this.activity[0]! + (value === 0 ? -1 : 1));
    this.set(index, value);
  }

  isRunning(slot: number): boolean {
    return this.clockLaw[slot - this.model.modes.count] !== 0;
  }

  pace(mode: number, factor: number): void {
    if (this.paces[mode] === factor) return;
    this.setReal(this.pacesAt + mode, factor);
    this.clocks.pace(mode, factor);
  }

  /** Looks at the track again before the event ends: a need of its step may have come or gone. */
  touchTrack(track: number): void {
    const { tracks, seats } = this.model;
    const owner = tracks.owner[track]!;
    if (tracks.kind[track] === TRACK.restore || tracks.kind[track] === TRACK.shop) this.touchedTracks.add(track);
    // Campaigns that wait look again at the end of every event.
    else if (tracks.kind[track] === TRACK.upgrade) return;
    else this.touchedGroups.add(seats.group[owner]!);
  }

  private record(index: number, old: number): void {
    const used = this.journalLength;
    if (used === this.journalIndex!.length) {
      const index = new Int32Array(2 * used);
      index.set(this.journalIndex!);
      this.journalIndex = index;
      const value = new Float64Array(2 * used);
      value.set(this.journalValue);
      this.journalValue = value;
    }
    this.journalIndex![used] = index;
    this.journalValue[used] = old;
    this.journalLength = used + 1;
  }
}
