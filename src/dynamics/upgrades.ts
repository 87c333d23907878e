import { BOUND, type CompiledModel, NEED } from '../compile/model.ts';
import {
  CAMPAIGN_ACTS,
  CAMPAIGN_CONDITIONS,
  type CampaignAct,
  type CampaignCondition,
  DESTINATIONS,
  UPGRADE_ORDERS,
} from '../model/upgrade.ts';
import { CORDON, dropPlace, moveSeat, promisePlace } from './placement.ts';
import { type FlowHooks, missingNeed, recheckTrack, startTrack } from './runner.ts';
import { failElement } from './signals.ts';
import { replaceExpected } from './suspicion.ts';
import { STATUS, SUSPECT, type World } from './world.ts';

/** What upgrading asks of the rest. */
export interface GuestActions {
  /** Another member takes over from `seat`, which lives, by the program that starts at `step`; `root` is to blame. */
  startPlanned(seat: number, step: number, root: number): void;
}

/** Stages of a target in its campaign. */
const STAGE = { pending: 0, batch: 1, done: 2 } as const;
const ANY = DESTINATIONS.indexOf('any');
const ORDER = {
  activeFirst: UPGRADE_ORDERS.indexOf('active-first'),
  standbyFirst: UPGRADE_ORDERS.indexOf('standby-first'),
  random: UPGRADE_ORDERS.indexOf('random'),
} as const;

/**
 * Upgrade campaigns (FL-18): what the steps of their flows ask for and do. One campaign deals with one batch of targets at
 * a time, and with one member on it at a time.
 */
export class Upgrades {
  private readonly world: World;
  private readonly model: CompiledModel;
  private readonly hooks: FlowHooks;
  private readonly guests: GuestActions;
  private readonly acts: readonly ((campaign: number) => void)[];
  private readonly conditions: readonly ((campaign: number) => boolean)[];

  constructor(world: World, hooks: FlowHooks, guests: GuestActions) {
    this.world = world;
    this.model = world.model;
    this.hooks = hooks;
    this.guests = guests;
    const acts: Record<CampaignAct, (campaign: number) => void> = {
      none: () => {},
      'choose-targets': (campaign) => this.chooseTargets(campaign),
      'choose-guest': (campaign) => this.chooseGuest(campaign),
      'switch-guest': (campaign) => this.switchGuest(campaign),
      'move-guest': (campaign) => this.moveGuest(campaign),
      'recreate-guest': (campaign) => this.recreateGuest(campaign),
      'leave-guest': (campaign) => this.leaveGuest(campaign),
      'take-out': (campaign) => this.takeOut(campaign),
      'put-back': (campaign) => this.putBack(campaign),
      'end-campaign': (campaign) => this.end(campaign),
    };
    this.acts = CAMPAIGN_ACTS.map((act) => acts[act]);
    const conditions: Record<CampaignCondition, (campaign: number) => boolean> = {
      'target-left': (campaign) => this.countTargets(campaign, STAGE.pending) > 0,
      'guest-left': (campaign) => this.nextGuest(campaign) >= 0,
      'guest-serves': (campaign) => this.hasHeir(this.guestOf(campaign)),
      'guest-movable': (campaign) => this.isMovable(campaign, this.guestOf(campaign)),
      'guest-there': (campaign) => this.isOnBatch(campaign, this.guestOf(campaign)),
    };
    this.conditions = CAMPAIGN_CONDITIONS.map((condition) => conditions[condition]);
  }

  /** The clock of a start ran out: the campaign begins, unless it is still under way. */
  begin(mode: number): void {
    const w = this.world;
    const { upgrades } = this.model;
    const campaign = upgrades.campaignOf[mode]!;
    const start = upgrades.start[campaign]!;
    if (mode !== start) {
      w.pace(mode, 0);
      w.pace(start, 1);
    }
    w.clocks.renew(start);
    const track = upgrades.track[campaign]!;
    if (w.trackStep[track] !== 0) return;
    w.observer.failed(w.now, start);
    startTrack(w, this.hooks, track, upgrades.program[campaign]!);
  }

  /** Periodic campaigns start at any instant of the first period, then at equal distances. */
  reset(): void {
    const { upgrades } = this.model;
    for (let campaign = 0; campaign < upgrades.count; campaign++) {
      if (upgrades.first[campaign]! >= 0) this.world.pace(upgrades.start[campaign]!, 0);
    }
  }

  /** Campaigns that wait look again; true when one goes on. */
  look(): boolean {
    const w = this.world;
    const { track, count } = this.model.upgrades;
    for (let campaign = 0; campaign < count; campaign++) {
      const own = track[campaign]!;
      if (w.trackStatus[own] !== STATUS.waiting) continue;
      if (missingNeed(w, this.hooks, own, w.trackStep[own]! - 1) !== 0) continue;
      recheckTrack(w, this.hooks, own);
      return true;
    }
    return false;
  }

  act(campaign: number, act: number): void {
    this.acts[act]!(campaign);
  }

  holds(campaign: number, condition: number): boolean {
    return this.conditions[condition]!(campaign);
  }

  hasNeed(campaign: number, need: number): boolean {
    const w = this.world;
    const guest = this.guestOf(campaign);
    if (need === NEED.redundant) return this.isRedundant(campaign);
    if (need === NEED['targets-back']) return this.areBack(campaign);
    if (need === NEED['guest-settled']) return w.trackStep[this.model.seats.remediation[guest]!] === 0;
    return w.open[guest] === 0 && w.down[guest] === 0 && w.synced[guest] === 1;
  }

  /** Every target that has to run the new version before `element` does (B-85). */
  versionFits(element: number): boolean {
    const { target, count, targetStart, before, beforeStart } = this.model.upgrades;
    const { upgradeStage } = this.world;
    for (let campaign = 0; campaign < count; campaign++) {
      for (let i = targetStart[campaign]!; i < targetStart[campaign + 1]!; i++) {
        if (target[i] !== element || upgradeStage[i] === STAGE.pending) continue;
        for (let b = beforeStart[i]!; b < beforeStart[i + 1]!; b++) {
          if (upgradeStage[before[b]!] !== STAGE.done) return false;
        }
      }
    }
    return true;
  }

  /** The member on its way goes on where it has been promised a place, or stays when that is gone. */
  relocate(seat: number): void {
    const w = this.world;
    const node = w.moveTo[seat]! - 1;
    if (node < 0) return;
    if (w.served[node] === 1) {
      moveSeat(w, seat, node);
      w.observer.moved(w.now, seat, node);
    } else dropPlace(w, seat);
    w.touchedGroups.add(this.model.seats.group[seat]!);
  }

  private guestOf(campaign: number): number {
    return this.world.upgradeGuest[campaign]! - 1;
  }

  private countTargets(campaign: number, stage: number): number {
    const { targetStart } = this.model.upgrades;
    let count = 0;
    for (let i = targetStart[campaign]!; i < targetStart[campaign + 1]!; i++) {
      if (this.world.upgradeStage[i] === stage) count++;
    }
    return count;
  }

  private isRedundant(campaign: number): boolean {
    const w = this.world;
    const { target, targetStart, group, groupStart } = this.model.upgrades;
    const { seatStart } = this.model.groups;
    for (let i = targetStart[campaign]!; i < targetStart[campaign + 1]!; i++) {
      if (w.served[target[i]!] !== 1) return false;
    }
    for (let i = groupStart[campaign]!; i < groupStart[campaign + 1]!; i++) {
      const one = group[i]!;
      if (!w.schemes[one]!.whole(w, one)) return false;
      for (let seat = seatStart[one]!; seat < seatStart[one + 1]!; seat++) {
        if (w.open[seat] === 1 || w.suspect[seat] !== SUSPECT.none) return false;
      }
    }
    return true;
  }

  /** All targets of the batch work again, but for those that only wait for another one's upgrade. */
  private areBack(campaign: number): boolean {
    const w = this.world;
    const { target, targetStart } = this.model.upgrades;
    for (let i = targetStart[campaign]!; i < targetStart[campaign + 1]!; i++) {
      if (w.upgradeStage[i] !== STAGE.batch || w.served[target[i]!] === 1) continue;
      if (!this.lacksVersion(target[i]!)) return false;
    }
    return true;
  }

  private lacksVersion(element: number): boolean {
    const w = this.world;
    const track = this.model.elements.track[element]!;
    const step = w.trackStep[track]! - 1;
    const { needStart, need } = this.model.steps;
    if (step < 0 || w.trackStatus[track] !== STATUS.waiting) return false;
    for (let i = needStart[step]!; i < needStart[step + 1]!; i++) if (need[i] === NEED['version-fits']) return true;
    return false;
  }

  private chooseTargets(campaign: number): void {
    const w = this.world;
    const { batch, target, destination, targetStart } = this.model.upgrades;
    if (this.countTargets(campaign, STAGE.done) === 0 && destination[campaign] !== ANY) {
      for (let i = targetStart[campaign]!; i < targetStart[campaign + 1]!; i++) {
        if (w.cordon[target[i]!] === CORDON.none) w.set(w.cordonAt + target[i]!, CORDON.old);
      }
    }
    for (let chosen = 0; chosen < batch[campaign]!; chosen++) {
      const next = this.nextTarget(campaign);
      if (next < 0) return;
      w.set(w.upgradeStageAt + next, STAGE.batch);
      w.set(w.cordonAt + target[next]!, CORDON.barred);
    }
  }

  /** Pending target that is next in the campaign's order, and whose version fits if that of any does. */
  private nextTarget(campaign: number): number {
    const w = this.world;
    const { targetStart, order, targetStream } = this.model.upgrades;
    let best = -1;
    let bestScore = Number.POSITIVE_INFINITY;
    let left = this.countTargets(campaign, STAGE.pending);
    for (let i = targetStart[campaign]!; i < targetStart[campaign + 1]!; i++) {
      if (w.upgradeStage[i] !== STAGE.pending) continue;
      if (order[campaign] === ORDER.random) {
        if (left === 1 || w.clocks.choose(1 / left, targetStream[campaign]!)) return i;
        left--;
        continue;
      }
      const score = this.score(campaign, i);
      if (score >= bestScore) continue;
      best = i;
      bestScore = score;
    }
    return best;
  }

  /** The lower the sooner: traffic on the target, then members; what still waits for another one's version last. */
  private score(campaign: number, target: number): number {
    const { order, before, beforeStart } = this.model.upgrades;
    const kind = order[campaign]!;
    if (kind !== ORDER.activeFirst && kind !== ORDER.standbyFirst) return 0;
    const w = this.world;
    const { seats } = this.model;
    let serving = 0;
    let guests = 0;
    for (let seat = 0; seat < seats.count; seat++) {
      if (!this.isOn(target, seat)) continue;
      guests++;
      if (w.schemes[seats.group[seat]!]!.serves(w, seat)) serving++;
    }
    let waits = 0;
    for (let b = beforeStart[target]!; b < beforeStart[target + 1]!; b++) {
      if (w.upgradeStage[before[b]!] === STAGE.pending) waits = 1;
    }
    const traffic = kind === ORDER.activeFirst ? -serving : serving;
    return (waits * (seats.count + 1) + traffic) * (seats.count + 1) + guests;
  }

  /** The member runs on the target (by place in the table), or is the target. */
  private isOn(target: number, seat: number): boolean {
    const element = this.model.upgrades.target[target]!;
    return this.world.seatHost[seat] === element + 1 || this.model.elements.seat[element] === seat;
  }

  private isOnBatch(campaign: number, seat: number): boolean {
    const w = this.world;
    const { targetStart } = this.model.upgrades;
    if (w.down[seat] === 1 || w.open[seat] === 1 || w.suspect[seat] !== SUSPECT.none) return false;
    for (let i = targetStart[campaign]!; i < targetStart[campaign + 1]!; i++) {
      if (w.upgradeStage[i] === STAGE.batch && this.isOn(i, seat)) return true;
    }
    return false;
  }

  private nextGuest(campaign: number): number {
    const w = this.world;
    const { seats, groups } = this.model;
    for (let seat = 0; seat < seats.count; seat++) {
      if (w.handled[campaign * seats.count + seat] === 1 || groups.internal[seats.group[seat]!] === 1) continue;
      if (this.isOnBatch(campaign, seat) && w.trackStep[seats.remediation[seat]!] === 0) return seat;
    }
    return -1;
  }

  private chooseGuest(campaign: number): void {
    const w = this.world;
    const seat = this.nextGuest(campaign);
    w.set(w.handledAt + campaign * this.model.seats.count + seat, 1);
    w.set(w.upgradeGuestAt + campaign, seat + 1);
  }

  private hasHeir(seat: number): boolean {
    const w = this.world;
    const group = this.model.seats.group[seat]!;
    const scheme = w.schemes[group]!;
    const idle = w.trackStep[this.model.seats.remediation[seat]!] === 0;
    return idle && w.down[seat] === 0 && scheme.serves(w, seat) && scheme.heir(w, group, seat) >= 0;
  }

  private isMovable(campaign: number, seat: number): boolean {
    const group = this.model.seats.group[seat]!;
    const { bound, live } = this.model.upgrades;
    if (bound[group] === BOUND.place || (bound[group] === BOUND.hardware && live[campaign] === 1)) return false;
    return this.world.nodeChoice.choose(group, seat, this.model.seats.home[seat]!) >= 0;
  }

  private switchGuest(campaign: number): void {
    const { switchover, start } = this.model.upgrades;
    this.guests.startPlanned(this.guestOf(campaign), switchover[campaign]!, start[campaign]!);
  }

  private moveGuest(campaign: number): void {
    const w = this.world;
    const { upgrades, seats } = this.model;
    const seat = this.guestOf(campaign);
    const idle = w.trackStep[seats.remediation[seat]!] === 0;
    const node = this.destinationOf(campaign, seat);
    if (node < 0 || !idle || !this.isOnBatch(campaign, seat)) return;
    promisePlace(w, seat, node);
    const group = seats.group[seat]!;
    const serves = w.schemes[group]!.serves(w, seat);
    if (upgrades.replaces[campaign] === 1 && !serves) this.relocate(seat);
    else {
      const step = upgrades.replaces[campaign] === 1 ? upgrades.swap[campaign]! : upgrades.pause[campaign]!;
      this.guests.startPlanned(seat, step, upgrades.start[campaign]!);
    }
  }

  private destinationOf(campaign: number, seat: number): number {
    const w = this.world;
    const { upgrades, seats } = this.model;
    const group = seats.group[seat]!;
    const home = seats.home[seat]!;
    if (upgrades.destination[campaign] !== ANY) return w.nodeChoice.choose(group, seat, home);
    let left = w.nodeChoice.countFeasible(group, seat, home);
    for (let node = w.nodeChoice.nextFeasible(-1); node >= 0; node = w.nodeChoice.nextFeasible(node)) {
      if (left === 1 || w.clocks.choose(1 / left, upgrades.moveStream[seat]!)) return node;
      left--;
    }
    return -1;
  }

  private recreateGuest(campaign: number): void {
    const w = this.world;
    const seat = this.guestOf(campaign);
    const group = this.model.seats.group[seat]!;
    w.set(w.plannedRootAt + group, this.model.upgrades.start[campaign]! + 1);
    replaceExpected(w, seat);
    w.touchedGroups.add(group);
  }

  private leaveGuest(campaign: number): void {
    const seat = this.guestOf(campaign);
    if (this.world.moveTo[seat] !== 0) dropPlace(this.world, seat);
  }

  private takeOut(campaign: number): void {
    const w = this.world;
    const { targetStart, target, targetMode } = this.model.upgrades;
    const { elements, modes } = this.model;
    for (let i = targetStart[campaign]!; i < targetStart[campaign + 1]!; i++) {
      if (w.upgradeStage[i] === STAGE.batch) failElement(w, targetMode[i]!);
    }
    for (let i = targetStart[campaign]!; i < targetStart[campaign + 1]!; i++) {
      if (w.upgradeStage[i] !== STAGE.batch || w.failedMode[target[i]!] !== targetMode[i]! + 1) continue;
      startTrack(w, this.hooks, elements.track[target[i]!]!, modes.program[targetMode[i]!]!);
    }
  }

  private putBack(campaign: number): void {
    const w = this.world;
    const { targetStart, target } = this.model.upgrades;
    for (let i = targetStart[campaign]!; i < targetStart[campaign + 1]!; i++) {
      const element = target[i]!;
      if (w.upgradeStage[i] === STAGE.batch) {
        w.set(w.upgradeStageAt + i, STAGE.done);
        w.set(w.cordonAt + element, this.cordonOf(element));
      }
      // What waits for this version may go on.
      if (w.served[element] !== 1) w.touchedTracks.add(this.model.elements.track[element]!);
    }
    w.set(w.upgradeGuestAt + campaign, 0);
    const { count } = this.model.seats;
    for (let i = campaign * count; i < (campaign + 1) * count; i++) w.set(w.handledAt + i, 0);
    w.touchedQueues.add(this.model.queues.slotQueue);
  }

  private end(campaign: number): void {
    const w = this.world;
    const { targetStart, target } = this.model.upgrades;
    for (let i = targetStart[campaign]!; i < targetStart[campaign + 1]!; i++) {
      w.set(w.upgradeStageAt + i, STAGE.pending);
    }
    for (let i = targetStart[campaign]!; i < targetStart[campaign + 1]!; i++) {
      w.set(w.cordonAt + target[i]!, this.cordonOf(target[i]!));
    }
  }

  /** What campaigns under way make of the element as a place for instances; several may deal with it at a time. */
  private cordonOf(element: number): number {
    const { target, count, targetStart, destination } = this.model.upgrades;
    let cordon: number = CORDON.none;
    for (let campaign = 0; campaign < count; campaign++) {
      const begun = this.countTargets(campaign, STAGE.pending) < targetStart[campaign + 1]! - targetStart[campaign]!;
      for (let i = targetStart[campaign]!; i < targetStart[campaign + 1]!; i++) {
        if (target[i] !== element) continue;
        if (this.world.upgradeStage[i] === STAGE.batch) return CORDON.barred;
        if (begun && destination[campaign] !== ANY && this.world.upgradeStage[i] === STAGE.pending) cordon = CORDON.old;
      }
    }
    return cordon;
  }
}

/** Redundancy of the group is missing for an upgrade: a member is out for it, or stands still on its way (B-78). */
export function isExposedByUpgrade(w: World, group: number): boolean {
  const { groups, seats, steps, upgrades } = w.model;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    const root = w.caseRoot[seat]! - 1;
    if (w.open[seat] === 1 && root >= 0 && upgrades.campaignOf[upgrades.rootOf[root]!]! >= 0) return true;
    const track = seats.remediation[seat]!;
    const step = w.trackStep[track]! - 1;
    if (step >= 0 && steps.exposes[step] === 1 && w.trackStatus[track] === STATUS.running) return true;
  }
  return false;
}
