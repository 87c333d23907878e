/**
 * Share of cycle runs whose 95 % interval contains the exact unavailability (methods 6.3). Arguments: repetitions, and words
 * that pick cases by name. Many runs: `nice -n 19 node dist/coverage.js 1000`. Of what is not converged no interval is
 * given; the mean is that of all runs, so that nothing can hide behind a gate.
 */
import { analyseScenario } from '../../analytic/scenario/exact-side.ts';
import { compile } from '../../compile/compile.ts';
import { cycleInterval } from '../../measures/cycles/interval.ts';
import { CYCLE } from '../../measures/cycles/measures.ts';
import type { Scenario } from '../../model/scenario.ts';
import { readScenario } from '../../scenario/read-scenario.ts';
import { failureClasses } from '../../simulate/cycles/failure-classes.ts';
import { rootStates } from '../../simulate/cycles/roots/root-states.ts';
import { runCycles } from '../../simulate/cycles/run-cycles.ts';
import { inOneGo } from '../../simulate/interruptible.ts';
import { serviceStateSpace } from '../../simulate/state-space.ts';
import { CASES, type CoverageCase } from './cases.ts';

const CONFIDENCE = 0.95;
/** A tenth of the usual samples: intervals of few are the harder ones, and a repetition takes some hundredths of a second. */
const SMALL = { pilot: 400, stage: 800 };

async function measure({ name, yaml, exact, precision }: CoverageCase, repetitions: number): Promise<string> {
  const { scenario } = readScenario({ file: name }, { readFile: () => yaml, set: [] });
  const model = compile(scenario);
  const truth = exact === 'chain' ? solved(scenario) : exact;
  // Roots of ageing failures are counted by chance themselves: new ones for every run.
  const roots = failureClasses(model).ageing ? {} : { roots: inOneGo(rootStates(model, 'coverage')) };
  const isOver = async (): Promise<boolean> => false;
  let inside = 0;
  let low = 0;
  let high = 0;
  let red = 0;
  let wide = 0;
  let sum = 0;
  let squares = 0;
  let reach = 0;
  for (let i = 0; i < repetitions; i++) {
    const options = { seed: `coverage-${i}`, confidence: CONFIDENCE, precision, isOver, sizes: SMALL, ...roots };
    const { totals, stop } = (await runCycles(model, 0, options))!;
    const { value, lo, hi } = cycleInterval(totals, CYCLE.downtime, CONFIDENCE);
    sum += value / truth;
    squares += (value / truth) ** 2;
    if (stop === 'not converged') {
      red++;
      continue;
    }
    if (stop === 'budget') wide++;
    reach += (hi - lo) / 2 / value;
    if (hi < truth) low++;
    else if (lo > truth) high++;
    else inside++;
  }
  const given = repetitions - red;
  const percent = (count: number, of: number): string => `${((100 * count) / of).toFixed(1)} %`;
  const mean = sum / repetitions;
  const error = Math.sqrt((squares / repetitions - mean * mean) / (repetitions - 1));
  return `| ${[
    name,
    given,
    percent(inside, given),
    percent(low, given),
    percent(high, given),
    `${mean.toFixed(4)} ± ${error.toFixed(4)}`,
    percent(reach, given),
    red,
    wide,
  ].join(' | ')} |`;
}

function solved(scenario: Scenario): number {
  const options = { mostStates: 10_000, thorough: true };
  const { conditional } = analyseScenario(scenario, ['conditional'], serviceStateSpace, options);
  const { unavailability, exact, refused } = conditional['up']!;
  if (exact !== true || unavailability === undefined) throw new Error(`no exact value: ${refused}`);
  return unavailability;
}

const [repetitions = '1000', ...words] = process.argv.slice(2);
process.stdout.write(
  '| case | runs | held | too low | too high | mean of exact | half-width | not converged | wider than asked |\n',
);
process.stdout.write('|---|---|---|---|---|---|---|---|---|\n');
for (const one of CASES) {
  if (words.length > 0 && !words.some((word) => one.name.includes(word))) continue;
  process.stdout.write(`${await measure(one, Number(repetitions))}\n`);
}
