import { cpus } from 'node:os';
import { type LoadedScenario, loadScenario, type Result, readTextFile, simulate } from '../../index.ts';
import { assert, type Row, type Suite } from './suite.ts';

const SCENARIO = 'scenarios/active-standby.yaml';
/** Some 6 million events: the threads' start is a small part of it. */
const HISTORIES = 300;
const THREADS = [2, 4, 7];
const REPETITIONS = 3;

/** Times of a run, s: on the clock on the wall, and of all processors together. */
interface Times {
  readonly wall: number;
  readonly processor: number;
}

/**
 * One run with 1, 2, 4 and 7 workers. Wall time counts here, unlike elsewhere, since it is what workers are for: so it tells
 * little on a machine with other work to do. Processor time, which does, says what threads cost; bytes are compared.
 */
export const workersSuite: Suite = {
  name: 'workers',
  reference: 'the same run with one worker, wall time, best of three (processors: see the rows)',
  long: true,
  run: async () => {
    const loaded = await loadScenario({ file: SCENARIO }, { readFile: readTextFile });
    const alone = await measured(loaded, 1);
    const rows: Row[] = [];
    for (const workers of THREADS) {
      const { result, times } = await measured(loaded, workers);
      assert(JSON.stringify(result) === JSON.stringify(alone.result), `${workers} workers give other bytes than one`);
      const cost = times.processor / alone.times.processor;
      rows.push({
        name: `${workers} workers, ${cpus().length} processors`,
        work: `${result.run.events} events`,
        ratio: alone.times.wall / times.wall,
        check: `the same bytes, ${cost.toFixed(2)} of the processor time of one`,
      });
    }
    return rows;
  },
};

async function measured(loaded: LoadedScenario, workers: number): Promise<{ result: Result; times: Times }> {
  let [wall, processor] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let result: Result | undefined;
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const begin = process.hrtime.bigint();
    const used = process.cpuUsage();
    result = await simulate(loaded, { histories: HISTORIES, precision: 1e-6, method: 'histories', workers });
    const { user, system } = process.cpuUsage(used);
    wall = Math.min(wall, Number(process.hrtime.bigint() - begin) / 1e9);
    processor = Math.min(processor, (user + system) / 1e6);
    assert(result.run.histories === HISTORIES, `${result.run.histories} histories instead of ${HISTORIES}`);
  }
  return { result: result!, times: { wall, processor } };
}
