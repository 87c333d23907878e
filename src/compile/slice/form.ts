import type { CompiledModel } from '../model.ts';

/**
 * Everything that a slice says but names: two slices of one form are the same cloud under other names, row by row and in the
 * same order, fabric and all, so whatever is estimated of one is true of the other (methods §2.10, symmetry). Nothing is
 * permuted: what is alike but for the order in which things are listed has another form, and an estimate of its own.
 *
 * Room on nodes is left out where nobody ever moves: how many strangers take theirs beside makes no difference.
 */
export function formOf(model: CompiledModel): string {
  const { names: _, laws, elements, rooms, ...tables } = model;
  const { groups, orphans, upgrades } = model;
  const isMoving = groups.room.some((room, group) => room >= 0 && groups.inPlace[group] === 0);
  const moves = isMoving || orphans.node.length > 0 || upgrades.count > 0;
  const room = moves
    ? { elements, rooms }
    : {
        elements: { ...elements, capacity: elements.capacity.map((slots) => Math.sign(slots)), resources: [] },
        rooms: { ...rooms, place: [], treeStart: [], placeStart: [] },
      };
  return JSON.stringify({ ...tables, ...room, laws }, (_key, value: unknown) =>
    ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>).join() : value,
  );
}
