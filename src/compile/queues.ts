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
  spares: ReadonlyMap<string, number>,
  limits: ReadonlyMap<string, number>,
): CompiledModel['queues'] {
  const policies = Object.values(scenario.repair);
  const rows: number[][] = Array.from({ length: policies.length + 1 + spares.size + limits.size }, () => []);
  const programQueues = new Map<number, Set<number>>();
  const queueOfPolicy = Object.keys(scenario.repair).map((id) => spares.get(id));
  const shopPrograms = new Map<number, number[]>();
  for (let mode = 0; mode < modes.count; mode++) {
    if (modes.shop[mode]! < 0) continue;
    const known = shopPrograms.get(modes.spareQueue[mode]!) ?? [];
    if (!known.includes(modes.shop[mode]!)) shopPrograms.set(modes.spareQueue[mode]!, [...known, modes.shop[mode]!]);
  }
  for (let track = 0; track < tracks.count; track++) {
    const queues = new Set<number>();
    for (const first of restoreOrSeatPrograms(track)) for (const queue of queuesOf(first)) queues.add(queue);
    for (const queue of queues) rows[queue]!.push(track);
  }
  const packed = packRows(rows);
  const shop: number[][] = rows.map(() => []);
  for (let track = 0; track < tracks.count; track++) {
    if (tracks.kind[track] === TRACK.shop) shop[queueOfPolicy[tracks.owner[track]!]!]!.push(track);
  }
  const places = packRows(shop);
  const limited = [...limits.keys()];
  const spare = Object.entries(scenario.repair).filter(([id]) => spares.has(id));
  return {
    count: rows.length,
    crews: Int32Array.from([
      ...policies.map(({ crews }) => (Number.isFinite(crews) ? crews : 0)),
      0,
      ...limited.map((id) => scenario.control[id]!.concurrency!),
      ...spare.map(([, each]) => each.spares!.count),
    ]),
    inElementOrder: Uint8Array.from([
      ...policies.map(({ discipline }) => (discipline === 'first-come' ? 0 : 1)),
      0,
      ...limited.map(() => 0),
      ...spare.map(() => 0),
    ]),
    preemptive: Uint8Array.from({ length: rows.length }, (_, i) => (policies[i]?.discipline === 'preemptive' ? 1 : 0)),
    spares: Uint8Array.from([...policies.map(() => 0), 0, ...limited.map(() => 0), ...spare.map(() => 1)]),
    control: Uint8Array.from([...policies.map(() => 0), 0, ...limited.map(() => 1), ...spare.map(() => 0)]),
    shopStart: places.start,
    shop: places.items,
    slotQueue: policies.length,
    trackStart: packed.start,
    track: packed.items,
  };

  function restoreOrSeatPrograms(track: number): number[] {
    const owner = tracks.owner[track]!;
    if (tracks.kind[track] === TRACK.upgrade) return [];
    if (tracks.kind[track] === TRACK.restore) return modeProgramsOf(owner);
    if (tracks.kind[track] !== TRACK.shop) return programsOf(track, tracks, groups, seats);
    return shopPrograms.get(queueOfPolicy[owner]!)!;
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
