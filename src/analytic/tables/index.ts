import { distance } from 'fastest-levenshtein';
import { InputError } from '../../model/problem.ts';
import type { Table } from '../../model/table.ts';
import { type AllocationTableOptions, allocationTable } from './allocation.ts';
import { type ChainTableOptions, chainDpmTable, chainNinesTable } from './chains.ts';
import { checksTable } from './checks.ts';
import { conversionsTable } from './conversions.ts';
import { type CriticalityOptions, criticalityTable } from './criticality.ts';
import { discrepanciesTable } from './discrepancies.ts';
import { type EnisaOptions, enisaTable } from './enisa.ts';
import { fieldRatesTable } from './field-rates.ts';
import { type TimelineOptions, timelineTable } from './fm-timeline.ts';
import { manoPathsTable } from './mano-paths.ts';
import { monitoringToolsTable } from './monitoring-tools.ts';
import { type SampleSizeOptions, sampleSizesTable } from './sample-sizes.ts';
import { servicesTable } from './services.ts';
import { type SparesOptions, sparesTable } from './spares.ts';
import { type UpgradeBudgetOptions, upgradeBudgetsTable } from './upgrade-budgets.ts';

/** Options of all tables; each table reads its own and ignores the rest. */
export interface TableOptions
  extends ChainTableOptions,
    EnisaOptions,
    CriticalityOptions,
    UpgradeBudgetOptions,
    TimelineOptions,
    SampleSizeOptions,
    AllocationTableOptions {
  readonly spares?: SparesOptions;
}

export interface TableEntry {
  readonly title: string;
  readonly build: (options?: TableOptions) => Table;
}

/** Every table by name. */
export const TABLES: Readonly<Record<string, TableEntry>> = {
  'chain-nines': { title: 'Nines of a chain of equal elements (B-41)', build: chainNinesTable },
  'chain-dpm': { title: 'Downtime of a chain of equal elements (B-43)', build: chainDpmTable },
  allocation: { title: 'High-level availability allocation (B-44)', build: allocationTable },
  enisa: { title: 'Weighted allocation check, ENISA 2015 (B-45)', build: enisaTable },
  criticality: { title: 'Relative criticality of infrastructure services (B-72)', build: criticalityTable },
  services: { title: 'Impact of OpenStack and infrastructure services (B-79)', build: servicesTable },
  'upgrade-budgets': { title: 'Yearly budgets for updates and upgrades (B-76)', build: upgradeBudgetsTable },
  'fm-timeline': { title: 'Fault-management timeline in four variants (B-71)', build: timelineTable },
  'monitoring-tools': { title: 'Comparison of monitoring tools (A-29)', build: monitoringToolsTable },
  'sample-sizes': { title: 'Trials that demonstrate a success probability (B-53)', build: sampleSizesTable },
  spares: { title: 'Spare nodes for batched repair (B-64)', build: (options) => sparesTable(options?.spares) },
  conversions: { title: 'Conversions and printed numbers (NC-01 … NC-13, NC-46)', build: conversionsTable },
  'mano-paths': { title: 'Control services on the path of each operation (A-61)', build: manoPathsTable },
  checks: { title: 'Every printed number and numeric check, recomputed (NC-01 … NC-50)', build: checksTable },
  'field-rates': { title: 'Rates and shares seen in the field', build: fieldRatesTable },
  discrepancies: { title: 'Discrepancies of the source documents (DX-01 … DX-24)', build: discrepanciesTable },
  index: { title: 'This list', build: indexTable },
};

/** Names of all tables. */
export function tableNames(): readonly string[] {
  return Object.keys(TABLES);
}

function indexTable(): Table {
  return {
    format: 'carriergrade/table/1',
    name: 'index',
    title: 'Tables',
    columns: [{ name: 'Name' }, { name: 'Title' }],
    rows: Object.entries(TABLES).map(([name, { title }]) => [name, title]),
  };
}

/**
 * Builds a table by name.
 *
 * @throws InputError `unknown-table` with the nearest name and the list of all.
 */
export function buildTable(name: string, options: TableOptions = {}): Table {
  const entry = Object.hasOwn(TABLES, name) ? TABLES[name] : undefined;
  if (entry !== undefined) return entry.build(options);
  const names = tableNames();
  const nearest = names.reduce((best, other) => (distance(name, other) < distance(name, best) ? other : best));
  const near = distance(name, nearest) <= Math.max(2, name.length / 3);
  throw new InputError([
    {
      level: 'error',
      code: 'unknown-table',
      message: `there is no table '${name}'${near ? `; did you mean '${nearest}'?` : ''}`,
      hint: `tables: ${names.join(', ')}`,
    },
  ]);
}
