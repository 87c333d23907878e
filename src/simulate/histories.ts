import type { CompiledModel } from '../compile/model.ts';
import { CloudProcess } from '../dynamics/process.ts';
import { run, SimulationError } from '../kernel/run.ts';
import type { HistoryRecord } from '../measures/history-record.ts';
import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR } from '../model/time.ts';
import { HistoryClocks } from './history-clocks.ts';
import { HistoryWatch } from './history-watch.ts';

/**
 * Runs natural histories of one model. History i is a pure function of (model, seed, i): the runner is reset, not
 * rebuilt, between histories, and a reset runner equals a fresh one.
 */
export class HistoryRunner {
  private readonly model: CompiledModel;
  private readonly clocks: HistoryClocks;
  private readonly watch: HistoryWatch;
  private readonly process: CloudProcess;

  constructor(model: CompiledModel, seed: string) {
    this.model = model;
    this.clocks = new HistoryClocks(model, seed);
    this.watch = new HistoryWatch(model);
    this.process = new CloudProcess(model, this.clocks, this.watch);
  }

  /**
   * Simulates history `index` for `years` after a warm-up of `warmUp` seconds.
   *
   * @throws Error with the element's name, the simulated time and the kind of event when the model fails inside.
   */
  run(index: number, years: number, warmUp: number): HistoryRecord {
    const start = Math.round(warmUp * MICROSECONDS_PER_SECOND);
    const until = start + Math.round(years * MICROSECONDS_PER_YEAR);
    const { clocks, process, watch } = this;
    clocks.begin(index);
    watch.begin(process.world, start);
    process.reset();
    const handler = {
      fire(slot: number, now: number): void {
        clocks.now = now;
        process.fire(slot, now);
      },
    };
    try {
      const { events } = run(clocks.timers, handler, until);
      process.finish(until);
      return watch.finish(until, events);
    } catch (error) {
      throw error instanceof SimulationError ? this.named(error, index) : error;
    }
  }

  private named(error: SimulationError, index: number): Error {
    const [name, purpose] = this.model.names.stream(error.slot);
    const seconds = error.time / MICROSECONDS_PER_SECOND;
    return new Error(`history ${index}, ${seconds} s, ${name} (${purpose}): ${(error.cause as Error).message}`, {
      cause: error,
    });
  }
}
