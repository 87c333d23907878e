import { MARKS, type Mark } from '../model/flow.ts';
import type { RuntimeResult } from '../model/result.ts';
import { RUNTIMES, type Runtime } from '../model/runtime.ts';
import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR } from '../model/time.ts';
import type { GroupMeasure } from './history-record.ts';
import { type RunTotals, sumLists } from './run-totals.ts';
import { wilson } from './statistics/proportion.ts';
import { rateInterval } from './statistics/rate.ts';
import { ratioInterval } from './statistics/ratio.ts';
import { sumOf } from './statistics/sum.ts';

/** A protection group: its place in the model, how many members it has, and what they run in. */
export interface RunningGroup {
  readonly group: number;
  readonly members: number;
  readonly runtime: Runtime;
}

/** The figures of the groups by what their members run in (B-05); undefined where no member is a container. */
export function runtimeResults(
  totals: RunTotals,
  groups: readonly RunningGroup[],
  confidence: number,
): Partial<Record<Runtime, RuntimeResult>> | undefined {
  if (!groups.some(({ runtime }) => runtime === 'container')) return undefined;
  return Object.fromEntries(
    RUNTIMES.flatMap((runtime) => {
      const own = groups.filter((each) => each.runtime === runtime);
      return own.length === 0 ? [] : [[runtime, runtimeResult(totals, own, confidence)]];
    }),
  );
}

function runtimeResult(totals: RunTotals, own: readonly RunningGroup[], confidence: number): RuntimeResult {
  const years = totals.horizons.map((horizon) => horizon / MICROSECONDS_PER_YEAR);
  const measured = (measure: GroupMeasure): readonly number[] =>
    sumLists(...own.map(({ group }) => totals.group(group, measure)));
  const perYear = (measure: GroupMeasure): RuntimeResult['downSecondsPerYear'] =>
    rateInterval(
      measured(measure).map((time) => time / MICROSECONDS_PER_SECOND),
      years,
      confidence,
    );
  const reached = (mark: Mark): RuntimeResult['restoredSeconds'] => {
    const marks = own.map(({ group }) => totals.groupMark(group, MARKS.indexOf(mark)));
    const times = sumLists(...marks.map(({ time }) => time));
    const seconds = times.map((micros) => micros / MICROSECONDS_PER_SECOND);
    return ratioInterval(seconds, sumLists(...marks.map(({ count }) => count)), confidence);
  };
  const attempts = sumOf(measured('attempts'));
  const successes = sumOf(measured('successes'));
  return {
    groups: own.length,
    members: own.reduce((sum, { members }) => sum + members, 0),
    downSecondsPerYear: perYear('downTime'),
    upgradeDownSecondsPerYear: perYear('upgradeDownTime'),
    exposureSecondsPerYear: perYear('exposedTime'),
    upgradeExposureSecondsPerYear: perYear('upgradeExposedTime'),
    failovers: { attempts, successes, ratio: attempts === 0 ? null : wilson(successes, attempts, confidence) },
    restoredSeconds: reached('restored'),
    redundantSeconds: reached('redundant'),
  };
}
