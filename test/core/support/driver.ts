import type { CompiledModel } from '../../../src/compile/model.ts';
import type { Observer } from '../../../src/dynamics/observer.ts';
import { CloudProcess } from '../../../src/dynamics/process.ts';
import { run } from '../../../src/kernel/run.ts';
import { HistoryClocks } from '../../../src/simulate/history-clocks.ts';

export interface Driver {
  readonly process: CloudProcess;
  readonly clocks: HistoryClocks;
  /** Runs history `index` up to `until` (µs), calling back after each event; returns the number of events. */
  history(index: number, until: number, afterEvent?: (now: number, slot: number) => void): number;
}

/** Natural histories with the test's own eyes on them: the driver of `simulate` with a callback after each event. */
export function drive(model: CompiledModel, seed: string, observer: Observer): Driver {
  const clocks = new HistoryClocks(model, seed);
  const process = new CloudProcess(model, clocks, observer);
  return {
    process,
    clocks,
    history(index, until, afterEvent) {
      clocks.begin(index);
      process.reset();
      const handler = {
        fire(slot: number, now: number): void {
          clocks.now = now;
          process.fire(slot, now);
          afterEvent?.(now, slot);
        },
      };
      return run(clocks.timers, handler, until).events;
    },
  };
}
