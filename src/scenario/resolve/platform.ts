import { PLATFORMS, type Platform } from '../../catalogue/platforms.ts';
import { merge } from '../read/merge.ts';
import { didYouMean } from '../read/suggest.ts';
import { isMapTree, type Tree, treeOfCatalogue } from '../read/tree.ts';
import type { Section } from './context.ts';
import { count, text } from './parsers.ts';

/** Keys of `control.platform` that every service of the platform takes over. */
const COMMON = ['instances', 'on', 'failures'] as const;

/** The platform the control path of the file stands on; undefined for none, and a problem for one that does not exist. */
export function platformOf(control: Section): Platform | undefined {
  const part = control.at('platform');
  if (!part.exists) return undefined;
  const id = part.optional('name', text);
  part.optional('instances', count(1));
  part.optional('on', text);
  // Read with each service.
  part.optional('failures', (modes) => modes);
  if (id === undefined) {
    return part.has('name') ? undefined : part.problem('missing-key', 'a platform needs a name', 'name: openstack');
  }
  if (Object.hasOwn(PLATFORMS, id)) return PLATFORMS[id];
  const hint = didYouMean(id, Object.keys(PLATFORMS), 'platforms');
  return part.at('name').problem('dangling-reference', `there is no platform "${id}"`, hint);
}

/** The scenario with the services of its platform as control functions, below what it says of them itself. */
export function withPlatform(root: Section): Section {
  const control = root.at('control');
  const platform = platformOf(control.muted);
  if (platform === undefined || !isMapTree(root.tree) || !isMapTree(control.tree)) return root;
  const common = new Map(
    COMMON.flatMap((key) => {
      const { tree } = control.at('platform').at(key);
      return tree === undefined ? [] : [[key, tree] as const];
    }),
  );
  const functions = control.at('functions');
  const written = isMapTree(functions.tree) ? functions.tree.content : new Map<string, Tree>();
  const content = new Map(written);
  for (const [id, service] of Object.entries(platform.services)) {
    const base = treeOfCatalogue(service, platform.source);
    const instances = common.get('instances')?.content;
    // Fewer instances than the catalogue has cannot keep its quorum: then it is the majority.
    const fewer = typeof instances === 'number' && instances !== service.instances && service.quorum > 1;
    const usual = withCommon(base, common, fewer);
    const own = written.get(id);
    content.set(id, own === undefined ? usual : merge(usual, own));
  }
  const all = { origin: functions.tree?.origin ?? control.tree.origin, content };
  const changed = { ...control.tree, content: new Map(control.tree.content).set('functions', all) };
  return root.with({ ...root.tree, content: new Map(root.tree.content).set('control', changed) });
}

function withCommon(base: Tree, common: ReadonlyMap<string, Tree>, byMajority: boolean): Tree {
  if (!isMapTree(base)) return base;
  const content = new Map(base.content);
  if (byMajority) content.delete('quorum');
  return merge({ ...base, content }, { origin: base.origin, content: common });
}
