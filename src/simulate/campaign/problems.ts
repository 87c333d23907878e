import { printAge } from '../../model/monitoring.ts';
import type { Scenario } from '../../model/scenario.ts';
import type { Cell, Table } from '../../model/table.ts';
import { inject } from '../inject.ts';

interface ProblemEvent {
  readonly host: string;
  readonly since: number;
  until: number | undefined;
}

/**
 * What a monitoring server lists after each script of the scenario: problems from when they were noticed until they
 * were over, with their age at one common instant, the end of the script. What nobody noticed is no problem to it.
 */
export function problemsTable(scenario: Scenario, digest: string): Table {
  const rows = Object.entries(scenario.injections).flatMap(([script, injections]) => {
    const { steps } = inject(scenario, digest, injections);
    const now = steps.reduce((latest, { t }) => Math.max(latest, t), 0);
    const problems: ProblemEvent[] = [];
    for (const { t, step, entity } of steps) {
      if (step === 'detected') problems.push({ host: entity, since: t, until: undefined });
      const open = problems.find(({ host, until }) => host === entity && until === undefined);
      if (step === 'redundant' && open !== undefined) open.until = t;
    }
    return problems.map(({ host, since, until }): readonly Cell[] => [
      script,
      host,
      until === undefined ? 'PROBLEM' : 'OK',
      since,
      until ?? null,
      printAge(now - since),
      until === undefined ? null : printAge(now - until),
    ]);
  });
  return {
    format: 'carriergrade/table/1',
    name: 'problems',
    title: `Problems as a monitoring server lists them: ${scenario.name}`,
    columns: [
      { name: 'Script' },
      { name: 'Host' },
      { name: 'Status' },
      { name: 'Problem', unit: 's', decimals: 3 },
      { name: 'OK', unit: 's', decimals: 3 },
      { name: 'Age' },
      { name: 'Age of OK' },
    ],
    rows,
    notes: ['Ages at the end of each script. Faults that nobody has noticed are not listed.'],
  };
}
