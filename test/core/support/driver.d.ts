import type { CompiledModel } from '../../../src/compile/model.ts';
import type { Observer } from '../../../src/dynamics/observer.ts';
import { CloudProcess } from '../../../src/dynamics/process.ts';
import { HistoryClocks } from '../../../src/simulate/history-clocks.ts';
export interface Driver {
  readonly process: CloudProcess;
  readonly clocks: HistoryClocks;
  /** Runs history `index` up to `until` (µs), calling back after each event; returns the number of events. */
  history(index: number, until: number, afterEvent?: (now: number, slot: number) => void): number;
}
/** Natural histories with the test's own eyes on them: the driver of `simulate` with a callback after each event. */
export declare function drive(model: CompiledModel, seed: string, observer: Observer): Driver;
