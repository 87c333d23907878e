import type { Scenario } from '../model/scenario.ts';
import {
  type CompiledModel,
  type GroupTable,
  type ModeTable,
  type SeatTable,
  type StepTable,
  TRACK,
  type TrackTable,
} from './model.ts';
import { lowerBound, packRows } from './rows.ts';
import { programEnd, programsOf } from './watchers.ts';

export function compileQueues(
  scenario: Scenario,
  steps: StepTable,
  tracks: TrackTable,
  groups: GroupTable,
  seats: SeatTable,
  modes: ModeTable,
): CompiledModel['queues'] {
  const policies = Object.values(scenario.repair);
  const rows: number[][] = Array.from({ length: policies.length + 1 }, () => []);
  const programQueues = new Map<number, Set<number>>();
  for (let track = 0; track < tracks.count; track++) {
    const queues = new Set<number>();
    for (const first of restoreOrSeatPrograms(track)) for (const queue of queuesOf(first)) queues.add(queue);
    for (const queue of queues) rows[queue]!.push(track);
  }
  const packed = packRows(rows);
  return {
    count: rows.length,
    crews: Int32Array.from([...policies.map(({ crews }) => (Number.isFinite(crews) ? crews : 0)), 0]),
    inElementOrder: Uint8Array.from([...policies.map(({ discipline }) => (discipline === 'element-order' ? 1 : 0)), 0]),
    slotQueue: policies.length,
    trackStart: packed.start,
    track: packed.items,
  };

  function restoreOrSeatPrograms(track: number): number[] {
    return tracks.kind[track] === TRACK.restore
      ? modeProgramsOf(tracks.owner[track]!)
      : programsOf(track, tracks, groups, seats);
  }

  function modeProgramsOf(element: number): number[] {
    const first = lowerBound(modes.element, element);
    const own: number[] = [];
    for (let mode = first; mode < modes.count && modes.element[mode] === element; mode++) {
      if (modes.program[mode]! >= 0) own.push(modes.program[mode]!);
    }
    return own;
  }

  function queuesOf(first: number): Set<number> {
    let found = programQueues.get(first);
    if (found === undefined) {
      found = new Set();
      for (let step = first; step < programEnd(steps, first); step++)
        if (steps.queue[step]! >= 0) found.add(steps.queue[step]!);
      programQueues.set(first, found);
    }
    return found;
  }
}
