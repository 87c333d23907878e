import { type CompiledModel, TRACK } from '../../compile/model.ts';
import { gatesNeeded } from '../../compile/programs.ts';
import { candidates } from '../../compile/rooms.ts';
import { mayQueue } from '../../compile/slice/couplings.ts';
import { ELEMENT_KINDS } from '../../model/scenario.ts';
import { fails } from './elements.ts';

const CONTROL = ELEMENT_KINDS.indexOf('control');

/**
 * What can influence what. *Entities* are elements that are no layer of an instance (0 … E−1) and groups with all their
 * instances (E … E+G−1). An entity is influenced by what it runs on, a group by everything its flow, its detectors and
 * its state keeping ask for and by every node its members may run on. Entities that compete for crews or for instance
 * slots influence each other.
 *
 * What is not in the cone of a signal cannot change the course of the signal, and signals whose cones share nothing that
 * fails are independent.
 */
export class Influence {
  private readonly model: CompiledModel;
  /** Entities that influence each other both ways, by their representative. */
  private readonly parent: Int32Array;
  private readonly membersOf = new Map<number, number[]>();
  private readonly cones = new Map<number, ReadonlySet<number>>();

  constructor(model: CompiledModel) {
    this.model = model;
    const entities = model.elements.count + model.groups.count;
    this.parent = Int32Array.from({ length: entities }, (_, i) => i);
    this.joinByCrews();
    this.joinBySlots();
    this.joinControlFunctions();
    for (let entity = 0; entity < entities; entity++) {
      const root = this.find(entity);
      const members = this.membersOf.get(root);
      if (members === undefined) this.membersOf.set(root, [entity]);
      else members.push(entity);
    }
  }

  /** The element itself, or the group whose instances it is part of. */
  entityOf(element: number): number {
    const { elements, seats } = this.model;
    const seat = elements.seat[element]!;
    return seat < 0 ? element : elements.count + seats.group[seat]!;
  }

  /** Entities a signal is read from: itself, or those below a gate. */
  entitiesOf(signal: number): number[] {
    const { elements, groups, gates } = this.model;
    if (signal < elements.count) return [this.entityOf(signal)];
    const gate = signal - elements.count - groups.count;
    if (gate < 0) return [signal];
    const found: number[] = [];
    for (let i = gates.inputStart[gate]!; i < gates.inputStart[gate + 1]!; i++) {
      found.push(...this.entitiesOf(gates.input[i]!));
    }
    return found;
  }

  /** Everything that can influence any of the signals, what they are read from included. */
  coneOf(signals: readonly number[]): ReadonlySet<number> {
    const entities = signals.flatMap((signal) => this.entitiesOf(signal));
    if (entities.length === 1) return this.coneOfEntity(entities[0]!);
    const cone = new Set<number>();
    for (const entity of entities) for (const each of this.coneOfEntity(entity)) cone.add(each);
    return cone;
  }

  /** Whether the entity fails by itself. */
  fails(entity: number): boolean {
    return this.failing(entity) > 0;
  }

  /** Elements among the entities, and among the layers of their instances, that fail. */
  failingIn(entities: Iterable<number>): number {
    let count = 0;
    for (const entity of entities) count += this.failing(entity);
    return count;
  }

  /** Entities that influence each other with this one, it included. */
  competitors(entity: number): readonly number[] {
    return this.membersOf.get(this.find(entity))!;
  }

  private failing(entity: number): number {
    const { elements, groups, seats } = this.model;
    if (entity < elements.count) return fails(this.model, entity) ? 1 : 0;
    const group = entity - elements.count;
    let count = 0;
    const end = seats.layerStart[groups.seatStart[group + 1]!]!;
    for (let i = seats.layerStart[groups.seatStart[group]!]!; i < end; i++) {
      if (fails(this.model, seats.layer[i]!)) count++;
    }
    return count;
  }

  private coneOfEntity(entity: number): ReadonlySet<number> {
    const root = this.find(entity);
    let cone = this.cones.get(root);
    if (cone !== undefined) return cone;
    const found = new Set<number>(this.membersOf.get(root));
    const open = [...found];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const source of this.sourcesOf(next)) {
        if (found.has(source)) continue;
        for (const member of this.competitors(source)) {
          found.add(member);
          open.push(member);
        }
      }
    }
    cone = found;
    this.cones.set(root, cone);
    return cone;
  }

  /** What the entity looks at. */
  private sourcesOf(entity: number): number[] {
    const { elements, groups, seats } = this.model;
    if (entity < elements.count) {
      const host = elements.host[entity]!;
      return host < 0 ? [] : [this.entityOf(host)];
    }
    const group = entity - elements.count;
    const signals: number[] = [];
    for (const program of [groups.remediation, groups.recovery, groups.escalation, groups.manual]) {
      signals.push(...gatesNeeded(this.model, program[group]!));
    }
    const firstNeed = groups.detectorNeedStart[groups.detectorStart[group]!]!;
    const endNeed = groups.detectorNeedStart[groups.detectorStart[group + 1]!]!;
    signals.push(...groups.detectorNeed.subarray(firstNeed, endNeed));
    signals.push(...groups.standbyNeed.subarray(groups.standbyNeedStart[group]!, groups.standbyNeedStart[group + 1]!));
    signals.push(groups.replication[group]!, groups.store[group]!);
    if (groups.inPlace[group] === 1) {
      signals.push(...seats.home.subarray(groups.seatStart[group]!, groups.seatStart[group + 1]!));
    } else {
      signals.push(...candidates(this.model, group));
    }
    // Below 0: needs within the group, stores that are not modelled, seats without a host.
    return signals.filter((signal) => signal >= 0).flatMap((signal) => this.entitiesOf(signal));
  }

  /** Whoever may wait for the same crews. */
  private joinByCrews(): void {
    const { queues, tracks, seats, elements } = this.model;
    for (let queue = 0; queue < queues.slotQueue; queue++) {
      if (!mayQueue(this.model, queue)) continue;
      const users: number[] = [];
      for (let i = queues.trackStart[queue]!; i < queues.trackStart[queue + 1]!; i++) {
        const track = queues.track[i]!;
        const owner = tracks.owner[track]!;
        const isElement = tracks.kind[track] === TRACK.restore;
        users.push(isElement ? this.entityOf(owner) : elements.count + seats.group[owner]!);
      }
      this.join(users);
    }
  }

  /** Groups whose members may move to the same nodes: where one goes, another finds less room. Members that stay do not. */
  private joinBySlots(): void {
    const { groups, elements } = this.model;
    const usersOf = new Map<number, number>();
    for (let group = 0; group < groups.count; group++) {
      if (groups.inPlace[group] === 1) continue;
      for (const node of candidates(this.model, group)) {
        const known = usersOf.get(node);
        if (known === undefined) usersOf.set(node, elements.count + group);
        else this.join([known, elements.count + group]);
      }
    }
  }

  /** Instances of one control function, so that a reduced scenario keeps functions whole. */
  private joinControlFunctions(): void {
    const { elements } = this.model;
    const firstOf = new Map<number, number>();
    for (let element = 0; element < elements.count; element++) {
      const population = elements.population[element]!;
      if (elements.kind[element] !== CONTROL || population < 0) continue;
      if (!firstOf.has(population)) firstOf.set(population, element);
      else this.join([firstOf.get(population)!, element]);
    }
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
