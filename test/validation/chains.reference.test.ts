import { describe, expect, it } from 'vitest';
import { availabilityFigures, expectedReward, statesWithReward } from '../../src/analytic/chain/measures.ts';
import { namedChain } from '../../src/analytic/chain/named.ts';
import { groupChain, groupFigures } from '../../src/analytic/chain/schemes/group.ts';
import { rateSensitivities } from '../../src/analytic/chain/sensitivity.ts';
import { steadyState } from '../../src/analytic/chain/steady-state.ts';
import { transientRewards } from '../../src/analytic/chain/transient.ts';
import type { Chain } from '../../src/model/chain.ts';
import { agreesTo } from '../analytic/digits.ts';

const unit = (failureRate: number, repairRate: number): Chain =>
  groupChain({ units: 1, required: 1, failureRate, repairRate, crews: 1 });
const availableAt = (chain: Chain, hours: number): number =>
  1 - transientRewards(chain, [hours]).points[0]!.instant[0]!;

describe('reference: disk durability after a year (PRISM models by saifalam)', () => {
  const FAULT = 0.05;
  /** Absorbing birth–death chain; rates per year, so "hours" of the solver are years here. */
  const durability = (first: number, second: number, repair: number): number => {
    const { chain } = namedChain({
      states: ['all', 'one lost', 'data lost'],
      start: { all: 1 },
      transitions: [
        { from: 'all', to: 'one lost', rate: first * FAULT },
        { from: 'one lost', to: 'data lost', rate: second * FAULT },
        { from: 'one lost', to: 'all', rate: repair },
      ],
      rewards: { lost: { 'data lost': 1 } },
    });
    return 100 * availableAt(chain, 1);
  };

  it('one disk', () => {
    agreesTo(100 * availableAt(unit(FAULT, 0), 1), '95.12294245007');
  });

  it.each([
    ['two mirrored disks', 2, 1, 52.142857143, '99.9906217337454', 99.99062173456771],
    ['two mirrored disks', 2, 1, 365, '99.9986344589516', 99.9986344590424],
    ['two mirrored disks', 2, 1, 8760, '99.9999429298834', 99.99994292988353],
    ['3-of-4 coding', 4, 3, 52.142857143, '99.943953218352', 99.94395322369579],
    ['3-of-4 coding', 4, 3, 365, '99.9918115043863', 99.99181150494746],
    ['3-of-4 coding', 4, 3, 8760, '99.9996575876063', 99.99965758760626],
  ])('%s (%d, %d), repair rate %d a year', (_, first, second, repair, exact, published) => {
    const value = durability(first, second, repair);
    agreesTo(value, exact);
    // Published to the tool's default precision, 1e-8 relative.
    expect(Math.abs(value / published - 1)).toBeLessThan(1e-8);
  });
});

describe('reference: printed results of reliability libraries', () => {
  it('fiabilipy component: A(1000 h) with λ = 1e-4, μ = 3e-2', () => {
    agreesTo(availableAt(unit(1e-4, 3e-2), 1000), '0.996677740863788');
  });

  it('fiabilipy reliability: λ = 1e-4 at 1000 h and 100 h', () => {
    agreesTo(availableAt(unit(1e-4, 0), 1000), '0.904837418035960');
    agreesTo(availableAt(unit(1e-4, 0), 100), '0.990049833749168');
  });

  it('RePyability: λ = 0.2, μ = 1; two in series, λ = 0.2 and 0.5', () => {
    const single = groupFigures({ units: 1, required: 1, failureRate: 0.2, repairRate: 1, crews: 1 });
    expect(single.mutHours).toBeCloseTo(5, 13);
    expect(single.mdtHours).toBeCloseTo(1, 13);
    expect(single.frequencyPerHour).toBeCloseTo(1 / 6, 15);
    const { chain } = namedChain({
      states: ['both', 'a down', 'b down', 'none'],
      start: { both: 1 },
      transitions: [
        { from: 'both', to: 'a down', rate: 0.2 },
        { from: 'both', to: 'b down', rate: 0.5 },
        { from: 'a down', to: 'none', rate: 0.5 },
        { from: 'b down', to: 'none', rate: 0.2 },
        { from: 'a down', to: 'both', rate: 1 },
        { from: 'b down', to: 'both', rate: 1 },
        { from: 'none', to: 'a down', rate: 1 },
        { from: 'none', to: 'b down', rate: 1 },
      ],
      rewards: { down: { 'a down': 1, 'b down': 1, none: 1 } },
    });
    const series = availabilityFigures(chain, steadyState(chain).probability, statesWithReward(chain.rewards[0]!));
    agreesTo(series.mutHours, '1.4285714285714286');
  });

  it('relpy: three-state chain, its availability and derivative', () => {
    const build = (common: number) =>
      namedChain({
        states: ['up 1', 'up 2', 'down'],
        start: { 'up 1': 1 },
        transitions: [
          { from: 'up 1', to: 'up 2', rate: 0.1 },
          { from: 'up 2', to: 'up 1', rate: 0.1 },
          { from: 'up 1', to: 'down', rate: common },
          { from: 'up 2', to: 'down', rate: common },
          { from: 'down', to: 'up 1', rate: 0.5 },
        ],
        rewards: { available: { 'up 1': 1, 'up 2': 1 } },
      }).chain;
    const chain = build(0.2);
    const { probability } = steadyState(chain);
    const reward = chain.rewards[0]!;
    agreesTo(expectedReward(probability, reward), '0.7142857142857143');
    // The common failure rate is the rate of both transitions into state 2.
    const byCommon = rateSensitivities(chain, probability, reward).reduce(
      (sum, s, k) => sum + (chain.to[k] === 2 ? s : 0),
      0,
    );
    agreesTo(byCommon, '-1.020408163265306');
    const fifth = build(0.201);
    agreesTo(expectedReward(steadyState(fifth).probability, reward), '0.7132667617689017');
  });

  it('workstations and file server: two in parallel with a server, independent repair', () => {
    const { chain } = workstationsAndServer();
    const { unavailability } = availabilityFigures(
      chain,
      steadyState(chain).probability,
      statesWithReward(chain.rewards[0]!),
    );
    agreesTo(1 - unavailability, '0.9999000000019995');
  });
});

/** States: workstations up, server up; up while at least one workstation and the server are. */
function workstationsAndServer() {
  const states = [0, 1, 2].flatMap((w) => [0, 1].map((s) => `${w},${s}`));
  const transitions = states.flatMap((state) => {
    const [w, s] = state.split(',').map(Number) as [number, number];
    return [
      { from: state, to: `${Math.max(0, w - 1)},${s}`, rate: w * 1e-4 },
      { from: state, to: `${Math.min(2, w + 1)},${s}`, rate: (2 - w) * 1 },
      { from: state, to: `${w},0`, rate: s * 5e-5 },
      { from: state, to: `${w},1`, rate: (1 - s) * 0.5 },
    ];
  });
  return namedChain({
    states,
    start: { '2,1': 1 },
    transitions,
    rewards: { down: { '0,0': 1, '0,1': 1, '1,0': 1, '2,0': 1 } },
  });
}
