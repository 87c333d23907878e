import type { Scenario } from '../../model/scenario.ts';
import type { Section } from '../resolve/context.ts';

/** Capacities of nodes from which nobody takes anything. */
export function lintCapacity(root: Section, { groups, sites }: Scenario): void {
  const used = new Set(
    Object.values(groups).flatMap(({ placement }) => (placement.flavour === undefined ? [] : placement.pools)),
  );
  for (const site of root.at('sites').entries()) {
    for (const part of site.at('nodes').entries()) {
      if (!part.has('capacity') || sites[site.key] === undefined || used.has(`${site.key}/${part.key}`)) continue;
      const message = 'no member on these nodes has a flavour, so that nothing is taken from their capacity';
      part
        .at('capacity')
        .problem('no-effect', message, 'placement: {flavour: m1.small}', { level: 'warning', part: 'key' });
    }
  }
}
