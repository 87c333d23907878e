import { compile } from '../../compile/compile.ts';
import type { Mark } from '../../model/flow.ts';
import type { Scenario } from '../../model/scenario.ts';
import type { Cell, Table } from '../../model/table.ts';
import { inject } from '../inject.ts';

/** Verdicts of B-93 and B-103, seconds. */
const LIMITS: readonly (readonly [string, number])[] = [
  ['50 ms', 0.05],
  ['100 ms', 0.1],
  ['1 s', 1],
  ['15 s', 15],
];

/**
 * The fault of each group's serving member, injected alone: how long until it is detected, until whoever acts is told,
 * and until the service is back (SEM-15), and which limits that keeps. Nothing is random: probes are at their worst.
 */
export function faultPathsTable(scenario: Scenario, digest: string): Table {
  const { groups, names } = compile(scenario);
  const own = names.groups.filter((_, group) => groups.internal[group] === 0);
  const rows = own.flatMap((id) => {
    const { instance, flow } = scenario.groups[id]!;
    const modes = instance.at(-1)!.failures.filter(({ manifestation = 'fail-stop' }) => manifestation === 'fail-stop');
    return modes.map((mode): readonly Cell[] => {
      const { marks } = inject(scenario, digest, [{ at: 0, element: `${id}/active`, mode: mode.id }]);
      const at = (mark: Mark): number | null => marks[mark] ?? null;
      const told = at('notified') ?? at('localised') ?? at('detected');
      const between = (from: number | null, to: number | null): number | null =>
        // Whole microseconds again.
        from === null || to === null ? null : Number((to - from).toFixed(6));
      const restored = at('restored');
      return [
        id,
        mode.id,
        flow,
        at('detected'),
        between(at('detected'), told),
        between(told, restored),
        restored,
        ...LIMITS.map(([, limit]) => (restored !== null && restored <= limit ? 'pass' : 'fail')),
      ];
    });
  });
  return {
    format: 'carriergrade/table/1',
    name: 'fault-paths',
    title: `Detection, notification and remediation: ${scenario.name}`,
    columns: [
      { name: 'Group' },
      { name: 'Fault' },
      { name: 'Flow' },
      { name: 'T_DET', unit: 's', decimals: 6 },
      { name: 'T_NOT', unit: 's', decimals: 6 },
      { name: 'T_REM', unit: 's', decimals: 6 },
      { name: 'Total', unit: 's', decimals: 6 },
      ...LIMITS.map(([name]) => ({ name })),
    ],
    rows,
    notes: [
      'Localisation belongs to T_NOT, isolation to T_REM (SEM-15). Limits: B-93, B-103.',
      'Nothing is random: probes are at their worst, branches go the likelier way.',
    ],
  };
}
