import { type CompiledModel, SPREAD_LEVELS } from './model.ts';
import { hasResources } from './resources.ts';

/** What the choice of a node depends on besides the tables. */
export interface Occupancy {
  /** Free slots, the trees of the rooms. */
  readonly free: ArrayLike<number>;
  /** Node + 1 per seat, 0 for none. */
  readonly seatHost: ArrayLike<number>;
  /** Share per signal; nodes below 1, or of which nothing can be reached, take no instance. */
  readonly served: ArrayLike<number>;
  /** Per element: 1 takes no instance, 2 only when no other can; absent or empty: any takes them. */
  readonly cordon?: ArrayLike<number>;
  /** Per node and resource: what instances with a flavour take; empty without flavours. */
  readonly resourcesUsed: ArrayLike<number>;
}

/**
 * Node for a member: up, with enough free slots and room for its flavour, away from the other members at the group's anti-affinity level, and for a
 * replacement that stays where the member started (`home`), in the same domain. Among feasible nodes one without a
 * conflict first (soft anti-affinity), then the most free slots, then the order of the room (SEM-28, A-09, A-33).
 */
export class NodeChoice {
  private readonly model: Pick<CompiledModel, 'groups' | 'elements' | 'rooms'>;
  private readonly occupancy: Occupancy;
  // The question under way.
  private group = 0;
  private seat = 0;
  private home = -1;
  private level = -1;
  private base = 0;
  private leaves = 0;
  private first = 0;
  private apart = false;
  /** Nodes that are still to be upgraded are passed over. */
  private newest = false;

  constructor(model: Pick<CompiledModel, 'groups' | 'elements' | 'rooms'>, occupancy: Occupancy) {
    this.model = model;
    this.occupancy = occupancy;
  }

  /**
   * @param home node the member started on, −1 when it starts now. Returns −1 if no node is feasible.
   * @param level of the domain around `home` that the member does not leave; −1: it may.
   */
  choose(group: number, seat: number, home: number, level: number = this.model.groups.withinLevel[group]!): number {
    const { groups } = this.model;
    const room = groups.room[group]!;
    if (room < 0) return -1;
    this.ask(group, seat, home, level, room);
    let leaf = this.searchNewest();
    if (leaf < 0 && this.apart && groups.spreadHard[group] === 0) {
      this.apart = false;
      leaf = this.searchNewest();
    }
    return leaf < 0 ? -1 : this.nodeAt(leaf);
  }

  /** How many nodes could take the member, soft anti-affinity kept if any node allows it; `nextFeasible` walks over them. */
  countFeasible(group: number, seat: number, home: number): number {
    const { groups } = this.model;
    const room = groups.room[group]!;
    if (room < 0) return 0;
    this.ask(group, seat, home, groups.withinLevel[group]!, room);
    let count = this.walk();
    if (count === 0 && this.apart && groups.spreadHard[group] === 0) {
      this.apart = false;
      count = this.walk();
    }
    return count;
  }

  /** The feasible node after `node` in the order of the room, of the question asked last; −1 for the first, −1 at the end. */
  nextFeasible(node: number): number {
    const { rooms, groups } = this.model;
    const end = rooms.nodeStart[groups.room[this.group]! + 1]!;
    let passed = node < 0;
    for (let i = this.first; i < end; i++) {
      const one = rooms.node[i]!;
      if (passed && this.hasRoom(i - this.first) && this.isFeasible(one)) return one;
      if (one === node) passed = true;
    }
    return -1;
  }

  private walk(): number {
    let count = 0;
    for (let node = this.nextFeasible(-1); node >= 0; node = this.nextFeasible(node)) count++;
    return count;
  }

  private hasRoom(place: number): boolean {
    return this.occupancy.free[this.base + this.leaves + place]! >= this.model.groups.slotsPerMember[this.group]!;
  }

  private ask(group: number, seat: number, home: number, level: number, room: number): void {
    const { groups, rooms } = this.model;
    this.group = group;
    this.seat = seat;
    this.level = level;
    this.home = level < 0 ? -1 : home;
    this.base = rooms.treeStart[room]!;
    this.leaves = (rooms.treeStart[room + 1]! - this.base) / 2;
    this.first = rooms.nodeStart[room]!;
    this.apart = groups.spreadLevel[group]! >= 0;
    this.newest = false;
  }

  /** While a campaign is under way, nodes that run the new version first. */
  private searchNewest(): number {
    const { cordon } = this.occupancy;
    if (cordon === undefined || cordon.length === 0) return this.search(1, -1);
    this.newest = true;
    const leaf = this.search(1, -1);
    this.newest = false;
    return leaf < 0 ? this.search(1, -1) : leaf;
  }

  private nodeAt(leaf: number): number {
    return this.model.rooms.node[this.first + leaf - this.leaves]!;
  }

  /** Best feasible leaf below `at` if it is better than `best` (−1: none yet), else `best`; the larger maximum first. */
  private search(at: number, best: number): number {
    const { base, leaves } = this;
    const { free } = this.occupancy;
    const most = free[base + at]!;
    if (most < this.model.groups.slotsPerMember[this.group]!) return best;
    if (best >= 0 && (most < free[base + best]! || (most === free[base + best] && this.firstLeaf(at) > best)))
      return best;
    if (at >= leaves) return this.isFeasible(this.nodeAt(at)) ? at : best;
    const left = 2 * at;
    if (free[base + left + 1]! > free[base + left]!) return this.search(left, this.search(left + 1, best));
    return this.search(left + 1, this.search(left, best));
  }

  /** Leftmost leaf below `at`. */
  private firstLeaf(at: number): number {
    let leaf = at;
    while (leaf < this.leaves) leaf *= 2;
    return leaf;
  }

  private isFeasible(node: number): boolean {
    const { elements } = this.model;
    const { served, cordon } = this.occupancy;
    if (served[node] !== 1) return false;
    if (cordon !== undefined && cordon.length > 0) {
      if (cordon[node] === 1 || (this.newest && cordon[node] === 2)) return false;
    }
    if (!hasResources(this.model, this.group, node, this.occupancy.resourcesUsed)) return false;
    if (elements.reach[node]! >= 0 && served[elements.reach[node]!] === 0) return false;
    if (this.home >= 0 && !this.sameDomain(node, this.home, this.level)) return false;
    return !this.apart || !this.meetsOthers(node);
  }

  private sameDomain(node: number, other: number, level: number): boolean {
    const { domains } = this.model.elements;
    return domains[SPREAD_LEVELS.length * node + level] === domains[SPREAD_LEVELS.length * other + level];
  }

  /** Another member is in the node's domain at the level of the group's anti-affinity. */
  private meetsOthers(node: number): boolean {
    const { groups } = this.model;
    const { seatHost } = this.occupancy;
    const level = groups.spreadLevel[this.group]!;
    for (let other = groups.seatStart[this.group]!; other < groups.seatStart[this.group + 1]!; other++) {
      const host = seatHost[other]! - 1;
      if (other !== this.seat && host >= 0 && this.sameDomain(node, host, level)) return true;
    }
    return false;
  }
}
