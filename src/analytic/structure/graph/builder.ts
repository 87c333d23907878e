import type { Network } from '../../../model/structure.ts';
import { isDisconnected } from '../network/connectivity.ts';
import { readingOrder } from '../network/reading.ts';
import { AND, ATLEAST, FALSE, type Graph, type Literal, NETWORK, TRUE, XOR } from './graph.ts';

/**
 * Builds a graph bottom-up. Constants, repeated and opposed inputs, single inputs and one level of absorption are
 * resolved as gates are made, and a gate equal to one already made is that gate (coalescing).
 */
export class GraphBuilder {
  private readonly kinds: number[];
  private readonly inputs: Literal[][];
  private readonly thresholds: number[];
  private readonly networks = new Map<number, Network>();
  /** Gates by hash of what they compute; inputs are compared as multisets. */
  private readonly buckets = new Map<number, number[]>();
  /** `stamp[literal] === generation` marks the literals of the gate at hand. */
  private stamp: number[] = [];
  private generation = 0;
  readonly variables: number;

  constructor(variables: number) {
    this.variables = variables;
    this.kinds = new Array<number>(variables + 1).fill(0);
    this.thresholds = new Array<number>(variables + 1).fill(0);
    this.inputs = Array.from({ length: variables + 1 }, () => []);
  }

  finish(top: Literal): Graph {
    const { variables, kinds, inputs, thresholds, networks } = this;
    return { variables, kinds, inputs, thresholds, networks, top };
  }

  /** Conjunction; true for no inputs. */
  and(literals: readonly Literal[]): Literal {
    const generation = this.mark(literals);
    const { stamp } = this;
    for (const literal of literals) if (literal === FALSE || stamp[literal ^ 1] === generation) return FALSE;
    const kept: Literal[] = [];
    for (const literal of literals) {
      if (literal === TRUE || stamp[literal] !== generation) continue;
      stamp[literal] = 0;
      kept.push(literal);
    }
    if (kept.length > 1 && !this.absorb(kept)) return FALSE;
    if (kept.length === 0) return TRUE;
    if (kept.length === 1) return kept[0]!;
    return 2 * this.gate(AND, 0, kept);
  }

  or(literals: readonly Literal[]): Literal {
    return this.and(literals.map((literal) => literal ^ 1)) ^ 1;
  }

  /** Odd parity; false for no inputs. */
  xor(literals: readonly Literal[]): Literal {
    let sign = 0;
    const odd = new Set<number>();
    for (const literal of literals) {
      sign ^= literal & 1;
      const node = literal >> 1;
      if (node === 0) continue;
      if (!odd.delete(node)) odd.add(node);
    }
    const kept = [...odd].map((node) => 2 * node);
    if (kept.length === 0) return sign;
    if (kept.length === 1) return kept[0]! ^ sign;
    return (2 * this.gate(XOR, 0, kept)) ^ sign;
  }

  /** At least `threshold` of the inputs, each counted as often as it is listed. */
  atLeast(threshold: number, literals: readonly Literal[]): Literal {
    const balance = new Map<number, number>();
    const order: Literal[] = [];
    let k = threshold;
    for (const literal of literals) {
      if (literal === FALSE) continue;
      if (literal === TRUE) {
        k--;
        continue;
      }
      // An input and its complement together always count one.
      const opposed = balance.get(literal ^ 1) ?? 0;
      if (opposed > 0) {
        balance.set(literal ^ 1, opposed - 1);
        order.splice(order.lastIndexOf(literal ^ 1), 1);
        k--;
        continue;
      }
      balance.set(literal, (balance.get(literal) ?? 0) + 1);
      order.push(literal);
    }
    if (k <= 0) return TRUE;
    if (k > order.length) return FALSE;
    if (k === 1) return this.or(order);
    if (k === order.length) return this.and(order);
    if (order.every((literal) => (literal & 1) === 1)) {
      const positive = order.map((literal) => literal ^ 1);
      return (2 * this.gate(ATLEAST, order.length - k + 1, positive)) ^ 1;
    }
    return 2 * this.gate(ATLEAST, k, order);
  }

  /**
   * True when a terminal of the network is cut off; `literals` are the failures its nodes and links name. Inputs are
   * put in reading order and those that cannot matter are dropped.
   */
  disconnected(network: Network, literals: readonly Literal[]): Literal {
    const none = literals.map(() => false);
    if (isDisconnected(network, none)) return TRUE;
    const order = readingOrder(network);
    if (order.length === 0) return FALSE;
    const place = new Map(order.map((input, i) => [input, i]));
    const renumber = (input: number): number => place.get(input) ?? -1;
    const ordered: Network = {
      ...network,
      nodeInput: network.nodeInput.map(renumber),
      links: network.links.map((link) => ({ ...link, input: renumber(link.input) })),
    };
    return this.network(
      ordered,
      order.map((input) => literals[input]!),
    );
  }

  /** A network gate whose inputs are in reading order already. */
  network(network: Network, literals: Literal[]): Literal {
    this.kinds.push(NETWORK);
    this.thresholds.push(0);
    this.inputs.push(literals);
    const node = this.kinds.length - 1;
    this.networks.set(node, network);
    return 2 * node;
  }

  /**
   * a ∧ (a ∨ …) = a, a ∧ (¬a ∨ b) = a ∧ b and a ∧ (a ∧ b) = a ∧ b, one level deep, in place.
   * Returns false when the conjunction is false.
   */
  private absorb(literals: Literal[]): boolean {
    const { stamp } = this;
    const generation = this.mark(literals);
    for (let again = true; again; ) {
      again = false;
      let kept = 0;
      for (let i = 0; i < literals.length; i++) {
        let literal = literals[i]!;
        if (stamp[literal] !== generation) continue;
        const node = literal >> 1;
        if (this.kinds[node] === AND) {
          const parts = this.inputs[node]!;
          if ((literal & 1) === 0) {
            for (const part of parts) {
              if (stamp[part ^ 1] === generation) return false;
              if (stamp[part] === generation) {
                stamp[part] = 0;
                again = true;
              }
            }
          } else {
            // The literal is the disjunction of the complements of `parts`.
            let implied = false;
            let shrinks = false;
            for (const part of parts) {
              if (stamp[part ^ 1] === generation) implied = true;
              else if (stamp[part] === generation) shrinks = true;
            }
            if (implied || shrinks) stamp[literal] = 0;
            if (implied) continue;
            if (shrinks) {
              const left = parts.filter((part) => stamp[part] !== generation);
              if (left.length === 0) return false;
              literal = (left.length === 1 ? left[0]! : 2 * this.gate(AND, 0, left)) ^ 1;
              if (stamp[literal ^ 1] === generation) return false;
              if (stamp[literal] === generation) continue;
              stamp[literal] = generation;
              again = true;
            }
          }
        }
        literals[kept++] = literal;
      }
      literals.length = kept;
    }
    return true;
  }

  private mark(literals: readonly Literal[]): number {
    const generation = ++this.generation;
    for (const literal of literals) this.stamp[literal] = generation;
    return generation;
  }

  private gate(kind: number, threshold: number, inputs: Literal[]): number {
    let hash = Math.imul(kind * 31 + threshold, 0x9e3779b1);
    for (const input of inputs) hash = (hash + scramble(input)) | 0;
    const bucket = this.buckets.get(hash);
    if (bucket !== undefined) {
      for (const node of bucket) {
        if (this.kinds[node] === kind && this.thresholds[node] === threshold && this.sameInputs(node, inputs))
          return node;
      }
    }
    const node = this.kinds.length;
    this.kinds.push(kind);
    this.thresholds.push(threshold);
    this.inputs.push(inputs);
    if (bucket === undefined) this.buckets.set(hash, [node]);
    else bucket.push(node);
    return node;
  }

  private sameInputs(node: number, inputs: readonly Literal[]): boolean {
    const known = this.inputs[node]!;
    if (known.length !== inputs.length) return false;
    const a = [...known].sort(ascending);
    const b = [...inputs].sort(ascending);
    return a.every((literal, i) => literal === b[i]);
  }
}

function ascending(a: number, b: number): number {
  return a - b;
}

/** Mixes a small integer so that sums of inputs rarely collide (finaliser of MurmurHash3). */
export function scramble(value: number): number {
  let x = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
