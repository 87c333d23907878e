import type { FoundState, FoundStates } from './found-states.ts';

/** States that are rare in one way, and all ways (`MetFeatures`) that come and go with it. */
export interface RareKind {
  readonly ways: readonly number[];
  readonly states: readonly FoundState[];
}

/**
 * Sorts states by the rarest thing about them: many that are harmless would hide few that are dangerous, so each kind is judged
 * by itself.
 */
export function rareKinds(groups: FoundStates['groups']): RareKind[] {
  const amounts = new Map<number, number>();
  for (const { ways, kept } of groups) {
    const own = kept.reduce((sum, { amount }) => sum + amount, 0);
    for (const way of ways) amounts.set(way, (amounts.get(way) ?? 0) + own);
  }
  const rarest = groups.map(({ ways }) => ways.reduce((a, b) => (amounts.get(b)! < amounts.get(a)! ? b : a)));
  const kinds = [...new Set(rarest)].sort((a, b) => a - b);
  return kinds.map((kind) => ({
    ways: [...amounts.keys()].filter((way) => groups.every(({ ways }) => ways.includes(way) === ways.includes(kind))),
    states: groups.flatMap(({ kept }, i) => (rarest[i] === kind ? kept : [])),
  }));
}
