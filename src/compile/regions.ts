import type { Scenario } from '../model/scenario.ts';
import { planFabrics } from './fabric.ts';
import type { CompiledModel } from './model.ts';
import { rowOf } from './rows.ts';

/**
 * Groups of each region whose failovers are reported together (B-48): of a cloud everything in it; of a recovery region
 * of a fabric, named `<site>/<id>`, the uplinks and bonds in it and the groups whose members all start in it. Undefined
 * where the scenario has neither.
 */
export function groupsByRegion(
  { names, groups, seats }: CompiledModel,
  scenario: Scenario,
): Readonly<Record<string, readonly number[]>> | undefined {
  const found: Record<string, number[]> = {};
  for (const region of Object.keys(scenario.regions ?? {})) {
    found[region] = names.groups.flatMap((id, group) => (id.startsWith(`${region}/`) ? [group] : []));
  }
  const indexOf = new Map(names.groups.map((id, group) => [id, group]));
  for (const [site, layout] of planFabrics(scenario).layouts) {
    const { fabric } = scenario.sites[site]!;
    if (fabric?.kind !== 'leaf-spine' || fabric.recoveryRegions === undefined) continue;
    for (const id of Object.keys(fabric.recoveryRegions)) found[`${site}/${id}`] = [];
    for (const { name, of } of layout.bundles) {
      const region = layout.recoveryRegionOf.get(of);
      const group = indexOf.get(name);
      if (region !== undefined && group !== undefined) found[region]!.push(group);
    }
    for (let group = 0; group < groups.count; group++) {
      const homes = rowOf(groups.seatStart, seats.home, group);
      const inside = homes.map((home) => layout.recoveryRegionOf.get(names.elements[home] ?? ''));
      const [region] = inside;
      if (region !== undefined && inside.every((each) => each === region)) found[region]!.push(group);
    }
  }
  return Object.keys(found).length === 0 ? undefined : found;
}
