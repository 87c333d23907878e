import { EFFECTS } from '../model/flow.ts';
import { mean, moment } from '../model/law.ts';
import { type CompiledModel, NEED, ON_FAILURE } from './model.ts';

/** Effects by which a member serves again. */
const BACK = (1 << EFFECTS.indexOf('available')) | (1 << EFFECTS.indexOf('sync')) | (1 << EFFECTS.indexOf('restart'));

/** Mean and second moment of a duration, s and s². */
export interface Duration {
  readonly mean: number;
  readonly square: number;
}

/** Time a program takes when every need is there and every step succeeds: independent steps one after the other. */
export function programDuration(model: CompiledModel, first: number): Duration {
  let total = 0;
  let variance = 0;
  for (const step of stepsOf(model, first)) {
    const law = model.laws[model.steps.law[step]!]!;
    const average = mean(law);
    total += average;
    variance += moment(law, 2) - average * average;
  }
  return { mean: total, square: total * total + variance };
}

/** Mean time a failed element is down: its program with the share that diagnosis sends back early and second repairs (s). */
export function meanRestore(model: CompiledModel, first: number): number {
  const { steps, laws } = model;
  let total = 0;
  let reached = 1;
  for (const step of stepsOf(model, first)) {
    total += reached * mean(laws[steps.law[step]!]!);
    const success = steps.success[step]!;
    const otherwise = steps.otherwise[step]!;
    if (otherwise >= 0) total += reached * (1 - success) * meanRestore(model, otherwise);
    if (otherwise >= 0 || steps.onFailure[step] === ON_FAILURE.noFaultFound) reached *= success;
  }
  return total;
}

/** Steps of the program that starts at `first` when each of them succeeds, in their order; none for −1. */
export function stepsOf({ steps: table }: Pick<CompiledModel, 'steps'>, first: number): number[] {
  const steps: number[] = [];
  for (let step = first; step >= 0 && !steps.includes(step); step = table.next[step]!) steps.push(step);
  return steps;
}

/** Steps of the program up to the one after which the instance answers; undefined: it never does when all of them succeed. */
export function stepsUntilBack(model: CompiledModel, first: number): readonly number[] | undefined {
  const steps = stepsOf(model, first);
  const back = steps.findIndex((step) => (model.steps.effects[step]! & BACK) !== 0);
  const refused = steps.some((step, i) => i <= back && model.steps.success[step] === 0);
  return back < 0 || refused ? undefined : steps.slice(0, back + 1);
}

/** Whether a member that needs the recovery that starts at `first` never serves again, whatever fails on the way. */
export function isNeverBack({ steps }: CompiledModel, first: number): boolean {
  const reached: number[] = first >= 0 ? [first] : [];
  for (let i = 0; i < reached.length; i++) {
    const step = reached[i]!;
    const success = steps.success[step]!;
    if (success > 0 && (steps.effects[step]! & BACK) !== 0) return false;
    const after = [success > 0 ? steps.next[step]! : -1, success < 1 ? steps.otherwise[step]! : -1];
    for (const next of after) if (next >= 0 && !reached.includes(next)) reached.push(next);
  }
  return first >= 0;
}

/** Mean time of a recovery until the member serves again, s; 0 for −1. */
export function timeUntilBack(model: CompiledModel, first: number): number {
  return (stepsUntilBack(model, first) ?? []).reduce((sum, step) => sum + mean(model.laws[model.steps.law[step]!]!), 0);
}

/** Whether a step of the program that starts at `first` goes on elsewhere when it fails. */
export function branches(model: CompiledModel, first: number): boolean {
  return stepsOf(model, first).some((step) => model.steps.otherwise[step]! >= 0);
}

/** Gates (signals) any step of the program needs. */
export function gatesNeeded(model: CompiledModel, first: number): number[] {
  const { steps } = model;
  const found = new Set<number>();
  for (const step of stepsOf(model, first)) {
    for (let i = steps.needStart[step]!; i < steps.needStart[step + 1]!; i++) {
      if (steps.need[i]! >= 0) found.add(steps.need[i]!);
    }
  }
  return [...found];
}

/** Why the program's duration depends on more than its own element, or undefined. */
export function dependence(model: CompiledModel, first: number): string | undefined {
  const { steps, laws } = model;
  for (const step of stepsOf(model, first)) {
    if (steps.queue[step]! >= 0) return 'it may have to wait for a repair crew';
    if (laws[steps.law[step]!]!.kind === 'calendar') return 'its repair waits for a window';
    for (let i = steps.needStart[step]!; i < steps.needStart[step + 1]!; i++) {
      if (steps.need[i] === NEED.remediated) return 'its repair waits for services to be restored';
    }
  }
  return undefined;
}
