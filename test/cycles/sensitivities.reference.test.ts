import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledModel } from '../../src/compile/model.ts';
import type { Law } from '../../src/model/law.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { failureClasses } from '../../src/simulate/cycles/failure-classes.ts';
import { exponential } from '../core/support/build.ts';
import { cyclesOf, estimated } from '../core/support/cycles.ts';
import { readExample } from '../core/support/files.ts';
import { exactElasticity, unitsAndSwitches } from './responses.ts';

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

describe('reference: responses to failure rates against differences of the exact chain', () => {
  const CASES: readonly (readonly [string, Scenario, number, number])[] = [
    ['two units and one crew', unitsAndSwitches, 0, 0.03],
    ['switches that wait for the crew of the units', unitsAndSwitches, 1, 0.05],
    ['an active-standby pair with its controller', readExample('pair-chain').scenario, 0, 0.02],
    ['the telco pair', readExample('telco-pair').scenario, 0, 0.03],
  ];
  it.each(CASES)(
    '%s',
    async (_name, of, index, precision) => {
      const model = compile(of);
      const found = await cyclesOf(model, { service: index, seed: 'response', precision });
      let largest = 0;
      for (let one = 0; one < found.classNames.length; one++) {
        const exact = exactElasticity(index, (factor) => scaled(model, one, factor));
        const { value, error } = estimated(found.scores.elasticity(one, 0.95));
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
