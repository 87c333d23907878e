import { describe, expect, it } from 'vitest';
import { serviceFormula } from '../../src/analytic/scenario/formula.ts';
import type { Restore } from '../../src/model/failure.ts';
import type { Group } from '../../src/model/group.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import {
  exponential,
  fixed,
  group,
  HOUR,
  itself,
  mode,
  placed,
  pool,
  REPLACEMENT,
  scenario,
  service,
  site,
  withDetection,
} from '../core/support/build.ts';
import { solve } from '../core/support/chain.ts';

const EXPOSURE = exponential(4 * HOUR);
const steps = (...ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, fixed(0)]));

/** A pair whose failovers take no time to speak of: it is down while both members are. */
function pair(restore: Restore, rest: Partial<Group> = {}): Scenario {
  const times = {
    ...steps('activation', 'addressTakeover', 'consistencyCheck', 'terminate', 'configure', 'sync'),
    manualRestore: EXPOSURE,
    spawn: EXPOSURE,
  };
  const probabilities = { switch: 1, consistency: 1 };
  const members = group([mode(exponential(4000 * HOUR), restore)], { times, probabilities, ...rest });
  return scenario({
    flows: { flow: { ...scenario({}).flows['FL-01']!, id: 'flow' } },
    groups: { g: withDetection(members, {}) },
    services: { v: service('g') },
  });
}

const oneAtATime = { starts: 'restored', concurrency: 1, takeover: 'immediate' } as const;
const sparing = { kind: 'hot', rateFactor: 0 } as const;

/** The same with members that are lost with their nodes and rebuilt in no time once those are repaired. */
function onTwoNodes(): Scenario {
  const failures = [mode(exponential(4000 * HOUR), itself(EXPOSURE))];
  const replaced = pair(REPLACEMENT, { placement: placed(['dc/n'], { replacement: 'in-place' }) });
  const { g } = replaced.groups;
  return {
    ...replaced,
    sites: { dc: site({ nodes: { n: pool({ count: 2, failures }) } }) },
    groups: {
      g: { ...g!, instance: [{ id: 'app', kind: 'app', failures: [] }], times: { ...g!.times, spawn: fixed(0) } },
    },
  };
}

describe('reference: second failures of a pair, the formula against the exact chain', () => {
  // Members are down a thousandth of the time: what first order leaves out is of that size.
  it.each([
    ['members come back by themselves', pair(itself(EXPOSURE)), 1e-6],
    ['both are rebuilt', pair(REPLACEMENT), 1e-6],
    ['one after the other is rebuilt', pair(REPLACEMENT, { recovery: oneAtATime }), 2e-6],
    ['members wait for their nodes', onTwoNodes(), 1e-6],
    ['the standby does not fail', pair(itself(EXPOSURE), { standby: sparing }), 0.5e-6],
  ])('%s', (_, of, expected) => {
    const { model, unavailability } = solve(of);
    const formula = serviceFormula(model, [model.elements.count], 'conditional');
    expect(formula.gap).toBeUndefined();
    expect(unavailability(0) / expected).toBeCloseTo(1, 2);
    expect(formula.unavailability! / unavailability(0)).toBeCloseTo(1, 2);
  });
});
