import type { CompiledModel } from '../../compile/model.ts';
import { InputError } from '../../model/problem.ts';
import { inOneGo } from '../interruptible.ts';
import { CycleRunner } from './cycle-runner.ts';
import { failureClasses } from './failure-classes.ts';
import { HarmWitness } from './harm-witness.ts';
import { ownModel } from './own-slice.ts';
import { FEWEST_ROOTS, rootStates } from './roots/root-states.ts';

const SEED = 'rehearsal';
/** Classes of which incidents are played, and how many of each. */
const CLASSES = 5;
const SAMPLES = 5;
/** Elements beyond which a rehearsal takes longer than it saves. */
const MOST_ELEMENTS = 1_000;

let isDone = false;

/**
 * Plays a few incidents, for nothing but the compiler, once in a process: a history, incidents, and a history under another
 * observer are the transition code on different clocks. What the compiler makes of code that has seen but one of them it takes
 * back with the next; of what has seen them all it does not (README). Nothing is kept of it, so no figure depends on it.
 */
export function rehearse(whole: CompiledModel, service: number): void {
  if (isDone) return;
  const { model, place } = ownModel(whole, service);
  if (model.elements.count > MOST_ELEMENTS) return;
  const { ageing, isFixed, tests } = failureClasses(model);
  // These have histories of another kind.
  if (ageing || isFixed || tests.length > 0) return;
  isDone = true;
  try {
    const roots = inOneGo(rootStates(model, SEED, { witness: new HarmWitness(model, place), most: FEWEST_ROOTS }));
    const runner = CycleRunner.from(roots, model, place, SEED);
    const possible = [...runner.rates.keys()].filter((stratum) => runner.rates[stratum]! > 0).slice(0, CLASSES);
    const task = { service: place, stage: 1, first: 0, count: SAMPLES, of: SAMPLES, lessons: [], learn: true };
    for (const stratum of possible) runner.run({ ...task, stratum });
  } catch (error) {
    // What cannot be played is told by the run itself.
    if (!(error instanceof InputError)) throw error;
  }
}
