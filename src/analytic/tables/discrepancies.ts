import { DISCREPANCIES } from '../../catalogue/discrepancies.ts';
import type { Table } from '../../model/table.ts';

/** Where the source documents contradict themselves, and what is done about it (DX-01 … DX-24). */
export function discrepanciesTable(): Table {
  return {
    format: 'carriergrade/table/1',
    name: 'discrepancies',
    title: 'Discrepancies of the source documents',
    columns: [{ name: 'Id' }, { name: 'Place' }, { name: 'Found' }, { name: 'Treated as' }, { name: 'Shown in' }],
    rows: DISCREPANCIES.map(({ id, place, found, here, shownIn }) => [id, place, found, here, shownIn.join(', ')]),
    notes: ['Shown in: a table, a command or an entry of the catalogue; empty where nothing depends on it yet.'],
  };
}
