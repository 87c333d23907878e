import { describe, expect, it } from 'vitest';
import { exploreChain } from '../../src/analytic/chain/explore.ts';
import { expectedReward } from '../../src/analytic/chain/measures.ts';
import { steadyState } from '../../src/analytic/chain/steady-state.ts';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledModel } from '../../src/compile/model.ts';
import type { Law } from '../../src/model/law.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { failureClasses } from '../../src/simulate/cycles/failure-classes.ts';
import { runCycles } from '../../src/simulate/cycles/run-cycles.ts';
import { serviceStateSpace } from '../../src/simulate/state-space.ts';
import { any, element, exponential, HOUR, mode, policy, repair, scenario, service } from '../core/support/build.ts';
import { readExample } from '../core/support/files.ts';

/** Relative change of a rate on either side: the error of the difference is of its square. */
const STEP = 1e-3;

/** The model with the failure rates of one class multiplied by a factor. */
function scaled(model: CompiledModel, one: number, factor: number): CompiledModel {
  const { of } = failureClasses(model);
  const laws: Law[] = [...model.laws];
  const law = model.modes.law.slice();
  of.forEach((its, mode) => {
    const own = model.laws[law[mode]!]!;
    if (its !== one || own.kind !== 'exponential') return;
    law[mode] = laws.push(exponential(own.mean / factor)) - 1;
  });
  return { ...model, laws, modes: { ...model.modes, law } };
}

function exactUnavailability(model: CompiledModel, index: number): number {
  const { chain } = exploreChain(serviceStateSpace(model), { maximumStates: 20_000 });
  return expectedReward(steadyState(chain).probability, chain.rewards[index]!);
}

/** ∂ ln U / ∂ ln λ of a class by a central difference of the exact chain. */
function exactElasticity(model: CompiledModel, index: number, one: number): number {
  const [up, down] = [1 + STEP, 1 - STEP].map((factor) => exactUnavailability(scaled(model, one, factor), index));
  return Math.log(up! / down!) / Math.log((1 + STEP) / (1 - STEP));
}

describe('reference: responses to failure rates against differences of the exact chain', () => {
  const crew = scenario({
    repair: { crew: policy({ crews: 1 }) },
    elements: {
      unit: element([mode(exponential(1000 * HOUR), repair(exponential(4 * HOUR)))], { count: 2 }),
      switch: element([mode(exponential(50_000 * HOUR), repair(exponential(2 * HOUR)))], { count: 2 }),
    },
    services: { up: service(any('unit')), net: service(any('switch')) },
  });
  const CASES: readonly (readonly [string, Scenario, number, number])[] = [
    ['two units and one crew', crew, 0, 0.03],
    ['switches that wait for the crew of the units', crew, 1, 0.05],
    ['an active-standby pair with its controller', readExample('pair-chain').scenario, 0, 0.02],
    ['the telco pair', readExample('telco-pair').scenario, 0, 0.03],
  ];
  it.each(CASES)(
    '%s',
    async (_name, of, index, precision) => {
      const model = compile(of);
      const never = async (): Promise<boolean> => false;
      const found = (await runCycles(model, index, { seed: 'response', confidence: 0.95, precision, isOver: never }))!;
      let largest = 0;
      for (let one = 0; one < found.classNames.length; one++) {
        const exact = exactElasticity(model, index, one);
        const { value, lo, hi } = found.scores.elasticity(one, 0.95);
        const error = (hi - lo) / 2 / 1.96;
        expect(Math.abs(value - exact), `${found.classNames[one]}: ${value}, exactly ${exact}`).toBeLessThan(
          4 * error + 1e-9,
        );
        if (Math.abs(exact) > 0.1) expect(error).toBeLessThan(0.15);
        largest = Math.max(largest, exact);
      }
      expect(largest).toBeGreaterThan(0.5);
    },
    120_000,
  );
});
