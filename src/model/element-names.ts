import type { Group } from './scenario.ts';

/** Names of `count` equal things: the id itself for one, `id-1 …` for more. */
export function countedNames(id: string, count: number): readonly string[] {
  return count === 1 ? [id] : Array.from({ length: count }, (_, i) => `${id}-${i + 1}`);
}

/** Element name of a layer of member `member` (from 1): the member's own when it has one layer. */
export function layerName(id: string, { instance }: Group, member: number, layer: string): string {
  return instance.length === 1 ? `${id}/${member}` : `${id}/${member}/${layer}`;
}

/** Element names of one layer of all members of a group. */
export function layerNames(id: string, group: Group, layer: string): readonly string[] {
  return Array.from({ length: group.members }, (_, i) => layerName(id, group, i + 1, layer));
}
