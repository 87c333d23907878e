import { expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { SilentObserver } from '../../src/dynamics/observer.ts';
import { CloudProcess } from '../../src/dynamics/process.ts';
import { MICROSECONDS_PER_SECOND, SECONDS_PER_HOUR } from '../../src/model/time.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { HistoryClocks } from '../../src/simulate/history-clocks.ts';
import { readValidation, validationAvailable } from './available.ts';

const SOURCE = 'models/sirio/GG122_treeTransient.csv';

/** The published table is right to about this much. */
const PRINTED = 1e-3;
const HISTORIES = 60_000;
/** 480 shares are compared: one is off by so many standard errors by chance once in 30 runs. */
const Z = 4;

const SCENARIO = `
format: carriergrade/scenario/1
name: preemptive-repair
simulation: { seed: k1, years: 1, histories: 2 }
repair: { one: { crews: 1, discipline: preemptive, dispatch: fault } }
elements:
  b: { failures: { fault: { law: { uniform: [1 h, 2 h] }, repair: { uniform: [1 h, 2 h] }, policy: one } } }
  a: { failures: { fault: { law: { uniform: [1 h, 2 h] }, repair: { uniform: [1 h, 2 h] }, policy: one } } }
services: { any: { structure: { any: [a, b] } } }
`;

if (validationAvailable(SOURCE)) {
  it('reference: two units, one repairman who leaves A for B, all times uniform on 1 to 2 h (Sirio, GG122)', () => {
    const rows = readValidation(SOURCE)
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').slice(1).map(Number));
    const instants = rows.map(([hours]) => hours! * SECONDS_PER_HOUR * MICROSECONDS_PER_SECOND);
    const model = compile(readScenario(SCENARIO, { file: 'preemptive-repair.yaml' }).scenario);
    const [a, b] = ['a', 'b'].map((name) => model.names.elements.indexOf(name)) as [number, number];
    const clocks = new HistoryClocks(model, 'sirio');
    const process = new CloudProcess(model, clocks, new SilentObserver());
    const { world } = process;
    const met = instants.map(() => [0, 0, 0, 0]);
    for (let history = 0; history < HISTORIES; history++) {
      clocks.begin(history);
      process.reset();
      for (let i = 0; i < instants.length; i++) {
        for (let time = clocks.timers.nextTime(); time <= instants[i]!; time = clocks.timers.nextTime()) {
          clocks.now = time;
          process.fire(clocks.timers.pop(), time);
        }
        // Columns: both up, A up and B down, both down, A down and B up.
        const [upA, upB] = [world.served[a] === 1, world.served[b] === 1];
        met[i]![upA ? (upB ? 0 : 1) : upB ? 3 : 2]!++;
      }
    }
    rows.forEach(([hours, ...published], i) => {
      published.forEach((share, state) => {
        const found = met[i]![state]! / HISTORIES;
        const error = Math.sqrt((share * (1 - share)) / HISTORIES);
        expect(Math.abs(found - share), `${hours} h, state ${state}: ${found}`).toBeLessThan(Z * error + PRINTED);
      });
    });
  });
} else {
  it('the published table of the two units is absent here', () => {
    expect(validationAvailable(SOURCE)).toBe(false);
  });
}
