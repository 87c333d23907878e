import type { Region } from '../../model/scenario.ts';
import { isMapTree, type Tree } from '../read/tree.ts';
import type { Section } from '../resolve/context.ts';
import { count } from '../resolve/parsers.ts';
import { writeOutRegions } from './regions.ts';

/** A scenario with every repetition written out. */
export interface Expansion {
  readonly root: Section;
  readonly regions: Readonly<Record<string, Region>>;
  /** Names that stand for several: `sbc` for `sbc-1 …`, `edge/gateway` for `edge-1/gateway …`. */
  readonly sets: ReadonlyMap<string, readonly string[]>;
}

/**
 * Writes out counted groups and regions: after it the scenario has one entry for each of them under its full name, and
 * names inside regions are full names. Every entry remembers where it was written (`Tree.from`), so that problems and
 * explained values keep to the words of the file.
 */
export function expand(root: Section): Expansion {
  const { regions, parts, sets } = writeOutRegions(root);
  const hoisted = withEntries(root, [
    [['elements'], parts.elements],
    [['sites'], parts.sites],
    [['control', 'functions'], parts.functions],
    [['groups'], parts.groups],
    [['chains'], parts.chains],
  ]);
  const counted = new Map(sets);
  return { root: withCountedGroups(hoisted, counted), regions, sets: counted };
}

/** The scenario with `count` equal groups in place of each counted one. */
function withCountedGroups(root: Section, sets: Map<string, readonly string[]>): Section {
  const groups = root.at('groups');
  if (!isMapTree(groups.tree) || !groups.entries().some((part) => part.has('count'))) return root;
  const written = new Map<string, Tree>();
  const all = groups.tree.content;
  for (const [id, tree] of all) {
    const part = groups.at(id);
    if (!isMapTree(tree) || !part.has('count')) {
      written.set(id, tree);
      continue;
    }
    const size = part.optional('count', count(1, MOST_GROUPS)) ?? 1;
    const content = new Map(tree.content);
    content.delete('count');
    const names = size === 1 ? [id] : Array.from({ length: size }, (_, i) => `${id}-${i + 1}`);
    const taken = names.find((name) => name !== id && all.has(name));
    if (taken !== undefined) {
      const message = `this gives the name "${taken}", which is taken by a group`;
      part.problem('duplicate-name', message, 'all sections share their names: rename one', { part: 'key' });
    }
    for (const name of names) written.set(name, { ...tree, content, from: part.path });
    if (size > 1) sets.set(id, names);
  }
  return withMap(root, ['groups'], { ...groups.tree, content: written });
}

/** More groups than this are a slip of the keyboard: each is several elements, timers and flows. */
const MOST_GROUPS = 10_000;

function withEntries(
  root: Section,
  additions: readonly (readonly [readonly string[], ReadonlyMap<string, Tree>])[],
): Section {
  let result = root;
  for (const [path, entries] of additions) {
    if (entries.size === 0) continue;
    const section = path.reduce((at, key) => at.at(key), result);
    const [first] = entries.values();
    const below = isMapTree(section.tree) ? section.tree.content : new Map<string, Tree>();
    const origin = section.tree?.origin ?? first!.origin;
    result = withMap(result, path, { origin, content: new Map([...below, ...entries]) });
  }
  return result;
}

function withMap(root: Section, [key, ...rest]: readonly string[], tree: Tree): Section {
  const below = root.at(key!);
  const changed = rest.length === 0 ? tree : withMap(below, rest, tree).tree!;
  const content = isMapTree(root.tree) ? root.tree.content : new Map<string, Tree>();
  return root.with({ origin: root.tree?.origin ?? tree.origin, content: new Map([...content, [key!, changed]]) });
}
