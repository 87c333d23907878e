import { describe, expect, it } from 'vitest';
import { cycleInterval } from '../../src/measures/cycles/interval.ts';
import { CYCLE } from '../../src/measures/cycles/measures.ts';
import type { Law } from '../../src/model/law.ts';
import { lognormalOfMean } from '../../src/model/law.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import {
  any,
  element,
  exponential,
  fixed,
  HOUR,
  itself,
  mode,
  policy,
  repair,
  scenario,
  service,
} from '../core/support/build.ts';
import { cyclesOf, deviation, measured } from '../core/support/cycles.ts';
import { readExample } from '../core/support/files.ts';

const seed = 'reference';

describe('reference: unavailability by cycles', () => {
  it('an active-standby pair with its controller (methods 7.2)', async () => {
    const cycles = await cyclesOf(readExample('pair-chain').scenario, { seed, precision: 0.04 });
    expect(cycles.stop).toBe('precision');
    expect(Math.abs(deviation(cycles, 2.87741251317837e-5))).toBeLessThan(3);
  });

  it('the telco pair and its outage frequency (methods 7.6, n = 1)', async () => {
    const cycles = await cyclesOf(readExample('telco-pair').scenario, { seed, precision: 0.03 });
    expect(cycles.stop).toBe('precision');
    expect(Math.abs(deviation(cycles, 8.56466315168e-6))).toBeLessThan(3);
    const perHour = cycleInterval(cycles.totals, CYCLE.outages, 0.999);
    expect(perHour.lo * HOUR * 1e6).toBeLessThan(9.17801158389e-4);
    expect(perHour.hi * HOUR * 1e6).toBeGreaterThan(9.17801158389e-4);
  });

  /** methods 7.4: two units, one crew; the law of the repair matters. */
  const twoUnits = (law: Law): Scenario =>
    scenario({
      repair: { crew: policy({ crews: 1 }) },
      elements: { unit: element([mode(exponential(1000 * HOUR), repair(law))], { count: 2 }) },
      services: { up: service(any('unit')) },
    });
  const mean = 4 * HOUR;
  const laws: readonly (readonly [string, Law, number])[] = [
    ['exponential', exponential(mean), 3.17450239675e-5],
    ['deterministic', { kind: 'deterministic', value: mean }, 1.59149012284e-5],
    ['lognormal, cv 1', lognormalOfMean(mean, 1), 3.17033635264e-5],
    ['lognormal, cv 3', lognormalOfMean(mean, 3), 1.44936227086e-4],
    ['Erlang of 5 stages', { kind: 'gamma', shape: 5, scale: mean / 5 }, 1.90876836268e-5],
  ];
  it.each(laws)('two units and one crew, repair %s (methods 7.4)', async (_name, law, exact) => {
    const cycles = await cyclesOf(twoUnits(law), { seed, precision: 0.04 });
    expect(cycles.stop).toBe('precision');
    expect(Math.abs(deviation(cycles, exact))).toBeLessThan(3);
  });

  /** methods 6.1: 20 million samples of another program (3 million for the others), standard errors 0.11, 0.10 and 0.13 %. */
  it.each([
    ['all-ten', 3.7276e-5],
    ['nine', 2.7532e-9],
    ['eight', 1.6022e-9],
  ] as const)('ten pairs, general laws: %s (methods 6.1)', async (name, known) => {
    const { scenario: cloud } = readExample('rare/telco-twenty');
    const cycles = await cyclesOf(cloud, { seed, service: Object.keys(cloud.services).indexOf(name) });
    expect(cycles.stop).toBe('precision');
    expect(Math.abs(deviation(cycles, known))).toBeLessThan(3);
  });

  it('one unit that is always repaired in the same time: nothing varies', async () => {
    const unit = element([mode(exponential(150 * HOUR), itself(fixed(HOUR)))]);
    const cycles = await cyclesOf(scenario({ elements: { unit }, services: { up: service('unit') } }), { seed });
    expect(cycles.stop).toBe('precision');
    const { value, error } = measured(cycles);
    expect(value).toBeCloseTo(1 / 151, 12);
    expect(error).toBeLessThan(1e-12);
  });

  it('far beyond nine nines: rates a thousandth, unavailability a millionth of a millionth', async () => {
    const rare = scenario({
      repair: { crew: policy() },
      elements: { unit: element([mode(exponential(1e6 * HOUR), repair(exponential(HOUR)))], { count: 2 }) },
      services: { up: service(any('unit')) },
    });
    const cycles = await cyclesOf(rare, { seed, precision: 0.04 });
    expect(cycles.stop).toBe('precision');
    expect(Math.abs(deviation(cycles, (1 / 1_000_001) ** 2))).toBeLessThan(3);
  });
});
