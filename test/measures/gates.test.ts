import { describe, expect, it } from 'vitest';
import { rootKey, Streams, streamKey } from '../../src/kernel/streams.ts';
import { CycleTotals } from '../../src/measures/cycles/cycle-totals.ts';
import { apart, gates } from '../../src/measures/cycles/gates.ts';
import { CYCLE_MEASURES } from '../../src/measures/cycles/measures.ts';

/** A verdict on strata of so many samples each, worth what `amount` says. */
function verdict(gate: string, sizes: readonly number[], amount: (sample: number) => number): string {
  const totals = new CycleTotals(sizes, CYCLE_MEASURES.length);
  for (const amounts of totals.contributions) amounts.set(amounts.map((_, i) => amount(i)));
  return gates(totals).find(({ name }) => name === gate)!.verdict;
}

const halves = (sizes: readonly number[], amount: (sample: number) => number): string =>
  verdict('halves apart', sizes, amount);

/** How many of 40 sets of 8 000 samples have a tail that forbids an interval. */
function redTails(amount: (uniform: () => number) => number): number {
  const streams = new Streams(new Uint32Array(streamKey('tail', 'amounts')), rootKey('gates'));
  let red = 0;
  for (let set = 0; set < 40; set++) {
    streams.begin(set);
    const one = (): number => amount(() => 1 - streams.next53(0));
    if (verdict('tail index', [8_000], one) === 'red') red++;
  }
  return red;
}

/** Of Pareto's law with this index. */
const pareto = (index: number, u: number): number => u ** (-1 / index);

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

  it.each([
    ['Pareto, index 1.5', (u: () => number) => pareto(1.5, u()), 36],
    ['Pareto, index 1.8', (u: () => number) => pareto(1.8, u()), 34],
    ['a large part with such a tail', (u: () => number) => (u() < 0.03 ? 30 : 1) * pareto(1.5, u()), 36],
    ['a rare one with such a tail', (u: () => number) => (u() < 0.003 ? 30 * pareto(1.5, u()) : u()), 36],
  ])('are red where the variance has no end: %s', (_, amount, least) => {
    expect(redTails(amount)).toBeGreaterThanOrEqual(least);
  });

  it.each([
    ['exponential', (u: () => number) => -Math.log(u())],
    ['Pareto, index 3', (u: () => number) => pareto(3, u())],
    ['few that are fifty times as large, and no larger', (u: () => number) => (u() < 0.006 ? 50 * (1 + u()) : u())],
    ['a hundredth that is a hundred times as large', (u: () => number) => (u() < 0.01 ? 100 : 1) * (0.5 + u())],
  ])('are not red where it has: %s', (_, amount) => {
    expect(redTails(amount)).toBeLessThanOrEqual(1);
  });
});
