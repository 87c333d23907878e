import { type Flow, mainLine, type Step } from '../model/flow.ts';
import { FENCE } from './flows.ts';

/** Steps of imperfect fault management that are put into any flow: isolation that may fail, localisation that may err. */

export interface FencingRules {
  /** Nobody takes over before the isolation is confirmed; else the failover goes on after the timeout (SEM-21). */
  readonly required: boolean;
  /** What a required fence that is not confirmed in time leads to. */
  readonly onFailure: 'manual' | 'retry';
  /** Control functions and elements it cannot do without: the path to the management controller (B-88). */
  readonly requires: readonly string[];
}

/**
 * The flow with the fence before its first promotion; flows that isolate by themselves stay as they are (SEM-21). A fence
 * that gets no confirmation costs its timeout; what follows depends on whether it is required.
 */
export function withFence(flow: Flow, rules: FencingRules): Flow {
  const promotion = flow.remediation.findIndex((step) => step.effects.includes('promote'));
  if (promotion < 0 || flow.remediation.some((step) => step.mark === 'isolated')) return flow;
  const fence: Step = { ...FENCE, ...(rules.requires.length === 0 ? {} : { requires: rules.requires }) };
  const timeout: Step = {
    id: 'fence-timeout',
    by: 'fencing agent',
    duration: 'fenceTimeout',
    needs: [],
    effects: ['none'],
    phase: 'isolation',
  };
  const after = !rules.required
    ? { ...timeout, next: flow.remediation[promotion]!.id }
    : rules.onFailure === 'retry'
      ? { ...timeout, next: fence.id }
      : { ...timeout, success: 0, onFailure: 'manual' as const, reason: 'fence-failed' as const, next: 'end' };
  return withDetour({ ...flow, remediation: flow.remediation.toSpliced(promotion, 0, fence) }, [after]);
}

const LOCALISE: Step = {
  id: 'localise',
  by: 'correlation',
  duration: 'localise',
  needs: [],
  success: 'localise',
  otherwise: 'wrong-region',
  reason: 'wrong-region',
  effects: ['none'],
  mark: 'localised',
  phase: 'localisation',
};

/**
 * The flow with the localisation before everything else (SEM-15, SEM-20). When it errs, a healthy region is remediated
 * instead: one full remediation later the fault is localised again and the flow takes its course. Flows that localise
 * by themselves stay as they are.
 */
export function withLocalisation(flow: Flow): Flow {
  if (flow.remediation.length === 0 || flow.remediation.some((step) => step.mark === 'localised')) return flow;
  const wrong = mainLine(flow.remediation).map(
    ({ id, by, duration, needs, when, operation }): Step => ({
      id: `wrong-${id}`,
      by,
      duration,
      needs,
      effects: ['none'],
      phase: 'localisation',
      ...(when === undefined ? {} : { when }),
      ...(operation === undefined ? {} : { operation }),
    }),
  );
  const detour: readonly Step[] = [
    {
      id: 'wrong-region',
      by: LOCALISE.by,
      duration: { kind: 'deterministic', value: 0 },
      needs: [],
      effects: ['misdirect'],
      phase: 'localisation',
    },
    ...wrong,
    {
      ...LOCALISE,
      id: 'relocalise',
      duration: 'relocalise',
      success: 'relocalise',
      next: flow.remediation[0]!.id,
    },
  ];
  return withDetour({ ...flow, remediation: [LOCALISE, ...flow.remediation] }, detour);
}

/** The flow with steps that only a failed step leads to, after an end of the main line. */
export function withDetour(flow: Flow, detour: readonly Step[]): Flow {
  const last = mainLine(flow.remediation).at(-1);
  const steps = flow.remediation.map((step) => (step === last ? { ...step, next: 'end' } : step));
  return { ...flow, remediation: [...steps, ...detour] };
}
