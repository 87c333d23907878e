import type { Ref } from '../../model/structure.ts';
import { didYouMean } from '../read/suggest.ts';
import { isListTree, isMapTree, treeOfData } from '../read/tree.ts';
import type { Section } from '../resolve/context.ts';
import { count, text } from '../resolve/parsers.ts';
import { readNetwork } from './network.ts';
import type { Scope } from './scope.ts';
import { substitute } from './substitute.ts';
import type { Templates } from './template.ts';
import { isBlock, readValues, VALUE_KEYS } from './values.ts';

const FORMS = ['series', 'parallel', 'atLeast', 'network', 'use'] as const;

/** Keys of each form beside `name`; `repeat` and `index` belong to items of lists. */
const KEYS: Readonly<Record<(typeof FORMS)[number], readonly string[]>> = {
  series: ['series'],
  parallel: ['parallel'],
  atLeast: ['atLeast', 'of'],
  network: ['network'],
  use: ['use', 'with'],
};

const REPETITION = ['repeat', 'index'];
/** Copies one item may be repeated to. */
const MOST_COPIES = 50_000;

/** Reads what stands where a part of a diagram is expected, as the failure of that part. */
export class Expressions {
  private readonly templates: Templates;

  constructor(templates: Templates) {
    this.templates = templates;
  }

  /**
   * A name; a block by its values; `{series: […]}`, `{parallel: […]}`, `{atLeast: k, of: […]}`, `{network: …}` or
   * `{use: template, with: {…}}`. Undefined when a problem was reported. `item` says that a list holds it, where it
   * may be repeated; `place` names it where it has no name.
   */
  read(section: Section, scope: Scope, place: string, item = false): Ref | undefined {
    if (scope.assembly.overflown) return undefined;
    if (!section.exists) return section.problem('missing-key', 'a block, a name or a structure is missing here');
    if (isListTree(section.tree))
      return section.problem('bad-structure', 'expected one part, got a list', 'write series: […] or parallel: […]');
    if (!isMapTree(section.tree)) {
      const name = text(section);
      return name === undefined ? undefined : scope.resolve(name, section);
    }
    const given = FORMS.filter((form) => section.has(form));
    const form = given[0];
    if (given.length + (isBlock(section) ? 1 : 0) !== 1) {
      const found = [...given, ...VALUE_KEYS.filter((key) => section.has(key))].join(' and ') || 'none';
      const message = `expected one of ${FORMS.join(', ')}, or the values of a block, got ${found}`;
      return section.problem('bad-structure', message);
    }
    const keys = ['name', ...(form === undefined ? VALUE_KEYS : KEYS[form]), ...(item ? REPETITION : [])];
    for (const part of section.entries()) {
      if (keys.includes(part.key)) continue;
      const hint = REPETITION.includes(part.key)
        ? 'items of a list can be repeated'
        : didYouMean(part.key, keys, 'keys here');
      part.problem('unknown-key', 'unknown key', hint, { part: 'key' });
    }
    const own = section.has('name') ? section.optional('name', text) : undefined;
    const name = `${scope.prefix}${own ?? place}`;
    switch (form) {
      case undefined: {
        const block = readValues(section, name, scope.assembly.solveChain);
        return block === undefined ? undefined : scope.assembly.addBlock(section, block);
      }
      case 'series':
      case 'parallel': {
        const inputs = this.list(section.at(form), scope, own ?? place);
        const kind = form === 'series' ? 'or' : 'and';
        return inputs === undefined ? undefined : scope.assembly.addGate(section, { kind, inputs, name });
      }
      case 'atLeast':
        return this.atLeast(section, scope, name, own ?? place);
      case 'network':
        return readNetwork(section.at('network'), scope, name, own ?? place, this);
      case 'use':
        return this.templates.instantiate(section, scope, own ?? place, this);
    }
  }

  /** Items of a list, repeated ones once per copy. */
  private list(list: Section, scope: Scope, place: string): readonly Ref[] | undefined {
    const items = list.items();
    if (items.length === 0) {
      return list.problem(
        isListTree(list.tree) || !list.exists ? 'bad-structure' : 'wrong-type',
        'expected a list of at least one part',
      );
    }
    const refs: Ref[] = [];
    let complete = true;
    for (const [i, item] of items.entries()) {
      const copies = this.copies(item, items.length === 1 ? place : `${place}.${i + 1}`);
      complete &&= copies !== undefined;
      for (const copy of copies ?? []) {
        const ref = this.read(copy.section, scope, copy.place, true);
        if (ref === undefined) {
          // What is wrong with one copy is wrong with all.
          complete = false;
          break;
        }
        refs.push(ref);
      }
    }
    return complete ? refs : undefined;
  }

  /** An item of a list with its repetitions: `repeat: n` copies, `index: i` puts 1 … n where `$i` stands. */
  private copies(item: Section, place: string): { section: Section; place: string }[] | undefined {
    if (!item.has('repeat')) {
      if (item.has('index'))
        return item.at('index').problem('missing-key', '"index" goes with "repeat"', undefined, { part: 'key' });
      return [{ section: item, place }];
    }
    const times = item.optional('repeat', count(1, MOST_COPIES));
    const index = item.optional('index', text);
    if (times === undefined) return undefined;
    const own = item.optional('name', text) ?? place;
    return Array.from({ length: times }, (_, i) => {
      const number = treeOfData(i + 1, item.tree!.origin);
      const tree = index === undefined ? item.tree! : substitute(item.tree!, new Map([[index, number]]), []);
      const section = item.with(tree);
      const written = section.read('name', text);
      const name = written === undefined || written === own ? `${own}[${i + 1}]` : written;
      const renamed = new Map(isMapTree(tree) ? tree.content : []);
      renamed.set('name', treeOfData(name, item.tree!.origin));
      return { section: item.with({ ...tree, content: renamed }), place: name };
    });
  }

  private atLeast(section: Section, scope: Scope, name: string, place: string): Ref | undefined {
    const working = section.optional('atLeast', count(1));
    if (!section.has('of'))
      return section.problem('missing-key', '"of" is missing', 'for example {atLeast: 2, of: [a, b, c]}');
    const refs = this.list(section.at('of'), scope, place);
    if (working === undefined || refs === undefined) return undefined;
    if (working > refs.length) {
      return section.at('atLeast').problem('impossible-count', `${working} out of ${refs.length} is never reached`);
    }
    return scope.assembly.addGate(section, { kind: 'atleast', minimum: refs.length - working + 1, inputs: refs, name });
  }
}
