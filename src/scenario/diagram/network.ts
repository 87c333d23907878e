import type { Network, Ref } from '../../model/structure.ts';
import { didYouMean } from '../read/suggest.ts';
import { isListTree, isMapTree } from '../read/tree.ts';
import type { Section } from '../resolve/context.ts';
import { flag, text, texts } from '../resolve/parsers.ts';
import type { Expressions } from './expression.ts';
import type { Scope } from './scope.ts';
import { isBlock } from './values.ts';

const KEYS = ['nodes', 'links', 'source', 'targets', 'terminals', 'directed'];
const ENDS = ['from', 'to', 'both'];

/**
 * A network of fallible nodes and links, failed when its ends no longer hang together:
 *
 *     nodes: {a: spine-1, b: {availability: 99.9 %}, c: null}   # null, or a plain list: cannot fail
 *     links:
 *       - {from: a, to: b, mtbf: 10000 h, mttr: 4 h}
 *       - {from: b, to: c, part: fibre}                          # a name, or a structure
 *       - {from: a, to: c}                                       # cannot fail
 *     source: a                                                  # or terminals: [a, b, c]
 *     targets: [c]
 *     directed: true
 */
export function readNetwork(
  section: Section,
  scope: Scope,
  name: string,
  place: string,
  expressions: Expressions,
): Ref | undefined {
  if (!isMapTree(section.tree)) return section.problem('wrong-type', 'a network is a map');
  for (const part of section.entries()) {
    if (!KEYS.includes(part.key))
      part.problem('unknown-key', 'unknown key', didYouMean(part.key, KEYS, 'keys here'), { part: 'key' });
  }
  const inputs: Ref[] = [];
  let complete = true;
  /** Position among the inputs of what makes an element fail, −1 when nothing does. */
  const element = (part: Section, where: string): number => {
    const ref = expressions.read(part, scope, where);
    complete &&= ref !== undefined;
    return ref === undefined ? -1 : inputs.push(ref) - 1;
  };

  const nodes = new Map<string, number>();
  const nodeInput: number[] = [];
  const listed = section.at('nodes');
  if (isListTree(listed.tree)) {
    for (const node of texts(listed) ?? []) {
      if (nodes.has(node)) listed.problem('duplicate-name', `node "${node}" is listed twice`);
      nodes.set(node, nodeInput.push(-1) - 1);
    }
  } else {
    for (const part of listed.entries()) {
      const sure = part.tree!.content === null;
      nodes.set(part.key, nodeInput.push(sure ? -1 : element(part, `${place}.${part.key}`)) - 1);
    }
  }
  if (nodes.size === 0) return listed.problem('missing-key', 'a network needs nodes', 'for example nodes: [a, b, c]');
  const nodeOf = (part: Section): number | undefined => {
    const node = part.exists ? text(part) : part.problem('missing-key', 'a node is missing here');
    if (node === undefined) return undefined;
    const found = nodes.get(node);
    if (found !== undefined) return found;
    return part.problem(
      'dangling-reference',
      `there is no node "${node}"`,
      didYouMean(node, [...nodes.keys()], 'nodes'),
    );
  };

  const links: Network['links'][number][] = [];
  const items = section.at('links').items();
  if (items.length === 0) section.at('links').problem('missing-key', 'a network needs a list of links');
  for (const link of items) {
    const from = nodeOf(link.at('from'));
    const to = nodeOf(link.at('to'));
    if (from === undefined || to === undefined) {
      complete = false;
      continue;
    }
    links.push({
      from,
      to,
      input: linkInput(link, `${place}.${text(link.at('from'))}-${text(link.at('to'))}`, element),
    });
  }
  const terminals = readTerminals(section, nodeOf);
  const directed = section.optional('directed', flag) ?? false;
  if (terminals === undefined || !complete || items.length === 0) return undefined;
  if (directed && section.has('terminals')) {
    return section
      .at('terminals')
      .problem('conflicting-keys', 'a directed network has a source and targets', undefined, { part: 'key' });
  }
  const network: Network = { nodeCount: nodes.size, nodeInput, links, directed, terminals };
  return scope.assembly.addGate(section, { kind: 'disconnected', network, inputs, name });
}

/** What makes a link fail: its own values, its `part`, or nothing. */
function linkInput(link: Section, place: string, element: (part: Section, where: string) => number): number {
  const own = new Map(isMapTree(link.tree) ? [...link.tree.content].filter(([key]) => !ENDS.includes(key)) : []);
  if (own.size === 0) return -1;
  if (own.has('part')) {
    for (const part of link.entries()) {
      if (part.key !== 'part' && !ENDS.includes(part.key)) {
        part.problem('conflicting-keys', `"${part.key}" does not go with "part"`, undefined, { part: 'key' });
      }
    }
    return element(link.at('part'), place);
  }
  const rest = link.with({ ...link.tree!, content: own });
  if (!isBlock(rest) && own.size === 1 && own.has('name')) return -1;
  return element(rest, place);
}

function readTerminals(section: Section, nodeOf: (part: Section) => number | undefined): number[] | undefined {
  const each = (list: Section): (number | undefined)[] => (isListTree(list.tree) ? list.items() : [list]).map(nodeOf);
  let found: (number | undefined)[];
  if (section.has('terminals')) {
    if (section.has('source') || section.has('targets')) {
      const message = 'give terminals, or a source and targets';
      return section.at('terminals').problem('conflicting-keys', message, undefined, { part: 'key' });
    }
    found = each(section.at('terminals'));
  } else if (section.has('source') && section.has('targets')) {
    const targets = each(section.at('targets'));
    if (targets.length === 0) return section.at('targets').problem('missing-key', 'which nodes must be reached?');
    found = [nodeOf(section.at('source')), ...targets];
  } else {
    return section.problem(
      'missing-key',
      'which nodes must be connected?',
      'source: a and targets: [b], or terminals: [a, b]',
    );
  }
  if (found.length === 0) return section.problem('missing-key', 'which nodes must be connected?');
  return found.includes(undefined) ? undefined : (found as number[]);
}
