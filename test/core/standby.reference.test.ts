import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../src/model/scenario.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { inject } from '../../src/simulate/inject.ts';
import { solve } from './support/chain.ts';
import { simulate } from './support/histories.ts';

const read = (elements: string, structure: string, rest = ''): Scenario =>
  readScenario(
    `format: carriergrade/scenario/1\nname: spared\nelements: ${elements}\n${rest}services: { up: { structure: ${structure}, minOutageThreshold: 0 s } }\n`,
    { file: 'spared.yaml' },
  ).scenario;

const TEST = 'proofTests: { round: { interval: { exponential: 50 h }, elements: [pump, spare] } }\n';

describe('reference: standby redundancy (IEC 61078)', () => {
  const [a, m] = [1 / 200, 1 / 50];
  const units = (factor: number): string =>
    `{ pump: { failures: { stuck: { mtbf: 200 h, latent: true } } }, spare: { standby: { rateFactor: ${factor} }, failures: { stuck: { mtbf: 200 h, latent: true } } } }`;

  it('a cold spare, both renewed by a test at a constant rate m: (a / (a + m))²', () => {
    const of = read(units(0), '{ standby: [pump, spare] }', TEST);
    expect(solve(of).unavailability(0)).toBeCloseTo((a / (a + m)) ** 2, 12);
  });

  it('a hot spare is a parallel unit', () => {
    const of = read(units(1), '{ standby: [pump, spare] }', TEST);
    expect(solve(of).unavailability(0)).toBeCloseTo(1 - (2 * m) / (m + a) + m / (m + 2 * a), 12);
  });

  it('a warm spare rests at a part of its rate', () => {
    // Both up: a for the first, f·a for the spare; then the other one alone, at its full rate.
    const f = 0.3;
    const bothUp = m / (m + a + f * a);
    const down = (bothUp * (a + f * a) * a) / (m + a) / m;
    expect(solve(read(units(f), '{ standby: [pump, spare] }', TEST)).unavailability(0)).toBeCloseTo(down, 12);
  });

  it('two that share one cold spare: whoever fails first has it', () => {
    const shared =
      '{ pump: { count: 2, failures: { stuck: { mtbf: 200 h, latent: true } } }, spare: { standby: { rateFactor: 0 }, failures: { stuck: { mtbf: 200 h, latent: true } } } }';
    const of = read(shared, '{ all: [{ standby: [pump-1, spare] }, { standby: [pump-2, spare] }] }', TEST);
    // Two in use at any time: the second failure of any in use takes the service down.
    const second = ((2 * a) / (2 * a + m)) ** 2;
    expect(solve(of).unavailability(0)).toBeCloseTo(second, 12);
    const { mean, error } = simulate(of, { seed: 'spare', years: 20, histories: 40 }).unavailability();
    expect(Math.abs(mean - second) / error).toBeLessThan(3.5);
  });

  it('a spare that has been in use goes back, and to whoever waits for it', () => {
    const of = read(
      '{ pump: { count: 2, failures: { fault: { mtbf: 200 h, repair: 1 h } } }, spare: { standby: { rateFactor: 0 }, failures: { fault: { mtbf: 200 h, repair: 1 h } } } }',
      '{ all: [{ standby: [pump-1, spare] }, { standby: [pump-2, spare] }] }',
    );
    const trace = inject(of, 'd', [
      { at: 0, element: 'pump-1' },
      { at: 600, element: 'pump-2' },
    ]);
    // From the second fault until the first pump is back, and its spare serves the second.
    expect(trace.services['up']).toMatchObject({ outageSeconds: 3000, lostShare: 3000 });
  });
});

describe('errors: standby structures', () => {
  const problems = (elements: string, structure: string): readonly string[] => {
    try {
      read(elements, structure);
      return [];
    } catch (error) {
      return (error as { problems: readonly { path: string; code: string }[] }).problems.map(
        (one) => `${one.code} ${one.path}`,
      );
    }
  };
  const TWO =
    '{ pump: { count: 2, failures: { fault: { mtbf: 200 h } } }, idle: { standby: { rateFactor: 0 }, failures: { fault: { mtbf: 9 h } } } }';
  it.each([
    ['{ standby: [pump-1] }', 'bad-structure services.up.structure.standby'],
    ['{ standby: [pump, idle] }', 'bad-structure services.up.structure.standby[0]'],
    ['{ standby: [idle, pump] }', 'no-effect elements.idle.standby'],
    ['{ standby: [pump-1, idle], of: [pump] }', 'bad-structure services.up.structure.of'],
  ])('%s', (structure, problem) => {
    expect(problems(TWO, structure)).toContain(problem);
  });
});
