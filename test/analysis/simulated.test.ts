import { describe, expect, it } from 'vitest';
import type { Group, Scenario, StructureSpec } from '../../src/model/scenario.ts';
import {
  atLeast,
  control,
  element,
  exponential,
  flow,
  group,
  HOUR,
  itself,
  mode,
  REPLACEMENT,
  scenario,
  service,
  step,
} from '../core/support/build.ts';
import { expectAgreement, simulate } from '../core/support/histories.ts';
import { exactSide, exponentialPair, PAIR_FLOW } from './support/exact-side.ts';

const fault = (hours: number) => mode(exponential(hours * HOUR), itself(exponential(HOUR)));
const PLAN = { seed: 'composed', years: 5, histories: 40 };

describe('histories agree with what parts say together', () => {
  it('six pairs and two of three elements in series', () => {
    const groups = Object.fromEntries([20, 30, 40, 50, 60, 70].map((hours, i) => [`g${i}`, exponentialPair(hours)]));
    const leaves = Object.keys(groups).map((of): StructureSpec => ({ kind: 'leaf', of }));
    const six = scenario({
      elements: { unit: element([fault(20)], { count: 3 }) },
      groups,
      flows: PAIR_FLOW,
      services: { v: service({ kind: 'all', inputs: [...leaves, atLeast(2, 'unit')] }) },
    });
    const found = exactSide(six)['v']!;
    expect(found).toMatchObject({ method: 'groups-by-chains', exact: true });
    const histories = simulate(six, PLAN);
    expectAgreement(histories.unavailability(), found.unavailability!, 0.01);
    expectAgreement(histories.frequency(), found.frequencyPerYear! / 8760, 0.01);
  });

  it('and lie within the bounds of parts that were solved one by one', () => {
    const asking = flow(
      [step('switch', exponential(60), { needs: ['mano'], effects: ['promote', 'connect'] })],
      [step('rebuild', exponential(1800), { effects: ['instantiate', 'available', 'sync'], phase: 'recovery' })],
    );
    const pair = (hours: number): Group => group([mode(exponential(hours * HOUR), REPLACEMENT)]);
    const groups = Object.fromEntries([30, 40, 50, 60].map((hours, i) => [`g${i}`, pair(hours)]));
    const sharing: Scenario = scenario({
      control: { mano: control([fault(30)]) },
      groups,
      flows: { flow: asking },
      services: { v: service({ kind: 'all', inputs: Object.keys(groups).map((of) => ({ kind: 'leaf', of })) }) },
    });
    const found = exactSide(sharing, { mostStates: 150 })['v']!;
    expect(found).toMatchObject({ method: 'groups-by-chains', exact: false, shared: ['mano'] });
    const { mean, error } = simulate(sharing, PLAN).unavailability();
    expect(mean).toBeGreaterThan(found.lo! - 3.7 * error);
    expect(mean).toBeLessThan(found.hi! + 3.7 * error);
    expect(found.hi! / found.lo!).toBeLessThan(1.5);
  });
});
