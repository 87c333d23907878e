import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { renewalOf } from '../../src/simulate/cycles/roots/renewal-roots.ts';
import { solve } from '../core/support/chain.ts';
import { cyclesOf, deviation } from '../core/support/cycles.ts';

const Z = 3.29;

const read = (elements: string, tests: string, structure: string, rest = ''): Scenario =>
  readScenario(
    `format: carriergrade/scenario/1\nname: tested\nelements: ${elements}\nproofTests: ${tests}\n${rest}services: { up: { structure: ${structure}, minOutageThreshold: 0 s } }\n`,
    { file: 'tested.yaml' },
  ).scenario;

async function distance(of: Scenario, exact: number): Promise<number> {
  const cycles = await cyclesOf(of, { seed: 'tests' });
  expect(cycles.stop).toBe('precision');
  return Math.abs(deviation(cycles, exact));
}

const PAIR = '{ valve: { count: 2, failures: { stuck: { mtbf: 20000 h, latent: true } } } }';
const L = 1 / 20_000;
/** Chance that both of a pair are down at an age uniform in [0, T]. */
const constant = (T: number): number => {
  const x = L * T;
  return 1 - (2 * -Math.expm1(-x)) / x - Math.expm1(-2 * x) / (2 * x);
};

describe('reference: rare outages between proof tests, by cycles', () => {
  it.each([
    // 1 − 2(1 − e^{−x})/x + (1 − e^{−2x})/2x, x = λT: (λT)²/3.
    ['constant', '100 h', constant(100)],
    ['exponential', '{ exponential: 50 h }', 1 - (2 * 0.02) / (0.02 + L) + 0.02 / (0.02 + 2 * L)],
  ])('a pair, %s interval', async (_, interval, exact) => {
    const of = read(PAIR, `{ round: { interval: ${interval}, elements: [valve] } }`, '{ any: [valve] }');
    expect(renewalOf(compile(of))).toBeDefined();
    expect(await distance(of, exact)).toBeLessThan(Z);
  });

  it('what is repaired after the test, and by itself, is no cycle of tests: incidents of a natural history', async () => {
    const of = read(
      '{ valve: { failures: { stuck: { mtbf: 2000 h, latent: true, repair: { exponential: 10 h } } } }, pump: { failures: { fault: { mtbf: 1000 h, repair: { exponential: 8 h } } } } }',
      '{ round: { interval: { exponential: 50 h }, elements: [valve] } }',
      '{ any: [valve, pump] }',
    );
    expect(renewalOf(compile(of))).toBeUndefined();
    expect(await distance(of, solve(of).unavailability(0))).toBeLessThan(Z);
  });

  it('two tests, of one element each, whose instants differ', async () => {
    const of = read(
      PAIR.replace('20000 h', '2000 h'),
      '{ odd: { interval: { exponential: 50 h }, elements: [valve-1] }, even: { interval: { exponential: 50 h }, elements: [valve-2] } }',
      '{ any: [valve] }',
    );
    expect(renewalOf(compile(of))).toBeUndefined();
    expect(await distance(of, (1 / 41) ** 2)).toBeLessThan(Z);
  });

  it('a cold spare', async () => {
    const of = read(
      '{ pump: { failures: { worn: { mtbf: 20000 h, latent: true } } }, spare: { standby: { rateFactor: 0 }, failures: { worn: { mtbf: 20000 h, latent: true } } } }',
      '{ round: { interval: { exponential: 50 h }, elements: [pump, spare] } }',
      '{ standby: [pump, spare] }',
    );
    expect(await distance(of, (L / (L + 0.02)) ** 2)).toBeLessThan(Z);
  });
});
