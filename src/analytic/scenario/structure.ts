import type { CompiledModel } from '../../compile/model.ts';
import { type Block, type Gate, gateRef, type Ref, type Structure } from '../../model/structure.ts';
import { SECONDS_PER_HOUR, SECONDS_PER_YEAR } from '../../model/time.ts';
import { analyseStructure } from '../structure/analyse.ts';
import { elementFigures } from './elements.ts';
import { gateFailure } from './gate-failure.ts';
import { type BlockMaker, certainStrike, type Strikes, strikeByChance } from './shock-blocks.ts';
import { failsByItself, shocksOn } from './shocks.ts';

/** What stands for a signal in a structure instead of its own blocks and gates, or undefined. */
export type Resolve = (signal: number, builder: StructureBuilder) => Ref | undefined;

/** Signals by what is known elsewhere; groups always are. */
const nothingKnown: Resolve = () => undefined;

/**
 * Failure structure of some signals of a model: elements with everything they run on, gates as they are. Each element is
 * one block, down by itself, and each shock that strikes it another; whatever `resolve` knows better is taken from there,
 * groups always. Steady state is exact for independent elements, whatever the laws (insensitivity).
 */
export class StructureBuilder implements BlockMaker {
  readonly model: CompiledModel;
  private readonly resolve: Resolve;
  private readonly strikes: Strikes;
  private readonly blocks: Block[] = [];
  private readonly gates: Gate[] = [];
  private readonly refOf = new Map<number, Ref>();
  private readonly blockOf = new Map<string, Ref>();
  private readonly used = new Set<number>();

  /** @param strikes whether a shock counts with its chance for each victim, or as striking all it may reach */
  constructor(
    model: CompiledModel,
    resolve: Resolve = nothingKnown,
    strikes: 'by-chance' | 'for-certain' = 'by-chance',
  ) {
    this.model = model;
    this.resolve = resolve;
    this.strikes = strikes === 'by-chance' ? strikeByChance : certainStrike;
  }

  /** Elements that fail by themselves or are struck, in the order in which they were met. */
  get elements(): readonly number[] {
    return [...this.used];
  }

  block(block: Block): Ref {
    return this.blocks.push(block) - 1;
  }

  /** The block of that name, made when it is first asked for. */
  blockNamed(name: string, unavailability: number, frequencyPerHour: number): Ref {
    let ref = this.blockOf.get(name);
    if (ref === undefined) {
      ref = this.block({ name, unavailability, frequencyPerHour });
      this.blockOf.set(name, ref);
    }
    return ref;
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
      const store = this.storeOf(signal);
      if (store >= 0) ref = this.any([ref, this.refTo(store)]);
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
    const { elements, groups, names } = this.model;
    if (signal < elements.count) return this.any(this.chainOf(signal));
    if (signal < elements.count + groups.count) {
      throw new Error(`group ${names.groups[signal - elements.count]} stands for nothing in this structure`);
    }
    return gateFailure(this, signal - elements.count - groups.count);
  }

  /** One gate for the whole chain of hosts, unless something better is known of one of them. */
  private chainOf(signal: number): readonly Ref[] {
    const inputs: Ref[] = [];
    for (let e = signal; e >= 0; e = hostOf(this.model, e)) {
      const known = e === signal ? undefined : this.resolve(e, this);
      if (known !== undefined) return [...inputs, known];
      inputs.push(...this.ownInputs(e));
    }
    return inputs;
  }

  /** What takes the element down while what it runs on is up. */
  private ownInputs(element: number): readonly Ref[] {
    const { model } = this;
    const inner = model.elements.inner[element]!;
    const struck = shocksOn(model, element);
    const isOwn = failsByItself(model, element);
    if (isOwn || struck.length > 0) this.used.add(element);
    return [
      ...(isOwn ? [this.ownBlock(element)] : []),
      ...struck.map((reach) => this.strikes(this, reach)),
      ...(inner >= 0 ? [this.refTo(inner)] : []),
    ];
  }

  private ownBlock(element: number): Ref {
    const { interruptions, unavailability } = elementFigures(this.model, element);
    const frequencyPerHour = interruptions * (1 - unavailability) * SECONDS_PER_HOUR;
    return this.blockNamed(this.model.names.elements[element]!, unavailability, frequencyPerHour);
  }

  /** What a group cannot do without at any instant, or −1 (SEM-22). */
  private storeOf(signal: number): number {
    const { elements, groups } = this.model;
    const group = signal - elements.count;
    return group >= 0 && group < groups.count && groups.storeFails[group] === 1 ? groups.store[group]! : -1;
  }
}

/** What the element runs on: its host, or the node an instance starts on; −1 for none. */
export function hostOf(model: CompiledModel, element: number): number {
  const { elements, seats } = model;
  const host = elements.host[element]!;
  const seat = elements.seat[element]!;
  return host >= 0 || seat < 0 ? host : seats.home[seat]!;
}

/** Unavailability, mean downtime (s) and frequency (1/s) of some signals together, made of elements only, such as control functions. */
export function signalFigures(
  model: CompiledModel,
  signals: readonly number[],
): { readonly unavailability: number; readonly meanDown: number; readonly frequency: number } {
  const structure = new StructureBuilder(model).series(signals);
  if (structure.blocks.length === 0) return { unavailability: 0, meanDown: 0, frequency: 0 };
  const { top } = analyseStructure(structure, { cutSets: false, importance: false });
  const frequency = (top.frequencyPerYear ?? 0) / SECONDS_PER_YEAR;
  return { unavailability: top.unavailability, meanDown: (top.mdtHours ?? 0) * SECONDS_PER_HOUR, frequency };
}
