import type { SliceFacts } from '../../model/slice.ts';
import type { CompiledModel } from '../model.ts';
import { type Stand, standFor, unlikeNodes } from './alike.ts';
import { Influence } from './influence.ts';
import { type Slice, sliceModel } from './slice.ts';

/** Entities from which on it is worth looking for nodes that stand for others, at the price of other random numbers. */
const LARGE = 100;

/** Services of a model with all that can influence them, what was left out and why it may be. */
export interface ServiceSlice extends Slice {
  readonly facts: SliceFacts;
}

/** Signals that the services read, and the stages of their chains. */
export function signalsOf({ services }: CompiledModel, some: readonly number[]): number[] {
  const read = new Set<number>();
  for (let service = 0; service < services.count; service++) {
    if (!some.includes(service) && !some.includes(services.chainOf[service]!)) continue;
    for (let i = services.termStart[service]!; i < services.termStart[service + 1]!; i++) read.add(services.term[i]!);
  }
  return [...read];
}

/**
 * The services with all that can influence them, and nothing else: they have the same futures as in the whole model, draw
 * by draw. Where that is much and most of it are nodes that stand for one another, a few of these: then the futures are
 * other ones of the same law.
 */
export function sliceServices(
  model: CompiledModel,
  services: readonly number[],
  influence: Influence = new Influence(model),
  large: number = LARGE,
): ServiceSlice {
  const signals = signalsOf(model, services);
  const cone = influence.coneOf(signals);
  const { stands, refused, entities } =
    cone.size < large || model.upgrades.count > 0 ? ALL_KEPT : standIns(model, signals, cone);
  const slice = sliceModel(model, influence.relations, { entities: entities ?? cone, services });
  return { ...slice, facts: factsOf(model, slice, stands, refused) };
}

interface Standing {
  readonly stands: readonly Stand[];
  /** Why the nodes of some rooms do not stand for one another. */
  readonly refused: readonly string[];
  /** Absent: whatever influences the services. */
  readonly entities?: ReadonlySet<number>;
}

const ALL_KEPT: Standing = { stands: [], refused: [] };

/** Rooms of which some nodes stand for all, as far as nothing else of what is kept is about their nodes. */
function standIns(model: CompiledModel, signals: readonly number[], cone: ReadonlySet<number>): Standing {
  const { groups, elements, rooms, names } = model;
  const refused = new Map<number, string>();
  const movingIn = (within: ReadonlySet<number>, room: number): number[] =>
    [...within].flatMap((entity) => {
      const group = entity - elements.count;
      return group >= 0 && groups.inPlace[group] === 0 && groups.room[group] === room ? [group] : [];
    });
  const refuse = (room: number, group: number, why: string): void => {
    const count = rooms.nodeStart[room + 1]! - rooms.nodeStart[room]!;
    refused.set(room, `all ${count} nodes of ${names.groups[group]} are kept: ${why}`);
  };
  const open = new Set<number>();
  for (const entity of [...cone].sort((a, b) => a - b)) {
    const group = entity - elements.count;
    const room = group < 0 || groups.inPlace[group] === 1 ? -1 : groups.room[group]!;
    if (room < 0 || open.has(room) || refused.has(room)) continue;
    const why = unlikeNodes(model, room);
    if (why === undefined) open.add(room);
    else refuse(room, group, why);
  }
  for (;;) {
    if (open.size === 0) return { stands: [], refused: [...refused.values()] };
    const influence = new Influence(model, open);
    const entities = new Set(influence.coneOf(signals));
    const stands: Stand[] = [];
    let isSettled = true;
    for (const room of [...open]) {
      const moving = movingIn(entities, room);
      if (moving.length === 0) continue;
      const nodes = rooms.node.subarray(rooms.nodeStart[room]!, rooms.nodeStart[room + 1]!);
      const read = nodes.find((node) => entities.has(node));
      const answer =
        moving.length > 1
          ? `${names.groups[moving[0]!]} and ${names.groups[moving[1]!]} may meet on a node`
          : read !== undefined
            ? `something else depends on ${names.elements[read]}`
            : standFor(model, moving[0]!);
      if (typeof answer !== 'string') {
        stands.push(answer);
        continue;
      }
      refuse(room, moving[0]!, answer);
      open.delete(room);
      isSettled = false;
    }
    if (!isSettled) continue;
    for (const { nodes } of stands) {
      for (const node of nodes) for (const entity of influence.coneOf([node])) entities.add(entity);
    }
    return { stands, refused: [...refused.values()], entities };
  }
}

function factsOf(
  model: CompiledModel,
  { rows, model: kept }: Slice,
  stands: readonly Stand[],
  refused: readonly string[],
): SliceFacts {
  const { elements, groups, names } = model;
  const notes = stands.map(
    ({ group, nodes, of }) =>
      `${nodes.length} of ${of} nodes stand for all those of ${names.groups[group]}: they are alike and memoryless, its members never meet, and there is always room`,
  );
  return {
    services: [...kept.names.services.slice(0, kept.services.visible)],
    elements: { kept: rows.element.length, of: elements.count },
    groups: { kept: rows.group.length, of: groups.count },
    futures: stands.length === 0 ? 'same' : 'alike',
    notes: [...notes, ...refused],
  };
}
