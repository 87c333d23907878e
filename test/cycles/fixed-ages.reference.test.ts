import { describe, expect, it } from 'vitest';
import { CYCLE } from '../../src/measures/cycles/measures.ts';
import { type Law, lognormalOfMean } from '../../src/model/law.ts';
import { InputError } from '../../src/model/problem.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { FixedClocks } from '../../src/simulate/cycles/clocks/fixed-clocks.ts';
import { expectedSoon, fixedAges } from '../../src/simulate/cycles/fixed-ages.ts';
import { historySpan } from '../../src/simulate/history-span.ts';
import {
  any,
  element,
  exponential,
  fixed,
  HOUR,
  mode,
  policy,
  repair,
  scenario,
  service,
} from '../core/support/build.ts';
import { cyclesOf, deviation, measured } from '../core/support/cycles.ts';
import { simulate } from '../core/support/histories.ts';

const LIFE = 1000 * HOUR;
const REPAIR = lognormalOfMean(4 * HOUR, 1);

function units(failures: readonly Law[], law: Law = REPAIR, crews?: number): Scenario {
  return scenario({
    repair: { crew: policy(crews === undefined ? {} : { crews }) },
    elements: Object.fromEntries(failures.map((failure, i) => [`unit${i}`, element([mode(failure, repair(law))])])),
    services: { up: service(any(...failures.map((_, i) => `unit${i}`))) },
  });
}

const cyclesOver = (of: Scenario, years: number, precision = 0.05) =>
  cyclesOf(of, { seed: 'fixed', precision, span: historySpan({ years, warmUp: 0 }) });

describe('reference: failures at fixed ages against the product of independent units (methods 3.1)', () => {
  // Share of a unit's time that it is down: whatever the other's law, as one of the two has no memory.
  const one = 4 / 1004;
  const cases: readonly (readonly [string, readonly Law[], number, number])[] = [
    ['a constant life', [fixed(LIFE), exponential(LIFE)], one * one, 0.03],
    [
      'observed lives',
      [{ kind: 'empirical', values: [500, 800, 1200, 1500].map((life) => life * HOUR) }, exponential(LIFE)],
      one * one,
      0.05,
    ],
    [
      'observed lives after a time',
      [
        { kind: 'shifted', offset: 200 * HOUR, law: { kind: 'empirical', values: [600 * HOUR, 1000 * HOUR] } },
        exponential(LIFE),
      ],
      one * one,
      0.05,
    ],
    // What follows a calendar is due at its instants, however long the repair took.
    [
      'an instant of each week',
      [{ kind: 'calendar', period: 168 * HOUR, phase: 2 * HOUR }, exponential(LIFE)],
      (4 / 168) * one,
      0.03,
    ],
    [
      'a constant life and two others',
      [fixed(LIFE), exponential(LIFE), exponential(800 * HOUR)],
      one * one * (4 / 804),
      0.05,
    ],
  ];
  it.each(cases)('%s', async (_name, failures, exact, precision) => {
    const cycles = await cyclesOver(units(failures), 10, precision);
    expect(cycles.stop).toBe('precision');
    expect(Math.abs(deviation(cycles, exact)), `${measured(cycles).told} against ${exact}`).toBeLessThan(3.5);
  });
});

describe('reference: failures at fixed ages as natural histories say', () => {
  const often: Law = { kind: 'empirical', values: [50, 80, 120, 150, 20, 30, 50].map((life) => life * HOUR) };
  const long = lognormalOfMean(8 * HOUR, 1);
  const cases: readonly (readonly [string, Scenario, number, number])[] = [
    ['two constant lives that begin in step', units([fixed(LIFE), fixed(LIFE)]), 1, 3000],
    ['two constant lives, one crew, some years', units([fixed(90 * HOUR), fixed(130 * HOUR)], long, 1), 3, 1000],
    ['observed lives of both, one crew', units([often, often], long, 1), 3, 1000],
    [
      'a constant life and one that ages',
      units([fixed(100 * HOUR), lognormalOfMean(100 * HOUR, 0.5)], long, 1),
      3,
      1000,
    ],
    [
      'two calendars, three hours apart',
      units(
        [
          { kind: 'calendar', period: 100 * HOUR, phase: 0 },
          { kind: 'calendar', period: 100 * HOUR, phase: 3 * HOUR },
        ],
        long,
        1,
      ),
      3,
      1000,
    ],
  ];
  it.each(cases)('%s', async (_name, of, years, histories) => {
    const cycles = await cyclesOver(of, years, 0.03);
    const natural = simulate(of, { seed: 'natural', years, histories }).unavailability();
    const { value, error, told } = measured(cycles);
    expect(cycles.stop).toBe('precision');
    expect(natural.error / natural.mean).toBeLessThan(0.02);
    const against = `${told} against ${natural.mean} ± ${natural.error}`;
    expect(Math.abs(value - natural.mean) / Math.hypot(error, natural.error), against).toBeLessThan(3.7);
  });

  it('without a span of histories there is no answer, by name', async () => {
    const run = cyclesOf(units([fixed(LIFE), exponential(LIFE)]));
    await expect(run).rejects.toThrow(InputError);
    await expect(run).rejects.toThrow('unit0 fails at fixed ages or instants');
  });

  it('where nothing fails within the span there is nothing to report', async () => {
    const cycles = await cyclesOver(units([fixed(20_000 * HOUR), fixed(30_000 * HOUR)]), 1);
    expect(cycles.stop).toBe('not converged');
    expect(cycles.totals.rate(CYCLE.downtime)).toBe(0);
  });
});

describe('law: fixed ages', () => {
  it('chances at the ages are those of the observed lives', () => {
    const { ages, chances } = fixedAges({ kind: 'empirical', values: [3, 1, 3, 2] });
    expect([...ages]).toEqual([1e6, 2e6, 3e6]);
    expect([...chances]).toEqual([1 / 4, 1 / 3, 1]);
  });

  it('a calendar counts down to its next instant', () => {
    const { ages, chances, beginsAt } = fixedAges({
      kind: 'shifted',
      offset: 1,
      law: { kind: 'calendar', period: 10, phase: 2 },
    });
    expect([...ages, ...chances]).toEqual([0, 1]);
    expect(beginsAt(0)).toBe(-3e6);
    expect(beginsAt(2e6)).toBe(-11e6);
  });

  it('what is soon counts more, and nothing counts that is over', () => {
    const law = fixedAges({ kind: 'deterministic', value: 100 });
    expect(expectedSoon(law, 99e6, 1e6)).toBeGreaterThan(expectedSoon(law, 90e6, 1e6));
    expect(expectedSoon(law, 100e6, 1e6)).toBe(0);
  });

  it('clocks strike in the order of time, then of modes; paces, stops and renewals count', () => {
    const law = fixedAges({ kind: 'empirical', values: [10, 20] });
    const clocks = new FixedClocks([law, undefined, law, law]);
    clocks.atRoot(0, Float64Array.of(1, 1, 2, 0), Float64Array.of(5e6, 0, 0, 0), []);
    expect(clocks.look(4e6)).toBe(false);
    expect(clocks.look(5e6)).toBe(true);
    expect([clocks.mode, clocks.time, clocks.chance]).toEqual([0, 5e6, 1 / 2]);
    clocks.passUntil(5e6, 2);
    clocks.look(5e6);
    expect([clocks.mode, clocks.time]).toEqual([2, 5e6]);
    clocks.passUntil(5e6, Number.POSITIVE_INFINITY);
    clocks.look(1e9);
    expect([clocks.mode, clocks.time, clocks.chance]).toEqual([2, 10e6, 1]);
    clocks.renew(2, 6e6);
    clocks.pace(3, 1, 6e6);
    clocks.pace(0, 0, 6e6);
    clocks.look(1e9);
    expect([clocks.mode, clocks.time]).toEqual([2, 11e6]);
    clocks.pace(2, 0, 6e6);
    clocks.look(1e9);
    expect([clocks.mode, clocks.time]).toEqual([3, 16e6]);
  });

  it('what is due strikes for certain as soon as it runs', () => {
    const law = fixedAges({ kind: 'empirical', values: [10, 20] });
    const clocks = new FixedClocks([law]);
    clocks.atRoot(7, Float64Array.of(1), Float64Array.of(10e6), [0]);
    clocks.pace(0, 0, 7);
    expect(clocks.look(100)).toBe(false);
    clocks.pace(0, 1, 9);
    clocks.look(100);
    expect([clocks.mode, clocks.time, clocks.chance]).toEqual([0, 9, 1]);
  });
});
