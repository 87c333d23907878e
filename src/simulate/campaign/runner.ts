import { type CompiledModel, TRACK } from '../../compile/model.ts';
import { CloudProcess } from '../../dynamics/process.ts';
import type { World } from '../../dynamics/world.ts';
import { run } from '../../kernel/run.ts';
import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR } from '../../model/time.ts';
import { ScriptClocks } from '../script-clocks.ts';
import { ScriptedTests } from '../scripted-tests.ts';
import { CampaignWatch } from './watch.ts';

/** Instant of the first fault, µs, and end of an injection a year later. */
const ORIGIN = MICROSECONDS_PER_YEAR;
const END = 2 * MICROSECONDS_PER_YEAR;

/** Failure mode `mode` strikes `at` seconds after the first fault. */
export interface Strike {
  readonly mode: number;
  readonly at: number;
}

/** One process that runs injection after injection, each from everything up. The watch holds what the last one did. */
export class InjectionRunner {
  readonly watch: CampaignWatch;
  private readonly process: CloudProcess;
  private readonly clocks: ScriptClocks;
  private readonly tests: ScriptedTests;
  private readonly slots: number;
  /** Clocks of everything that repairs, rebuilds or restores by hand. */
  private readonly mending: readonly number[];
  private readonly modes: Int32Array;

  constructor(model: CompiledModel, mostStrikes: number) {
    this.slots = model.slots.count;
    this.clocks = new ScriptClocks(model, mostStrikes);
    this.tests = new ScriptedTests(model, this.clocks.timers);
    this.watch = new CampaignWatch(model);
    this.process = new CloudProcess(model, this.clocks, this.watch);
    this.modes = new Int32Array(mostStrikes);
    this.mending = [...model.tracks.kind.keys()]
      .filter((track) => model.tracks.kind[track] !== TRACK.remediation)
      .map((track) => model.tracks.firstSlot + track);
  }

  /** Lets everything happen that follows from the faults, for a year; times in the watch are from the first fault on. */
  inject(strikes: readonly Strike[]): void {
    this.start(strikes);
    this.watch.end(END);
  }

  /** The same without repairs, rebuilding and hands: loss of each service once its failovers have ended, 0 … 1. */
  injectForGood(strikes: readonly Strike[]): Float64Array {
    for (const slot of this.mending) this.clocks.hold(slot);
    this.start(strikes, END, false);
    for (const slot of this.mending) this.clocks.release(slot);
    return Float64Array.from(this.watch.worst, (_, service) => this.watch.lossOf(service));
  }

  /** The state right after the faults, before anything takes time; the watch holds what is lost at once. */
  atOnce(modes: readonly number[]): World {
    this.start(
      modes.map((mode) => ({ mode, at: 0 })),
      ORIGIN + 1,
    );
    return this.process.world;
  }

  /** Half-way between the last change of a service and everything being as before, s after the fault. */
  exposureMiddle(strike: Strike): number {
    this.inject([strike]);
    const { lastLoss, lastChange } = this.watch;
    const end = lastChange > ORIGIN ? lastChange - ORIGIN : ORIGIN;
    const start = lastLoss > ORIGIN && lastLoss - ORIGIN < end ? lastLoss - ORIGIN : 0;
    return Math.round((start + end) / 2) / MICROSECONDS_PER_SECOND;
  }

  /** @param mends tests find what is latent */
  private start(strikes: readonly Strike[], end = END, mends = true): void {
    const { clocks, process, slots } = this;
    clocks.timers.clear();
    this.tests.reset();
    clocks.now = 0;
    process.reset();
    this.watch.begin(process.world);
    strikes.forEach(({ mode, at }, i) => {
      this.modes[i] = mode;
      clocks.timers.arm(slots + i, ORIGIN + Math.round(at * MICROSECONDS_PER_SECOND));
    });
    const handler = {
      fire: (slot: number, now: number): void => {
        clocks.now = now;
        process.fire(slot < slots ? slot : this.modes[slot - slots]!, now);
        if (slot < slots) this.tests.fired(slot, now, process.world.quiescent);
        else if (mends) this.tests.struck(now);
      },
    };
    run(clocks.timers, handler, end);
    process.finish(end);
  }
}
