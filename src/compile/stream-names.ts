import type { ElementList } from './elements.ts';
import { type ModeTable, type SlotTable, TRACK, type TrackTable } from './model.ts';
import { lowerBound } from './rows.ts';

const TRACK_NAMES = ['restore', 'remediation', 'recovery', 'manual'];

export function streamName(
  stream: number,
  list: ElementList,
  modes: ModeTable,
  tracks: TrackTable,
  slots: SlotTable,
  groupIds: readonly string[],
): readonly [string, string] {
  const seat = (index: number): string => list.seats[index]!.name;
  const owner = (track: number): string =>
    tracks.kind[track] === TRACK.restore ? list.elements[tracks.owner[track]!]!.name : seat(tracks.owner[track]!);
  if (stream < modes.count) {
    const element = list.elements[modes.element[stream]!]!;
    return [
      element.name,
      `failure ${element.failures[stream - lowerBound(modes.element, modes.element[stream]!)]!.id}`,
    ];
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
  if (stream < slots.count) return [groupIds[stream - slots.reattach]!, 're-attachment'];
  if (stream < slots.count + tracks.count) {
    const track = stream - slots.count;
    return [owner(track), `${TRACK_NAMES[tracks.kind[track]!]} outcome`];
  }
  return [seat(stream - slots.count - tracks.count), 'coverage'];
}
