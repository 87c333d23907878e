import { expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { pairedCycles } from '../../src/decisions/paired-cycles.ts';
import { SECONDS_PER_YEAR } from '../../src/model/time.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { solve } from '../core/support/chain.ts';

/** Two instances that come to share a host after two were down at a time, and stay there for years (`cycles/unmet-states.reference`). */
const shared = (mtbf: string) =>
  readScenario(`
format: carriergrade/scenario/1
name: one-host
title: Two instances that share a host after both of theirs were down at once
sites:
  core:
    nodes:
      compute: { count: 3, slots: 2, failures: { crash: { mtbf: ${mtbf}, repair: { exponential: 8 h } } } }
groups:
  pair:
    scheme: active-active
    members: 2
    unitCapacity: 100 %
    instance: { guest: { failures: { os: { mtbf: 5000 h, restart: { exponential: 5 min } } } } }
    placement: { pools: [core/compute], antiAffinity: { level: node, hard: false } }
    flow: FL-05
    times: { retarget: 0 s, terminate: 0 s, spawn: { exponential: 5 min }, configure: 0 s, healthCheck: 0 s }
    detection: { detectors: [perfect], coverage: 100 % }
    manualEscalation: never
    retry: 0 s
    state: { stateful: false }
services:
  s: { uses: [pair], minOutageThreshold: 0 s, minServiceFraction: 0.3 }
`).scenario;

const plan = { most: 32, years: 10, warmUp: 0, started: 0 };

/** Half-width of a 95 % interval by thirty batches, standard errors. */
const REACH = 2.045;

it('two designs whose incidents also begin in states that last differ as their chains do, within three standard errors', async () => {
  const both = [shared('50000 h'), shared('40000 h')] as const;
  const [a, b] = both.map((one) => compile(one));
  const [exactA, exactB] = both.map((one) => solve(one).unavailability(0) * SECONDS_PER_YEAR);
  const seeds = ['a', 'b'];
  const deviations = [0, 0, 0];
  for (const seed of seeds) {
    const found = await pairedCycles([a!, b!], [0, 0], { ...plan, seed }, 0.95, 0.15);
    if ('refused' in found) throw new Error(found.refused);
    const { figures, arePairs } = found;
    expect(arePairs).toBe(true);
    const exact = [exactA!, exactB!, exactB! - exactA!];
    [figures.a, figures.b, figures.difference].forEach(({ value, lo, hi }, i) => {
      deviations[i]! += (value - exact[i]!) / ((hi - lo) / 2 / REACH);
    });
  }
  for (const one of deviations) expect(Math.abs(one) / Math.sqrt(seeds.length)).toBeLessThan(3);
});
