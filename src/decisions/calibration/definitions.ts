import type { CompiledModel } from '../../compile/model.ts';
import { countedNames } from '../../model/element-names.ts';
import type { FailureMode, Scenario } from '../../model/scenario.ts';

/** Where a scenario says how something fails, and how many elements that is said of. */
export interface Definition {
  /** Path of what has `failures`, as for `set`. */
  readonly path: string;
  /** Group whose members it is part of. */
  readonly group?: string;
  readonly failures: readonly FailureMode[];
  /** Elements that can fail at a time; standbys by their rate factor. */
  readonly operating: number;
}

/**
 * Definitions by the names a ticket may use: elements and what they are counted under, members and groups. A group whose
 * instance has several layers has a definition for each.
 *
 * @param written paths the scenario has, as `explain` prints them
 */
export function definitionsOf(
  scenario: Scenario,
  model: CompiledModel,
  written: readonly string[],
): ReadonlyMap<string, readonly Definition[]> {
  const found = new Map<string, readonly Definition[]>();
  const add = (definition: Definition, names: readonly string[]): void => {
    for (const name of names) found.set(name, [...(found.get(name) ?? []), definition]);
  };
  const counted = (path: string, name: string, count: number, failures: readonly FailureMode[]): void =>
    add({ path, failures, operating: count }, [...new Set([name, ...countedNames(name, count)])]);

  for (const [id, { count, failures }] of Object.entries(scenario.elements)) {
    counted(`elements.${id}`, id, count, failures);
  }
  for (const [id, { instances, failures }] of Object.entries(scenario.control)) {
    counted(`control.functions.${id}`, id, instances, failures);
  }
  for (const [site, { domains, nodes, failures, fabric }] of Object.entries(scenario.sites)) {
    counted(`sites.${site}`, site, 1, failures);
    for (const [id, domain] of Object.entries(domains)) {
      counted(`sites.${site}.domains.${id}`, `${site}/${id}`, 1, domain.failures);
    }
    for (const [id, pool] of Object.entries(nodes)) {
      counted(`sites.${site}.nodes.${id}`, `${site}/${id}`, pool.count, pool.failures);
    }
    if (fabric?.kind !== 'leaf-spine') continue;
    counted(`sites.${site}.fabric.spine`, `${site}/spine`, fabric.spines, fabric.spine.failures);
    counted(`sites.${site}.fabric.leaf`, `${site}/leaf`, fabric.leaves, fabric.leaf.failures);
  }
  for (const [id, group] of Object.entries(scenario.groups)) {
    const layered = written.some((path) => path.startsWith(`groups.${id}.instance.`));
    const operating = operatingMembers(model, id);
    for (const { id: layer, failures } of group.instance) {
      const path = layered ? `groups.${id}.instance.${layer}` : `groups.${id}`;
      const members = Array.from({ length: group.members }, (_, i) => `${id}/${i + 1}`);
      const inside = layered ? members.map((member) => `${member}/${layer}`) : [];
      add({ path, group: id, failures, operating }, [id, ...members, ...inside]);
    }
  }
  return found;
}

/** Members of a group that wear at a time: the first one, the others by the rate factor of standbys. */
function operatingMembers({ groups, names }: CompiledModel, id: string): number {
  const group = names.groups.indexOf(id);
  const members = groups.seatStart[group + 1]! - groups.seatStart[group]!;
  return 1 + (members - 1) * groups.standbyRate[group]!;
}
