import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serviceFormula } from '../../src/analytic/scenario/formula.ts';
import { compile } from '../../src/compile/compile.ts';
import { sumOf } from '../../src/measures/statistics/sum.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import {
  control,
  exponential,
  fixed,
  group,
  HOUR,
  itself,
  mode,
  REPLACEMENT,
  scenario,
  service,
  withDetection,
} from '../core/support/build.ts';
import { randomScenario } from '../core/support/random-scenario.ts';
import { exactSide } from './support/exact-side.ts';
import { understood } from './support/plain.ts';
import { rarer } from './support/rare.ts';

/** So rare that two faults never meet, for all that first order knows; and as rare as leaves some that meet. */
const RARER = 1e4;
const RARE = 300;
/** The scenario's first group as the only service, all failures rare. */
const rare = (raw: Scenario, times: number): Scenario => ({
  ...rarer(raw, times),
  services: { v: service('g0') },
  controlTreatment: 'conditional',
});

describe('law: the formula of a group is right to first order, or says what it leaves out', () => {
  /** Formula over truth of random groups, in order; what is left out of the others. */
  function compared(
    times: number,
    numRuns: number,
  ): { readonly ratios: readonly number[]; readonly gaps: Set<string> } {
    const ratios: number[] = [];
    const gaps = new Set<string>();
    fc.assert(
      fc.property(understood(randomScenario({ memoryless: true })), (raw) => {
        const scenario = rare(raw, times);
        const exact = exactSide(scenario, { mostStates: 2_000, thorough: false })['v']!;
        if (exact.exact !== true || exact.unavailability === 0) return;
        const model = compile(scenario);
        const formula = serviceFormula(model, [model.elements.count], 'conditional');
        if (formula.gap !== undefined) gaps.add(formula.gap);
        else ratios.push(formula.unavailability! / exact.unavailability!);
      }),
      { seed: 51, numRuns },
    );
    return { ratios: ratios.sort((a, b) => a - b), gaps };
  }

  it('random groups with rare failures', () => {
    const { ratios, gaps } = compared(RARER, 110);
    expect(ratios.length).toBeGreaterThan(25);
    // What is left: two ends of an outage whose means are 20 times apart now and then come in the other order.
    expect(ratios[0]).toBeGreaterThan(0.9);
    expect(ratios[ratios.length - 1]).toBeLessThan(1.3);
    expect(ratios.filter((ratio) => Math.abs(ratio - 1) < 0.002).length / ratios.length).toBeGreaterThan(0.8);
    expect(gaps).toContain('which comes first, the failover or the failed member');
  });

  it('random groups whose members are down together now and then', () => {
    const { ratios } = compared(RARE, 80);
    expect(ratios.length).toBeGreaterThan(25);
    expect(ratios[0]).toBeGreaterThan(0.95);
    expect(ratios[ratios.length - 1]).toBeLessThan(1.15);
    expect(Math.sqrt(sumOf(ratios.map((ratio) => (ratio - 1) ** 2)) / ratios.length)).toBeLessThan(0.02);
  });

  it('lost sessions are in it (SEM-07): 5 s of re-attachment per failover', () => {
    const base = withDetection(group([mode(exponential(2000 * HOUR), REPLACEMENT)]), {});
    const stateful = { ...base, state: { ...base.state, stateful: true, protection: 'none' as const } };
    const flows = { flow: { ...scenario({}).flows['FL-01']!, id: 'flow' } };
    const times = {
      activation: fixed(1),
      addressTakeover: fixed(0),
      consistencyCheck: fixed(0),
      manualRestore: fixed(1),
    };
    const more = { terminate: fixed(0), spawn: fixed(60), configure: fixed(0), sync: fixed(0) };
    const probabilities = { switch: 1, consistency: 1 };
    const groups = { g: { ...stateful, times: { ...times, ...more }, probabilities } };
    const model = compile(scenario({ flows, groups, services: { v: service('g') } }));
    const { terms } = serviceFormula(model, [model.elements.count], 'conditional');
    const dpm = Object.fromEntries(terms.map((term) => [term.name, term.dpm]));
    expect(dpm['g: lost sessions']! / dpm['g: covered failover']!).toBeCloseTo(5, 9);
  });
});

describe('a number the formula cannot give is not given', () => {
  it('two groups side by side on one host: the twin has it', () => {
    const down = mode(exponential(1000 * HOUR), itself(fixed(HOUR)));
    const single = group([mode(exponential(1000 * HOUR), REPLACEMENT)], {
      members: 1,
      flow: 'respawn',
      times: Object.fromEntries(['terminate', 'spawn', 'configure', 'sync'].map((id) => [id, fixed(60)])),
    });
    const both = scenario({
      control: { vim: control([down]) },
      groups: { a: single, b: single },
      services: {
        v: service({
          kind: 'any',
          inputs: [
            { kind: 'leaf', of: 'a' },
            { kind: 'leaf', of: 'b' },
          ],
        }),
      },
    });
    const found = exactSide(both)['v']!;
    expect(found).toMatchObject({ method: 'memoryless-twin', exact: false });
    expect(found.refused).toMatch(
      /no exact chain for a, b: .* law.*leaves out that vim takes several of them down at once/,
    );
    expect(found.unavailability).toBe(found.memorylessTwin!.unavailability);
  });
});
