import { describe, expect, it } from 'vitest';
import { CycleTotals } from '../../src/measures/cycles/cycle-totals.ts';
import { apart, gates } from '../../src/measures/cycles/gates.ts';
import { CYCLE_MEASURES } from '../../src/measures/cycles/measures.ts';

/** Verdict on the halves of strata of so many samples each, worth what `amount` says. */
function halves(sizes: readonly number[], amount: (sample: number) => number): string {
  const totals = new CycleTotals(sizes, CYCLE_MEASURES.length);
  for (const amounts of totals.contributions) amounts.set(amounts.map((_, i) => amount(i)));
  return gates(totals).find(({ name }) => name === 'halves apart')!.verdict;
}

describe('gates', () => {
  it('compare means of halves: one sample more in one of them is no difference', () => {
    const nearlyAlike = (sample: number): number => 5 + 1e-6 * (sample % 3);
    expect(halves([2_000, 1_000], nearlyAlike)).toBe('green');
    expect(halves([2_001, 1_001], nearlyAlike)).toBe('green');
  });

  it('are red where halves differ', () => {
    expect(halves([2_001, 1_001], (sample) => 5 + (sample % 2))).toBe('red');
  });

  it('are red for what is no number', () => {
    expect(apart('anything', Number.NaN).verdict).toBe('red');
  });

  it('find nothing where nothing varies', () => {
    expect(halves([2_001], () => 5)).toBe('green');
  });
});
