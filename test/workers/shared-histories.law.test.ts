import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { type Crew, claimed, type HistoryTask } from '../../src/simulate/crew.ts';
import { NothingFinished, runHistories, type SimulateOptions } from '../../src/simulate/run.ts';
import { SharedWork } from '../../src/simulate/shared-work.ts';
import { readExample } from '../core/support/files.ts';
import { fakeCrew, silentCrew } from './support.ts';

const { scenario } = readExample('active-standby');
const model = compile(scenario);
/** Some 1 000 events each: clear after 20 histories. */
const LONG: SimulateOptions = { years: 10, histories: 160, seed: 'crew' };
const OPEN: SimulateOptions = { ...LONG, precision: 0.2, histories: 3_000 };
const worthACrew = 100_000;
const alone = runHistories(model, { ...scenario, simulation: withoutPrecision() }, LONG);

function withoutPrecision(): typeof scenario.simulation {
  const { precision: _precision, ...simulation } = scenario.simulation;
  return simulation;
}

/** A signal that says so from the question after so many on: on any machine at the same point of a run. */
function abortedAfter(questions: number): { readonly aborted: boolean } {
  let asked = 0;
  return {
    get aborted() {
      return ++asked > questions;
    },
  };
}

const plain = { ...scenario, simulation: withoutPrecision() };

describe('law: histories of a crew', () => {
  it('are absorbed in index order, in whatever order they come', async () => {
    const expected = await alone;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(9), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 2, max: 7 }),
        async (delays, workers) => {
          const crew = fakeCrew((task) => delays[task % delays.length]!);
          const run = await runHistories(model, plain, { ...LONG, workers }, { ...crew, worthACrew });
          expect(run).toStrictEqual(expected);
          expect(crew.state).toMatchObject({ hired: 1, closed: 1 });
          expect(crew.state.mostUnderWay).toBeLessThanOrEqual(3 * workers);
          const firsts = crew.tasks.map(({ first }) => first);
          expect(firsts).toStrictEqual([...firsts].sort((a, b) => a - b));
        },
      ),
      { seed: 20_261_123, numRuns: 3 },
    );
  });

  it('stop at the same history for a wanted precision', async () => {
    const expected = await runHistories(model, plain, OPEN);
    const crew = fakeCrew((task) => (7 * task) % 5);
    const run = await runHistories(model, plain, { ...OPEN, workers: 3 }, { ...crew, worthACrew });
    expect(crew.state.hired).toBe(1);
    expect(expected.facts.stop).toBe('precision');
    expect(run).toStrictEqual(expected);
  });
});

describe('a crew', () => {
  it('is not hired for little work, for one worker, or twice', async () => {
    const crew = fakeCrew(() => 0);
    await runHistories(model, plain, { ...LONG, histories: 30, workers: 4 }, { ...crew, worthACrew });
    await runHistories(model, plain, { ...LONG, workers: 1 }, { ...crew, worthACrew });
    expect(crew.state.hired).toBe(0);
    let asked = 0;
    const run = await runHistories(
      model,
      plain,
      { ...LONG, workers: 4 },
      {
        worthACrew,
        hire: () => {
          asked++;
          return Promise.resolve(undefined);
        },
      },
    );
    expect(asked).toBe(1);
    expect(run).toStrictEqual(await alone);
  });

  it('that dies ends the run with its message, and is closed', async () => {
    const crew = fakeCrew(() => 1, 2);
    const run = runHistories(model, plain, { ...LONG, workers: 2 }, { ...crew, worthACrew });
    await expect(run).rejects.toThrow('a worker died: worker exited with code: 7');
    expect(crew.state.closed).toBe(1);
  });

  it('that is silent does not hold up an interrupt or a time limit: the prefix is kept', async () => {
    const aborted = await runHistories(
      model,
      plain,
      { ...LONG, workers: 2, signal: abortedAfter(60) },
      { hire: silentCrew, worthACrew },
    );
    expect(aborted.facts.stop).toBe('budget');
    const { histories } = aborted.totals;
    expect(histories).toBeGreaterThanOrEqual(15);
    expect(histories).toBeLessThan(160);
    const prefix = await runHistories(model, plain, { ...LONG, histories });
    expect(aborted.totals).toStrictEqual(prefix.totals);

    let now = 0;
    const clock = (): number => (now += 0.1);
    const limited = await runHistories(
      model,
      plain,
      { ...LONG, workers: 2, clock, maxTime: 20 },
      { hire: silentCrew, worthACrew },
    );
    expect(limited.facts.stop).toBe('budget');
    expect(limited.totals).toStrictEqual(
      (await runHistories(model, plain, { ...LONG, histories: limited.totals.histories })).totals,
    );
  });

  it('that is silent before the first history is over leaves nothing to report', async () => {
    const run = runHistories(
      model,
      plain,
      { years: 280_000, histories: 4, workers: 2, signal: abortedAfter(20) },
      { hire: silentCrew, worthACrew },
    );
    await expect(run).rejects.toThrow(NothingFinished);
  });

  it('that leaves all to this thread hears of a task that fails at its turn, after those before it', async () => {
    const done: number[] = [];
    // Whoever of the crew claims the first task is at it until the third, which fails, is done.
    const tasks = [0, 1, 2, 3].map((first) => ({ first, count: 1 }));
    let settle = (_answer: Float64Array): void => {};
    const busy: Crew = {
      size: 1,
      simulate: (offer) => {
        if ((offer.task as HistoryTask).first === 0) claimed(offer);
        return new Promise((resolve) => {
          if ((offer.task as HistoryTask).first === 0) settle = resolve;
        });
      },
      close: () => Promise.resolve(),
    };
    const work = new SharedWork(busy, tasks, {
      here: async (task) => {
        const { first } = task as HistoryTask;
        done.push(first);
        if (first === 3) settle(Float64Array.of(0));
        if (first === 2) throw new Error('an incident without end');
        return Float64Array.of(first);
      },
      isOver: async () => done.length > 10,
    });
    expect(await work.next()).toEqual(Float64Array.of(0));
    expect(done).toEqual([1, 2, 3]);
    expect(await work.next()).toEqual(Float64Array.of(1));
    await expect(work.next()).rejects.toThrow('an incident without end');
  });
});
