import { vimsOf } from '../model/cluster.ts';
import { countedNames } from '../model/element-names.ts';
import { leafPairOf } from '../model/fabric-layout.ts';
import type { FaultLayer } from '../model/monitoring.ts';
import type { Resources } from '../model/resources.ts';
import type { FailureMode, Group, Internal, ModelKind, Scenario, StructureSpec } from '../model/scenario.ts';
import type { FabricPlan } from './fabric.ts';
import { falseModes } from './false-modes.ts';
import { testModes } from './proof-tests.ts';
import { listShocks, type ShockDraft } from './shocks.ts';
import { listUpgrades, struckByUpgrades, type UpgradeDraft } from './upgrades.ts';

/** One element before it becomes a row of tables. */
export interface ElementDraft {
  readonly name: string;
  readonly kind: ModelKind;
  /** Name of what it statically goes down with. */
  readonly host: string | undefined;
  /** Inner structure without which it is down; leaves are names or counted ids of elements. */
  readonly needs?: StructureSpec;
  /** Its own, then those that shocks bring. */
  readonly failures: readonly FailureMode[];
  /** Instance slots (nodes). */
  readonly capacity: number;
  /** What it has for flavours; absent: nothing is short. */
  readonly resources?: Partial<Resources>;
  /** Index in the list of populations, or −1. */
  readonly population: number;
  /** Seat it is a layer of, or −1. */
  readonly seat: number;
  /** Names of its node, rack, site, leaf pair and recovery region; the anti-affinity levels. Empty: outside of all. */
  readonly domains: readonly [node: string, rack: string, site: string, leafPair: string, region: string] | readonly [];
  /** Masked by its host's faults, and yet repaired while that is down: links. */
  readonly repairedAlone?: boolean;
  /** Rate of its failures while it rests as a spare, relative to the nominal one; absent: 1. */
  readonly standbyRate?: number;
  /** What its faults are faults of for those who watch; absent: nobody tells (`instance`). */
  readonly faultLayer?: FaultLayer;
}

export interface SeatDraft {
  readonly name: string;
  readonly group: number;
  /** Indices into the elements. */
  readonly layers: readonly number[];
  /** VIM under which a member of a cluster starts, where its roles span several. */
  readonly vim?: string;
  /** Index of the monitoring agent in the instance. */
  readonly agent?: number;
}

export interface ElementList {
  readonly elements: readonly ElementDraft[];
  readonly seats: readonly SeatDraft[];
  readonly populations: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** Names behind a counted id (element specification, node pool or control function). */
  readonly members: ReadonlyMap<string, readonly string[]>;
  readonly shocks: readonly ShockDraft[];
  readonly upgrades: readonly UpgradeDraft[];
}

/** Expands counts, sites, control functions and group members into single elements. */
export function listElements(scenario: Scenario, fabrics: FabricPlan): ElementList {
  const elements: ElementDraft[] = [];
  const seats: SeatDraft[] = [];
  const populations: string[] = [];
  const indexOf = new Map<string, number>();
  const members = new Map<string, readonly string[]>();
  const { shocks, struck } = listShocks(scenario);
  const upgrades = listUpgrades(scenario);
  const upgraded = struckByUpgrades(upgrades);
  const add = (draft: ElementDraft): number => {
    indexOf.set(draft.name, elements.length);
    const more = [...(struck.get(draft.name) ?? []), ...(upgraded.get(draft.name) ?? [])];
    return elements.push(more.length === 0 ? draft : { ...draft, failures: [...draft.failures, ...more] }) - 1;
  };
  const plain = {
    capacity: 0,
    population: -1,
    seat: -1,
    domains: [],
  } as const;
  const populationOf = (id: string, count: number): number => (count > 1 ? populations.push(id) - 1 : -1);

  for (const [id, spec] of Object.entries(scenario.elements)) {
    const names = countedNames(id, spec.count);
    members.set(id, names);
    const population = populationOf(id, spec.count);
    for (const name of names) {
      const inner = addParts(name, spec.on, spec.internal);
      const rests = spec.standbyRate === undefined ? {} : { standbyRate: spec.standbyRate };
      add({ ...plain, name, kind: spec.kind, host: spec.on, failures: spec.failures, population, ...inner, ...rests });
    }
  }
  for (const [siteId, site] of Object.entries(scenario.sites)) {
    add({ ...plain, name: siteId, kind: 'site', host: undefined, failures: site.failures });
    for (const [id, domain] of Object.entries(site.domains)) {
      add({ ...plain, name: `${siteId}/${id}`, kind: domain.kind, host: siteId, failures: domain.failures });
    }
    addSwitches(siteId);
    for (const [id, pool] of Object.entries(site.nodes)) {
      const path = `${siteId}/${id}`;
      const names = countedNames(path, pool.count);
      members.set(path, names);
      const population = populationOf(path, pool.count);
      names.forEach((name, i) => {
        const domain = pool.domains.length === 0 ? undefined : `${siteId}/${pool.domains[i % pool.domains.length]!}`;
        const host = domain ?? siteId;
        add({
          ...addParts(name, host, pool.internal),
          name,
          kind: 'node',
          host,
          failures: pool.failures,
          capacity: pool.slots,
          ...(pool.capacity === undefined ? {} : { resources: pool.capacity }),
          population,
          seat: -1,
          domains: [name, domain ?? name, siteId, pairOf(siteId, name), regionOf(siteId, name)],
        });
      });
    }
  }
  for (const siteId of fabrics.layouts.keys()) addLinks(siteId);
  for (const [id, fn] of Object.entries(scenario.control)) {
    const names = countedNames(id, fn.instances);
    members.set(id, names);
    const population = populationOf(id, fn.instances);
    const hosts = fn.on === undefined ? [] : members.get(fn.on)!;
    names.forEach((name, i) => {
      add({ ...plain, name, kind: 'control', host: hosts[i % hosts.length], failures: fn.failures, population });
    });
  }
  Object.entries(scenario.groups).forEach(([id, group], index) => {
    for (let member = 1; member <= group.members; member++) addSeat(id, group, index, member);
  });
  for (const { id, modes } of shocks) add({ ...plain, name: id, kind: 'shock', host: undefined, failures: modes });
  for (const { id, starts } of upgrades)
    add({ ...plain, name: id, kind: 'upgrade', host: undefined, failures: starts });
  for (const [id, occurrence] of testModes(scenario))
    add({ ...plain, name: id, kind: 'proof-test', host: undefined, failures: [occurrence] });
  return { elements, seats, populations, indexOf, members, shocks, upgrades };

  /** Adds the inner parts of an element; what it needs of them. */
  function addParts(owner: string, host: string | undefined, internal: Internal | undefined) {
    if (internal === undefined) return {};
    for (const [id, part] of Object.entries(internal.parts)) {
      const path = `${owner}/${id}`;
      const names = countedNames(path, part.count);
      members.set(path, names);
      names.forEach((name, i) => {
        const on = part.on.length === 0 ? host : part.on[i % part.on.length];
        add({ ...plain, name, kind: 'part', host: on, failures: part.failures });
      });
    }
    return { needs: withPrefix(internal.needs, `${owner}/`) };
  }

  /** Leaf pair of a node; a node that no fabric carries is a pair of its own. */
  function pairOf(siteId: string, node: string): string {
    const leaf = fabrics.layouts.get(siteId)?.leavesOf.get(node)?.[0];
    return leaf === undefined ? node : leafPairOf(leaf);
  }

  /** Recovery region of a node; what is in none belongs to that of its site. */
  function regionOf(siteId: string, node: string): string {
    return fabrics.layouts.get(siteId)?.recoveryRegionOf.get(node) ?? siteId;
  }

  function addSwitches(siteId: string): void {
    const layout = fabrics.layouts.get(siteId);
    if (layout === undefined) return;
    const populated = new Map<string, number>();
    for (const [base, names] of layout.bases) {
      members.set(base, names);
      const population = populationOf(base, names.length);
      for (const name of names) populated.set(name, population);
    }
    for (const { name, role, failures, domain } of layout.switches) {
      const kind = role === 'border' ? 'leaf' : role;
      add({ ...plain, name, kind, host: domain ?? siteId, failures, population: populated.get(name) ?? -1 });
    }
    const aggregator = scenario.sites[siteId]!.fabric!.aggregator;
    if (aggregator === undefined) return;
    add({ ...plain, name: `${siteId}/path-aggregator`, kind: 'unit', host: siteId, failures: aggregator.failures });
  }

  function addLinks(siteId: string): void {
    const { links, trunks, controllers } = fabrics.layouts.get(siteId)!;
    for (const { name, upper, failures } of links)
      add({ ...plain, name, kind: 'link', host: upper, failures, repairedAlone: true });
    for (const { name, failures } of trunks) add({ ...plain, name, kind: 'link', host: siteId, failures });
    const { bmc } = scenario.sites[siteId]!.fabric!;
    for (const { names } of controllers) {
      for (const name of names) add({ ...plain, name, kind: 'bmc', host: siteId, failures: bmc!.failures });
    }
  }

  function addSeat(id: string, group: Group, index: number, member: number): void {
    const name = `${id}/${member}`;
    const layers: number[] = [];
    const existing = group.existing?.[member - 1];
    if (existing !== undefined) {
      const element = indexOf.get(existing)!;
      elements[element] = { ...elements[element]!, seat: seats.length };
      seats.push({ name, group: index, layers: [element] });
      return;
    }
    let host: string | undefined;
    const alarms = falseModes(group);
    const told = group.detection.detectors.some(({ unseen }) => unseen !== undefined);
    for (const [depth, layer] of group.instance.entries()) {
      const layerName = group.instance.length === 1 ? name : `${name}/${layer.id}`;
      layers.push(
        add({
          ...plain,
          name: layerName,
          kind: layer.kind,
          host,
          failures: depth + 1 < group.instance.length ? layer.failures : [...layer.failures, ...alarms],
          seat: seats.length,
          ...(told ? { faultLayer: layer.kind } : {}),
        }),
      );
      host = layerName;
    }
    const vims = group.cluster === undefined ? [] : vimsOf(group.cluster);
    const vim = new Set(vims).size > 1 ? vims[member - 1] : undefined;
    seats.push({ name, group: index, layers, ...addAgent(name, group), ...(vim === undefined ? {} : { vim }) });
  }

  function addAgent(name: string, { agent, instance }: Group): Pick<SeatDraft, 'agent'> {
    if (agent === undefined) return {};
    const host = instance.length === 1 ? name : `${name}/${agent.layer}`;
    return { agent: add({ ...plain, name: `${name}/agent`, kind: 'unit', host, failures: agent.failures }) };
  }
}

/** The structure with `prefix` before every name. */
function withPrefix(spec: StructureSpec, prefix: string): StructureSpec {
  if (spec.kind === 'leaf') return { kind: 'leaf', of: prefix + spec.of };
  return { ...spec, inputs: spec.inputs.map((input) => withPrefix(input, prefix)) };
}
