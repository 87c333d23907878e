import type { CompiledModel } from '../../compile/model.ts';
import { meanRestore } from '../../compile/programs.ts';
import type { SinglePoints } from '../../model/result.ts';
import type { Scenario } from '../../model/scenario.ts';
import type { Cell, Table, TableColumn } from '../../model/table.ts';
import { classNames } from './class-names.ts';
import { type Exposure, exposureOf } from './exposure.ts';
import { type Fault, listFaults } from './faults.ts';
import { type Counts, countsOf, type Formula, formulaOf } from './formulas.ts';
import { behindControl, computeNodes, lostAtOnce } from './impact.ts';
import { InjectionRunner } from './runner.ts';
import { ServiceUsers } from './service-users.ts';

/** What the failure of one element does; of a class, the average over its elements by rate. */
interface Hit extends Exposure {
  readonly nodes: number;
  readonly machines: number;
  /** Most users of one service, by the share of it that is lost. */
  readonly users: number;
  readonly servicesHit: number;
  /** Services that another single fault takes down after this one, and could not before. */
  readonly servicesExposed: number;
}

interface ClassImpact extends Hit {
  readonly name: string;
  readonly elements: number;
  readonly activation: 'immediate' | 'secondary' | 'none';
  /** Chance that an outage hurts somebody: 1 at once; else that a step asks for what is down (NC-18). */
  readonly chance: number;
  readonly perYear: number;
  /** Largest share of a service lost at once. */
  readonly serviceShare: number;
  readonly formula: Formula | undefined;
}

const COLUMNS: readonly (TableColumn & { readonly cell: (row: ClassImpact) => Cell })[] = [
  { name: 'Class', cell: ({ name }) => name },
  { name: 'Elements', cell: ({ elements }) => elements },
  { name: 'Nodes', decimals: 2, cell: ({ nodes }) => nodes },
  { name: 'Nodes (formula)', decimals: 2, cell: ({ formula }) => formula?.nodes ?? null },
  { name: 'VMs', decimals: 2, cell: ({ machines }) => machines },
  { name: 'VMs (formula)', decimals: 2, cell: ({ formula }) => formula?.machines ?? null },
  { name: 'Row of B-72', cell: ({ formula }) => (formula === undefined ? '' : String(formula.row)) },
  { name: 'Service share lost', decimals: 4, cell: ({ serviceShare }) => serviceShare },
  { name: 'Users hit', decimals: 1, cell: ({ users }) => users },
  { name: 'Services hit', decimals: 2, cell: ({ servicesHit }) => servicesHit },
  { name: 'Services exposed', decimals: 2, cell: ({ servicesExposed }) => servicesExposed },
  { name: 'Groups hit', decimals: 2, cell: ({ groupsHit }) => groupsHit },
  { name: 'Groups exposed', decimals: 2, cell: ({ groupsExposed }) => groupsExposed },
  { name: 'Elements hit', decimals: 1, cell: ({ elementsHit }) => elementsHit },
  { name: 'Elements exposed', decimals: 1, cell: ({ elementsExposed }) => elementsExposed },
  { name: 'Failure activation', cell: ({ activation }) => activation },
  { name: 'OFM of all', unit: '1/year', decimals: 4, cell: ({ perYear }) => perYear },
];

/**
 * Relative criticality measured (B-72): every fault of the scenario is injected alone and looked at before anything is
 * done about it. Beside it the formulas of the source over the counts of the scenario (NC-17), and the risk
 * OFM × VMs × activation with its rank.
 *
 * @param exact Single points and pairs of each service, from the exact side: whose redundancy an element is
 */
export function criticalityTable(
  model: CompiledModel,
  scenario: Scenario,
  exact: Readonly<Record<string, SinglePoints>>,
): Table {
  const compute = computeNodes(model);
  const faults = listFaults(model);
  const nameOf = classNames(model, scenario);
  const measuring: Measuring = {
    model,
    runner: new InjectionRunner(model, 1),
    compute,
    users: new ServiceUsers(model, compute),
    counts: countsOf(model, scenario, faults),
    pairedIn: pairedIn(exact),
  };
  const classes = new Map<string, Fault[]>();
  for (const fault of faults) {
    const name = nameOf(fault.element);
    const known = classes.get(name);
    if (known === undefined) classes.set(name, [fault]);
    else known.push(fault);
  }
  const rows = [...classes].map(([name, ofClass]) => impactOf(name, ofClass, measuring));
  const risks = rows.map(({ perYear, machines, chance }) => perYear * machines * chance);
  const rank = (risk: number): number => 1 + risks.filter((other) => other > risk).length;
  const order = rows.map((_, i) => i).sort((a, b) => risks[b]! - risks[a]! || (rows[a]!.name < rows[b]!.name ? -1 : 1));
  const cut = Object.values(exact).some(({ pairs, pairCount }) => pairs.length < pairCount);
  return {
    format: 'carriergrade/table/1',
    name: 'criticality',
    title: `Relative criticality measured: ${scenario.name}`,
    columns: [
      ...COLUMNS.map(({ cell: _, ...column }) => column),
      { name: 'Risk', unit: 'VMs hit/year', decimals: 4 },
      { name: 'Rank' },
    ],
    rows: order.map((i) => [...COLUMNS.map(({ cell }) => cell(rows[i]!)), risks[i]!, rank(risks[i]!)]),
    notes: [
      'Of one element of the class, averaged by rate: what is hit right after its fault and before anything is done about it. Nodes and VMs by the share of their traffic that is lost in the node or on the way to it, and where there is none by the share that is lost in what else their service crosses. VMs are the slots of the nodes, as of a full cloud, and members hit whose node is not.',
      'Users hit: of the service that loses most, wherever. Exposed: nothing is lost yet, but redundancy is; services that one more fault takes down and could not before (exact side), groups short of a member, elements short of a way to them.',
      ...(cut ? ['More pairs of faults than are listed: services exposed are a lower limit.'] : []),
      'immediate: somebody or a share of a service is lost at once. secondary: nothing is, until a later step asks; then nodes and VMs are those behind it.',
      'Risk = OFM of all elements of the class × VMs × activation; the activation of a secondary class is the chance 1 − exp(−NλD) that a step asks while it is down (NC-18), 0 while a quorum is left.',
      'Formulas: row of B-72 over the counts of this scenario (NC-17); measured VMs of rows 3 and 4 are below them where not all traffic uses the node (B-73).',
    ],
  };
}

interface Measuring {
  readonly model: CompiledModel;
  readonly runner: InjectionRunner;
  readonly compute: readonly number[];
  readonly users: ServiceUsers;
  readonly counts: Counts;
  /** Services by element name. */
  readonly pairedIn: ReadonlyMap<string, number>;
}

/** In how many services each element is one of two that take it down together. */
function pairedIn(exact: Readonly<Record<string, SinglePoints>>): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { pairs } of Object.values(exact)) {
    for (const name of new Set(pairs.flat())) found.set(name, (found.get(name) ?? 0) + 1);
  }
  return found;
}

function impactOf(name: string, faults: readonly Fault[], measuring: Measuring): ClassImpact {
  const { model, counts } = measuring;
  const perYear = faults.reduce((sum, fault) => sum + fault.perYear, 0);
  let weight = 0;
  let mean: Hit | undefined;
  let chance = 0;
  let serviceShare = 0;
  let immediate = false;
  let secondary = false;
  for (const fault of faults) {
    const { hit, share, atOnce, behind } = strikeOnce(fault, measuring);
    weight += fault.perYear;
    // Running means by rate: those of equal values are these values.
    mean = mean === undefined ? hit : towards(mean, hit, fault.perYear / weight);
    serviceShare = Math.max(serviceShare, share);
    immediate ||= atOnce;
    secondary ||= behind.machines > 0;
    if (atOnce) chance += fault.perYear;
    else if (behind.down) chance += fault.perYear * asksWhileDown(model, fault.mode, counts.memberRate);
  }
  return {
    ...mean!,
    name,
    elements: new Set(faults.map(({ element }) => element)).size,
    activation: immediate ? 'immediate' : secondary ? 'secondary' : 'none',
    chance: chance / perYear,
    perYear,
    serviceShare,
    formula: formulaOf(model, faults[0]!.element, counts),
  };
}

function strikeOnce({ mode, element }: Fault, { model, runner, compute, users, pairedIn: paired }: Measuring) {
  const world = runner.atOnce([mode]);
  const own = lostAtOnce(world, compute);
  const lost = own.machines > 0 || own.nodes > 0 ? own : users.lostBeyond(world);
  const losses = runner.watch.worst;
  const share = Math.max(0, ...losses);
  const behind = behindControl(world);
  const atOnce = lost.machines > 0 || lost.nodes > 0 || share > 0;
  const { nodes, machines } = atOnce ? lost : behind;
  const usersOf = (loss: number, service: number): number => loss * model.services.users[service]!;
  const hit: Hit = {
    nodes,
    machines,
    users: Math.max(0, ...[...losses].map(usersOf)),
    servicesHit: losses.reduce((sum, loss) => sum + (loss > 0 ? 1 : 0), 0),
    servicesExposed: paired.get(model.names.elements[element]!) ?? 0,
    ...exposureOf(world, element),
  };
  return { hit, share, atOnce, behind };
}

/** `from`, `part` of the way to `to`. */
function towards(from: Hit, to: Hit, part: number): Hit {
  const entries = Object.entries(from).map(([key, value]: [string, number]) => [
    key,
    value + part * (to[key as keyof Hit] - value),
  ]);
  return Object.fromEntries(entries) as unknown as Hit;
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
