import type { ElementList } from './elements.ts';
import { type ModeTable, type SlotTable, TRACK, type TrackTable } from './model.ts';
import { lowerBound } from './rows.ts';

const TRACK_NAMES = ['restore', 'remediation', 'recovery', 'manual', 'repair shop', 'upgrade'];

export function streamName(
  stream: number,
  list: ElementList,
  modes: ModeTable,
  tracks: TrackTable,
  slots: SlotTable,
  groupIds: readonly string[],
  policyIds: readonly string[],
  orphanNodes: Int32Array,
): readonly [string, string] {
  const seat = (index: number): string => list.seats[index]!.name;
  const owner = (track: number): string => {
    const index = tracks.owner[track]!;
    if (tracks.kind[track] === TRACK.upgrade) return list.upgrades[index]!.id;
    if (tracks.kind[track] !== TRACK.shop)
      return tracks.kind[track] === TRACK.restore ? list.elements[index]!.name : seat(index);
    const first = tracks.kind.indexOf(TRACK.shop);
    const place = track - tracks.owner.indexOf(index, first) + 1;
    return `${policyIds[index]!}/${place}`;
  };
  const modeOf = (mode: number): readonly [string, string] => {
    const element = list.elements[modes.element[mode]!]!;
    return [element.name, element.failures[mode - lowerBound(modes.element, modes.element[mode]!)]!.id];
  };
  if (stream < modes.count) {
    const [element, mode] = modeOf(stream);
    return [element, `failure ${mode}`];
  }
  if (stream < slots.detector) {
    const track = stream - modes.count;
    return [owner(track), TRACK_NAMES[tracks.kind[track]!]!];
  }
  if (stream < slots.report) {
    const index = slots.detectorSeat[stream - slots.detector]!;
    return [seat(index), `detector ${stream - slots.detector - lowerBound(slots.detectorSeat, index)}`];
  }
  if (stream < slots.reattach) return [seat(stream - slots.report), 'user report'];
  if (stream < slots.lead) return [groupIds[stream - slots.reattach]!, 're-attachment'];
  if (stream < slots.split) {
    const [element, mode] = modeOf(slots.leadMode[stream - slots.lead]!);
    return [element, `lead time ${mode}`];
  }
  if (stream < slots.cleanup) return [groupIds[stream - slots.split]!, 'split brain'];
  if (stream < slots.blind) return [list.elements[orphanNodes[stream - slots.cleanup]!]!.name, 'clean-up'];
  if (stream < slots.count) {
    const index = slots.blindSeat[stream - slots.blind]!;
    return [seat(index), `blind window ${stream - slots.blind - lowerBound(slots.blindSeat, index)}`];
  }
  if (stream < slots.count + tracks.count) {
    const track = stream - slots.count;
    return [owner(track), `${TRACK_NAMES[tracks.kind[track]!]} outcome`];
  }
  const rest = stream - slots.count - tracks.count;
  if (rest < list.seats.length) return [seat(rest), 'coverage'];
  if (rest < 2 * list.seats.length) return [seat(rest - list.seats.length), 'containment'];
  const choice = rest - 2 * list.seats.length - slots.leadMode.length;
  if (choice >= list.upgrades.length) return [seat(choice - list.upgrades.length), 'destination'];
  if (choice >= 0) return [list.upgrades[choice]!.id, 'targets'];
  const [element, mode] = modeOf(slots.leadMode[rest - 2 * list.seats.length]!);
  return [element, `prediction ${mode}`];
}
