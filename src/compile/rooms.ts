import type { CompiledModel, RoomTable } from './model.ts';
import { packRows, sortIntoRows } from './rows.ts';

/**
 * Rooms: lists of nodes among which groups choose, one per distinct list. Over the free slots of each stands a tree of
 * maxima, so that the choice of a node costs the logarithm of their number.
 */

/** Tables of the rooms. @param capacity slots per element */
export function listRooms(lists: readonly (readonly number[])[], capacity: ArrayLike<number>): RoomTable {
  const nodes = packRows(lists);
  const treeStart = new Int32Array(lists.length + 1);
  const hosts: number[] = [];
  const places: number[] = [];
  lists.forEach((list, room) => {
    let leaves = 1;
    while (leaves < list.length) leaves *= 2;
    treeStart[room + 1] = treeStart[room]! + 2 * leaves;
    list.forEach((node, i) => {
      hosts.push(node);
      places.push(treeStart[room]! + leaves + i);
    });
  });
  const placeRows = sortIntoRows(hosts, capacity.length, places);
  return {
    count: lists.length,
    nodeStart: nodes.start,
    node: nodes.items,
    treeStart,
    placeStart: placeRows.start,
    place: placeRows.items,
  };
}

/** Nodes that may host members of the group, in the order of preference; empty: members have no host. */
export function candidates({ groups, rooms }: Pick<CompiledModel, 'groups' | 'rooms'>, group: number): Int32Array {
  const room = groups.room[group]!;
  return room < 0 ? rooms.node.subarray(0, 0) : rooms.node.subarray(rooms.nodeStart[room]!, rooms.nodeStart[room + 1]!);
}

/** Writes the trees of empty rooms into `free`. */
export function emptyRooms(rooms: RoomTable, capacity: ArrayLike<number>, free: Int32Array): void {
  free.fill(-1);
  for (let room = 0; room < rooms.count; room++) {
    const base = rooms.treeStart[room]!;
    const leaves = (rooms.treeStart[room + 1]! - base) / 2;
    for (let i = rooms.nodeStart[room]!; i < rooms.nodeStart[room + 1]!; i++) {
      free[base + leaves + i - rooms.nodeStart[room]!] = capacity[rooms.node[i]!]!;
    }
    for (let i = leaves - 1; i > 0; i--) free[base + i] = Math.max(free[base + 2 * i]!, free[base + 2 * i + 1]!);
  }
}

/** A node has `slots` free now: its leaves, and what is above them. `write` changes one place of `free`. */
export function setFree(
  rooms: RoomTable,
  free: ArrayLike<number>,
  node: number,
  slots: number,
  write: (place: number, slots: number) => void,
): void {
  for (let i = rooms.placeStart[node]!; i < rooms.placeStart[node + 1]!; i++) {
    const leaf = rooms.place[i]!;
    const base = treeOf(rooms, leaf);
    write(leaf, slots);
    for (let at = (leaf - base) >> 1; at > 0; at >>= 1) {
      const most = Math.max(free[base + 2 * at]!, free[base + 2 * at + 1]!);
      if (free[base + at] === most) break;
      write(base + at, most);
    }
  }
}

/** Where the tree starts in which `place` is: the last start at or below it. */
function treeOf({ treeStart, count }: RoomTable, place: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (treeStart[middle]! <= place) low = middle;
    else high = middle - 1;
  }
  return treeStart[low]!;
}
