import type { CompiledModel } from '../../compile/model.ts';
import { uniform } from '../../compile/uniform.ts';
import { harmfulApart } from '../../measures/cycles/agreement.ts';
import { CycleTotals } from '../../measures/cycles/cycle-totals.ts';
import { CYCLE_MEASURES } from '../../measures/cycles/measures.ts';
import { ScoreTotals } from '../../measures/cycles/score-totals.ts';
import { fasterBy } from '../../model/law.ts';
import { inOneGo } from '../interruptible.ts';
import { absorbBatch, tasksOf } from './batches.ts';
import { CycleRunner } from './cycle-runner.ts';
import { HarmWitness } from './harm-witness.ts';
import { ROOTS, rootStates } from './roots/root-states.ts';
import type { ModelTest } from './service-cycles.ts';
import { allocate } from './stages.ts';

/** Failures come so many times as often, but no more elements are down at a time than this (methods §2.9, §2.10). */
const MOST_STRESS = 30;
const MOST_OVERLAP = 0.2;
/** Below this there is nothing that the histories of the run themselves would not show. */
const LEAST_STRESS = 2;
/**
 * Samples of cycles: as many for each harmful incident of the history as leave the error of the comparison to the history. Its
 * incidents are the ones that roots are taken from; with a quarter of them one seed of 40 was red, as places and roles outlast
 * incidents.
 */
const SAMPLES_PER_HARM = 250;
const FEWEST_SAMPLES = 500;
const MOST_SAMPLES = 2_000;

/**
 * The same service with failures so much more frequent that histories meet what is rare: whether cycles, none the wiser for
 * what they have learned, expect as many incidents that hurt as histories have.
 *
 * @param totals what cycles have found at the rates as they are
 * @returns undefined where faults overlap so much already that there is no room for more
 */
export function stressTest(
  model: CompiledModel,
  service: number,
  seed: string,
  totals: CycleTotals,
): ModelTest | undefined {
  const overlap = totals.timePerIdleTime() - 1;
  const factor = Math.min(MOST_STRESS, MOST_OVERLAP / overlap);
  if (factor < LEAST_STRESS) return undefined;
  const harder = failingFaster(model, factor);
  const ownSeed = `${seed}/stress`;
  const witness = new HarmWitness(harder, service);
  const roots = inOneGo(rootStates(harder, ownSeed, { witness, most: ROOTS }));
  const runner = CycleRunner.from(roots, harder, service, ownSeed);
  const planned = allocate(
    Math.min(MOST_SAMPLES, Math.max(FEWEST_SAMPLES, SAMPLES_PER_HARM * witness.harmful)),
    [...runner.rates],
    [...runner.rates].map((rate) => rate > 0),
  );
  const expected = new CycleTotals(planned, CYCLE_MEASURES.length);
  const scores = new ScoreTotals(planned.length, runner.scored);
  let events = witness.events;
  for (const task of tasksOf(planned, { service, stage: 1, lessons: [], learn: false }))
    events += absorbBatch({ totals: expected, scores }, task.stratum, runner.run(task)).events;
  return { gate: harmfulApart('stress test apart', expected, witness.harmful, witness.time), events };
}

/** The same model with every failure so many times as frequent. */
function failingFaster(model: CompiledModel, factor: number): CompiledModel {
  const { laws, modes } = model;
  return uniform({
    ...model,
    laws: [...laws, ...laws.map((law) => fasterBy(law, factor))],
    modes: { ...modes, law: modes.law.map((law) => law + laws.length) },
  });
}
