import type { CompiledModel } from '../../../compile/model.ts';
import type { World } from '../../../dynamics/world.ts';
import type { IncidentClocks } from '../clocks/incident-clocks.ts';
import type { FailureClasses } from '../failure-classes.ts';
import type { RootState } from '../roots/root-states.ts';
import { pick, pickOfMany } from './forcing-time.ts';
import { KnownCombinations } from './known-combinations.ts';
import { LearnedMoments } from './learned-moments.ts';
import { Nearness, PARTS } from './nearness.ts';

/**
 * Shares of the mixture: all kinds alike, what is missing of a known combination, what the pilot has learned of choices like
 * this one, and for the rest by rate (methods §2.5). Where nothing has been learned of such choices, half goes by combinations;
 * where there are none either, to all alike.
 */
const BALANCED = 0.1;
const MISSING = 0.05;
const LEARNED = 0.7;
const UNKNOWN = 0.5;
/** The same of failures that are not forced: no component may be so unlikely that its failure weighs like all others together. */
const BALANCED_BY_CHANCE = 0.25;
const LEARNED_BY_CHANCE = 0.25;
/** Failure modes from which on what has changed is read off the journal; in smaller models it is quicker to look at all. */
const LARGE = 256;
/** Modes of a class from which on those that have changed are told from the others. */
const MANY = 64;
/** What is left of a sum by rounding, at most. */
const ROUNDING = 1e-9;

/** What the root of an incident says: pace of each mode, part of each element, and by kind the rate and number of failure clocks that run. */
interface Base {
  readonly paces: Float64Array;
  readonly parts: Uint8Array;
  readonly rates: Float64Array;
  readonly counts: Int32Array;
}

/**
 * Chooses which component a forced failure strikes. Kinds are failure classes by the component's part in the present state
 * (`nearness.ts`): whether what is disturbed already depends on it, and whether it carries a member that has the active role.
 * What is as it was at the root of the incident is not looked at again.
 */
export class ComponentChoice {
  /** Mode chosen last, its kind, and the likelihood ratio of the choice. */
  mode = -1;
  kind = -1;
  ratio = 1;
  readonly kinds: number;
  /** The journal of the world has to be kept from the root of the incident on. */
  readonly readsJournal: boolean;
  /** What choices of each kind led to. */
  readonly moments: LearnedMoments;
  readonly combinations: KnownCombinations;
  private readonly model: CompiledModel;
  private readonly classes: FailureClasses;
  private readonly clocks: IncidentClocks;
  private readonly nearness: Nearness;
  private bases = new WeakMap<RootState, Base>();
  private base!: Base;
  private readonly rateOfKind: Float64Array;
  /** Kinds that can strike now. */
  private readonly open: Int32Array;
  private readonly countOfKind: Int32Array;
  /** By class, what a failure of it may lead to by the combinations that are known. */
  private readonly missing: Float64Array;
  /** Rate of each mode now, where all are looked at. */
  private readonly rates: Float64Array;

  constructor(model: CompiledModel, classes: FailureClasses, clocks: IncidentClocks, contexts: number) {
    this.model = model;
    this.classes = classes;
    this.clocks = clocks;
    this.kinds = PARTS * classes.count;
    this.nearness = new Nearness(model);
    this.rateOfKind = new Float64Array(this.kinds);
    this.open = new Int32Array(this.kinds);
    this.countOfKind = new Int32Array(this.kinds);
    this.readsJournal = !classes.ageing && model.modes.count >= LARGE;
    this.rates = new Float64Array(this.readsJournal ? 0 : model.modes.count);
    this.moments = new LearnedMoments(contexts, this.kinds);
    this.combinations = new KnownCombinations(classes.count);
    this.missing = new Float64Array(classes.count);
  }

  /** What can be forced has changed. */
  forget(): void {
    this.bases = new WeakMap();
  }

  /** Before an incident: `w` is in the state `root`, in which it begins. */
  begin(w: World, root: RootState): void {
    let base = this.bases.get(root);
    if (base === undefined) {
      base = this.baseOf(w, root.reals.subarray(w.pacesAt, w.pacesAt + this.model.modes.count));
      this.bases.set(root, base);
    }
    this.base = base;
  }

  /**
   * Chooses among the failure clocks that run in the present state of `w`.
   *
   * @param forced failures of the incident up to the one whose component is chosen, @param isForced false: it struck by chance
   * @returns their total rate, 1/µs
   */
  choose(
    w: World,
    context: number,
    random: () => number,
    forced: readonly { readonly mode: number }[],
    isForced: boolean,
  ): number {
    const { rateOfKind, open, missing } = this;
    if (this.readsJournal) this.sortChanged(w);
    else this.sortAll(w);
    let total = 0;
    let learned = 0;
    let count = 0;
    const row = context * this.kinds;
    const { roots } = this.moments;
    for (let kind = 0; kind < this.kinds; kind++) {
      if (rateOfKind[kind] === 0) continue;
      total += rateOfKind[kind]!;
      learned += rateOfKind[kind]! * roots[row + kind]!;
      open[count++] = kind;
    }
    let byLearning = learned > 0 ? LEARNED_BY_CHANCE : 0;
    let alike = BALANCED_BY_CHANCE;
    let byMissing = 0;
    let allMissing = 0;
    if (isForced) {
      byLearning = learned > 0 ? LEARNED : 0;
      this.combinations.missing(forced, forced.length - 1, this.classes.of, missing);
      for (let i = 0; i < count; i++) allMissing += missing[Math.floor(open[i]! / PARTS)]!;
      const rest = learned > 0 ? MISSING : UNKNOWN;
      byMissing = allMissing > 0 ? rest : 0;
      alike = allMissing > 0 || learned > 0 ? BALANCED : UNKNOWN;
    }
    const byRate = 1 - alike - byMissing - byLearning;
    const u = random();
    const worth = (i: number): number => rateOfKind[open[i]!]! * roots[row + open[i]!]!;
    const missed = (i: number): number => missing[Math.floor(open[i]! / PARTS)]!;
    let at: number;
    // By rate comes last, as that is never empty.
    if (u < byLearning) at = pick(count, worth, random() * learned);
    else if (u < byLearning + byMissing) at = pick(count, missed, random() * allMissing);
    else if (u < byLearning + byMissing + alike) at = Math.floor(random() * count);
    else at = pick(count, (i) => rateOfKind[open[i]!]!, random() * total);
    const kind = open[at]!;
    const share = rateOfKind[kind]! / total;
    let drawn = byRate * share + alike / count;
    if (byMissing > 0) drawn += (byMissing * missed(at)) / allMissing;
    if (byLearning > 0) drawn += (byLearning * worth(at)) / learned;
    this.kind = row + kind;
    this.ratio = share / drawn;
    this.mode = this.pickOf(kind, random);
    return total;
  }

  private kindOf(mode: number): number {
    return PARTS * this.classes.of[mode]! + this.nearness.of(this.model.modes.element[mode]!);
  }

  private rateOf(mode: number): number {
    return this.rates.length > 0
      ? this.rates[mode]!
      : this.clocks.failures.forcedRates[mode]! * this.clocks.failures.paces[mode]!;
  }

  private baseOf(w: World, paces: Float64Array): Base {
    const { modes } = this.model;
    const parts = this.nearness.all(w).slice();
    const rates = new Float64Array(this.kinds);
    const counts = new Int32Array(this.kinds);
    for (let mode = 0; mode < modes.count; mode++) {
      const rate = this.clocks.failures.forcedRates[mode]! * paces[mode]!;
      if (rate === 0) continue;
      const kind = PARTS * this.classes.of[mode]! + parts[modes.element[mode]!]!;
      rates[kind]! += rate;
      counts[kind]!++;
    }
    return { paces, parts, rates, counts };
  }

  private sortAll(w: World): void {
    const { rates, rateOfKind } = this;
    const { of } = this.classes;
    const { element } = this.model.modes;
    const parts = this.nearness.all(w);
    this.clocks.failures.ratesAt(this.clocks.now, rates);
    rateOfKind.fill(0);
    for (let mode = 0; mode < rates.length; mode++)
      rateOfKind[PARTS * of[mode]! + parts[element[mode]!]!]! += rates[mode]!;
  }

  private sortChanged(w: World): void {
    this.nearness.look(w, this.base.parts);
    const { rateOfKind, countOfKind, base, nearness } = this;
    const { elements } = this.model;
    const { of } = this.classes;
    const { paces, forcedRates: rates } = this.clocks.failures;
    rateOfKind.set(base.rates);
    countOfKind.set(base.counts);
    for (const element of nearness.listed) {
      const [before, after] = [base.parts[element]!, nearness.of(element)];
      for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
        const rate = rates[mode]!;
        if (rate === 0) continue;
        const kind = PARTS * of[mode]!;
        if (base.paces[mode]! > 0) {
          rateOfKind[kind + before]! -= rate * base.paces[mode]!;
          countOfKind[kind + before]!--;
        }
        if (paces[mode]! > 0) {
          rateOfKind[kind + after]! += rate * paces[mode]!;
          countOfKind[kind + after]!++;
        }
      }
    }
    for (let kind = 0; kind < this.kinds; kind++) {
      if (countOfKind[kind] === 0) rateOfKind[kind] = 0;
      else if (rateOfKind[kind]! <= ROUNDING * base.rates[kind]!) rateOfKind[kind] = this.sumOf(kind);
    }
  }

  /** Total rate of a kind, mode by mode. */
  private sumOf(kind: number): number {
    let sum = 0;
    for (const mode of this.classes.members[Math.floor(kind / PARTS)]!) {
      if (this.kindOf(mode) === kind) sum += this.rateOf(mode);
    }
    return sum;
  }

  /** A mode of the kind, by rate. */
  private pickOf(kind: number, random: () => number): number {
    const members = this.classes.members[Math.floor(kind / PARTS)]!;
    if (this.readsJournal && members.length > MANY) {
      const { nearness } = this;
      const { elements } = this.model;
      const among: number[] = [];
      let sum = 0;
      for (const element of nearness.listed) {
        for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
          if (this.kindOf(mode) !== kind || this.rateOf(mode) === 0) continue;
          among.push(mode);
          sum += this.rateOf(mode);
        }
      }
      const target = random() * this.rateOfKind[kind]!;
      if (target < sum) return among[pick(among.length, (i) => this.rateOf(among[i]!), target)]!;
      const rest = (i: number): number =>
        nearness.isChanged(this.model.modes.element[members[i]!]!) || this.kindOf(members[i]!) !== kind
          ? 0
          : this.rateOf(members[i]!);
      const drawn = pickOfMany(members.length, rest, this.classes.fastest[Math.floor(kind / PARTS)]!, random);
      if (drawn >= 0) return members[drawn]!;
      let left = 0;
      for (let i = 0; i < members.length; i++) left += rest(i);
      return left > 0
        ? members[pick(members.length, rest, random() * left)]!
        : among[pick(among.length, (i) => this.rateOf(among[i]!), random() * sum)]!;
    }
    const own = (i: number): number => (this.kindOf(members[i]!) === kind ? this.rateOf(members[i]!) : 0);
    return members[pick(members.length, own, random() * this.rateOfKind[kind]!)]!;
  }
}
