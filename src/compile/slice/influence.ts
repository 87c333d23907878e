import type { CompiledModel } from '../model.ts';
import { SPACES, type Space } from './columns.ts';
import { joinQueues, joinRooms, joinVictims, waitingRepairs } from './couplings.ts';
import { Relations } from './relations.ts';

const NONE: ReadonlySet<number> = new Set();

/**
 * What can influence what. *Entities* are elements that are no layer of an instance (0 … E−1) and groups with all their
 * instances (E … E+G−1). An entity is influenced by everything its columns refer to (`columns.ts`): what it runs on, what
 * its flow, its detectors and its state keeping ask for, the causes that strike it, every node its members may move to.
 * Entities that compete for something finite, or hit each other by mistake, influence each other (`couplings.ts`).
 *
 * What is not in the cone of a signal cannot change the course of the signal, and signals whose cones share nothing that
 * fails are independent.
 */
export class Influence {
  readonly relations: Relations;
  protected readonly model: CompiledModel;
  private readonly apart: ReadonlySet<number>;
  /** Entities that influence each other both ways, by their representative. */
  private readonly parent: Int32Array;
  private readonly membersOf: ReadonlyMap<number, readonly number[]>;
  private readonly sources = new Map<number, readonly number[]>();
  private readonly cones = new Map<number, ReadonlySet<number>>();

  /**
   * @param apart rooms of whose nodes some are to stand for all (`alike.ts`): nobody is coupled by their slots, or needs any of them
   * @param coupled false: only what is looked at counts as an influence, not who competes for the same
   */
  constructor(model: CompiledModel, apart: ReadonlySet<number> = NONE, coupled = true) {
    this.model = model;
    this.apart = apart;
    this.relations = new Relations(model);
    const entities = model.elements.count + model.groups.count;
    this.parent = Int32Array.from({ length: entities }, (_, i) => i);
    const join = (joined: readonly number[]): void => this.join(joined);
    if (coupled) {
      joinQueues(model, (element) => this.entityOf(element), join);
      joinRooms(model, apart, join);
      joinVictims(model, join);
      this.joinRepairs();
    }
    this.membersOf = this.gather();
  }

  /** The element itself, or the group whose instances it is part of. */
  entityOf(element: number): number {
    const { elements, seats } = this.model;
    const seat = elements.seat[element]!;
    return seat < 0 ? element : elements.count + seats.group[seat]!;
  }

  /** Entities a signal is read from: itself, or those below a gate. */
  entitiesOf(signal: number): number[] {
    const found = new Set<number>();
    this.relations.signal(signal, (space, row) => this.reach(space, row, -1, found));
    return [...found];
  }

  /** Everything that can influence any of the signals, what they are read from included. */
  coneOf(signals: readonly number[]): ReadonlySet<number> {
    const entities = [...new Set(signals.flatMap((signal) => this.entitiesOf(signal)))];
    // Cones of many, one after the other, would go through what they share as often as there are of them.
    return entities.length === 1
      ? this.coneOfEntity(entities[0]!)
      : this.follow(entities, (each) => this.competitors(each));
  }

  /** Entities that influence each other with this one, it included. */
  competitors(entity: number): readonly number[] {
    return this.membersOf.get(this.find(entity)) ?? [entity];
  }

  private coneOfEntity(entity: number): ReadonlySet<number> {
    const root = this.find(entity);
    let cone = this.cones.get(root);
    if (cone === undefined) {
      cone = this.follow([entity], (each) => this.competitors(each));
      this.cones.set(root, cone);
    }
    return cone;
  }

  /** Whatever can be reached from `start` by sources; `joined` says what comes with each, itself included. */
  private follow(start: readonly number[], joined: (entity: number) => readonly number[]): ReadonlySet<number> {
    const found = new Set<number>();
    const rooms = new Set<number>();
    const open: number[] = [];
    const add = (entity: number): void => {
      if (found.has(entity)) return;
      for (const member of joined(entity)) {
        if (found.has(member)) continue;
        found.add(member);
        open.push(member);
      }
    };
    for (const entity of start) add(entity);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const source of this.sourcesOf(next)) add(source);
      // The many groups of one pool may move to the same nodes.
      const room = this.roomOf(next);
      if (room < 0 || rooms.has(room)) continue;
      rooms.add(room);
      const { node, nodeStart } = this.model.rooms;
      for (let i = nodeStart[room]!; i < nodeStart[room + 1]!; i++) add(node[i]!);
    }
    return found;
  }

  /** What the entity looks at, but for the nodes its members may move to. */
  private sourcesOf(entity: number): readonly number[] {
    let known = this.sources.get(entity);
    if (known === undefined) {
      const found = new Set<number>();
      const { elements } = this.model;
      if (entity < elements.count) this.reach('element', entity, entity, found);
      else this.reach('group', entity - elements.count, entity, found);
      found.delete(entity);
      known = [...found];
      this.sources.set(entity, known);
    }
    return known;
  }

  /** Some nodes stand for all those that its members may move to. */
  private isApart(group: number): boolean {
    const { groups } = this.model;
    return groups.inPlace[group] === 0 && this.apart.has(groups.room[group]!);
  }

  /** Room to whose nodes members of the entity may move, −1. */
  private roomOf(entity: number): number {
    const { elements, groups } = this.model;
    const group = entity - elements.count;
    return group < 0 || groups.inPlace[group] === 1 || this.isApart(group) ? -1 : groups.room[group]!;
  }

  /** Adds the entities that a row of any table stands for or depends on; through those of `own` it goes on. */
  private reach(space: Space, row: number, own: number, found: Set<number>): void {
    const seen = new Set<number>();
    const open: number[] = [];
    const { modes, seats, elements } = this.model;
    const anywhere = own >= elements.count && this.isApart(own - elements.count);
    const isNode = (element: number): boolean => elements.capacity[element]! > 0;
    let from: Space = space;
    const visit = (to: Space, other: number): void => {
      const entity =
        to === 'element'
          ? this.entityOf(other)
          : to === 'mode'
            ? this.entityOf(modes.element[other]!)
            : to === 'seat'
              ? elements.count + seats.group[other]!
              : to === 'group'
                ? elements.count + other
                : undefined;
      if (entity !== undefined) {
        // Where a member starts is of no account if it could be anywhere.
        if (!(anywhere && from === 'seat' && to === 'element' && isNode(other))) found.add(entity);
        if (entity !== own) return;
      }
      const key = other * SPACES.length + SPACES.indexOf(to);
      if (seen.has(key)) return;
      seen.add(key);
      open.push(key);
    };
    visit(space, row);
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      from = SPACES[key % SPACES.length]!;
      this.relations.needsOf(from, Math.floor(key / SPACES.length), visit);
    }
  }

  /** Repairs that wait for services wait for every group that may fall with the element. */
  private joinRepairs(): void {
    const { elements, groups } = this.model;
    const waiting = new Set(waitingRepairs(this.model).map((element) => this.entityOf(element)));
    if (waiting.size === 0) return;
    for (let group = 0; group < groups.count; group++) {
      const entity = elements.count + group;
      for (const source of this.follow([entity], (each) => [each]))
        if (waiting.has(source)) this.join([entity, source]);
    }
  }

  private gather(): ReadonlyMap<number, readonly number[]> {
    const members = new Map<number, number[]>();
    for (let entity = 0; entity < this.parent.length; entity++) {
      const root = this.find(entity);
      // Those who are alone are their own.
      if (root === entity) continue;
      const known = members.get(root);
      if (known === undefined) members.set(root, [root, entity]);
      else known.push(entity);
    }
    return members;
  }

  private join(entities: readonly number[]): void {
    for (const entity of entities) {
      const a = this.find(entities[0]!);
      const b = this.find(entity);
      if (a !== b) this.parent[Math.max(a, b)] = Math.min(a, b);
    }
  }

  private find(entity: number): number {
    let root = entity;
    while (this.parent[root] !== root) root = this.parent[root]!;
    for (let at = entity; at !== root; ) {
      const next = this.parent[at]!;
      this.parent[at] = root;
      at = next;
    }
    return root;
  }
}
