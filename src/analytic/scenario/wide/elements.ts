import { type CompiledModel, GATE, MANIFESTATION } from '../../../compile/model.ts';
import { meanRestore } from '../../../compile/programs.ts';
import { mean } from '../../../model/law.ts';
import { type Block, type Gate, gateRef, type Ref, type Structure } from '../../../model/structure.ts';
import { SECONDS_PER_HOUR, SECONDS_PER_YEAR } from '../../../model/time.ts';
import { analyseStructure } from '../../structure/analyse.ts';
import { failoverNeeds } from '../failover.ts';
import { failsByItself, longestOfShock, type Reach, shockName, shockRate, shocksOn } from '../shocks.ts';
import { cutOffFromExits, vertexOf } from './fabric.ts';

/** Long-run figures of an element by itself, while what it runs on is up. */
export interface ElementFigures {
  /** Failures per second of operation. */
  readonly rate: number;
  /** Mean downtime per failure, s; 0 without failures. */
  readonly meanDown: number;
  readonly unavailability: number;
}

/** Own figures: competing failure modes, each with its mean time to restore. A frozen clock fails nothing (no modes). */
export function elementFigures(model: CompiledModel, element: number): ElementFigures {
  const { elements, modes, laws } = model;
  let rate = 0;
  let downPerUp = 0;
  for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
    // The others leave the element alive.
    if (modes.manifestation[mode] !== MANIFESTATION.failStop) continue;
    const modeRate = 1 / mean(laws[modes.law[mode]!]!);
    rate += modeRate;
    downPerUp += modeRate * meanRestore(model, modes.program[mode]!);
  }
  return { rate, meanDown: rate === 0 ? 0 : downPerUp / rate, unavailability: downPerUp / (1 + downPerUp) };
}

/** Unavailability and frequency (1/s) of a group, standing for it as one block. */
export interface GroupFigures {
  readonly unavailability: number;
  readonly frequency: number;
}

/**
 * Failure structure of some signals joined in series: elements with everything they run on, gates as they are, groups as
 * blocks of their own, or (`members`) as what their members stand on at their first places: down when every member is,
 * or the active one and something its failover cannot do without.
 * Steady state is exact for independent elements, whatever the laws (insensitivity).
 */
export function seriesStructure(
  model: CompiledModel,
  signals: readonly number[],
  group: 'members' | ((index: number) => GroupFigures),
): { readonly structure: Structure; readonly elements: readonly number[]; readonly groups: readonly number[] } {
  const { elements, groups, gates, seats, names } = model;
  const blocks: Block[] = [];
  const gateList: Gate[] = [];
  const blockOf = new Map<number, Ref>();
  const refOf = new Map<number, Ref>();
  const usedElements = new Set<number>();
  const usedGroups: number[] = [];
  const addGate = (gate: Gate): Ref => gateRef(gateList.push(gate) - 1);

  const hostOf = (element: number): number => {
    const host = elements.host[element]!;
    const seat = elements.seat[element]!;
    return host >= 0 || seat < 0 ? host : seats.home[seat]!;
  };
  const ownBlock = (element: number): Ref => {
    let ref = blockOf.get(element);
    if (ref === undefined) {
      const { rate, unavailability } = elementFigures(model, element);
      const frequencyPerHour = rate * (1 - unavailability) * SECONDS_PER_HOUR;
      ref = blocks.push({ name: names.elements[element]!, unavailability, frequencyPerHour }) - 1;
      blockOf.set(element, ref);
      usedElements.add(element);
    }
    return ref;
  };
  const shockBlocks = new Map<string, Ref>();
  const blockNamed = (name: string, unavailability: number, frequencyPerHour: number): Ref => {
    let ref = shockBlocks.get(name);
    if (ref === undefined) {
      ref = blocks.push({ name, unavailability, frequencyPerHour }) - 1;
      shockBlocks.set(name, ref);
    }
    return ref;
  };
  /** Down by the shock: as long as its last victim, and where not all are struck, only with this one's chance. */
  const shockRef = ({ shock, mode, probability, alone }: Reach): Ref => {
    const name = shockName(model, shock);
    const victim = names.elements[model.modes.element[mode]!]!;
    const own = meanRestore(model, model.modes.program[mode]!);
    const down = alone ? own : longestOfShock(model, shock);
    const load = shockRate(model, shock) * down * (alone ? probability : 1);
    const unavailability = load / (1 + load);
    const frequency = down === 0 ? 0 : (unavailability / down) * SECONDS_PER_HOUR;
    if (group === 'members' || (!alone && probability === 1 && own === down)) {
      return blockNamed(group === 'members' && alone ? `${name} on ${victim}` : name, unavailability, frequency);
    }
    if (alone) return blockNamed(`${name} on ${victim}`, unavailability, frequency);
    const hit = blockNamed(`${name} hits ${victim}`, down === 0 ? 0 : (probability * own) / down, 0);
    return addGate({ kind: 'and', inputs: [blockNamed(name, unavailability, frequency), hit] });
  };
  /** Fails when a failover of the group cannot come to its end; undefined when nothing can stop it. */
  const withoutFailover = (group: number): Ref | undefined => {
    const needs = failoverNeeds(model, group);
    if (needs === undefined) return undefined;
    const blind = (needs.detectors ?? []).map((signals) => addGate({ kind: 'or', inputs: signals.map(refTo) }));
    const inputs = needs.all.map(refTo);
    if (needs.detectors !== undefined) inputs.push(addGate({ kind: 'and', inputs: blind }));
    return inputs.length === 0 ? undefined : addGate({ kind: 'or', inputs });
  };
  /** What a group cannot do without at any instant, or −1 (SEM-22). */
  const storeOf = (signal: number): number => {
    const index = signal - elements.count;
    return index >= 0 && index < groups.count && groups.storeFails[index] === 1 ? groups.store[index]! : -1;
  };
  /** A member fails with its innermost layer, or with the way to what it stands on. */
  const memberRef = (seat: number): Ref => {
    const layer = refTo(seats.layer[seats.layerStart[seat + 1]! - 1]!);
    const inputs = [layer];
    for (let e = hostOf(seats.layer[seats.layerStart[seat]!]!); e >= 0; e = hostOf(e)) {
      if (elements.reach[e]! >= 0) inputs.push(refTo(elements.reach[e]!));
    }
    return inputs.length === 1 ? layer : addGate({ kind: 'or', inputs });
  };
  /** Nothing gets through the gate, by what failure of its inputs means the same. */
  const gateFailure = (gate: number, inputs: readonly Ref[]): Ref => {
    const kind = gates.kind[gate]!;
    if (kind === GATE.connected) {
      const { elements: parts, network } = cutOffFromExits(model, vertexOf(model, gate));
      const sound = addGate({ kind: 'constant', value: false, inputs: [] });
      return addGate({ kind: 'disconnected', inputs: [...parts.map(refTo), sound], network });
    }
    if (kind === GATE.weighted) {
      const first = gates.inputStart[gate]!;
      const used = inputs.reduce<number>((sum, _, i) => sum + gates.weight[first + i]!, 0) - gates.spare[gate]!;
      if (used < gates.total[gate]! * (1 - 1e-12)) return addGate({ kind: 'constant', value: false, inputs: [] });
      return addGate({ kind: 'and', inputs });
    }
    if (kind === GATE.product) return addGate({ kind: 'or', inputs });
    // Up while `threshold` are up: failed when more than n − threshold have failed.
    return addGate({ kind: 'atleast', minimum: inputs.length - gates.threshold[gate]! + 1, inputs });
  };
  const refTo = (signal: number): Ref => {
    let ref = refOf.get(signal);
    if (ref !== undefined) return ref;
    if (signal < elements.count) {
      const chain: Ref[] = [];
      for (let e = signal; e >= 0; e = hostOf(e)) {
        if (failsByItself(model, e)) chain.push(ownBlock(e));
        const struck = shocksOn(model, e);
        if (struck.length > 0) usedElements.add(e);
        for (const reach of struck) chain.push(shockRef(reach));
        if (elements.inner[e]! >= 0) chain.push(refTo(elements.inner[e]!));
      }
      ref = chain.length === 1 ? chain[0]! : addGate({ kind: 'or', inputs: chain });
    } else if (signal < elements.count + groups.count && group === 'members') {
      const index = signal - elements.count;
      const members: Ref[] = [];
      for (let seat = groups.seatStart[index]!; seat < groups.seatStart[index + 1]!; seat++) {
        members.push(memberRef(seat));
      }
      // A quorum of members is lost with fewer than all of them; where shares are left, the service is not down.
      const required = groups.required[index]!;
      ref =
        required > 1
          ? addGate({ kind: 'atleast', minimum: members.length - required + 1, inputs: members })
          : addGate({ kind: 'and', inputs: members });
      const stuck = groups.carriers[index] === 1 ? withoutFailover(index) : undefined;
      if (stuck !== undefined) {
        const exposed = addGate({ kind: 'and', inputs: [members[0]!, stuck] });
        ref = addGate({ kind: 'or', inputs: [ref, exposed] });
      }
    } else if (signal < elements.count + groups.count) {
      const index = signal - elements.count;
      const { unavailability, frequency } = (group as (index: number) => GroupFigures)(index);
      const frequencyPerHour = frequency * SECONDS_PER_HOUR;
      ref = blocks.push({ name: names.groups[index]!, unavailability, frequencyPerHour }) - 1;
      usedGroups.push(index);
    } else {
      const gate = signal - elements.count - groups.count;
      const inputs: Ref[] = [];
      for (let i = gates.inputStart[gate]!; i < gates.inputStart[gate + 1]!; i++) inputs.push(refTo(gates.input[i]!));
      ref = gateFailure(gate, inputs);
    }
    const store = storeOf(signal);
    if (store >= 0) ref = addGate({ kind: 'or', inputs: [ref, refTo(store)] });
    refOf.set(signal, ref);
    return ref;
  };
  const top = addGate({ kind: 'or', inputs: signals.map(refTo) });
  return { structure: { blocks, gates: gateList, top }, elements: [...usedElements], groups: usedGroups };
}

/** Unavailability, mean downtime (s) and frequency (1/s) of some signals together, made of elements only, such as control functions. */
export function signalFigures(
  model: CompiledModel,
  signals: readonly number[],
): { readonly unavailability: number; readonly meanDown: number; readonly frequency: number } {
  const { structure } = seriesStructure(model, signals, () => ({ unavailability: 0, frequency: 0 }));
  if (structure.blocks.length === 0) return { unavailability: 0, meanDown: 0, frequency: 0 };
  const { top } = analyseStructure(structure, { cutSets: false, importance: false });
  const frequency = (top.frequencyPerYear ?? 0) / SECONDS_PER_YEAR;
  return { unavailability: top.unavailability, meanDown: (top.mdtHours ?? 0) * SECONDS_PER_HOUR, frequency };
}
