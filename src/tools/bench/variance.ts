import { readFileSync } from 'node:fs';
import { compile } from '../../compile/compile.ts';
import { cycleInterval } from '../../measures/cycles/interval.ts';
import { CYCLE } from '../../measures/cycles/measures.ts';
import { varianceRatio } from '../../measures/cycles/variance-ratio.ts';
import { MICROSECONDS_PER_YEAR } from '../../model/time.ts';
import { readScenario } from '../../scenario/read-scenario.ts';
import { runCycles } from '../../simulate/cycles/run-cycles.ts';
import { runHistories } from '../../simulate/run.ts';
import { assert, type Row, type Suite } from './suite.ts';

const CONFIDENCE = 0.95;
/** Usual and fine: what the telco model takes to them is told in seconds. */
const [PRECISION, FINE] = [0.05, 0.01];
const YEARS = 500;
/** The first run is compiled while it runs, and its length is a matter of luck: these tell what a run takes on average. */
const OTHER_SEEDS = Array.from({ length: 20 }, (_, i) => `other/${i}`);
/** One run in forty meets a tail that it does not trust, and says so. */
const MOST_DISTRUSTED = 0.1;
/** Two units, three nines: what histories do well. */
const THREE_NINES = `format: carriergrade/scenario/1
name: three-nines
simulation: { seed: k1, years: 1, histories: 2 }
repair: { crew: { crews: unlimited, dispatch: fault } }
elements: { unit: { kind: unit, count: 2, failures: { hw: { mtbf: 100 h, repair: { exponential: 4 h }, policy: crew } } } }
services: { up: { structure: { any: [unit] }, minOutageThreshold: 0 s } }
`;

/** Rare-event cycles against natural histories: how many times the work for the same error, pilot included. */
export const varianceSuite: Suite = {
  name: 'variance',
  reference: 'natural histories of the same error (relative variance times processor time)',
  long: true,
  async run(): Promise<Row[]> {
    const telco = readFileSync('scenarios/rare/telco-twenty.yaml', 'utf8');
    const rarer = telco.replace(/mtbf: ([\d.]+) h/g, (_, hours: string) => `mtbf: ${10 * Number(hours)} h`);
    return [
      await row('two of ten pairs down, to 5 %', telco, 'nine', 2.7532e-9),
      await row('the same, other seeds, compiled by then', telco, 'nine', 2.7532e-9, { seeds: OTHER_SEEDS }),
      await row('the same, to 1 %', telco, 'nine', 2.7532e-9, { precision: FINE }),
      await row('two of ten, rates a tenth', rarer, 'nine', 2.265e-11),
      await row('a pair at three nines', THREE_NINES, 'up', (4 / 104) ** 2),
    ];
  },
};

interface Runs {
  readonly precision?: number;
  readonly seeds?: readonly string[];
}

async function row(
  name: string,
  yaml: string,
  service: string,
  known: number,
  { precision = PRECISION, seeds = ['variance'] }: Runs = {},
): Promise<Row> {
  const { scenario } = readScenario({ file: name }, { readFile: () => yaml, set: [] });
  const model = compile(scenario);
  const index = Object.keys(scenario.services).indexOf(service);
  const beforeHistories = process.cpuUsage();
  const { totals: natural } = await runHistories(model, scenario, { histories: 4, years: YEARS, method: 'histories' });
  const naturalPerMicro = processorTime(beforeHistories) / (4 * YEARS * MICROSECONDS_PER_YEAR);
  assert(natural.events > 0, `${name} simulated no histories`);
  const runs: { stop: string; events: number; time: number; ratio: number; value: number; error: number }[] = [];
  for (const seed of seeds) {
    const options = { seed, confidence: CONFIDENCE, precision, isOver: async () => false };
    const before = process.cpuUsage();
    const { stop, totals, events } = (await runCycles(model, index, options))!;
    const time = processorTime(before);
    const { value, lo, hi } = cycleInterval(totals, CYCLE.downtime, CONFIDENCE);
    const error = (hi - lo) / 2;
    assert(Math.abs(value - known) < 3.5 * (error / 1.96) + 0.01 * known, `${name}: ${value}, not ${known}`);
    assert(totals.samples > 0, `${name} simulated nothing`);
    runs.push({ stop, events, time, ratio: varianceRatio(totals, { cycles: time, naturalPerMicro }), value, error });
  }
  const mean = (of: (run: (typeof runs)[number]) => number): number =>
    runs.reduce((sum, run) => sum + of(run), 0) / runs.length;
  const [value, error] = [mean((run) => run.value), mean((run) => run.error)];
  const distrusted = runs.filter(({ stop }) => stop !== 'precision').length;
  assert(distrusted <= MOST_DISTRUSTED * runs.length, `${name}: ${distrusted} of ${runs.length} did not converge`);
  const longest = runs.length === 1 ? '' : ` on average, at most ${seconds(Math.max(...runs.map(({ time }) => time)))}`;
  return {
    name,
    work: `${Math.round(mean((run) => run.events))} events of cycles, ${seconds(mean((run) => run.time))}${longest}`,
    ratio: 1 / mean((run) => 1 / run.ratio),
    check: `${value.toPrecision(4)} ± ${((100 * error) / value).toFixed(1)} % of ${known.toPrecision(4)}${distrusted > 0 ? `, ${distrusted} of ${runs.length} not converged` : ''}`,
  };
}

const seconds = (micros: number): string => `${(micros / 1e6).toFixed(2)} s`;

function processorTime(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return user + system;
}
