import { exploreChain, type StateSpace } from '../../../analytic/chain/explore.ts';

/**
 * The workstation cluster of Haverkort, Hermanns and Katoen (SRDS 2000), as published in the quantitative verification
 * benchmark set: two sub-clusters of N workstations with a switch each, a backbone, one repair unit that first
 * inspects and then repairs, not pre-emptive. Rates per hour.
 */
const WORKSTATION_FAULT = 1 / 500;
const SWITCH_FAULT = 1 / 4000;
const BACKBONE_FAULT = 1 / 5000;
const INSPECTION = 10;
const REPAIR = [2, 2, 0.25, 0.25, 0.125] as const;

/** Rewards, in this order. */
export const CLUSTER_REWARDS = { belowMinimum: 0, belowPremium: 1, operationalPercent: 2, repairRate: 3 } as const;

/** State: workstations up left and right, switches and backbone up (1/0), what the repair unit works on (−1: idle). */
export function clusterStateSpace(workstations: number): StateSpace {
  const full = workstations;
  const next = new Int32Array(6);
  const capacity = [full, full, 1, 1, 1] as const;
  const faultRate = [WORKSTATION_FAULT, WORKSTATION_FAULT, SWITCH_FAULT, SWITCH_FAULT, BACKBONE_FAULT] as const;
  return exploreChain({
    initial: Int32Array.of(full, full, 1, 1, 1, -1),
    successors(state, emit) {
      for (let unit = 0; unit < 5; unit++) {
        const up = state[unit]!;
        if (up > 0) {
          next.set(state);
          next[unit] = up - 1;
          emit(up * faultRate[unit]!, next);
        }
        if (up < capacity[unit]! && state[5] === -1) {
          next.set(state);
          next[5] = unit;
          emit(INSPECTION, next);
        }
        if (state[5] === unit) {
          next.set(state);
          next[unit] = up + 1;
          next[5] = -1;
          emit(REPAIR[unit]!, next);
        }
      }
    },
    rewardCount: 4,
    reward(state, out) {
      const served = (required: number): boolean =>
        (state[0]! >= required && state[2] === 1) ||
        (state[1]! >= required && state[3] === 1) ||
        (state[0]! + state[1]! >= required && state[2] === 1 && state[3] === 1 && state[4] === 1);
      out[0] = served(Math.floor(0.75 * full)) ? 0 : 1;
      out[1] = served(full) ? 0 : 1;
      out[2] = (100 * (state[0]! + state[1]!)) / (2 * full);
      out[3] = state[5] === -1 ? 0 : REPAIR[state[5]!]!;
    },
  });
}
