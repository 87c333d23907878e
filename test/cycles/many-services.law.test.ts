import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledModel } from '../../src/compile/model.ts';
import { sliceServices } from '../../src/compile/slice/services.ts';
import { CYCLE } from '../../src/measures/cycles/measures.ts';
import { sumOf } from '../../src/measures/statistics/sum.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { leastFailures } from '../../src/simulate/cycles/least-failures.ts';
import type { ServiceCycles } from '../../src/simulate/cycles/service-cycles.ts';
import { runHistories } from '../../src/simulate/run.ts';
import { type ManyPairs, manyPairs, UNIT } from '../../src/tools/bench/models/systems.ts';
import { cyclesOf, measured } from '../core/support/cycles.ts';

const Z = 3.5;
/** Relative error of one sample, whatever the number of pairs. */
const MOST_ERROR = 2.5;

const modelOf = (text: string): CompiledModel => compile(readScenario(text).scenario);

const cyclesFor = (model: CompiledModel, id: string, precision = 0.08): Promise<ServiceCycles> =>
  cyclesOf(model, { service: model.names.services.indexOf(id), seed: 'many', precision });

/** Relative standard deviation of one sample. */
function perSample({ totals }: ServiceCycles): number {
  const value = totals.rate(CYCLE.downtime);
  const { variance } = totals.spread(CYCLE.downtime, value);
  return (Math.sqrt(variance * totals.samples) / value) * (1 / totals.timePerIdleTime());
}

describe('law: any of n independent pairs down is 1 − (1 − U₁)ⁿ', () => {
  const down = UNIT.repair / (UNIT.mtbf + UNIT.repair);
  it.each([2, 10, 1000])(
    'n = %i',
    async (pairs) => {
      const cycles = await cyclesFor(modelOf(manyPairs({ kind: 'units', pairs })), 'any');
      const exact = -Math.expm1(pairs * Math.log1p(-down * down));
      const { value, error } = measured(cycles);
      expect(cycles.stop).toBe('precision');
      expect(Math.abs(value - exact)).toBeLessThan(Z * error);
      expect(perSample(cycles)).toBeLessThan(MOST_ERROR);
    },
    300_000,
  );
});

describe('law: two or more of n independent pairs down, after four failures at least', () => {
  const down = (UNIT.repair / (UNIT.mtbf + UNIT.repair)) ** 2;
  it.each([3, 10])(
    'n = %i',
    async (pairs) => {
      const model = modelOf(manyPairs({ kind: 'units', pairs }));
      expect(['one', 'any', 'two'].map((id) => leastFailures(model, model.names.services.indexOf(id)))).toEqual([
        2, 2, 4,
      ]);
      const cycles = await cyclesFor(model, 'two');
      // By the terms of two and of three down: 1 − (1 − p)ⁿ − n p (1 − p)ⁿ⁻¹ has no digits left.
      const exact = ((pairs * (pairs - 1)) / 2) * down ** 2 * (1 - ((2 * (pairs - 2)) / 3) * down);
      const { value, error } = measured(cycles);
      expect(cycles.stop).toBe('precision');
      expect(Math.abs(value - exact)).toBeLessThan(Z * error);
    },
    300_000,
  );
});

describe('law: pairs on hosts with one controller and two crews', () => {
  const cloud = (pairs: number, kind: ManyPairs['kind'] = 'hosts'): CompiledModel =>
    modelOf(manyPairs({ kind, pairs }));

  it('one of a hundred costs what one alone costs, and next to nothing else comes of the others', async () => {
    const [alone, among] = [await cyclesFor(cloud(2), 'one'), await cyclesFor(cloud(100), 'one')];
    const [a, b] = [measured(alone), measured(among)];
    // The crews are busy with others a thousandth of the time.
    expect(Math.abs(a.value - b.value)).toBeLessThan(Z * Math.hypot(a.error, b.error) + 0.01 * a.value);
    expect(perSample(among)).toBeLessThan(MOST_ERROR);
  }, 300_000);

  it('any of a hundred is a hundred times one', async () => {
    const model = cloud(100);
    const [one, any] = [measured(await cyclesFor(model, 'one')), await cyclesFor(model, 'any')];
    const of = measured(any);
    // Less what several are down at once, a thousandth.
    expect(Math.abs(of.value - 100 * one.value)).toBeLessThan(
      Z * Math.hypot(of.error, 100 * one.error) + 0.01 * of.value,
    );
    expect(perSample(any)).toBeLessThan(MOST_ERROR);
  }, 300_000);

  it('is the same service sliced alone', async () => {
    const model = cloud(10);
    const { model: alone, places } = sliceServices(model, [model.names.services.indexOf('two')]);
    expect(places.service.filter((place) => place >= 0)).toHaveLength(1);
    const [a, b] = [measured(await cyclesFor(model, 'two')), measured(await cyclesFor(alone, 'two'))];
    expect(Math.abs(a.value - b.value)).toBeLessThan(Z * Math.hypot(a.error, b.error));
  }, 300_000);

  it('any down: as natural histories say at fifty times the rates', async () => {
    const text = manyPairs({ kind: 'hosts', pairs: 20 }).replace(
      /mtbf: (\d+) h/g,
      (_, hours: string) => `mtbf: ${Number(hours) / 50} h`,
    );
    const { scenario } = readScenario(text);
    const model = compile(scenario);
    const index = model.names.services.indexOf('any');
    const { value, error } = measured(await cyclesFor(model, 'any', 0.1));
    const { totals } = await runHistories(model, scenario, { histories: 30, years: 5, seed: 'natural' });
    const down = totals.service(index, 'totalTime').map((time, i) => time / totals.horizons[i]!);
    const mean = sumOf(down) / down.length;
    const spread = Math.sqrt(sumOf(down.map((x) => (x - mean) ** 2)) / down.length / (down.length - 1));
    expect(spread).toBeLessThan(mean / 4);
    expect(Math.abs(value - mean)).toBeLessThan(Z * Math.hypot(error, spread));
  }, 300_000);
});
