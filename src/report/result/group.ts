import type { Estimate } from '../../model/estimate.ts';
import type { Mark } from '../../model/flow.ts';
import type { GroupResult } from '../../model/result.ts';
import { type Block, type Cell, heading, table } from '../document/document.ts';
import { printCount, printDurationEstimate, printEstimate, printRatio, printShare } from '../format.ts';
import { measureColumns, measureRow } from './row.ts';

/** Failovers of one group and how they ended, exposure, and the times of the fault-management cycle. */
export function groupBlocks(id: string, group: GroupResult, confidence: number): readonly Block[] {
  const rows: (readonly Cell[])[] = [
    measureRow('failures of serving members', printEstimate(group.servingFailuresPerYear, '/year')),
    measureRow('failures of all members', printEstimate(group.memberFailuresPerYear, '/year')),
    ...rateRow('capacity events', group.capacityEventsPerYear),
    ...rateRow('planned switchovers back', group.switchoversPerYear),
    measureRow('failovers attempted', { value: printCount(group.attempts), interval: 'in the whole run' }),
    ...ratioRow('succeeded', group.successRatio, 1),
    ...ratioRow('within the target time', group.withinTarget, 1),
    ...reasonRows(group),
    ...ratioRow('serving failures survived by failover', group.protection, 0),
    measureRow('exposed: up without protection', printEstimate(group.exposureSecondsPerYear, 's/year')),
    measureRow('latent faults of standbys', printEstimate(group.latentSecondsPerYear, 's/year')),
    measureRow('down', printEstimate(group.downSecondsPerYear, 's/year')),
    ...markRows(group),
  ];
  return [heading(2, `Group ${id}`), table(measureColumns(confidence), rows)];
}

function rateRow(name: string, rate: Estimate | undefined): readonly (readonly Cell[])[] {
  return rate === undefined ? [] : [measureRow(name, printEstimate(rate, '/year'))];
}

function ratioRow(name: string, ratio: Estimate | null, indent: number): readonly (readonly Cell[])[] {
  return ratio === null ? [] : [measureRow(name, printRatio(ratio), indent)];
}

function reasonRows({ reasons, attempts }: GroupResult): readonly (readonly Cell[])[] {
  return Object.entries(reasons)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([reason, count]) => {
      const share = `${printShare(count, attempts)} of attempts`;
      return measureRow(`failed: ${reason}`, { value: printCount(count), interval: share }, 1);
    });
}

function markRows({ marksSeconds }: GroupResult): readonly (readonly Cell[])[] {
  const marks = Object.entries(marksSeconds) as [Mark, Estimate][];
  return marks.map(([mark, time]) => measureRow(`from fault to ${mark}, mean`, printDurationEstimate(time)));
}
