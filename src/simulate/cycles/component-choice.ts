import type { CompiledModel } from '../../compile/model.ts';
import type { World } from '../../dynamics/world.ts';
import type { FailureClasses } from './failure-classes.ts';
import { pick } from './forcing-time.ts';

/** Shares of the mixture: by rate, all kinds alike, and what the pilot has learned (methods §2.5). */
const NATURAL = 0.1;
const BALANCED = 0.1;
const LEARNED = 0.8;
/** Ways a component can relate to the present state. */
const RELATIONS = 4;
const NEAR = 1;
const ACTIVE = 2;

/**
 * Chooses which component a forced failure strikes. Kinds are failure classes by their part in the present state: whether
 * the component carries a member of a group that is disturbed already, and whether one that has the active role.
 */
export class ComponentChoice {
  /** Mode chosen last, its kind, and the likelihood ratio of the choice. */
  mode = -1;
  kind = -1;
  ratio = 1;
  readonly kinds: number;
  private readonly model: CompiledModel;
  private readonly classes: FailureClasses;
  private readonly kindOfMode: Int32Array;
  private readonly rateOfKind: Float64Array;
  private readonly disturbed: Uint8Array;
  /** By (first class, depth, kind): Σ (contribution / weight at the choice)², and how often chosen. */
  private readonly squares: Float64Array;
  private readonly chosen: Float64Array;
  /** The same of what is being learned: not used until it is taught. */
  private readonly newSquares: Float64Array;
  private readonly newChosen: Float64Array;
  private isLearned = false;

  constructor(model: CompiledModel, classes: FailureClasses, contexts: number) {
    this.model = model;
    this.classes = classes;
    this.kinds = RELATIONS * classes.count;
    this.kindOfMode = new Int32Array(model.modes.count);
    this.rateOfKind = new Float64Array(this.kinds);
    this.disturbed = new Uint8Array(model.groups.count);
    this.squares = new Float64Array(contexts * this.kinds);
    this.chosen = new Float64Array(this.squares.length);
    this.newSquares = new Float64Array(this.squares.length);
    this.newChosen = new Float64Array(this.squares.length);
  }

  /** Chooses among the failure clocks that run in the present state of `w`, by mode at the `rates` given (1/µs). */
  choose(w: World, rates: Float64Array, context: number, random: () => number, natural: boolean): void {
    const { kindOfMode, rateOfKind } = this;
    this.sortModes(w, rates);
    let total = 0;
    let open = 0;
    let learned = 0;
    const row = context * this.kinds;
    const worth = (kind: number): number =>
      rateOfKind[kind]! * Math.sqrt((this.squares[row + kind]! + 1e-300) / Math.max(1, this.chosen[row + kind]!));
    for (let kind = 0; kind < this.kinds; kind++) {
      if (rateOfKind[kind] === 0) continue;
      total += rateOfKind[kind]!;
      open++;
      learned += worth(kind);
    }
    const useLearned = this.isLearned && learned > 0 && !natural;
    const byRate = natural ? 1 : useLearned ? NATURAL : NATURAL + LEARNED;
    const alike = natural ? 0 : BALANCED;
    const u = random();
    let kind: number;
    if (u < byRate) kind = pick(this.kinds, (k) => rateOfKind[k]!, random() * total);
    else if (u - byRate < alike) kind = pick(this.kinds, (k) => (rateOfKind[k]! > 0 ? 1 : 0), random() * open);
    else kind = pick(this.kinds, worth, random() * learned);
    const share = rateOfKind[kind]! / total;
    const drawn = byRate * share + alike / open + (useLearned ? (LEARNED * worth(kind)) / learned : 0);
    this.kind = row + kind;
    this.ratio = share / drawn;
    const modes = kindOfMode.length;
    this.mode = pick(modes, (mode) => (kindOfMode[mode] === kind ? rates[mode]! : 0), random() * rateOfKind[kind]!);
  }

  /** What followed a choice (its `kind`), by the weight at the choice. */
  learn(kind: number, contribution: number): void {
    this.newSquares[kind]! += contribution * contribution;
    this.newChosen[kind]!++;
  }

  /** What has been learned since the last time, as `kind, Σ squares, how often chosen` one after the other. */
  takeLesson(): number[] {
    const { newSquares, newChosen } = this;
    const lesson: number[] = [];
    for (let kind = 0; kind < newChosen.length; kind++) {
      if (newChosen[kind]! > 0) lesson.push(kind, newSquares[kind]!, newChosen[kind]!);
    }
    newSquares.fill(0);
    newChosen.fill(0);
    return lesson;
  }

  /** Adds a lesson to what is used once `useLearned` has been called. */
  teach(lesson: ArrayLike<number>): void {
    for (let i = 0; i < lesson.length; i += 3) {
      const kind = lesson[i]!;
      this.squares[kind]! += lesson[i + 1]!;
      this.chosen[kind]! += lesson[i + 2]!;
    }
  }

  /** From here on choices follow what has been learned, which changes no more. */
  useLearned(): void {
    this.isLearned = true;
  }

  private sortModes(w: World, rates: Float64Array): void {
    const { groups, modes, elements } = this.model;
    const { of } = this.classes;
    this.disturbed.fill(0);
    for (let group = 0; group < groups.count; group++) {
      for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
        if (w.open[seat] === 1 || w.down[seat] === 1 || w.synced[seat] === 0) this.disturbed[group] = 1;
      }
    }
    this.rateOfKind.fill(0);
    for (let mode = 0; mode < modes.count; mode++) {
      const rate = rates[mode]!;
      if (rate === 0) {
        this.kindOfMode[mode] = -1;
        continue;
      }
      const element = modes.element[mode]!;
      let relation = 0;
      const own = elements.seat[element]!;
      if (own >= 0) relation = this.relationOf(w, own);
      else
        for (let seat = w.firstSeat[element]! - 1; seat >= 0; seat = w.nextSeat[seat]! - 1)
          relation |= this.relationOf(w, seat);
      const kind = RELATIONS * of[mode]! + relation;
      this.kindOfMode[mode] = kind;
      this.rateOfKind[kind]! += rate;
    }
  }

  private relationOf(w: World, seat: number): number {
    return (this.disturbed[this.model.seats.group[seat]!] === 1 ? NEAR : 0) | (w.active[seat] === 1 ? ACTIVE : 0);
  }
}
