import type { FailoverRatios } from '../../model/result.ts';
import { type Block, type Cell, heading, table } from '../document/document.ts';
import { printCount, printRatio } from '../format.ts';
import { intervalTitle } from './row.ts';

/** Failovers of every region, each group measured by its own target. */
export function regionBlocks(
  regions: Readonly<Record<string, FailoverRatios>> | undefined,
  confidence: number,
): readonly Block[] {
  if (regions === undefined) return [];
  const rows = Object.entries(regions).flatMap(([id, { attempts, successRatio, withinTarget }]): readonly Cell[][] => {
    if (successRatio === null || withinTarget === null) return [[id, 'no failover', '', '']];
    const successes = printRatio(successRatio);
    const inTime = printRatio(withinTarget);
    return [
      [id, `${printCount(attempts)} failovers succeed`, successes.value, successes.interval],
      ['', 'within the target of their group', inTime.value, inTime.interval],
    ];
  });
  return [heading(2, 'Failovers by region'), table(['region~', 'measure~', '>value', intervalTitle(confidence)], rows)];
}
