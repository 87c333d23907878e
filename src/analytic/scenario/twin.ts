import type { CompiledModel } from '../../compile/model.ts';
import { type Law, mean } from '../../model/law.ts';
import type { Refusal } from './part-figures.ts';

/**
 * The model with every duration exponential with the mean it has, its *memoryless twin*: another model, which a chain
 * solves. Its long-run figures are those of the original as far as only means matter: to first order, but for durations
 * that race each other (hands against a rebuild). What takes no time still takes none.
 */
export function memorylessTwin(model: CompiledModel): CompiledModel | Refusal {
  const { groups, names } = model;
  for (let group = 0; group < groups.count; group++) {
    // The share of sessions that re-attach is no part of the chain's state.
    const share = groups.cleanLoss[group]!;
    if (groups.stateful[group] === 1 && share > 0 && share < 1) {
      return { refused: `${names.groups[group]}: a failover loses part of its sessions`, states: 0 };
    }
  }
  return { ...model, laws: model.laws.map(twinOf) };
}

function twinOf(law: Law): Law {
  if (law.kind === 'exponential' || law.kind === 'never') return law;
  const value = mean(law);
  return value === 0 ? { kind: 'deterministic', value: 0 } : { kind: 'exponential', mean: value };
}
