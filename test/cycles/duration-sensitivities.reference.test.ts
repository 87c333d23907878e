import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledModel } from '../../src/compile/model.ts';
import { hazardOf } from '../../src/measures/statistics/hazard.ts';
import { scaleScore } from '../../src/measures/statistics/scale-score.ts';
import { type Law, lognormalOfMean, mean, weibullOfMean } from '../../src/model/law.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { namedPhases } from '../../src/simulate/cycles/phase-classes.ts';
import type { ServiceCycles } from '../../src/simulate/cycles/service-cycles.ts';
import {
  any,
  element,
  exponential,
  fixed,
  HOUR,
  mode,
  policy,
  repair,
  scenario,
  service,
} from '../core/support/build.ts';
import { cyclesOf, type Estimated, estimated } from '../core/support/cycles.ts';
import { readExample } from '../core/support/files.ts';
import { exactElasticity, unitsAndSwitches } from './responses.ts';

/** The model with all exponential durations of one phase multiplied by a factor. */
function scaled(model: CompiledModel, phase: number, factor: number): CompiledModel {
  const { ofStep, ofSlot } = namedPhases(model);
  const { steps, groups, seats } = model;
  const laws: Law[] = [...model.laws];
  const longer = (law: number): number => {
    const own = model.laws[law]!;
    if (own.kind !== 'exponential') throw new Error('only exponential phases are scaled here');
    return laws.push(exponential(own.mean * factor)) - 1;
  };
  const law = steps.law.map((own, step) => (ofStep[step] === phase ? longer(own) : own));
  const detectorLaw = groups.detectorLaw.slice();
  for (let group = 0; group < groups.count; group++) {
    const slot = seats.detectorSlot[groups.seatStart[group]!]!;
    const first = groups.detectorStart[group]!;
    for (let i = first; i < groups.detectorStart[group + 1]!; i++)
      if (ofSlot[slot + i - first] === phase) detectorLaw[i] = longer(detectorLaw[i]!);
  }
  return { ...model, laws, steps: { ...steps, law }, groups: { ...groups, detectorLaw } };
}

const cyclesTo = (of: Scenario, precision: number, service = 0) =>
  cyclesOf(of, { seed: 'response', precision, service });

/** Response to the phase whose name begins so. */
function response(found: ServiceCycles, name: string): Estimated {
  const at = found.phases.findIndex((phase) => phase.name.startsWith(name));
  return estimated(found.scores.elasticity(found.scoredClasses + at, 0.95));
}

const units = (law: Law, count = 2, crews?: number): Scenario =>
  scenario({
    repair: { crew: policy(crews === undefined ? {} : { crews }) },
    elements: { unit: element([mode(exponential(1000 * HOUR), repair(law))], { count }) },
    services: { up: service(any('unit')) },
  });

describe('reference: responses to durations against differences of the exact chain', () => {
  const CASES: readonly (readonly [string, Scenario, number, number, number])[] = [
    ['two units and one crew', unitsAndSwitches, 0, 0.03, 0.5],
    ['switches that wait for the crew of the units', unitsAndSwitches, 1, 0.05, 0.5],
    ['an active-standby pair with its controller', readExample('pair-chain').scenario, 0, 0.02, 0.5],
    ['the telco pair', readExample('telco-pair').scenario, 0, 0.03, 0.2],
  ];
  it.each(CASES)(
    '%s',
    async (_name, of, index, precision, least) => {
      const model = compile(of);
      const found = await cyclesTo(of, precision, index);
      let largest = 0;
      found.phases.forEach(({ name, isKnown }, phase) => {
        const { value, error, told } = response(found, name);
        if (!isKnown || error === 0) return;
        const exact = exactElasticity(index, (factor) => scaled(model, phase, factor));
        expect(Math.abs(value - exact), `${name}: ${told}, exactly ${exact}`).toBeLessThan(4 * error + 1e-4);
        expect(error, name).toBeLessThan(0.1);
        largest = Math.max(largest, exact);
      });
      expect(largest).toBeGreaterThan(least);
    },
    120_000,
  );
});

describe('reference: responses to durations of any law', () => {
  // Independent units: U = Π τ/(τ + m), whatever the laws, and so Σ m/(τ + m).
  const LAWS: readonly (readonly [string, Law, number])[] = [
    ['lognormal, cv 1', lognormalOfMean(4 * HOUR, 1), 1],
    ['lognormal, cv 0.3', lognormalOfMean(4 * HOUR, 0.3), 1],
    ['Weibull of shape 2', weibullOfMean(4 * HOUR, 2), 1],
    ['gamma of shape 3', { kind: 'gamma', shape: 3, scale: (4 / 3) * HOUR }, 1],
    ['what exceeds an hour', { kind: 'shifted', offset: HOUR, law: lognormalOfMean(3 * HOUR, 1) }, 3 / 4],
  ];
  it.each(LAWS)('%s, two units with independent repair', async (_name, law, share) => {
    const found = await cyclesTo(units(law), 0.02);
    const { value, error, told } = response(found, 'unit-1:fault');
    const exact = (2 * share * 1000) / 1004;
    expect(error).toBeLessThan(0.1);
    expect(Math.abs(value - exact), `${told}, exactly ${exact}`).toBeLessThan(4 * error);
  });

  it('of a repair by one crew: the difference of the formula (methods 3.4)', async () => {
    // P(no failure of the other within the repair), of a gamma law of shape 2 and mean τ.
    const down = (hours: number): number => {
      const none = (1 + hours / 2 / 1000) ** -2;
      return ((hours - 1000 * (1 - none)) / none / (500 + hours / none)) as number;
    };
    const found = await cyclesTo(units({ kind: 'gamma', shape: 2, scale: 2 * HOUR }, 2, 1), 0.02);
    const { value, error, told } = response(found, 'unit-1:fault');
    const exact = Math.log(down(4 * 1.001) / down(4 / 1.001)) / (2 * Math.log(1.001));
    expect(error).toBeLessThan(0.06);
    expect(Math.abs(value - exact), `${told}, exactly ${exact}`).toBeLessThan(4 * error);
  });

  it('of times that begin or end at a fixed age nothing is known, and that is said', async () => {
    for (const law of [fixed(4 * HOUR), { kind: 'uniform', low: HOUR, high: 7 * HOUR } as const]) {
      const found = await cyclesTo(units(law), 0.2);
      expect(found.phases).toEqual([{ name: 'unit-1:fault or alike (2) repair', isKnown: false }]);
    }
  });
});

describe('law: scores of a scale', () => {
  const laws = fc.oneof(
    fc.double({ min: 0.1, max: 100, noNaN: true }).map(exponential),
    fc
      .tuple(fc.double({ min: 1, max: 50, noNaN: true }), fc.double({ min: 0.6, max: 4, noNaN: true }))
      .map(([m, k]) => weibullOfMean(m, k)),
    fc
      .tuple(fc.double({ min: 0.6, max: 6, noNaN: true }), fc.double({ min: 0.5, max: 20, noNaN: true }))
      .map(([shape, scale]): Law => ({ kind: 'gamma', shape, scale })),
    fc
      .tuple(fc.double({ min: 1, max: 50, noNaN: true }), fc.double({ min: 0.2, max: 3, noNaN: true }))
      .map(([m, cv]) => lognormalOfMean(m, cv)),
  );

  it('are derivatives of the logarithms of density and tail', () => {
    fc.assert(
      fc.property(laws, fc.double({ min: 0.1, max: 3, noNaN: true }), (law, times) => {
        const { rate, gathered } = hazardOf(law)!;
        const score = scaleScore(law)!;
        const time = times * mean(law);
        const e = 1e-4;
        // Of θ = 1 ± e: f(t; θ) = f(t/θ)/θ, P(T > t; θ) = P(T > t/θ).
        const tail = (theta: number): number => -gathered(time / theta);
        const density = (theta: number): number => tail(theta) + Math.log(rate(time / theta)) - Math.log(theta);
        const slope = (of: (theta: number) => number): number => (of(1 + e) - of(1 - e)) / (2 * e);
        expect(score.cut(time)).toBeCloseTo(slope(tail), 4);
        expect(score.ended(time)).toBeCloseTo(slope(density), 4);
      }),
      { seed: 20_261_121, numRuns: 200 },
    );
  });
});
