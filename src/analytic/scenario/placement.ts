import { compile } from '../../compile/compile.ts';
import { RESOURCES } from '../../model/resources.ts';
import type { Scenario } from '../../model/scenario.ts';
import type { Cell, Table } from '../../model/table.ts';

/**
 * Where members start and what is left: node, zone, free slots and, where instances have a flavour, what is
 * left of the capacity of the node. Nodes that can host nobody are left out.
 *
 * @throws InputError `no-capacity` when not everybody finds a place.
 */
export function placementTable(scenario: Scenario): Table {
  const { elements, groups, seats, names } = compile(scenario);
  const size = RESOURCES.length;
  const flavoured = groups.demand.length > 0;
  const used = new Int32Array(elements.count);
  const taken = new Int32Array(size * elements.count);
  const members: string[][] = names.elements.map(() => []);
  seats.home.forEach((node, seat) => {
    if (node < 0) return;
    const group = seats.group[seat]!;
    used[node]! += groups.slotsPerMember[group]!;
    if (flavoured) for (let i = 0; i < size; i++) taken[size * node + i]! += groups.demand[size * group + i]!;
    members[node]!.push(names.seats[seat]!);
  });
  const rows: Cell[][] = [];
  for (let node = 0; node < elements.count; node++) {
    if (elements.capacity[node] === 0) continue;
    const host = elements.host[node]!;
    const left = RESOURCES.map((_, i): Cell => {
      const has = flavoured ? elements.resources[size * node + i]! : UNLIMITED;
      return has === UNLIMITED ? null : has - taken[size * node + i]!;
    });
    rows.push([
      names.elements[node]!,
      host < 0 ? '' : names.elements[host]!,
      elements.capacity[node]!,
      elements.capacity[node]! - used[node]!,
      ...(flavoured ? left : []),
      members[node]!.join(', '),
    ]);
  }
  return {
    format: 'carriergrade/table/1',
    name: 'placement',
    title: 'Where members start, and what is left',
    columns: [
      { name: 'Node' },
      { name: 'Zone' },
      { name: 'Slots' },
      { name: 'Free slots' },
      ...(flavoured
        ? [{ name: 'Free vCPUs' }, { name: 'Free memory', unit: 'MB' }, { name: 'Free disk', unit: 'MB' }]
        : []),
      { name: 'Members' },
    ],
    rows,
    notes: [
      'Members start on the feasible node with most free slots, apart from each other as their group says (A-33).',
      ...(flavoured ? ['An empty cell: the node does not state it, and it is never short (A-69).'] : []),
    ],
  };
}

/** What compiled nodes have of a resource that they do not state. */
const UNLIMITED = 2 ** 31 - 1;
