import type { Graph } from '../graph/graph.ts';
import type { Module } from '../graph/modules.ts';
import { independentNetworkDiagram } from '../network/diagram.ts';
import { independentNetwork } from '../network/independent.ts';
import { ModuleBuilder } from './build.ts';
import { type Diagram, extract } from './diagram.ts';
import { localModule } from './local.ts';
import { BddManager, type Edge } from './manager.ts';
import { firstOrder, orderings } from './order.ts';

/** Nodes every order may make before progress is compared, plus this many for each leaf. */
const HEAT = 12_288;
const HEAT_PER_LEAF = 8;
/** How much further each place behind the leader weighs its nodes: the leader gets about two thirds of all work. */
const HANDICAP = 3;
/** Above this many nodes the shared manager is emptied before the next module. */
const CROWDED = 1 << 12;

/** One order and the diagram growing under it. */
class Entrant {
  readonly builder: ModuleBuilder;
  private readonly order: readonly number[];
  private readonly before: number;

  constructor(manager: BddManager, graph: Graph, rest: Uint8Array, module: Module, order: Int32Array) {
    this.before = manager.size;
    this.order = Array.from(order, (leaf) => module.leaves[leaf]!);
    this.builder = new ModuleBuilder(manager, graph, rest, module, this.order);
  }

  /** Nodes made for this order so far. */
  get spent(): number {
    return this.builder.manager.size - this.before;
  }

  advance(nodes: number): Diagram | undefined {
    const edge: Edge | undefined = this.builder.advance(this.before + nodes);
    return edge === undefined ? undefined : extract(this.builder.manager, edge, this.order);
  }
}

/**
 * Diagram of a module over its leaves (graph nodes as variables, complemented where `rest` says so), or undefined when
 * no order gets by with `limit` nodes before all orders together have made twice as many.
 *
 * A cheap order goes first. If it blows up, several orders race: each gets the same first heat; from then on the one
 * whose nodes·3^rank is smallest goes on, ranked by progress, so that the leader gets most of the work and no order is
 * given up for good.
 */
export function solveModule(
  shared: BddManager,
  graph: Graph,
  rest: Uint8Array,
  module: Module,
  limit: number,
): Diagram | undefined {
  const network = independentNetwork(graph, rest, module);
  if (network !== undefined) return independentNetworkDiagram(network, module.leaves, limit);
  const local = localModule(graph, module);
  if (shared.size > CROWDED) shared.clear();
  const heat = Math.min(limit, HEAT + HEAT_PER_LEAF * local.leaves);
  const first = new Entrant(shared, graph, rest, module, firstOrder(local));
  const quick = first.advance(heat);
  if (quick !== undefined) return quick;

  let running = [first];
  let spent = first.spent;
  for (const order of orderings(local)) {
    const entrant = new Entrant(new BddManager(), graph, rest, module, order);
    const diagram = entrant.advance(heat);
    if (diagram !== undefined) return diagram;
    spent += entrant.spent;
    running.push(entrant);
  }
  // By the time the leader has had `limit` the whole race has had no more than about twice that.
  while (running.length > 0 && spent < 2 * limit) {
    running.sort((a, b) => b.builder.progress - a.builder.progress);
    let next = running[0]!;
    let least = Number.POSITIVE_INFINITY;
    running.forEach((entrant, rank) => {
      const handicap = entrant.spent * HANDICAP ** rank;
      if (handicap < least) {
        least = handicap;
        next = entrant;
      }
    });
    const before = next.spent;
    const diagram = next.advance(Math.min(limit, Math.ceil(1.5 * before)));
    if (diagram !== undefined) return diagram;
    spent += next.spent - before;
    running = running.filter((entrant) => entrant.spent < limit);
  }
  return undefined;
}
