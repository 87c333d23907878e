import type { StructureSpec } from '../model/scenario.ts';

/** Share of the users of a service, 0 … 1, whose traffic goes through the group: past it goes what a share leaves out. */
export function usersBehind(structure: StructureSpec, group: string): number {
  if (structure.kind === 'leaf') return structure.of === group ? 1 : 0;
  const inner = structure.inputs.map((input) => usersBehind(input, group));
  if (structure.kind !== 'share') return Math.max(0, ...inner);
  const { weights, fraction = 1 } = structure;
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return inner.reduce((sum, each, i) => sum + (each * fraction * weights[i]!) / all, 0);
}
