import { describe, expect, it } from 'vitest';
import { analyseScenario } from '../../src/analytic/scenario/exact-side.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { inject } from '../../src/simulate/inject.ts';
import { serviceStateSpace } from '../../src/simulate/state-space.ts';
import { solve } from './support/chain.ts';
import { simulate } from './support/histories.ts';

/** A scenario of `elements` (YAML) with proof tests. */
const read = (elements: string, tests: string, structure: string, rest = ''): Scenario =>
  readScenario(
    `format: carriergrade/scenario/1\nname: tested\nelements: ${elements}\nproofTests: ${tests}\nservices: { up: { structure: ${structure}, minOutageThreshold: 0 s } }\n${rest}`,
    { file: 'tested.yaml' },
  ).scenario;

/** Share of time down of one unit: 1 − E[up time in an interval] / E[interval], by a sum over the survival of the interval. */
function untested(life: (t: number) => number, survives: (t: number) => number, until: number): number {
  let down = 0;
  let all = 0;
  const steps = 200_000;
  for (let i = 0; i < steps; i++) {
    const t = ((i + 0.5) * until) / steps;
    down += survives(t) * life(t);
    all += survives(t);
  }
  return down / all;
}

const LAMBDA = 1 / 200;
const failed = (t: number): number => -Math.expm1(-LAMBDA * t);
const erlang = (rate: number, t: number): number => 1 - Math.exp(-rate * t) * (1 + rate * t);

describe('reference: latent faults and proof tests (IEC 61508-6, annex B)', () => {
  const HISTORIES = { seed: 'proof', years: 20, histories: 40 };
  const cases: readonly (readonly [string, string, (t: number) => number, number])[] = [
    ['constant', '100 h', (t) => (t < 100 ? 1 : 0), 100],
    ['exponential', '{ exponential: 50 h }', (t) => Math.exp(-t / 50), 2000],
    ['Erlang of 2 stages', '{ erlang: { k: 2, mean: 50 h } }', (t) => 1 - erlang(2 / 50, t), 1000],
  ];
  it.each(cases)('one unit that fails at a constant rate, interval %s', (_, interval, survives, until) => {
    const of = read(
      '{ valve: { failures: { stuck: { mtbf: 200 h, latent: true } } } }',
      `{ round: { interval: ${interval}, elements: [valve] } }`,
      'valve',
    );
    const { mean: value, error } = simulate(of, HISTORIES).unavailability();
    const exact = untested(failed, survives, until);
    expect(error / exact).toBeLessThan(0.02);
    expect(Math.abs(value - exact) / error).toBeLessThan(3.5);
  });

  it('constant interval: (1 − e^{−λT})/(λT) of the time up', () => {
    const exact = untested(failed, (t) => (t < 100 ? 1 : 0), 100);
    expect(exact).toBeCloseTo(1 - -Math.expm1(-LAMBDA * 100) / (LAMBDA * 100), 9);
  });

  it.each([
    ['all', erlang],
    // With faults alone renewed a unit goes on ageing: far more are down.
    ['failed', undefined],
  ] as const)('two units that age, renews: %s', (renews, law) => {
    const of = read(
      '{ pump: { count: 2, failures: { worn: { law: { erlang: { k: 2, mean: 400 h } }, latent: true } } } }',
      `{ round: { interval: { erlang: { k: 2, mean: 50 h } }, elements: [pump], renews: ${renews} } }`,
      '{ any: [pump] }',
    );
    const { mean: value, error } = simulate(of, HISTORIES).unavailability();
    const together = untested(
      (t) => erlang(1 / 200, t) ** 2,
      (t) => 1 - erlang(2 / 50, t),
      1000,
    );
    if (law !== undefined) expect(Math.abs(value - together) / error).toBeLessThan(3.5);
    else expect((value - together) / error).toBeGreaterThan(20);
  });

  it('the pair has 1/3 of (λT)², not 1/4: its units are found down at the same instants', () => {
    const units = '{ valve: { count: 2, failures: { stuck: { mtbf: 200 h, latent: true } } } }';
    const exact = solve(
      read(units, '{ round: { interval: { exponential: 50 h }, elements: [valve] } }', '{ any: [valve] }'),
    );
    expect(exact.unavailability(0)).toBeCloseTo(1 - 2 * 0.8 + 0.02 / 0.03, 12);
  });

  it('two tests of the same element: whichever comes first', () => {
    const units = '{ valve: { failures: { stuck: { mtbf: 200 h, latent: true } } } }';
    const of = read(
      units,
      '{ round: { interval: { exponential: 100 h }, elements: [valve] }, look: { interval: { exponential: 100 h }, elements: [valve] } }',
      'valve',
    );
    expect(solve(of).unavailability(0)).toBeCloseTo(LAMBDA / (LAMBDA + 1 / 50), 12);
  });

  it('a repair after the test: latent, then under repair by one crew', () => {
    const of = read(
      '{ valve: { count: 2, failures: { stuck: { mtbf: 200 h, latent: true, repair: { exponential: 10 h }, policy: crew } } } }',
      '{ round: { interval: { exponential: 50 h }, elements: [valve] } }',
      '{ any: [valve] }',
      'repair: { crew: { crews: 1, discipline: element-order } }\n',
    );
    const exact = solve(of).unavailability(0);
    const { mean: value, error } = simulate(of, HISTORIES).unavailability();
    expect(exact).toBeGreaterThan(0.0667);
    expect(Math.abs(value - exact) / error).toBeLessThan(3.5);
  });

  it('the exact side solves what is exponential, and says why it does not solve the rest', () => {
    const units = '{ valve: { count: 2, failures: { stuck: { mtbf: 200 h, latent: true } } } }';
    const sideOf = (interval: string, structure: string) =>
      analyseScenario(
        read(units, `{ round: { interval: ${interval}, elements: [valve-1, valve-2] } }`, structure),
        ['conditional'],
        serviceStateSpace,
        {
          mostStates: 1000,
          thorough: true,
        },
      ).conditional['up']!;
    expect(sideOf('{ exponential: 50 h }', '{ any: [valve] }')).toMatchObject({ method: 'chain', exact: true });
    const constant = sideOf('50 h', '{ any: [valve] }');
    expect(constant).toMatchObject({ method: 'first-order', exact: false });
    expect(constant.refused).toContain('round (failure test) has a deterministic law');
  });
});

describe('a proof test in a script', () => {
  const of = read(
    '{ valve: { failures: { stuck: { mtbf: 200 h, latent: true, repair: 30 min } } } }',
    '{ round: { interval: 50 h, elements: [valve] } }',
    'valve',
  );
  it('finds the fault, which is repaired from then on', () => {
    const trace = inject(of, 'd', [
      { at: 0, element: 'valve' },
      { at: 7200, element: 'round' },
    ]);
    expect(trace.marks).toMatchObject({ failed: 0, detected: 7200, repaired: 9000 });
    expect(trace.services['up']!.outageSeconds).toBe(9000);
  });

  it('comes at its worst where the script does not say when: a whole interval after the fault', () => {
    const trace = inject(of, 'd', [{ at: 0, element: 'valve' }]);
    expect(trace.marks.detected).toBe(50 * 3600);
  });
});
