import type { Ref } from '../../model/structure.ts';
import { didYouMean } from '../read/suggest.ts';
import { isListTree, isMapTree, type Tree } from '../read/tree.ts';
import type { Section } from '../resolve/context.ts';
import { text, texts } from '../resolve/parsers.ts';
import { defineNames } from './definitions.ts';
import type { Expressions } from './expression.ts';
import { Scope } from './scope.ts';
import { substitute, type Unknown } from './substitute.ts';

/** Templates inside templates: deeper is hardly meant. */
const DEEPEST = 40;

/** The templates of a diagram: a part with parameters, and blocks of its own in every instance. */
export class Templates {
  private readonly sections = new Map<string, Section>();
  /** Templates being instantiated, outermost first. */
  private readonly open: string[] = [];

  constructor(list: Section) {
    for (const section of list.entries()) this.sections.set(section.key, section);
  }

  names(): readonly string[] {
    return [...this.sections.keys()];
  }

  /** One instance: `{use: name, with: {parameter: value}}`. Blocks in it are called `<place>/<their name>`. */
  instantiate(section: Section, scope: Scope, place: string, expressions: Expressions): Ref | undefined {
    const name = section.optional('use', text);
    if (name === undefined) return undefined;
    const template = this.sections.get(name);
    if (template === undefined) {
      const message = `there is no template "${name}"`;
      return section.at('use').problem('dangling-reference', message, didYouMean(name, this.names(), 'templates'));
    }
    if (this.open.includes(name)) {
      const circle = [...this.open.slice(this.open.indexOf(name)), name].join(' → ');
      return section.problem('cyclic-templates', `a template uses itself: ${circle}`);
    }
    if (this.open.length >= DEEPEST)
      return section.problem('too-deep', `templates use templates more than ${DEEPEST} deep`);
    if (!scope.assembly.addInstance(section)) return undefined;
    const args = readArguments(section, template);
    if (args === undefined || !isMapTree(template.tree)) {
      return args === undefined ? undefined : template.problem('wrong-type', 'a template is a map');
    }
    const unknown: Unknown[] = [];
    const body = new Map([...template.tree.content].filter(([key]) => key !== 'parameters'));
    const tree = substitute({ ...template.tree, content: body }, args, unknown);
    for (const missing of unknown) {
      const hint = didYouMean(missing.name, [...args.keys()], 'parameters');
      template
        .with(missing.tree)
        .problem('unknown-parameter', `template "${name}" has no parameter "${missing.name}"`, hint);
    }
    if (unknown.length > 0) return undefined;
    this.open.push(name);
    const inner = new Scope(scope.assembly, `${scope.prefix}${place}/`, scope);
    const rest = defineNames(template.with(tree), inner, expressions);
    const ref = expressions.read(rest, inner, name);
    this.open.pop();
    return ref;
  }
}

/** Arguments by parameter: given ones, then defaults; reports what is missing or unknown. */
function readArguments(use: Section, template: Section): Map<string, Tree> | undefined {
  const listed = template.at('parameters');
  const args = new Map<string, Tree>();
  const names: string[] = [];
  if (isListTree(listed.tree)) names.push(...(texts(listed) ?? []));
  else if (isMapTree(listed.tree)) {
    for (const part of listed.entries()) {
      names.push(part.key);
      if (part.tree!.content !== null) args.set(part.key, part.tree!);
    }
  } else if (listed.exists)
    return listed.problem('wrong-type', 'expected a list of names, or a map from names to defaults');
  const given = use.at('with');
  if (given.exists && !isMapTree(given.tree))
    return given.problem('wrong-type', 'expected a map from parameters to values');
  let complete = true;
  for (const part of given.entries()) {
    if (names.includes(part.key)) args.set(part.key, part.tree!);
    else {
      const message = `template "${template.key}" has no parameter "${part.key}"`;
      part.problem('unknown-parameter', message, didYouMean(part.key, names, 'parameters'), { part: 'key' });
      complete = false;
    }
  }
  for (const name of names) {
    if (args.has(name)) continue;
    use.problem('missing-argument', `template "${template.key}" needs "${name}"`, `for example with: {${name}: …}`);
    complete = false;
  }
  return complete ? args : undefined;
}
