import fc from 'fast-check';
import { countedNames, layerNames } from '../../../src/model/element-names.ts';
import type { Law } from '../../../src/model/law.ts';
import type { Scenario } from '../../../src/model/scenario.ts';
import { DESTINATIONS, UPGRADE_MODES, UPGRADE_ORDERS, type Upgrade } from '../../../src/model/upgrade.ts';
import * as build from './build.ts';

/** The scenarios with one or two campaigns, several a day, over nodes, control instances or members. */
export function withUpgrades(
  scenarios: fc.Arbitrary<Scenario>,
  { memoryless = false }: { readonly memoryless?: boolean } = {},
): fc.Arbitrary<Scenario> {
  const law = (...means: readonly number[]): fc.Arbitrary<Law> =>
    fc
      .tuple(fc.constantFrom(...means), fc.boolean())
      .map(([mean, exact]) => (memoryless || !exact ? build.exponential(mean) : build.fixed(mean)));
  const placed = memoryless ? scenarios : scenarios.chain(withMovableGroups);
  return placed.chain((scenario) => {
    const nodes = Object.entries(scenario.sites).flatMap(([site, { nodes }]) =>
      Object.entries(nodes).map(([pool, { count }]) => countedNames(`${site}/${pool}`, count)),
    );
    const control = Object.entries(scenario.control).map(([id, { instances }]) => countedNames(id, instances));
    const members = Object.entries(scenario.groups).flatMap(([id, group]) =>
      group.instance.length === 0 ? [] : [layerNames(id, group, group.instance[0]!.id)],
    );
    const places = [...nodes, ...nodes, ...control, ...members].filter((some) => some.length > 0);
    if (places.length === 0) return fc.constant(scenario);
    const one = fc.constantFrom(...places).chain((targets) => {
      const areNodes = nodes.includes(targets as string[]);
      return fc.record({
        targets: fc.constant(targets),
        mode: areNodes
          ? fc.constantFrom(...UPGRADE_MODES, 'migrate' as const, 'migrate' as const, 'replace' as const)
          : fc.constantFrom('graceful' as const, 'forced' as const),
        fallback: fc.constantFrom('graceful' as const, 'forced' as const),
        order: fc.constantFrom(...UPGRADE_ORDERS),
        batch: fc.integer({ min: 1, max: targets.length }),
        waitsForRedundancy: fc.boolean(),
        perYear: fc.constantFrom(365, 2000),
        start: memoryless ? fc.constant('random' as const) : fc.constantFrom('periodic' as const, 'random' as const),
        nodeTime: law(60, 3600),
        copy: law(60, 600),
        pause: law(1, 60),
        copyDegradation: fc.constantFrom(0.1, 0.5),
        build: law(60, 600),
        grace: law(1, 60),
        destination: fc.constantFrom(...DESTINATIONS),
        constraints: fc.constantFrom<Upgrade['constraints'][]>([], targets.length > 1 ? [[1, 0]] : []),
        impact: fc.constant('Critical' as const),
        redundancyBudget: fc.constant({ id: 'degraded', measure: 'degraded redundancy', secondsPerYear: 300 } as const),
        bucket: fc.constant('ISW<=VIM' as const),
      });
    });
    const some = fc.array(one, { minLength: 1, maxLength: memoryless ? 1 : 2 });
    return some.map((list) => {
      // What an order contradicts waits for nothing, or it would wait for itself.
      const fits = (upgrade: Upgrade): Upgrade =>
        upgrade.constraints.length > 0 ? { ...upgrade, waitsForRedundancy: false } : upgrade;
      return { ...scenario, upgrades: Object.fromEntries(list.map((each, i) => [`upgrade${i}`, fits(each)])) };
    });
  });
}

/** Half of the scenarios with room on their nodes, and with groups whose members may go to any of them. */
function withMovableGroups(scenario: Scenario): fc.Arbitrary<Scenario> {
  const [site, own] = Object.entries(scenario.sites)[0] ?? [];
  const [pool, nodes] = Object.entries(own?.nodes ?? {}).find(([, { count }]) => count > 1) ?? [];
  if (site === undefined || own === undefined || pool === undefined || nodes === undefined)
    return fc.constant(scenario);
  const members = Object.values(scenario.groups).reduce((sum, group) => sum + group.members * group.placement.slots, 0);
  const room = Math.ceil(members / nodes.count);
  return fc
    .record({ moves: fc.boolean(), spare: fc.integer({ min: 1, max: 3 }), level: fc.constantFrom('none', 'node') })
    .map(({ moves, spare, level }) => {
      if (!moves) return scenario;
      const slots = room + spare;
      const larger = { ...nodes, slots, capacity: { vcpus: 2 * slots } };
      const placement = build.placed([`${site}/${pool}`], { antiAffinity: { level, hard: false } });
      const groups = Object.entries(scenario.groups).map(([id, group]) => [
        id,
        { ...group, placement: { ...group.placement, ...placement, slots: group.placement.slots } },
      ]);
      return {
        ...scenario,
        sites: { ...scenario.sites, [site]: { ...own, nodes: { ...own.nodes, [pool]: larger } } },
        groups: Object.fromEntries(groups),
      };
    });
}
