import { type StateSpace } from '../../src/analytic/chain/explore.ts';
/** Rewards, in this order. */
export declare const CLUSTER_REWARDS: {
    readonly belowMinimum: 0;
    readonly belowPremium: 1;
    readonly operationalPercent: 2;
    readonly repairRate: 3;
};
/** State: workstations up left and right, switches and backbone up (1/0), what the repair unit works on (−1: idle). */
export declare function clusterStateSpace(workstations: number): StateSpace;
