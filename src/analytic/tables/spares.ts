import type { Table } from '../../model/table.ts';
import { failuresPerBatch, poissonTail, sparesNeeded } from './formulas.ts';

export interface SparesOptions {
  /** Default 100. */
  readonly nodes?: number;
  /** Failures of one node a year that need a repair; default 0.05. */
  readonly outagesPerYear?: number;
  /** Accepted chance of running out between two visits; default 1e-3. */
  readonly risk?: number;
  /** Time between two repair visits, hours; default weekly, monthly, quarterly. */
  readonly batches?: readonly { readonly name: string; readonly hours: number }[];
}

const BATCHES = [
  { name: 'weekly', hours: 168 },
  { name: 'monthly', hours: 730 },
  { name: 'quarterly', hours: 2190 },
] as const;

/** Spare nodes for batched repair of pooled resources (B-64, NC-28). */
export function sparesTable(options: SparesOptions = {}): Table {
  const { nodes = 100, outagesPerYear = 0.05, risk = 1e-3, batches = BATCHES } = options;
  return {
    format: 'carriergrade/table/1',
    name: 'spares',
    title: 'Spare nodes for batched repair',
    columns: [
      { name: 'Repair visits' },
      { name: 'Period', unit: 'h' },
      { name: 'Failures per period', decimals: 4 },
      { name: 'Spares' },
      { name: 'Chance of running out' },
    ],
    rows: batches.map(({ name, hours }) => {
      const mean = failuresPerBatch(nodes, outagesPerYear, hours);
      const spares = sparesNeeded(mean, risk);
      return [name, hours, mean, spares, Number(poissonTail(mean, spares).toPrecision(6))];
    }),
    notes: [
      `${nodes} nodes, ${outagesPerYear} failures a year each, accepted risk ${risk} per period; Poisson failures (B-64) [EA].`,
    ],
  };
}
