import { InputError, type Problem } from '../../model/problem.ts';
import type { Structure } from '../../model/structure.ts';
import { isMapTree } from '../read/tree.ts';
import { byPlace, openWritten, type WrittenKind, type WrittenOptions } from '../written/open-written.ts';
import type { SolveChain } from './chain-block.ts';
import { readCommonCauses } from './common-causes.ts';
import { defineNames } from './definitions.ts';
import { Expressions } from './expression.ts';
import { Assembly, Scope } from './scope.ts';
import { Templates } from './template.ts';

export const DIAGRAM_FORMAT = 'carriergrade/diagram/1';

/** A reliability block diagram read from a file. */
export interface ReadDiagram {
  readonly name: string;
  readonly title: string;
  readonly structure: Structure;
}

export interface ReadDiagramOptions extends WrittenOptions {
  /** Solves blocks that are chains; without it they are a problem. */
  readonly solveChain?: SolveChain;
}

const KIND: WrittenKind = {
  format: DIAGRAM_FORMAT,
  what: 'a block diagram',
  keys: ['format', 'name', 'title', 'templates', 'blocks', 'parts', 'commonCauses', 'diagram'],
};

/**
 * Reads a reliability block diagram written in YAML:
 *
 *     format: carriergrade/diagram/1
 *     blocks:                                # units that are used by name, each one unit wherever it is used
 *       vim: {mtbf: 10000 h, mttr: 4 h}
 *     templates:
 *       vnf:
 *         parameters: {unit: 99.9 %}         # with defaults, or a list of names
 *         parallel:
 *           - {repeat: 2, name: vm, availability: $unit}
 *     diagram:
 *       series:
 *         - vim
 *         - {use: vnf, name: edge, with: {unit: 99.95 %}}
 *         - {atLeast: 2, of: [{repeat: 3, name: controller, availability: 99.9 %}]}
 *         - network: {nodes: [a, b, c], links: […], source: a, targets: [c]}
 *
 * Values of blocks: see `readValues`. A name without values is a reference. Networks: see `readNetwork`.
 *
 * @throws InputError with every problem found, each located in the text
 */
export function readDiagram(source: string, options: ReadDiagramOptions = {}): ReadDiagram {
  const { root, problems, name, title } = openWritten(source, KIND, options);
  const assembly = new Assembly(options.solveChain);
  const scope = new Scope(assembly);
  const list = root.at('templates');
  if (list.exists && !isMapTree(list.tree)) list.problem('wrong-type', 'templates are a map from names');
  const expressions = new Expressions(new Templates(list));
  defineNames(root, scope, expressions);
  const top = root.has('diagram')
    ? expressions.read(root.at('diagram'), scope, 'diagram')
    : root.problem(
        'missing-key',
        '"diagram" is missing',
        'the structure itself, for example diagram: {series: [a, b]}',
      );
  const commonCauses = readCommonCauses(root.at('commonCauses'), scope);
  const blocks = [...assembly.blocks];
  const gates = [...assembly.gates];
  // What nobody uses is read all the same, so that its mistakes do not wait for the day it is used.
  for (const name of [...scope.names()]) scope.resolve(name, scope.sectionOf(name));
  if (problems.length > 0 || top === undefined) throw new InputError(distinct(problems).sort(byPlace));
  const structure = { name, blocks, gates, top, ...(commonCauses.length === 0 ? {} : { commonCauses }) };
  return { name, title, structure };
}

/** A mistake in a template shows in every instance; it is told once. */
function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, place, message }) => {
    const key = `${code} ${place?.line} ${place?.column} ${place === undefined ? message : ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
