import { UPGRADE_BUDGETS } from '../../catalogue/upgrade-budgets.ts';
import type { Table } from '../../model/table.ts';
import { dpm } from './formulas.ts';

export interface UpgradeBudgetOptions {
  /** Updates a year; default 12. */
  readonly updatesPerYear?: number;
}

/** Downtime target that the budgets are compared with: six nines (NC-48). */
const TARGET = dpm(1e-6);

/** Yearly budgets of updates and upgrades and what one of them may take (B-76, B-77, NC-12, NC-48). */
export function upgradeBudgetsTable({ updatesPerYear = 12 }: UpgradeBudgetOptions = {}): Table {
  const share = (seconds: number): number => (100 * seconds) / TARGET;
  const [critical, major] = UPGRADE_BUDGETS;
  const both = share(critical!.secondsPerYear + major!.secondsPerYear);
  return {
    format: 'carriergrade/table/1',
    name: 'upgrade-budgets',
    title: 'Yearly budgets for updates and upgrades',
    columns: [
      { name: 'Category' },
      { name: 'Target' },
      { name: 'Counts' },
      { name: 'Budget', unit: 's/year' },
      { name: 'Per update', unit: 's', decimals: 2 },
      { name: 'Of 31.536 s/year', unit: '%', decimals: 2 },
    ],
    rows: UPGRADE_BUDGETS.map((budget) => [
      budget.description,
      budget.text,
      budget.measure,
      budget.secondsPerYear,
      budget.secondsPerYear / updatesPerYear,
      budget.id === 'critical' || budget.id === 'major' ? share(budget.secondsPerYear) : null,
    ]),
    notes: [
      `Per update: yearly budget / ${updatesPerYear} updates a year (B-77).`,
      `Critical and major together take ${both.toFixed(2)} % of the 31.536 s/year of six nines (NC-48); upgrades run by the infrastructure count there although operation has a share of its own (DX-13).`,
      'Minor: the budget is for the service itself, as its failure hurts no guest (DX-20).',
    ],
  };
}
