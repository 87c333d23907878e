import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exploreChain } from '../../src/analytic/chain/explore.ts';
import { expectedReward } from '../../src/analytic/chain/measures.ts';
import { steadyState } from '../../src/analytic/chain/steady-state.ts';
import { faultless, fewFaults } from '../../src/analytic/scenario/few-faults.ts';
import { memorylessTwin } from '../../src/analytic/scenario/twin.ts';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledModel } from '../../src/compile/model.ts';
import { InputError } from '../../src/model/problem.ts';
import { serviceStateSpace } from '../../src/simulate/state-space.ts';
import { scenario, service } from '../core/support/build.ts';
import { solve } from '../core/support/chain.ts';
import { readExample } from '../core/support/files.ts';
import { randomScenario } from '../core/support/random-scenario.ts';
import { exactSide, exponentialPair, PAIR_FLOW, relativeError } from './support/exact-side.ts';
import { understood } from './support/plain.ts';
import { rarer } from './support/rare.ts';

/** Long-run loss of the first service with at most so many faults at a time, and the states that takes. */
function withFaults(model: CompiledModel, most: number): { readonly unavailability: number; readonly states: number } {
  const space = fewFaults(serviceStateSpace(model), serviceStateSpace(faultless(model)), most);
  const { chain } = exploreChain(space, { maximumStates: 20_000 });
  return {
    unavailability: expectedReward(steadyState(chain).probability, chain.rewards[0]!),
    states: chain.states,
  };
}

describe('law: few faults at a time', () => {
  it('as many as there may be are all: random scenarios', () => {
    let compared = 0;
    fc.assert(
      fc.property(understood(randomScenario({ memoryless: true })), (raw) => {
        const rare = rarer(raw, 100);
        try {
          const whole = solve(rare, 300);
          const expected = expectedReward(whole.probability, whole.space.chain.rewards[0]!);
          // Hardly ever are there more than seven between two quiet instants, even where an outage takes four of them.
          expect(relativeError(withFaults(compile(rare), 7).unavailability, expected)).toBeLessThan(1e-5);
          compared++;
        } catch (error) {
          if (!(error instanceof InputError) || error.problems[0]?.code !== 'too-many-states') throw error;
        }
      }),
      { seed: 61, numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(15);
  });

  it('one, two and three at a time come nearer and nearer (pair with hosts, switches, controller)', () => {
    const { scenario: pair } = readExample('telco-pair');
    const model = compile({ ...pair, services: { vm: service('vm') } });
    const exact = solve({ ...pair, services: { vm: service('vm') } }).figures(0).unavailability;
    const errors = [1, 2, 3].map((most) => relativeError(withFaults(model, most).unavailability, exact));
    expect(errors[0]).toBeLessThan(0.05);
    expect(errors[1]).toBeLessThan(1e-4);
    expect(errors[2]).toBeLessThan(1e-6);
    expect(withFaults(model, 1).states).toBeLessThan(100);
  });
});

describe('the memoryless twin', () => {
  it('of a memoryless scenario is the scenario', () => {
    const model = compile(
      scenario({ groups: { g: exponentialPair(300) }, flows: PAIR_FLOW, services: { v: service('g') } }),
    );
    const twin = memorylessTwin(model);
    if ('refused' in twin) throw new Error(twin.refused);
    const solved = [model, twin].map((each) => exploreChain(serviceStateSpace(each)).chain);
    expect(solved[1]).toEqual(solved[0]);
  });

  it('of the pair with general laws is the pair with exponential ones (methods 7.6)', () => {
    const general = exactSide(readExample('telco-pair', 'general').scenario)['voice']!;
    expect(general).toMatchObject({ method: 'memoryless-twin', exact: false });
    expect(relativeError(general.memorylessTwin!.unavailability, 8.56466315168e-6)).toBeLessThan(1e-11);
    expect(general.refused).toContain('lognormal law');
  });

  it('too large for a chain it takes one fault at a time, and agrees with the formula', () => {
    const voice = exactSide(readExample('active-standby').scenario)['voice']!;
    expect(voice).toMatchObject({ method: 'first-order', exact: false });
    expect(voice.memorylessTwin).toMatchObject({ exact: false, order: 1 });
    expect(relativeError(voice.memorylessTwin!.dpm, voice.dpm!)).toBeLessThan(1e-3);
  });
});
