import { BATCHES } from '../../../measures/cycles/cycle-totals.ts';
import { MICROSECONDS_PER_SECOND } from '../../../model/time.ts';
import { firstAbove } from '../choices/forcing-time.ts';
import type { FailureClasses } from '../failure-classes.ts';
import { expectedSoon } from '../fixed-ages.ts';
import type { AgedRoot, AgedRoots } from './ageing-roots.ts';
import { meanOf, type RootSource, STRATUM } from './root-source.ts';

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

  readonly ratio = 1;

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
