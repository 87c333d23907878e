import type { ElementList } from './elements.ts';
import { type ModeTable, RANK, type SlotTable, TRACK, type TrackTable } from './model.ts';
import { upgradeStreams } from './upgrades.ts';

/** One track per element that comes back by itself, the places of the repair shops (so many per policy), then remediation, recovery and manual per seat. */
export function listTracks(list: ElementList, modes: ModeTable, shops: readonly number[]): TrackTable {
  const kind: number[] = [];
  const owner: number[] = [];
  const restorable = new Set<number>();
  for (let mode = 0; mode < modes.count; mode++) if (modes.program[mode]! >= 0) restorable.add(modes.element[mode]!);
  for (const element of [...restorable].sort((a, b) => a - b)) {
    kind.push(TRACK.restore);
    owner.push(element);
  }
  shops.forEach((places, policy) => {
    for (let place = 0; place < places; place++) {
      kind.push(TRACK.shop);
      owner.push(policy);
    }
  });
  list.seats.forEach((_, seat) => {
    kind.push(TRACK.remediation, TRACK.recovery, TRACK.manual);
    owner.push(seat, seat, seat);
  });
  list.upgrades.forEach((_, campaign) => {
    kind.push(TRACK.upgrade);
    owner.push(campaign);
  });
  const count = kind.length;
  return {
    count,
    firstSlot: modes.count,
    kind: Uint8Array.from(kind),
    owner: Int32Array.from(owner),
    outcomeStream: new Int32Array(count),
  };
}

export function layOutSlots(
  list: ElementList,
  modes: ModeTable,
  tracks: TrackTable,
  detectorCounts: readonly number[],
  groupCount: number,
  orphanNodes: number,
  blindCounts: readonly number[],
): SlotTable {
  const detector = modes.count + tracks.count;
  const detectorSeat = list.seats.flatMap((seat, index) => Array<number>(detectorCounts[seat.group]!).fill(index));
  const report = detector + detectorSeat.length;
  const reattach = report + list.seats.length;
  const lead = reattach + groupCount;
  const leadMode = [...modes.leadSlot.keys()].filter((mode) => modes.predicted[mode]! > 0);
  leadMode.forEach((mode, i) => {
    modes.leadSlot[mode] = lead + i;
  });
  const split = lead + leadMode.length;
  const cleanup = split + groupCount;
  const blind = cleanup + orphanNodes;
  const blindSeat = list.seats.flatMap((seat, index) => Array<number>(blindCounts[seat.group]!).fill(index));
  const count = blind + blindSeat.length;
  const rank = new Uint8Array(count).fill(RANK.action);
  rank.fill(RANK.failure, 0, modes.count);
  for (let track = 0; track < tracks.count; track++) {
    if (tracks.kind[track] === TRACK.restore || tracks.kind[track] === TRACK.shop)
      rank[modes.count + track] = RANK.restore;
    tracks.outcomeStream[track] = count + track;
  }
  rank.fill(RANK.detection, detector, reattach);
  rank.fill(RANK.failure, lead, split);
  rank.fill(RANK.detection, blind, count);
  return {
    count,
    rank,
    detector,
    report,
    reattach,
    lead,
    split,
    cleanup,
    blind,
    detectorSeat: Int32Array.from(detectorSeat),
    blindSeat: Int32Array.from(blindSeat),
    leadMode: Int32Array.from(leadMode),
    streams:
      count +
      tracks.count +
      2 * list.seats.length +
      leadMode.length +
      upgradeStreams(list.upgrades.length, list.seats.length),
  };
}
