import type { CompiledModel } from '../../compile/model.ts';
import { gatesNeeded } from '../../compile/programs.ts';

/** What a failover cannot do without; hands that restore the service in its place do not count. */
export interface FailoverNeeds {
  /** Signals that must all be up: control functions of the flow, replication where stale standbys may not take over. */
  readonly all: readonly number[];
  /** Per detector the signals it needs, when without any of them users report the fault and hands restore the service. */
  readonly detectors: readonly (readonly number[])[] | undefined;
}

/** Needs of a group's failover (SEM-13, SEM-19b, SEM-25c); none for a group of one, which has no failover. */
export function failoverNeeds(model: CompiledModel, group: number): FailoverNeeds | undefined {
  const { groups } = model;
  if (groups.seatStart[group + 1]! - groups.seatStart[group]! < 2) return undefined;
  const replication = groups.replication[group]!;
  const state = groups.stateRequired[group] === 1 && replication >= 0 ? [replication] : [];
  const detectors: number[][] = [];
  for (let i = groups.detectorStart[group]!; i < groups.detectorStart[group + 1]!; i++) {
    const needs = groups.detectorNeed.slice(groups.detectorNeedStart[i]!, groups.detectorNeedStart[i + 1]!);
    // Below 0: another member that is up, without which there is nobody to take over either.
    detectors.push([...needs].filter((signal) => signal >= 0));
  }
  const blind = groups.uncoveredManual[group] === 1 && detectors.every((needs) => needs.length > 0);
  return {
    all: [...gatesNeeded(model, groups.remediation[group]!), ...state],
    detectors: blind ? detectors : undefined,
  };
}
