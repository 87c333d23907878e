import type { CompiledModel } from '../model.ts';
import { COLUMNS, type Column, type Space } from './columns.ts';

export type Numbers = Int32Array | Uint8Array | Int8Array | Uint32Array | Float64Array;

/** Is told a row, and of what it is one. */
export type Visit = (to: Space, row: number) => void;

interface Relation {
  readonly to: Space;
  /** Rows of the list, absent: one row each. */
  readonly start?: Numbers;
  readonly items: Numbers;
}

/** So many rows there are of everything. */
export function sizesOf(model: CompiledModel): Readonly<Record<Space, number>> {
  const { elements, groups, gates, networks, slots } = model;
  return {
    element: elements.count,
    mode: model.modes.count,
    strike: model.strikes.one.length,
    seat: model.seats.count,
    group: groups.count,
    detector: groups.detectorLaw.length,
    room: model.rooms.count,
    gate: gates.count,
    network: networks.count,
    vertex: networks.vertexElement.length,
    service: model.services.count,
    step: model.steps.count,
    track: model.tracks.count,
    queue: model.queues.count,
    slot: slots.count,
    stream: slots.streams,
    law: model.laws.length,
    population: model.names.populations.length,
    orphan: model.orphans.node.length,
    signal: elements.count + groups.count + gates.count,
  };
}

/** What rows of a model depend on: what they refer to (`COLUMNS`), what they own, and what no single column says. */
export class Relations {
  private readonly model: CompiledModel;
  private readonly bySpace = new Map<Space, Relation[]>();
  private readonly owned = new Map<Space, { readonly of: Space; readonly start: Numbers }[]>();
  /** Per gate: the network it is a vertex of, −1. */
  private readonly networkOf: Int32Array;

  constructor(model: CompiledModel) {
    this.model = model;
    for (const [name, columns] of Object.entries(COLUMNS)) {
      const table = model[name as keyof typeof COLUMNS] as unknown as Readonly<Record<string, Numbers>>;
      const of = columns as Readonly<Record<string, Column>>;
      for (const [key, column] of Object.entries(of)) this.enter(key, column, of, table);
    }
    const { gates, networks } = model;
    this.networkOf = new Int32Array(gates.count).fill(-1);
    for (let network = 0; network < networks.count; network++) {
      for (let i = networks.vertexStart[network]!; i < networks.vertexStart[network + 1]!; i++)
        this.networkOf[networks.vertexGate[i]!] = network;
    }
  }

  /** Calls `visit` with every row that the row's course depends on, and with its own rows; signals as what they are. */
  needsOf(space: Space, row: number, visit: Visit): void {
    for (const { to, start, items } of this.bySpace.get(space) ?? []) {
      const first = start === undefined ? row : start[row]!;
      const end = start === undefined ? row + 1 : start[row + 1]!;
      for (let i = first; i < end; i++) {
        const other = items[i]!;
        if (other < 0) continue;
        if (to === 'signal') this.signal(other, visit);
        else visit(to, other);
      }
    }
    for (const { of, start } of this.owned.get(space) ?? []) {
      for (let i = start[row]!; i < start[row + 1]!; i++) visit(of, i);
    }
    this.further(space, row, visit);
  }

  /** A signal as the element, group or gate it is. */
  signal(signal: number, visit: Visit): void {
    const { elements, groups } = this.model;
    if (signal < elements.count) visit('element', signal);
    else if (signal < elements.count + groups.count) visit('group', signal - elements.count);
    else visit('gate', signal - elements.count - groups.count);
  }

  /** What no single column says. */
  private further(space: Space, row: number, visit: Visit): void {
    const { steps, strikes } = this.model;
    if (space === 'gate' && this.networkOf[row]! >= 0) visit('network', this.networkOf[row]!);
    else if (space === 'step') {
      // Programs are kept whole.
      if (steps.last[row] === 0) visit('step', row + 1);
      if (row > 0 && steps.last[row - 1] === 0) visit('step', row - 1);
    } else if (space === 'strike' && strikes.one[row] === 1) {
      // Where one victim is drawn all others take part in the draw.
      for (let i = strikes.victimStart[row]!; i < strikes.victimStart[row + 1]!; i++) visit('mode', strikes.victim[i]!);
    }
  }

  private enter(
    key: string,
    column: Column,
    of: Readonly<Record<string, Column>>,
    table: Readonly<Record<string, Numbers>>,
  ): void {
    if (column.is === 'owns') put(this.owned, column.per, { of: column.of, start: table[key]! });
    else if (column.is === 'refers' && column.needed)
      put(this.bySpace, column.per, { to: column.to, items: table[key]! });
    else if (column.is === 'item' && column.needed && column.to !== undefined) {
      const list = of[column.list]!;
      if (list.is !== 'lists') throw new Error(`${key} is an item of ${column.list}, which is no list`);
      put(this.bySpace, list.per, { to: column.to, start: table[column.list]!, items: table[key]! });
    }
  }
}

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
