import { type CompiledModel, GATE } from '../../../compile/model.ts';
import type { World } from '../../../dynamics/world.ts';

/**
 * What part an element plays in the present state (bits): it carries a member with the active role; or what is disturbed
 * already hangs on it, a group with a member out or a gate that has lost one of its inputs.
 */
export const NEAR = 1;
export const ACTIVE = 2;
export const PARTS = 4;

/** A gate whose elements are more than this share of all that fail tells nothing by being disturbed. */
const WIDE = 0.5;

interface Below {
  readonly elements: readonly number[];
  readonly groups: readonly number[];
}

/**
 * Finds the partners of what has failed, whatever their number: a further failure that does harm strikes next to the
 * failures so far (methods §2.5, relation to the failed set). What has changed since the root of the incident is read off
 * the journal, so that the cost does not grow with the model.
 */
export class Nearness {
  /** Elements whose part may be another than at the root, and what it is now; valid after `look`. */
  readonly listed: number[] = [];
  readonly parts: Uint8Array;
  private readonly model: CompiledModel;
  private readonly isListed: Uint8Array;
  private readonly isTouched: Uint8Array;
  private readonly touched: number[] = [];
  /** What is below gates that are disturbed, by gate; undefined: too much to tell anything. */
  private readonly below = new Map<number, Below | undefined>();
  private readonly vertexOf = new Map<number, number>();
  private readonly most: number;
  /** Parts at the root of the incident; where everything is looked at, what they are now. */
  private base: Uint8Array;

  constructor(model: CompiledModel) {
    this.model = model;
    const { networks, elements } = model;
    this.parts = new Uint8Array(elements.count);
    this.base = this.parts;
    this.isListed = new Uint8Array(elements.count);
    this.isTouched = new Uint8Array(model.groups.count);
    networks.vertexGate.forEach((gate, vertex) => {
      this.vertexOf.set(gate, networks.vertexElement[vertex]!);
    });
    let failing = 0;
    for (let element = 0; element < elements.count; element++) if (this.fails(element)) failing++;
    this.most = WIDE * failing;
  }

  /** Looks at everything: valid until the next look. */
  all(w: World): Uint8Array {
    const { elements, groups, gates } = this.model;
    this.begin(this.parts);
    for (let element = 0; element < elements.count; element++) this.parts[element] = this.roleOf(w, element);
    for (let group = 0; group < groups.count; group++) if (this.isDisturbed(w, group)) this.markGroup(w, group);
    const first = elements.count + groups.count;
    for (let gate = 0; gate < gates.count; gate++) {
      const end = gates.inputStart[gate + 1]!;
      for (let i = gates.inputStart[gate]!; i < end && w.served[first + gate]! > 0; i++) {
        if (w.served[gates.input[i]!]! < 1) {
          this.markGate(w, gate);
          break;
        }
      }
    }
    return this.parts;
  }

  /** Lists what may have changed since the root, in whose state elements had the parts `base`. */
  look(w: World, base: Uint8Array): void {
    this.begin(base);
    for (const group of this.touched) this.isTouched[group] = 0;
    this.touched.length = 0;
    const { model, touched, isTouched } = this;
    const { elements, seats, groups, modes, gates } = model;
    const columns = [w.openAt, w.downAt, w.syncedAt, w.activeAt];
    const ints = w.ints.length;
    const signals: number[] = [];
    const touch = (group: number): void => {
      if (isTouched[group] === 1) return;
      isTouched[group] = 1;
      touched.push(group);
    };
    w.changesSince(0, (index) => {
      if (index >= ints) {
        const place = index - ints;
        const mode = place - w.pacesAt;
        const signal = place - w.servedAt;
        if (mode >= 0 && mode < modes.count) this.list(w, modes.element[mode]!);
        else if (signal >= 0 && signal < elements.count + groups.count + gates.count) signals.push(signal);
        return;
      }
      for (let column = 0; column < columns.length; column++) {
        const seat = index - columns[column]!;
        if (seat >= 0 && seat < seats.count) touch(seats.group[seat]!);
      }
      const left = index - w.firstSeatAt;
      if (left >= 0 && left < elements.count) this.list(w, left);
    });
    for (const group of touched) {
      for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) this.listSeat(w, seat);
      if (this.isDisturbed(w, group)) this.markGroup(w, group);
    }
    const told = new Set<number>();
    for (const signal of signals) {
      if (w.served[signal] === 1) continue;
      for (let i = gates.readerStart[signal]!; i < gates.readerStart[signal + 1]!; i++) {
        const gate = gates.reader[i]!;
        if (told.has(gate)) continue;
        told.add(gate);
        // What has fallen altogether does so once: what may fall next is what it was one of.
        if (w.served[elements.count + groups.count + gate]! > 0) this.markGate(w, gate);
      }
    }
  }

  /** The element's part now. */
  of(element: number): number {
    return this.isListed[element] === 1 ? this.parts[element]! : this.base[element]!;
  }

  isChanged(element: number): boolean {
    return this.isListed[element] === 1;
  }

  private begin(base: Uint8Array): void {
    for (const element of this.listed) this.isListed[element] = 0;
    if (this.listed.length > 0) this.listed.length = 0;
    this.base = base;
  }

  private list(w: World, element: number): void {
    if (this.isListed[element] === 1) return;
    this.isListed[element] = 1;
    this.listed.push(element);
    this.parts[element] = this.roleOf(w, element) | (this.base[element]! & NEAR);
  }

  /** ACTIVE where the element carries a member with the active role. */
  private roleOf(w: World, element: number): number {
    const own = this.model.elements.seat[element]!;
    if (own >= 0) return w.active[own] === 1 ? ACTIVE : 0;
    for (let seat = w.firstSeat[element]! - 1; seat >= 0; seat = w.nextSeat[seat]! - 1)
      if (w.active[seat] === 1) return ACTIVE;
    return 0;
  }

  private mark(w: World, element: number): void {
    this.list(w, element);
    this.parts[element]! |= NEAR;
  }

  private listSeat(w: World, seat: number): void {
    const { seats } = this.model;
    for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) this.list(w, seats.layer[i]!);
    if (w.seatHost[seat]! > 0) this.list(w, w.seatHost[seat]! - 1);
  }

  private markGroup(w: World, group: number): void {
    const { groups, seats, elements } = this.model;
    for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
      for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) this.mark(w, seats.layer[i]!);
      for (let host = w.seatHost[seat]! - 1; host >= 0; host = elements.host[host]!) {
        this.mark(w, host);
        const reach = elements.reach[host]!;
        const first = elements.count + groups.count;
        if (reach >= first) this.markGate(w, reach - first);
      }
    }
  }

  private markGate(w: World, gate: number): void {
    if (!this.below.has(gate)) this.below.set(gate, this.narrowBelow(gate));
    const below = this.below.get(gate);
    if (below === undefined) return;
    for (const element of below.elements) this.mark(w, element);
    for (const group of below.groups) this.markGroup(w, group);
  }

  private isDisturbed(w: World, group: number): boolean {
    const { seatStart } = this.model.groups;
    for (let seat = seatStart[group]!; seat < seatStart[group + 1]!; seat++) {
      if (w.open[seat] === 1 || w.down[seat] === 1 || w.synced[seat] === 0) return true;
    }
    return false;
  }

  /** What the gate is made of, unless that is much of all that fails. */
  private narrowBelow(gate: number): Below | undefined {
    const { elements, groups, gates, seats } = this.model;
    const found = new Set<number>();
    const open: number[] = [];
    let failing = 0;
    const visit = (signal: number): void => {
      if (found.has(signal)) return;
      found.add(signal);
      open.push(signal);
    };
    visit(elements.count + groups.count + gate);
    for (let signal = open.pop(); signal !== undefined; signal = open.pop()) {
      if (signal < elements.count) failing += this.fails(signal) ? 1 : 0;
      else if (signal < elements.count + groups.count) {
        const group = signal - elements.count;
        for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
          failing += seats.layerStart[seat + 1]! - seats.layerStart[seat]! + (seats.home[seat]! >= 0 ? 1 : 0);
        }
      } else {
        const inner = signal - elements.count - groups.count;
        // One search answers for a whole network: a vertex is told by the element that it is.
        if (gates.kind[inner] === GATE.connected) visit(this.vertexOf.get(inner)!);
        else for (let i = gates.inputStart[inner]!; i < gates.inputStart[inner + 1]!; i++) visit(gates.input[i]!);
      }
      if (failing > this.most) return undefined;
    }
    const all = [...found];
    return {
      elements: all.filter((signal) => signal < elements.count),
      groups: all
        .filter((signal) => signal >= elements.count && signal < elements.count + groups.count)
        .map((signal) => signal - elements.count),
    };
  }

  private fails(element: number): boolean {
    const { elements, modes, laws } = this.model;
    for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
      if (laws[modes.law[mode]!]!.kind !== 'never') return true;
    }
    return false;
  }
}
