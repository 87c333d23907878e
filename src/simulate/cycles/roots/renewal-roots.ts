import { isInstant } from '../../../compile/laws.ts';
import type { CompiledModel } from '../../../compile/model.ts';
import { NEED } from '../../../compile/model.ts';
import { stepsOf } from '../../../compile/programs.ts';
import { isLatent, proofTestModes } from '../../../compile/proof-tests.ts';
import { SilentObserver } from '../../../dynamics/observer.ts';
import { CloudProcess } from '../../../dynamics/process.ts';
import { MICROSECONDS_PER_SECOND } from '../../../model/time.ts';
import { HistoryClocks } from '../../history-clocks.ts';
import { firstAbove, pick } from '../choices/forcing-time.ts';
import type { FailureClasses } from '../failure-classes.ts';
import type { RootSource } from './root-source.ts';
import type { RootState } from './root-states.ts';
import { hasIntervals, TestIntervals } from './test-ages.ts';

/** A model that is as new after every occurrence of one proof test, and the state that it is in then. */
export interface Renewal {
  readonly test: number;
  readonly renewed: RootState;
}

/**
 * Whether everything that can fail is latent until one proof test, which renews it all at that instant: then the time
 * between two tests is a cycle of its own (methods §2.6 d).
 */
export function renewalOf(model: CompiledModel): Renewal | undefined {
  const { modes, laws, elements, proofTests, strikes, groups, upgrades } = model;
  const tests = proofTestModes(model);
  const [test] = tests;
  if (test === undefined || tests.length > 1 || groups.count > 0 || upgrades.count > 0) return undefined;
  if (!hasIntervals(laws[modes.law[test]!]!)) return undefined;
  for (let mode = 0; mode < modes.count; mode++) {
    const { kind } = laws[modes.law[mode]!]!;
    if (mode === test || kind === 'never') continue;
    const element = modes.element[mode]!;
    const isTested = proofTests.testStart[element]! < proofTests.testStart[element + 1]!;
    const isRenewed = kind === 'exponential' || proofTests.renewsAll[test] === 1;
    if (!isTested || !isRenewed || strikes.start[mode]! < strikes.start[mode + 1]!) return undefined;
    if (!isLatent(model, modes.program[mode]!) || !isAtOnce(model, modes.program[mode]!)) return undefined;
  }
  if (elements.seat.some((seat) => seat >= 0)) return undefined;
  const clocks = new HistoryClocks(model, 'renewal');
  clocks.begin(0);
  const process = new CloudProcess(model, clocks, new SilentObserver());
  process.reset();
  const { ints, reals } = process.world;
  return { test, renewed: { ints: ints.slice(), reals: reals.slice() } };
}

/** What the test finds is put right in no time, whoever else needs putting right. */
function isAtOnce({ steps, laws }: CompiledModel, first: number): boolean {
  return stepsOf({ steps }, first).every((step) => {
    const needs = steps.need.subarray(steps.needStart[step]!, steps.needStart[step + 1]!);
    const isFree = needs.every((need) => need === NEED['proof-test'] || need === NEED.host);
    return isFree && steps.queue[step]! < 0 && steps.success[step] === 1 && isInstant(laws[steps.law[step]!]!);
  });
}

/** Points that a cell of the table of ages is integrated by, as shares of it, and their weights (Gauss and Legendre). */
const POINTS = [0.0694318442029737, 0.330009478207572, 0.669990521792428, 0.930568155797026];
const WEIGHTS = [0.173927422568727, 0.326072577431273, 0.326072577431273, 0.173927422568727];
const CELLS = 512;
/** Share of first failures drawn early, when others have time to follow: by the square of what of the interval is left. */
const EARLY = 0.6;

/** Failure clocks of equal law and pace, of one class. */
interface Clockwork {
  readonly pace: number;
  readonly rate: (age: number) => number;
  readonly gathered: (age: number) => number;
  readonly count: number;
}

/**
 * Incidents of a model that is renewed by its proof test: the interval from one test to the next is drawn, and in it the
 * age at which the first failure strikes. Times here are seconds, rates those of the interface.
 */
export class RenewalRoots implements RootSource {
  readonly idle = 0;
  readonly root: RootState;
  rate = 0;
  readonly hazards: Float64Array;
  readonly ages: Float64Array;
  readonly tests: Float64Array;
  readonly due = undefined;
  readonly ratio = 1;
  private readonly classes: FailureClasses;
  private readonly paces: Float64Array;
  private readonly clockworks: readonly (readonly Clockwork[])[];
  private readonly intervals: TestIntervals;
  /** Ages at the ends of the cells, and by class the failures gathered by then. */
  private readonly edges: Float64Array;
  private readonly gathered: readonly Float64Array[];
  /** Mean quiescent time from one test to the next. */
  private readonly quiescent: number;
  private readonly rates: Float64Array;

  constructor(model: CompiledModel, classes: FailureClasses, { test, renewed }: Renewal, paceAt: number) {
    const { modes, laws } = model;
    this.root = renewed;
    this.classes = classes;
    this.hazards = new Float64Array(classes.count);
    this.ages = new Float64Array(modes.count);
    this.tests = new Float64Array(1);
    this.paces = renewed.reals.slice(paceAt, paceAt + modes.count);
    this.clockworks = clockworksOf(classes, this.paces);
    this.intervals = new TestIntervals(laws[modes.law[test]!]!, (age) => this.expected(age));
    const { longest } = this.intervals;
    this.edges = Float64Array.from({ length: CELLS + 1 }, (_, i) => longest * (i / CELLS) ** 2);
    this.gathered = this.clockworks.map((own) => this.edges.map((age) => gatheredBy(own, age)));
    const sums = new Float64Array(classes.count);
    let quiescent = 0;
    for (let cell = 0; cell < CELLS; cell++) {
      const from = this.edges[cell]!;
      const length = this.edges[cell + 1]! - from;
      for (let i = 0; i < POINTS.length; i++) {
        const age = from + POINTS[i]! * length;
        const weight = WEIGHTS[i]! * length * this.intervals.survival(age) * Math.exp(-this.expected(age));
        quiescent += weight;
        for (let one = 0; one < sums.length; one++) sums[one]! += weight * rateAt(this.clockworks[one]!, age);
      }
    }
    this.quiescent = quiescent;
    this.rates = sums.map((sum) => sum / quiescent / MICROSECONDS_PER_SECOND);
  }

  classRates(): Float64Array {
    return this.rates;
  }

  /** Nothing of such a model waits for a calendar. */
  start(): number {
    return 0;
  }

  choose(first: number, _index: number, random: () => number): boolean {
    const { intervals, gathered, edges } = this;
    const own = gathered[first]!;
    if (own[CELLS] === 0) return false;
    intervals.draw(random);
    const { length } = intervals;
    const whole = interpolate(edges, own, length);
    const isEarly = random() < EARLY;
    const u = random();
    const share = isEarly ? 1 - Math.cbrt(u) : u;
    const density = 1 - EARLY + 3 * EARLY * (1 - share) ** 2;
    const cell = cellOf(own, share * whole);
    const [from, to] = [edges[cell]!, edges[cell + 1]!];
    const slope = (own[cell + 1]! - own[cell]!) / (to - from);
    if (!(slope > 0)) return false;
    const age = Math.min(length, from + (share * whole - own[cell]!) / slope);
    const rate = rateAt(this.clockworks[first]!, age);
    // Density of the age: that of the share, by the table.
    const drawn = (density * slope) / whole;
    this.rate =
      (intervals.ratio * rate * Math.exp(-this.expected(age))) / (this.quiescent * drawn) / MICROSECONDS_PER_SECOND;
    this.place(age, length);
    return this.rate > 0;
  }

  strikes(first: number, random: () => number): number {
    const { classes, paces, ages } = this;
    const rateOf = (mode: number): number => {
      if (classes.of[mode] !== first || paces[mode] === 0) return 0;
      const hazard = classes.hazards[mode];
      return (
        paces[mode]! *
        (hazard === undefined ? classes.rates[mode]! : hazard.rate(ages[mode]! / MICROSECONDS_PER_SECOND))
      );
    };
    let sum = 0;
    for (let mode = 0; mode < paces.length; mode++) sum += rateOf(mode);
    return pick(paces.length, rateOf, random() * sum);
  }

  /** Everything is so old, and the next test comes when the interval is over. */
  private place(age: number, length: number): void {
    for (let mode = 0; mode < this.ages.length; mode++)
      this.ages[mode] = age * this.paces[mode]! * MICROSECONDS_PER_SECOND;
    this.tests[0] = Math.max(0, Math.round((length - age) * MICROSECONDS_PER_SECOND));
    for (let one = 0; one < this.hazards.length; one++)
      this.hazards[one] = rateAt(this.clockworks[one]!, age) / MICROSECONDS_PER_SECOND;
  }

  /** Failures to be expected until everything is so old. */
  private expected(age: number): number {
    let sum = 0;
    for (const own of this.clockworks) sum += gatheredBy(own, age);
    return sum;
  }
}

function clockworksOf(
  { of, count, rates, hazards }: FailureClasses,
  paces: Float64Array,
): readonly (readonly Clockwork[])[] {
  const found: Map<number, Clockwork>[] = Array.from({ length: count }, () => new Map());
  of.forEach((one, mode) => {
    const pace = paces[mode]!;
    if (pace === 0 || rates[mode] === 0) return;
    const known = found[one]!.get(pace);
    // Classes are of one law.
    const perSecond = rates[mode]! * MICROSECONDS_PER_SECOND;
    const { rate, gathered } = hazards[mode] ?? { rate: () => perSecond, gathered: (age: number) => perSecond * age };
    found[one]!.set(pace, { pace, rate, gathered, count: (known?.count ?? 0) + 1 });
  });
  return found.map((own) => [...own.values()]);
}

const rateAt = (own: readonly Clockwork[], age: number): number =>
  own.reduce((sum, { pace, rate, count }) => sum + count * pace * rate(pace * age), 0);

const gatheredBy = (own: readonly Clockwork[], age: number): number =>
  own.reduce((sum, { pace, gathered, count }) => sum + count * gathered(pace * age), 0);

/** Cell of the rising `values` in which `target` lies. */
const cellOf = (values: Float64Array, target: number): number =>
  Math.min(values.length - 2, Math.max(0, firstAbove(values, target) - 1));

function interpolate(edges: Float64Array, values: Float64Array, age: number): number {
  const cell = cellOf(edges, age);
  const [from, to] = [edges[cell]!, edges[cell + 1]!];
  return values[cell]! + ((values[cell + 1]! - values[cell]!) * (age - from)) / (to - from);
}
