import type { CompiledModel } from '../../compile/model.ts';
import { mean } from '../../model/law.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';

/** One way of failing of one element. */
export interface Fault {
  readonly element: number;
  /** Index of the mode in the model. */
  readonly mode: number;
  readonly perYear: number;
  /** Equal for elements that are equal and equally placed as far as the scenario's words go. */
  readonly class: string;
}

/** Every failure mode of every element, in the order of the model. Modes that never strike by themselves are left out. */
export function listFaults(model: CompiledModel): readonly Fault[] {
  const { elements, modes, laws } = model;
  const faults: Fault[] = [];
  for (let element = 0; element < elements.count; element++) {
    for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
      const between = mean(laws[modes.law[mode]!]!);
      if (!Number.isFinite(between)) continue;
      const perYear = (SECONDS_PER_YEAR / between) * paceOf(model, element);
      faults.push({ element, mode, perYear, class: `${classOf(model, element)}:${model.names.modes[mode]}` });
    }
  }
  return faults;
}

/** Rate relative to the nominal one at the start: 1, for standbys their factor. */
function paceOf({ elements, seats, groups }: CompiledModel, element: number): number {
  const seat = elements.seat[element]!;
  if (seat < 0) return 1;
  const group = seats.group[seat]!;
  return groups.seatStart[group] === seat ? 1 : groups.standbyRate[group]!;
}

function classOf({ elements, seats, groups, names }: CompiledModel, element: number): string {
  const population = elements.population[element]!;
  if (population >= 0) return `all ${names.populations[population]}`;
  const seat = elements.seat[element]!;
  if (seat < 0) return names.elements[element]!;
  const group = seats.group[seat]!;
  const role = groups.seatStart[group] === seat ? 'active' : 'standby';
  return `${names.groups[group]} ${role} layer ${element - seats.layer[seats.layerStart[seat]!]!}`;
}
