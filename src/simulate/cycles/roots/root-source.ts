import type { CompiledModel } from '../../../compile/model.ts';
import { BATCHES } from '../../../measures/cycles/cycle-totals.ts';
import { MICROSECONDS_PER_SECOND } from '../../../model/time.ts';
import { firstAbove, pick } from '../choices/forcing-time.ts';
import type { FailureClasses } from '../failure-classes.ts';
import { expectedSoon } from '../fixed-ages.ts';
import type { AgedRoot, AgedRoots } from './ageing-roots.ts';
import { calendarCycle } from './calendar-cycle.ts';
import type { DatedRoots } from './dated-roots.ts';
import type { FoundState } from './found-states.ts';
import type { Renewal } from './renewal-roots.ts';
import type { MetState, RootState, RootStates } from './root-states.ts';

/** Samples of a stage and stratum are numbered from a multiple of this. */
export const STRATUM = 2 ** 32;

/**
 * What a model's incidents begin in: quiescent states met, the same with ages, at instants of histories, or the instants of a test
 * that renews all.
 */
export type Roots = RootStates | AgedRoots | DatedRoots | Renewal;

/** Where incidents begin, and how often. Valid after `choose` has returned true: all but its methods. */
export interface RootSource {
  /** State that the incident begins in. */
  readonly root: RootState;
  /** Rate of such incidents, 1/µs of quiescent time. */
  readonly rate: number;
  /** By class: rate of its failures in the root, 1/µs. */
  readonly hazards: Float64Array;
  /** By mode: µs of operation, where failures age. */
  readonly ages: Float64Array | undefined;
  /** By proof test: µs until it takes place; absent: there is none. */
  readonly tests: Float64Array | undefined;
  /** Time in the state before the incident that counts beside that in the quiescent states that have been met, µs. */
  readonly idle: number;
  /** Modes that strike at the same instant, where failures strike at fixed ages. */
  readonly due: readonly number[] | undefined;
  /** Mean rate of incidents by class of their first failure, 1/µs. */
  classRates(): Float64Array;
  /** A root for sample `index` of incidents beginning with class `first`; false if none can. */
  choose(first: number, index: number, random: () => number): boolean;
  /** When the incident begins, µs since calendars began. */
  start(random: () => number): number;
  /** The mode that strikes first. */
  strikes(first: number, random: () => number): number;
}

/** Roots of models without ages: the rate of every failure is known in each of them. */
abstract class StateRoots<State extends MetState> implements RootSource {
  root: State;
  rate = 0;
  hazards: Float64Array;
  readonly ages = undefined;
  readonly tests = undefined;
  readonly due = undefined;
  protected readonly classes: FailureClasses;
  protected readonly roots: readonly State[];
  /** By root: failure rate of each class (1/µs), and mean time until something fails, µs. */
  protected readonly totals: readonly Float64Array[];
  protected readonly quiet: readonly number[];
  /** Place of the root chosen last. */
  protected at = 0;
  /** Time after which calendars stand as before, µs. */
  private readonly cycle: number;
  private readonly paceAt: number;

  constructor(model: CompiledModel, classes: FailureClasses, paceAt: number, roots: readonly State[]) {
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
    this.quiet = this.totals.map((rates) => 1 / rates.reduce((sum, rate) => sum + rate, 0));
    this.cycle = calendarCycle(model.laws);
  }

  abstract get idle(): number;

  abstract classRates(): Float64Array;

  abstract choose(first: number, index: number, random: () => number): boolean;

  /** The root at a place, and how many incidents it stands for. */
  protected take(at: number, rate: number): boolean {
    this.at = at;
    this.root = this.roots[at]!;
    this.hazards = this.totals[at]!;
    this.rate = rate;
    return rate > 0;
  }

  /** Nothing fails for so long after the state was reached: calendars stand anywhere only where that is long. */
  start(random: () => number): number {
    const quiet = -Math.log1p(-random()) * this.quiet[this.at]!;
    return Math.floor((this.root.since % this.cycle) + (quiet % this.cycle));
  }

  strikes(first: number, random: () => number): number {
    const { rates } = this.classes;
    const members = this.classes.members[first]!;
    const { reals } = this.root;
    const rateOf = (i: number): number => rates[members[i]!]! * reals[this.paceAt + members[i]!]!;
    let sum = 0;
    for (let i = 0; i < members.length; i++) sum += rateOf(i);
    return members[pick(members.length, rateOf, random() * sum)]!;
  }
}

/**
 * States as a history has met them. What outlasts incidents, such as who is active, is met as often as its history happens to;
 * sample k starts from a root of part k mod `BATCHES` of that history, so that batches differ by it as much as another history would.
 */
export class MetRoots extends StateRoots<MetState> {
  readonly idle = 0;
  /** Roots of a block; 0: there are too few for blocks. */
  private readonly blockLength: number;
  /** By root: failure rate of each class (1/µs) times the root's weight. */
  private readonly weighted: readonly Float64Array[];

  constructor(model: CompiledModel, classes: FailureClasses, paceAt: number, { states }: RootStates) {
    const blockLength = Math.floor(states.length / BATCHES);
    super(model, classes, paceAt, blockLength === 0 ? states : states.slice(0, BATCHES * blockLength));
    this.blockLength = blockLength;
    const { quiet, totals } = this;
    // Roots were met in proportion to the failures out of them; what is wanted is the time spent in them.
    const mean = quiet.reduce((sum, one) => sum + one, 0) / quiet.length;
    this.weighted = totals.map((rates, i) => rates.map((rate) => (rate * quiet[i]!) / mean));
  }

  classRates(): Float64Array {
    return meanOf(this.weighted, this.classes.count);
  }

  choose(first: number, index: number, random: () => number): boolean {
    const { blockLength, roots } = this;
    const block = (index % STRATUM) % BATCHES;
    const at = blockLength * block + Math.floor(random() * (blockLength || roots.length));
    return this.take(at, this.weighted[at]![first]!);
  }
}

/** Share of the incidents that begin in unmet states by the time in them. */
const BY_TIME = 0.5;

/**
 * States that the history was too short for, each with the time that it stands for. Sample k starts from one that part k mod
 * `BATCHES` of the samples has found, so that batches differ by what they have found as much as other samples would.
 */
export class UnmetRoots extends StateRoots<FoundState> {
  private readonly blocks: readonly (readonly number[])[];

  constructor(model: CompiledModel, classes: FailureClasses, paceAt: number, states: readonly FoundState[]) {
    super(model, classes, paceAt, states);
    this.blocks = Array.from({ length: BATCHES }, (_, block) =>
      [...states.keys()].filter((i) => states[i]!.block === block),
    );
  }

  get idle(): number {
    return this.quiet[this.at]!;
  }

  classRates(): Float64Array {
    const { totals, roots, classes } = this;
    const rates = new Float64Array(classes.count);
    roots.forEach(({ amount }, i) => {
      for (let one = 0; one < rates.length; one++) rates[one]! += amount * totals[i]![one]!;
    });
    return rates;
  }

  choose(first: number, index: number, random: () => number): boolean {
    const own = this.blocks[(index % STRATUM) % BATCHES]!;
    const amounts = (i: number): number => this.roots[own[i]!]!.amount;
    const [u, v] = [random(), random()];
    const { length } = own;
    if (length === 0) return false;
    let all = 0;
    for (let i = 0; i < length; i++) all += amounts(i);
    // By time, and all alike: what hardly ever is may be what matters.
    const place = u < BY_TIME ? pick(length, amounts, v * all) : Math.floor(v * length);
    const share = BY_TIME / all + (1 - BY_TIME) / (length * amounts(place));
    const at = own[place]!;
    return this.take(at, (BATCHES / share) * this.totals[at]![first]!);
  }
}

/**
 * Shares of the mixture that a root is drawn from: all alike, in proportion to the failures to be expected within an
 * incident of mean length, and to their square. What is about to wear out counts for most of the downtime, and is rare.
 */
const ALIKE = 0.3;
const BY_FAILURES = [0.4, 0.3] as const;

/** Roots of one block and class with their running sums of failures to be expected, to the first and second power. */
interface Drawer {
  readonly roots: readonly AgedRoot[];
  readonly expected: Float64Array;
  readonly sums: readonly Float64Array[];
}

/** Roots of a history in blocks, each with the failure that begins the incident. */
export abstract class BlockedRoots<Root extends AgedRoot> implements RootSource {
  rate = 0;
  readonly idle = 0;
  readonly hazards: Float64Array;
  protected chosen!: Root;
  private readonly rates: readonly Float64Array[];

  constructor({ count }: FailureClasses, { rates }: AgedRoots) {
    this.hazards = new Float64Array(count);
    this.rates = rates;
  }

  get root(): Root {
    return this.chosen;
  }

  get ages(): Float64Array {
    return this.chosen.ages;
  }

  get tests(): Float64Array {
    return this.chosen.tests;
  }

  abstract get due(): RootSource['due'];

  start(): number {
    return this.chosen.time;
  }

  classRates(): Float64Array {
    return meanOf(this.rates, this.hazards.length);
  }

  abstract choose(first: number, index: number, random: () => number): boolean;

  strikes(): number {
    return this.chosen.mode;
  }
}

/** Roots of models whose failures age, counted by block of quiescent time. */
export class CountedRoots extends BlockedRoots<AgedRoot> {
  readonly due = undefined;
  private readonly aged: AgedRoots;
  private readonly drawers: readonly (readonly Drawer[])[];

  constructor(classes: FailureClasses, aged: AgedRoots, paceAt: number) {
    super(classes, aged);
    this.aged = aged;
    const expected = (root: AgedRoot): number => 1 - Math.exp(-failuresWithin(classes, root, paceAt, aged.incident));
    this.drawers = aged.roots.map((block) => block.map((roots) => drawerOf(roots, expected)));
  }

  choose(first: number, index: number, random: () => number): boolean {
    const block = (index % STRATUM) % BATCHES;
    const { roots, expected, sums } = this.drawers[block]![first]!;
    this.rate = this.aged.rates[block]![first]!;
    const last = roots.length - 1;
    if (last < 0) return false;
    const u = random();
    const v = random();
    const by = u < ALIKE ? undefined : sums[u < ALIKE + BY_FAILURES[0] ? 0 : 1]!;
    const at = by !== undefined && by[last]! > 0 ? firstAbove(by, v * by[last]!) : Math.floor(v * roots.length);
    // Where nothing is to be expected of any root they are all alike.
    let share = ALIKE;
    for (let i = 0; i < BY_FAILURES.length; i++) {
      const mean = sums[i]![last]! / roots.length;
      share += BY_FAILURES[i]! * (mean > 0 ? expected[at]! ** (i + 1) / mean : 1);
    }
    this.rate /= share;
    this.chosen = roots[at]!;
    return true;
  }
}

function drawerOf(roots: readonly AgedRoot[], expectedOf: (root: AgedRoot) => number): Drawer {
  const expected = Float64Array.from(roots, expectedOf);
  const sums = BY_FAILURES.map((_, i) => {
    let sum = 0;
    return expected.map((one) => (sum += one ** (i + 1)));
  });
  return { roots, expected, sums };
}

/** Failures to be expected of everything but what has just failed, from the root on for `length` µs. */
export function failuresWithin(
  { rates, hazards, fixed }: FailureClasses,
  { reals, ages, mode: failed }: AgedRoot,
  paceAt: number,
  length: number,
): number {
  let sum = 0;
  for (let mode = 0; mode < rates.length; mode++) {
    const time = length * reals[paceAt + mode]!;
    if (mode === failed || time === 0) continue;
    const hazard = hazards[mode];
    const ofMode = fixed[mode];
    if (ofMode !== undefined) sum += expectedSoon(ofMode, ages[mode]!, time);
    else if (hazard === undefined) sum += rates[mode]! * time;
    else {
      const age = ages[mode]!;
      const until = hazard.gathered((age + time) / MICROSECONDS_PER_SECOND);
      sum += until - hazard.gathered(age / MICROSECONDS_PER_SECOND);
    }
  }
  return Math.max(0, sum);
}

function meanOf(rows: readonly Float64Array[], length: number): Float64Array {
  const sums = new Float64Array(length);
  for (const row of rows) for (let i = 0; i < length; i++) sums[i]! += row[i]! / rows.length;
  return sums;
}
