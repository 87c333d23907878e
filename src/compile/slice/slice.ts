import { RESOURCES } from '../../model/resources.ts';
import { type CompiledModel, type RoomTable, type SlotTable, SPREAD_LEVELS, TRACK } from '../model.ts';
import { takeResources } from '../resources.ts';
import { listRooms } from '../rooms.ts';
import { lowerBound } from '../rows.ts';
import { uniform } from '../uniform.ts';
import { COLUMNS, type Column, type Space } from './columns.ts';
import { type Kept, keptRows, type SliceRequest } from './kept.ts';
import { type Numbers, type Relations, sizesOf } from './relations.ts';

/** A model with nothing in it but what was kept, and where its rows come from. */
export interface Slice {
  readonly model: CompiledModel;
  /** Per row of the slice: its row in the whole model. */
  readonly rows: Readonly<Record<Space, Int32Array>>;
  /** Per row of the whole model: its row in the slice, −1. */
  readonly places: Readonly<Record<Space, Int32Array>>;
}

/**
 * What is kept of a model, under the same names and in the same order. What is kept has the same future as in the whole
 * model, draw by draw: streams are keyed by names, and what is left out takes no part in anything that is kept. Members
 * that are left out and never move still take their room on the nodes that are kept. A model with upgrade campaigns is kept
 * whole: they go from node to node, and wait for whoever is on them.
 *
 * @throws Error if what is kept is not closed under influence
 */
export function sliceModel(model: CompiledModel, relations: Relations, request: SliceRequest): Slice {
  if (model.upgrades.count > 0) return wholeOf(model);
  const kept = keptRows(model, relations, request);
  const rows = {} as Record<Space, Int32Array>;
  const places = {} as Record<Space, Int32Array>;
  for (const [space, size] of Object.entries(sizesOf(model)) as [Space, number][]) {
    rows[space] = rowsOf(kept[space]);
    places[space] = new Int32Array(size).fill(-1);
    rows[space].forEach((row, place) => {
      places[space][row] = place;
    });
  }
  return { model: gather(model, { kept, rows, places }), rows, places };
}

/** Nothing left out. */
function wholeOf(model: CompiledModel): Slice {
  const sizes = Object.entries(sizesOf(model)) as [Space, number][];
  const rows = Object.fromEntries(
    sizes.map(([space, size]) => [space, Int32Array.from({ length: size }, (_, i) => i)]),
  );
  return { model, rows: rows as Slice['rows'], places: rows as Slice['places'] };
}

interface Places {
  readonly kept: Kept;
  readonly rows: Slice['rows'];
  readonly places: Slice['places'];
}

function rowsOf(kept: Uint8Array): Int32Array {
  let count = 0;
  for (const is of kept) count += is;
  const rows = new Int32Array(count);
  let next = 0;
  kept.forEach((is, row) => {
    if (is === 1) rows[next++] = row;
  });
  return rows;
}

function gather(model: CompiledModel, at: Places): CompiledModel {
  const { rows, places } = at;
  const table = <T extends keyof typeof COLUMNS>(name: T): CompiledModel[T] => gatherTable(model, name, at);
  const elements = {
    ...table('elements'),
    capacity: capacities(model, at),
    resources: resources(model, at),
    domains: domains(model, at),
  };
  const named = (names: readonly string[], space: Space): string[] => Array.from(rows[space], (row) => names[row]!);
  const { names, services, tracks } = model;
  return uniform({
    elements,
    modes: table('modes'),
    strikes: table('strikes'),
    seats: table('seats'),
    groups: { ...table('groups'), demand: wide(model.groups.demand, rows.group, RESOURCES.length) },
    rooms: rooms(model, at, elements.capacity),
    gates: table('gates'),
    networks: table('networks'),
    standbys: table('standbys'),
    services: {
      ...table('services'),
      visible: rows.service.filter((service) => service < services.visible).length,
    },
    watchers: table('watchers'),
    steps: table('steps'),
    tracks: {
      ...table('tracks'),
      firstSlot: rows.mode.length,
      owner: Int32Array.from(rows.track, (track) => {
        const owner = tracks.owner[track]!;
        const kind = tracks.kind[track]!;
        if (kind === TRACK.shop) return owner;
        return places[kind === TRACK.restore ? 'element' : 'seat'][owner]!;
      }),
    },
    slots: { ...table('slots'), ...slotLayout(model, at) },
    queues: { ...table('queues'), slotQueue: model.queues.slotQueue },
    orphans: orphans(model, at),
    // Without campaigns: whom to blame, and where members are bound.
    upgrades: { ...model.upgrades, ...table('upgrades') },
    proofTests: table('proofTests'),
    laws: Array.from(rows.law, (law) => model.laws[law]!),
    names: {
      elements: named(names.elements, 'element'),
      modes: named(names.modes, 'mode'),
      seats: named(names.seats, 'seat'),
      groups: named(names.groups, 'group'),
      gates: named(names.gates, 'gate'),
      services: named(names.services, 'service'),
      steps: Array.from(rows.step, (step) => names.steps[step]!),
      detectors: named(names.detectors, 'detector'),
      populations: named(names.populations, 'population'),
      stream: (stream) => names.stream(rows.stream[stream]!),
    },
  });
}

function gatherTable<T extends keyof typeof COLUMNS>(model: CompiledModel, name: T, at: Places): CompiledModel[T] {
  const table = model[name] as unknown as Readonly<Record<string, Numbers>>;
  const of = COLUMNS[name] as Readonly<Record<string, Column>>;
  const found: Record<string, Numbers | number> = {};
  for (const [key, column] of Object.entries(of)) {
    if (column.is === 'count') found[key] = at.rows[column.of].length;
    else if (column.is === 'value') found[key] = pick(table[key]!, at.rows[column.per]);
    else if (column.is === 'refers') {
      const targets = at.places[column.to];
      found[key] = pick(table[key]!, at.rows[column.per], (row) => (row < 0 ? row : targets[row]!));
    } else if (column.is === 'owns') {
      const starts = new Int32Array(at.rows[column.per].length + 1);
      const start = table[key]!;
      at.rows[column.per].forEach((row, i) => {
        let count = 0;
        for (let j = start[row]!; j < start[row + 1]!; j++) count += at.kept[column.of][j]!;
        starts[i + 1] = starts[i]! + count;
      });
      found[key] = starts;
    } else if (column.is === 'lists') Object.assign(found, gatherList(table, of, key, column, at));
  }
  return found as unknown as CompiledModel[T];
}

/** A list per row, without the items that are not kept. */
function gatherList(
  table: Readonly<Record<string, Numbers>>,
  columns: Readonly<Record<string, Column>>,
  key: string,
  { per, items }: Column & { readonly is: 'lists' },
  { rows, places }: Places,
): Record<string, Numbers> {
  const targets = items.map((item) => {
    const column = columns[item]!;
    return column.is === 'item' && column.to !== undefined ? places[column.to] : undefined;
  });
  const start = table[key]!;
  const starts = new Int32Array(rows[per].length + 1);
  const taken: number[] = [];
  rows[per].forEach((row, i) => {
    for (let j = start[row]!; j < start[row + 1]!; j++) {
      const isKept = items.every((item, k) => {
        const value = table[item]![j]!;
        return targets[k] === undefined || value < 0 || targets[k][value]! >= 0;
      });
      if (isKept) taken.push(j);
    }
    starts[i + 1] = taken.length;
  });
  const found: Record<string, Numbers> = { [key]: starts };
  items.forEach((item, k) => {
    const target = targets[k];
    found[item] = pick(table[item]!, taken, (value) => (target === undefined || value < 0 ? value : target[value]!));
  });
  return found;
}

function pick(column: Numbers, rows: ArrayLike<number>, change?: (value: number) => number): Numbers {
  // Columns of what the model does not have are empty.
  if (column.length === 0) return column;
  const found = new (column.constructor as { new (length: number): Numbers })(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const value = column[rows[i]!]!;
    found[i] = change === undefined ? value : change(value);
  }
  return found;
}

/** Room on the nodes, less what members take there that never leave and are left out. */
function capacities({ elements, seats, groups }: CompiledModel, { kept, rows, places }: Places): Int32Array {
  const capacity = pick(elements.capacity, rows.element) as Int32Array;
  seats.home.forEach((home, seat) => {
    const group = seats.group[seat]!;
    if (home < 0 || kept.seat[seat] === 1 || kept.element[home] === 0 || groups.inPlace[group] === 0) return;
    capacity[places.element[home]!]! -= groups.slotsPerMember[group]!;
  });
  return capacity;
}

/** What the nodes have besides, less what the same members take of it. */
function resources({ elements, seats, groups }: CompiledModel, { kept, rows, places }: Places): Int32Array {
  const left = wide(elements.resources, rows.element, RESOURCES.length);
  seats.home.forEach((home, seat) => {
    const group = seats.group[seat]!;
    if (home < 0 || kept.seat[seat] === 1 || kept.element[home] === 0 || groups.inPlace[group] === 0) return;
    takeResources(groups, group, places.element[home]!, 1, (at, amount) => {
      left[at]! -= amount;
    });
  });
  return left;
}

/** `width` numbers of each row; empty columns stay empty. */
function wide(column: Int32Array, rows: Int32Array, width: number): Int32Array {
  if (column.length === 0) return column;
  const found = new Int32Array(width * rows.length);
  rows.forEach((row, i) => {
    found.set(column.subarray(width * row, width * (row + 1)), width * i);
  });
  return found;
}

/** Domains numbered anew in the order in which they are met: parts that are alike are equal. */
function domains({ elements }: CompiledModel, { rows }: Places): Int32Array {
  const levels = SPREAD_LEVELS.length;
  const known = new Map<number, number>();
  const found = new Int32Array(levels * rows.element.length);
  rows.element.forEach((element, i) => {
    for (let level = 0; level < levels; level++) {
      const domain = elements.domains[levels * element + level]!;
      if (domain >= 0 && !known.has(domain)) known.set(domain, known.size);
      found[levels * i + level] = known.get(domain) ?? -1;
    }
  });
  return found;
}

function rooms({ rooms }: CompiledModel, { rows, places }: Places, capacity: Int32Array): RoomTable {
  const lists = Array.from(rows.room, (room) => {
    const nodes = rooms.node.subarray(rooms.nodeStart[room]!, rooms.nodeStart[room + 1]!);
    return Array.from(nodes, (node) => places.element[node]!).filter((node) => node >= 0);
  });
  return listRooms(lists, capacity);
}

function slotLayout({ slots }: CompiledModel, { rows, places }: Places): Omit<SlotTable, 'count' | 'rank' | 'streams'> {
  const below = (slot: number): number => lowerBound(rows.slot, slot);
  const keptSeats = (seats: Int32Array): Int32Array =>
    Int32Array.from(seats, (seat) => places.seat[seat]!).filter((seat) => seat >= 0);
  const modes = Array.from(slots.leadMode, (mode) => places.mode[mode]!).filter((mode) => mode >= 0);
  return {
    detector: below(slots.detector),
    report: below(slots.report),
    reattach: below(slots.reattach),
    lead: below(slots.lead),
    split: below(slots.split),
    cleanup: below(slots.cleanup),
    blind: below(slots.blind),
    detectorSeat: keptSeats(slots.detectorSeat),
    blindSeat: keptSeats(slots.blindSeat),
    leadMode: Int32Array.from(modes),
  };
}

function orphans({ orphans }: CompiledModel, { rows, places }: Places): CompiledModel['orphans'] {
  if (rows.orphan.length === 0) return { node: new Int32Array(0), place: new Int32Array(0), law: -1 };
  return {
    node: pick(orphans.node, rows.orphan, (node) => places.element[node]!) as Int32Array,
    place: pick(orphans.place, rows.element, (place) => (place < 0 ? place : places.orphan[place]!)) as Int32Array,
    law: places.law[orphans.law]!,
  };
}
