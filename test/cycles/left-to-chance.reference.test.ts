import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { cycleInterval } from '../../src/measures/cycles/interval.ts';
import { CYCLE } from '../../src/measures/cycles/measures.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { runCycles, type ServiceCycles } from '../../src/simulate/cycles/run-cycles.ts';
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
import { exactElasticity } from './responses.ts';

const never = async (): Promise<boolean> => false;

const cyclesOf = async (of: Scenario, seed: string, precision: number): Promise<ServiceCycles> =>
  (await runCycles(compile(of), 0, { seed, confidence: 0.95, precision, isOver: never }))!;

const errorsFrom = (exact: number, value: number, lo: number, hi: number): number =>
  Math.abs(value - exact) / ((hi - lo) / 2 / 1.96);

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
    const { totals, stop } = await cyclesOf(orders, seed, 0.1);
    const { value, lo, hi } = cycleInterval(totals, CYCLE.downtime, 0.95);
    expect(stop).toBe('precision');
    expect(errorsFrom(exact, value, lo, hi)).toBeLessThan(4);
  });

  it('they keep what they do to durations, and their response is known', async () => {
    const HOURS = 12;
    const of = waiting(HOURS);
    const found = await cyclesOf(of, 'crew', 0.01);
    const { value, lo, hi } = cycleInterval(found.totals, CYCLE.downtime, 0.95);
    const truth = solve(of).unavailability(0);
    const alone = solve(waiting(1e9)).unavailability(0);
    expect(truth / alone).toBeGreaterThan(1.1);
    expect(errorsFrom(truth, value, lo, hi)).toBeLessThan(4);
    const often = found.classNames.findIndex((name) => name.startsWith('often'));
    const response = found.scores.elasticity(often, 0.95);
    const expected = exactElasticity(0, (factor) => compile(waiting(HOURS / factor)));
    expect(expected).toBeGreaterThan(0.05);
    expect(errorsFrom(expected, response.value, response.lo, response.hi)).toBeLessThan(4);
  });
});
