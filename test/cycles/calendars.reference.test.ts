import { describe, expect, it } from 'vitest';
import type { ElementSpec, Scenario } from '../../src/model/scenario.ts';
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
import { cyclesOf, deviation } from '../core/support/cycles.ts';

const WEEK = 168 * HOUR;
const SEEDS = ['a', 'b'];

async function expectAgreement(of: Scenario, exact: number): Promise<void> {
  const all = await Promise.all(
    SEEDS.map(async (seed) => deviation(await cyclesOf(of, { seed, precision: 0.02 }), exact)),
  );
  for (const one of all) expect(Math.abs(one)).toBeLessThan(3.5);
  expect(Math.abs(all.reduce((sum, one) => sum + one, 0)) / Math.sqrt(all.length)).toBeLessThan(3);
}

/**
 * What has failed by the end of a week is put right then, in no time: every week begins as new. So incidents begin early in a
 * week rather than late, the more so the more failures there are to be expected in one.
 */
describe('reference: repairs once a week', () => {
  const policies = { weekly: policy({ batch: WEEK }), crew: policy({}) };
  const weekly = (perWeek: number, count = 1): ElementSpec =>
    element([mode(exponential(WEEK / perWeek), repair(fixed(0), 'weekly'))], { count });
  const up = { up: service(any('unit')) };
  /** Mean over the week of the chance to have failed since it began, and of its square. */
  const down = (perWeek: number): number => 1 + Math.expm1(-perWeek) / perWeek;
  const bothDown = (perWeek: number): number => 2 * down(perWeek) - down(2 * perWeek);

  it('two units that fail once in five weeks', async () => {
    const pair = scenario({ repair: policies, elements: { unit: weekly(0.2, 2) }, services: up });
    await expectAgreement(pair, bothDown(0.2));
  });

  it('a unit that fails once in two weeks, and one that fails three times a week and is repaired at once', async () => {
    const [a, b] = [0.5, 3];
    const other = element([mode(exponential(WEEK / b), repair(exponential(HOUR)))]);
    const services = { up: service(any('unit', 'other')) };
    const mixed = scenario({ repair: policies, elements: { unit: weekly(a), other }, services });
    await expectAgreement(mixed, (down(a) * HOUR) / (HOUR + WEEK / b));
  });
});
