import { compile } from '../compile/compile.ts';
import { packRecords } from '../measures/packed-records.ts';
import type { HistoryPlan, HistoryTask } from './crew.ts';
import { HistoryRunner } from './histories.ts';

/** What a worker does all day: the model is compiled once, at the first task, and its runner used for every history. */
export function historyWorker({ scenario, seed, years, warmUp }: HistoryPlan): (task: HistoryTask) => Float64Array {
  let runner: HistoryRunner | undefined;
  return ({ first, count }) => {
    runner ??= new HistoryRunner(compile(scenario), seed);
    const own = runner;
    return packRecords(Array.from({ length: count }, (_, i) => own.run(first + i, years, warmUp)));
  };
}
