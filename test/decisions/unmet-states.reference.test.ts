import { expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { pairedCycles } from '../../src/decisions/paired-cycles.ts';
import { SECONDS_PER_YEAR } from '../../src/model/time.ts';
import { solve } from '../core/support/chain.ts';
import { oneHost } from '../core/support/one-host.ts';

const plan = { most: 32, years: 10, warmUp: 0, started: 0 };

/** Half-width of a 95 % interval by thirty batches, standard errors. */
const REACH = 2.045;

it('two designs whose incidents also begin in states that last differ as their chains do, within three standard errors', async () => {
  const both = [oneHost(), oneHost('40000 h')] as const;
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
