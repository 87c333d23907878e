import type { Service, StructureSpec } from '../model/scenario.ts';
import { GATE, type GateTable } from './model.ts';
import { invertRows, packRows } from './rows.ts';

/** Names of signals that structures may mention, and which signals are partly served at times (groups). */
export interface SignalNames {
  /** One signal, or those of all members of a counted id. */
  readonly find: (name: string) => readonly number[];
  readonly firstGate: number;
  /** Signals below this one are elements: up or down, never partly served. */
  readonly elements: number;
}

/** Collects gates; equal ones are shared. */
export class GateList {
  readonly names: string[] = [];
  private readonly thresholds: number[] = [];
  private readonly inputs: number[][] = [];
  /** Of weighted gates: weights of the inputs, and the weight that is fully up. */
  private readonly shares = new Map<number, { readonly weights: readonly number[]; readonly required: number }>();
  private readonly known = new Map<string, number>();
  private readonly signals: SignalNames;

  constructor(signals: SignalNames) {
    this.signals = signals;
  }

  /** Signal that is up while at least `threshold` inputs are. A gate of one input is that input. */
  add(name: string, threshold: number, inputs: readonly number[]): number {
    if (inputs.length === 1 && threshold === 1) return inputs[0]!;
    return this.signals.firstGate + this.gateOfKey(`${threshold}:${inputs.join(',')}`, name, threshold, inputs);
  }

  /** Signal that serves the weights of its inputs that are up over `required`, at most 1. */
  addShare(name: string, inputs: readonly number[], weights: readonly number[], required: number): number {
    const key = `share ${required}:${inputs.map((input, i) => `${input}*${weights[i]}`).join(',')}`;
    const gate = this.gateOfKey(key, name, inputs.length, inputs);
    this.shares.set(gate, { weights, required });
    return this.signals.firstGate + gate;
  }

  private gateOfKey(key: string, name: string, threshold: number, inputs: readonly number[]): number {
    let gate = this.known.get(key);
    if (gate === undefined) {
      gate = this.inputs.push([...inputs]) - 1;
      this.thresholds.push(threshold);
      this.names.push(name);
      this.known.set(key, gate);
    }
    return gate;
  }

  /** The structure as one signal. */
  single(name: string, spec: StructureSpec): number {
    return this.gateOf(name, spec);
  }

  /** Terms whose losses add up to the service's: the inputs of the outer `all`s, everything else as one gate. */
  terms(name: string, spec: StructureSpec): number[] {
    if (spec.kind === 'leaf') return [...this.signals.find(spec.of)];
    if (spec.kind === 'all') return spec.inputs.flatMap((input, i) => this.terms(`${name}.all[${i}]`, input));
    return [this.gateOf(name, spec)];
  }

  private gateOf(name: string, spec: StructureSpec): number {
    if (spec.kind === 'leaf') {
      const found = this.signals.find(spec.of);
      return this.add(name, found.length, found);
    }
    if (spec.kind === 'share') return this.shareOf(name, spec);
    // A counted id stands for its members, so that `atLeast: 4, of: [unit]` reads as one expects.
    const inputs = spec.inputs.flatMap((input, i) =>
      input.kind === 'leaf' ? [...this.signals.find(input.of)] : [this.gateOf(`${name}.${spec.kind}[${i}]`, input)],
    );
    return this.add(name, spec.kind === 'atLeast' ? spec.atLeast : spec.kind === 'any' ? 1 : inputs.length, inputs);
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
    return this.addShare(name, inputs, weights, spec.required);
  }

  get count(): number {
    return this.inputs.length;
  }

  finish(): GateTable {
    const rows = packRows(this.inputs);
    const readers = invertRows(rows, this.signals.firstGate + this.count);
    const counting = new Uint8Array(this.count);
    for (let gate = 0; gate < this.count; gate++) {
      const { elements, firstGate } = this.signals;
      // Gates are added inputs first, so that an input gate is decided before its reader.
      const exact = (signal: number): boolean =>
        signal < elements || (signal >= firstGate && counting[signal - firstGate] === 1);
      counting[gate] = !this.shares.has(gate) && this.inputs[gate]!.every(exact) ? 1 : 0;
    }
    return {
      count: this.count,
      threshold: Int32Array.from(this.thresholds),
      counting,
      kind: Uint8Array.from(this.inputs, (_, gate) => (this.shares.has(gate) ? GATE.weighted : GATE.threshold)),
      inputStart: rows.start,
      input: rows.items,
      weight: Float64Array.from(
        this.inputs.flatMap((inputs, gate) => this.shares.get(gate)?.weights ?? inputs.map(() => 0)),
      ),
      total: Float64Array.from(this.inputs, (_, gate) => this.shares.get(gate)?.required ?? 0),
      spare: Float64Array.from(this.inputs, (_, gate) => {
        const { weights, required } = this.shares.get(gate) ?? { weights: [], required: 0 };
        return Math.max(0, weights.reduce((sum, weight) => sum + weight, 0) - required);
      }),
      readerStart: readers.start,
      reader: readers.items,
    };
  }
}

/** Terms of a service: its structure and, under the series treatment of the control path, the control functions. */
export function serviceTerms(gates: GateList, id: string, service: Service, control: readonly number[]): number[] {
  return [...new Set([...gates.terms(id, service.structure), ...control])];
}
