import { describe, expect, it } from 'vitest';
import { compile, readScenario } from '../../src/index.ts';
import { HistoryRunner } from '../../src/simulate/histories.ts';

/** 1 000 repairable units, about 17 300 events a year, and a service over them. */
const FARM = `
format: carriergrade/scenario/1
name: farm
simulation: { seed: k1, years: 20, histories: 2 }
elements:
  unit: { kind: unit, count: 1000, failures: { fault: { mtbf: 1000 h, repair: { exponential: 10 h } } } }
services:
  farm: { structure: { atLeast: 990, of: [unit] } }
`;

describe('memory', () => {
  it('does not grow with the events of a run', () => {
    const { scenario } = readScenario(FARM);
    const runner = new HistoryRunner(compile(scenario), 'k1');
    const measured: number[] = [];
    let events = 0;
    for (let history = 0; history < 4; history++) {
      events += runner.run(history, 20, 0).events;
      measured.push(process.memoryUsage().heapUsed);
    }
    expect(events).toBeGreaterThan(1_300_000);
    // Each history allocates its own record anew; nothing of the ones before may stay.
    expect(Math.max(...measured.slice(1)) - measured[0]!).toBeLessThan(64e6);
  });
});
