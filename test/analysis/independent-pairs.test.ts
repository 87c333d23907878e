import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/index.ts';
import type { Scenario, StructureSpec } from '../../src/model/scenario.ts';
import { atLeast, control, exponential, HOUR, itself, mode, scenario, service } from '../core/support/build.ts';
import { solve } from '../core/support/chain.ts';
import { exponentialPair, PAIR_FLOW, relativeError } from './support/exact-side.ts';

const leaf = (of: string): StructureSpec => ({ kind: 'leaf', of });

/** 20 pairs, no two alike, each with 50 states: 50^20 together. */
const hours = Array.from({ length: 20 }, (_, i) => 400 + 37 * i);
const groups = Object.fromEntries(hours.map((mean, i) => [`g${i}`, exponentialPair(mean)]));
const names = Object.keys(groups);
const pairs: Scenario = scenario({
  groups,
  flows: PAIR_FLOW,
  services: {
    all: service({ kind: 'all', inputs: names.map(leaf) }),
    most: service(atLeast(19, ...names)),
    nested: service({
      kind: 'any',
      inputs: [
        { kind: 'all', inputs: names.slice(0, 10).map(leaf) },
        { kind: 'all', inputs: names.slice(10).map(leaf) },
      ],
    }),
  },
});

/** Unavailability of each pair from its own chain. */
const single = hours.map((mean) => {
  const alone = scenario({ groups: { g: exponentialPair(mean) }, flows: PAIR_FLOW, services: { v: service('g') } });
  return solve(alone).figures(0).unavailability;
});
const up = (list: readonly number[]): number => list.reduce((product, u) => product * (1 - u), 1);
const downOf = (list: readonly number[]): number => -Math.expm1(list.reduce((sum, u) => sum + Math.log1p(-u), 0));

describe('20 independent pairs', () => {
  const start = process.cpuUsage();
  const { services } = analyse({ scenario: pairs, digest: '' });
  const seconds = process.cpuUsage(start).user / 1e6;

  it('are solved exactly in less than 2 s of processor time', () => {
    expect(seconds).toBeLessThan(2);
    for (const { conditional, series } of Object.values(services)) {
      expect(conditional).toMatchObject({ method: 'groups-by-chains', exact: true });
      expect(series.unavailability).toBe(conditional.unavailability);
      expect(conditional.parts).toHaveLength(20);
      expect(conditional.refused).toBeUndefined();
    }
  });

  it('in series, all but one, and two series of ten side by side', () => {
    const found = (id: string): number => services[id]!.conditional.unavailability!;
    expect(relativeError(found('all'), downOf(single))).toBeLessThan(1e-12);
    expect(relativeError(found('nested'), downOf(single.slice(0, 10)) * downOf(single.slice(10)))).toBeLessThan(1e-12);
    // Two or more of 20 down: the number of pairs down, one pair after the other.
    let [none, one, more] = [1, 0, 0];
    for (const u of single) [none, one, more] = [none * (1 - u), one * (1 - u) + none * u, more + one * u];
    expect(relativeError(found('most'), more)).toBeLessThan(1e-12);
    expect(none).toBeCloseTo(up(single), 12);
  });
});

describe('what hangs nowhere near a service drops out', () => {
  it('40 more elements and a control path nobody asks change nothing, not even the last digit', () => {
    const fault = mode(exponential(100 * HOUR), itself(exponential(HOUR)));
    const pair = scenario({ groups: { g: exponentialPair(500) }, flows: PAIR_FLOW, services: { v: service('g') } });
    const crowded = {
      ...pair,
      elements: { other: { kind: 'unit' as const, count: 40, failures: [fault] } },
      control: { mano: control([fault]) },
    };
    const alone = analyse({ scenario: pair, digest: '' }).services['v']!.conditional;
    const among = analyse({ scenario: crowded, digest: '' }).services['v']!.conditional;
    expect(among).toEqual(alone);
    expect(among).toMatchObject({ method: 'chain', exact: true });
  });
});
