import type { ElementList } from './elements.ts';
import type { ElementTable, GroupTable, SeatTable, SlotTable, TrackTable } from './model.ts';
import { chooseNode } from './placement.ts';
import { packRows } from './rows.ts';

export function compileSeats(
  list: ElementList,
  model: { readonly elements: ElementTable; readonly groups: GroupTable },
  slots: SlotTable,
  tracks: TrackTable,
): SeatTable {
  const count = list.seats.length;
  const layers = packRows(list.seats.map((seat) => seat.layers));
  const slotsUsed = new Int32Array(list.elements.length);
  const seatHost = new Int32Array(count);
  const served = new Float64Array(list.elements.length).fill(1);
  const home = new Int32Array(count).fill(-1);
  const firstDetector = new Int32Array(count);
  for (let i = slots.detectorSeat.length - 1; i >= 0; i--) firstDetector[slots.detectorSeat[i]!] = slots.detector + i;
  list.seats.forEach(({ group }, seat) => {
    const { nodeStart, slotsPerMember } = model.groups;
    if (nodeStart[group] === nodeStart[group + 1]) return;
    const node = chooseNode(model, { slotsUsed, seatHost, served }, group, seat);
    if (node < 0) throw new Error(`no node has room for ${list.seats[seat]!.name}`);
    home[seat] = node;
    seatHost[seat] = node + 1;
    slotsUsed[node]! += slotsPerMember[group]!;
  });
  const firstTrack = tracks.count - 3 * count;
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
    coverageStream: Int32Array.from({ length: count }, (_, seat) => slots.count + tracks.count + seat),
  };
}
