import type { CompiledModel } from '../compile/model.ts';
import { CloudProcess } from '../dynamics/process.ts';
import { type Handler, run, SimulationError } from '../kernel/run.ts';
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
  private readonly handler: Handler;
  private index = 0;
  private events = 0;
  private until = 0;

  constructor(model: CompiledModel, seed: string) {
    this.model = model;
    this.clocks = new HistoryClocks(model, seed);
    this.watch = new HistoryWatch(model);
    this.process = new CloudProcess(model, this.clocks, this.watch);
    const { clocks, process } = this;
    this.handler = {
      fire(slot, now): void {
        clocks.now = now;
        process.fire(slot, now);
      },
    };
  }

  /** Simulates history `index` for `years` after a warm-up of `warmUp` seconds. */
  run(index: number, years: number, warmUp: number): HistoryRecord {
    this.begin(index, years, warmUp);
    while (!this.advance(Number.POSITIVE_INFINITY));
    return this.finish();
  }

  /** Starts history `index`; whatever was under way is forgotten. */
  begin(index: number, years: number, warmUp: number): void {
    const start = Math.round(warmUp * MICROSECONDS_PER_SECOND);
    this.index = index;
    this.events = 0;
    this.until = start + Math.round(years * MICROSECONDS_PER_YEAR);
    this.clocks.begin(index);
    this.watch.begin(this.process.world, start);
    this.process.reset();
  }

  /**
   * Simulates at most `mostEvents` further events; true when the history has reached its end.
   *
   * @throws Error with the element's name, the simulated time and the kind of event when the model fails inside.
   */
  advance(mostEvents: number): boolean {
    try {
      const { events } = run(this.clocks.timers, this.handler, this.until, mostEvents);
      this.events += events;
      return events < mostEvents;
    } catch (error) {
      throw error instanceof SimulationError ? this.named(error) : error;
    }
  }

  /** The record of the history that has reached its end. */
  finish(): HistoryRecord {
    this.process.finish(this.until);
    return this.watch.finish(this.until, this.events);
  }

  private named(error: SimulationError): Error {
    const [name, purpose] = this.model.names.stream(error.slot);
    const seconds = error.time / MICROSECONDS_PER_SECOND;
    return new Error(`history ${this.index}, ${seconds} s, ${name} (${purpose}): ${(error.cause as Error).message}`, {
      cause: error,
    });
  }
}
