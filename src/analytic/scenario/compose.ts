import type { CompiledModel } from '../../compile/model.ts';
import type { Ref, Structure } from '../../model/structure.ts';
import { SECONDS_PER_HOUR } from '../../model/time.ts';
import type { PartFigures } from './part-figures.ts';
import type { Part, Plan } from './parts.ts';
import { StructureBuilder } from './structure.ts';

/** Unavailability of an atom taken by itself, with its frequency (1/s) where that is known. */
export interface AtomFigures {
  readonly unavailability: number;
  readonly frequency?: number;
}

/** What is known of a part: its entries together, or each of its atoms apart. */
export type PartAnswer = { readonly together: PartFigures } | { readonly apart: ReadonlyMap<number, AtomFigures> };

/**
 * The structure of a service whose parts are known: a part solved together enters with the joint law of its entries,
 * atoms taken apart as blocks of their own, everything else as its elements. Exact when no part is taken apart.
 */
export function composeStructure(model: CompiledModel, plan: Plan, answers: readonly PartAnswer[]): Structure {
  const { elements, groups } = model;
  const entryRefs = new Map<number, readonly Ref[]>();
  const refsOf = (part: number, figures: PartFigures, builder: StructureBuilder): readonly Ref[] => {
    let refs = entryRefs.get(part);
    if (refs === undefined) {
      refs = addEntries(builder, partName(model, plan.parts[part]!), figures);
      entryRefs.set(part, refs);
    }
    return refs;
  };
  const atoms = new Map<number, AtomFigures>();
  for (const answer of answers) if ('apart' in answer) for (const [atom, own] of answer.apart) atoms.set(atom, own);
  const builder = new StructureBuilder(model, (signal, own) => {
    const place = plan.ofSignal.get(signal);
    const answer = place === undefined ? undefined : answers[place.part]!;
    if (answer !== undefined && 'together' in answer) return refsOf(place!.part, answer.together, own)[place!.entry]!;
    const known = atoms.get(signal);
    if (known !== undefined) return atomBlock(own, nameOf(model, signal), known);
    // A group that is no atom has nothing that fails.
    return signal >= elements.count && signal < elements.count + groups.count ? own.any([]) : undefined;
  });
  const inputs = plan.terms.map((term): Ref => {
    const place = plan.ofTerm.get(term);
    const answer = place === undefined ? undefined : answers[place.part]!;
    if (answer !== undefined && 'together' in answer) {
      return refsOf(place!.part, answer.together, builder)[place!.entry]!;
    }
    return builder.refTo(term);
  });
  return builder.finish(inputs);
}

/** A block that stands for an atom. */
export function atomBlock(builder: StructureBuilder, name: string, { unavailability, frequency }: AtomFigures): Ref {
  const known = frequency === undefined ? {} : { frequencyPerHour: frequency * SECONDS_PER_HOUR };
  return builder.block({ name, unavailability, ...known });
}

/**
 * One entry is one block. Several depend on each other: one block per combination of failed entries, each taking place
 * if none before it did, so that independent blocks have the joint law of the entries.
 */
function addEntries(builder: StructureBuilder, name: string, figures: PartFigures): readonly Ref[] {
  const { unavailability, frequencyPerHour, joint } = figures;
  if (unavailability.length === 1) {
    return [
      builder.block({ name, unavailability: Math.min(1, unavailability[0]!), frequencyPerHour: frequencyPerHour[0]! }),
    ];
  }
  const inputs = unavailability.map((): Ref[] => []);
  let left = 1;
  const before: Ref[] = [];
  for (const [mask, probability] of [...joint].sort(([a], [b]) => a - b)) {
    const block = builder.block({ name, unavailability: Math.min(1, probability / left) });
    left -= probability;
    const reached = before.map((earlier) => builder.gate({ kind: 'not', inputs: [earlier] }));
    const happens = reached.length === 0 ? block : builder.gate({ kind: 'and', inputs: [...reached, block] });
    before.push(block);
    inputs.forEach((list, entry) => {
      if ((mask >> entry) & 1) list.push(happens);
    });
  }
  return inputs.map((list) => builder.any(list));
}

const NAMED_ATOMS = 3;

/** `a, b, c and 5 more`, groups first. */
export function partName(model: CompiledModel, { atoms }: Part): string {
  const isGroup = (atom: number): boolean => atom >= model.elements.count;
  const ordered = [...atoms.filter(isGroup), ...atoms.filter((atom) => !isGroup(atom))];
  return listNames(
    ordered.map((atom) => nameOf(model, atom)),
    NAMED_ATOMS,
  );
}

export function listNames(names: readonly string[], most: number): string {
  if (names.length <= most + 1) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

/** Name of an element or a group. */
export function nameOf({ elements, names }: CompiledModel, signal: number): string {
  return signal < elements.count ? names.elements[signal]! : names.groups[signal - elements.count]!;
}
