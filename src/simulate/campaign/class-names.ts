import { planFabrics } from '../../compile/fabric.ts';
import type { CompiledModel } from '../../compile/model.ts';
import type { Scenario } from '../../model/scenario.ts';
import { groupClasses } from './faults.ts';

/**
 * Name of the class of an element: counted elements, node pools and control functions are classes; members one per layer
 * and group; links and management controllers of a fabric go by the classes of their ends; others are alone.
 */
export function classNames(model: CompiledModel, scenario: Scenario): (element: number) => string {
  const { elements, names, seats } = model;
  const groups = groupClasses(names.groups, scenario.groups);
  const indexOf = new Map(names.elements.map((name, element) => [name, element]));
  const ends = new Map<string, string>();
  const populationOr = (name: string): string => {
    const population = elements.population[indexOf.get(name)!]!;
    return population >= 0 ? names.populations[population]! : name;
  };
  const local = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
  for (const { links, controllers } of planFabrics(scenario).layouts.values()) {
    for (const { name, lower, upper } of links) {
      const plane = /@.*$/.exec(name)?.[0] ?? '';
      ends.set(name, `${populationOr(lower)}--${local(populationOr(upper))}${plane}`);
    }
    for (const { node, names: ways } of controllers) {
      for (const way of ways) ends.set(way, `${populationOr(node)}--bmc`);
    }
  }
  return (element) => {
    const name = names.elements[element]!;
    const ofFabric = ends.get(name);
    if (ofFabric !== undefined) return ofFabric;
    const population = elements.population[element]!;
    if (population >= 0) return names.populations[population]!;
    const seat = elements.seat[element]!;
    if (seat < 0) return name;
    const group = seats.group[seat]!;
    const layer = element - seats.layer[seats.layerStart[seat]!]!;
    const id = scenario.groups[names.groups[group]!]?.instance[layer]?.id ?? `layer ${layer + 1}`;
    return `${groups[group]!} ${id}`;
  };
}
