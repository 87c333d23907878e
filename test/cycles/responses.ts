import { exploreChain } from '../../src/analytic/chain/explore.ts';
import { expectedReward } from '../../src/analytic/chain/measures.ts';
import { steadyState } from '../../src/analytic/chain/steady-state.ts';
import type { CompiledModel } from '../../src/compile/model.ts';
import { serviceStateSpace } from '../../src/simulate/state-space.ts';
import { any, element, exponential, HOUR, mode, policy, repair, scenario, service } from '../core/support/build.ts';

/** Relative change on either side: the error of the difference is of its square. */
const STEP = 1e-3;

function exactUnavailability(model: CompiledModel, index: number): number {
  const { chain } = exploreChain(serviceStateSpace(model), { maximumStates: 20_000 });
  return expectedReward(steadyState(chain).probability, chain.rewards[index]!);
}

/** ∂ ln U / ∂ ln x of a service by a central difference of the exact chain; `times` makes the model with x times a factor. */
export function exactElasticity(index: number, times: (factor: number) => CompiledModel): number {
  const [up, down] = [1 + STEP, 1 - STEP].map((factor) => exactUnavailability(times(factor), index));
  return Math.log(up! / down!) / Math.log((1 + STEP) / (1 - STEP));
}

/** Two units and two switches that wait for one crew. */
export const unitsAndSwitches = scenario({
  repair: { crew: policy({ crews: 1 }) },
  elements: {
    unit: element([mode(exponential(1000 * HOUR), repair(exponential(4 * HOUR)))], { count: 2 }),
    switch: element([mode(exponential(50_000 * HOUR), repair(exponential(2 * HOUR)))], { count: 2 }),
  },
  services: { up: service(any('unit')), net: service(any('switch')) },
});
