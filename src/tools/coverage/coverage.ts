/**
 * Share of cycle runs whose 95 % interval contains the exact unavailability (methods 6.3). Arguments: repetitions, and words
 * that pick cases by name. Many runs: `nice -n 19 node dist/coverage.js 1000`.
 */
import { analyseScenario } from '../../analytic/scenario/exact-side.ts';
import { compile } from '../../compile/compile.ts';
import { cycleInterval } from '../../measures/cycles/interval.ts';
import { CYCLE } from '../../measures/cycles/measures.ts';
import type { Scenario } from '../../model/scenario.ts';
import { readScenario } from '../../scenario/read-scenario.ts';
import { runCycles } from '../../simulate/cycles/run-cycles.ts';
import { serviceStateSpace } from '../../simulate/state-space.ts';
import { CASES, type CoverageCase } from './cases.ts';

const CONFIDENCE = 0.95;

async function measure({ name, yaml, exact, precision }: CoverageCase, repetitions: number): Promise<string> {
  const { scenario } = readScenario({ file: name }, { readFile: () => yaml, set: [] });
  const model = compile(scenario);
  const truth = exact === 'chain' ? solved(scenario) : exact;
  let inside = 0;
  let low = 0;
  let high = 0;
  let red = 0;
  let sum = 0;
  for (let i = 0; i < repetitions; i++) {
    const isOver = async (): Promise<boolean> => false;
    const cycles = (await runCycles(model, 0, { seed: `coverage-${i}`, confidence: CONFIDENCE, precision, isOver }))!;
    // What is not converged gives no interval.
    if (cycles.stop === 'not converged') {
      red++;
      continue;
    }
    const { value, lo, hi } = cycleInterval(cycles.totals, CYCLE.downtime, CONFIDENCE);
    sum += value / truth;
    if (hi < truth) low++;
    else if (lo > truth) high++;
    else inside++;
  }
  const given = repetitions - red;
  const percent = (count: number): string => ((100 * count) / given).toFixed(1);
  return `${name}: ${percent(inside)} % (too low ${percent(low)}, too high ${percent(high)}) of ${given}, ${red} red, mean of exact ${(sum / given).toFixed(4)}`;
}

function solved(scenario: Scenario): number {
  const options = { mostStates: 10_000, thorough: true };
  const { conditional } = analyseScenario(scenario, ['conditional'], serviceStateSpace, options);
  const { unavailability, exact, refused } = conditional['up']!;
  if (exact !== true || unavailability === undefined) throw new Error(`no exact value: ${refused}`);
  return unavailability;
}

const [repetitions = '1000', ...words] = process.argv.slice(2);
for (const one of CASES) {
  if (words.length > 0 && !words.some((word) => one.name.includes(word))) continue;
  process.stdout.write(`${await measure(one, Number(repetitions))}\n`);
}
