import type { CompiledModel } from '../compile/model.ts';
import { proofTestModes } from '../compile/proof-tests.ts';
import { aligned } from '../kernel/sampler.ts';
import type { Timers } from '../kernel/timers.ts';
import { MICROSECONDS_PER_SECOND } from '../model/time.ts';

/**
 * Proof tests of scripted runs, where the script has none of its own: a fault strikes right after a test, so that the next
 * one is a whole interval away, and tests go on until everything is back.
 */
export class ScriptedTests {
  private readonly model: CompiledModel;
  private readonly timers: Timers;
  private readonly tests: readonly number[];
  private readonly running = new Set<number>();

  /** @param ofScript modes that the script makes occur */
  constructor(model: CompiledModel, timers: Timers, ofScript: readonly number[] = []) {
    this.model = model;
    this.timers = timers;
    const tests = proofTestModes(model);
    this.tests = ofScript.some((mode) => tests.includes(mode)) ? [] : tests;
  }

  /** A new run: no test is on its way. */
  reset(): void {
    this.running.clear();
  }

  /** A fault has struck at `now`, µs. */
  struck(now: number): void {
    for (const mode of this.tests) if (!this.running.has(mode)) this.await(mode, now);
  }

  /** The clock in `slot` has run out at `now`, µs. */
  fired(slot: number, now: number, isOver: boolean): void {
    if (!this.running.delete(slot) || isOver) return;
    this.await(slot, now);
  }

  private await(mode: number, now: number): void {
    const law = this.model.laws[this.model.modes.law[mode]!]!;
    this.running.add(mode);
    this.timers.arm(mode, now + Math.max(MICROSECONDS_PER_SECOND, aligned(law, now)));
  }
}
