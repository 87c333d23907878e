import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { RareOutcomes } from '../../src/simulate/cycles/choices/rare-outcomes.ts';
import { solve } from '../core/support/chain.ts';
import { cyclesOf, deviation } from '../core/support/cycles.ts';
import { readExample } from '../core/support/files.ts';

const { scenario } = readExample('pair-chain');
const model = compile(scenario);
const CONTEXTS = 3;
const coverage = model.seats.coverageStream[0]!;
const outcome = model.tracks.outcomeStream[0]!;

/** What `learned` makes of outcomes that were worth so much. */
function taught(outcomes: RareOutcomes, row: number, frequent: number, rare: number): void {
  const { learned } = outcomes;
  learned.learn(row, frequent);
  learned.learn(row + 1, rare);
  learned.teach(learned.takeLesson());
  learned.useLearned();
}

describe('outcomes of rare branches', () => {
  it('a rare one is drawn with a quarter until something is known of it, and never less often than it falls', () => {
    const outcomes = new RareOutcomes(model, CONTEXTS, undefined);
    expect(outcomes.chance(outcomes.look(0.99, coverage, 0), 0.01)).toBe(0.25);
    const row = outcomes.look(0.1, coverage, 0);
    taught(outcomes, row, 1, 0);
    expect(outcomes.chance(row, 0.1)).toBe(0.1);
    expect(outcomes.chance(row, 0.001)).toBeCloseTo(0.05, 15);
  });

  it('then the more often, the more it has led to downtime, up to half the time', () => {
    const outcomes = new RareOutcomes(model, CONTEXTS, undefined);
    const row = outcomes.look(0.99, coverage, 0);
    taught(outcomes, row, 2, 3);
    expect(outcomes.chance(row, 0.01)).toBeCloseTo(0.05 + 0.45 * 0.6, 15);
    taught(outcomes, row, 0, 3);
    expect(outcomes.chance(row, 0.01)).toBeCloseTo(0.5, 15);
  });

  it('is told apart by context, by what is decided and by how rare it is, not by whose it is', () => {
    const outcomes = new RareOutcomes(model, CONTEXTS, undefined);
    const row = outcomes.look(0.99, coverage, 0);
    const other = model.seats.coverageStream[1]!;
    expect(outcomes.look(0.01, coverage, 0)).toBe(row);
    expect(outcomes.look(0.99, other, 0)).toBe(row);
    const all = [
      row,
      outcomes.look(0.99, coverage, 1),
      outcomes.look(0.99, outcome, 0),
      outcomes.look(0.9, coverage, 0),
    ];
    expect(new Set(all).size).toBe(4);
    // However rare: within what there is room for.
    const last = outcomes.look(1e-30, model.slots.streams - 1, CONTEXTS - 1);
    expect(last % 2).toBe(0);
    expect(outcomes.learned.shares[last + 1]).toBe(0.25);
  });

  it('what is not rare, cannot be otherwise or does not matter is drawn as it falls', () => {
    const matters = new Uint8Array(model.slots.streams).fill(1);
    matters[coverage] = 0;
    const outcomes = new RareOutcomes(model, CONTEXTS, matters);
    for (const p of [0, 0.25, 0.5, 0.75, 1]) expect(outcomes.look(p, outcome, 0)).toBe(-1);
    expect(outcomes.look(0.01, coverage, 0)).toBe(-1);
    expect(outcomes.look(0.01, outcome, 0)).toBeGreaterThanOrEqual(0);
  });

  it('of many in one course the later ones come ever closer to their own chance', () => {
    const outcomes = new RareOutcomes(model, CONTEXTS, undefined);
    const chances = Array.from({ length: 40 }, () => outcomes.chance(outcomes.look(0.01, outcome, 0), 0.01));
    expect(chances.slice(0, 4)).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(chances[7]).toBeCloseTo(0.0625, 15);
    expect(chances[39]).toBe(0.01);
    outcomes.atRoot();
    expect(outcomes.chance(outcomes.look(0.01, outcome, 0), 0.01)).toBe(0.25);
  });

  it('law: what is learned changes the cost, not the mean', async () => {
    const exact = solve(scenario).unavailability(0);
    let sum = 0;
    for (const seed of ['a', 'b']) {
      const cycles = await cyclesOf(model, { service: 0, seed, precision: 0.02 });
      expect(cycles.stop).toBe('precision');
      // 420 000 with a quarter for every rare outcome.
      expect(cycles.events).toBeLessThan(380_000);
      sum += deviation(cycles, exact);
    }
    expect(Math.abs(sum) / Math.SQRT2).toBeLessThan(3);
  });
});
