import { CALL_ORDER, EVERY_CALL, MANO_PATHS, type ManoHop } from '../../catalogue/mano-paths.ts';
import { type Operation, SERVICES } from '../../catalogue/services.ts';
import type { Cell, Table } from '../../model/table.ts';

/** Services that operations need, in the order in which one call reaches them, with when or for whom. */
export function servicesOf(operations: readonly Operation[]): readonly string[] {
  return SERVICES.flatMap(({ name, operations: needs }) => {
    const used = needs.filter(({ operation }) => operations.includes(operation));
    if (used.length === 0) return [];
    // Unconditional for one of the operations: unconditional.
    const condition = used.every((need) => need.condition !== undefined) ? used[0]!.condition : undefined;
    return [{ name, text: condition === undefined ? name : `${name} (${condition})` }];
  })
    .sort((a, b) => CALL_ORDER.indexOf(a.name) - CALL_ORDER.indexOf(b.name))
    .map(({ text }) => text);
}

/** Per operation of the control path the ordered list of parts and the services behind each (A-61, B-79). */
export function manoPathsTable(): Table {
  const cells = (operation: string, hop: ManoHop, i: number): Cell[] => [
    operation,
    i + 1,
    hop.part,
    hop.does,
    hop.calls === undefined ? '' : servicesOf([...(hop.direct ? [] : EVERY_CALL), ...hop.calls]).join(' → '),
    hop.source,
  ];
  return {
    format: 'carriergrade/table/1',
    name: 'mano-paths',
    title: 'Paths of control operations',
    columns: [
      { name: 'Operation' },
      { name: '#' },
      { name: 'Part' },
      { name: 'Does' },
      { name: 'Control services, in order' },
      { name: 'Source' },
    ],
    rows: MANO_PATHS.flatMap(({ operation, hops }) => hops.map((hop, i) => cells(operation, hop, i))),
    notes: [
      'Parts and their order: the Tacker architecture as described (A-61 to A-68) where marked [A]; [U] is the upstream project, [EA] an assumption.',
      'Control services: from the operation map (B-79) [EA], and for every call through the API the front end, identity, data base and messages; the order of one call is an assumption as well [EA].',
      'After a respawn the port pair is deleted before it leaves its group, as printed; scaling in does it the other way round (DX-16).',
      'A service that is down when its hop is reached makes the operation wait or fail; one that nobody asks for costs nothing (SEM-12, SEM-13).',
    ],
  };
}
