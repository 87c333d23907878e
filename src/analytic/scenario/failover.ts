import type { CompiledModel } from '../../compile/model.ts';
import { gatesNeeded } from '../../compile/programs.ts';

/**
 * Signals without which the failover of a group does not come to an end when its active member fails: control functions
 * its flow waits for without limit (SEM-13), and the replication without which no standby is up to date where stale ones
 * may not take over (SEM-25c). None where somebody restores the service by hand after a while: when waiting escalates,
 * or when the control function is down without which no detector sees the fault, and users report it (SEM-19b).
 */
export function failoverNeeds(model: CompiledModel, group: number): readonly number[] {
  const { groups } = model;
  if (groups.seatStart[group + 1]! - groups.seatStart[group]! < 2) return [];
  const replication = groups.replication[group]!;
  const state = groups.stateRequired[group] === 1 && replication >= 0 ? [replication] : [];
  if (groups.escalation[group]! >= 0) return state;
  const control = gatesNeeded(model, groups.remediation[group]!);
  return [
    ...control.filter((signal) => groups.uncoveredManual[group] === 0 || isSeenWithout(model, group, signal)),
    ...state,
  ];
}

/** Some detector of the group does without the signal. */
function isSeenWithout({ groups }: CompiledModel, group: number, signal: number): boolean {
  for (let i = groups.detectorStart[group]!; i < groups.detectorStart[group + 1]!; i++) {
    const needs = groups.detectorNeed.slice(groups.detectorNeedStart[i]!, groups.detectorNeedStart[i + 1]!);
    if (!needs.includes(signal)) return true;
  }
  return false;
}
