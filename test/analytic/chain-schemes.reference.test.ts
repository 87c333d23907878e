import { describe, expect, it } from 'vitest';
import { availabilityFigures, expectedReward, statesWithReward } from '../../src/analytic/chain/measures.ts';
import { activeStandbyChain, activeStandbyFirstOrder } from '../../src/analytic/chain/schemes/active-standby.ts';
import { twoUnitsOneCrew } from '../../src/analytic/chain/schemes/general-repair.ts';
import { groupChain, groupFigures } from '../../src/analytic/chain/schemes/group.ts';
import { pooledGroupChain } from '../../src/analytic/chain/schemes/pooled.ts';
import { steadyState } from '../../src/analytic/chain/steady-state.ts';
import { type Law, lognormalOfMean } from '../../src/model/law.ts';
import { SECONDS_PER_YEAR } from '../../src/model/time.ts';
import { agreesTo } from './digits.ts';

const PAIR = {
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

function solvePair(change: Partial<typeof PAIR>) {
  const { chain, names } = activeStandbyChain({ ...PAIR, ...change });
  const { probability } = steadyState(chain);
  const figures = availabilityFigures(chain, probability, statesWithReward(chain.rewards[0]!));
  return { ...figures, of: (state: string) => probability[names.states.indexOf(state)]! };
}

describe('reference: active-standby pair with controller (methods 7.2)', () => {
  const solved = solvePair({});

  it('gives every published digit of the long-run figures', () => {
    agreesTo(solved.unavailability, '2.87741251317837e-5');
    agreesTo(solved.frequencyPerHour, '9.99971225874868e-4');
    agreesTo(solved.mdtHours, '0.0287749531059');
    agreesTo(solved.mutHours, '1000');
    agreesTo((solved.unavailability * SECONDS_PER_YEAR) / 60, '15.1236801693');
  });

  it('gives every published digit of the state probabilities, down to 1e-13', () => {
    agreesTo(solved.of('OK,1'), '0.998987060430745');
    agreesTo(solved.of('F,0'), '1.25379954505036e-7');
    agreesTo(solved.of('BL,0'), '1.03957261912734e-13');
    agreesTo(solved.of('B,0'), '2.42454188033683e-10');
  });

  it('gives the limits: controller that never fails, perfect detection and failover', () => {
    agreesTo(solvePair({ controllerFailureRate: 0 }).unavailability, '2.86484779526419e-5');
    agreesTo(solvePair({ coverage: 1, failoverSuccess: 1 }).unavailability, '3.82134385023493e-6');
  });

  it('gives the first-order formula', () => {
    agreesTo(activeStandbyFirstOrder(PAIR), '2.88004e-5');
  });

  it('keeps relative accuracy with rates scaled down by 1e4 (methods 3.2)', () => {
    const scaled = solvePair({ failureRate: 1e-7, standbyFailureRate: 1e-7, controllerFailureRate: 5e-8 });
    agreesTo(scaled.of('B,0'), '2.42954617555e-22');
  });
});

describe('reference: k-of-n with r crews (methods 7.3)', () => {
  const base = { failureRate: 2e-4, repairRate: 0.25 };
  it.each([
    [1, 2, 1, '1.2779536384e-6', '3.19488409599e-7'],
    [1, 2, 2, '6.38977227491e-7', undefined],
    [2, 3, 1, '3.83385601179e-6', undefined],
    [2, 3, 3, '1.91591013614e-6', undefined],
    [4, 5, 1, '1.27794872716e-5', undefined],
    [8, 10, 2, '9.16825591517e-8', '4.57129754381e-8'],
    [10, 12, 12, '1.11765331008e-7', undefined],
  ])('%i of %i with %i crews', (required, units, crews, unavailability, frequency) => {
    const group = { ...base, required, units, crews };
    const closed = groupFigures(group);
    agreesTo(closed.unavailability, unavailability);
    if (frequency !== undefined) agreesTo(closed.frequencyPerHour, frequency);

    const chain = groupChain(group);
    const solved = availabilityFigures(chain, steadyState(chain).probability, statesWithReward(chain.rewards[0]!));
    agreesTo(solved.unavailability, unavailability);
    expect(solved.frequencyPerHour / closed.frequencyPerHour).toBeCloseTo(1, 12);
  });
});

describe('reference: two units, one crew, any repair law (methods 7.4)', () => {
  const hour = 3600;
  const erlang = (phases: number): Law => ({ kind: 'gamma', shape: phases, scale: (4 * hour) / phases });
  it.each<[string, Law, string]>([
    ['exponential', { kind: 'exponential', mean: 4 * hour }, '3.17450239675e-5'],
    ['constant', { kind: 'deterministic', value: 4 * hour }, '1.59149012284e-5'],
    ['lognormal, cv 1', lognormalOfMean(4 * hour, 1), '3.17033635264e-5'],
    ['lognormal, cv 3', lognormalOfMean(4 * hour, 3), '1.44936227086e-4'],
    ['Erlang-2', erlang(2), '2.38405122428e-5'],
    ['Erlang-5', erlang(5), '1.90876836268e-5'],
    ['Erlang-10', erlang(10), '1.75017159343e-5'],
    ['Erlang-50', erlang(50), '1.62323319673e-5'],
  ])('%s', (_, repair, unavailability) => {
    agreesTo(twoUnitsOneCrew(1e-3, repair).unavailability, unavailability);
  });

  it('with two crews only the mean of the repair law matters', () => {
    agreesTo(
      groupFigures({ units: 2, required: 1, failureRate: 1e-3, repairRate: 0.25, crews: 2 }).unavailability,
      '1.58727639244e-5',
    );
  });

  it('agrees with the chain when repair is exponential', () => {
    const chain = groupFigures({ units: 2, required: 1, failureRate: 1e-3, repairRate: 0.25, crews: 1 });
    const general = twoUnitsOneCrew(1e-3, { kind: 'exponential', mean: 4 * hour });
    expect(general.unavailability / chain.unavailability).toBeCloseTo(1, 12);
    expect(general.frequencyPerHour / chain.frequencyPerHour).toBeCloseTo(1, 12);
  });
});

describe('law: standby and pooled groups', () => {
  it('cold standby is better than warm, warm better than hot', () => {
    const group = { units: 3, required: 2, failureRate: 1e-3, repairRate: 0.25, crews: 1 };
    const [cold, warm, hot] = [0, 5e-4, 1e-3].map((standbyFailureRate) =>
      groupFigures({ ...group, standbyFailureRate }),
    );
    expect(cold!.unavailability).toBeLessThan(warm!.unavailability);
    expect(warm!.unavailability).toBeLessThan(hot!.unavailability);
    expect(hot!.unavailability).toBe(groupFigures(group).unavailability);
  });

  it('a pool of unlimited hosts is a group with fast repair and as many crews as members', () => {
    const pool = pooledGroupChain({
      units: 3,
      required: 2,
      spares: 40,
      failureRate: 1e-3,
      recoveryRate: 20,
      repairRate: 0.25,
      crews: 40,
    }).chain;
    const ideal = groupFigures({ units: 3, required: 2, failureRate: 1e-3, repairRate: 20, crews: 3 });
    const { probability } = steadyState(pool);
    expect(expectedReward(probability, pool.rewards[0]!) / ideal.unavailability).toBeCloseTo(1, 10);
  });

  it('a pool without spares rebuilds only after the repair: worse than either step alone', () => {
    const group = { units: 2, required: 1, failureRate: 1e-3, recoveryRate: 20, repairRate: 0.25, crews: 2 };
    const none = pooledGroupChain({ ...group, spares: 0 }).chain;
    const plenty = pooledGroupChain({ ...group, spares: 10 }).chain;
    const u = (chain: typeof none) => expectedReward(steadyState(chain).probability, chain.rewards[0]!);
    expect(u(none)).toBeGreaterThan(groupFigures({ ...group, crews: 2 }).unavailability);
    expect(u(plenty)).toBeLessThan(u(none) / 1000);
  });

  it('failures that leave the host sound need no spare', () => {
    const group = { units: 2, required: 1, failureRate: 1e-3, recoveryRate: 20, repairRate: 0.25, crews: 2, spares: 0 };
    const chain = pooledGroupChain({ ...group, transientShare: 1 }).chain;
    const ideal = groupFigures({ units: 2, required: 1, failureRate: 1e-3, repairRate: 20, crews: 2 });
    expect(expectedReward(steadyState(chain).probability, chain.rewards[0]!) / ideal.unavailability).toBeCloseTo(1, 12);
  });
});
