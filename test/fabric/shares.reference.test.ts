import { describe, expect, test } from 'vitest';
import { analyse, inject, simulate } from '../../src/index.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { expectInside, withConfidence } from '../core/support/estimates.ts';

/** Units of 999 h up, 1 h down: each is missing one thousandth of the time. */
const loaded = readScenario(`format: carriergrade/scenario/1
elements:
  unit: { count: 40, failures: { fault: { mtbf: 999 h, repair: { exponential: 1 h } } } }
  shared: { failures: { fault: { mtbf: 999 h, repair: { exponential: 1 h } } } }
services:
  spread: { structure: { share: [unit] } }
  some: { structure: { share: [unit], fraction: 30 % } }
  common: { structure: { share: [{ all: [unit-1, shared] }, { any: [unit-2, shared] }, shared] } }
  two: { structure: { all: [{ share: [unit] }, shared] } }
`);

describe('reference: a load spread over parts loses the mean of what they lose', () => {
  const { services } = analyse(loaded);
  const u = 1e-3;
  test.each([
    ['spread', u],
    ['some', 0.3 * u],
    // Shared parts count in each: the expectation is linear.
    ['common', (1 - (1 - u) ** 2 + u ** 2 + u) / 3],
  ])('%s, exactly', (id, expected) => {
    expect(services[id]!.conditional).toMatchObject({ method: 'structure' });
    expect(services[id]!.conditional.unavailability).toBeCloseTo(expected, 12);
  });

  test('and simulated', async () => {
    const run = await simulate(withConfidence(loaded), { years: 50, histories: 20, seed: 'shares' });
    expectInside(run.services['spread']!.unavailability, u, 0.05);
    expectInside(run.services['some']!.unavailability, 0.3 * u, 0.05);
    expectInside(run.services['common']!.unavailability, (1 - (1 - u) ** 2 + u ** 2 + u) / 3, 0.2);
    expectInside(run.services['two']!.unavailability, 1 - (1 - u) ** 2, 0.2);
  });

  test('a share and something else is refused, with the reason', () => {
    expect(services['two']!.conditional.refused).toMatch(/all or nothing/);
  });
});

describe('reference: weights, spare capacity and fractions', () => {
  const shares = (structure: string, lost: number): number => {
    const cloud = readScenario(`format: carriergrade/scenario/1
elements: { unit: { count: 5, failures: { fault: { mtbf: 999 h } } }, big: { failures: { fault: { mtbf: 999 h } } } }
services: { s: { structure: ${structure}, users: 1 } }
`);
    const script = Array.from({ length: lost }, (_, i) => ({ at: 0, element: `unit-${i + 1}`, until: 10 }));
    return inject(cloud, script).services['s']!.lostShare / 10;
  };

  test.each([
    ['{ share: [unit] }', 1, 1 / 5],
    ['{ share: [unit], required: 4 }', 1, 0],
    ['{ share: [unit], required: 4 }', 2, 1 / 4],
    ['{ share: [unit], fraction: 30 % }', 2, 0.3 * (2 / 5)],
    ['{ share: [unit, big], weights: [1, 5] }', 5, 1 / 2],
    ['{ share: [unit, big], weights: [1, 5], required: 8, fraction: 50 % }', 5, 0.5 * (3 / 8)],
    ['{ share: [unit], required: 4 }', 5, 1],
  ])('%s without %i units', (structure, lost, loss) => {
    expect(shares(structure, lost)).toBeCloseTo(loss, 9);
  });
});
