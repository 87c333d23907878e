import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { InputError, readScenario } from '../../src/index.ts';

/** Causes beside what else a scenario can say: fabrics, spares, faults that are gray or predicted. */
const SITE = `format: carriergrade/scenario/1
sites:
  dc:
    nodes: { compute: { count: 2, failures: { hw: { rate: 1 / year } } } }
    fabric: { spines: 2, leaves: 2, homing: mlag, leaf: { failures: { sw: { rate: 1 / year, restart: 1 min } } } }
repair: { stock: { crews: 1, spares: 1 } }
groups:
  sbc:
    failures:
      crash: { rate: 2 / year, cause: sw, prediction: { coverage: 50 %, leadTime: 10 min } }
      slow: { rate: 1 / year, cause: sw, manifestation: gray, loss: 30 % }
BETA
services: { voice: { uses: [sbc, dc] } }
`;
const text = (beta: string, causes = '') =>
  SITE.replace('BETA', beta === '' ? '' : `    commonCause: ${beta}`) + causes;
const problems = (source: string): readonly (readonly [code: string, message: string])[] => {
  try {
    readScenario(source);
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ code, message }) => [code, message]);
    throw error;
  }
  return [];
};
const event = (rest: string) => `causes: { commonCause: { push: { rate: 1 / year, ${rest} } } }\n`;

describe('causes and the other words of a scenario', () => {
  test('parts of a fabric are struck by name, by kind and with what they stand on', () => {
    const { scenario } = readScenario(text('', event('strikes: [{ kind: leaf }, dc/spine-1]')));
    // The spine has modes of its type, which say how it comes back.
    expect(scenario.shocks['push']!.modes[0]!.strikes.map(({ victims }) => victims)).toEqual([
      ['dc/leaf-1', 'dc/leaf-2'],
      ['dc/spine-1'],
    ]);
    const model = compile(scenario);
    const struck = [...model.strikes.victim].map((mode) => model.names.elements[model.modes.element[mode]!]);
    expect(struck).toEqual(['dc/leaf-1', 'dc/leaf-2', 'dc/spine-1']);
  });

  test('a beta factor divides what stops members: not gray faults, and what strikes all is not predicted', () => {
    const { scenario } = readScenario(text('{ beta: 10 % }'));
    const [mode, ...others] = scenario.shocks['sbc/common-cause']!.modes;
    expect(others).toEqual([]);
    expect(mode).not.toHaveProperty('prediction');
    expect(scenario.groups['sbc']!.instance[0]!.failures[0]).toHaveProperty('prediction');
    expect(problems(text('{ beta: 10 %, modes: [slow] }'))).toEqual([
      ['gray-common-cause', expect.stringContaining('"slow" is gray')],
    ]);
  });

  test('no spare takes the place of a layer of an instance', () => {
    const repair = 'repair: 1 h, policy: stock';
    expect(problems(text('', event(`strikes: [dc/compute-1], ${repair}`)))).toEqual([]);
    expect(problems(text('', event(`strikes: [sbc], ${repair}`)))[0]![0]).toBe('conflicting-keys');
  });
});
