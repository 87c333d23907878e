import type { Scenario } from '../model/scenario.ts';
import { compileElements } from './element-table.ts';
import { type ElementList, listElements } from './elements.ts';
import { compileGroups, detectorSlots } from './groups.ts';
import { LawTable } from './laws.ts';
import type { CompiledModel } from './model.ts';
import { compileModes } from './modes.ts';
import { compileQueues } from './queues.ts';
import { compileSeats } from './seats.ts';
import { compileServices, readersOf } from './services.ts';
import { compileStrikes } from './shocks.ts';
import { layOutSlots, listTracks } from './slots.ts';
import { StepList } from './steps.ts';
import { streamName } from './stream-names.ts';
import { GateList } from './structure.ts';
import { listWatchers } from './watchers.ts';

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
  const detectorCounts = Object.values(scenario.groups).map(detectorSlots);
  const tracks = listTracks(list, modes);
  const slots = layOutSlots(list, modes, tracks, detectorCounts, groupIds.length);
  const groups = compileGroups({
    scenario,
    list,
    laws,
    steps,
    control: (id) => control.get(id),
    signals: (name) => (isSignal(name, list, groupIds) ? signalsOf(name, list, groupIds) : []),
    slotQueue,
    reattachSlot: (group) => slots.reattach + group,
  });
  const { names: serviceNames, ...services } = compileServices(scenario, gates, control);
  const inner = Int32Array.from(list.elements, ({ name, needs }) =>
    needs === undefined ? -1 : gates.single(`${name}.internal`, needs),
  );
  const gateTable = gates.finish();
  const stepTable = steps.finish();
  const signals = elementCount + groups.count + gateTable.count;
  const elements = compileElements(list, modes, tracks, inner);
  const seats = compileSeats(list, { elements, groups }, slots, tracks);
  return {
    elements,
    modes,
    strikes: compileStrikes(list, modes),
    seats,
    groups,
    gates: gateTable,
    services: { ...services, ...readersOf(services, signals) },
    watchers: listWatchers(signals, tracks, groups, seats, stepTable, inner),
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
      services: serviceNames,
      steps: steps.names,
      detectors: Object.values(scenario.groups).flatMap((group) => group.detection.detectors.map((one) => one.id)),
      populations: list.populations,
      stream: (stream) => streamName(stream, list, modes, tracks, slots, groupIds),
    },
  };
}

function isSignal(name: string, list: ElementList, groupIds: readonly string[]): boolean {
  return groupIds.includes(name) || list.indexOf.has(name) || list.members.has(name);
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
