import { type CompiledModel, isOfSeat } from '../compile/model.ts';
import { isWaitingForPlace } from '../dynamics/blame.ts';
import type { StepOutcome } from '../dynamics/observer.ts';
import type { World } from '../dynamics/world.ts';
import type { Cluster, ClusterRecord, ClusterStatus, MemberRecord } from '../model/cluster.ts';
import type { ClusterEvent } from '../model/events.ts';
import { EFFECTS, type Effect, MARKS } from '../model/flow.ts';
import type { Scenario } from '../model/scenario.ts';

/** Gets every event as it happens: the cluster or member it is about, and a status, a role or a member's id. */
export type NoteEvent = (
  now: number,
  event: ClusterEvent,
  group: number,
  seat: number,
  entity: string,
  value: string,
) => void;

const DETECTED = MARKS.indexOf('detected');
const bit = (effect: Effect): number => 2 ** EFFECTS.indexOf(effect);
const CREATES = bit('instantiate');
const REBUILDS = bit('rebuild-by-hand');
const TERMINATES = bit('terminate');
const SETS_ASIDE = bit('set-aside');
const DELETES = bit('delete');

/** A member that is added as planned recovers from nothing. */
const RECOVERING = 1;
const BEING_ADDED = 2;

/**
 * Records of the clusters of a run and of their members, kept by watching: every instance that is created has
 * a number of its own within its cluster. Groups that are no clusters cost nothing.
 */
export class ClusterBook {
  private readonly model: CompiledModel;
  private readonly note: NoteEvent;
  private readonly clusters: readonly (Cluster | undefined)[];
  /** Per seat: number of its instance and of the one set aside, 0 none; and whether a recovery of it is under way. */
  private readonly instance: Int32Array;
  private readonly aside: Int32Array;
  private readonly recovering: Uint8Array;
  /** Per group: number of the last instance, and the status last told. */
  private readonly last: Int32Array;
  private readonly status: ClusterStatus[];
  private world: World | undefined;

  constructor(model: CompiledModel, groups: Scenario['groups'], note: NoteEvent) {
    this.model = model;
    this.note = note;
    this.clusters = model.names.groups.map((id) => groups[id]?.cluster);
    this.instance = new Int32Array(model.seats.count);
    this.aside = new Int32Array(model.seats.count);
    this.recovering = new Uint8Array(model.seats.count);
    this.last = new Int32Array(model.groups.count);
    this.status = model.names.groups.map(() => 'ACTIVE');
  }

  /** Groups that are clusters. */
  get groups(): readonly number[] {
    return [...this.clusters.keys()].filter((group) => this.clusters[group] !== undefined);
  }

  /** Everything is up: the clusters are created at `now`. */
  begin(world: World, now: number): void {
    this.world = world;
    for (const group of this.groups) {
      for (const seat of this.seatsOf(group)) if (world.absent[seat] !== 1) this.instance[seat] = ++this.last[group]!;
      this.note(now, 'cluster-created', group, -1, this.model.names.groups[group]!, 'ACTIVE');
    }
  }

  marked(now: number, seat: number, mark: number): void {
    if (mark !== DETECTED || !this.isMember(seat)) return;
    this.tell(now, 'ping-failure', seat, this.idOf(seat, this.instance[seat]!));
  }

  stepChanged(now: number, track: number, step: number, outcome: StepOutcome): void {
    const { tracks, steps } = this.model;
    const seat = tracks.owner[track]!;
    if (!isOfSeat(tracks.kind[track]!) || !this.isMember(seat)) return;
    if (
      (outcome === 'started' || outcome === 'waiting') &&
      this.recovering[seat] === 0 &&
      this.state.open[seat] === 1
    ) {
      const adds = this.instance[seat] === 0 && this.aside[seat] === 0;
      this.recovering[seat] = adds ? BEING_ADDED : RECOVERING;
      if (!adds) this.tell(now, 'recovery-start', seat, this.idOf(seat, this.instance[seat]!));
    }
    // Whoever waited for a place has one: nothing else tells.
    const group = this.model.seats.group[seat]!;
    if (outcome === 'started' && this.status[group] === 'ERROR') this.follow(now, group);
    if (outcome !== 'done') return;
    const effects = steps.effects[step]!;
    if (effects & SETS_ASIDE && this.instance[seat] !== 0) {
      if (this.aside[seat] !== 0) this.gone(now, seat, this.aside[seat]!);
      this.aside[seat] = this.instance[seat]!;
      this.instance[seat] = 0;
    }
    if ((effects & TERMINATES || (effects & REBUILDS && this.state.lost[seat] !== 0)) && this.instance[seat] !== 0) {
      this.gone(now, seat, this.instance[seat]!);
      this.instance[seat] = 0;
    }
    if (effects & CREATES) this.created(now, seat);
    if (effects & DELETES && this.aside[seat] !== 0) {
      this.gone(now, seat, this.aside[seat]!);
      this.aside[seat] = 0;
      this.completed(now, seat);
    }
  }

  caseClosed(now: number, seat: number): void {
    if (this.isMember(seat) && this.aside[seat] === 0) this.completed(now, seat);
  }

  groupChanged(now: number, group: number): void {
    if (this.clusters[group] === undefined || this.world === undefined) return;
    for (const seat of this.seatsOf(group)) {
      if (this.state.absent[seat] === 1) {
        for (const number of [this.instance[seat]!, this.aside[seat]!]) if (number !== 0) this.gone(now, seat, number);
        this.instance[seat] = 0;
        this.aside[seat] = 0;
        continue;
      }
      // One that has made way, or has been built by hand, had no step of its own.
      if (this.aside[seat] !== 0 && !(this.state.aside[seat]! > 0)) {
        this.gone(now, seat, this.aside[seat]!);
        this.aside[seat] = 0;
      }
      if (this.state.down[seat] === 0 && this.instance[seat] === 0) this.created(now, seat);
    }
    this.follow(now, group);
  }

  /** Tells of a new status. */
  private follow(now: number, group: number): void {
    const status = this.statusOf(group);
    if (status === this.status[group]) return;
    this.status[group] = status;
    this.note(now, 'cluster-status', group, -1, this.model.names.groups[group]!, status);
  }

  /** Row of the clusters table as it is now. */
  record(group: number): ClusterRecord {
    const { names } = this.model;
    const cluster = this.clusters[group]!;
    const { element, ...balancer } = cluster.loadBalancer ?? {};
    return {
      id: names.groups[group]!,
      tenant_id: cluster.tenant,
      name: names.groups[group]!,
      description: cluster.description,
      status: this.status[group]!,
      vnfd_id: cluster.vnfd,
      lb_info:
        cluster.loadBalancer === undefined
          ? ''
          : JSON.stringify({ ...(element === undefined ? {} : { id: element }), ...balancer }),
      role_config: JSON.stringify(cluster.roles),
    };
  }

  /** Rows of the clustermembers table as it is now, in the order in which the members were created. */
  members(group: number): readonly MemberRecord[] {
    const rows: [number, MemberRecord][] = [];
    for (const seat of this.seatsOf(group)) {
      const host = this.state.seatHost[seat]! - 1;
      const aside = (this.state.aside[seat] ?? 0) - 1;
      if (this.instance[seat] !== 0)
        rows.push([this.instance[seat]!, this.member(group, seat, this.instance[seat]!, host, true)]);
      if (this.aside[seat] !== 0)
        rows.push([this.aside[seat]!, this.member(group, seat, this.aside[seat]!, aside, false)]);
    }
    return rows.sort(([a], [b]) => a - b).map(([, row]) => row);
  }

  private get state(): World {
    if (this.world === undefined) throw new Error('nothing is watched yet');
    return this.world;
  }

  private member(group: number, seat: number, number: number, node: number, inPlace: boolean): MemberRecord {
    const { names, elements } = this.model;
    const { tenant, vnfd, loadBalancer } = this.clusters[group]!;
    const id = this.idOf(seat, number);
    const active = inPlace && this.state.active[seat] === 1;
    const pooled = inPlace && loadBalancer !== undefined && this.state.schemes[group]!.serves(this.state, seat);
    const name = node >= 0 && node < elements.count ? names.elements[node]! : undefined;
    const [vim] = name === undefined ? [] : [name.slice(0, name.lastIndexOf('/'))];
    return {
      id,
      tenant_id: tenant,
      name: id,
      cluster_id: names.groups[group]!,
      vnf_id: `vnf-${id}`,
      mgmt_url: JSON.stringify({ [vnfd]: id }),
      role: active ? 'ACTIVE' : 'STANDBY',
      lb_member_id: pooled ? `lb-${id}` : '',
      placement_attr: name === undefined ? '' : JSON.stringify({ vim, node: name }),
    };
  }

  /** ERROR: somebody waits for a free place, or hands are at work; PENDING_UPDATE: a fault is known and not yet dealt with. */
  private statusOf(group: number): ClusterStatus {
    const w = this.state;
    const { seats, steps } = this.model;
    let status: ClusterStatus = 'ACTIVE';
    for (const seat of this.seatsOf(group)) {
      const byHand = w.trackStep[seats.manual[seat]!]! - 1;
      if (isWaitingForPlace(w, seats.recovery[seat]!) || (byHand >= 0 && steps.last[byHand] === 1)) return 'ERROR';
      if ((w.open[seat] === 1 && w.known[seat] === 1) || this.aside[seat] !== 0) status = 'PENDING_UPDATE';
    }
    return status;
  }

  private created(now: number, seat: number): void {
    const group = this.model.seats.group[seat]!;
    this.instance[seat] = ++this.last[group]!;
    this.tell(now, 'member-created', seat, this.idOf(seat, this.instance[seat]!));
  }

  private gone(now: number, seat: number, number: number): void {
    this.tell(now, 'member-deleted', seat, this.idOf(seat, number));
  }

  private completed(now: number, seat: number): void {
    const was = this.recovering[seat];
    this.recovering[seat] = 0;
    if (was === RECOVERING) this.tell(now, 'recovery-completed', seat, this.idOf(seat, this.instance[seat]!));
  }

  private tell(now: number, event: ClusterEvent, seat: number, value: string): void {
    this.note(now, event, this.model.seats.group[seat]!, seat, this.model.names.seats[seat]!, value);
  }

  private idOf(seat: number, number: number): string {
    return number === 0 ? '' : `${this.model.names.groups[this.model.seats.group[seat]!]!}-${number}`;
  }

  private isMember(seat: number): boolean {
    return this.clusters[this.model.seats.group[seat]!] !== undefined;
  }

  private *seatsOf(group: number): Generator<number, void, undefined> {
    const { seatStart } = this.model.groups;
    for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) yield seat;
  }
}
