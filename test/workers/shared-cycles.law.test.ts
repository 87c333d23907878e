import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { CycleTotals } from '../../src/measures/cycles/cycle-totals.ts';
import { CYCLE_MEASURES } from '../../src/measures/cycles/measures.ts';
import { ScoreTotals } from '../../src/measures/cycles/score-totals.ts';
import { absorbBatch, BATCH_SAMPLES } from '../../src/simulate/cycles/batches.ts';
import { CycleRunner } from '../../src/simulate/cycles/cycle-runner.ts';
import { inOneGo } from '../../src/simulate/interruptible.ts';
import { runHistories, type SimulateOptions } from '../../src/simulate/run.ts';
import { readExample } from '../core/support/files.ts';
import { fakeCrew } from './support.ts';

const { scenario } = readExample('telco-pair');
const model = compile(scenario);
const CYCLES: SimulateOptions = { method: 'cycles', years: 2, histories: 2, precision: 0.2, seed: 'crew' };
const worthACrew = 20_000;
const alone = runHistories(model, scenario, CYCLES);

/** Finished work that forgets all but what it is told to remember. */
function remembering(known: ReadonlyMap<string, Float64Array> = new Map()) {
  const kept = new Map<string, Float64Array>();
  return {
    kept,
    find: (name: string) => known.get(name),
    keep: (name: string, numbers: Float64Array) => {
      expect(kept.has(name) || known.has(name), `${name} is done twice`).toBe(false);
      kept.set(name, numbers.slice());
    },
  };
}

describe('law: cycles of a crew', () => {
  it('are absorbed in order, pilot and all, in whatever order they come', async () => {
    const expected = await alone;
    expect(expected.choices[0]!.cycles!.stop).toBe('precision');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(9), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 2, max: 7 }),
        async (delays, workers) => {
          const crew = fakeCrew((task) => delays[task % delays.length]!);
          const run = await runHistories(model, scenario, { ...CYCLES, workers }, { ...crew, worthACrew });
          expect(run).toStrictEqual(expected);
          expect(crew.state).toMatchObject({ hired: 1, closed: 1 });
          expect(crew.state.mostUnderWay).toBeLessThanOrEqual(3 * workers);
        },
      ),
      { seed: 20_261_124, numRuns: 3 },
    );
  }, 120_000);

  it('go on from whatever prefix was finished before, and do nothing of it again', async () => {
    const expected = await alone;
    const all = remembering();
    expect(await runHistories(model, scenario, CYCLES, { finished: all })).toStrictEqual(expected);
    const names = [...all.kept.keys()];
    expect(names.slice(0, 3)).toEqual(['history/0', 'history/1', 'cycles/voice/0.2/1/0/0']);
    for (const share of [0.02, 0.4, 1]) {
      const known = new Map([...all.kept].slice(0, Math.ceil(share * names.length)));
      const finished = remembering(known);
      const crew = share === 0.4 ? fakeCrew(() => 1) : {};
      const run = await runHistories(model, scenario, { ...CYCLES, workers: 2 }, { finished, worthACrew, ...crew });
      expect(run).toStrictEqual(expected);
      expect([...known.keys(), ...finished.kept.keys()]).toEqual(names);
    }
  }, 120_000);
});

describe('law: sums of batches', () => {
  it('added up batch by batch are those of the whole: counts exactly, amounts but for rounding', () => {
    const runner = inOneGo(CycleRunner.of(model, 0, 'batches'));
    const stratum = runner.rates.findIndex((rate) => rate > 0);
    const of = 3 * BATCH_SAMPLES + 7;
    const common = { service: 0, stage: 1, stratum, of, lessons: [], learn: false };
    const planned = [...runner.rates].map((_, i) => (i === stratum ? of : 0));
    const sums = (cuts: readonly number[]): CycleTotals => {
      const totals = new CycleTotals(planned, CYCLE_MEASURES.length);
      cuts.forEach((first, i) => {
        absorbBatch(
          { totals, scores: new ScoreTotals(planned.length, runner.scored) },
          stratum,
          runner.run({ ...common, first, count: (cuts[i + 1] ?? of) - first }),
        );
      });
      return totals;
    };
    const whole = sums([0]);
    const parts = sums([0, BATCH_SAMPLES, 3 * BATCH_SAMPLES]);
    expect(parts.samples).toBe(of);
    expect(parts.contributions).toStrictEqual(whole.contributions);
    expect([...parts.combinations.keys()].sort()).toEqual([...whole.combinations.keys()].sort());
    expect([...parts.attribution.keys()].sort()).toEqual([...whole.attribution.keys()].sort());
    for (let measure = 0; measure < CYCLE_MEASURES.length; measure++) {
      const rate = whole.rate(measure);
      expect(parts.rate(measure)).toBeCloseTo(rate, 12 - Math.floor(Math.log10(rate || 1)));
      for (let batch = 0; batch < 30; batch++) {
        const without = whole.ratesWithout(batch)[measure]!;
        expect(parts.ratesWithout(batch)[measure]).toBeCloseTo(without, 12 - Math.floor(Math.log10(without || 1)));
      }
    }
    parts.incidents.forEach((sketch, i) => {
      expect(sketch.weight / (whole.incidents[i]!.weight || 1)).toBeCloseTo(whole.incidents[i]!.weight > 0 ? 1 : 0, 12);
      expect(sketch.max).toBe(whole.incidents[i]!.max);
    });
  });

  it('packed and absorbed by empty totals are the same totals: nothing is left out', () => {
    const [whole, again] = [0, 1].map(() => new CycleTotals([100], 3)) as [CycleTotals, CycleTotals];
    // Those of a batch note lengths down instead of sketching them.
    const noted = new CycleTotals([100], 3, false);
    for (let k = 0; k < 100; k++) {
      const batch = whole.batchOf(0);
      whole.incidents[batch]!.add(k + 0.5, 0.25 + k);
      noted.noteIncident(0, k + 0.5, 0.25 + k);
      if (k % 7 === 0) {
        whole.outages[batch]!.add(2 * k, 0.125);
        noted.noteOutage(0, 2 * k, 0.125);
      }
      for (const totals of [whole, noted]) {
        totals.attribution.set(k % 11, k);
        totals.combinations.set(k % 2 === 0 ? '3' : `1 ${k}`, k);
        totals.add(0, Float64Array.of(k, k % 3, 1 / (k + 1)), 10 / (k + 1), 2);
      }
    }
    again.absorb(0, noted.pack());
    expect(again).toStrictEqual(whole);
    expect(again.outages.map((sketch) => sketch.toJSON())).toEqual(whole.outages.map((sketch) => sketch.toJSON()));
    expect(again.incidents.map((sketch) => sketch.toJSON())).toEqual(whole.incidents.map((sketch) => sketch.toJSON()));
  });
});
