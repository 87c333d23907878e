import type { Network } from '../../../model/structure.ts';
import { AND, ATLEAST, type Graph, NETWORK, XOR } from '../graph/graph.ts';
import type { Module } from '../graph/modules.ts';
import { isDisconnected } from '../network/connectivity.ts';
import { cheapestConnection } from './connection.ts';

/** Value of a leaf or gate that is not settled yet. */
export const UNKNOWN = 2;

/**
 * A module as something to ask "what is settled, and why". Leaves are numbered as in the module; a leaf's value is
 * that of its variable, 1 for failed.
 */
export class ReasonFinder {
  private readonly leaves: number;
  private readonly kinds: readonly number[];
  private readonly thresholds: readonly number[];
  private readonly networks: readonly (Network | undefined)[];
  /** Literals 2·node + sign over leaves, then gates; the node past the last stands for the constant 0. */
  private readonly inputs: readonly Int32Array[];
  private readonly weight: Float64Array;
  private readonly values: Uint8Array;
  private readonly atRest: Uint8Array;
  private readonly cost: Float64Array;
  private readonly chosen: Int32Array[] = [];

  /** @param unavailability by leaf, of its variable */
  constructor(graph: Graph, rest: Uint8Array, module: Module, unavailability: ArrayLike<number>) {
    const { leaves, gates } = module;
    this.leaves = leaves.length;
    const local = new Map<number, number>();
    for (const node of [...leaves, ...gates]) local.set(node, local.size);
    const nodes = local.size;
    const translate = (literal: number): number => {
      if (literal < 2) return 2 * nodes + literal;
      const node = local.get(literal >> 1)!;
      return 2 * node + ((literal & 1) ^ (node < leaves.length ? rest[literal >> 1]! : 0));
    };
    this.kinds = gates.map((gate) => graph.kinds[gate]!);
    this.thresholds = gates.map((gate) => graph.thresholds[gate]!);
    this.networks = gates.map((gate) => graph.networks.get(gate));
    this.inputs = gates.map((gate) => Int32Array.from(graph.inputs[gate]!, translate));
    this.values = new Uint8Array(nodes + 1);
    this.atRest = new Uint8Array(nodes + 1);
    this.cost = new Float64Array(nodes + 1);
    // Forcing a leaf to work keeps 1 − q of the probability: costs add as −ln(1 − q).
    this.weight = Float64Array.from({ length: this.leaves }, (_, leaf) => -Math.log1p(-unavailability[leaf]!));
  }

  /**
   * What the module's root is with the given leaf values: the value it takes when every unknown leaf works, and a set
   * of unknown leaves which, working, force it to that value whatever the others do (empty when it is settled).
   */
  explain(leafValues: Uint8Array): { value: number; leaves: number[] } {
    this.settle(leafValues);
    const root = this.values.length - 2;
    return { value: this.atRest[root]!, leaves: this.justify(root) };
  }

  /** Three-valued values, values at rest and costs of every gate, inputs first. */
  private settle(leafValues: Uint8Array): void {
    const { leaves, values, atRest, cost, inputs } = this;
    for (let leaf = 0; leaf < leaves; leaf++) {
      const value = leafValues[leaf]!;
      values[leaf] = value;
      atRest[leaf] = value === UNKNOWN ? 0 : value;
      cost[leaf] = value === UNKNOWN ? this.weight[leaf]! : 0;
    }
    for (let gate = 0; gate < inputs.length; gate++) {
      const node = leaves + gate;
      this.settleGate(gate, node);
      this.chosen[gate] = NOTHING;
      cost[node] = 0;
      if (values[node] !== UNKNOWN) continue;
      const chosen = this.reasons(gate, node);
      this.chosen[gate] = chosen;
      for (const literal of chosen) cost[node]! += cost[literal >> 1]!;
    }
  }

  private settleGate(gate: number, node: number): void {
    const { values, atRest } = this;
    const inputs = this.inputs[gate]!;
    let ones = 0;
    let unknown = 0;
    let onesAtRest = 0;
    for (const literal of inputs) {
      const value = values[literal >> 1]!;
      if (value === UNKNOWN) unknown++;
      else ones += value ^ (literal & 1);
      onesAtRest += atRest[literal >> 1]! ^ (literal & 1);
    }
    const n = inputs.length;
    const decide = (least: number): void => {
      values[node] = ones >= least ? 1 : ones + unknown < least ? 0 : UNKNOWN;
      atRest[node] = onesAtRest >= least ? 1 : 0;
    };
    switch (this.kinds[gate]) {
      case AND:
        decide(n);
        break;
      case ATLEAST:
        decide(this.thresholds[gate]!);
        break;
      case XOR:
        values[node] = unknown > 0 ? UNKNOWN : ones & 1;
        atRest[node] = onesAtRest & 1;
        break;
      case NETWORK: {
        const network = this.networks[gate]!;
        const value = (literal: number): number => {
          const known = values[literal >> 1]!;
          return known === UNKNOWN ? UNKNOWN : known ^ (literal & 1);
        };
        const found = Array.from(inputs, value);
        const best = isDisconnected(
          network,
          found.map((v) => v === 1),
        );
        const worst = isDisconnected(
          network,
          found.map((v) => v !== 0),
        );
        values[node] = best ? 1 : worst ? UNKNOWN : 0;
        const failed = Array.from(inputs, (literal) => (atRest[literal >> 1]! ^ (literal & 1)) === 1);
        atRest[node] = isDisconnected(network, failed) ? 1 : 0;
        break;
      }
    }
  }

  /** Inputs that, at their values at rest, force an unsettled gate to its own; cheap ones where there is a choice. */
  private reasons(gate: number, node: number): Int32Array {
    const { values, atRest, cost } = this;
    const inputs = this.inputs[gate]!;
    const open = inputs.filter((literal) => values[literal >> 1] === UNKNOWN);
    const kind = this.kinds[gate]!;
    if (kind === XOR) return open;
    if (kind === NETWORK) {
      if (atRest[node] === 1) return open;
      const price = Array.from(inputs, (literal) => {
        const works = (atRest[literal >> 1]! ^ (literal & 1)) === 0;
        return works ? cost[literal >> 1]! : Number.POSITIVE_INFINITY;
      });
      const used = cheapestConnection(this.networks[gate]!, price);
      return Int32Array.from(used, (input) => inputs[input]!).filter((literal) => values[literal >> 1] === UNKNOWN);
    }
    const n = inputs.length;
    const least = kind === AND ? n : this.thresholds[gate]!;
    const wanted = atRest[node]!;
    // To be at least `least` needs that many ones; not to be needs n − least + 1 zeros.
    let needed = wanted === 1 ? least : n - least + 1;
    for (const literal of inputs) {
      const value = values[literal >> 1]!;
      if (value !== UNKNOWN && (value ^ (literal & 1)) === wanted) needed--;
    }
    return open
      .filter((literal) => (atRest[literal >> 1]! ^ (literal & 1)) === wanted)
      .sort((a, b) => cost[a >> 1]! - cost[b >> 1]! || a - b)
      .slice(0, needed);
  }

  /** Unknown leaves the value at rest of `root` rests on, costliest first. */
  private justify(root: number): number[] {
    const { leaves } = this;
    const needed = new Uint8Array(root + 1);
    needed[root] = 1;
    for (let node = root; node >= leaves; node--) {
      if (needed[node] === 0) continue;
      for (const literal of this.chosen[node - leaves]!) needed[literal >> 1] = 1;
    }
    const found: number[] = [];
    for (let leaf = 0; leaf < leaves; leaf++) if (needed[leaf] === 1) found.push(leaf);
    return found.sort((a, b) => this.weight[b]! - this.weight[a]! || a - b);
  }
}

const NOTHING = new Int32Array(0);
