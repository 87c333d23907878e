import { AND, type Graph, type Literal, XOR } from '../graph/graph.ts';
import type { Module } from '../graph/modules.ts';
import { networkEdge } from '../network/diagram.ts';
import { type BddManager, type Edge, NodeLimitReached } from './manager.ts';

/**
 * Builds the diagram of one module under one variable order, in instalments: when the nodes allowed run out the work
 * done so far stays, and the next instalment goes on with the operation that was interrupted.
 */
export class ModuleBuilder {
  readonly manager: BddManager;
  private readonly graph: Graph;
  private readonly module: Module;
  private readonly edgeOf = new Map<number, Edge>();
  /** Gate being built, its inputs deepest first, how many are folded in, and the rows folded so far. */
  private gate = 0;
  private inputs: Edge[] | undefined;
  private folded = 0;
  private rows = new Int32Array(1);
  private foldedInputs = 0;
  private readonly totalInputs: number;

  /**
   * `order[i]` is the leaf (graph node) at level i; its variable is the leaf's complement where `rest[leaf]` is 1. The
   * manager may be shared with finished modules.
   */
  constructor(manager: BddManager, graph: Graph, rest: Uint8Array, module: Module, order: ArrayLike<number>) {
    this.manager = manager;
    this.graph = graph;
    this.module = module;
    manager.limit = Number.POSITIVE_INFINITY;
    for (let level = 0; level < order.length; level++) {
      this.edgeOf.set(order[level]!, manager.variable(level) ^ rest[order[level]!]!);
    }
    this.totalInputs = module.gates.reduce((sum, gate) => sum + graph.inputs[gate]!.length, 0);
  }

  /** Share of the gate inputs folded in, 0 … 1. */
  get progress(): number {
    return this.foldedInputs / this.totalInputs;
  }

  /** Works until the manager holds `limit` nodes; the module's edge when it is done, else undefined. */
  advance(limit: number): Edge | undefined {
    this.manager.limit = limit;
    try {
      const { gates } = this.module;
      for (; this.gate < gates.length; this.gate++) this.finishGate(gates[this.gate]!);
      return this.edgeOf.get(this.module.root)!;
    } catch (error) {
      if (!(error instanceof NodeLimitReached)) throw error;
      this.manager.abandonOperation();
      return undefined;
    }
  }

  private finishGate(gate: number): void {
    const { graph, manager } = this;
    const kind = graph.kinds[gate]!;
    const k = graph.thresholds[gate]!;
    const network = graph.networks.get(gate);
    if (network !== undefined) {
      const failed = graph.inputs[gate]!.map((literal) => this.edge(literal));
      this.edgeOf.set(gate, networkEdge(manager, network, failed));
      this.foldedInputs += failed.length;
      return;
    }
    if (this.inputs === undefined) {
      // Deepest first: each operation then only walks the levels its newest input spans.
      const inputs = graph.inputs[gate]!.map((literal) => this.edge(literal));
      this.inputs = inputs.sort((a, b) => manager.levelOf(b) - manager.levelOf(a) || b - a);
      this.folded = 0;
      this.rows = new Int32Array(k + 1);
      this.rows[0] = kind === XOR ? 0 : 1;
    }
    const { inputs, rows } = this;
    const n = inputs.length;
    for (; this.folded < n; this.folded++, this.foldedInputs++) {
      const input = inputs[this.folded]!;
      if (kind === AND) rows[0] = manager.and(rows[0]!, input);
      else if (kind === XOR) rows[0] = manager.xor(input, rows[0]!);
      else rows.set(this.nextRows(rows, input, n));
    }
    this.edgeOf.set(gate, rows[k]!);
    this.inputs = undefined;
  }

  private edge(literal: Literal): Edge {
    return literal < 2 ? literal : this.edgeOf.get(literal >> 1)! ^ (literal & 1);
  }

  /**
   * k-of-n row by row: rows[j] = "at least j of the inputs so far", one ite per cell instead of C(n, k) products;
   * only rows that can still reach k with the inputs left are kept up.
   */
  private nextRows(rows: Int32Array, input: Edge, n: number): Int32Array {
    const next = rows.slice();
    const k = rows.length - 1;
    const least = Math.max(1, k - (n - 1 - this.folded));
    for (let j = Math.min(k, this.folded + 1); j >= least; j--) {
      next[j] = this.manager.ite(input, rows[j - 1]!, rows[j]!);
    }
    return next;
  }
}
