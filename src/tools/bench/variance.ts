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
      await row('the same, to 1 %', telco, 'nine', 2.7532e-9, FINE),
      await row('two of ten, rates a tenth', rarer, 'nine', 2.265e-11),
      await row('a pair at three nines', THREE_NINES, 'up', (4 / 104) ** 2),
    ];
  },
};

async function row(name: string, yaml: string, service: string, known: number, precision = PRECISION): Promise<Row> {
  const { scenario } = readScenario({ file: name }, { readFile: () => yaml, set: [] });
  const model = compile(scenario);
  const index = Object.keys(scenario.services).indexOf(service);
  const isOver = async (): Promise<boolean> => false;
  const options = { seed: 'variance', confidence: CONFIDENCE, precision, isOver };
  const beforeHistories = process.cpuUsage();
  const { totals: natural } = await runHistories(model, scenario, { histories: 4, years: YEARS, method: 'histories' });
  const ofHistories = processorTime(beforeHistories);
  const before = process.cpuUsage();
  const cycles = (await runCycles(model, index, options))!;
  const ofCycles = processorTime(before);
  const { value, lo, hi } = cycleInterval(cycles.totals, CYCLE.downtime, CONFIDENCE);
  assert(cycles.stop === 'precision', `${name} stopped with ${cycles.stop}`);
  assert(Math.abs(value - known) < 3.5 * ((hi - lo) / 2 / 1.96) + 0.01 * known, `${name}: ${value}, not ${known}`);
  assert(cycles.totals.samples > 0 && natural.events > 0, `${name} simulated nothing`);
  const naturalPerMicro = ofHistories / (4 * YEARS * MICROSECONDS_PER_YEAR);
  return {
    name,
    work: `${cycles.events} events of cycles, ${(ofCycles / 1e6).toFixed(2)} s`,
    ratio: varianceRatio(cycles.totals, { cycles: ofCycles, naturalPerMicro }),
    check: `${value.toPrecision(4)} ± ${((50 * (hi - lo)) / value).toFixed(1)} % of ${known.toPrecision(4)}`,
  };
}

function processorTime(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return user + system;
}
