import { didYouMean } from '../../scenario/read/suggest.ts';
import type { Context } from './context.ts';
import type { Separation, Vdu } from './plan.ts';
import type { NodeTemplate, Policy } from './template.ts';
import { type Entry, entry, wordsOf } from './tree.ts';

/** What the policies of a VNF are read with. */
export interface Reading {
  readonly vdus: readonly Vdu[];
  readonly groups: readonly NodeTemplate[];
  readonly policies: readonly Policy[];
  readonly separations: Separation[];
  readonly context: Context;
}

/** VDUs that a policy names, directly or by a placement group. */
export function targetsOf(
  policy: Policy,
  { vdus, groups, context }: Reading,
  list = entry(policy.body, 'targets'),
): readonly Vdu[] {
  const { ledger } = context;
  const found: Vdu[] = [];
  const known = [...vdus.map(({ name }) => name), ...groups.map(({ name }) => name)];
  const look = (name: string, place: Entry, depth: number): void => {
    const vdu = vdus.find((each) => each.name === name);
    if (vdu !== undefined) {
      if (!found.includes(vdu)) found.push(vdu);
      return;
    }
    const group = groups.find((each) => each.name === name);
    if (group !== undefined && depth < 8) {
      const members = entry(group.entry.value, 'members', 'targets');
      ledger.take(members, `who is meant by ${name}`);
      for (const word of wordsOf(members?.value)) look(word, members!, depth + 1);
      return;
    }
    context.find(
      place.value.place,
      'dangling-reference',
      `"${place.key}" of "${policy.name}" names "${name}", and there is no such VDU`,
      didYouMean(name, known, 'VDUs'),
    );
  };
  for (const word of wordsOf(list?.value)) look(word, list!, 0);
  if (list !== undefined && found.length > 0)
    ledger.take(list, `applies to ${found.map(({ name }) => name).join(', ')}`);
  return found;
}

/** Where a policy says what it says. */
export function properties(policy: Policy) {
  return entry(policy.body, 'properties')?.value ?? policy.body;
}
