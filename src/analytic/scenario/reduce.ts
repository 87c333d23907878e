import { compile } from '../../compile/compile.ts';
import type { CompiledModel } from '../../compile/model.ts';
import { countedNames } from '../../model/element-names.ts';
import type {
  ControlFunction,
  Domain,
  ElementSpec,
  Group,
  NodePool,
  Scenario,
  Service,
  Site,
} from '../../model/scenario.ts';

/** What of a scenario is kept: element names (no layers of instances) and group ids. */
export interface Kept {
  readonly elements: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

/** Names of the entities of a cone. */
export function namesOf(model: CompiledModel, entities: Iterable<number>): Kept {
  const elements = new Set<string>();
  const groups = new Set<string>();
  for (const entity of entities) {
    if (entity < model.elements.count) elements.add(model.names.elements[entity]!);
    else groups.add(model.names.groups[entity - model.elements.count]!);
  }
  return { elements, groups };
}

/**
 * The scenario with nothing in it but what is kept, under the same names and in the same order, and other services. What
 * is kept must be closed: with an element what it runs on, with a group everything it looks at (`Influence`). Counted
 * elements and nodes of pools become single ones. Where instances start is decided anew when the
 * result is compiled: `compileReduced` puts them back.
 *
 * @param homes names of the nodes on which the instances of a group start, in the order of its members
 */
export function reduceScenario(
  scenario: Scenario,
  kept: Kept,
  services: Readonly<Record<string, Service>>,
  homes: (group: string) => readonly string[],
): Scenario {
  const { elements } = kept;
  const control = pick(scenario.control, (id, fn) => countedNames(id, fn.instances).some((name) => elements.has(name)));
  const groups = pick(scenario.groups, (id) => kept.groups.has(id));
  // Enough room for everybody: what room there is in truth is put back with the places.
  const slots = Object.values(groups).reduce((sum, { members, placement }) => sum + members * placement.slots, 0);
  const pools = new Map<string, ReducedPool>();
  for (const [site, { nodes }] of Object.entries(scenario.sites)) {
    for (const [id, pool] of Object.entries(nodes)) {
      pools.set(`${site}/${id}`, reducePool(`${site}/${id}`, id, pool, elements, Object.values(control), slots));
    }
  }
  const pathsOf = (pool: string, names: ReadonlySet<string>): string[] => {
    const { whole, singles } = pools.get(pool)!;
    return whole ? [pool] : singles.filter((name) => names.has(name));
  };
  return {
    ...scenario,
    targets: [],
    injections: {},
    assumptions: [],
    elements: Object.fromEntries(
      Object.entries(scenario.elements).flatMap(([id, spec]) => reduceElements(id, spec, elements)),
    ),
    sites: Object.fromEntries(
      Object.entries(scenario.sites).flatMap(([id, site]): [string, Site][] =>
        elements.has(id) ? [[id, reduceSite(id, site, elements, pools)]] : [],
      ),
    ),
    control: map(control, (fn) => (fn.on === undefined ? fn : { ...fn, on: pathsOf(fn.on, elements)[0]! })),
    groups: map(groups, (group, id): Group => {
      const { placement } = group;
      if (placement.pools.length === 0) return group;
      const names = placement.replacement === 'in-place' ? new Set(homes(id)) : elements;
      return { ...group, placement: { ...placement, pools: placement.pools.flatMap((pool) => pathsOf(pool, names)) } };
    }),
    controlTreatment: 'conditional',
    services,
  };
}

/** A pool of which all up to some node is kept, or single nodes: pools of one, whose path is the node's name. */
interface ReducedPool {
  readonly whole: boolean;
  /** Names of the nodes that are kept. */
  readonly singles: readonly string[];
  readonly specs: readonly (readonly [id: string, pool: NodePool])[];
}

/** A pool stays a pool where several instances of a control function are dealt over its nodes. */
function reducePool(
  path: string,
  id: string,
  pool: NodePool,
  kept: ReadonlySet<string>,
  control: readonly ControlFunction[],
  slots: number,
): ReducedPool {
  const names = countedNames(path, pool.count);
  const numbers = names.flatMap((name, i) => (kept.has(name) ? [i] : []));
  const singles = numbers.map((i) => names[i]!);
  const room = { slots: Math.max(pool.slots, slots) };
  if (pool.count === 1 || control.some(({ on, instances }) => on === path && instances > 1)) {
    const count = numbers.length === 0 ? 0 : numbers[numbers.length - 1]! + 1;
    return { whole: true, singles, specs: count === 0 ? [] : [[id, { ...pool, ...room, count }]] };
  }
  const specs = numbers.map((i): readonly [string, NodePool] => {
    const { domains } = pool;
    const own = domains.length === 0 ? [] : [domains[i % domains.length]!];
    return [countedNames(id, pool.count)[i]!, { ...pool, ...room, count: 1, domains: own }];
  });
  return { whole: false, singles, specs };
}

function reduceSite(id: string, site: Site, kept: ReadonlySet<string>, pools: ReadonlyMap<string, ReducedPool>): Site {
  const nodes = Object.keys(site.nodes).flatMap((pool) => pools.get(`${id}/${pool}`)!.specs);
  // Those of whole pools too: a node between two that are kept has its own.
  const used = new Set(nodes.flatMap(([, pool]) => pool.domains));
  const domains = pick<Domain>(site.domains, (domain) => used.has(domain) || kept.has(`${id}/${domain}`));
  return { ...site, domains, nodes: Object.fromEntries(nodes) };
}

function reduceElements(id: string, spec: ElementSpec, kept: ReadonlySet<string>): [string, ElementSpec][] {
  const names = countedNames(id, spec.count).filter((name) => kept.has(name));
  return names.map((name) => [name, { ...spec, count: 1 }]);
}

function pick<T>(
  record: Readonly<Record<string, T>>,
  keep: (key: string, value: T) => boolean,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([key, value]) => keep(key, value)));
}

function map<T>(
  record: Readonly<Record<string, T>>,
  change: (value: T, key: string) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}

/** Indices of a full model by name. */
export class NamedModel {
  readonly model: CompiledModel;
  readonly element: ReadonlyMap<string, number>;
  readonly seat: ReadonlyMap<string, number>;

  constructor(model: CompiledModel) {
    this.model = model;
    this.element = new Map(model.names.elements.map((name, i) => [name, i]));
    this.seat = new Map(model.names.seats.map((name, i) => [name, i]));
  }

  /** Names of the nodes on which the instances of a group start. */
  homesOf(group: string): string[] {
    const { seats, groups, names } = this.model;
    const index = names.groups.indexOf(group);
    const homes = [...seats.home.subarray(groups.seatStart[index]!, groups.seatStart[index + 1]!)];
    return homes.filter((home) => home >= 0).map((home) => names.elements[home]!);
  }
}

/**
 * Compiles a reduced scenario with every instance where it starts in the full model, and with the room the full model
 * has on each node less what members take there that never leave and are left out.
 */
export function compileReduced(reduced: Scenario, { model: full, element, seat }: NamedModel): CompiledModel {
  const sub = compile(reduced);
  const { names } = sub;
  const indexOf = new Map(names.elements.map((name, i) => [name, i]));
  const capacity = Int32Array.from(names.elements, (name) => full.elements.capacity[element.get(name)!]!);
  const keptSeats = new Set(names.seats);
  full.seats.home.forEach((home, i) => {
    const group = full.seats.group[i]!;
    const node = home < 0 ? undefined : indexOf.get(full.names.elements[home]!);
    if (node === undefined || keptSeats.has(full.names.seats[i]!) || full.groups.inPlace[group] === 0) return;
    capacity[node]! -= full.groups.slotsPerMember[group]!;
  });
  const home = Int32Array.from(names.seats, (name) => {
    const node = full.seats.home[seat.get(name)!]!;
    return node < 0 ? -1 : indexOf.get(full.names.elements[node]!)!;
  });
  return { ...sub, elements: { ...sub.elements, capacity }, seats: { ...sub.seats, home } };
}
