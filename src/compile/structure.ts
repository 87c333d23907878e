import type { Service, StructureSpec } from '../model/scenario.ts';
import { GATE, type GateTable, type NetworkTable } from './model.ts';
import { compileNetworks, type NetworkDraft } from './networks.ts';
import { invertRows, packRows } from './rows.ts';

/** Names of signals that structures may mention, and which signals are partly served at times (groups). */
export interface SignalNames {
  /** One signal, or those of all members of a counted id. */
  readonly find: (name: string) => readonly number[];
  readonly firstGate: number;
  /** Signals below this one are elements: up or down, never partly served. */
  readonly elements: number;
}

interface GateDraft {
  readonly kind: number;
  readonly threshold: number;
  readonly inputs: readonly number[];
  readonly weights: readonly number[];
  readonly total: number;
  readonly spare: number;
}

const PLAIN = { weights: [], total: 0, spare: 0 } as const;
const SHARE = { kind: GATE.weighted, threshold: 0, spare: 0 } as const;

/** Inputs of one weighted gate; more become a tree, so that a change costs the logarithm of their number. */
const WIDEST = 32;

/** Collects gates; equal ones are shared. */
export class GateList {
  readonly names: string[] = [];
  private readonly drafts: GateDraft[] = [];
  private readonly known = new Map<string, number>();
  private readonly networks: NetworkDraft[] = [];
  private readonly signals: SignalNames;

  constructor(signals: SignalNames) {
    this.signals = signals;
  }

  /** Signal that is up while at least `threshold` inputs are. A gate of one input is that input. */
  add(name: string, threshold: number, inputs: readonly number[]): number {
    if (inputs.length === 1 && threshold === 1) return inputs[0]!;
    return this.gate(name, { kind: GATE.threshold, threshold, inputs, ...PLAIN });
  }

  /** Signal of what gets through all inputs one after the other. */
  addProduct(name: string, inputs: readonly number[]): number {
    if (inputs.length === 1) return inputs[0]!;
    return this.gate(name, { kind: GATE.product, threshold: inputs.length, inputs, ...PLAIN });
  }

  /** Signal that is up while anything gets through `input`. */
  addPresent(name: string, input: number): number {
    return this.gate(name, { kind: GATE.present, threshold: 1, inputs: [input], ...PLAIN });
  }

  /**
   * Signal of what a load gets of which `fraction` (0 … 1] is spread by weight over the inputs: served as far as the
   * weights that are up over `required`, at most 1; the rest of the load uses none of them.
   */
  addShare(
    name: string,
    inputs: readonly number[],
    weights: readonly number[],
    required: number,
    fraction = 1,
  ): number {
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    const spread =
      required < whole
        ? this.gate(name, { ...SHARE, inputs, weights, total: required, spare: whole - required })
        : this.spread(name, inputs, weights);
    if (fraction === 1) return spread;
    return this.gate(name, { ...SHARE, inputs: [spread], weights: [fraction], total: 1 });
  }

  /** Signals, one per vertex, that are up while the vertex is joined to an exit of the graph. Elements only. */
  addConnected(name: string, graph: Omit<NetworkDraft, 'firstGate'>): readonly number[] {
    const firstGate = this.count;
    this.networks.push({ ...graph, firstGate });
    return graph.vertices.map((_, i) => {
      const inputs = i === 0 ? [...graph.vertices, ...graph.edges.map(([element]) => element)] : [];
      this.drafts.push({ kind: GATE.connected, threshold: 1, inputs, ...PLAIN });
      this.names.push(`${name}[${i + 1}]`);
      return this.signals.firstGate + firstGate + i;
    });
  }

  finishNetworks(): NetworkTable {
    return compileNetworks(this.networks);
  }

  private spread(name: string, inputs: readonly number[], weights: readonly number[]): number {
    if (inputs.length === 1) return inputs[0]!;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (inputs.length <= WIDEST) return this.gate(name, { ...SHARE, inputs, weights, total });
    const parts: number[] = [];
    const sizes: number[] = [];
    for (let from = 0; from < inputs.length; from += WIDEST) {
      const some = weights.slice(from, from + WIDEST);
      parts.push(this.spread(`${name}.${from / WIDEST}`, inputs.slice(from, from + WIDEST), some));
      sizes.push(some.reduce((sum, weight) => sum + weight, 0));
    }
    return this.spread(name, parts, sizes);
  }

  private gate(name: string, draft: GateDraft): number {
    const key = `${draft.kind}:${draft.threshold}:${draft.inputs.join(',')}:${draft.weights.join(',')}:${draft.total}:${draft.spare}`;
    let gate = this.known.get(key);
    if (gate === undefined) {
      gate = this.drafts.push(draft) - 1;
      this.names.push(name);
      this.known.set(key, gate);
    }
    return this.signals.firstGate + gate;
  }

  /** The structure as one signal. */
  single(name: string, spec: StructureSpec): number {
    return this.gateOf(name, spec);
  }

  /** Terms whose losses add up to the service's: the inputs of the outer `all`s, everything else as one gate. */
  terms(name: string, spec: StructureSpec, combine: Service['combine']): number[] {
    if (spec.kind === 'leaf') return [...this.signals.find(spec.of)];
    if (spec.kind === 'all' && (spec.losses ?? combine) === combine)
      return spec.inputs.flatMap((input, i) => this.terms(`${name}.all[${i}]`, input, combine));
    return [this.gateOf(name, spec)];
  }

  private gateOf(name: string, spec: StructureSpec): number {
    if (spec.kind === 'leaf') {
      const found = this.signals.find(spec.of);
      return this.add(name, found.length, found);
    }
    if (spec.kind === 'share') return this.shareOf(name, spec);
    if (spec.kind === 'standby') return this.standbyOf(name, spec);
    if (spec.kind === 'return') {
      const there = this.gateOf(name, spec.inputs[0]!);
      return this.addProduct(`${name} and back`, [there, there]);
    }
    // A counted id stands for its members, so that `atLeast: 4, of: [unit]` reads as one expects.
    const inputs = spec.inputs.flatMap((input, i) =>
      input.kind === 'leaf' ? [...this.signals.find(input.of)] : [this.gateOf(`${name}.${spec.kind}[${i}]`, input)],
    );
    if (spec.kind === 'all' && spec.losses === 'product') return this.addProduct(name, inputs);
    return this.add(name, spec.kind === 'atLeast' ? spec.atLeast : spec.kind === 'any' ? 1 : inputs.length, inputs);
  }

  private standbyOf(name: string, spec: StructureSpec & { readonly kind: 'standby' }): number {
    const inputs = spec.inputs.flatMap((input, i) =>
      input.kind === 'leaf' ? [...this.signals.find(input.of)] : [this.gateOf(`${name}.standby[${i}]`, input)],
    );
    return this.gate(name, { kind: GATE.standby, threshold: 1, inputs, ...PLAIN });
  }

  /** A weight is that of each signal an input stands for. */
  private shareOf(name: string, spec: StructureSpec & { readonly kind: 'share' }): number {
    const inputs: number[] = [];
    const weights: number[] = [];
    spec.inputs.forEach((input, i) => {
      const found = input.kind === 'leaf' ? this.signals.find(input.of) : [this.gateOf(`${name}.share[${i}]`, input)];
      for (const signal of found) {
        inputs.push(signal);
        weights.push(spec.weights[i]!);
      }
    });
    // Names may stand for more than the reader saw; all of them are needed where all were.
    const isWhole = spec.required >= spec.weights.reduce((sum, weight) => sum + weight, 0);
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    return this.addShare(name, inputs, weights, isWhole ? whole : spec.required, spec.fraction);
  }

  get count(): number {
    return this.drafts.length;
  }

  finish(): GateTable {
    const { drafts } = this;
    const rows = packRows(drafts.map((draft) => draft.inputs));
    const readers = invertRows(rows, this.signals.firstGate + this.count);
    const counting = new Uint8Array(this.count);
    const exact = new Uint8Array(this.count);
    drafts.forEach(({ kind, inputs }, gate) => {
      const { elements, firstGate } = this.signals;
      // Gates are added inputs first, so that an input gate is decided before its reader.
      const isExact = (signal: number): boolean =>
        signal < elements || (signal >= firstGate && exact[signal - firstGate] === 1);
      const all = inputs.every(isExact);
      counting[gate] = all && kind === GATE.threshold ? 1 : 0;
      exact[gate] = kind === GATE.present || kind === GATE.standby || (all && kind !== GATE.weighted) ? 1 : 0;
    });
    const network = new Int32Array(this.count).fill(-1);
    this.networks.forEach(({ firstGate }, i) => {
      network[firstGate] = i;
    });
    const weight = new Float64Array(rows.items.length);
    drafts.forEach(({ weights }, gate) => {
      weight.set(weights, rows.start[gate]!);
    });
    return {
      count: this.count,
      kind: Uint8Array.from(drafts, (draft) => draft.kind),
      threshold: Int32Array.from(drafts, (draft) => draft.threshold),
      weight,
      total: Float64Array.from(drafts, (draft) => draft.total),
      spare: Float64Array.from(drafts, (draft) => draft.spare),
      network,
      counting,
      inputStart: rows.start,
      input: rows.items,
      readerStart: readers.start,
      reader: readers.items,
    };
  }
}

/** Terms of a service: its structure and, under the series treatment of the control path, the control functions. */
export function serviceTerms(gates: GateList, id: string, service: Service, control: readonly number[]): number[] {
  return [...new Set([...gates.terms(id, service.structure, service.combine), ...control])];
}
