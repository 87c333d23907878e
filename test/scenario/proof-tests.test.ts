import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/model/problem.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';

const text = (elements: string, tests: string): string =>
  `format: carriergrade/scenario/1
elements: { ${elements} }
groups: { sbc: { failures: { crash: { rate: 1 / year } } } }
proofTests: { ${tests} }
services: { up: { uses: [valve] } }
`;
const VALVE = 'valve: { count: 2, failures: { stuck: { mtbf: 20000 h, latent: true } } }';
const ROUND = 'round: { interval: 365 d, elements: [valve] }';

function problems(elements: string, tests: string): readonly string[] {
  try {
    readScenario(text(elements, tests));
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(({ code, path }) => `${code} ${path}`);
  }
}

describe('proof tests and latent faults, as written', () => {
  it('are resolved to full names, with defaults that have a source', () => {
    const { scenario } = readScenario(text(VALVE, ROUND));
    expect(scenario.proofTests).toEqual({
      round: {
        elements: ['valve-1', 'valve-2'],
        interval: { kind: 'deterministic', value: 365 * 86_400 },
        renews: 'all',
      },
    });
    expect(scenario.elements['valve']!.failures[0]!.restore).toEqual({
      by: 'itself',
      after: { kind: 'deterministic', value: 0 },
      latent: true,
    });
    expect(scenario.assumptions.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['proofTests.round.renews', 'elements.valve.failures.stuck.repair']),
    );
  });

  it.each([
    [VALVE, '', 'never-found elements.valve.failures.stuck.latent'],
    [VALVE, 'round: { elements: [valve] }', 'missing-key proofTests.round'],
    [VALVE, 'round: { interval: 1 d, elements: [] }', 'missing-key proofTests.round'],
    [VALVE, 'round: { interval: 0 s, elements: [valve] }', 'out-of-range proofTests.round.interval'],
    [VALVE, 'round: { interval: never, elements: [valve] }', 'out-of-range proofTests.round.interval'],
    [VALVE, 'round: { interval: 1 d, elements: [vavle] }', 'dangling-reference proofTests.round.elements[0]'],
    [VALVE, 'round: { interval: 1 d, elements: [sbc] }', 'dangling-reference proofTests.round.elements[0]'],
    [VALVE, 'round: { interval: 1 d, elements: [valve, valve-1] }', 'duplicate-name proofTests.round.elements[1]'],
    [VALVE, 'valve: { interval: 1 d, elements: [valve] }', 'duplicate-name proofTests.valve'],
    [
      `${VALVE}, box: { failures: { fault: { mtbf: 9 h } } }`,
      'round: { interval: 1 d, elements: [valve, box] }',
      'no-effect proofTests.round.elements[1]',
    ],
    [
      `${VALVE}, box: { failures: { worn: { law: { erlang: { k: 2, mean: 9 h } } } } }`,
      'round: { interval: 1 d, renews: failed, elements: [valve, box] }',
      'no-effect proofTests.round.elements[1]',
    ],
  ])('%s · %s', (elements, tests, problem) => {
    expect(problems(elements, tests)).toContain(problem);
  });

  it('what ages is worth renewing', () => {
    const elements = `${VALVE}, box: { failures: { worn: { law: { erlang: { k: 2, mean: 9 h } } } } }`;
    expect(problems(elements, 'round: { interval: 1 d, elements: [valve, box] }')).toEqual([]);
  });

  it('faults of members of groups are no latent ones of this kind', () => {
    const group = text(VALVE, ROUND).replace('rate: 1 / year', 'rate: 1 / year, latent: true');
    expect(() => readScenario(group)).toThrow('detectors');
  });
});
