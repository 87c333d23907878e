import { isInstant } from '../../compile/laws.ts';
import type { CompiledModel } from '../../compile/model.ts';
import { stepsOf } from '../../compile/programs.ts';
import type { Law } from '../../model/law.ts';

/** First law among the entities that no exact chain carries, as the chain generator would name it; undefined when none. */
export function forbiddingLaw(model: CompiledModel, entities: Iterable<number>): string | undefined {
  const { elements, groups, seats } = model;
  for (const entity of [...entities].sort((a, b) => a - b)) {
    if (entity < elements.count) {
      const found = lawOfElement(model, entity);
      if (found !== undefined) return found;
      continue;
    }
    const group = entity - elements.count;
    const first = groups.seatStart[group]!;
    for (let i = seats.layerStart[first]!; i < seats.layerStart[first + 1]!; i++) {
      const found = lawOfElement(model, seats.layer[i]!);
      if (found !== undefined) return found;
    }
    const found = lawOfGroup(model, group);
    if (found !== undefined) return found;
  }
  return undefined;
}

function lawOfElement(model: CompiledModel, element: number): string | undefined {
  const { elements, modes, laws, names, steps } = model;
  const name = names.elements[element]!;
  for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
    const failure = laws[modes.law[mode]!]!;
    if (failure.kind === 'never') continue;
    if (failure.kind !== 'exponential') return told(`${name} (failure ${names.modes[mode]})`, failure);
    for (const step of stepsOf(model, modes.program[mode]!)) {
      const law = laws[steps.law[step]!]!;
      if (forbids(law)) return told(`${name} (restore)`, law);
    }
  }
  return undefined;
}

function lawOfGroup(model: CompiledModel, group: number): string | undefined {
  const { groups, laws, names, steps } = model;
  const name = names.groups[group]!;
  for (let i = groups.detectorStart[group]!; i < groups.detectorStart[group + 1]!; i++) {
    const law = laws[groups.detectorLaw[i]!]!;
    if (forbids(law)) return told(`${name} (detector ${names.detectors[i]})`, law);
  }
  for (let i = groups.detectorStart[group]!; i < groups.detectorStart[group + 1]!; i++) {
    const delay = groups.detectorDelay[i]!;
    if (delay >= 0 && forbids(laws[delay]!))
      return told(`${name} (blind window of ${names.detectors[i]})`, laws[delay]!);
  }
  for (const program of ['remediation', 'recovery'] as const) {
    for (const step of stepsOf(model, groups[program][group]!)) {
      const law = laws[steps.law[step]!]!;
      if (forbids(law)) return told(`${name} (${program})`, law);
    }
  }
  return undefined;
}

const forbids = (law: Law): boolean => law.kind !== 'exponential' && law.kind !== 'never' && !isInstant(law);

const told = (whose: string, law: Law): string =>
  `${whose} has a ${law.kind} law; an exact chain needs exponential ones`;
