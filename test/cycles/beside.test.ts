import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { simulate } from '../../src/index.ts';
import { countsApart, harmfulApart, outagesApart, withinBounds } from '../../src/measures/cycles/agreement.ts';
import { CYCLE } from '../../src/measures/cycles/measures.ts';
import { MICROSECONDS_PER_YEAR } from '../../src/model/time.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { runCycles } from '../../src/simulate/cycles/run-cycles.ts';
import { stressTest } from '../../src/simulate/cycles/stress-test.ts';
import { checkedCycles, chooseMethod, NONE_SOLVED } from '../../src/simulate/method.ts';
import { runHistories } from '../../src/simulate/run.ts';
import { readExample } from '../core/support/files.ts';
import { Random } from '../measures/random.ts';

const options = { seed: 's', confidence: 0.95, precision: 0.05, isOver: async () => false };
const { scenario } = readExample('telco-pair');
const model = compile(scenario);
const cycles = (await runCycles(model, 0, options))!;

describe('cycles beside what is known without them (methods §2.9)', () => {
  it.each([0.02, 1, 7, 400])('counts about %s are apart by a standard normal deviation at most', (mean) => {
    const random = new Random(7);
    const runs = 20_000;
    let squares = 0;
    let beyond = 0;
    for (let i = 0; i < runs; i++) {
      const z = countsApart(random.poisson(mean), mean, 0);
      squares += z * z;
      if (Math.abs(z) > 3.5) beyond++;
    }
    expect(squares / runs).toBeLessThan(1.06);
    expect(beyond / runs).toBeLessThan(1.5e-3);
  });

  it('an expectation that is uncertain itself makes room', () => {
    expect(countsApart(200, 100, 0)).toBeGreaterThan(7);
    expect(countsApart(200, 100, 0.3)).toBeLessThan(3);
  });

  it('histories that have seen what cycles say are green, three times that is red, clusters of outages are not', () => {
    const time = 4_000 * MICROSECONDS_PER_YEAR;
    const expected = Math.round(cycles.totals.rate(CYCLE.outages) * time);
    const over = (outages: number): number[] => Array.from({ length: 20 }, (_, i) => Math.floor((outages + i) / 20));
    expect(outagesApart(cycles.totals, over(expected), time).verdict).toBe('green');
    expect(outagesApart(cycles.totals, over(3 * expected), time).verdict).toBe('red');
    const clustered = over(0).map((_, i) => (i === 3 ? 3 * expected : 0));
    expect(outagesApart(cycles.totals, clustered, time).verdict).not.toBe('red');
  });

  it('a service all of whose outages are too short to count has gates that are numbers', async () => {
    const short = readScenario(
      'format: carriergrade/scenario/1\nname: hits\nelements: { unit: { count: 2, failures: { hw: { mtbf: 1000 h, restart: { exponential: 1 s } } } } }\nservices: { up: { structure: { all: [unit] }, minOutageThreshold: 1 h } }\n',
      { file: 'hits.yaml' },
    );
    const result = await simulate(short, { histories: 2, years: 1, method: 'cycles' });
    const { gates, stop } = result.services['up']!.cycles!;
    expect(stop).toBe('precision');
    expect(gates.length).toBeGreaterThan(5);
    for (const { value } of gates) expect(value).not.toBeNaN();
  });

  it('the same scenario under stress is green for every seed, another one is red', () => {
    const values: number[] = [];
    for (let seed = 0; seed < 12; seed++) values.push(stressTest(model, 0, `${seed}`, cycles.totals)!.gate.value);
    // Of absolute values of standard normal deviations one in three is above 1, one in 20 above 2.
    expect(Math.max(...values)).toBeLessThan(3);
    expect(Math.min(...values)).toBeGreaterThan(0);
    const rate = cycles.totals.rate(CYCLE.harmful);
    expect(harmfulApart('', cycles.totals, 200, 200 / rate).verdict).toBe('green');
    expect(harmfulApart('', cycles.totals, 200, 100 / rate).verdict).toBe('red');
  });

  it('a number outside of what the exact side proves is red, and no interval is given', async () => {
    const value = cycles.totals.rate(CYCLE.downtime);
    expect(withinBounds(cycles.totals, { lo: 0.5 * value, hi: value }).verdict).toBe('green');
    expect(withinBounds(cycles.totals, { lo: 1.5 * value, hi: 2 * value }).verdict).toBe('red');
    const { totals } = await runHistories(model, scenario, { histories: 2, years: 5, method: 'histories' });
    const exact = () => ({ ...NONE_SOLVED, bounds: new Map([[0, { lo: 1.5 * value, hi: 2 * value }]]) });
    const checked = (await checkedCycles(model, totals, 0, { ...options, exact }))!;
    expect(checked.stop).toBe('not converged');
    expect(checked.gates.filter(({ verdict }) => verdict === 'red').map(({ name }) => name)).toEqual([
      'outside the exact bounds',
    ]);
    expect((await checkedCycles(model, totals, 0, { ...options, exact: () => NONE_SOLVED }))!.stop).toBe('precision');
  });

  it('a pilot that foresees more work than histories would be gives way to them, and says so', async () => {
    await expect(runCycles(model, 0, { ...options, precision: 0.02, mostEvents: 100_000 })).rejects.toThrow(
      /takes \d+ events/,
    );
    const { totals } = await runHistories(model, scenario, { histories: 2, years: 5, method: 'histories' });
    const asked = { ...options, precision: 0.02, exact: () => NONE_SOLVED };
    const dear = await chooseMethod(model, totals, 0, asked, 300_000);
    expect(dear.method).toBe('histories');
    expect(dear.because).toMatch(/^\d+ outages in 2 histories; no cycles: they would take longer, \d+ events$/);
    expect((await chooseMethod(model, totals, 0, { ...asked, precision: 0.1 }, 300_000_000)).method).toBe('cycles');
  });
});

describe('failovers of cycles', () => {
  it('are as many as histories see, with the same share of successes', async () => {
    const natural = (await simulate(readExample('telco-pair'), { histories: 10, years: 200 })).groups['vm']!;
    const forced = await simulate(readExample('telco-pair'), {
      histories: 2,
      years: 2,
      method: 'cycles',
      precision: 0.05,
    });
    const { perYear, successRatio, withinTarget } = forced.services['voice']!.cycles!.failovers!;
    const isBoth = (a: { lo: number; hi: number }, b: { lo: number; hi: number }): boolean =>
      a.lo <= b.hi && b.lo <= a.hi;
    expect(perYear.lo).toBeLessThan(natural.attempts / 2_000);
    expect(perYear.hi).toBeGreaterThan(natural.attempts / 2_000);
    expect(isBoth(successRatio, natural.successRatio!)).toBe(true);
    expect(successRatio.hi - successRatio.lo).toBeLessThan(0.1);
    expect(withinTarget.value).toBeLessThan(0.01);
  });
});
