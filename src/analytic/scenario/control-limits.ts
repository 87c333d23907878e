import type { CompiledModel } from '../../compile/model.ts';
import { stepsOf } from '../../compile/programs.ts';

/** What of a program the formulas leave to the simulation: queues at control functions, operations that fail. */

/** Some step has to wait for its turn at a control function. */
export function queuesAtControl(model: CompiledModel, first: number): boolean {
  const { steps, queues } = model;
  return stepsOf(model, first).some((step) => steps.queue[step]! >= 0 && queues.control[steps.queue[step]!] === 1);
}

/** Some step that fails leads to a way that comes back to it. */
export function comesAgain(model: CompiledModel, first: number): boolean {
  const { steps } = model;
  return stepsOf(model, first).some(
    (step) =>
      steps.success[step]! < 1 && steps.otherwise[step]! >= 0 && stepsOf(model, steps.otherwise[step]!).includes(step),
  );
}

/** In words, of a group's programs; empty: nothing. */
export function leftToQueues(model: CompiledModel, group: number): readonly string[] {
  const { groups } = model;
  const recovery = groups.recovery[group]!;
  return [
    ...([groups.remediation[group]!, recovery].some((first) => queuesAtControl(model, first))
      ? ['the queue at a control function']
      : []),
    ...(comesAgain(model, recovery) ? ['operations that fail and are tried again'] : []),
  ];
}
