import type { CompiledModel } from '../../compile/model.ts';
import { meanRestore } from '../../compile/programs.ts';
import { MODEL_KINDS, type ModelKind, type Scenario } from '../../model/scenario.ts';
import type { Cell, Table } from '../../model/table.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';
import { type Fault, groupClasses, listFaults } from './faults.ts';
import { behindControl, computeNodes, lostAtOnce } from './impact.ts';
import { InjectionRunner } from './runner.ts';

/** One class of elements with what the failure of one of them does, averaged over the class by rate. */
interface ClassImpact {
  readonly name: string;
  readonly elements: number;
  readonly nodes: number;
  readonly machines: number;
  readonly activation: 'immediate' | 'secondary' | 'none';
  /** Chance that an outage hurts somebody: 1 at once; else that a step asks for what is down (NC-18). */
  readonly chance: number;
  readonly perYear: number;
  /** Largest share of a service lost at once. */
  readonly serviceShare: number;
  readonly formula: Formula | undefined;
}

interface Formula {
  readonly row: number;
  readonly nodes: number | null;
  readonly machines: number;
}

/**
 * Relative criticality measured (B-72): every fault of the scenario is injected alone and looked at before anything is
 * done about it. Beside it the formulas of the source over the counts of the scenario (NC-17), and the risk
 * OFM × VMs × activation with its rank.
 */
export function criticalityTable(model: CompiledModel, scenario: Scenario): Table {
  const runner = new InjectionRunner(model, 1);
  const compute = computeNodes(model);
  const counts = countsOf(model, scenario);
  const classes = new Map<string, Fault[]>();
  const groups = groupClasses(model.names.groups, scenario.groups);
  for (const fault of listFaults(model)) {
    const name = className(model, scenario, groups, fault.element);
    classes.set(name, [...(classes.get(name) ?? []), fault]);
  }
  const rows = [...classes].map(([name, faults]) => impactOf(name, faults, { model, runner, compute, counts }));
  const risks = rows.map(({ perYear, machines, chance }) => perYear * machines * chance);
  const rank = (risk: number): number => 1 + risks.filter((other) => other > risk).length;
  const cells = rows.map((row, i): readonly Cell[] => [
    row.name,
    row.elements,
    row.nodes,
    row.formula?.nodes ?? null,
    row.machines,
    row.formula?.machines ?? null,
    row.formula === undefined ? '' : String(row.formula.row),
    row.serviceShare,
    row.activation,
    row.perYear,
    risks[i]!,
    rank(risks[i]!),
  ]);
  const order = rows.map((_, i) => i).sort((a, b) => risks[b]! - risks[a]! || (rows[a]!.name < rows[b]!.name ? -1 : 1));
  return {
    format: 'carriergrade/table/1',
    name: 'criticality',
    title: `Relative criticality measured: ${scenario.name}`,
    columns: [
      { name: 'Class' },
      { name: 'Elements' },
      { name: 'Nodes', decimals: 2 },
      { name: 'Nodes (formula)', decimals: 2 },
      { name: 'VMs', decimals: 2 },
      { name: 'VMs (formula)', decimals: 2 },
      { name: 'Row of B-72' },
      { name: 'Service share lost', decimals: 4 },
      { name: 'Failure activation' },
      { name: 'OFM of all', unit: '1/year', decimals: 4 },
      { name: 'Risk', unit: 'VMs hit/year', decimals: 4 },
      { name: 'Rank' },
    ],
    rows: order.map((i) => cells[i]!),
    notes: [
      'Nodes and VMs hit by one element of the class, by shares, right after its fault and before anything is done about it. VMs are the slots of the nodes hit, as of a full cloud, and members hit whose node is not.',
      'immediate: somebody or a share of a service is lost at once. secondary: nothing is, until a later step asks; then nodes and VMs are those behind it.',
      'Risk = OFM of all elements of the class × VMs × activation; the activation of a secondary class is the chance 1 − exp(−NλD) that a step asks while it is down (NC-18), 0 while a quorum is left.',
      'Formulas: row of B-72 over the counts of this scenario (NC-17).',
    ],
  };
}

interface Measuring {
  readonly model: CompiledModel;
  readonly runner: InjectionRunner;
  readonly compute: readonly number[];
  readonly counts: Counts;
}

function impactOf(name: string, faults: readonly Fault[], { model, runner, compute, counts }: Measuring): ClassImpact {
  const perYear = faults.reduce((sum, fault) => sum + fault.perYear, 0);
  let weight = 0;
  let nodes = 0;
  let machines = 0;
  let chance = 0;
  let serviceShare = 0;
  let immediate = false;
  let secondary = false;
  for (const { mode, perYear: rate } of faults) {
    const world = runner.atOnce([mode]);
    const lost = lostAtOnce(world, compute);
    const share = Math.max(0, ...runner.watch.worst);
    const behind = behindControl(world);
    const atOnce = lost.machines > 0 || lost.nodes > 0 || share > 0;
    const impact = atOnce ? lost : behind;
    weight += rate;
    // Running means by rate: those of equal values are these values.
    nodes += (rate / weight) * (impact.nodes - nodes);
    machines += (rate / weight) * (impact.machines - machines);
    serviceShare = Math.max(serviceShare, share);
    immediate ||= atOnce;
    secondary ||= behind.machines > 0;
    if (atOnce) chance += rate;
    else if (behind.down) chance += rate * asksWhileDown(model, mode, counts.memberRate);
  }
  const { kind, role } = kindOf(model, counts, faults[0]!.element);
  return {
    name,
    elements: new Set(faults.map(({ element }) => element)).size,
    nodes,
    machines,
    activation: immediate ? 'immediate' : secondary ? 'secondary' : 'none',
    chance: chance / perYear,
    perYear,
    serviceShare,
    formula: formulaOf(kind, role, counts),
  };
}

/** 1 − exp(−NλD): some member fails while what `mode` took down is down. */
function asksWhileDown(model: CompiledModel, mode: number, memberRate: number): number {
  const { strikes, modes } = model;
  const first = strikes.victimStart[strikes.start[mode]!]!;
  const end = strikes.victimStart[strikes.start[mode + 1]!]!;
  // A shock is over at once; what stays down are its victims.
  const down = first === end ? [mode] : [...strikes.victim.subarray(first, end)];
  const longest = Math.max(...down.map((each) => meanRestore(model, modes.program[each]!)));
  return -Math.expm1(-memberRate * longest);
}

interface Counts {
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

function countsOf(model: CompiledModel, scenario: Scenario): Counts {
  const roles = new Map<string, string>();
  for (const [site, { nodes }] of Object.entries(scenario.sites)) {
    for (const [id, { role, count }] of Object.entries(nodes)) {
      const path = `${site}/${id}`;
      for (let i = 1; i <= count; i++) roles.set(count === 1 ? path : `${path}-${i}`, role);
    }
  }
  const ofRole = (role: string): number => [...roles.values()].filter((each) => each === role).length;
  const ofKind = (kind: ModelKind): number =>
    model.elements.kind.filter((each) => each === MODEL_KINDS.indexOf(kind)).length;
  const slots = computeNodes(model).reduce((sum, node) => sum + model.elements.capacity[node]!, 0);
  const inSeats = listFaults(model).filter(({ element }) => model.elements.seat[element]! >= 0);
  return {
    machines: slots + model.seats.home.filter((home) => home < 0).length,
    compute: ofRole('compute'),
    spine: ofKind('spine'),
    leaf: ofKind('leaf'),
    network: ofRole('network'),
    storage: ofRole('storage'),
    memberRate: inSeats.reduce((sum, { perYear }) => sum + perYear, 0) / SECONDS_PER_YEAR,
    roles,
  };
}

function kindOf(model: CompiledModel, { roles }: Counts, element: number) {
  const kind = MODEL_KINDS[model.elements.kind[element]!]!;
  return { kind, role: roles.get(model.names.elements[element]!) };
}

/** The formula of the source for a class, where it has one. */
function formulaOf(kind: ModelKind, role: string | undefined, counts: Counts): Formula | undefined {
  const { machines, compute } = counts;
  const divided = (row: number, by: number): Formula => ({ row, nodes: compute / by, machines: machines / by });
  if (kind === 'spine') return divided(1, counts.spine);
  if (kind === 'leaf') return divided(2, counts.leaf);
  if (kind === 'control') return { row: 6, nodes: compute, machines };
  if (kind === 'guest' || kind === 'app') return { row: 10, nodes: null, machines: 1 };
  if (kind !== 'node') return undefined;
  if (role === 'network') return divided(3, counts.network);
  if (role === 'storage') return divided(4, counts.storage);
  if (role === 'control') return { row: 5, nodes: compute, machines };
  return role === 'compute' ? { row: 7, nodes: 1, machines: machines / compute } : undefined;
}

/** Counted elements, node pools and control functions are classes; members are one per layer and group; others alone. */
function className(
  { elements, names, seats }: CompiledModel,
  scenario: Scenario,
  classes: readonly string[],
  element: number,
): string {
  const population = elements.population[element]!;
  if (population >= 0) return names.populations[population]!;
  const seat = elements.seat[element]!;
  if (seat < 0) return names.elements[element]!;
  const group = names.groups[seats.group[seat]!]!;
  const layer = element - seats.layer[seats.layerStart[seat]!]!;
  const id = scenario.groups[group]?.instance[layer]?.id ?? `layer ${layer + 1}`;
  return `${classes[seats.group[seat]!]!} ${id}`;
}
