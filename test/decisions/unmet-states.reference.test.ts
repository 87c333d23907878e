import { expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { pairedCycles } from '../../src/decisions/paired-cycles.ts';
import { BATCHES } from '../../src/measures/cycles/cycle-totals.ts';
import { studentFactor } from '../../src/measures/statistics/student.ts';
import { SECONDS_PER_YEAR } from '../../src/model/time.ts';
import { solve } from '../core/support/chain.ts';
import { oneHost } from '../core/support/one-host.ts';

const plan = { most: 32, years: 10, warmUp: 0, started: 0 };

const CONFIDENCE = 0.95;
/** Half-width of such an interval, standard errors. */
const REACH = studentFactor(CONFIDENCE, BATCHES - 1);

it('two designs whose incidents also begin in states that last differ as their chains do, within three standard errors', async () => {
  const both = [oneHost(), oneHost('40000 h')] as const;
  const [a, b] = both.map((one) => compile(one));
  const [exactA, exactB] = both.map((one) => solve(one).unavailability(0) * SECONDS_PER_YEAR);
  const found = await pairedCycles([a!, b!], [0, 0], { ...plan, seed: 'a' }, CONFIDENCE, 0.15);
  if ('refused' in found) throw new Error(found.refused);
  const { figures, arePairs } = found;
  expect(arePairs).toBe(true);
  const exact = [exactA!, exactB!, exactB! - exactA!];
  [figures.a, figures.b, figures.difference].forEach(({ value, lo, hi }, i) => {
    expect(Math.abs(value - exact[i]!) / ((hi - lo) / 2 / REACH)).toBeLessThan(3);
  });
});
