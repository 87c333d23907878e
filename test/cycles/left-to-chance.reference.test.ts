import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import {
  any,
  element,
  exponential,
  HOUR,
  itself,
  leaf,
  mode,
  policy,
  repair,
  scenario,
  service,
} from '../core/support/build.ts';
import { solve } from '../core/support/chain.ts';
import { cyclesOf, deviation, estimated } from '../core/support/cycles.ts';
import { exactElasticity } from './responses.ts';

const unit = (hours: number, hoursDown: number) =>
  element([mode(exponential(hours * HOUR), itself(exponential(hoursDown * HOUR)))]);

/**
 * Down while `a`, `b` and `c` are, for a minute at a time: nearly always `b` failed first, or `a`, and `c` last. Meanwhile
 * something that hardly matters fails every 20 hours.
 */
const orders = scenario({
  elements: {
    a: unit(5000, 0.5),
    b: unit(1000, 5),
    c: unit(5000, 1 / 60),
    often: unit(20, 1 / 60),
    hardly: unit(1e6, 1 / 60),
  },
  services: {
    s: service({
      kind: 'any',
      inputs: [leaf('a'), leaf('b'), { kind: 'all', inputs: [leaf('c'), any('often', 'hardly')] }],
    }),
  },
});

/** The same with a crew that `a` and what fails often wait for: what is hardly needed changes how long it takes. */
const waiting = (often: number): Scenario => {
  const crewed = (hours: number, hoursDown: number) =>
    element([mode(exponential(hours * HOUR), repair(exponential(hoursDown * HOUR)))]);
  return scenario({
    repair: { crew: policy({ crews: 1 }) },
    elements: { a: crewed(5000, 0.5), b: unit(1000, 5), often: crewed(often, 1) },
    services: { s: service(any('a', 'b')) },
  });
};

describe('reference: failures that come often and matter little are left to chance', () => {
  const exact = solve(orders).unavailability(0);
  it.each([...'abcdefgh'])('the rarest order of failures is found, seed %s', async (seed) => {
    const cycles = await cyclesOf(orders, { seed, precision: 0.1 });
    expect(cycles.stop).toBe('precision');
    expect(Math.abs(deviation(cycles, exact))).toBeLessThan(4);
  });

  it('they keep what they do to durations, and their response is known', async () => {
    const HOURS = 12;
    const of = waiting(HOURS);
    const found = await cyclesOf(of, { seed: 'crew', precision: 0.01 });
    const truth = solve(of).unavailability(0);
    const alone = solve(waiting(1e9)).unavailability(0);
    expect(truth / alone).toBeGreaterThan(1.1);
    expect(Math.abs(deviation(found, truth))).toBeLessThan(4);
    const often = found.classNames.findIndex((name) => name.startsWith('often'));
    const { value, error } = estimated(found.scores.elasticity(often, 0.95));
    const expected = exactElasticity(0, (factor) => compile(waiting(HOURS / factor)));
    expect(expected).toBeGreaterThan(0.05);
    expect(Math.abs(value - expected)).toBeLessThan(4 * error);
  });
});
