import type { CompiledModel } from '../../compile/model.ts';
import { type Block, type Gate, gateRef, type Ref, type Structure } from '../../model/structure.ts';
import { SECONDS_PER_HOUR } from '../../model/time.ts';
import { analyseStructure } from '../structure/analyse.ts';
import { elementFigures } from './elements.ts';

/** What stands for a signal in a structure instead of its own blocks and gates, or undefined. */
export type Resolve = (signal: number, builder: StructureBuilder) => Ref | undefined;

/**
 * Failure structure of some signals of a model: elements with everything they run on, gates as they are. Each element is
 * one block, down by itself; whatever `resolve` knows better is taken from there, groups always.
 */
export class StructureBuilder {
  private readonly model: CompiledModel;
  private readonly resolve: Resolve;
  private readonly blocks: Block[] = [];
  private readonly gates: Gate[] = [];
  private readonly refOf = new Map<number, Ref>();
  private readonly blockOf = new Map<number, Ref>();
  /** Elements that became blocks. */
  readonly elements: number[] = [];

  constructor(model: CompiledModel, resolve: Resolve = () => undefined) {
    this.model = model;
    this.resolve = resolve;
  }

  block(block: Block): Ref {
    return this.blocks.push(block) - 1;
  }

  gate(gate: Gate): Ref {
    return gateRef(this.gates.push(gate) - 1);
  }

  /** Fails when any of the inputs does; never when there is none. */
  any(inputs: readonly Ref[]): Ref {
    return inputs.length === 1 ? inputs[0]! : this.gate({ kind: 'or', inputs });
  }

  refTo(signal: number): Ref {
    let ref = this.refOf.get(signal);
    if (ref === undefined) {
      ref = this.resolve(signal, this) ?? this.expand(signal);
      this.refOf.set(signal, ref);
    }
    return ref;
  }

  /** The structure that fails when any of the signals does. */
  series(signals: readonly number[]): Structure {
    return this.finish(signals.map((signal) => this.refTo(signal)));
  }

  /** The structure that fails when any of the inputs does. */
  finish(inputs: readonly Ref[]): Structure {
    const top = this.gate({ kind: 'or', inputs });
    return { blocks: this.blocks, gates: this.gates, top };
  }

  private expand(signal: number): Ref {
    const { elements, groups, gates, names } = this.model;
    if (signal < elements.count) {
      const host = hostOf(this.model, signal);
      const inputs = this.hasModes(signal) ? [this.ownBlock(signal)] : [];
      // One gate for the whole chain of hosts, unless something better is known of one of them.
      for (let e = host; e >= 0; e = hostOf(this.model, e)) {
        const known = this.resolve(e, this);
        if (known !== undefined) {
          inputs.push(known);
          break;
        }
        if (this.hasModes(e)) inputs.push(this.ownBlock(e));
      }
      return this.any(inputs);
    }
    if (signal < elements.count + groups.count) {
      throw new Error(`group ${names.groups[signal - elements.count]} stands for nothing in this structure`);
    }
    const gate = signal - elements.count - groups.count;
    const inputs: Ref[] = [];
    for (let i = gates.inputStart[gate]!; i < gates.inputStart[gate + 1]!; i++)
      inputs.push(this.refTo(gates.input[i]!));
    // Up while `threshold` are up: failed when more than n − threshold have failed.
    return this.gate({ kind: 'atleast', minimum: inputs.length - gates.threshold[gate]! + 1, inputs });
  }

  private hasModes(element: number): boolean {
    const { modeStart } = this.model.elements;
    return modeStart[element + 1]! > modeStart[element]!;
  }

  private ownBlock(element: number): Ref {
    let ref = this.blockOf.get(element);
    if (ref === undefined) {
      const { interruptions, unavailability } = elementFigures(this.model, element);
      const frequencyPerHour = interruptions * (1 - unavailability) * SECONDS_PER_HOUR;
      ref = this.block({ name: this.model.names.elements[element]!, unavailability, frequencyPerHour });
      this.blockOf.set(element, ref);
      this.elements.push(element);
    }
    return ref;
  }
}

/** What the element runs on: its host, or the node an instance starts on; −1 for none. */
export function hostOf(model: CompiledModel, element: number): number {
  const { elements, seats } = model;
  const host = elements.host[element]!;
  const seat = elements.seat[element]!;
  return host >= 0 || seat < 0 ? host : seats.home[seat]!;
}

/** Unavailability and mean downtime (s) of some signals together, made of elements only, such as control functions. */
export function signalFigures(
  model: CompiledModel,
  signals: readonly number[],
): { readonly unavailability: number; readonly meanDown: number } {
  const structure = new StructureBuilder(model).series(signals);
  if (structure.blocks.length === 0) return { unavailability: 0, meanDown: 0 };
  const { top } = analyseStructure(structure, { cutSets: false, importance: false });
  return { unavailability: top.unavailability, meanDown: (top.mdtHours ?? 0) * SECONDS_PER_HOUR };
}
