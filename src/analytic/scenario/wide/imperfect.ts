import { type CompiledModel, MANIFESTATION, ON_FAILURE } from '../../../compile/model.ts';
import { stepsOf } from '../../../compile/programs.ts';
import { mean } from '../../../model/law.ts';
import { FAULT_LAYERS } from '../../../model/monitoring.ts';
import { leftToQueues } from '../control-limits.ts';

/** Bits of a detector that sees faults of every layer. */
const EVERY_LAYER = 2 ** FAULT_LAYERS.length - 1;

/** What a group's fault management does that the first-order formula leaves out, in words; empty: nothing. */
export function leftOut(model: CompiledModel, group: number): readonly string[] {
  const { groups, seats, elements, modes } = model;
  const found = new Set<string>();
  const seat = groups.seatStart[group]!;
  for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) {
    const layer = seats.layer[i]!;
    for (let mode = elements.modeStart[layer]!; mode < elements.modeStart[layer + 1]!; mode++) {
      const manifestation = modes.manifestation[mode]!;
      if (manifestation === MANIFESTATION.gray) found.add('gray faults');
      if (manifestation === MANIFESTATION.falseAlarm) found.add('false alarms');
      if (manifestation === MANIFESTATION.falsePrediction || modes.leadSlot[mode]! >= 0) found.add('predictions');
    }
  }
  if (groups.rebuild[group]! >= 0) found.add('commands that restart what has failed');
  if (seats.agent[seat]! >= 0) found.add('agents in the instances');
  for (let i = groups.detectorStart[group]!; i < groups.detectorStart[group + 1]!; i++)
    if (groups.detectorSees[i] !== EVERY_LAYER) found.add('faults that some detector does not cover');
  if (groups.containment[group]! < 1) found.add('faults that spread');
  if (spreadsTo(model, group)) found.add('faults that spread from elsewhere');
  if (groups.race[group]! >= 0) found.add('races of two layers');
  if (stepsOf(model, groups.remediation[group]!).some((step) => requires(model, step))) {
    found.add('isolation whose path is down');
  }
  if (isMisdirected(model, group)) found.add('wrong localisation in other groups');
  for (const what of leftToQueues(model, group)) found.add(what);
  return [...found];
}

const requires = ({ steps }: CompiledModel, step: number): boolean =>
  steps.requiredStart[step + 1]! > steps.requiredStart[step]!;

function spreadsTo(model: CompiledModel, group: number): boolean {
  const { groups } = model;
  for (let other = 0; other < groups.count; other++) {
    if (other !== group && groups.containment[other]! < 1 && groups.neighbour[other] !== -1) return true;
  }
  return false;
}

/** A wrong localisation somewhere can switch this group over. */
function isMisdirected(model: CompiledModel, group: number): boolean {
  const { groups, steps, names } = model;
  for (let other = 0; other < groups.count; other++) {
    const errs = stepsOf(model, groups.remediation[other]!).some(
      (step) => names.steps[step]!.id === 'localise' && steps.success[step]! < 1,
    );
    if (errs && groups.sibling.slice(groups.siblingStart[other]!, groups.siblingStart[other + 1]!).includes(group)) {
      return true;
    }
  }
  return false;
}

/** Chance of an outcome, and the mean time until it times that chance, s. */
interface Outcome {
  readonly chance: number;
  readonly time: number;
}

/** Ways through a program less likely than this make no difference. */
const NEGLIGIBLE = 1e-15;
/** Detours one after the other; what is tried more often than this is never done. */
const MOST_DETOURS = 200;

/**
 * How a failover that has everything it needs ends: done, or handed over to the manual path. Steps that go on elsewhere
 * when they fail are followed (wrong localisation, fencing that times out); what they require is taken as there.
 */
export function failoverOutcomes(
  model: CompiledModel,
  first: number,
): { readonly done: Outcome; readonly failing: Outcome } {
  const { steps, laws } = model;
  const done = { chance: 0, time: 0 };
  const failing = { chance: 0, time: 0 };
  const add = (outcome: { chance: number; time: number }, chance: number, elapsed: number): void => {
    outcome.chance += chance;
    outcome.time += chance * elapsed;
  };
  const walk = (from: number, reached: number, before: number, detours: number): void => {
    if (detours > MOST_DETOURS) return;
    let chance = reached;
    let elapsed = before;
    for (let step = from; step >= 0 && chance > NEGLIGIBLE; step = steps.next[step]!) {
      elapsed += mean(laws[steps.law[step]!]!);
      const success = steps.success[step]!;
      const otherwise = steps.otherwise[step]!;
      if (otherwise >= 0) walk(otherwise, chance * (1 - success), elapsed, detours + 1);
      else if (steps.onFailure[step] === ON_FAILURE.manual) add(failing, chance * (1 - success), elapsed);
      else continue;
      chance *= success;
    }
    if (chance > NEGLIGIBLE) add(done, chance, elapsed);
  };
  walk(first, 1, 0, 0);
  return { done, failing };
}
