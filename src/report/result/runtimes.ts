import type { Result, RuntimeResult } from '../../model/result.ts';
import { type Block, type Cell, heading, table } from '../document/document.ts';
import { printEstimate, printNumber } from '../format.ts';

const TITLES = [
  'runtime',
  '>groups',
  '>members',
  '>down',
  '>for upgrades',
  '>not redundant',
  '>for upgrades',
  '>failovers',
  '>restored after',
  '>redundant after',
];

/** Figures of the protection groups by what their members run in (B-05). */
export function runtimeBlocks(runtimes: Result['runtimes']): readonly Block[] {
  if (runtimes === undefined) return [];
  return [heading(2, 'By runtime'), table(TITLES, Object.entries(runtimes).map(runtimeRow))];
}

function runtimeRow([runtime, found]: readonly [string, RuntimeResult]): readonly Cell[] {
  const perYear = (estimate: RuntimeResult['downSecondsPerYear']): string => printEstimate(estimate, 's/year').value;
  const after = (estimate: RuntimeResult['restoredSeconds']): string =>
    estimate === null ? '-' : `${printNumber(estimate.value, 4)} s`;
  const { attempts, successes } = found.failovers;
  return [
    runtime,
    `${found.groups}`,
    `${found.members}`,
    perYear(found.downSecondsPerYear),
    perYear(found.upgradeDownSecondsPerYear),
    perYear(found.exposureSecondsPerYear),
    perYear(found.upgradeExposureSecondsPerYear),
    attempts === 0 ? '-' : `${successes} of ${attempts}`,
    after(found.restoredSeconds),
    after(found.redundantSeconds),
  ];
}
