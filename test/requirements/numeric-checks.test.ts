import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { MARK } from '../../src/dynamics/cases.ts';
import { SilentObserver } from '../../src/dynamics/observer.ts';
import type { World } from '../../src/dynamics/world.ts';
import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR } from '../../src/model/time.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { drive } from '../core/support/driver.ts';

/** Times from faults to their detection, s, as a history brings them about. */
class Latencies extends SilentObserver {
  readonly seconds: number[] = [];
  world!: World;

  override marked(now: number, seat: number, mark: number): void {
    if (mark === MARK.detected) this.seconds.push((now - this.world.caseSince[seat]!) / MICROSECONDS_PER_SECOND);
  }
}

/** Some 10 000 faults of a lone member that this detector, written as in a file, sees. */
function latencies(detector: string): readonly number[] {
  const { scenario } = readScenario(`format: carriergrade/scenario/1
catalogue: { detectors: { own: ${detector} } }
groups:
  g:
    scheme: simplex
    failures: { f: { rate: 500 / year } }
    state: { stateful: false }
    detection: { detectors: [own], coverage: 100 % }
    times: { terminate: 1 s, spawn: 1 s, configure: 1 s }
services: { s: { uses: [g] } }
`);
  const seen = new Latencies();
  const driver = drive(compile(scenario), 'NC', seen);
  seen.world = driver.process.world;
  driver.history(0, 20 * MICROSECONDS_PER_YEAR);
  return seen.seconds;
}

describe('reference: latencies of detectors, simulated', () => {
  it.each([
    ['NC-19: ping, 10 s between rounds', '{ base: tacker-ping, needs: [], delay: 0 s }', 4, 16],
    ['NC-19: ping, rounds without a pause', '{ base: tacker-ping, needs: [], delay: 0 s, sleep: 0 s }', 4, 6],
    ['NC-19: ping, ten targets in one loop', '{ base: tacker-ping, needs: [], delay: 0 s, targets: 10 }', 4, 34],
    ['NC-19: http ping into a black hole', '{ base: http-ping, needs: [] }', 50, 60],
    ['NC-19: http ping refused', '{ base: http-ping-refused, needs: [] }', 0, 10],
    ['NC-21: max(#3), a sample a second', "{ kind: trigger, expression: 'max(#3)=0', period: 1 s }", 2, 3],
    [
      'NC-21: nodata(5m), looked at every 30 s',
      "{ kind: trigger, expression: 'nodata(5m)=1', period: 30 s }",
      300,
      330,
    ],
    ['NC-34: two looks 5 ms apart', '{ kind: poll, period: 5 ms, confirmations: 2 }', 0.005, 0.01],
  ])('%s: %s sees in (%d, %d] s, in the mean in the middle', (_, detector, low, high) => {
    const found = latencies(detector);
    expect(found.length).toBeGreaterThan(9000);
    expect(Math.min(...found)).toBeGreaterThan(low - 1e-6);
    expect(Math.max(...found)).toBeLessThanOrEqual(high + 1e-6);
    const mean = found.reduce((sum, each) => sum + each, 0) / found.length;
    // Uniform between the bounds.
    const error = (high - low) / Math.sqrt(12 * found.length);
    expect(Math.abs(mean - (low + high) / 2)).toBeLessThan(4 * error);
  });

  it.each([
    [20, 100, 225],
    [20, 80, 300],
    [0, 100, 300],
    [40, 60, 300],
  ])('NC-20: average over 600 s above 50, from %d to %d: %d s in every phase', (idle, load, crossing) => {
    const found = latencies(`{ base: ceilometer-alarm, window: sliding, idle: ${idle}, load: ${load}, covers: [app] }`);
    expect(new Set(found)).toEqual(new Set([crossing]));
  });
});
