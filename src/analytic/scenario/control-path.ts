import { CALL_ORDER } from '../../catalogue/mano-paths.ts';
import { serviceId } from '../../catalogue/platforms.ts';
import type { CompiledModel } from '../../compile/model.ts';
import { derivedImpacts } from '../../model/control.ts';
import type { Group, Scenario, StructureSpec } from '../../model/scenario.ts';
import type { Cell, Table } from '../../model/table.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';
import { activationProbability } from '../tables/formulas.ts';
import { memberFaults } from './member-faults.ts';
import { signalFigures } from './structure.ts';

/** The control path of a scenario as tables: what each function is needed for and how likely it is missed; who asks whom. */

/**
 * Control functions with their class as printed and by closure (B-74), what their quorum makes of them, and how likely an
 * outage is to be noticed at all: 1 − e^{−NλD}, Nλ the requests that ask for the function (B-75, NC-18).
 */
export function controlServicesTable(model: CompiledModel, scenario: Scenario): Table {
  const derived = derivedImpacts(
    scenario,
    Object.values(scenario.services).flatMap(({ structure }) => leaves(structure)),
  );
  const asked = requests(model, scenario);
  const rows = Object.entries(scenario.control).map(([id, fn]): readonly Cell[] => {
    const { unavailability, meanDown } = signalFigures(model, [signalOf(model, id)]);
    const perYear = asked.get(id) ?? 0;
    return [
      id,
      fn.instances,
      fn.quorum,
      fn.impact ?? '',
      derived.get(id)!.impact,
      derived.get(id)!.askedBy.join(', '),
      rounded(unavailability),
      unavailability * SECONDS_PER_YEAR,
      meanDown,
      perYear,
      rounded(activationProbability(1, perYear, meanDown)),
    ];
  });
  return {
    format: 'carriergrade/table/1',
    name: 'services',
    title: `Control services of ${scenario.name}`,
    columns: [
      { name: 'Function' },
      { name: 'Instances' },
      { name: 'Quorum' },
      { name: 'Class' },
      { name: 'Class by closure' },
      { name: 'Asked by' },
      { name: 'Unavailability' },
      { name: 'Down', unit: 's/year', decimals: 2 },
      { name: 'Outage', unit: 's', decimals: 1 },
      { name: 'Requests', unit: '1/year', decimals: 2 },
      { name: 'Activation' },
    ],
    rows,
    notes: [
      'Class by closure: Critical if a service stands on it, Major if an operation or a step of a flow asks for it, as grave as whatever needs it (B-74). Class: as printed or stated (B-79).',
      'Activation: chance that an outage is noticed, 1 − exp(−requests × outage) (B-75, NC-18); requests are the faults of members whose flows ask for the function.',
    ],
  };
}

/** Per flow in use: each step that asks the control path, whom it asks in the order of a call, and where it queues. */
export function controlPathsTable(scenario: Scenario): Table {
  const used = new Set(Object.values(scenario.groups).map(({ flow }) => flow));
  const order = CALL_ORDER.map(serviceId);
  const place = (id: string): number => (order.includes(id) ? order.indexOf(id) : -1);
  const rows = [...used].flatMap((id) => {
    const flow = scenario.flows[id]!;
    return (['remediation', 'recovery'] as const).flatMap((half) =>
      flow[half].flatMap(({ id: step, by, needs, operation }, i): readonly (readonly Cell[])[] => {
        const asks = needs.filter((need) => Object.hasOwn(scenario.control, need));
        if (asks.length === 0) return [];
        const limited = asks.filter((need) => scenario.control[need]!.concurrency !== undefined);
        return [
          [
            id,
            half,
            i + 1,
            step,
            by,
            operation ?? '',
            [...asks].sort((a, b) => place(a) - place(b)).join(' → '),
            limited.map((need) => `${need}: ${scenario.control[need]!.concurrency} at a time`).join(', '),
          ],
        ];
      }),
    );
  });
  return {
    format: 'carriergrade/table/1',
    name: 'mano-paths',
    title: `Paths of control operations of ${scenario.name}`,
    columns: [
      { name: 'Flow' },
      { name: 'Part' },
      { name: '#' },
      { name: 'Step' },
      { name: 'By' },
      { name: 'Operation' },
      { name: 'Asks' },
      { name: 'Queues' },
    ],
    rows,
    notes: [
      'A step waits until all that it asks are up; what of it has a limit works on the requests in order of arrival.',
    ],
  };
}

/** Requests per year that ask for each control function: one per fault of a member and flow that has a step which does. */
function requests(model: CompiledModel, scenario: Scenario): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [id, group] of Object.entries(scenario.groups)) {
    const rate = faultsPerYear(model, model.names.groups.indexOf(id), group);
    const flow = scenario.flows[group.flow]!;
    const asks = new Set([...flow.remediation, ...flow.recovery].flatMap(({ needs }) => closed(needs, scenario)));
    for (const fn of asks) found.set(fn, (found.get(fn) ?? 0) + rate);
  }
  return found;
}

/** Faults of all members that the group deals with, per year; standbys at their own rate. */
function faultsPerYear(model: CompiledModel, index: number, group: Group): number {
  const carriers = model.groups.carriers[index]!;
  const one = memberFaults(model, index).reduce((sum, { rate }) => sum + rate, 0) * SECONDS_PER_YEAR;
  return one * (carriers + (group.members - carriers) * model.groups.standbyRate[index]!);
}

/** Control functions among the needs, and those they need in turn. */
function closed(needs: readonly string[], { control }: Scenario): readonly string[] {
  const found = new Set<string>();
  const add = (id: string): void => {
    if (!Object.hasOwn(control, id) || found.has(id)) return;
    found.add(id);
    for (const below of control[id]!.needs ?? []) add(below);
  };
  for (const id of needs) add(id);
  return [...found];
}

function signalOf(model: CompiledModel, id: string): number {
  const { names, elements, groups } = model;
  const gate = Math.max(names.gates.indexOf(`${id}:supported`), names.gates.indexOf(id));
  return gate >= 0 ? elements.count + groups.count + gate : names.elements.indexOf(id);
}

const leaves = (spec: StructureSpec): readonly string[] =>
  spec.kind === 'leaf' ? [spec.of] : spec.inputs.flatMap(leaves);

/** To the digits that mean something. */
const rounded = (value: number): number => Number(value.toPrecision(6));
