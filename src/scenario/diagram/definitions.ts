import { didYouMean } from '../read/suggest.ts';
import { isMapTree } from '../read/tree.ts';
import type { Section } from '../resolve/context.ts';
import type { Expressions } from './expression.ts';
import type { Scope } from './scope.ts';
import { readValues, VALUE_KEYS } from './values.ts';

/**
 * Takes the `blocks` and `parts` of a diagram or template into a scope; the section without them is left. A name always
 * means the same unit: what is used twice is one thing that fails once.
 */
export function defineNames(section: Section, scope: Scope, expressions: Expressions): Section {
  for (const key of ['blocks', 'parts'] as const) {
    const list = section.at(key);
    if (list.exists && !isMapTree(list.tree)) list.problem('wrong-type', `${key} are a map from names`);
    for (const part of list.entries()) {
      if (key === 'blocks') scope.define(part, readBlock);
      else scope.define(part, (own, where) => expressions.read(own, where, own.key));
    }
  }
  if (!isMapTree(section.tree)) return section;
  const rest = [...section.tree.content].filter(([key]) => key !== 'blocks' && key !== 'parts');
  return section.with({ ...section.tree, content: new Map(rest) });
}

function readBlock(section: Section, scope: Scope): number | undefined {
  if (!isMapTree(section.tree))
    return section.problem('wrong-type', 'a block is a map of its values', 'for example {availability: 99.9 %}');
  for (const part of section.entries()) {
    if (!VALUE_KEYS.includes(part.key)) {
      part.problem('unknown-key', 'unknown key', didYouMean(part.key, VALUE_KEYS, 'keys here'), { part: 'key' });
    }
  }
  const block = readValues(section, `${scope.prefix}${section.key}`, scope.assembly.solveChain);
  return block === undefined ? undefined : scope.assembly.addBlock(section, block);
}
