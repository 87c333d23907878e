import type { AnalyticStage, ServiceResult } from '../../model/result.ts';
import { type Block, type Cell, heading, table } from '../document/document.ts';
import { printAvailability, printComplement, printEstimate, printNumber, printShare } from '../format.ts';
import { intervalTitle } from './row.ts';

/** Stages of a chain as if each were a service, the exact side beside them; the weakest is marked. */
export function stageBlocks(
  { stages = [] }: ServiceResult,
  analytic: readonly AnalyticStage[] | undefined,
  confidence: number,
): readonly Block[] {
  if (stages.length === 0) return [];
  const rows = stages.map(({ id, unavailability, dpm, share, weakest }, i): readonly Cell[] => {
    const downtime = printEstimate(dpm, 's/year');
    const exact = analytic?.[i]?.dpm;
    return [
      weakest ? { text: id, tone: 'bad' } : id,
      printAvailability(unavailability).value,
      downtime.value,
      downtime.interval,
      `${printShare(share, 1)}${weakest ? ', weakest' : ''}`,
      exact === undefined ? '–' : `${printNumber(exact)} s/year`,
    ];
  });
  const titles = ['stage~', '>availability', '>downtime', intervalTitle(confidence), '>share of all~', '>calculated?1'];
  return [heading(3, 'Stages'), table(titles, rows)];
}

/** The exact side of the stages of a chain. */
export function analyticStageBlocks(stages: readonly AnalyticStage[] = []): readonly Block[] {
  if (stages.length === 0) return [];
  const all = stages.reduce((sum, { dpm = 0 }) => sum + dpm, 0);
  const rows = stages.map(({ id, unavailability, dpm, refused }): readonly Cell[] => {
    if (unavailability === undefined || dpm === undefined) return [id, '–', '–', refused ?? ''];
    return [id, `${printComplement(unavailability)} %`, `${printNumber(dpm)} s/year`, printShare(dpm, all)];
  });
  return [table(['stage~', '>availability', '>downtime', '>share of all~'], rows)];
}
