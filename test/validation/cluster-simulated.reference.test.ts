import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { cyclesOf, deviation } from '../core/support/cycles.ts';
import { readExample } from '../core/support/files.ts';
import { simulate } from '../core/support/histories.ts';
import { readValidation, validationAvailable } from './available.ts';

const SOURCE = 'models/EXPECTED.json';
/** Standard errors; exceeded by chance by one comparison in 700. */
const Z = 3.2;
/** The farthest of twelve; exceeded by chance in one suite of 1 300. */
const FARTHEST = 4;
const SEEDS = ['a', 'b'] as const;
/** Runs of two that may be told not to be trusted, which one of twenty is. */
const MOST_DOUBTED = 1;

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

    it.each([
      ['minimum', 0],
      ['premium', 1],
    ])('cycles, %s service', async (_name, service) => {
      const truth = down(size)[service]!;
      const distances: number[] = [];
      for (const seed of SEEDS) {
        const cycles = await cyclesOf(model, { service, seed });
        if (cycles.stop === 'precision') distances.push(deviation(cycles, truth));
      }
      expect(SEEDS.length - distances.length).toBeLessThanOrEqual(MOST_DOUBTED);
      for (const distance of distances) expect(Math.abs(distance)).toBeLessThan(FARTHEST);
      const sum = distances.reduce((all, one) => all + one, 0);
      expect(Math.abs(sum) / Math.sqrt(distances.length)).toBeLessThan(Z);
    });
  });

  // Premium service is not rare here.
  it('reference: workstation cluster by histories, N = 64', () => {
    const histories = simulate(scenarioOf('sixty-four'), { seed: 'cluster', years: 10, histories: 70 });
    const { mean, error } = histories.unavailability(1);
    expect(Math.abs(mean - down('64')[1]!) / error).toBeLessThan(Z);
    expect(error / mean).toBeLessThan(0.05);
  });
} else {
  it('the published workstation clusters are absent here', () => {
    expect(validationAvailable(SOURCE)).toBe(false);
  });
}
