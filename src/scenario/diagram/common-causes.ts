import type { CommonCauseGroup } from '../../model/structure.ts';
import { isListTree } from '../read/tree.ts';
import type { Section } from '../resolve/context.ts';
import { probability, text, texts } from '../resolve/parsers.ts';
import { onlyKeys } from '../written/only-keys.ts';
import type { Scope } from './scope.ts';

/** All combinations of more members are too many. */
const LARGEST_GROUP = 12;

const MODELS = { beta: 'beta-factor', mgl: 'mgl', alpha: 'alpha-factor', phi: 'phi-factor' } as const;

/**
 * Blocks that also fail together: `{name: …, members: [a, b], beta: 5 %}`, or `mgl: [β, γ, …]`, `alpha: [α1, α2, …]`,
 * `phi: [φ1, φ2, …]`. Members must be of equal unavailability.
 */
export function readCommonCauses(list: Section, scope: Scope): CommonCauseGroup[] {
  const taken = new Set<number>();
  if (list.exists && !isListTree(list.tree)) list.problem('wrong-type', 'expected a list of common cause groups');
  return list.items().flatMap((section) => {
    onlyKeys(section, ['name', 'members', ...Object.keys(MODELS)]);
    const given = (Object.keys(MODELS) as (keyof typeof MODELS)[]).filter((key) => section.has(key));
    const [key] = given;
    if (key === undefined || given.length > 1) {
      section.problem('bad-structure', `expected one of ${Object.keys(MODELS).join(', ')}`);
      return [];
    }
    const name = section.optional('name', text) ?? `common cause ${section.path.at(-1)}`;
    const members = section.has('members') ? membersOf(section.at('members'), scope, taken) : undefined;
    if (!section.has('members')) section.problem('missing-key', '"members" is missing', 'for example members: [a, b]');
    const part = section.at(key);
    const parts = isListTree(part.tree) ? part.items() : [part];
    const factors = parts.map(probability);
    const expected = {
      beta: 1,
      mgl: (members?.length ?? 1) - 1,
      alpha: members?.length ?? 0,
      phi: members?.length ?? 0,
    }[key];
    if (members === undefined || factors.includes(undefined)) return [];
    if (factors.length !== expected) {
      part.problem(
        'impossible-count',
        `${members.length} members need ${expected} factor(s) here, got ${factors.length}`,
      );
      return [];
    }
    if (key !== 'beta' && members.length > LARGEST_GROUP) {
      section.problem('impossible-count', `above ${LARGEST_GROUP} members only "beta" works, got ${members.length}`);
      return [];
    }
    if (key === 'alpha' && factors.every((factor) => factor === 0)) {
      part.problem('out-of-range', 'one of the factors must be above 0');
      return [];
    }
    return [{ name, members, model: MODELS[key], factors: factors as number[] }];
  });
}

/** `taken` are the blocks of groups read before. */
function membersOf(section: Section, scope: Scope, taken: Set<number>): number[] | undefined {
  const members: number[] = [];
  const names = texts(section) ?? [];
  for (const [i, name] of names.entries()) {
    const at = section.items()[i]!;
    const ref = scope.resolve(name, at);
    if (ref === undefined) continue;
    if (ref < 0) at.problem('dangling-reference', `"${name}" is a part, not a block`);
    else if (members.includes(ref)) at.problem('duplicate-name', `"${name}" is listed twice`);
    else if (taken.has(ref)) at.problem('duplicate-name', `"${name}" is in two groups`);
    else members.push(ref);
  }
  for (const ref of members) taken.add(ref);
  if (names.length < 2) return section.problem('impossible-count', 'a common cause needs at least 2 blocks');
  if (members.length < names.length) return undefined;
  const [first, ...others] = members.map((ref) => scope.assembly.blocks[ref]!.unavailability);
  if (others.some((other) => Math.abs(other - first!) > 1e-9 * first!)) {
    return section.problem('conflicting-values', 'the members of a common cause have different unavailabilities');
  }
  return members;
}
