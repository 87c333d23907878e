import { describe, expect, it } from 'vitest';
import type { Shock, ShockMode, Strike } from '../../src/model/scenario.ts';
import * as b from './support/build.ts';
import { solve } from './support/chain.ts';
import { expectAgreement, simulate } from './support/histories.ts';
import { diary, losses, play, steps } from './support/script.ts';

const all = (...victims: readonly string[]): Strike => ({ victims, hits: 'all', probability: 1 });

function shock(strikes: readonly Strike[], rest: Partial<ShockMode> = {}): Shock {
  const mode: ShockMode = {
    id: 'event',
    timeToFailure: b.NEVER,
    cause: 'procedural',
    bucket: 'OPER',
    party: 'OPER',
    restore: b.itself(b.fixed(100)),
    strikes,
    ...rest,
  };
  return { modes: [mode] };
}

const still = b.mode(b.NEVER, b.itself(b.fixed(10)));

describe('a shock', () => {
  const two = b.scenario({
    elements: { a: b.element([still]), c: b.element([still]) },
    services: { pair: b.service(b.any('a', 'c')), series: b.service(b.all('a', 'c')) },
    shocks: { flood: shock([all('a', 'c')]), own: shock([all('a', 'c')], { restore: { by: 'own' } }) },
  });

  it('strikes all its victims at one instant, and is over at once itself', () => {
    const trace = play(two, { at: 0, element: 'flood' });
    expect(losses(trace, 'pair')).toEqual([
      [0, 1],
      [100, 0],
    ]);
    expect(steps(trace, 'event', 'fail').map(([t, entity]) => [t, entity])).toEqual([
      [0, 'flood'],
      [0, 'a'],
      [0, 'c'],
    ]);
  });

  it('whose victims come back in their own way', () => {
    expect(losses(play(two, { at: 0, element: 'own' }), 'pair')).toEqual([
      [0, 1],
      [10, 0],
    ]);
  });

  it('leaves alone what is down already: that comes back by its own repair', () => {
    const trace = play(two, { at: -5, element: 'a' }, { at: 0, element: 'flood' });
    expect(losses(trace, 'pair')).toEqual([
      [0, 1],
      [5, 0],
    ]);
    expect(losses(trace, 'series')).toEqual([
      [-5, 1],
      [100, 0],
    ]);
  });

  it('leaves alone a cold standby, which does not run', () => {
    const pair = b.group([still], { standby: { kind: 'cold', rateFactor: 1 } });
    const scenario = b.scenario({
      flows: { flow: b.plainFlow(b.fixed(1), b.fixed(10)) },
      groups: { pair },
      services: { voice: b.service('pair') },
      shocks: { crash: shock([all('pair/1', 'pair/2')]) },
    });
    const trace = play(scenario, { at: 0, element: 'crash' });
    expect(steps(trace, 'member-failed').map(([, entity]) => entity)).toEqual(['pair/1']);
  });

  it('that destroys instances has them replaced', () => {
    const scenario = b.scenario({
      flows: { flow: b.plainFlow(b.fixed(1), b.fixed(10)) },
      groups: { pair: b.group([b.mode(b.NEVER, b.REPLACEMENT)]) },
      services: { voice: b.service('pair') },
      shocks: { wipe: shock([all('pair/1', 'pair/2')], { restore: b.REPLACEMENT }) },
    });
    expect(losses(play(scenario, { at: 0, element: 'wipe' }), 'voice')).toEqual([
      [0, 1],
      [10, 0],
    ]);
  });

  it('with a chance strikes each victim with it; one of several, each as likely', () => {
    const names = ['a', 'c', 'd', 'e'];
    const often = { timeToFailure: b.exponential(b.HOUR), restore: b.itself(b.fixed(1)) };
    const scenario = b.scenario({
      elements: Object.fromEntries(names.map((name) => [name, b.element([])])),
      services: { v: b.service('a') },
      shocks: {
        some: shock([{ victims: ['a', 'c'], hits: 'all', probability: 0.25 }], often),
        one: shock([{ victims: ['a', 'c', 'd', 'e'], hits: 'one', probability: 0.5 }], often),
      },
    });
    const { totals } = simulate(scenario, { seed: 'chance', years: 1, histories: 4 });
    const failures = [...totals.elementFailures];
    const hours = 4 * 8760;
    // a and c: 0.25 + 0.125 an hour; d and e: 0.125; the shocks themselves once an hour.
    [0.375, 0.375, 0.125, 0.125, 1, 1].forEach((rate, i) => {
      expect(Math.abs(failures[i]! - rate * hours) / Math.sqrt(rate * hours)).toBeLessThan(3.7);
    });
  });

  it('is the root of all downtime it causes, as one fault', () => {
    const scenario = b.scenario({
      elements: { a: b.element([still]), c: b.element([still]) },
      services: { series: b.service(b.all('a', 'c')) },
      shocks: { flood: shock([all('a', 'c')], { timeToFailure: b.fixed(1000) }) },
    });
    const model = simulate(scenario, { seed: 'root', years: 0.01, histories: 1 });
    const strikes = Math.floor((0.01 * b.YEAR) / 1000);
    expect(model.totals.elementFailures[2]).toBe(strikes);
    // Victims of the same instant share the second.
    expect(sum(model.totals.attribution.values()) / 1e6).toBeCloseTo(100 * strikes, -3);
  });
});

it('law: another victim shifts nothing: shocks and all other elements have the same histories', () => {
  const often = { timeToFailure: b.exponential(b.HOUR), restore: b.itself(b.exponential(60)) };
  const failing = b.mode(b.exponential(5 * b.HOUR), b.itself(b.exponential(600)));
  const failures = (victims: readonly string[]): readonly number[] => {
    const scenario = b.scenario({
      elements: Object.fromEntries(['a', 'c', 'd'].map((name) => [name, b.element([failing])])),
      services: { v: b.service('a') },
      shocks: { some: shock([{ victims, hits: 'all', probability: 0.5 }], often) },
    });
    return [...simulate(scenario, { seed: 'same', years: 0.1, histories: 3 }).totals.elementFailures];
  };
  const [a, , d, some] = failures(['a', 'c']);
  const [sameA, , , sameSome] = failures(['a', 'c', 'd']);
  expect([sameA, sameSome]).toEqual([a, some]);
  expect(d).toBeGreaterThan(0);
});

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

describe('reference: two units with a common cause as a chain by hand', () => {
  /** Own rate λ, common rate κ, each repaired at rate μ by itself: states 0, 1 and 2 down. */
  const lambda = 1 / 50;
  const kappa = 1 / 400;
  const mu = 1 / 2;
  const one = (2 * lambda * 2 * mu + kappa * 2 * mu) / (mu * 2 * mu);
  const both = (one * (lambda + kappa) + kappa) / (2 * mu);
  const exact = both / (1 + one + both);
  const hour = (rate: number) => b.exponential(b.HOUR / rate);
  const scenario = b.scenario({
    elements: { unit: b.element([b.mode(hour(lambda), b.itself(hour(mu)))], { count: 2 }) },
    services: { pair: b.service(b.any('unit')) },
    shocks: { common: shock([all('unit-1', 'unit-2')], { timeToFailure: hour(kappa), restore: b.itself(hour(mu)) }) },
  });

  it('the chain generator finds the same', () => {
    // 2 → 1 at 2μ, 1 → 0 at μ: the balance of 0 and of 2 above.
    expect(solve(scenario).unavailability(0) / exact).toBeCloseTo(1, 12);
  });

  it('and histories agree', () => {
    expectAgreement(simulate(scenario, { seed: 'pair', years: 4, histories: 60 }).unavailability(), exact, 0.02);
  });
});

describe('inner structure (B-55)', () => {
  const psu = { count: 2, failures: [b.mode(b.NEVER, b.itself(b.fixed(60)))], on: [] };
  const fan = { count: 1, failures: [b.mode(b.NEVER, b.itself(b.fixed(30)))], on: [] };
  const box = b.element([still], {
    internal: { parts: { psu, fan }, needs: { kind: 'all', inputs: [b.any('psu'), b.leaf('fan')] } },
  });
  const scenario = b.scenario({
    elements: { box, guest: b.element([b.mode(b.NEVER, b.itself(b.fixed(5)))], { on: 'box' }) },
    services: { voice: b.service('guest') },
  });

  it('1+1 supplies: the element goes down with the second, and with it what it hosts', () => {
    const trace = play(scenario, { at: 0, element: 'box/psu-1' }, { at: 20, element: 'box/psu-2' });
    expect(losses(trace, 'voice')).toEqual([
      [20, 1],
      [60, 0],
    ]);
  });

  it('a part in series takes the element down alone', () => {
    expect(losses(play(scenario, { at: 0, element: 'box/fan' }), 'voice')).toEqual([
      [0, 1],
      [30, 0],
    ]);
  });

  it('the parts are to blame: first one, then the one that still keeps the element down', () => {
    const modes = (period: number, down: number) => [b.mode(b.fixed(period), b.itself(b.fixed(down)))];
    const timed = b.scenario({
      elements: {
        box: b.element([], {
          internal: {
            parts: {
              early: { count: 1, failures: modes(1000, 100), on: [] },
              late: { count: 1, failures: modes(1050, 200), on: [] },
            },
            needs: b.all('early', 'late'),
          },
        }),
        guest: b.element([], { on: 'box' }),
      },
      services: { voice: b.service('guest') },
    });
    const until = 1.9e3 / b.YEAR;
    const { totals } = simulate(timed, { seed: 'x', years: until, histories: 1 });
    // 1000 … 1100 early, 1100 … 1250 late.
    expect([...totals.attribution.values()].map((micros) => micros / 1e6)).toEqual([100, 150]);
  });

  it('a repair waits for the inner structure as for a host', () => {
    expect(
      diary(
        b.scenario({
          elements: {
            box: b.element([b.mode(b.fixed(10), b.itself(b.fixed(10)))], {
              internal: {
                parts: { psu: { count: 1, failures: [b.mode(b.fixed(15), b.itself(b.fixed(100)))], on: [] } },
                needs: b.leaf('psu'),
              },
            }),
          },
          services: { voice: b.service('box') },
        }),
        130,
      ),
    ).toEqual([
      '10 fails box',
      '10 down box',
      '10 repair started box',
      '15 fails box/psu',
      '15 down box/psu',

      '15 repair interrupted box',
      '15 repair waiting box',
      '15 repair started box/psu',
      '115 repair done box/psu',
      '115 up box/psu',
      '115 repair started box',
      '125 repair done box',
      '125 up box',
    ]);
  });
});

it('crews of two policies: who waits for one is not taken for somebody who waits for the other', () => {
  const failing = (at: number, policy: string) => b.mode(b.fixed(at), b.repair(b.fixed(100), policy), { id: policy });
  const scenario = b.scenario({
    elements: {
      // Each waits for one kind of crew, and could wait for the other.
      a: b.element([failing(10, 'red'), b.mode(b.NEVER, b.repair(b.fixed(1), 'blue'), { id: 'rare' })]),
      c: b.element([failing(11, 'red'), b.mode(b.NEVER, b.repair(b.fixed(1), 'blue'), { id: 'rare' })]),
      d: b.element([failing(9, 'blue'), b.mode(b.NEVER, b.repair(b.fixed(1), 'red'), { id: 'rare' })]),
      e: b.element([failing(13, 'blue'), b.mode(b.NEVER, b.repair(b.fixed(1), 'red'), { id: 'rare' })]),
    },
    services: { v: b.service('a') },
    repair: { red: b.policy({ crews: 1 }), blue: b.policy({ crews: 1 }) },
  });
  const up = diary(scenario, 212).filter((line) => line.includes(' up '));
  expect(up).toEqual(['109 up d', '110 up a', '209 up e', '210 up c']);
});
