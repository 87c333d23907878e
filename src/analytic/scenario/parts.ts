import type { CompiledModel } from '../../compile/model.ts';
import { rowOf } from '../../compile/rows.ts';
import { fails, inexactness } from './elements.ts';
import type { Influence } from './influence.ts';

/**
 * Some of what a service stands on that has to be solved together: groups, and elements whose figures are not exact by
 * themselves, connected by what influences more than one of them.
 */
export interface Part {
  /** Signals of these groups and elements. */
  readonly atoms: readonly number[];
  /** Entities that influence any of them. */
  readonly cone: ReadonlySet<number>;
  /** What the rest of the structure sees of the part; several only where its atoms stand in different places. */
  readonly entries: readonly Entry[];
}

/** A piece of structure made of one part alone. */
export interface Entry {
  /** Fails when any of these signals does. */
  readonly signals: readonly number[];
  /** A term of the service rather than below some gate: its loss counts in proportion. */
  readonly isTerm: boolean;
}

export interface Plan {
  readonly parts: readonly Part[];
  /** The only part is all there is. */
  readonly whole: boolean;
  /** Terms of the service, without those that never fail. */
  readonly terms: readonly number[];
  /** Part and entry of each term and of each signal below a gate that some entry stands for. */
  readonly ofTerm: ReadonlyMap<number, Place>;
  readonly ofSignal: ReadonlyMap<number, Place>;
}

export interface Place {
  readonly part: number;
  readonly entry: number;
}

/**
 * Divides what the terms of a service stand on into parts that are independent of each other and of every element
 * outside them. Elements that fail and are restored by themselves belong to a part only if they influence it.
 */
export function planParts(model: CompiledModel, influence: Influence, terms: readonly number[]): Plan {
  return new Planner(model, influence).plan(terms);
}

/** A signal is made of several parts, or of elements outside all parts; or of what never fails. */
const MIXED = -1;
const NEVER = -2;

class Planner {
  private readonly model: CompiledModel;
  private readonly influence: Influence;
  private readonly complex = new Map<number, boolean>();
  /** Part of each failing entity in some part's cone. */
  private readonly partOf = new Map<number, number>();
  private readonly pureness = new Map<number, number>();

  constructor(model: CompiledModel, influence: Influence) {
    this.model = model;
    this.influence = influence;
  }

  plan(given: readonly number[]): Plan {
    const found = this.connect(this.atomsOf(given));
    const entries = found.map((): Entry[] => []);
    const ofTerm = new Map<number, Place>();
    const ofSignal = new Map<number, Place>();
    const add = (part: number, entry: Entry): Place => ({ part, entry: entries[part]!.push(entry) - 1 });
    const terms = [...new Set(given.map((term) => this.settle(term)))].filter(
      (term) => this.partOfSignal(term) !== NEVER,
    );
    found.forEach((_, part) => {
      const signals = terms.filter((term) => this.partOfSignal(term) === part);
      if (signals.length === 0) return;
      const place = add(part, { signals, isTerm: true });
      for (const signal of signals) ofTerm.set(signal, place);
      if (signals.length === 1) ofSignal.set(signals[0]!, place);
    });
    const seen = new Set<number>();
    const descend = (signal: number): void => {
      if (seen.has(signal)) return;
      seen.add(signal);
      for (const input of this.inputsOf(signal)) {
        const below = this.settle(input);
        const part = this.partOfSignal(below);
        if (part === MIXED) descend(below);
        else if (part !== NEVER && !ofSignal.has(below))
          ofSignal.set(below, add(part, { signals: [below], isTerm: false }));
      }
    };
    for (const term of terms) if (this.partOfSignal(term) === MIXED) descend(term);
    const parts = found.map(({ atoms, cone }, i): Part => ({ atoms, cone, entries: entries[i]! }));
    const whole = parts.length === 1 && terms.every((term) => this.partOfSignal(term) === 0);
    return { parts, whole, terms, ofTerm, ofSignal };
  }

  /** Groups and elements under the terms that do not stand for themselves. */
  private atomsOf(terms: readonly number[]): number[] {
    const atoms = new Set<number>();
    const seen = new Set<number>();
    const visit = (signal: number): void => {
      if (seen.has(signal)) return;
      seen.add(signal);
      if (this.isComplex(signal)) atoms.add(signal);
      else for (const input of this.inputsOf(signal)) visit(input);
    };
    for (const term of terms) visit(term);
    return [...atoms].filter((atom) => this.failingSource(atom) >= 0).sort((a, b) => a - b);
  }

  /** Joins atoms whose cones share something that fails. */
  private connect(atoms: readonly number[]): { atoms: number[]; cone: Set<number> }[] {
    let parts: { atoms: number[]; cone: Set<number> }[] = [];
    const owner = new Map<number, { atoms: number[]; cone: Set<number> }>();
    for (const atom of atoms) {
      let part = { atoms: [atom], cone: new Set(this.influence.coneOf([atom])) };
      for (const entity of [...part.cone]) {
        const other = this.influence.fails(entity) ? owner.get(entity) : undefined;
        if (other === undefined || other === part) continue;
        const [large, small] = other.cone.size > part.cone.size ? [other, part] : [part, other];
        large.atoms.push(...small.atoms);
        for (const each of small.cone) {
          large.cone.add(each);
          owner.set(each, large);
        }
        parts = parts.filter((each) => each !== small);
        part = large;
      }
      for (const entity of this.influence.coneOf([atom])) owner.set(entity, part);
      if (!parts.includes(part)) parts.push(part);
    }
    parts = parts.sort((a, b) => Math.min(...a.atoms) - Math.min(...b.atoms));
    parts.forEach((part, i) => {
      part.atoms.sort((a, b) => a - b);
      for (const entity of part.cone) if (this.influence.fails(entity)) this.partOf.set(entity, i);
    });
    return parts;
  }

  /** The part the signal is made of and nothing else; MIXED, or NEVER. */
  private partOfSignal(signal: number): number {
    if (signal < 0) return NEVER;
    const known = this.pureness.get(signal);
    if (known !== undefined) return known;
    let part: number;
    if (this.isComplex(signal)) {
      part = this.partOf.get(this.failingSource(signal)) ?? NEVER;
    } else if (signal < this.model.elements.count) {
      part = this.partOf.get(signal) ?? MIXED;
    } else {
      const inputs = this.inputsOf(signal).map((input) => this.partOfSignal(this.settle(input)));
      part = inputs.every((input) => input === inputs[0]) ? inputs[0]! : MIXED;
    }
    this.pureness.set(signal, part);
    return part;
  }

  /** Any failing entity that influences an atom tells its part. */
  private failingSource(signal: number): number {
    for (const entity of this.influence.coneOf([signal])) if (this.influence.fails(entity)) return entity;
    return -1;
  }

  /** An element that never fails is what it runs on; −1 when that never fails either. */
  private settle(signal: number): number {
    let element = signal;
    while (element >= 0 && element < this.model.elements.count && !this.isComplex(element)) {
      if (fails(this.model, element)) return element;
      element = this.model.elements.host[element]!;
    }
    return element;
  }

  /** What a signal is made of besides itself: what an element runs on, what a gate reads. */
  private inputsOf(signal: number): number[] {
    const { elements, groups, gates } = this.model;
    if (signal < elements.count) {
      const host = elements.host[signal]!;
      return host < 0 ? [] : [host];
    }
    const gate = signal - elements.count - groups.count;
    return gate < 0 ? [] : rowOf(gates.inputStart, gates.input, gate);
  }

  private isComplex(signal: number): boolean {
    const { elements, groups } = this.model;
    if (signal >= elements.count) return signal < elements.count + groups.count;
    let complex = this.complex.get(signal);
    if (complex === undefined) {
      complex = elements.seat[signal]! >= 0 || inexactness(this.model, signal) !== undefined;
      this.complex.set(signal, complex);
    }
    return complex;
  }
}
