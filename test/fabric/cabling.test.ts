import { describe, expect, test } from 'vitest';
import { InputError, type Problem } from '../../src/model/problem.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';

const yaml = (fabric: string, pool = ''): string => `format: carriergrade/scenario/1
sites:
  core:
    nodes: { compute: { type: compute-node, count: 4${pool} } }
    fabric: ${fabric}
services: { cloud: { structure: { share: [core/compute] } } }
`;

function problemsOf(text: string): readonly Problem[] {
  try {
    return readScenario(text, { file: 'cloud.yaml' }).warnings;
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}

const brief = (text: string): readonly string[] =>
  problemsOf(text).map(({ level, code, place }) => `${level} ${code} ${place?.line}`);

describe('validate finds what is wrong with a fabric (B-90, B-92)', () => {
  test('a sound one has no problems', () => {
    expect(brief(yaml('{ spines: 2, leafPairs: 2 }'))).toEqual([]);
  });

  test.each([
    ['both links to one leaf', 'cabling: { compute-2: [leaf-1, leaf-1] }', 'warning mis-cabled 5'],
    ['the second link is missing', 'cabling: { compute-2: [leaf-1] }', 'warning missing-bond-member 5'],
    ['leaves of two pairs', 'cabling: { compute-2: [leaf-1, leaf-3] }', 'warning no-pair 5'],
    ['no link at all', 'cabling: { compute-2: [] }', 'error mis-cabled 5'],
    ['a leaf that is not there', 'cabling: { compute-2: [leaf-1, leaf-9] }', 'error dangling-reference 5'],
    ['a node that is not there', 'cabling: { compute-9: [leaf-1, leaf-2] }', 'error dangling-reference 5'],
    ['two links where there is one', 'homing: single, cabling: { compute-1: [leaf-1, leaf-2] }', 'error mis-cabled 5'],
    ['noticing takes longer than the failover', 'failover: 10 ms, detection: 20 ms', 'error inconsistent-times 5'],
    ['more traffic than the uplinks carry', 'oversubscription: 4, load: 50 %', 'error no-capacity 5'],
    ['a time for what is prepared', 'allocation: 1 s', 'warning useless-value 5'],
  ])('%s', (_name, change, expected) => {
    expect(brief(yaml(`{ spines: 2, leafPairs: 2, ${change} }`))).toContain(expected);
  });

  test.each([
    ['no spine', '{ spines: 0, leafPairs: 2 }', 'error out-of-range 5'],
    ['spines not said', '{ leafPairs: 2 }', 'error missing-key 5'],
    ['leaves not said', '{ spines: 2 }', 'error missing-key 5'],
    ['leaves said twice', '{ spines: 2, leaves: 4, leafPairs: 2 }', 'error conflicting-keys 5'],
    ['a leaf without a partner', '{ spines: 2, leaves: 3 }', 'warning missing-bond-member 5'],
    ['one spine carries everything', '{ spines: 1, leafPairs: 2 }', 'warning shared-path 5'],
    ['a switch in no graph', '{ kind: leaf-spine, spines: 2, leafPairs: 1, exits: [a] }', 'error wrong-kind 5'],
    ['a free switch nobody reaches', '{ kind: free, switches: { a: {}, b: {} }, exits: [a] }', 'error cut-off 5'],
    [
      'a free link with one end',
      '{ kind: free, switches: { a: {} }, links: { l: { between: [a, a] } }, exits: [a] }',
      'error mis-cabled 5',
    ],
    [
      'primary and backup path over one switch',
      '{ kind: free, switches: { a: {}, b: {}, m: {}, x: {} }, links: { p: { between: [a, m] }, q: { between: [b, m] }, r: { between: [m, x] } }, exits: [x], access: [a, b] }',
      'warning shared-path 5',
    ],
  ])('%s', (_name, fabric, expected) => {
    expect(brief(yaml(fabric))).toContain(expected);
  });

  test('homing needs a fabric, leaf pairs need to be there', () => {
    expect(brief(yaml('{ spines: 2, leafPairs: 2 }', ', leafPairs: [1, 3]'))).toContain('error dangling-reference 4');
    const without = yaml('{ spines: 2, leafPairs: 2 }', ', homing: single').replace(/ {4}fabric.*\n/, '');
    expect(brief(without)).toContain('error no-fabric 4');
  });

  test('nothing more is said of nodes on a fabric that cannot be read', () => {
    expect(brief(yaml('{ leafPairs: 2 }', ', homing: single'))).toEqual(['error missing-key 5']);
  });

  test('every problem is located and says what to do', () => {
    const [problem] = problemsOf(yaml('{ spines: 2, leafPairs: 2, cabling: { compute-2: [leaf-1, leaf-1] } }'));
    expect(problem?.place).toMatchObject({ file: 'cloud.yaml', line: 5 });
    expect(problem?.message).toContain('leaf-1');
    expect(problem?.hint).toBeDefined();
  });
});
