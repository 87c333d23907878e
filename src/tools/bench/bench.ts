/**
 * Benchmarks: seeded, checked, and printed as ratios against fixed references in the same process.
 * To add one, write a suite and append it to the list. An argument picks suites by name: `npm run bench -- kernel`.
 */
import { chainsSuite, clusterSuite } from './chains.ts';
import { cloudSuite } from './cloud.ts';
import { kernelSuite } from './kernel.ts';
import { simpySuite } from './simpy.ts';
import { sliceSuite } from './slice.ts';
import { structuresSuite } from './structures.ts';
import type { Suite } from './suite.ts';
import { varianceSuite } from './variance.ts';
import { variatesSuite } from './variates.ts';
import { workersSuite } from './workers.ts';

const SUITES: readonly Suite[] = [
  kernelSuite,
  variatesSuite,
  structuresSuite,
  chainsSuite,
  clusterSuite,
  cloudSuite,
  sliceSuite,
  workersSuite,
  varianceSuite,
  simpySuite,
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) {
  process.stderr.write(`no suite ${unknown.join(', ')}; there are ${SUITES.map((suite) => suite.name).join(', ')}\n`);
  process.exitCode = 2;
} else {
  for (const suite of SUITES)
    if (wanted.length === 0 ? suite.long !== true : wanted.includes(suite.name)) await print(suite);
}

async function print(suite: Suite): Promise<void> {
  process.stdout.write(`${suite.name}, speed against ${suite.reference}\n`);
  for (const { name, work, ratio, check } of await suite.run()) {
    const speed = ratio === undefined ? '    –  ' : `${printRatio(ratio).padStart(5)} x`;
    process.stdout.write(`  ${speed}  ${name.padEnd(40)} ${work}, ${check}\n`);
  }
}

/** Three digits or so, whatever the size. */
function printRatio(ratio: number): string {
  return ratio >= 100 ? ratio.toFixed(0) : ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2);
}
