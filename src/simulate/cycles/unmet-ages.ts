import type { CompiledModel } from '../../compile/model.ts';
import { uniform } from '../../compile/uniform.ts';
import { missing } from '../../measures/cycles/unmet.ts';
import { mean } from '../../model/law.ts';
import { CycleEstimate } from './cycle-estimate.ts';
import { failureClasses } from './failure-classes.ts';
import type { CycleOptions, ModelTest } from './service-cycles.ts';

/**
 * States that last and that a history is too short for are searched for where failures have no memory. Where they age, the same
 * model without ages tells whether there are any that matter.
 */
export async function unmetWhileAgeing(
  model: CompiledModel,
  service: number,
  { seed, confidence, precision }: CycleOptions,
): Promise<ModelTest> {
  // As the test under stress it is no part of what may be cut short: without it nothing could be said.
  const options = { seed: `${seed}/ageless`, confidence, precision, isOver: () => Promise.resolve(false) };
  const estimate = new CycleEstimate(withoutAges(model), service, options);
  return { gate: missing(await estimate.unmetShare()), events: estimate.events };
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
