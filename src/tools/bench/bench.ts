/**
 * Benchmarks: seeded, checked, and printed as ratios against fixed references in the same process.
 * To add one, write a suite and append it to the list. An argument picks suites by name: `npm run bench -- kernel`.
 */
import { kernelSuite } from './kernel.ts';
import type { Suite } from './suite.ts';
import { variatesSuite } from './variates.ts';

const SUITES: readonly Suite[] = [kernelSuite, variatesSuite];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) {
  process.stderr.write(`no suite ${unknown.join(', ')}; there are ${SUITES.map((suite) => suite.name).join(', ')}\n`);
  process.exitCode = 2;
} else {
  for (const suite of SUITES) if (wanted.length === 0 || wanted.includes(suite.name)) print(suite);
}

function print(suite: Suite): void {
  process.stdout.write(`${suite.name}, speed against ${suite.reference}\n`);
  for (const { name, events, ratio, check } of suite.run()) {
    process.stdout.write(`  ${ratio.toFixed(2).padStart(5)} x  ${name.padEnd(32)} ${events} events, ${check}\n`);
  }
}
