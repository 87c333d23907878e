import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { cycleInterval } from '../../src/measures/cycles/interval.ts';
import { CYCLE } from '../../src/measures/cycles/measures.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { runCycles } from '../../src/simulate/cycles/run-cycles.ts';
import { readExample } from '../core/support/files.ts';
import { simulate } from '../core/support/histories.ts';
import { readValidation, validationAvailable } from './available.ts';

const SOURCE = 'models/EXPECTED.json';
/** Standard errors; exceeded by chance by one comparison in 700. */
const Z = 3.2;

interface Expected {
  readonly own: string;
  readonly own_steady_unavail: number;
}

const scenarioOf = (variant?: string): Scenario => readExample('rare/workstation-cluster', variant).scenario;

if (validationAvailable(SOURCE)) {
  const published = (
    JSON.parse(readValidation(SOURCE)) as {
      'qvbs-cluster': { 'published+reproduced': Record<string, Expected> };
    }
  )['qvbs-cluster']['published+reproduced'];
  const down = (size: string): readonly number[] => [
    published[size]!.own_steady_unavail,
    1 - Number(published[size]!.own),
  ];

  describe.each([
    ['2', undefined],
    ['4', 'four'],
    ['32', 'thirty-two'],
  ])('reference: workstation cluster simulated, N = %s', (size, variant) => {
    const model = compile(scenarioOf(variant));

    it.each(['a', 'b'])('cycles, minimum and premium service, seed %s', async (seed) => {
      for (const [service, truth] of down(size).entries()) {
        const options = { seed, confidence: 0.95, precision: 0.05, isOver: async () => false };
        const { totals, stop } = (await runCycles(model, service, options))!;
        const { value, lo, hi } = cycleInterval(totals, CYCLE.downtime, 0.95);
        expect(stop).toBe('precision');
        expect(Math.abs(value - truth) / ((hi - lo) / 2 / 1.96)).toBeLessThan(Z);
      }
    });
  });

  // Premium service is not rare here.
  it.each([
    ['32', 'thirty-two'],
    ['64', 'sixty-four'],
  ])('reference: workstation cluster by histories, N = %s', (size, variant) => {
    const histories = simulate(scenarioOf(variant), { seed: 'cluster', years: 10, histories: 100 });
    const { mean, error } = histories.unavailability(1);
    expect(Math.abs(mean - down(size)[1]!) / error).toBeLessThan(Z);
    expect(error / mean).toBeLessThan(0.05);
  });
} else {
  it('the published workstation clusters are absent here', () => {
    expect(validationAvailable(SOURCE)).toBe(false);
  });
}
