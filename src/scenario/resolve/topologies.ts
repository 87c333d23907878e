import { TOPOLOGIES } from '../../catalogue/topologies.ts';
import { merge } from '../read/merge.ts';
import { didYouMean } from '../read/suggest.ts';
import { isMapTree, treeOfCatalogue } from '../read/tree.ts';
import type { Section } from './context.ts';
import { text } from './parsers.ts';

/** The scenario with the catalogue's site laid below each site that names a `topology`. */
export function withTopologies(root: Section): Section {
  const sites = root.at('sites');
  if (!isMapTree(root.tree) || !isMapTree(sites.tree)) return root;
  const content = new Map(sites.tree.content);
  for (const site of sites.entries()) {
    const id = site.optional('topology', text);
    if (id === undefined || site.tree === undefined) continue;
    if (!Object.hasOwn(TOPOLOGIES, id)) {
      const hint = didYouMean(id, Object.keys(TOPOLOGIES), 'topologies');
      site.at('topology').problem('dangling-reference', `there is no topology "${id}"`, hint);
      continue;
    }
    const merged = merge(treeOfCatalogue(TOPOLOGIES[id], '[EA]'), site.tree);
    content.set(site.key, merged);
  }
  const all = new Map(root.tree.content).set('sites', { ...sites.tree, content });
  return root.with({ ...root.tree, content: all });
}
