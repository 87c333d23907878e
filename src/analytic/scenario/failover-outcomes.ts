import { type CompiledModel, ON_FAILURE } from '../../compile/model.ts';
import { mean } from '../../model/law.ts';

/** Chance of an outcome, and the mean time until it times that chance, s. */
export interface Outcome {
  readonly chance: number;
  readonly time: number;
}

/** Ways through a program less likely than this make no difference. */
const NEGLIGIBLE = 1e-15;
/** Detours one after the other; what is tried more often than this is never done. */
const MOST_DETOURS = 200;

/**
 * How a failover that has everything it needs ends: done, or handed over to the manual path. Steps that go on elsewhere
 * when they fail are followed (wrong localisation, fencing that times out); what they require is taken as there.
 */
export function failoverOutcomes(
  model: CompiledModel,
  first: number,
): { readonly done: Outcome; readonly failing: Outcome } {
  const { steps, laws } = model;
  const done = { chance: 0, time: 0 };
  const failing = { chance: 0, time: 0 };
  const add = (outcome: { chance: number; time: number }, chance: number, elapsed: number): void => {
    outcome.chance += chance;
    outcome.time += chance * elapsed;
  };
  const walk = (from: number, reached: number, before: number, detours: number): void => {
    if (detours > MOST_DETOURS) return;
    let chance = reached;
    let elapsed = before;
    for (let step = from; step >= 0 && chance > NEGLIGIBLE; step = steps.next[step]!) {
      elapsed += mean(laws[steps.law[step]!]!);
      const success = steps.success[step]!;
      const otherwise = steps.otherwise[step]!;
      if (otherwise >= 0) walk(otherwise, chance * (1 - success), elapsed, detours + 1);
      else if (steps.onFailure[step] === ON_FAILURE.manual) add(failing, chance * (1 - success), elapsed);
      else continue;
      chance *= success;
    }
    if (chance > NEGLIGIBLE) add(done, chance, elapsed);
  };
  walk(first, 1, 0, 0);
  return { done, failing };
}
