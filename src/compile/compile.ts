import type { Scenario } from '../model/scenario.ts';
import type { SliceFacts } from '../model/slice.ts';
import { compileOrphans, controlQueues, controlSignals, inSeries } from './control-path.ts';
import { compileElements } from './element-table.ts';
import { type ElementList, listElements } from './elements.ts';
import { attachFabrics, planFabrics } from './fabric.ts';
import { blindSlots, compileGroups, detectorSlots, roomsOf } from './groups.ts';
import { LawTable } from './laws.ts';
import type { CompiledModel } from './model.ts';
import { compileModes } from './modes.ts';
import { compileProofTests } from './proof-tests.ts';
import { compileQueues } from './queues.ts';
import { resourcesOf } from './resources.ts';
import { listRooms } from './rooms.ts';
import { compileSeats } from './seats.ts';
import { compileServices, readersOf } from './services.ts';
import { compileStrikes } from './shocks.ts';
import { sliceServices } from './slice/services.ts';
import { layOutSlots, listTracks } from './slots.ts';
import { shopPlaces, spareQueues } from './spares.ts';
import { compileStandbys } from './standbys.ts';
import { StepList } from './steps.ts';
import { streamName } from './stream-names.ts';
import { GateList } from './structure.ts';
import { uniform } from './uniform.ts';
import { compileUpgrades, upgradePrograms, upgradeStreams } from './upgrades.ts';
import { listWatchers } from './watchers.ts';

/**
 * Scenario → flat tables: counts, fills, then read-only. The scenario has been checked by its reader; what cannot be
 * compiled all the same is a defect and throws an ordinary Error. Of a scenario that is asked about some services only
 * (`sliced`), what can influence these.
 */
export function compile(scenario: Scenario): CompiledModel {
  return compileSlice(scenario).model;
}

/** The same, with what was left out. */
export function compileSlice(scenario: Scenario): { readonly model: CompiledModel; readonly slice?: SliceFacts } {
  const whole = compileWhole(scenario);
  if (scenario.sliced !== true) return { model: whole };
  const { model, facts } = sliceServices(whole, [...Array(whole.services.visible).keys()]);
  return { model, slice: facts };
}

function compileWhole(written: Scenario): CompiledModel {
  const fabrics = planFabrics(written);
  const scenario = { ...written, groups: { ...fabrics.groups, ...written.groups } };
  const list = listElements(scenario, fabrics);
  const laws = new LawTable();
  const steps = new StepList(laws);
  const elementCount = list.elements.length;
  const groupIds = Object.keys(scenario.groups);
  const groupOf = new Map(groupIds.map((id, group) => [id, elementCount + group]));
  const find = (name: string): readonly number[] => signalsOf(name, list, groupOf);
  const control = new Map<string, number>();
  const gates: GateList = new GateList({
    elements: elementCount,
    firstGate: elementCount + groupIds.length,
    // What a service stands on has to be reached as well.
    find: (name) => {
      const fn = control.get(name);
      return fn === undefined ? find(name).map((signal) => reached(signal)) : [fn];
    },
  });
  const attachments = attachFabrics(scenario, fabrics, list, gates, (name) => groupOf.get(name)!);
  const reached = (signal: number): number => {
    const reach = list.elements[signal]?.kind === 'node' ? attachments.reach.get(signal) : undefined;
    return reach === undefined ? signal : gates.addProduct(`${list.elements[signal]!.name}:reached`, [signal, reach]);
  };
  for (const [id, signal] of controlSignals(scenario.control, gates, (id) => find(id).map(reachedByControl)))
    control.set(id, signal);
  const policies = Object.entries(scenario.repair);
  const queueOfPolicy = new Map(policies.map(([id, policy], i) => [id, Number.isFinite(policy.crews) ? i : -1]));
  const slotQueue = policies.length;
  const limits = controlQueues(scenario.control, slotQueue + 1);
  const spares = spareQueues(scenario, slotQueue + 1 + limits.size);
  const orphans = compileOrphans(scenario, list, laws);

  const modes = compileModes(scenario, list, laws, steps, { crews: (id) => queueOfPolicy.get(id)!, spares });
  const detectorCounts = Object.values(scenario.groups).map(detectorSlots);
  const tracks = listTracks(list, modes, shopPlaces(scenario, modes, spares));
  const blindCounts = Object.values(scenario.groups).map(blindSlots);
  const slots = layOutSlots(list, modes, tracks, detectorCounts, groupIds.length, orphans.node.length, blindCounts);
  const rooms = roomsOf(scenario, list);
  const groups = compileGroups({
    scenario,
    list,
    laws,
    steps,
    control: (id) => control.get(id),
    signals: (name) => (isSignal(name, list, groupOf) ? find(name) : []),
    signal: (name) => control.get(name) ?? find(name)[0]!,
    slotQueue,
    limit: (id) => limits.get(id) ?? -1,
    rooms,
    reattachSlot: (group) => slots.reattach + group,
    splitSlot: (group) => slots.split + group,
  });
  function reachedByControl(instance: number): number {
    const host = list.indexOf.get(list.elements[instance]!.host ?? '') ?? -1;
    const reach = attachments.controlReach.get(host) ?? attachments.reach.get(host);
    if (reach === undefined) return instance;
    const { name } = list.elements[instance]!;
    return gates.addProduct(`${name}:reached`, [instance, gates.addPresent(`${name}:present`, reach)]);
  }
  const campaigns = upgradePrograms(list.upgrades, steps);
  const { names: serviceNames, ...services } = compileServices(scenario, gates, inSeries(scenario.control, control));
  const inner = Int32Array.from(list.elements, ({ name, needs }) =>
    needs === undefined ? -1 : gates.single(`${name}.internal`, needs),
  );
  const gateTable = gates.finish();
  const stepTable = steps.finish();
  const signals = elementCount + groups.count + gateTable.count;
  const elements = compileElements(
    list,
    modes,
    tracks,
    inner,
    attachments,
    signals,
    resourcesOf(scenario, list.elements),
  );
  const roomTable = listRooms(rooms.lists, elements.capacity);
  const seats = compileSeats(list, { elements, groups, rooms: roomTable }, slots, tracks);
  const strikes = compileStrikes(list, modes);
  const drafts = list.upgrades;
  const firstStream = slots.streams - upgradeStreams(drafts.length, list.seats.length);
  const upgrades = compileUpgrades(
    { drafts, scenario, list, modes, strikes, tracks, elements, groups, rooms: roomTable, firstStream },
    campaigns,
  );
  return uniform({
    elements,
    modes,
    strikes,
    seats,
    groups,
    rooms: roomTable,
    gates: gateTable,
    networks: gates.finishNetworks(),
    standbys: compileStandbys(list, gateTable, elementCount + groups.count),
    services: { ...services, ...readersOf(services, signals) },
    watchers: listWatchers(signals, tracks, groups, seats, stepTable, inner),
    steps: stepTable,
    tracks,
    slots,
    queues: compileQueues(scenario, stepTable, tracks, groups, seats, modes, spares, limits),
    orphans,
    upgrades,
    proofTests: compileProofTests(scenario, list, modes),
    laws: laws.laws,
    names: {
      elements: list.elements.map((element) => element.name),
      modes: list.elements.flatMap((element) => element.failures.map((mode) => mode.id)),
      seats: list.seats.map((seat) => seat.name),
      groups: groupIds,
      gates: gates.names,
      services: serviceNames,
      steps: steps.names,
      detectors: Object.values(scenario.groups).flatMap((group) => group.detection.detectors.map((one) => one.id)),
      populations: list.populations,
      stream: (stream) =>
        streamName(stream, list, modes, tracks, slots, groupIds, Object.keys(scenario.repair), orphans.node),
    },
  });
}

function isSignal(name: string, list: ElementList, groupOf: ReadonlyMap<string, number>): boolean {
  return groupOf.has(name) || list.indexOf.has(name) || list.members.has(name);
}

function signalsOf(name: string, list: ElementList, groupOf: ReadonlyMap<string, number>): readonly number[] {
  const group = groupOf.get(name);
  if (group !== undefined) return [group];
  const element = list.indexOf.get(name);
  if (element !== undefined) return [element];
  const members = list.members.get(name);
  if (members === undefined) throw new Error(`nothing is called ${name}`);
  return members.map((member) => list.indexOf.get(member)!);
}
