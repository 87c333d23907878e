import type { Result } from '../../model/result.ts';
import { type Block, type Document, heading } from '../document/document.ts';
import { allocationBlocks } from './allocation.ts';
import { analyticBlocks } from './analytic.ts';
import { attributionBlocks } from './attribution.ts';
import { choiceBlocks } from './choice.ts';
import { cycleBlocks } from './cycles.ts';
import { elementBlocks, populationBlocks } from './elements.ts';
import { assumptionBlocks, runBlocks } from './facts.ts';
import { groupBlocks, sparesBlocks } from './group.ts';
import { plotBlocks } from './plot.ts';
import { regionBlocks } from './regions.ts';
import { runtimeBlocks } from './runtimes.ts';
import { serviceMeasures } from './service.ts';
import { sheetBlocks } from './sheet.ts';
import { stageBlocks } from './stages.ts';
import { targetBlocks } from './targets.ts';
import { upgradeBlocks } from './upgrades.ts';

export interface ResultDocumentOptions {
  /** Lists in full: assumptions and the elements of the attribution. */
  readonly full: boolean;
  /** Every element of the result instead of the largest contributors. */
  readonly allElements: boolean;
  /** Small plots drawn with characters. */
  readonly plot?: boolean;
}

const BRIEF = 5;
const FULL = 30;

/** The report of a run: verdicts, services, groups, elements, the target sheet, assumptions, facts of the run. */
export function resultDocument(result: Result, options: ResultDocumentOptions): Document {
  const { confidence } = result.run;
  const most = options.full ? FULL : BRIEF;
  return [
    heading(1, `${result.scenario.name}: ${result.scenario.title}`),
    ...targetBlocks(result.targets, confidence),
    ...Object.keys(result.services).flatMap((id) => serviceBlocks(result, id, most, options.plot === true)),
    ...Object.entries(result.groups).flatMap(([id, group]) => groupBlocks(id, group, confidence)),
    ...regionBlocks(result.regions, confidence),
    ...elementBlocks(result.elements, options.allElements ? Number.POSITIVE_INFINITY : most),
    ...sparesBlocks(result.spares, confidence),
    ...runtimeBlocks(result.runtimes),
    ...upgradeBlocks(result.upgrades, confidence),
    ...populationBlocks(result.populations, confidence),
    ...sheetBlocks(result),
    ...assumptionBlocks(result, options.full),
    ...runBlocks(result),
  ];
}

function serviceBlocks(result: Result, id: string, most: number, plot: boolean): readonly Block[] {
  const service = result.services[id]!;
  const analytic = result.analytic.services[id];
  const { confidence } = result.run;
  return [
    heading(2, `Service ${id}`),
    serviceMeasures(service, result.targets, confidence),
    ...choiceBlocks(service),
    ...stageBlocks(service, analytic?.stages, confidence),
    ...attributionBlocks(service, most),
    ...(plot ? plotBlocks(service) : []),
    ...cycleBlocks(service),
    ...allocationBlocks(service.allocation, confidence),
    ...(analytic === undefined ? [] : analyticBlocks(service, analytic, confidence)),
  ];
}
