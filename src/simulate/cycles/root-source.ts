import type { CompiledModel } from '../../compile/model.ts';
import { BATCHES } from '../../measures/cycles/cycle-totals.ts';
import type { AgedRoot, AgedRoots } from './ageing-roots.ts';
import type { FailureClasses } from './failure-classes.ts';
import { pick } from './forcing-time.ts';
import type { RootState } from './root-states.ts';

/** Samples of a stage and stratum are numbered from a multiple of this. */
export const STRATUM = 2 ** 32;

/** Where incidents begin, and how often. Valid after `choose` has returned true: `root`, `rate`, `hazards` and `ages`. */
export interface RootSource {
  /** State that the incident begins in. */
  readonly root: RootState;
  /** Rate of such incidents, 1/µs of quiescent time. */
  readonly rate: number;
  /** By class: rate of its failures in the root, 1/µs. */
  readonly hazards: Float64Array;
  /** By mode: µs of operation, where failures age. */
  readonly ages: Float64Array | undefined;
  /** Mean rate of incidents by class of their first failure, 1/µs. */
  classRates(): Float64Array;
  /** A root for sample `index` of incidents beginning with class `first`; false if none can. */
  choose(first: number, index: number, random: () => number): boolean;
  /** The mode that strikes first. */
  strikes(first: number, random: () => number): number;
}

/** Roots of models without ages: the rate of every failure is known in each of them. */
export class MetRoots implements RootSource {
  root: RootState;
  rate = 0;
  hazards: Float64Array;
  readonly ages = undefined;
  private readonly classes: FailureClasses;
  private readonly roots: readonly RootState[];
  private readonly paceAt: number;
  /** By root: failure rate of each class (1/µs), and the same times the root's weight. */
  private readonly totals: readonly Float64Array[];
  private readonly weighted: readonly Float64Array[];

  constructor(model: CompiledModel, classes: FailureClasses, paceAt: number, roots: readonly RootState[]) {
    this.classes = classes;
    this.roots = roots;
    this.paceAt = paceAt;
    this.root = roots[0]!;
    this.totals = roots.map((root) => {
      const rates = new Float64Array(classes.count);
      for (let mode = 0; mode < model.modes.count; mode++) {
        rates[classes.of[mode]!]! += classes.rates[mode]! * root.reals[paceAt + mode]!;
      }
      return rates;
    });
    this.hazards = this.totals[0]!;
    // Roots were met in proportion to the failures out of them; what is wanted is the time spent in them.
    const idle = this.totals.map((rates) => 1 / rates.reduce((sum, rate) => sum + rate, 0));
    const mean = idle.reduce((sum, one) => sum + one, 0) / idle.length;
    this.weighted = this.totals.map((rates, i) => rates.map((rate) => (rate * idle[i]!) / mean));
  }

  classRates(): Float64Array {
    return meanOf(this.weighted, this.classes.count);
  }

  choose(first: number, _index: number, random: () => number): boolean {
    const at = Math.floor(random() * this.roots.length);
    this.root = this.roots[at]!;
    this.hazards = this.totals[at]!;
    this.rate = this.weighted[at]![first]!;
    return this.rate > 0;
  }

  strikes(first: number, random: () => number): number {
    const { of, rates } = this.classes;
    const { reals } = this.root;
    const rateOf = (mode: number): number => (of[mode] === first ? rates[mode]! * reals[this.paceAt + mode]! : 0);
    let sum = 0;
    for (let mode = 0; mode < of.length; mode++) sum += rateOf(mode);
    return pick(of.length, rateOf, random() * sum);
  }
}

/** Roots of models whose failures age: each with the failure that struck, counted by block of quiescent time. */
export class CountedRoots implements RootSource {
  rate = 0;
  readonly hazards: Float64Array;
  private chosen!: AgedRoot;
  private readonly aged: AgedRoots;

  constructor(classes: FailureClasses, aged: AgedRoots) {
    this.aged = aged;
    this.hazards = new Float64Array(classes.count);
  }

  get root(): RootState {
    return this.chosen;
  }

  get ages(): Float64Array {
    return this.chosen.ages;
  }

  classRates(): Float64Array {
    return meanOf(this.aged.rates, this.hazards.length);
  }

  choose(first: number, index: number, random: () => number): boolean {
    const block = (index % STRATUM) % BATCHES;
    const roots = this.aged.roots[block]![first]!;
    this.rate = this.aged.rates[block]![first]!;
    if (roots.length === 0) return false;
    this.chosen = roots[Math.floor(random() * roots.length)]!;
    return true;
  }

  strikes(): number {
    return this.chosen.mode;
  }
}

function meanOf(rows: readonly Float64Array[], length: number): Float64Array {
  const sums = new Float64Array(length);
  for (const row of rows) for (let i = 0; i < length; i++) sums[i]! += row[i]! / rows.length;
  return sums;
}
