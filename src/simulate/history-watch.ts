import type { CompiledModel } from '../compile/model.ts';
import { isUnwatched } from '../dynamics/blind.ts';
import { isSplit } from '../dynamics/impairment.ts';
import { SilentObserver, type StepOutcome } from '../dynamics/observer.ts';
import { readServiceLoss, ServiceLoss } from '../dynamics/service.ts';
import type { World } from '../dynamics/world.ts';
import {
  attributionKey,
  attributionParts,
  GROUP_MEASURES,
  type GroupMeasure,
  groupWidth,
  type HistoryRecord,
  type RecordShape,
  SERVICE_MEASURES,
  type ServiceMeasure,
  SPLITS,
} from '../measures/history-record.ts';
import { FAILOVER_REASONS, MARKS, PHASES } from '../model/flow.ts';
import { BUCKETS, PARTIES } from '../model/scenario.ts';
import { sideOf } from '../model/side.ts';
import { MICROSECONDS_PER_YEAR } from '../model/time.ts';
import { ElementBooks } from './element-books.ts';
import { freshView, NO_TIME, type ServiceView } from './service-view.ts';
import { SpareBooks } from './spare-books.ts';
import { UpgradeBooks } from './upgrade-books.ts';
import { type UsersBehindGroups, usersBehindGroups } from './users-behind-groups.ts';

const S = Object.fromEntries(SERVICE_MEASURES.map((name, i) => [name, i])) as Record<ServiceMeasure, number>;
const G = Object.fromEntries(GROUP_MEASURES.map((name, i) => [name, i])) as Record<GroupMeasure, number>;
const NOTHING = new Float64Array(0);
const NO_KEYS: readonly number[] = [];
const EXTERNAL = PARTIES.indexOf('external');

export function shapeOf(model: CompiledModel): RecordShape {
  return {
    services: model.services.count,
    groups: model.groups.count,
    elements: model.elements.count,
    populations: model.names.populations.length,
    modes: model.modes.count,
    phases: PHASES.length,
    reasons: FAILOVER_REASONS.length,
    marks: MARKS.length,
    spares: model.queues.spares.reduce((sum, one) => sum + one, 0),
  };
}

/**
 * Adds up one history (SEM-01 … SEM-10): downtime and outages of services with their attribution, failovers, exposure
 * and marks of groups, failures and downtime of elements. Nothing before the warm-up counts.
 */
export class HistoryWatch extends SilentObserver {
  private readonly model: CompiledModel;
  private readonly only: number;
  private readonly shape: RecordShape;
  private readonly groupWidth: number;
  private readonly loss: ServiceLoss;
  private readonly behind: UsersBehindGroups;
  private world!: World;
  private start = 0;
  private services!: Float64Array;
  private groups!: Float64Array;
  private attribution!: Map<number, number>;
  private outageService!: number[];
  private outageLength!: number[];
  private yearService!: number[];
  private yearDowntime!: number[];
  private views!: ServiceView[];
  private groupSince!: Float64Array;
  private groupState!: Uint8Array;
  private groupLatent!: Uint8Array;
  private groupSplit!: Uint8Array;
  private spares!: SpareBooks;
  /** Absent in scenarios without upgrades. */
  private upgrades: UpgradeBooks | undefined;
  private groupShort!: Uint8Array;
  private readonly elements: ElementBooks;

  /**
   * @param only the one service whose books are kept, for incidents by the million: nothing is added up for anything else,
   *   and each record is forgotten at the next `begin`
   */
  constructor(model: CompiledModel, only = -1) {
    super();
    this.model = model;
    this.only = only;
    this.shape = shapeOf(model);
    this.groupWidth = groupWidth(this.shape);
    this.loss = new ServiceLoss(model.services.term.length);
    this.behind = usersBehindGroups(model);
    this.elements = new ElementBooks(model);
  }

  /** Before a history: everything at zero, all up. `start` is the end of the warm-up, µs. */
  begin(world: World, start: number): void {
    this.world = world;
    this.start = start;
    if (this.only >= 0 && this.views !== undefined) {
      this.clear(this.views[this.only]!);
      return;
    }
    this.allocate();
    this.spares = new SpareBooks(this.model, world, start);
    this.upgrades = this.model.upgrades.count === 0 ? undefined : new UpgradeBooks(this.model, world);
    this.elements.begin(start);
  }

  private allocate(): void {
    const { shape } = this;
    this.services = new Float64Array(shape.services * SERVICE_MEASURES.length);
    this.groups = new Float64Array(shape.groups * this.groupWidth);
    this.attribution = new Map();
    this.outageService = [];
    this.outageLength = [];
    this.yearService = [];
    this.yearDowntime = [];
    this.views = Array.from({ length: shape.services }, freshView);
    this.groupSince = new Float64Array(shape.groups);
    this.groupState = new Uint8Array(shape.groups);
    this.groupLatent = new Uint8Array(shape.groups);
    this.groupShort = new Uint8Array(shape.groups);
    this.groupSplit = new Uint8Array(shape.groups);
  }

  /** Only what the books of one service touch. */
  private clear(view: ServiceView): void {
    const at = this.only * SERVICE_MEASURES.length;
    this.services.fill(0, at, at + SERVICE_MEASURES.length);
    view.since = 0;
    view.year = 0;
    const { attribution, outageLength, yearDowntime } = this;
    if (view.loss === 0 && attribution.size === 0 && outageLength.length === 0 && yearDowntime.length === 0) return;
    this.views[this.only] = freshView();
    this.attribution.clear();
    this.outageService.length = 0;
    this.outageLength.length = 0;
    this.yearService.length = 0;
    this.yearDowntime.length = 0;
  }

  /** After a history that ended at `end` (µs). */
  finish(end: number, events: number): HistoryRecord {
    const [first, last] = this.only < 0 ? [0, this.shape.services - 1] : [this.only, this.only];
    for (let service = first; service <= last; service++) {
      const view = this.views[service]!;
      this.accrue(service, view, end);
      if (view.outageStart !== NO_TIME) {
        if (view.loss > 0) {
          view.outageEnd = end;
          this.services[service * SERVICE_MEASURES.length + S.censored]!++;
        }
        this.closeOutage(service, view);
      }
      this.closeYear(service, view);
      this.dropUnfinishedMission(service, view, end);
    }
    this.divide(first, last);
    if (this.only < 0) this.finishParts(end);
    return {
      horizon: end - this.start,
      events,
      services: this.services,
      outageService: this.outageService,
      outageLength: this.outageLength,
      yearService: this.yearService,
      yearDowntime: this.yearDowntime,
      attribution: this.attribution,
      splits: this.only < 0 ? this.splits() : NOTHING,
      groups: this.groups,
      elementFailures: this.elements.failures,
      elementDowntime: this.elements.downtime,
      populations: this.elements.populations,
      spares: this.spares.finish(end),
      repairs: this.elements.repairs,
      repairTime: this.elements.repairTime,
    };
  }

  /** Downtime of any kind of the one service in the history that was finished last, µs. */
  get downtime(): number {
    let sum = 0;
    for (const time of this.yearDowntime) sum += time;
    return sum;
  }

  private finishParts(end: number): void {
    for (let group = 0; group < this.shape.groups; group++) this.accrueGroup(group, end);
    this.elements.finish(end);
  }

  override serviceChanged(now: number, service: number): void {
    if (this.only >= 0 && service !== this.only) return;
    const view = this.views[service]!;
    readServiceLoss(this.world, service, this.loss);
    // What an upgrade exposes can change while the loss does not.
    if (this.upgrades === undefined && this.isUnchanged(service, view)) return;
    this.accrue(service, view, now);
    const { loss } = this.loss;
    if (loss > 0) {
      if (view.outageStart !== NO_TIME && view.loss === 0) {
        if (now - view.outageEnd >= this.model.services.mergeGap[service]!) this.closeOutage(service, view);
      }
      if (view.outageStart === NO_TIME) {
        view.outageStart = Math.max(now, this.start);
        view.outageTotal = false;
        view.outageShortage = 0;
        view.outageWeighted = 0;
      }
      if (loss === 1) view.outageTotal = true;
    } else if (view.loss > 0) {
      view.outageEnd = now;
      if (this.model.services.mergeGap[service] === 0) this.closeOutage(service, view);
    }
    view.loss = loss;
    view.shortage = this.loss.shortage;
    view.counted = this.loss.counted;
    if (this.upgrades !== undefined) this.splitByUpgrade(this.upgrades, service, view);
    view.terms = this.loss.count;
    for (let i = 0; i < this.loss.count; i++) {
      view.keys[i] = attributionKey(this.shape, service, this.loss.mode[i]!, this.loss.phase[i]!);
      view.weights[i] = this.loss.weight[i]!;
    }
  }

  /** What of the present loss an upgrade is the root of, and what else strikes while it takes redundancy away (SEM-29). */
  private splitByUpgrade(books: UpgradeBooks, service: number, view: ServiceView): void {
    view.upgraded = 0;
    for (let i = 0; i < this.loss.count; i++) {
      if (books.isUpgrade(this.loss.mode[i]!)) view.upgraded += this.loss.weight[i]!;
    }
    view.exposed = view.counted > view.upgraded && books.isExposed(service) ? view.counted - view.upgraded : 0;
  }

  override moved(now: number, seat: number): void {
    if (now >= this.start) this.groups[this.model.seats.group[seat]! * this.groupWidth + G.moves]!++;
  }

  /** Looks at which nothing has changed leave no trace in the sums: what else there is in the cloud cannot be told from them. */
  private isUnchanged(service: number, view: ServiceView): boolean {
    const { loss, counted, shortage, count, mode, phase, weight } = this.loss;
    if (loss !== view.loss || counted !== view.counted || shortage !== view.shortage) return false;
    if (count !== view.terms) return false;
    for (let i = 0; i < count; i++) {
      if (weight[i] !== view.weights[i]) return false;
      if (attributionKey(this.shape, service, mode[i]!, phase[i]!) !== view.keys[i]) return false;
    }
    return true;
  }

  override failed(now: number, mode: number): void {
    this.elements.failed(now, mode);
  }

  override elementChanged(now: number, element: number, up: boolean): void {
    this.elements.changed(now, element, up);
  }

  override elementMarked(now: number, element: number, mark: number): void {
    this.elements.marked(now, element, mark);
  }

  override memberFailed(now: number, seat: number, serving: boolean): void {
    if (now < this.start) return;
    const at = this.model.seats.group[seat]! * this.groupWidth;
    this.groups[at + G.memberFailures]!++;
    if (serving) this.groups[at + G.servingFailures]!++;
  }

  override coverageDrawn(now: number, seat: number, serving: boolean, covered: boolean): void {
    if (now < this.start || !serving) return;
    const at = this.model.seats.group[seat]! * this.groupWidth;
    this.groups[at + G.coverageDraws]!++;
    if (covered) this.groups[at + G.covered]!++;
  }

  override marked(now: number, seat: number, mark: number): void {
    const since = this.world.caseSince[seat]!;
    // The cycle of an alarm has no fault to count from.
    if (since < this.start || this.world.alarm[seat] === 1) return;
    const at = this.model.seats.group[seat]! * this.groupWidth + GROUP_MEASURES.length + this.shape.reasons;
    this.groups[at + mark]! += now - since;
    this.groups[at + this.shape.marks + mark]!++;
  }

  override failoverEnded(_now: number, seat: number, reason: number, elapsed: number): void {
    if (this.world.caseSince[seat]! < this.start) return;
    const group = this.model.seats.group[seat]!;
    const at = group * this.groupWidth;
    this.groups[at + G.attempts]!++;
    if (this.world.alarm[seat] === 1) this.groups[at + G.alarmAttempts]!++;
    if (reason < 0) {
      this.groups[at + G.successes]!++;
      if (this.world.alarm[seat] === 1) this.groups[at + G.alarmSuccesses]!++;
      if (elapsed <= this.model.groups.failoverTarget[group]!) this.groups[at + G.withinTarget]!++;
    } else this.groups[at + GROUP_MEASURES.length + reason]!++;
  }

  override alarmed(now: number, seat: number): void {
    if (now >= this.start) this.groups[this.model.seats.group[seat]! * this.groupWidth + G.falseAlarms]!++;
  }

  override contained(now: number, seat: number, stays: boolean): void {
    if (now < this.start) return;
    const at = this.model.seats.group[seat]! * this.groupWidth;
    this.groups[at + G.containable]!++;
    if (stays) this.groups[at + G.contained]!++;
  }

  override switchedOver(now: number, group: number): void {
    if (now >= this.start) this.groups[group * this.groupWidth + G.switchovers]!++;
  }

  override raced(now: number, group: number): void {
    if (now >= this.start) this.groups[group * this.groupWidth + G.races]!++;
  }

  override stepChanged(now: number, track: number, step: number, outcome: StepOutcome): void {
    const queue = this.model.steps.queue[step]!;
    if (queue >= 0 && this.model.queues.spares[queue] === 1) this.spares.changed(now, queue, track, outcome);
    const copied = this.upgrades?.copied(now, track, step, outcome);
    if (copied !== undefined && now >= this.start)
      this.groups[copied.group * this.groupWidth + G.degradedTime]! += copied.time;
  }

  override sessionsLost(now: number, group: number, share: number): void {
    if (now < this.start) return;
    const { services } = this.model;
    const { weight, behind } = this;
    if (this.upgrades?.isUpgrade(this.world.lastRoot[group]! - 1))
      this.groups[group * this.groupWidth + G.upgradeStateLosses]!++;
    for (let i = behind.start[group]!; i < behind.start[group + 1]!; i++) {
      const service = behind.service[i]!;
      const users = services.users[service]! * behind.share[i]!;
      this.services[service * SERVICE_MEASURES.length + S.sessionsLost]! += weight * share * users;
    }
  }

  override groupChanged(now: number, group: number): void {
    this.accrueGroup(group, now);
    const w = this.world;
    const { groups, elements } = this.model;
    let whole = w.schemes[group]!.whole(w, group);
    let latent = false;
    for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
      if (w.suspect[seat] !== 0 || (whole && isUnwatched(w, seat))) whole = false;
      if (w.open[seat] === 1 && w.known[seat] === 0 && w.serving[seat] === 0) latent = true;
    }
    const share = w.served[elements.count + group]!;
    this.groupState[group] = share === 0 ? G.downTime : whole ? G.protectedTime : G.exposedTime;
    this.groupLatent[group] = latent ? 1 : 0;
    this.upgrades?.groupChanged(group);
    const split = isSplit(w, group) ? 1 : 0;
    if (split > this.groupSplit[group]! && now >= this.start) {
      this.groups[group * this.groupWidth + G.splitBrains]!++;
    }
    this.groupSplit[group] = split;
    const scheme = w.schemes[group]!;
    if (scheme.isShort === undefined) return;
    const short = scheme.isShort(w, group) ? 1 : 0;
    if (short > this.groupShort[group]! && now >= this.start) {
      this.groups[group * this.groupWidth + G.capacityEvents]!++;
    }
    this.groupShort[group] = short;
  }

  private accrue(service: number, view: ServiceView, now: number): void {
    const from = Math.max(view.since, this.start);
    view.since = now;
    const elapsed = this.timeBetween(from, now);
    if (view.loss === 0 || now <= from) return;
    view.outageWeighted += view.counted * (now - from);
    view.outageShortage += (2 * view.shortage - view.loss) * (now - from);
    this.accrueYears(service, view, from, now);
    if (elapsed === 0) return;
    const at = service * SERVICE_MEASURES.length;
    if (view.loss === 1) this.services[at + S.totalTime]! += elapsed;
    else {
      this.services[at + S.partialTime]! += elapsed;
      this.services[at + S.partialWeighted]! += view.counted * elapsed;
    }
    this.services[at + S.userTime]! += view.loss * elapsed * this.model.services.users[service]!;
    this.services[at + S.upgradeWeighted]! += view.upgraded * elapsed;
    this.services[at + S.exposureWeighted]! += view.exposed * elapsed;
    for (let i = 0; i < view.terms; i++) {
      const key = view.keys[i]!;
      this.attribution.set(key, (this.attribution.get(key) ?? 0) + view.weights[i]! * elapsed);
    }
  }

  /** What something that happens now counts. */
  protected get weight(): number {
    return 1;
  }

  /** Time that counts from `from` to `now`, which is asked for once for every stretch of time, one after the other. */
  protected timeBetween(from: number, now: number): number {
    return now - from;
  }

  /** Splits the downtime [from, to) over calendar years. */
  private accrueYears(service: number, view: ServiceView, from: number, to: number): void {
    let at = from;
    while (at < to) {
      const year = Math.floor((at - this.start) / MICROSECONDS_PER_YEAR);
      if (year !== view.year) {
        this.closeYear(service, view);
        view.year = year;
      }
      const end = Math.min(to, this.start + (year + 1) * MICROSECONDS_PER_YEAR);
      view.yearDowntime += view.counted * (end - at);
      at = end;
    }
  }

  private closeYear(service: number, view: ServiceView): void {
    if (view.yearDowntime === 0) return;
    this.yearService.push(service);
    this.yearDowntime.push(view.yearDowntime);
    view.yearDowntime = 0;
  }

  private closeOutage(service: number, view: ServiceView): void {
    const { services } = this.model;
    const length = view.outageEnd - view.outageStart;
    view.outageStart = NO_TIME;
    const { weight } = this;
    if (length <= 0 || weight === 0) return;
    const at = service * SERVICE_MEASURES.length;
    if (length <= services.minOutage[service]!) {
      this.services[at + S.hits]! += weight;
      return;
    }
    this.services[at + (view.outageTotal ? S.totalOutages : S.partialOutages)]! += weight;
    if (!view.outageTotal && view.outageShortage > 0) this.services[at + S.capacityEvents]! += weight;
    this.services[at + S.countedWeighted]! += weight * view.outageWeighted;
    this.services[at + S.countedTime]! += weight * length;
    if (length > services.reportable[service]!) this.services[at + S.reportable]! += weight;
    this.breakMissions(service, view, length);
    this.noteOutage(service, length);
  }

  protected noteOutage(service: number, length: number): void {
    this.outageService.push(service);
    this.outageLength.push(length);
  }

  /** The attribution by side: what is not the guest's is the infrastructure's. */
  private divide(first: number, last: number): void {
    const { bucket } = this.model.modes;
    // In the order of the keys, so that the sums do not depend on which outage came first.
    const keys = this.attribution.size === 0 ? NO_KEYS : [...this.attribution.keys()].sort((a, b) => a - b);
    for (const key of keys) {
      const { service, mode, phase } = attributionParts(this.shape, key);
      if (mode < 0 || sideOf(BUCKETS[bucket[mode]!]!, PHASES[phase]!) !== 'guest') continue;
      this.services[service * SERVICE_MEASURES.length + S.guestWeighted]! += this.attribution.get(key)!;
    }
    for (let service = first; service <= last; service++) {
      const at = service * SERVICE_MEASURES.length;
      const all = this.services[at + S.totalTime]! + this.services[at + S.partialWeighted]!;
      const rest = Math.max(0, all - this.services[at + S.guestWeighted]!);
      // What rounding leaves of nothing is nothing.
      this.services[at + S.infrastructureWeighted] = rest > 1e-9 * all ? rest : 0;
    }
  }

  /** The attribution by bucket, and what external parties cause. */
  private splits(): Float64Array {
    const { modes } = this.model;
    const splits = new Float64Array(this.shape.services * SPLITS.length);
    // In the order of the keys, so that the sums do not depend on which outage came first.
    for (const key of [...this.attribution.keys()].sort((a, b) => a - b)) {
      const { service, mode } = attributionParts(this.shape, key);
      if (mode < 0) continue;
      const at = service * SPLITS.length;
      const time = this.attribution.get(key)!;
      splits[at + modes.bucket[mode]!]! += time;
      if (modes.party[mode] === EXTERNAL) splits[at + SPLITS.indexOf('external')]! += time;
    }
    return splits;
  }

  /** Counts the mission periods that the outage before `outageEnd` reaches into, each of them once. */
  private breakMissions(service: number, view: ServiceView, length: number): void {
    const mission = this.model.services.mission[service]!;
    const end = view.outageEnd - this.start;
    const first = Math.max(Math.floor((end - length) / mission), view.lastBroken + 1);
    const last = Math.floor((end - 1) / mission);
    if (last < first) return;
    this.services[service * SERVICE_MEASURES.length + S.brokenMissions]! += last - first + 1;
    view.lastBroken = last;
  }

  /** The period the history ends in is not over, whatever has happened in it. */
  private dropUnfinishedMission(service: number, view: ServiceView, end: number): void {
    const whole = Math.floor((end - this.start) / this.model.services.mission[service]!);
    if (view.lastBroken >= whole) this.services[service * SERVICE_MEASURES.length + S.brokenMissions]!--;
  }

  private accrueGroup(group: number, now: number): void {
    const from = Math.max(this.groupSince[group]!, this.start);
    this.groupSince[group] = now;
    if (now <= from) return;
    const state = this.groupState[group] === 0 ? G.protectedTime : this.groupState[group]!;
    this.groups[group * this.groupWidth + state]! += now - from;
    if (this.groupSplit[group] === 1) this.groups[group * this.groupWidth + G.splitBrainTime]! += now - from;
    if (this.groupLatent[group] === 1) this.groups[group * this.groupWidth + G.latentTime]! += now - from;
    if (this.upgrades === undefined) return;
    const at = group * this.groupWidth;
    if (this.upgrades.exposed[group] === 1) this.groups[at + G.upgradeExposedTime]! += now - from;
    if (this.upgrades.down[group] === 1) this.groups[at + G.upgradeDownTime]! += now - from;
  }
}
