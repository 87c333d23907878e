import { isListTree, isMapTree, type Tree } from './tree.ts';

/**
 * Keys of which a map can hold only one: writing another one over it replaces it, so that a variant may say `mtbf` where
 * the base said `rate`.
 */
const ALTERNATIVES: readonly (readonly string[])[] = [
  ['rate', 'mtbf', 'mttf', 'fit', 'law'],
  ['restart', 'repair', 'replacement'],
  ['exponential', 'uniform', 'probe', 'triangular', 'weibull', 'gamma', 'erlang', 'lognormal', 'empirical', 'calendar'],
  ['mean', 'scale', 'median', 'mttf'],
  ['uses', 'structure'],
  ['availability', 'dpm'],
  ['mtbf', 'ofm'],
  ['mttr', 'mdt'],
  ['functions', 'shared'],
];

/** Keys whose value is one thing: written anew, nothing of the old one stays. */
const WHOLE: readonly string[] = ['structure', 'needs'];

/**
 * `over` laid upon `base`: maps merge key by key, everything else is replaced, `null` deletes what is there. Order of
 * keys: those of the base first. A `null` over nothing stays, for the reader to report.
 */
export function merge(base: Tree, over: Tree): Tree {
  if (!isMapTree(base) || !isMapTree(over)) return over;
  const content = new Map(base.content);
  for (const [key, value] of over.content) {
    for (const group of ALTERNATIVES) {
      if (value.content === null || !group.includes(key)) continue;
      for (const other of group) if (!over.content.has(other)) content.delete(other);
    }
    const below = content.get(key);
    if (value.content === null && below !== undefined) content.set(key, { ...value, deletes: true });
    else if (below === undefined || below.deletes === true || WHOLE.includes(key)) content.set(key, value);
    else content.set(key, merge(below, value));
  }
  return { origin: over.origin, content };
}

/**
 * `tree` with `value` laid upon what is at `path`; maps on the way are created with the value's origin. Undefined when
 * the path leads through something that is neither a map nor an existing place in a list.
 */
export function withValue(tree: Tree, path: readonly string[], value: Tree): Tree | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return merge(tree, value);
  if (isListTree(tree)) {
    const item = tree.content[Number(key)];
    const changed = item === undefined ? undefined : withValue(item, rest, value);
    return changed === undefined ? undefined : { ...tree, content: tree.content.with(Number(key), changed) };
  }
  if (!isMapTree(tree)) return undefined;
  const empty: Tree = { origin: value.origin, content: new Map() };
  const below = tree.content.get(key);
  const changed = rest.length === 0 ? value : withValue(below ?? empty, rest, value);
  return changed === undefined ? undefined : merge(tree, { origin: tree.origin, content: new Map([[key, changed]]) });
}
