import type { FabricLayout } from './fabric-layout.ts';
import type { Probe } from './localisation.ts';

/** Probes of a leaf-spine fabric: from every node over every one of its links and every uplink of its leaves. */
export function probesOf(layout: FabricLayout): readonly Probe[] {
  const uplinks = new Map<string, { readonly uplink: string; readonly spine: string }[]>();
  for (const { of, links, mode } of layout.bundles) {
    if (mode === 'ecmp')
      uplinks.set(
        of,
        links.map(({ name, upper }) => ({ uplink: name, spine: upper })),
      );
  }
  return layout.bundles.flatMap(({ of: node, links, mode, serves }) => {
    if (mode === 'ecmp' || serves !== 'members') return [];
    return links.flatMap(({ name: link, upper: leaf }): Probe[] => {
      const above = uplinks.get(leaf) ?? [];
      return above.length === 0 ? [{ node, link, leaf }] : above.map((over) => ({ node, link, leaf, ...over }));
    });
  });
}
