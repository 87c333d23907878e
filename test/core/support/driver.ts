import type { CompiledModel } from '../../../src/compile/model.ts';
import type { Observer } from '../../../src/dynamics/observer.ts';
import { CloudProcess } from '../../../src/dynamics/process.ts';
import { run } from '../../../src/kernel/run.ts';
import { HistoryClocks } from '../../../src/simulate/history-clocks.ts';

export type AfterEvent = (now: number, slot: number) => void;

export interface Driver {
  readonly process: CloudProcess;
  readonly clocks: HistoryClocks;
  /** Runs history `index` up to `until` (µs), calling back after each event; returns the number of events. */
  history(index: number, until: number, afterEvent?: AfterEvent): number;
  /** The same from the present state on. */
  resume(until: number, afterEvent?: AfterEvent): number;
}

/** Natural histories with the test's own eyes on them: the driver of `simulate` with a callback after each event. */
export function drive(model: CompiledModel, seed: string, observer: Observer): Driver {
  const clocks = new HistoryClocks(model, seed);
  const process = new CloudProcess(model, clocks, observer);
  const resume = (until: number, afterEvent?: AfterEvent): number => {
    const handler = {
      fire(slot: number, now: number): void {
        clocks.now = now;
        process.fire(slot, now);
        afterEvent?.(now, slot);
      },
    };
    return run(clocks.timers, handler, until).events;
  };
  return {
    process,
    clocks,
    resume,
    history(index, until, afterEvent) {
      clocks.begin(index);
      process.reset();
      return resume(until, afterEvent);
    },
  };
}
