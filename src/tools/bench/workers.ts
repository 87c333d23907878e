import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Result } from '../../index.ts';
import { assert, type Row, type Suite } from './suite.ts';

/** What two workers are to reach on two processors without other work: below it, sharing out costs too much. */
const GOAL = 1.75;

/**
 * Commands of ten to twenty seconds with one worker, as long as runs that somebody waits for, and of one to two minutes: starting,
 * compiling in every thread and what one thread does alone weigh the less the longer a run is.
 */
const RUNS = [histories(1_000, 2), histories(5_000, 1), cycles('1%', 2), cycles('0.6%', 1)];

interface Run {
  readonly what: string;
  readonly args: readonly string[];
  /** The best of so many runs counts. */
  readonly repetitions: number;
  /** What was done; throws where it was not. */
  readonly work: (result: Result) => string;
}

function histories(count: number, repetitions: number): Run {
  return {
    what: 'histories',
    args: `scenarios/active-standby.yaml --histories ${count} --precision 0.0001% --method histories`.split(' '),
    repetitions,
    work: ({ run }) => {
      assert(run.histories === count, `${run.histories} histories instead of ${count}`);
      return `${run.events} events`;
    },
  };
}

function cycles(precision: string, repetitions: number): Run {
  const args = `scenarios/rare/telco-twenty.yaml --histories 2 --years 1 --precision ${precision} --method cycles`;
  return {
    what: 'rare-event cycles',
    args: args.split(' '),
    repetitions,
    work: ({ services }) => {
      const samples = Object.values(services).reduce((sum, { cycles }) => sum + (cycles?.samples ?? 0), 0);
      assert(samples > 0, 'no incidents');
      return `${samples} incidents`;
    },
  };
}

/** Times of a command, s: on the clock on the wall, and of all its threads together. */
interface Times {
  readonly wall: number;
  readonly processor: number;
}

/** Has a command tell its processor time, µs, as the last line of its error stream. */
const METER = `data:text/javascript,${encodeURIComponent(`
  import { isMainThread } from 'node:worker_threads';
  if (isMainThread) process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    process.stderr.write('\\n' + (user + system));
  });
`)}`;

/**
 * The same command with one worker and with more, from its start to its end, reading and writing included. Wall time counts
 * here, unlike elsewhere, since it is what workers are for: so it tells little on a machine with other work to do. Processor
 * time, which does, says what threads cost; bytes are compared. Two independent commands at once show the most that
 * the machine can give: processors of a rented one share caches, power and their owner's other work.
 */
export const workersSuite: Suite = {
  name: 'workers',
  reference: 'the same command with one worker, wall time',
  run: async () => {
    const processors = cpus().length;
    // More threads than processors say nothing of speed.
    const threads = [2, 4, 8].filter((count) => count === 2 || count <= processors);
    const rows: Row[] = [];
    for (const run of RUNS) {
      const alone = await measured(run, 1);
      const limit = (2 * alone.times.wall) / (await sideBySide(run));
      const work = run.work(JSON.parse(alone.output) as Result);
      for (const workers of threads) {
        const { output, times } = await measured(run, workers);
        assert(output === alone.output, `${run.what}: ${workers} workers give other bytes than one`);
        const cost = times.processor / alone.times.processor;
        rows.push({
          name: `${run.what}, ${workers} workers`,
          work: `${work}, ${alone.times.wall.toFixed(1)} s with one, best of ${run.repetitions}, ${processors} processors`,
          ratio: alone.times.wall / times.wall,
          check: [
            `the same bytes, ${cost.toFixed(2)} of the processor time of one`,
            ...(workers === 2
              ? [`two commands at once ${limit.toFixed(2)}`, `goal ${GOAL} on two quiet processors`]
              : []),
          ].join(', '),
        });
      }
    }
    return rows;
  },
};

async function measured({ args, repetitions }: Run, workers: number): Promise<{ output: string; times: Times }> {
  let [wall, processor] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let output = '';
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const begin = process.hrtime.bigint();
    const { out, err } = await command(['run', ...args, '--format', 'json', '--workers', `${workers}`]);
    wall = Math.min(wall, Number(process.hrtime.bigint() - begin) / 1e9);
    processor = Math.min(processor, Number(err.slice(err.lastIndexOf('\n'))) / 1e6);
    output = out;
  }
  assert(Number.isFinite(processor), `run ${args.join(' ')} did not tell its processor time`);
  return { output, times: { wall, processor } };
}

/** Wall time of two of the same command with one worker at once, s: what the machine gives to two who need nothing of each other. */
async function sideBySide(run: Run): Promise<number> {
  const once = { ...run, repetitions: 1 };
  const both = await Promise.all([measured(once, 1), measured(once, 1)]);
  return Math.max(...both.map(({ times }) => times.wall));
}

/** What the built command writes. */
function command(args: readonly string[]): Promise<{ readonly out: string; readonly err: string }> {
  const bin = fileURLToPath(new URL('./carriergrade.js', import.meta.url));
  const child = spawn(process.execPath, ['--import', METER, bin, ...args]);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve({ out, err }));
  });
}
