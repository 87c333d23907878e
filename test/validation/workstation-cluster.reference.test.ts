import { describe, expect, it } from 'vitest';
import { absorbing } from '../../src/analytic/chain/first-passage.ts';
import { lump } from '../../src/analytic/chain/lumping.ts';
import { expectedReward, statesWithReward } from '../../src/analytic/chain/measures.ts';
import { steadyState } from '../../src/analytic/chain/steady-state.ts';
import { transientRewards } from '../../src/analytic/chain/transient.ts';
import { clusterStateSpace, CLUSTER_REWARDS as REWARD } from '../../src/tools/bench/models/cluster.ts';
import { agreesTo } from '../analytic/digits.ts';
import { readValidation, validationAvailable } from './available.ts';

const SOURCE = 'models/EXPECTED.json';

interface Expected {
  readonly premium_steady_exact?: string;
  readonly own: string;
  readonly own_steady_unavail: number;
  readonly below_min: number;
  readonly operational_pct: number;
  readonly qos1: number;
  readonly qos2: number;
  readonly repairs: number;
}

/** The published transient values carry ten digits, of which the tool's precision guarantees nine. */
function nineDigits(value: number, published: number): void {
  expect(Math.abs(value / published - 1), `${value} against ${published}`).toBeLessThan(1e-9);
}

if (validationAvailable(SOURCE)) {
  const published = (
    JSON.parse(readValidation(SOURCE)) as {
      'qvbs-cluster': { 'published+reproduced': Record<string, Expected> };
    }
  )['qvbs-cluster']['published+reproduced'];

  describe.each(Object.entries(published))('reference: workstation cluster, N = %s', (size, expected) => {
    const full = clusterStateSpace(Number(size)).chain;
    const { chain } = lump(full);

    it('lumps the two equal halves', () => {
      expect(full.states).toBe(size === '2' ? 276 : size === '64' ? 151_060 : full.states);
      expect(chain.states).toBeLessThan(0.6 * full.states);
    });

    it('long run: premium service and minimum service', () => {
      for (const solved of [full, chain]) {
        const { probability } = steadyState(solved);
        const below = expectedReward(probability, solved.rewards[REWARD.belowPremium]!);
        agreesTo(1 - below, expected.own);
        if (expected.premium_steady_exact !== undefined) agreesTo(1 - below, expected.premium_steady_exact);
        agreesTo(
          expectedReward(probability, solved.rewards[REWARD.belowMinimum]!),
          expected.own_steady_unavail.toString(),
        );
      }
    });

    it('at 20 h: minimum service and operational workstations', () => {
      const [at20] = transientRewards(chain, [20]).points;
      nineDigits(at20!.instant[REWARD.belowMinimum]!, expected.qos2);
      nineDigits(at20!.instant[REWARD.operationalPercent]!, expected.operational_pct);
    });

    // For N = 64 these take 40 s: `npm run bench -- cluster`.
    if (size === '64') return;

    it('over 2 000 h: time below minimum and repairs', () => {
      const [at2000] = transientRewards(chain, [2000]).points;
      nineDigits(at2000!.accumulated[REWARD.belowMinimum]!, expected.below_min);
      nineDigits(at2000!.accumulated[REWARD.repairRate]!, expected.repairs);
    });

    it('probability of ever falling below minimum service in 2 000 h', () => {
      // What comes after the fall no longer matters, so even more states are alike.
      const first = lump(absorbing(chain, statesWithReward(chain.rewards[REWARD.belowMinimum]!))).chain;
      nineDigits(transientRewards(first, [2000]).points[0]!.instant[REWARD.belowMinimum]!, expected.qos1);
    });
  });
} else {
  it('the published workstation clusters are absent here', () => {
    expect(validationAvailable(SOURCE)).toBe(false);
  });
}
