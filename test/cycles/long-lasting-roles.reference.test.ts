import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../src/model/scenario.ts';
import { areMixed } from '../../src/simulate/cycles/roots/mixing.ts';
import { exponential, HOUR, itself } from '../core/support/build.ts';
import { solve } from '../core/support/chain.ts';
import { cyclesOf, deviation } from '../core/support/cycles.ts';
import { readExample } from '../core/support/files.ts';

const SEEDS = ['s0', 's3'];

/**
 * A pair whose first member is hit every 20 000 h and any of whose members fails every 20 000 h, beside a controller that is
 * away for a minute every 20 h: a thousand incidents from one change of roles to the next. An active first member is hit
 * twice as often as an active second one.
 */
function rolesThatLast(): Scenario {
  const { scenario } = readExample('pair-chain');
  const often = exponential(20 * HOUR);
  const seldom = exponential(20_000 * HOUR);
  const { pair } = scenario.groups;
  const { mano } = scenario.control;
  const instance = pair!.instance.map((layer) => ({
    ...layer,
    failures: layer.failures.map((one) => ({ ...one, timeToFailure: seldom })),
  }));
  const failures = mano!.failures.map((one) => ({
    ...one,
    timeToFailure: often,
    restore: itself(exponential(60)),
  }));
  const hit = {
    ...pair!.instance[0]!.failures[0]!,
    id: 'hit',
    timeToFailure: seldom,
    restore: { by: 'own' as const },
    strikes: [{ victims: ['pair/1'], hits: 'all' as const, probability: 1 }],
  };
  return {
    ...scenario,
    groups: { pair: { ...pair!, instance } },
    control: { mano: { ...mano!, failures } },
    shocks: { trap: { modes: [hit] } },
  };
}

describe('reference: what outlasts incidents', () => {
  it('intervals allow for how often the history that incidents begin in happened to meet each state', async () => {
    const { model, unavailability } = solve(rolesThatLast());
    const all: number[] = [];
    for (const seed of SEEDS) {
      const cycles = await cyclesOf(model, { seed, precision: 0.1 });
      expect(cycles.stop).toBe('precision');
      all.push(deviation(cycles, unavailability(0)));
    }
    for (const one of all) expect(Math.abs(one)).toBeLessThan(3.5);
    expect(Math.abs(all.reduce((sum, one) => sum + one, 0)) / Math.sqrt(all.length)).toBeLessThan(3);
  });

  it('states are mixed where the next is another draw, and where hardly any differs', () => {
    const states = (marks: readonly number[]) =>
      marks.map((mark) => ({ ints: Int32Array.of(7, mark), reals: new Float64Array(0), since: 0 }));
    const of = (mark: (i: number) => number) => areMixed(states(Array.from({ length: 1_000 }, (_, i) => mark(i))));
    expect(of((i) => (i * 7919) % 5)).toBe(true);
    expect(of((i) => Math.floor(i / 100) % 2)).toBe(false);
    expect(of((i) => Number(i < 3))).toBe(true);
    expect(of(() => 1)).toBe(true);
  });
});
