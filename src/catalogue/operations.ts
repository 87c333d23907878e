import type { OperationRules } from '../model/control.ts';
import type { Flow, Step } from '../model/flow.ts';
import type { Law } from '../model/law.ts';

/** What the control path adds to any flow: waiting for a place in a queue, operations that fail (B-80). */

const NOTHING: Law = { kind: 'deterministic', value: 0 };

/**
 * The flow as a control path of limits and failing operations executes it. A step that takes a slot and then has to
 * queue takes the slot in a step of its own, `schedule`. An operation that fails is known to have failed after a while,
 * and is tried again; the slot of some is not given back.
 *
 * @param limited control functions with a limited number of requests at a time
 */
export function throughControl(
  flow: Flow,
  operations: Readonly<Record<string, OperationRules>>,
  limited: (id: string) => boolean,
): Flow {
  const through = (steps: readonly Step[]): readonly Step[] =>
    withFailing(
      steps.flatMap((step) => scheduled(step, limited)),
      operations,
    );
  const { remediation, recovery, scaling } = flow;
  return {
    ...flow,
    remediation: through(remediation),
    recovery: through(recovery),
    ...(scaling === undefined ? {} : { scaling: { out: through(scaling.out), in: through(scaling.in) } }),
  };
}

function scheduled(step: Step, limited: (id: string) => boolean): readonly Step[] {
  const queues = step.needs.filter(limited);
  if (queues.length === 0 || !step.needs.includes('slot')) return [step];
  const { id, by, phase, needs, when } = step;
  const place: Step = {
    id: scheduleOf(id),
    by,
    duration: NOTHING,
    needs: needs.filter((need) => !limited(need)),
    effects: ['none'],
    phase,
    ...(when === undefined ? {} : { when }),
  };
  return [place, { ...step, needs: needs.filter((need) => need !== 'slot') }];
}

const scheduleOf = (id: string): string => `schedule-${id}`;

/** The steps, and after their end those that follow a failed operation. */
function withFailing(steps: readonly Step[], operations: Readonly<Record<string, OperationRules>>): readonly Step[] {
  const after: Step[] = [];
  const main = steps.map((step): Step => {
    const failing = step.operation === undefined ? undefined : operations[step.operation]?.failing;
    if (failing === undefined || step.success !== undefined || step.otherwise !== undefined) return step;
    const again = steps.some(({ id }) => id === scheduleOf(step.id)) ? scheduleOf(step.id) : step.id;
    const told: Step = {
      id: `${step.id}-failed`,
      by: step.by,
      duration: failing.notify,
      needs: [],
      effects: ['none'],
      phase: step.phase,
      next: again,
    };
    const leaks = failing.orphans > 0 && step.effects.includes('instantiate');
    if (!leaks) after.push(told);
    else {
      const orphan: Step = { ...told, id: `${step.id}-orphaned`, duration: NOTHING, effects: ['orphan'] };
      after.push({ ...told, success: 1 - failing.orphans, otherwise: orphan.id }, orphan);
    }
    return { ...step, success: 1 - failing.probability, otherwise: told.id };
  });
  if (after.length === 0) return main;
  const last = main.length - 1;
  return [
    ...main.map((step, i) => (i === last && step.next === undefined ? { ...step, next: 'end' } : step)),
    ...after,
  ];
}
