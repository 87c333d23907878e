import { compile } from '../../../src/compile/compile.ts';
import { SilentObserver } from '../../../src/dynamics/observer.ts';
import { MARKS } from '../../../src/model/flow.ts';
import type { Scenario } from '../../../src/model/scenario.ts';
import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR } from '../../../src/model/time.ts';
import { drive } from './driver.ts';

const DETECTED = MARKS.indexOf('detected');

/** Fault → detected of every fault of serving members in histories 0 … of a year each, seconds, in order. */
export function latencies(scenario: Scenario, histories: number): number[] {
  const found: number[] = [];
  class Stopwatch extends SilentObserver {
    readonly since = new Map<number, number>();
    override memberFailed(now: number, seat: number): void {
      this.since.set(seat, now);
    }
    override marked(now: number, seat: number, mark: number): void {
      if (mark === DETECTED) found.push((now - this.since.get(seat)!) / MICROSECONDS_PER_SECOND);
    }
  }
  const driver = drive(compile(scenario), 'latencies', new Stopwatch());
  for (let history = 0; history < histories; history++) driver.history(history, MICROSECONDS_PER_YEAR);
  return found;
}

/** Mean of a sample and its standard error. */
export function meanOf(sample: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = sample.reduce((sum, each) => sum + each, 0) / sample.length;
  const square = sample.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (sample.length - 1);
  return { mean, error: Math.sqrt(square / sample.length) };
}
