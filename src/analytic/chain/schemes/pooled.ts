import { exploreChain, type StateSpace } from '../explore.ts';

/**
 * A group on a pool of interchangeable hosts (B-64, B-67): a failed member is built anew on a free host in minutes,
 * the broken host is repaired in hours and returns to the pool. Without free hosts the member waits for a repair.
 * Rates are per hour; everything is exponential.
 */
export interface PooledGroup {
  /** Members when complete, and how many must work. */
  readonly units: number;
  readonly required: number;
  /** Hosts beyond one per member. */
  readonly spares: number;
  readonly failureRate: number;
  /** Failure rate of members beyond the required ones; equal to `failureRate` when absent. */
  readonly standbyFailureRate?: number;
  /** Rate at which one member is built anew, and how many at a time (default: all). */
  readonly recoveryRate: number;
  readonly parallelRecoveries?: number;
  /** Rate at which one host is repaired, and how many at a time. */
  readonly repairRate: number;
  readonly crews: number;
  /** Share of failures that leave the host sound, so that it is free again at once; default 0. */
  readonly transientShare?: number;
}

/**
 * The group as a chain over (members missing, hosts broken). Rewards: 1 when fewer than `required` members work; share
 * of the required members that is missing; 1 when a member is missing (redundancy not complete).
 */
export function pooledGroupChain(group: PooledGroup): StateSpace {
  const { units, required, spares, recoveryRate, repairRate, crews } = group;
  const atOnce = group.parallelRecoveries ?? units;
  const transient = group.transientShare ?? 0;
  const standbyRate = group.standbyFailureRate ?? group.failureRate;
  const next = new Int32Array(2);
  const emitTo = (
    emit: (rate: number, next: Int32Array) => void,
    rate: number,
    missing: number,
    broken: number,
  ): void => {
    next[0] = missing;
    next[1] = broken;
    emit(rate, next);
  };
  return exploreChain({
    initial: Int32Array.of(0, 0),
    successors(state, emit) {
      const missing = state[0]!;
      const broken = state[1]!;
      const up = units - missing;
      const working = Math.min(up, required);
      const failures = working * group.failureRate + (up - working) * standbyRate;
      emitTo(emit, failures * (1 - transient), missing + 1, broken + 1);
      emitTo(emit, failures * transient, missing + 1, broken);
      const free = units + spares - broken - up;
      emitTo(emit, Math.min(missing, free, atOnce) * recoveryRate, missing - 1, broken);
      emitTo(emit, Math.min(broken, crews) * repairRate, missing, broken - 1);
    },
    rewardCount: 3,
    reward(state, out) {
      const short = Math.max(0, required - (units - state[0]!));
      out[0] = short > 0 ? 1 : 0;
      out[1] = short / required;
      out[2] = state[0]! > 0 ? 1 : 0;
    },
  });
}
