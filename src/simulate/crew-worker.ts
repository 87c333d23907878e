import { compile } from '../compile/compile.ts';
import type { CompiledModel } from '../compile/model.ts';
import { packRecords } from '../measures/packed-records.ts';
import { claimed, type HistoryPlan, type Offer } from './crew.ts';
import { CycleRunner } from './cycles/cycle-runner.ts';
import { HistoryRunner } from './histories.ts';
import { historySpan } from './history-span.ts';
import { inOneGo } from './interruptible.ts';

/**
 * What a worker does all day: the model is compiled once, at the first task. One runner is kept, of histories or of one
 * service's cycles, so that memory does not grow with what has been asked.
 */
export function crewWorker({ scenario, seed, years, warmUp }: HistoryPlan): (offer: Offer) => Float64Array | undefined {
  let model: CompiledModel | undefined;
  let histories: HistoryRunner | undefined;
  let cycles: CycleRunner | undefined;
  const span = historySpan({ years, warmUp });
  return (offer) => {
    if (!claimed(offer)) return undefined;
    const { task } = offer;
    model ??= compile(scenario);
    if ('stratum' in task) {
      histories = undefined;
      if (cycles === undefined || !cycles.canRun(task)) {
        cycles = inOneGo(CycleRunner.of(model, task.service, seed, span));
      }
      return cycles.run(task);
    }
    cycles = undefined;
    histories ??= new HistoryRunner(model, seed);
    const own = histories;
    return packRecords(Array.from({ length: task.count }, (_, i) => own.run(task.first + i, years, warmUp)));
  };
}
