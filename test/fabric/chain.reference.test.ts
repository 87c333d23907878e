import { describe, expect, test } from 'vitest';
import { expectedReward } from '../../src/analytic/chain/measures.ts';
import { FABRIC_FLOWS } from '../../src/catalogue/fabric-flows.ts';
import { simulate } from '../../src/index.ts';
import type { Fabric, PathProtection } from '../../src/model/fabric.ts';
import * as build from '../core/support/build.ts';
import { solve } from '../core/support/chain.ts';
import { expectInside, withConfidence } from '../core/support/estimates.ts';

/** A memoryless fabric small enough for its chain: what the simulator estimates, the chain of the same code solves. */
const { HOUR, exponential, itself } = build;
const MINUTE = 60;
const brittle = (hours: number) => [build.mode(exponential(hours * HOUR), itself(exponential(HOUR)))];
const protection = (flow: string): PathProtection => ({
  flow,
  times: {
    reroute: exponential(10 * MINUTE),
    bondSwitch: exponential(10 * MINUTE),
    pathComputation: build.fixed(0),
    allocation: build.fixed(0),
  },
  detection: exponential(MINUTE),
  coverage: 1,
  report: exponential(HOUR),
  target: 1,
});
const withoutZeroSteps = Object.fromEntries(
  Object.entries(FABRIC_FLOWS).map(([id, flow]) => [
    id,
    { ...flow, remediation: flow.remediation.filter((step) => step.effects.some((effect) => effect !== 'none')) },
  ]),
);

const scenario = (change: Partial<Extract<Fabric, { kind: 'leaf-spine' }>>) =>
  build.scenario({
    flows: withoutZeroSteps,
    sites: {
      core: build.site({
        nodes: { n: build.pool({ count: 1 }) },
        fabric: {
          kind: 'leaf-spine',
          spines: 2,
          leaves: 1,
          linksPerPair: 1,
          borderLeaves: 0,
          uplinkCapacity: 2,
          homing: 'single',
          spine: { failures: brittle(100), domains: [] },
          leaf: { failures: [], domains: [] },
          link: [],
          reroute: protection('FL-17'),
          bonds: {
            mlag: protection('bond-mlag'),
            'active-backup': protection('bond'),
            'guest-active-backup': protection('bond-guest'),
          },
          planes: {},
          cabling: {},
          ...change,
        },
      }),
    },
    services: { node: build.service('core/n') },
  });

describe('reference: chain and histories agree about fabrics', () => {
  test.each([
    ['spines', scenario({})],
    ['spines short of capacity', scenario({ uplinkCapacity: 1.5 })],
    [
      'a pair of leaves',
      scenario({
        spines: 1,
        leaves: 2,
        homing: 'mlag',
        spine: { failures: [], domains: [] },
        leaf: { failures: brittle(100), domains: [] },
      }),
    ],
    [
      'active-backup',
      scenario({
        spines: 1,
        leaves: 2,
        homing: 'active-backup',
        spine: { failures: [], domains: [] },
        leaf: { failures: brittle(100), domains: [] },
      }),
    ],
    ['links', scenario({ link: brittle(50), spine: { failures: [], domains: [] } })],
  ])('%s', async (_name, built) => {
    const { space, probability } = solve(built);
    const exact = expectedReward(probability, space.chain.rewards[0]!);
    expect(exact).toBeGreaterThan(1e-4);
    const { services } = await simulate(withConfidence({ scenario: built, digest: '' }), {
      years: 20,
      histories: 20,
      seed: 'chain',
    });
    expectInside(services['node']!.unavailability, exact, 0.25);
  });

  test('rerouted at once, what is left are both spines down: the block diagram', () => {
    const quick: PathProtection = {
      ...protection('FL-17'),
      detection: build.fixed(0),
      times: { ...protection('').times, reroute: build.fixed(0) },
    };
    const { space, probability } = solve(scenario({ reroute: quick }));
    expect(expectedReward(probability, space.chain.rewards[0]!)).toBeCloseTo((1 / 101) ** 2, 12);
  });
});
