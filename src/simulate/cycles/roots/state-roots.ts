import type { CompiledModel } from '../../../compile/model.ts';
import { BATCHES } from '../../../measures/cycles/cycle-totals.ts';
import type { FirstFailure } from '../choices/first-failure.ts';
import { firstAbove } from '../choices/forcing-time.ts';
import type { FailureClasses } from '../failure-classes.ts';
import { calendarCycle } from './calendar-cycle.ts';
import type { FoundState } from './found-states.ts';
import { meanOf, type RootSource, STRATUM } from './root-source.ts';
import type { MetState, RootStates } from './root-states.ts';

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
  private readonly choice: FirstFailure;

  constructor(
    model: CompiledModel,
    classes: FailureClasses,
    paceAt: number,
    choice: FirstFailure,
    roots: readonly State[],
  ) {
    this.classes = classes;
    this.choice = choice;
    this.roots = roots;
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
    return this.choice.choose(this.root, first, random);
  }

  get ratio(): number {
    return this.choice.ratio;
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

  constructor(
    model: CompiledModel,
    classes: FailureClasses,
    paceAt: number,
    choice: FirstFailure,
    { states }: RootStates,
  ) {
    const blockLength = Math.floor(states.length / BATCHES);
    super(model, classes, paceAt, choice, blockLength === 0 ? states : states.slice(0, BATCHES * blockLength));
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
  /** By block: places of its states, and running sums of the time in them. */
  private readonly blocks: readonly { readonly places: readonly number[]; readonly sums: Float64Array }[];

  constructor(
    model: CompiledModel,
    classes: FailureClasses,
    paceAt: number,
    choice: FirstFailure,
    states: readonly FoundState[],
  ) {
    super(model, classes, paceAt, choice, states);
    this.blocks = Array.from({ length: BATCHES }, (_, block) => {
      const places = [...states.keys()].filter((i) => states[i]!.block === block);
      let sum = 0;
      return { places, sums: Float64Array.from(places, (i) => (sum += states[i]!.amount)) };
    });
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
    const { places, sums } = this.blocks[(index % STRATUM) % BATCHES]!;
    const [u, v] = [random(), random()];
    const { length } = places;
    if (length === 0) return false;
    const all = sums[length - 1]!;
    // By time, and all alike: what hardly ever is may be what matters.
    const at = places[u < BY_TIME ? firstAbove(sums, v * all) : Math.floor(v * length)]!;
    const share = BY_TIME / all + (1 - BY_TIME) / (length * this.roots[at]!.amount);
    return this.take(at, (BATCHES / share) * this.totals[at]![first]!);
  }
}
