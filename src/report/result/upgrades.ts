import type { BudgetLine, UpgradeResults } from '../../model/result.ts';
import { type Block, type Cell, heading, line, table } from '../document/document.ts';
import { printEstimate, printNumber } from '../format.ts';
import { intervalTitle } from './row.ts';
import { VERDICTS } from './verdict.ts';

const NAMES: Readonly<Record<BudgetLine['budget'], string>> = {
  critical: 'downtime, critical services',
  major: 'downtime, major services',
  minor: 'downtime, minor services',
  degraded: 'reduced redundancy',
  'degraded-storage': 'reduced redundancy, storage',
};

/** Budgets of upgrades (B-76) with their verdicts, and what else the campaigns cost. */
export function upgradeBlocks(upgrades: UpgradeResults | undefined, confidence: number): readonly Block[] {
  if (upgrades === undefined) return [];
  const interval = intervalTitle(confidence);
  const titles = ['', 'budget~', 'of', 'limit', '>measured', interval, '>per update?2', '>of?1'];
  return [
    heading(2, 'Upgrades'),
    table(titles, upgrades.budgets.map(budgetRow)),
    ...Object.entries(upgrades.groups).map(([id, group]) => {
      const moves =
        group.movesPerMember === null ? 'none has begun' : `${printNumber(group.movesPerMember, 3)} moves per member`;
      const copied = printEstimate(group.degradedSecondsPerYear, 's/year').value;
      return line(`${id}: ${moves} and campaign, degraded ${copied}, states lost ${group.stateLossEvents}.`, 'faint');
    }),
    ...Object.entries(upgrades.services).flatMap(([id, { exposureSecondsPerYear }]) =>
      exposureSecondsPerYear.value === 0
        ? []
        : [line(`${id}: ${printEstimate(exposureSecondsPerYear, 's/year').value} of faults during upgrades.`, 'faint')],
    ),
  ];
}

function budgetRow({
  budget,
  of,
  limitSecondsPerYear,
  estimate,
  perUpdateSeconds,
  verdict,
}: BudgetLine): readonly Cell[] {
  const { mark, tone } = VERDICTS[verdict];
  const printed = printEstimate(estimate, 's/year');
  return [
    { text: mark, tone },
    NAMES[budget],
    of,
    `≤ ${printNumber(limitSecondsPerYear, 4)} s/year`,
    printed.value,
    printed.interval,
    `${printNumber(perUpdateSeconds.value, 4)} s`,
    `${printNumber(perUpdateSeconds.limit, 4)} s`,
  ];
}
