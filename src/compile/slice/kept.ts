import { type CompiledModel, isOfSeat, TRACK } from '../model.ts';
import { COLUMNS, type Column, SPACES, type Space } from './columns.ts';
import { type Numbers, type Relations, sizesOf } from './relations.ts';

/** Rows of everything that a slice keeps: 1 per kept row. */
export type Kept = Readonly<Record<Space, Uint8Array>>;

/** What a slice is asked to keep. */
export interface SliceRequest {
  /** Entities, closed under influence: with each everything that influences it. */
  readonly entities: Iterable<number>;
  /** Services of the model, and with them the stages of their chains. */
  readonly services: readonly number[];
  /** Further signals that will be read. */
  readonly signals?: readonly number[];
}

/**
 * The rows that belong to what is kept.
 *
 * @throws Error if something that is kept depends on what is not
 */
export function keptRows(model: CompiledModel, relations: Relations, request: SliceRequest): Kept {
  const sizes = sizesOf(model);
  const kept = Object.fromEntries(SPACES.map((space) => [space, new Uint8Array(sizes[space])])) as Record<
    Space,
    Uint8Array
  >;
  const { elements, groups, seats, services } = model;
  const wanted = new Uint8Array(elements.count + groups.count);
  for (const entity of request.entities) wanted[entity] = 1;
  const open: number[] = [];
  const visit = (space: Space, row: number): void => {
    if (kept[space][row] === 1) return;
    if (space === 'element' || space === 'group') {
      const seat = space === 'element' ? elements.seat[row]! : -1;
      const entity = space === 'group' ? elements.count + row : seat < 0 ? row : elements.count + seats.group[seat]!;
      if (wanted[entity] === 0) throw new Error(`a slice leaves out ${nameOf(model, space, row)}, which it depends on`);
    }
    kept[space][row] = 1;
    open.push(row * SPACES.length + SPACES.indexOf(space));
  };
  wanted.forEach((is, entity) => {
    if (is === 1) relations.signal(entity, visit);
  });
  for (const service of request.services) visit('service', service);
  services.chainOf.forEach((chain, stage) => {
    if (chain >= 0 && kept.service[chain] === 1) visit('service', stage);
  });
  for (const signal of request.signals ?? []) relations.signal(signal, visit);
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    relations.needsOf(SPACES[key % SPACES.length]!, Math.floor(key / SPACES.length), visit);
  }
  keepWhatFollows(model, kept);
  return kept;
}

/** What has no course of its own: tracks, slots, streams, rooms, laws and so on of what is kept. */
function keepWhatFollows(model: CompiledModel, kept: Record<Space, Uint8Array>): void {
  const { elements, groups, modes, queues, tracks, orphans } = model;
  kept.queue.fill(1);
  const shops = new Set<number>();
  kept.mode.forEach((is, mode) => {
    if (is === 1 && modes.spareQueue[mode]! >= 0) shops.add(modes.spareQueue[mode]!);
  });
  for (const queue of shops) {
    for (let i = queues.shopStart[queue]!; i < queues.shopStart[queue + 1]!; i++) kept.track[queues.shop[i]!] = 1;
  }
  tracks.kind.forEach((kind, track) => {
    const owner = tracks.owner[track]!;
    if (kind === TRACK.restore) kept.track[track] = kept.element[owner]!;
    else if (isOfSeat(kind)) kept.track[track] = kept.seat[owner]!;
  });
  kept.group.forEach((is, group) => {
    if (is === 1 && groups.room[group]! >= 0) kept.room[groups.room[group]!] = 1;
  });
  kept.element.forEach((is, element) => {
    if (is === 1 && elements.population[element]! >= 0) kept.population[elements.population[element]!] = 1;
  });
  orphans.node.forEach((node, place) => {
    kept.orphan[place] = kept.element[node]!;
  });
  if (orphans.law >= 0) kept.law[orphans.law] = 1;
  keepLaws(model, kept);
  const { signal } = kept;
  signal.set(kept.element);
  signal.set(kept.group, elements.count);
  signal.set(kept.gate, elements.count + groups.count);
  keepSlots(model, kept);
}

function keepLaws(model: CompiledModel, kept: Record<Space, Uint8Array>): void {
  for (const [name, columns] of Object.entries(COLUMNS)) {
    const table = model[name as keyof typeof COLUMNS] as unknown as Readonly<Record<string, Numbers>>;
    for (const [key, column] of Object.entries(columns as Readonly<Record<string, Column>>)) {
      if (column.is !== 'refers' || column.to !== 'law') continue;
      const of = kept[column.per];
      table[key]!.forEach((law, row) => {
        if (law >= 0 && of[row] === 1) kept.law[law] = 1;
      });
    }
  }
}

/** Timer slots and random streams, range by range as they are laid out (`slots.ts`). */
function keepSlots({ slots, tracks, seats }: CompiledModel, kept: Record<Space, Uint8Array>): void {
  const { slot, stream } = kept;
  slot.set(kept.mode);
  slot.set(kept.track, tracks.firstSlot);
  slots.detectorSeat.forEach((seat, i) => {
    slot[slots.detector + i] = kept.seat[seat]!;
  });
  slot.set(kept.seat, slots.report);
  slot.set(kept.group, slots.reattach);
  slots.leadMode.forEach((mode, i) => {
    slot[slots.lead + i] = kept.mode[mode]!;
    stream[slots.count + tracks.count + 2 * seats.count + i] = kept.mode[mode]!;
  });
  slot.set(kept.group, slots.split);
  slot.set(kept.orphan, slots.cleanup);
  slots.blindSeat.forEach((seat, i) => {
    slot[slots.blind + i] = kept.seat[seat]!;
  });
  stream.set(slot);
  stream.set(kept.track, slots.count);
  stream.set(kept.seat, slots.count + tracks.count);
  stream.set(kept.seat, slots.count + tracks.count + seats.count);
}

function nameOf({ names }: CompiledModel, space: Space, row: number): string {
  return space === 'group' ? names.groups[row]! : names.elements[row]!;
}
