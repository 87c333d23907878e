import type { Structure } from '../../model/structure.ts';
import type { Diagram } from './bdd/diagram.ts';
import { BddManager } from './bdd/manager.ts';
import { solveModule } from './bdd/race.ts';
import { type CountedModule, countedModule } from './counting/module.ts';
import { flatten } from './graph/flatten.ts';
import { type Graph, NETWORK, valuesAtRest } from './graph/graph.ts';
import { gatherModules, type Module, modulesOf } from './graph/modules.ts';
import { binateLeaves } from './graph/polarity.ts';
import { simplify } from './graph/simplify.ts';

/** A module with the diagram of its function over its leaves. */
export interface DiagramModule {
  readonly root: number;
  readonly diagram: Diagram;
  /** By level: 1 where the variable is read with both signs (see `binateLeaves`). */
  readonly binate: Uint8Array;
}

/** A module that can be evaluated for any probabilities of its leaves. */
export type SolvedModule = DiagramModule | CountedModule;

/**
 * A structure ready to be evaluated for any block probabilities. Variables are graph nodes: block i is node i + 1, and
 * the root of a module stands for it in the modules above.
 */
export interface Solution {
  readonly blocks: number;
  /** Length of arrays indexed by graph node. */
  readonly nodes: number;
  /** Inner modules first; empty when the top is a block or a constant. */
  readonly modules: readonly SolvedModule[];
  /** Graph node the top is, 0 for a constant. */
  readonly top: number;
  /** Whether the top is the complement of what `top`'s diagram speaks of. */
  readonly complemented: boolean;
  /** Nodes of all diagrams together, constants not counted. */
  readonly diagramNodes: number;
}

/** A module whose diagram grew past the limit under every order tried. */
export interface OpenModule {
  readonly root: number;
  readonly module: Module;
}

/** Whether some failure may both cause and cure the top's. */
export function hasMixedSigns({ modules }: Solution): boolean {
  return modules.some((module) => 'diagram' in module && module.binate.some((mark) => mark === 1));
}

/** What a module reads, in the order its derivatives come in; a network may read a leaf several times. */
export function leavesOf(module: SolvedModule): Int32Array {
  return 'diagram' in module ? module.diagram.variables : module.leaves;
}

/** As `Solution`, with open modules: good for bounds only. */
export interface PartialSolution extends Omit<Solution, 'modules'> {
  readonly graph: Graph;
  /** Value of every graph node with nothing failed. */
  readonly rest: Uint8Array;
  readonly parts: readonly (SolvedModule | OpenModule)[];
}

/** The structure as a graph with its modules laid open: the part of the work that never blows up. */
export function prepare(structure: Structure): Graph {
  return gatherModules(simplify(flatten(structure)));
}

/**
 * Diagrams of all modules; a partial solution when some module needs more than `nodeLimit` nodes, or a network of
 * independent elements more than `networkLimit`.
 */
export function solve(graph: Graph, nodeLimit: number, networkLimit = nodeLimit): Solution | PartialSolution {
  const rest = valuesAtRest(graph);
  const manager = new BddManager();
  const modules: SolvedModule[] = [];
  const parts: (SolvedModule | OpenModule)[] = [];
  let diagramNodes = 0;
  for (const module of modulesOf(graph)) {
    const { root } = module;
    const counted = countedModule(graph, rest, module);
    if (counted !== undefined) {
      modules.push(counted);
      parts.push(counted);
      continue;
    }
    const limit = graph.kinds[root] === NETWORK ? networkLimit : nodeLimit;
    const diagram = solveModule(manager, graph, rest, module, limit);
    if (diagram === undefined) {
      parts.push({ root, module });
      continue;
    }
    diagramNodes += diagram.size - 1;
    const solved = { root, diagram, binate: binateLeaves(graph, module, diagram.variables) };
    modules.push(solved);
    parts.push(solved);
  }
  const top = graph.top >> 1;
  // A module's variable is its complement where it is true at rest.
  const complemented = ((graph.top & 1) ^ rest[top]!) === 1;
  const common = { blocks: graph.variables, nodes: graph.kinds.length, top, complemented, diagramNodes };
  return modules.length === parts.length ? { ...common, modules } : { ...common, graph, rest, parts };
}
