import { cpus } from 'node:os';
import { type LoadedScenario, loadScenario, type Result, readTextFile, simulate } from '../../index.ts';
import { assert, type Row, type Suite } from './suite.ts';

const REPETITIONS = 3;
/** What two workers are to reach on two processors without other work: below it, sharing out costs too much. */
const GOAL = 1.75;

/** Many millions of events each: what one thread does alone, such as the start and the exact side, is a small part of it. */
const RUNS = [
  {
    what: 'histories',
    file: 'scenarios/active-standby.yaml',
    options: { histories: 1000, precision: 1e-6, method: 'histories' },
  },
  {
    what: 'rare-event cycles',
    file: 'scenarios/rare/telco-twenty.yaml',
    options: { histories: 2, years: 1, precision: 0.01, method: 'cycles' },
  },
] as const;
type Run = (typeof RUNS)[number];

/** Times of a run, s: on the clock on the wall, and of all processors together. */
interface Times {
  readonly wall: number;
  readonly processor: number;
}

/**
 * The same run with one worker and with more. Wall time counts here, unlike elsewhere, since it is what workers are for: so
 * it tells little on a machine with other work to do. Processor time, which does, says what threads cost; bytes are compared.
 */
export const workersSuite: Suite = {
  name: 'workers',
  reference: 'the same run with one worker, wall time, best of three',
  run: async () => {
    const processors = cpus().length;
    // More threads than processors say nothing of speed.
    const threads = [2, 4, 8].filter((count) => count === 2 || count <= processors);
    const rows: Row[] = [];
    for (const run of RUNS) {
      const loaded = await loadScenario({ file: run.file }, { readFile: readTextFile });
      const alone = await measured(loaded, run, 1);
      const bytes = JSON.stringify(alone.result);
      for (const workers of threads) {
        const { result, times } = await measured(loaded, run, workers);
        assert(JSON.stringify(result) === bytes, `${run.what}: ${workers} workers give other bytes than one`);
        const cost = times.processor / alone.times.processor;
        rows.push({
          name: `${run.what}, ${workers} workers`,
          work: `${alone.work}, ${processors} processors`,
          ratio: alone.times.wall / times.wall,
          check: [
            `the same bytes, ${cost.toFixed(2)} of the processor time of one`,
            ...(workers === 2 ? [`goal ${GOAL} on two quiet processors`] : []),
          ].join(', '),
        });
      }
    }
    return rows;
  },
};

async function measured(
  loaded: LoadedScenario,
  { options }: Run,
  workers: number,
): Promise<{ result: Result; work: string; times: Times }> {
  let [wall, processor] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let result: Result | undefined;
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const begin = process.hrtime.bigint();
    const used = process.cpuUsage();
    result = await simulate(loaded, { ...options, workers });
    const { user, system } = process.cpuUsage(used);
    wall = Math.min(wall, Number(process.hrtime.bigint() - begin) / 1e9);
    processor = Math.min(processor, (user + system) / 1e6);
    const { histories } = result.run;
    assert(histories === options.histories, `${histories} histories instead of ${options.histories}`);
  }
  const { run, services } = result!;
  const samples = Object.values(services).reduce((sum, { cycles }) => sum + (cycles?.samples ?? 0), 0);
  const work = options.method === 'cycles' ? `${samples} incidents` : `${run.events} events`;
  return { result: result!, work, times: { wall, processor } };
}
