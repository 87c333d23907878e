import type { SequenceProbability } from '../../model/calculation.ts';
import type { EventTree, Gate, Structure } from '../../model/structure.ts';
import { type AnalyseOptions, analyseStructure } from './analyse.ts';

/**
 * Probability of every sequence of an event tree: the ways that end in it exclude each other, so their probabilities
 * add up; on each way collected probabilities multiply and collected conditions hold together, shared blocks counted
 * once.
 *
 * @throws InputError as `analyseStructure`
 */
export function analyseEventTree(tree: EventTree, options: AnalyseOptions = {}): SequenceProbability[] {
  return tree.sequences.map(({ name, paths }) => {
    let lo = 0;
    let hi = 0;
    for (const { factor, condition, constants } of paths) {
      let bounds = { lo: 1, hi: 1 };
      if (condition !== undefined) {
        const structure = withConstants(tree.structure, constants);
        const plain = { ...options, cutSets: false, importance: false } as const;
        const result = analyseStructure({ ...structure, top: condition }, plain);
        const exact = result.top.unavailability;
        bounds = { lo: result.lo ?? exact, hi: result.hi ?? exact };
      }
      lo += factor * bounds.lo;
      hi += factor * bounds.hi;
    }
    return lo === hi ? { name, probability: hi } : { name, probability: hi, lo, hi };
  });
}

function withConstants(
  structure: Structure,
  constants: EventTree['sequences'][number]['paths'][number]['constants'],
): Structure {
  if (constants.length === 0) return structure;
  const gates: Gate[] = [...structure.gates];
  for (const { gate, value } of constants) gates[gate] = { kind: 'constant', value, inputs: [] };
  return { ...structure, gates };
}
