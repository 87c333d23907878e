import type { Step } from '../model/flow.ts';
import type { FailureMode, RepairPolicy } from '../model/scenario.ts';
import { isInstant } from './laws.ts';

/** Steps that bring an element back after `mode`; none when its group replaces the instance (2.8, SEM-32). */
export function restoreSteps(mode: FailureMode, policy: RepairPolicy | undefined, hosted: boolean): readonly Step[] {
  const host = hosted ? ['host'] : [];
  const { restore } = mode;
  if (restore.by === 'replacement') return [];
  if (restore.by === 'itself' || policy === undefined) {
    const phase = mode.cause === 'hw' ? 'repair' : 'restart';
    return [
      { id: phase, by: 'element', duration: restore.after, needs: host, effects: ['restore'], mark: 'repaired', phase },
    ];
  }
  const steps: Step[] = [];
  const before = { by: 'infrastructure', needs: [], effects: [] } as const;
  if (policy.dispatch !== 'fault' && !isInstant(policy.detection)) {
    steps.push({ ...before, id: 'detect', duration: policy.detection, mark: 'detected', phase: 'detection' });
  }
  if (policy.dispatch === 'restoration') {
    const duration = { kind: 'deterministic', value: 0 } as const;
    steps.push({ ...before, id: 'dispatch', duration, needs: ['remediated'], phase: 'repair' });
  }
  if (!isInstant(policy.diagnosis) || policy.transientShare > 0) {
    steps.push({
      ...before,
      id: 'diagnose',
      duration: policy.diagnosis,
      success: 1 - policy.transientShare,
      onFailure: 'no-fault-found',
      mark: 'diagnosed',
      phase: 'repair',
    });
  }
  if (policy.batch > 0) {
    const duration = { kind: 'calendar', period: policy.batch, phase: 0 } as const;
    steps.push({ ...before, id: 'await-window', duration, phase: 'repair' });
  }
  steps.push({
    id: 'repair',
    by: 'operator',
    duration: restore.after,
    needs: ['crew', ...host],
    effects: ['restore'],
    mark: 'repaired',
    phase: 'repair',
  });
  return steps;
}
