import type { CompiledModel } from '../../compile/model.ts';
import type { World } from '../../dynamics/world.ts';
import type { FailureClasses } from './failure-classes.ts';
import { pick } from './forcing-time.ts';
import { LearnedMoments } from './learned-moments.ts';

/** Shares of the mixture: all kinds alike, what the pilot has learned, and for the rest by rate (methods §2.5). */
const BALANCED = 0.15;
const LEARNED = 0.7;
/** The same of failures that are not forced: no component may be so unlikely that its failure weighs like all others together. */
const BALANCED_BY_CHANCE = 0.25;
const LEARNED_BY_CHANCE = 0.25;
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
  /** What choices of each kind led to. */
  readonly moments: LearnedMoments;

  constructor(model: CompiledModel, classes: FailureClasses, contexts: number) {
    this.model = model;
    this.classes = classes;
    this.kinds = RELATIONS * classes.count;
    this.kindOfMode = new Int32Array(model.modes.count);
    this.rateOfKind = new Float64Array(this.kinds);
    this.disturbed = new Uint8Array(model.groups.count);
    this.moments = new LearnedMoments(contexts, this.kinds);
  }

  /** Chooses among the failure clocks that run in the present state of `w`, by mode at the `rates` given (1/µs). */
  choose(w: World, rates: Float64Array, context: number, random: () => number, isForced: boolean): void {
    const { kindOfMode, rateOfKind } = this;
    this.sortModes(w, rates);
    let total = 0;
    let open = 0;
    let learned = 0;
    const row = context * this.kinds;
    const { roots } = this.moments;
    const worth = (kind: number): number => rateOfKind[kind]! * roots[row + kind]!;
    for (let kind = 0; kind < this.kinds; kind++) {
      if (rateOfKind[kind] === 0) continue;
      total += rateOfKind[kind]!;
      open++;
      learned += worth(kind);
    }
    const alike = isForced ? BALANCED : BALANCED_BY_CHANCE;
    const byLearning = learned > 0 ? (isForced ? LEARNED : LEARNED_BY_CHANCE) : 0;
    const byRate = 1 - alike - byLearning;
    const u = random();
    let kind: number;
    if (u < byRate) kind = pick(this.kinds, (k) => rateOfKind[k]!, random() * total);
    else if (u - byRate < alike) kind = pick(this.kinds, (k) => (rateOfKind[k]! > 0 ? 1 : 0), random() * open);
    else kind = pick(this.kinds, worth, random() * learned);
    const share = rateOfKind[kind]! / total;
    const drawn = byRate * share + alike / open + (learned > 0 ? (byLearning * worth(kind)) / learned : 0);
    this.kind = row + kind;
    this.ratio = share / drawn;
    const modes = kindOfMode.length;
    this.mode = pick(modes, (mode) => (kindOfMode[mode] === kind ? rates[mode]! : 0), random() * rateOfKind[kind]!);
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
