import { countedNames, layerNames } from '../model/element-names.ts';
import { layOutFabric, partsOfFabric } from '../model/fabric-layout.ts';
import type { FailureMode, Scenario, ShockMode } from '../model/scenario.ts';
import type { ElementList } from './elements.ts';
import type { ModeTable, StrikeTable } from './model.ts';

/** A shock before it becomes rows of tables. */
export interface ShockDraft {
  readonly id: string;
  /** One per mode of the shock, as failure modes of the shock's own element. */
  readonly modes: readonly FailureMode[];
  /** Per mode and strike: the failure modes its victims get, by name. */
  readonly strikes: readonly (readonly StrikeDraft[])[];
}

interface StrikeDraft {
  readonly one: boolean;
  readonly probability: number;
  readonly victims: readonly (readonly [name: string, mode: FailureMode])[];
}

/**
 * Shocks, and per element name the failure modes they bring. Such a mode never occurs by itself; the shock strikes it.
 * That keeps restoring, blame and repair of a victim what they are for any failure.
 */
export function listShocks(scenario: Scenario): {
  readonly shocks: readonly ShockDraft[];
  readonly struck: ReadonlyMap<string, readonly FailureMode[]>;
} {
  const struck = new Map<string, FailureMode[]>();
  const ways = Object.keys(scenario.shocks).length === 0 ? new Map<string, FailureMode>() : ownWays(scenario);
  const shocks = Object.entries(scenario.shocks).map(([id, shock]): ShockDraft => {
    const modes = shock.modes.map(({ strikes: _, ...mode }): FailureMode => ({ ...mode, restore: NOTHING }));
    const strikes = shock.modes.map((mode) => strikesOf(id, mode, ways, struck));
    return { id, modes, strikes };
  });
  return { shocks, struck };
}

/** A shock is over at once. */
const NOTHING: FailureMode['restore'] = { by: 'replacement' };

function strikesOf(
  id: string,
  mode: ShockMode,
  ways: ReadonlyMap<string, FailureMode>,
  struck: Map<string, FailureMode[]>,
): readonly StrikeDraft[] {
  // Victims that come back alike share one mode, and with it the program that brings them back.
  const byRestore = new Map<FailureMode | undefined, FailureMode>();
  const modeOf = (victim: string): FailureMode => {
    const own = mode.restore.by === 'own' ? ways.get(victim) : undefined;
    if (mode.restore.by === 'own' && own === undefined) throw new Error(`${victim} has no way of its own to come back`);
    let found = byRestore.get(own);
    if (found === undefined) {
      const { strikes: _, ...rest } = mode;
      const restore = own?.restore ?? (mode.restore as FailureMode['restore']);
      found = { ...rest, id: `${id}:${mode.id}`, timeToFailure: { kind: 'never' }, restore };
      byRestore.set(own, found);
    }
    return found;
  };
  return mode.strikes.map(({ victims, hits, probability }) => ({
    one: hits === 'one',
    probability,
    victims: victims.map((victim) => {
      const own = modeOf(victim);
      const known = struck.get(victim) ?? [];
      if (!known.includes(own)) struck.set(victim, [...known, own]);
      return [victim, own] as const;
    }),
  }));
}

/** First failure mode of every element that has one, by name. */
function ownWays(scenario: Scenario): Map<string, FailureMode> {
  const ways = new Map<string, FailureMode>();
  const note = (names: readonly string[], [first]: readonly FailureMode[]): void => {
    if (first !== undefined) for (const name of names) ways.set(name, first);
  };
  for (const [id, { count, failures }] of Object.entries(scenario.elements)) note(countedNames(id, count), failures);
  for (const [siteId, site] of Object.entries(scenario.sites)) {
    note([siteId], site.failures);
    for (const [id, domain] of Object.entries(site.domains)) note([`${siteId}/${id}`], domain.failures);
    for (const [id, pool] of Object.entries(site.nodes))
      note(countedNames(`${siteId}/${id}`, pool.count), pool.failures);
    if (site.fabric === undefined) continue;
    const layout = layOutFabric(siteId, site.fabric, site.nodes);
    for (const { name, failures } of partsOfFabric(siteId, site.fabric, layout)) note([name], failures);
  }
  for (const [id, fn] of Object.entries(scenario.control)) note(countedNames(id, fn.instances), fn.failures);
  for (const [id, group] of Object.entries(scenario.groups)) {
    for (const layer of group.instance) note(layerNames(id, group, layer.id), layer.failures);
  }
  return ways;
}

/** Strikes as columns; victims as indices of the failure modes the shocks brought them. */
export function compileStrikes(list: ElementList, modes: ModeTable): StrikeTable {
  const start = new Int32Array(modes.count + 1);
  const one: number[] = [];
  const probability: number[] = [];
  const victimStart = [0];
  const victim: number[] = [];
  const source = Int32Array.from({ length: modes.count }, (_, mode) => mode);
  const rows = new Map<number, readonly StrikeDraft[]>();
  const firstMode = firstModes(list);
  for (const shock of list.shocks) {
    const first = firstMode[list.indexOf.get(shock.id)!]!;
    shock.strikes.forEach((strikes, i) => {
      rows.set(first + i, strikes);
    });
  }
  for (let mode = 0; mode < modes.count; mode++) {
    for (const strike of rows.get(mode) ?? []) {
      one.push(strike.one ? 1 : 0);
      probability.push(strike.probability);
      for (const [name, own] of strike.victims) {
        const element = list.indexOf.get(name);
        if (element === undefined) throw new Error(`a shock strikes ${name}, which does not exist`);
        const struck = firstMode[element]! + list.elements[element]!.failures.indexOf(own);
        victim.push(struck);
        source[struck] = mode;
      }
      victimStart.push(victim.length);
    }
    start[mode + 1] = one.length;
  }
  return {
    start,
    one: Uint8Array.from(one),
    probability: Float64Array.from(probability),
    victimStart: Int32Array.from(victimStart),
    victim: Int32Array.from(victim),
    source,
  };
}

function firstModes(list: ElementList): Int32Array {
  const first = new Int32Array(list.elements.length + 1);
  list.elements.forEach(({ failures }, i) => {
    first[i + 1] = first[i]! + failures.length;
  });
  return first;
}
