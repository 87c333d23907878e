import {
  type GroupTable,
  isOfSeat,
  type SeatTable,
  type StepTable,
  TRACK,
  type TrackTable,
  type WatcherTable,
} from './model.ts';
import { type Rows, sortIntoRows } from './rows.ts';

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
  const tracksOf = new Pairs();
  for (let track = 0; track < tracks.count; track++) {
    if (!isOfSeat(tracks.kind[track]!)) continue;
    const needed = new Set<number>();
    for (const first of programsOf(track, tracks, groups, seats)) {
      const end = programEnd(steps, first);
      for (let i = steps.needStart[first]!; i < steps.needStart[end]!; i++)
        if (steps.need[i]! >= 0) needed.add(steps.need[i]!);
    }
    for (const signal of needed) tracksOf.add(signal, track);
  }
  const groupsOf = new Pairs();
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
    for (const signal of watched) groupsOf.add(signal, group);
  }
  for (let seat = 0; seat < seats.count; seat++) {
    if (seats.agent[seat]! >= 0) groupsOf.add(seats.agent[seat]!, seats.group[seat]!);
  }
  const byElement = sortIntoRows(inner, signals);
  const byTrack = tracksOf.rows(signals);
  const byGroup = groupsOf.rows(signals);
  return {
    trackStart: byTrack.start,
    track: byTrack.items,
    groupStart: byGroup.start,
    group: byGroup.items,
    elementStart: byElement.start,
    element: byElement.items,
  };
}

/** Who watches what, each once. */
class Pairs {
  private readonly signals: number[] = [];
  private readonly watchers: number[] = [];
  private readonly known = new Map<number, Set<number>>();

  add(signal: number, watcher: number): void {
    const watching = this.known.get(signal) ?? new Set();
    if (watching.has(watcher)) return;
    this.known.set(signal, watching.add(watcher));
    this.signals.push(signal);
    this.watchers.push(watcher);
  }

  /** Watchers by signal, in the order in which they were added. */
  rows(count: number): Rows {
    return sortIntoRows(this.signals, count, this.watchers);
  }
}
