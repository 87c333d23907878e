import type { CompiledModel } from '../../compile/model.ts';
import { MODEL_KINDS, type ModelKind, type Scenario } from '../../model/scenario.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';
import type { Fault } from './faults.ts';
import { computeNodes } from './impact.ts';

/** A row of B-72 over the counts of a scenario. */
export interface Formula {
  readonly row: number;
  readonly nodes: number | null;
  readonly machines: number;
}

export interface Counts {
  /** Slots of all nodes, members without a node. */
  readonly machines: number;
  readonly compute: number;
  readonly spine: number;
  readonly leaf: number;
  readonly network: number;
  readonly storage: number;
  /** Failures of members per second, all together. */
  readonly memberRate: number;
  /** Role of each node by name. */
  readonly roles: ReadonlyMap<string, string>;
}

/** How many of each there are; what a fabric keeps as groups of links are no members. */
export function countsOf(model: CompiledModel, scenario: Scenario, faults: readonly Fault[]): Counts {
  const { elements, seats, groups } = model;
  const roles = new Map<string, string>();
  for (const [site, { nodes }] of Object.entries(scenario.sites)) {
    for (const [id, { role, count }] of Object.entries(nodes)) {
      const path = `${site}/${id}`;
      for (let i = 1; i <= count; i++) roles.set(count === 1 ? path : `${path}-${i}`, role);
    }
  }
  const ofRole = (role: string): number => [...roles.values()].filter((each) => each === role).length;
  const ofKind = (kind: ModelKind): number => elements.kind.filter((each) => each === MODEL_KINDS.indexOf(kind)).length;
  const slots = computeNodes(model).reduce((sum, node) => sum + elements.capacity[node]!, 0);
  const isMember = (seat: number): boolean => seat >= 0 && groups.internal[seats.group[seat]!] === 0;
  const inSeats = faults.filter(({ element }) => isMember(elements.seat[element]!));
  return {
    machines: slots + seats.home.filter((home, seat) => home < 0 && isMember(seat)).length,
    compute: ofRole('compute'),
    spine: ofKind('spine'),
    leaf: ofKind('leaf'),
    network: ofRole('network'),
    storage: ofRole('storage'),
    memberRate: inSeats.reduce((sum, { perYear }) => sum + perYear, 0) / SECONDS_PER_YEAR,
    roles,
  };
}

/** The formula of the source for the class of an element, where it has one (B-72). */
export function formulaOf(model: CompiledModel, element: number, counts: Counts): Formula | undefined {
  const kind = MODEL_KINDS[model.elements.kind[element]!]!;
  const { machines, compute } = counts;
  const divided = (row: number, by: number): Formula => ({ row, nodes: compute / by, machines: machines / by });
  if (kind === 'spine') return divided(1, counts.spine);
  if (kind === 'leaf') return divided(2, counts.leaf);
  if (kind === 'control') return { row: 6, nodes: compute, machines };
  if (kind === 'guest' || kind === 'app') return { row: 10, nodes: null, machines: 1 };
  if (kind !== 'node') return undefined;
  const role = counts.roles.get(model.names.elements[element]!);
  if (role === 'network') return divided(3, counts.network);
  if (role === 'storage') return divided(4, counts.storage);
  if (role === 'control') return { row: 5, nodes: compute, machines };
  return role === 'compute' ? { row: 7, nodes: 1, machines: machines / compute } : undefined;
}
