import { type CompiledModel, MANIFESTATION } from '../../compile/model.ts';
import { stepsOf } from '../../compile/programs.ts';
import { FAULT_LAYERS } from '../../model/monitoring.ts';
import { leftToQueues } from './control-limits.ts';

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
