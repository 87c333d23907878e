import type { CompiledModel } from '../../compile/model.ts';
import { Influence } from '../../compile/slice/influence.ts';
import { signalsOf } from '../../compile/slice/services.ts';
import { sliceModel } from '../../compile/slice/slice.ts';
import type { PartFigures, Refusal } from './part-figures.ts';
import { type StateSpaceOf, solveWhole } from './part-solver.ts';

/** Chains of all services together may have this many times the states of one. */
const CHAINS_IN_ALL = 2;

/** Long-run figures of a service. */
export interface ServiceFigures {
  readonly unavailability: number;
  readonly frequencyPerHour: number;
}

/**
 * Services as wholes: each with all that can influence it as one chain, those that depend on the same things together.
 * Whatever a scenario says, nothing is taken apart.
 *
 * @param wanted services of the model, stages of chains among them
 * @param mostStates of a chain
 * @returns per wanted service its figures, or why there are none
 */
export function solveServices(
  model: CompiledModel,
  wanted: readonly number[],
  stateSpaceOf: StateSpaceOf,
  mostStates: number,
): ReadonlyMap<number, ServiceFigures | Refusal> {
  const influence = new Influence(model);
  const alike = new Map<string, { readonly cone: ReadonlySet<number>; readonly services: number[] }>();
  for (const service of wanted) {
    const cone = influence.coneOf(signalsOf(model, [service]));
    const key = [...cone].sort((a, b) => a - b).join();
    const known = alike.get(key);
    if (known === undefined) alike.set(key, { cone, services: [service] });
    else known.services.push(service);
  }
  const found = new Map<number, ServiceFigures | Refusal>();
  let left = mostStates * CHAINS_IN_ALL;
  for (const { cone, services } of alike.values()) {
    const slice = sliceModel(model, influence.relations, { entities: cone, services });
    const solved: PartFigures | Refusal =
      left <= 0
        ? { refused: 'the services have too many states in all', states: 0 }
        : solveWhole(slice.model, stateSpaceOf, Math.min(mostStates, left));
    left -= solved.states;
    for (const service of services) {
      const at = slice.places.service[service]!;
      found.set(
        service,
        'refused' in solved
          ? solved
          : { unavailability: solved.unavailability[at]!, frequencyPerHour: solved.frequencyPerHour[at]! },
      );
    }
  }
  return found;
}
