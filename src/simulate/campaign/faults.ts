import type { CompiledModel } from '../../compile/model.ts';
import { isProofTest } from '../../compile/proof-tests.ts';
import { mean } from '../../model/law.ts';
import type { Scenario } from '../../model/scenario.ts';
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

/** Per name of a group: the name, or for equal groups with numbers what their names have in common. */
export function groupClasses(names: readonly string[], groups: Scenario['groups']): readonly string[] {
  const keys = names.map((id) => {
    const base = id.replace(/-[1-9]\d*$/, '');
    return { id, base, key: `${base} ${JSON.stringify(groups[id])}` };
  });
  const equal = new Map<string, number>();
  for (const { key } of keys) equal.set(key, (equal.get(key) ?? 0) + 1);
  return keys.map(({ id, base, key }) => (equal.get(key)! > 1 ? base : id));
}

/** Every failure mode of every element, in the order of the model; `classes` as from `groupClasses`. Modes that never strike by themselves are left out. */
export function listFaults(model: CompiledModel, classes: readonly string[] = model.names.groups): readonly Fault[] {
  const { elements, modes, laws } = model;
  const faults: Fault[] = [];
  for (let element = 0; element < elements.count; element++) {
    for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
      const between = mean(laws[modes.law[mode]!]!);
      if (!Number.isFinite(between) || isProofTest(model, mode)) continue;
      const perYear = (SECONDS_PER_YEAR / between) * paceOf(model, element);
      faults.push({ element, mode, perYear, class: `${classOf(model, classes, element)}:${model.names.modes[mode]}` });
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

function classOf({ elements, seats, groups, names }: CompiledModel, classes: readonly string[], element: number) {
  const population = elements.population[element]!;
  if (population >= 0) return `all ${names.populations[population]}`;
  const seat = elements.seat[element]!;
  if (seat < 0) return names.elements[element]!;
  const group = seats.group[seat]!;
  const role = groups.seatStart[group] === seat ? 'active' : 'standby';
  return `${classes[group]} ${role} layer ${element - seats.layer[seats.layerStart[seat]!]!}`;
}
