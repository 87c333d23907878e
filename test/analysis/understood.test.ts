import { describe, expect, it } from 'vitest';
import { notUnderstood } from '../../src/analytic/scenario/understood.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { element, exponential, HOUR, itself, mode, scenario, service } from '../core/support/build.ts';
import { readExample } from '../core/support/files.ts';
import { exactSide, exponentialPair, PAIR_FLOW } from './support/exact-side.ts';

/** The scenario with a value that scenarios do not have at a path. */
function changed(of: Scenario, path: string, value: unknown): Scenario {
  const [first, ...rest] = path.split('.');
  const record = of as unknown as Record<string, unknown>;
  const inner = rest.length === 0 ? value : changed(record[first!] as Scenario, rest.join('.'), value);
  return { ...record, [first!]: inner } as unknown as Scenario;
}

describe('what influences what is known of', () => {
  it.each(['active-standby', 'fm-timeline', 'mano-outage', 'pair-chain', 'rbd-vs-des', 'telco-pair'])(
    'every word of %s',
    (name) => {
      expect(notUnderstood(readExample(name).scenario)).toBeUndefined();
    },
  );
});

describe('what is not known of is refused', () => {
  const fault = mode(exponential(100 * HOUR), itself(exponential(HOUR)));
  const known = scenario({
    elements: { a: element([fault]), b: element([fault]) },
    groups: { g: exponentialPair(500) },
    flows: PAIR_FLOW,
    services: {
      v: service({
        kind: 'any',
        inputs: [
          { kind: 'leaf', of: 'a' },
          { kind: 'leaf', of: 'b' },
        ],
      }),
      w: service('g'),
    },
  });

  it.each([
    ['causes', { storm: { hits: ['a', 'b'] } }, 'causes'],
    ['elements.a.bond', 'b', 'elements.a.bond'],
    ['groups.g.loop', 'tacker', 'groups.g.loop'],
    ['groups.g.scheme', 'ring', 'groups.g.scheme (ring)'],
    ['groups.g.placement.shared', 1, 'groups.g.placement.shared'],
    ['flows.flow.parallel', [1], 'flows.flow.parallel'],
    ['services.v.structure', { kind: 'share', inputs: [] }, 'services.v.structure (share)'],
  ])('%s', (path, value, told) => {
    expect(notUnderstood(changed(known, path, value))).toBe(told);
  });

  it('what is there but empty says nothing', () => {
    expect(notUnderstood(changed(changed(known, 'causes', {}), 'groups.g.loop', false))).toBeUndefined();
  });

  it('then the model is not taken apart', () => {
    const strange = changed(known, 'causes', { storm: { hits: ['a', 'b'] } });
    const small = exactSide(strange);
    expect(small['v']).toMatchObject({ exact: true });
    expect(exactSide(known, { mostStates: 60 })['v']).toMatchObject({ method: 'structure', exact: true });
  });
});
