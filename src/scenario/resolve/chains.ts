import type { Service, Stage, StructureSpec } from '../../model/scenario.ts';
import { isMapTree } from '../read/tree.ts';
import type { Section } from './context.ts';
import type { Names } from './names.ts';
import { text } from './parsers.ts';
import { printTree } from './print.ts';
import { readMeasures } from './services.ts';
import { leavesOf, readStructure } from './structure.ts';

/**
 * Chains by id, as services whose structure is their stages in series (B-39, B-40). A name that stands for several gives
 * a stage each; a chain as a stage is one stage, whatever it is made of.
 */
export function readChains(section: Section, names: Names): Readonly<Record<string, Service>> {
  const chains: Record<string, Service> = {};
  const parts = new Map(section.entries().map((part) => [part.key, part] as const));
  const stages = new Map<string, readonly Stage[]>();

  const stagesOf = (id: string, below: readonly string[]): readonly Stage[] => {
    const known = stages.get(id);
    if (known !== undefined) return known;
    const list = parts.get(id)!.at('stages');
    const found: Stage[] = [];
    for (const item of list.items()) {
      for (const stage of readStage(item, [...below, id])) {
        if (!found.some((other) => other.id === stage.id)) found.push(stage);
        else item.problem('duplicate-name', `"${stage.id}" is a stage already`, 'it is up or down once: name it once');
      }
    }
    if (!list.exists)
      parts.get(id)!.problem('missing-key', 'a chain needs "stages"', 'stages: [access, core]', { part: 'key' });
    else if (list.items().length === 0)
      list.problem('empty-chain', 'expected at least one stage', 'stages: [access, core]');
    stages.set(id, found);
    return found;
  };

  const readStage = (item: Section, below: readonly string[]): readonly Stage[] => {
    if (isMapTree(item.tree)) {
      const structure = readStructure(item, names);
      return structure === undefined ? [] : [{ id: printTree(item.tree), structure }];
    }
    const name = text(item);
    if (name === undefined) return [];
    return names.expand(name).flatMap((each): readonly Stage[] => {
      if (names.kindOf(each) !== 'chain' || !parts.has(each)) {
        const structure = readStructure(item, names);
        const one: StructureSpec = { kind: 'leaf', of: each };
        return structure === undefined ? [] : [{ id: each, structure: one }];
      }
      if (below.includes(each)) {
        item.problem('cyclic-reference', `a chain cannot go through itself: ${[...below, each].join(' through ')}`);
        return [];
      }
      return [{ id: each, structure: seriesOf(stagesOf(each, below)) }];
    });
  };

  for (const [id, part] of parts) {
    const found = stagesOf(id, []);
    chains[id] = { structure: seriesOf(found), ...readMeasures(part), stages: found };
    part.optional('stages', () => undefined);
  }
  return chains;
}

/** All stages in series, those of inner chains among them. */
function seriesOf(stages: readonly Stage[]): StructureSpec {
  const inputs = stages.flatMap(({ structure }) => (structure.kind === 'all' ? structure.inputs : [structure]));
  return inputs.length === 1 ? inputs[0]! : { kind: 'all', inputs };
}

/** Names of the regions a chain goes through, in order, each once while it stays there. */
export function regionsAlong(stages: readonly Stage[], regions: readonly string[]): readonly string[] {
  const along = stages.flatMap(({ structure }) => leavesOf(structure).map((name) => name.split('/')[0]!));
  return along.filter((region, i) => regions.includes(region) && region !== along[i - 1]);
}
