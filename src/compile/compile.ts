import type { FailureMode, Scenario } from '../model/scenario.ts';
import { MICROSECONDS_PER_SECOND } from '../model/time.ts';
import { type ElementList, listElements } from './elements.ts';
import { compileGroups } from './groups.ts';
import { LawTable } from './laws.ts';
import {
  BUCKETS,
  CAUSES,
  type CompiledModel,
  ELEMENT_KINDS,
  type ElementTable,
  type GroupTable,
  type ModeTable,
  PARTIES,
  RANK,
  type SeatTable,
  type ServiceTable,
  type SlotTable,
  type StepTable,
  TRACK,
  type TrackTable,
  type WatcherTable,
} from './model.ts';
import { chooseNode } from './placement.ts';
import { restoreSteps } from './repair.ts';
import { invertRows, packRows } from './rows.ts';
import { type ProgramContext, StepList } from './steps.ts';
import { GateList, serviceTerms } from './structure.ts';

/**
 * Scenario → flat tables: counts, fills, then read-only. The scenario has been checked by its reader; what cannot be
 * compiled all the same is a defect and throws an ordinary Error.
 */
export function compile(scenario: Scenario): CompiledModel {
  const list = listElements(scenario);
  const laws = new LawTable();
  const steps = new StepList(laws);
  const elementCount = list.elements.length;
  const groupIds = Object.keys(scenario.groups);
  const gates = new GateList({
    elements: elementCount,
    firstGate: elementCount + groupIds.length,
    find: (name) => signalsOf(name, list, groupIds),
  });
  const control = new Map<string, number>();
  for (const [id, fn] of Object.entries(scenario.control)) {
    control.set(id, gates.add(id, fn.quorum, signalsOf(id, list, groupIds)));
  }
  const policies = Object.entries(scenario.repair);
  const queueOfPolicy = new Map(policies.map(([id, policy], i) => [id, Number.isFinite(policy.crews) ? i : -1]));
  const slotQueue = policies.length;

  const modes = compileModes(scenario, list, laws, steps, (id) => queueOfPolicy.get(id)!);
  const detectorCounts = Object.values(scenario.groups).map((group) => Math.max(1, group.detection.detectors.length));
  const tracks = listTracks(list, modes);
  const slots = layOutSlots(list, modes, tracks, detectorCounts, groupIds.length);
  const groups = compileGroups({
    scenario,
    list,
    laws,
    steps,
    control: (id) => control.get(id),
    slotQueue,
    reattachSlot: (group) => slots.reattach + group,
  });
  const services = compileServices(scenario, gates, [...control.values()]);
  const gateTable = gates.finish();
  const stepTable = steps.finish();
  const signals = elementCount + groups.count + gateTable.count;
  const elements = compileElements(list, modes, tracks);
  const seats = compileSeats(list, { elements, groups }, slots, tracks);
  return {
    elements,
    modes,
    seats,
    groups,
    gates: gateTable,
    services: { ...services, ...readersOf(services, signals) },
    watchers: listWatchers(signals, tracks, groups, seats, stepTable),
    steps: stepTable,
    tracks,
    slots,
    queues: compileQueues(scenario, stepTable, tracks, groups, seats, modes),
    laws: laws.laws,
    names: {
      elements: list.elements.map((element) => element.name),
      modes: list.elements.flatMap((element) => element.failures.map((mode) => mode.id)),
      seats: list.seats.map((seat) => seat.name),
      groups: groupIds,
      gates: gates.names,
      services: Object.keys(scenario.services),
      steps: steps.names,
      detectors: Object.values(scenario.groups).flatMap((group) => group.detection.detectors.map((one) => one.id)),
      populations: list.populations,
      stream: (stream) => streamName(stream, list, modes, tracks, slots, groupIds),
    },
  };
}

function signalsOf(name: string, list: ElementList, groupIds: readonly string[]): readonly number[] {
  const group = groupIds.indexOf(name);
  if (group >= 0) return [list.elements.length + group];
  const element = list.indexOf.get(name);
  if (element !== undefined) return [element];
  const members = list.members.get(name);
  if (members === undefined) throw new Error(`nothing is called ${name}`);
  return members.map((member) => list.indexOf.get(member)!);
}

function compileModes(
  scenario: Scenario,
  list: ElementList,
  laws: LawTable,
  steps: StepList,
  queueOf: (policy: string) => number,
): ModeTable {
  const element: number[] = [];
  const all: FailureMode[] = [];
  const program: number[] = [];
  // Equal elements share the programs that bring them back.
  const programs = new Map<FailureMode, Map<boolean, number>>();
  list.elements.forEach((draft, index) => {
    const hosted = draft.host !== undefined || draft.seat >= 0;
    for (const mode of draft.failures) {
      let known = programs.get(mode);
      if (known === undefined) programs.set(mode, (known = new Map()));
      let first = known.get(hosted);
      if (first === undefined) {
        const policy = mode.restore.by === 'repair' ? mode.restore.policy : undefined;
        const context: ProgramContext = {
          flow: 'restore',
          time: () => never('time'),
          probability: () => never('probability'),
          control: () => undefined,
          queue: () => (policy === undefined ? -1 : queueOf(policy)),
          always: [],
        };
        first = steps.add(
          restoreSteps(mode, policy === undefined ? undefined : scenario.repair[policy], hosted),
          context,
        );
        known.set(hosted, first);
      }
      element.push(index);
      all.push(mode);
      program.push(first);
    }
  });
  return {
    count: all.length,
    element: Int32Array.from(element),
    law: Int32Array.from(all.map((mode) => laws.add(mode.timeToFailure))),
    program: Int32Array.from(program),
    cause: Uint8Array.from(all.map((mode) => CAUSES.indexOf(mode.cause))),
    bucket: Uint8Array.from(all.map((mode) => BUCKETS.indexOf(mode.bucket))),
    party: Uint8Array.from(all.map((mode) => PARTIES.indexOf(mode.party))),
  };
}

function never(what: string): never {
  throw new Error(`steps that restore an element have no ${what} parameters`);
}

/** One track per element that comes back by itself, then remediation, recovery and manual per seat. */
function listTracks(list: ElementList, modes: ModeTable): TrackTable {
  const kind: number[] = [];
  const owner: number[] = [];
  const restorable = new Set<number>();
  for (let mode = 0; mode < modes.count; mode++) if (modes.program[mode]! >= 0) restorable.add(modes.element[mode]!);
  for (const element of [...restorable].sort((a, b) => a - b)) {
    kind.push(TRACK.restore);
    owner.push(element);
  }
  list.seats.forEach((_, seat) => {
    kind.push(TRACK.remediation, TRACK.recovery, TRACK.manual);
    owner.push(seat, seat, seat);
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

function layOutSlots(
  list: ElementList,
  modes: ModeTable,
  tracks: TrackTable,
  detectorCounts: readonly number[],
  groupCount: number,
): SlotTable {
  const detector = modes.count + tracks.count;
  const detectorSeat = list.seats.flatMap((seat, index) => Array<number>(detectorCounts[seat.group]!).fill(index));
  const report = detector + detectorSeat.length;
  const reattach = report + list.seats.length;
  const count = reattach + groupCount;
  const rank = new Uint8Array(count).fill(RANK.action);
  rank.fill(RANK.failure, 0, modes.count);
  for (let track = 0; track < tracks.count; track++) {
    if (tracks.kind[track] === TRACK.restore) rank[modes.count + track] = RANK.restore;
    tracks.outcomeStream[track] = count + track;
  }
  rank.fill(RANK.detection, detector, reattach);
  return {
    count,
    rank,
    detector,
    report,
    reattach,
    detectorSeat: Int32Array.from(detectorSeat),
    streams: count + tracks.count + list.seats.length,
  };
}

function compileElements(list: ElementList, modes: ModeTable, tracks: TrackTable): ElementTable {
  const count = list.elements.length;
  const host = Int32Array.from(list.elements, ({ host }) => (host === undefined ? -1 : list.indexOf.get(host)!));
  const hosted = Array.from({ length: count }, (): number[] => []);
  host.forEach((on, element) => {
    if (on >= 0) hosted[on]!.push(element);
  });
  const hostedRows = packRows(hosted);
  const modeStart = new Int32Array(count + 1);
  for (const element of modes.element) modeStart[element + 1]!++;
  for (let i = 0; i < count; i++) modeStart[i + 1]! += modeStart[i]!;
  const track = new Int32Array(count).fill(-1);
  tracks.kind.forEach((kind, index) => {
    if (kind === TRACK.restore) track[tracks.owner[index]!] = index;
  });
  const domainIndex = new Map<string, number>();
  const domains = list.elements.flatMap((element) =>
    element.domains.map((name) => {
      if (name === undefined) return -1;
      if (!domainIndex.has(name)) domainIndex.set(name, domainIndex.size);
      return domainIndex.get(name)!;
    }),
  );
  return {
    count,
    kind: Uint8Array.from(list.elements, (element) => ELEMENT_KINDS.indexOf(element.kind)),
    host,
    seat: Int32Array.from(list.elements, (element) => element.seat),
    hostedStart: hostedRows.start,
    hosted: hostedRows.items,
    modeStart,
    track,
    capacity: Int32Array.from(list.elements, (element) => element.capacity),
    domains: Int32Array.from(domains),
    population: Int32Array.from(list.elements, (element) => element.population),
  };
}

function compileSeats(
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
    reportSlot: Int32Array.from({ length: count }, (_, seat) => slots.report + seat),
    coverageStream: Int32Array.from({ length: count }, (_, seat) => slots.count + tracks.count + seat),
  };
}

function compileServices(
  scenario: Scenario,
  gates: GateList,
  control: readonly number[],
): Omit<ServiceTable, 'readerStart' | 'reader'> {
  const services = Object.entries(scenario.services);
  const series = scenario.controlTreatment === 'series' ? control : [];
  const terms = packRows(services.map(([id, service]) => serviceTerms(gates, id, service, series)));
  const micros = (pick: (index: number) => number): Float64Array =>
    Float64Array.from(services, (_, i) => pick(i) * MICROSECONDS_PER_SECOND);
  return {
    count: services.length,
    termStart: terms.start,
    term: terms.items,
    aligned: Uint8Array.from(services, ([, service]) => (service.combine === 'max' ? 1 : 0)),
    users: Float64Array.from(services, ([, service]) => service.users),
    minServiceFraction: Float64Array.from(services, ([, service]) => service.minServiceFraction),
    minOutage: micros((i) => services[i]![1].minOutageThreshold),
    reportable: micros((i) => services[i]![1].reportableThreshold),
    mergeGap: micros((i) => services[i]![1].mergeGap),
  };
}

function readersOf(services: Omit<ServiceTable, 'readerStart' | 'reader'>, signals: number) {
  const readers = invertRows({ start: services.termStart, items: services.term }, signals);
  return { readerStart: readers.start, reader: readers.items };
}

/** Steps `[first, end)` of the program that starts at `first`. */
function programEnd(steps: StepTable, first: number): number {
  let end = first;
  while (steps.last[end] === 0) end++;
  return end + 1;
}

/** First steps of every program that can run on a track of a seat. */
function programsOf(track: number, tracks: TrackTable, groups: GroupTable, seats: SeatTable): number[] {
  const group = seats.group[tracks.owner[track]!]!;
  const kind = tracks.kind[track]!;
  const firsts =
    kind === TRACK.remediation
      ? [groups.remediation[group]!]
      : kind === TRACK.recovery
        ? [groups.recovery[group]!]
        : [groups.escalation[group]!, groups.manual[group]!];
  return firsts.filter((first) => first >= 0);
}

function listWatchers(
  signals: number,
  tracks: TrackTable,
  groups: GroupTable,
  seats: SeatTable,
  steps: StepTable,
): WatcherTable {
  const trackRows: number[][] = Array.from({ length: signals }, () => []);
  for (let track = 0; track < tracks.count; track++) {
    if (tracks.kind[track] === TRACK.restore) continue;
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
    if (groups.replication[group]! >= 0) watched.add(groups.replication[group]!);
    for (const signal of watched) groupRows[signal]!.push(group);
  }
  const byTrack = packRows(trackRows);
  const byGroup = packRows(groupRows);
  return { trackStart: byTrack.start, track: byTrack.items, groupStart: byGroup.start, group: byGroup.items };
}

function compileQueues(
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

/** First index of the ascending `values` that is at least `value`. */
function lowerBound(values: Int32Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const TRACK_NAMES = ['restore', 'remediation', 'recovery', 'manual'];

function streamName(
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
