import { describe, expect, it } from 'vitest';
import { namedChain } from '../../src/analytic/chain/named.ts';
import { activeStandbyChain } from '../../src/analytic/chain/schemes/active-standby.ts';
import { solveChain } from '../../src/analytic/chain/solve.ts';
import { formatProblem, InputError } from '../../src/model/problem.ts';
import { readChain } from '../../src/scenario/chain/read-chain.ts';

const PAIR = `
format: carriergrade/chain/1
title: Pair with imperfect coverage
states: [both, switching, lost, one, none]
start: both
transitions:
  - {from: both, to: switching, rate: 4 / year, probability: 99 %}
  - {from: both, to: lost, rate: 4 / year, probability: 1 %}
  - {from: switching, to: one, mean: 1.2 s}
  - {from: lost, to: one, mean: 1 h}
  - {from: one, to: both, mean: 4 h}
  - {from: one, to: none, rate: 4 / year}
  - {from: none, to: one, mean: 4 h, count: 2}
rewards:
  down: [switching, lost, none]
  redundancy lost: {one: 1, none: 0.5}
at: [0 s, 1 h, 1 year]
`;

const problemsOf = (source: string) => {
  try {
    readChain(source, { file: 'pair.yaml' });
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).problems;
  }
  return [];
};

describe('chains written in YAML', () => {
  it('turns quantities into rates per hour', () => {
    const { chain, title, name, hours } = readChain(PAIR, { file: 'chains/pair.yaml' });
    expect([name, title]).toEqual(['pair', 'Pair with imperfect coverage']);
    expect(hours).toEqual([0, 1, 8760]);
    expect(chain.start).toEqual({ both: 1 });
    const rates = chain.transitions.map(({ rate }) => rate);
    [(4 / 8760) * 0.99, (4 / 8760) * 0.01, 3000, 1, 0.25, 4 / 8760, 0.5].forEach((rate, i) => {
      expect(rates[i]! / rate).toBeCloseTo(1, 14);
    });
    expect(chain.rewards).toEqual({
      down: { switching: 1, lost: 1, none: 1 },
      'redundancy lost': { one: 1, none: 0.5 },
    });
  });

  it('is solved for the long run, the first failure and the instants', () => {
    const { chain, names } = namedChain(readChain(PAIR).chain);
    const solution = solveChain(chain, readChain(PAIR).hours);
    expect(names.rewards).toEqual(['down', 'redundancy lost']);
    const [down, exposed] = solution.rewards;
    // First order: 4/year × (0.99 × 1.2 s + 0.01 × 1 h), and a second failure within 4 h lasts 2 h.
    const secondFailure = (4 / 8760) * 4 * 7200;
    expect(down!.down.dpm / (4 * (0.99 * 1.2 + 36 + secondFailure))).toBeCloseTo(1, 2);
    expect(down!.mttfHours).toBeCloseTo(8760 / 4, 6);
    expect(down!.at.map(({ instant }) => instant)[0]).toBe(0);
    expect(down!.at[2]!.average / down!.mean).toBeCloseTo(1, 2);
    expect(exposed!.mean).toBeGreaterThan(down!.mean);
  });

  it('gives the same as the built-in pair when written out', () => {
    const pair = {
      failureRate: 1e-3,
      standbyFailureRate: 1e-3,
      coverage: 0.99,
      detectionRate: 1200,
      uncoveredDetectionRate: 2,
      standbyDetectionRate: 2,
      failoverRate: 360,
      failoverSuccess: 0.98,
      manualRate: 1,
      repairRate: 8.5,
      controllerFailureRate: 5e-4,
      controllerRepairRate: 2,
    };
    const { chain, names } = activeStandbyChain(pair);
    const lines = names.states.flatMap((from, i) =>
      Array.from({ length: chain.offset[i + 1]! - chain.offset[i]! }, (_, k) => {
        const t = chain.offset[i]! + k;
        return `  - {from: "${from}", to: "${names.states[chain.to[t]!]}", rate: ${chain.rate[t]} / h}`;
      }),
    );
    const downStates = names.states.filter((_, i) => chain.rewards[0]![i] === 1);
    const source = [
      'format: carriergrade/chain/1',
      `states: ${JSON.stringify(names.states)}`,
      'transitions:',
      ...lines,
      `rewards: {down: ${JSON.stringify(downStates)}}`,
    ].join('\n');
    const written = namedChain(readChain(source).chain).chain;
    expect(written.to).toEqual(chain.to);
    expect(solveChain(written).rewards[0]!.mean / solveChain(chain).rewards[0]!.mean).toBeCloseTo(1, 13);
  });

  it('starts in the first state when nothing is said, or in several with probabilities', () => {
    const head = 'format: carriergrade/chain/1\nstates: [a, b]\ntransitions: [{from: [a, b], to: a, rate: 1 / h}]\n';
    expect(readChain(head).chain.start).toEqual({ a: 1 });
    expect(readChain(`${head}start: {a: 25 %, b: 75 %}`).chain.start).toEqual({ a: 0.25, b: 0.75 });
    expect(readChain(head).chain.transitions).toHaveLength(2);
  });

  it('reports all problems at once, each at its place', () => {
    const problems = problemsOf(`format: carriergrade/chain/1
states: [up, down, up]
start: {up: 50 %}
transition: []
transitions:
  - {from: up, to: dwn, rate: 4 / year}
  - {from: up, to: down, rate: 4}
  - {from: up, to: down}
  - {from: up, to: down, rate: 1 / h, mean: 1 h}
rewards: {down: [down, sideways]}
`);
    expect(problems.map(({ code, place }) => `${place!.line}:${place!.column} ${code}`)).toEqual([
      '2:20 duplicate-state',
      '3:1 start-probabilities',
      '4:1 unknown-key',
      '6:20 unknown-state',
      '7:32 missing-unit',
      '8:5 missing-key',
      '9:5 conflicting-keys',
      '10:24 unknown-state',
    ]);
    expect(formatProblem(problems[3]!)).toContain('did you mean "down"?');
    expect(formatProblem(problems[2]!)).toContain('pair.yaml:4:1 error unknown-key');
  });

  it('a rate beyond all numbers is located too', () => {
    const head = 'format: carriergrade/chain/1\nstates: [a, b]\ntransitions:\n';
    const problems = problemsOf(`${head}  - {from: a, to: b, rate: 1e300 / h, count: 1e300}\n`);
    expect(problems.map(({ code, place }) => `${place!.line}:${place!.column} ${code}`)).toEqual(['4:5 out-of-range']);
  });

  it('refuses what is no chain', () => {
    expect(problemsOf('format: carriergrade/scenario/1\n')[0]!.code).toBe('wrong-format');
    expect(problemsOf('states: [a]\n')[0]!.code).toBe('missing-format');
    expect(problemsOf('format: carriergrade/chain/1\n').map((p) => p.code)).toEqual(['missing-key', 'missing-key']);
  });
});
