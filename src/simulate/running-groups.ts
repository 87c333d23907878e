import type { CompiledModel } from '../compile/model.ts';
import type { RunningGroup } from '../measures/runtimes.ts';
import type { Scenario } from '../model/scenario.ts';

/** The scenario's groups with what their members run in; inner parts of fabrics are none of them. */
export function runningGroups({ names, groups }: CompiledModel, scenario: Scenario): readonly RunningGroup[] {
  return names.groups.flatMap((id, group): RunningGroup[] => {
    const { runtime = 'vm' } = scenario.groups[id] ?? {};
    const members = groups.seatStart[group + 1]! - groups.seatStart[group]!;
    return groups.internal[group] === 1 ? [] : [{ group, members, runtime }];
  });
}
