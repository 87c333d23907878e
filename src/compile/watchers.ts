import { type GroupTable, type SeatTable, type StepTable, TRACK, type TrackTable, type WatcherTable } from './model.ts';
import { packRows } from './rows.ts';

/** Steps `[first, end)` of the program that starts at `first`. */
export function programEnd(steps: StepTable, first: number): number {
  let end = first;
  while (steps.last[end] === 0) end++;
  return end + 1;
}

/** First steps of every program that can run on a track of a seat. */
export function programsOf(track: number, tracks: TrackTable, groups: GroupTable, seats: SeatTable): number[] {
  const group = seats.group[tracks.owner[track]!]!;
  const kind = tracks.kind[track]!;
  const firsts =
    kind === TRACK.remediation
      ? [groups.remediation[group]!, groups.failFast[group]!, groups.switchover[group]!, groups.race[group]!]
      : kind === TRACK.recovery
        ? [groups.recovery[group]!]
        : [groups.escalation[group]!, groups.manual[group]!];
  return firsts.filter((first) => first >= 0);
}

export function listWatchers(
  signals: number,
  tracks: TrackTable,
  groups: GroupTable,
  seats: SeatTable,
  steps: StepTable,
  inner: Int32Array,
): WatcherTable {
  const trackRows: number[][] = Array.from({ length: signals }, () => []);
  for (let track = 0; track < tracks.count; track++) {
    const kind = tracks.kind[track]!;
    if (kind === TRACK.restore || kind === TRACK.shop || kind === TRACK.upgrade) continue;
    const needed = new Set<number>();
    for (const first of programsOf(track, tracks, groups, seats)) {
      const end = programEnd(steps, first);
      for (let i = steps.needStart[first]!; i < steps.needStart[end]!; i++)
        if (steps.need[i]! >= 0) needed.add(steps.need[i]!);
    }
    for (const signal of needed) trackRows[signal]!.push(track);
  }
  const groupRows: number[][] = Array.from({ length: signals }, () => []);
  for (let group = 0; group < groups.count; group++) {
    const watched = new Set<number>();
    const first = groups.detectorNeedStart[groups.detectorStart[group]!]!;
    const end = groups.detectorNeedStart[groups.detectorStart[group + 1]!]!;
    for (let i = first; i < end; i++) if (groups.detectorNeed[i]! >= 0) watched.add(groups.detectorNeed[i]!);
    for (let i = groups.standbyNeedStart[group]!; i < groups.standbyNeedStart[group + 1]!; i++) {
      if (groups.standbyNeed[i]! >= 0) watched.add(groups.standbyNeed[i]!);
    }
    for (let i = groups.confirmNeedStart[group]!; i < groups.confirmNeedStart[group + 1]!; i++) {
      if (groups.confirmNeed[i]! >= 0) watched.add(groups.confirmNeed[i]!);
    }
    if (groups.storeFails[group] === 1) watched.add(groups.store[group]!);
    if (groups.replication[group]! >= 0) watched.add(groups.replication[group]!);
    for (const signal of watched) groupRows[signal]!.push(group);
  }
  for (let seat = 0; seat < seats.count; seat++) {
    const row = seats.agent[seat]! < 0 ? undefined : groupRows[seats.agent[seat]!]!;
    if (row !== undefined && !row.includes(seats.group[seat]!)) row.push(seats.group[seat]!);
  }
  const elementRows: number[][] = Array.from({ length: signals }, () => []);
  inner.forEach((signal, element) => {
    if (signal >= 0) elementRows[signal]!.push(element);
  });
  const byElement = packRows(elementRows);
  const byTrack = packRows(trackRows);
  const byGroup = packRows(groupRows);
  return {
    trackStart: byTrack.start,
    track: byTrack.items,
    groupStart: byGroup.start,
    group: byGroup.items,
    elementStart: byElement.start,
    element: byElement.items,
  };
}
