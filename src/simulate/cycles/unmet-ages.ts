import type { CompiledModel } from '../../compile/model.ts';
import { uniform } from '../../compile/uniform.ts';
import { missing, NOT_LOOKED_FOR } from '../../measures/cycles/unmet.ts';
import { mean } from '../../model/law.ts';
import { CycleEstimate } from './cycle-estimate.ts';
import { failureClasses } from './failure-classes.ts';
import type { CycleOptions, ModelTest } from './service-cycles.ts';

/**
 * States that last and that a history is too short for are searched for where failures have no memory. Where they age, the same
 * model without ages tells whether there are any that matter; when the run is over before, that is not known.
 */
export async function unmetWhileAgeing(
  model: CompiledModel,
  service: number,
  { seed, confidence, precision, isOver }: CycleOptions,
): Promise<ModelTest> {
  const options = { seed: `${seed}/ageless`, confidence, precision, isOver };
  const estimate = await CycleEstimate.of(withoutAges(model), service, options);
  const unmet = await estimate?.unmet();
  return { gate: unmet === undefined ? NOT_LOOKED_FOR : missing(unmet.share), events: estimate?.events ?? 0 };
}

/** The same model with failures that strike as often and have no memory. */
function withoutAges(model: CompiledModel): CompiledModel {
  const { laws, modes } = model;
  const { hazards } = failureClasses(model);
  const ages = new Set(Array.from(modes.law).filter((_, mode) => hazards[mode] !== undefined));
  const ageless = laws.map((law, i) => (ages.has(i) ? { kind: 'exponential' as const, mean: mean(law) } : law));
  return uniform({
    ...model,
    laws: [...laws, ...ageless],
    modes: { ...modes, law: modes.law.map((law) => law + laws.length) },
  });
}
