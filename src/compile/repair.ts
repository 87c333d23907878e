import type { Effect, Step } from '../model/flow.ts';
import type { Law } from '../model/law.ts';
import type { FailureMode, RepairPolicy } from '../model/scenario.ts';
import { INSTANT, isInstant } from './laws.ts';

/** Steps that bring an element back after `mode`; none when its group replaces the instance (2.8, SEM-32). */
export function restoreSteps(mode: FailureMode, policy: RepairPolicy | undefined, hosted: boolean): readonly Step[] {
  const host = hosted ? ['host'] : [];
  const { restore } = mode;
  if (restore.by === 'replacement') return [];
  if (restore.latent === true) {
    const { latent: _, ...found } = restore;
    // Who has found it need not detect it.
    const known = policy === undefined ? undefined : { ...policy, detection: INSTANT };
    return [AWAIT_TEST, ...restoreSteps({ ...mode, restore: found }, known, hosted)];
  }
  if (mode.upgrade !== undefined && restore.by === 'itself') return upgradeSteps(restore.after, mode.upgrade, host);
  if (restore.by === 'itself' || policy === undefined) {
    const phase = mode.cause === 'hw' ? 'repair' : 'restart';
    return [
      { id: phase, by: 'element', duration: restore.after, needs: host, effects: ['restore'], mark: 'repaired', phase },
    ];
  }
  const steps: Step[] = [];
  const before = BEFORE;
  if (policy.dispatch !== 'fault' && !isInstant(policy.detection)) {
    steps.push({ ...before, id: 'detect', duration: policy.detection, mark: 'detected', phase: 'detection' });
  }
  if (policy.dispatch === 'restoration') {
    const duration = { kind: 'deterministic', value: 0 } as const;
    steps.push({ ...before, id: 'dispatch', duration, needs: ['remediated'], phase: 'repair' });
  }
  if (policy.spares !== undefined) {
    const { swap } = policy.spares;
    const duration = { kind: 'deterministic', value: 0 } as const;
    steps.push({ ...before, id: 'send-to-repair', duration, effects: ['send-to-repair'], phase: 'repair' });
    steps.push({
      id: 'swap',
      by: 'operator',
      duration: swap,
      needs: ['spare', ...host],
      effects: ['restore'],
      mark: 'repaired',
      phase: 'repair',
    });
    return steps;
  }
  if (diagnosed(policy)) {
    steps.push({ ...diagnosis(policy), onFailure: 'no-fault-found', mark: 'diagnosed' });
  }
  if (policy.batch > 0) steps.push(window(policy));
  return [...steps, ...repairs(restore.after, policy, host, ['restore'])];
}

/** A target of a campaign is out, and stays out while another one lacks the version it needs (B-85). */
function upgradeSteps(
  after: Law,
  { constrained }: NonNullable<FailureMode['upgrade']>,
  host: readonly string[],
): readonly Step[] {
  const upgrade: Step = {
    id: 'upgrade',
    by: 'operator',
    duration: after,
    needs: host,
    effects: constrained ? ['none'] : ['restore'],
    phase: 'upgrade',
  };
  if (!constrained) return [upgrade];
  const duration = { kind: 'deterministic', value: 0 } as const;
  return [
    upgrade,
    { ...upgrade, id: 'version-fits', duration, needs: ['version-fits', ...host], effects: ['restore'] },
  ];
}

/** Steps of the repair of a unit that a spare has taken the place of: back to the spares, found transient or repaired. */
export function shopSteps({ restore }: FailureMode, policy: RepairPolicy): readonly Step[] {
  if (restore.by !== 'repair') throw new Error('only what is repaired under a policy goes to its shop');
  const steps: Step[] = [];
  if (diagnosed(policy)) steps.push({ ...diagnosis(policy), otherwise: 'repool' });
  if (policy.batch > 0) steps.push(window(policy));
  steps.push(...repairs(restore.after, policy, [], ['return-spare']));
  if (!diagnosed(policy)) return steps;
  const duration = { kind: 'deterministic', value: 0 } as const;
  steps[steps.length - 1] = { ...steps.at(-1)!, next: 'end' };
  return [...steps, { ...BEFORE, id: 'repool', duration, effects: ['return-spare'], phase: 'repair' }];
}

/** Nothing is done about a latent fault until a proof test finds it. */
const AWAIT_TEST: Step = {
  id: 'await-proof-test',
  by: 'operator',
  duration: INSTANT,
  needs: ['proof-test'],
  effects: [],
  mark: 'detected',
  phase: 'detection',
};

const BEFORE = { by: 'infrastructure', needs: [], effects: [] } as const;

const diagnosed = ({ diagnosis, transientShare }: RepairPolicy): boolean => !isInstant(diagnosis) || transientShare > 0;

const diagnosis = (policy: RepairPolicy): Step => ({
  ...BEFORE,
  id: 'diagnose',
  duration: policy.diagnosis,
  success: 1 - policy.transientShare,
  phase: 'repair',
});

const window = ({ batch }: RepairPolicy): Step => ({
  ...BEFORE,
  id: 'await-window',
  duration: { kind: 'calendar', period: batch, phase: 0 },
  phase: 'repair',
});

/** What a crew does: inspection, the repair, and a full second one where the first replaced the wrong unit (B-68, SEM-32). */
function repairs(
  after: Law,
  { wrongUnit = 0, inspection }: RepairPolicy,
  host: readonly string[],
  effects: readonly Effect[],
): readonly Step[] {
  const repair: Step = {
    id: 'repair',
    by: 'operator',
    duration: after,
    needs: ['crew', ...host],
    effects,
    mark: 'repaired',
    phase: 'repair',
  };
  const steps: Step[] = [];
  // The crew stays for the repair: the step after one that has a crew asks before those who queue do.
  if (inspection !== undefined && !isInstant(inspection)) {
    const { mark: _repaired, ...visit } = repair;
    steps.push({ ...visit, id: 'inspect', duration: inspection, effects: [] });
  }
  if (wrongUnit === 0) return [...steps, repair];
  return [
    ...steps,
    { ...repair, success: 1 - wrongUnit, otherwise: 'second-repair', next: 'end' },
    { ...repair, id: 'second-repair' },
  ];
}
