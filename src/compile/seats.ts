import { InputError } from '../model/problem.ts';
import type { ElementList } from './elements.ts';
import {
  type ElementTable,
  type GroupTable,
  type RoomTable,
  type SeatTable,
  type SlotTable,
  SPREAD_LEVELS,
  TRACK,
  type TrackTable,
} from './model.ts';
import { NodeChoice } from './placement.ts';
import { takeResources } from './resources.ts';
import { candidates, emptyRooms, setFree } from './rooms.ts';
import { packRows } from './rows.ts';

export function compileSeats(
  list: ElementList,
  model: { readonly elements: ElementTable; readonly groups: GroupTable; readonly rooms: RoomTable },
  slots: SlotTable,
  tracks: TrackTable,
): SeatTable {
  const count = list.seats.length;
  const layers = packRows(list.seats.map((seat) => seat.layers));
  const { capacity } = model.elements;
  const free = new Int32Array(model.rooms.treeStart.at(-1)!);
  emptyRooms(model.rooms, capacity, free);
  const left = Int32Array.from(capacity);
  const seatHost = new Int32Array(count);
  const signals = model.elements.reach.reduce((most, signal) => Math.max(most, signal + 1), list.elements.length);
  const served = new Float64Array(signals).fill(1);
  const resourcesUsed = new Int32Array(model.elements.resources.length);
  const choice = new NodeChoice(model, { free, seatHost, served, resourcesUsed });
  const home = new Int32Array(count).fill(-1);
  const firstDetector = new Int32Array(count);
  for (let i = slots.detectorSeat.length - 1; i >= 0; i--) firstDetector[slots.detectorSeat[i]!] = slots.detector + i;
  list.seats.forEach(({ group, vim }, seat) => {
    const end = model.groups.seatStart[group + 1]!;
    if (model.groups.room[group]! < 0 || seat >= end - Math.max(0, model.groups.dormant[group]!)) return;
    const node =
      vim === undefined
        ? choice.choose(group, seat, -1)
        : choice.choose(group, seat, nodeUnder(vim, list, candidates(model, group)), SPREAD_LEVELS.indexOf('site'));
    if (node < 0) throw noRoom(list.seats[seat]!.name);
    home[seat] = node;
    seatHost[seat] = node + 1;
    left[node]! -= model.groups.slotsPerMember[group]!;
    takeResources(model.groups, group, node, 1, (at, amount) => {
      resourcesUsed[at]! += amount;
    });
    setFree(model.rooms, free, node, left[node]!, (place, slots) => {
      free[place] = slots;
    });
  });
  const firstBlind = new Int32Array(count);
  for (let i = slots.blindSeat.length - 1; i >= 0; i--) firstBlind[slots.blindSeat[i]!] = slots.blind + i;
  const upgrades = tracks.kind.reduce((sum, kind) => sum + (kind === TRACK.upgrade ? 1 : 0), 0);
  const firstTrack = tracks.count - upgrades - 3 * count;
  return {
    count,
    group: Int32Array.from(list.seats, (seat) => seat.group),
    layerStart: layers.start,
    layer: layers.items,
    home,
    remediation: Int32Array.from({ length: count }, (_, seat) => firstTrack + 3 * seat),
    recovery: Int32Array.from({ length: count }, (_, seat) => firstTrack + 3 * seat + 1),
    manual: Int32Array.from({ length: count }, (_, seat) => firstTrack + 3 * seat + 2),
    detectorSlot: firstDetector,
    confirmSlot: firstDetector.map((slot, seat) => {
      const { detectorStart } = model.groups;
      const group = list.seats[seat]!.group;
      return slot + Math.max(1, detectorStart[group + 1]! - detectorStart[group]!);
    }),
    reportSlot: Int32Array.from({ length: count }, (_, seat) => slots.report + seat),
    blindSlot: firstBlind,
    agent: Int32Array.from(list.seats, (seat) => seat.agent ?? -1),
    coverageStream: Int32Array.from({ length: count }, (_, seat) => slots.count + tracks.count + seat),
    containmentStream: Int32Array.from({ length: count }, (_, seat) => slots.count + tracks.count + count + seat),
  };
}

/** Slots of all pools are enough, and yet there is no way to share them out in the order of the groups. */
function noRoom(member: string): InputError {
  return new InputError([
    {
      level: 'error',
      code: 'no-capacity',
      message: `no node has room for ${member} when everything starts`,
      hint: 'more nodes, more slots or capacity, a smaller flavour, or less anti-affinity',
    },
  ]);
}

/** First of the nodes that the VIM manages: a site or a region; the reader has made sure that there is one. */
function nodeUnder(vim: string, { elements }: ElementList, nodes: Int32Array): number {
  const found = nodes.find((node) => {
    const site = elements[node]!.domains[SPREAD_LEVELS.indexOf('site')] ?? '';
    return site === vim || site.endsWith(`/${vim}`) || site.startsWith(`${vim}/`);
  });
  if (found === undefined) throw new Error(`no node is managed by ${vim}`);
  return found;
}
