import { BATCHES } from '../../../measures/cycles/cycle-totals.ts';
import { firstAbove } from '../choices/forcing-time.ts';
import type { FailureClasses } from '../failure-classes.ts';
import { BlockedRoots, failuresWithin } from './counted-roots.ts';
import type { DatedRoot, DatedRoots } from './dated-roots.ts';
import { STRATUM } from './root-source.ts';

/**
 * Shares of the mixture that a root is drawn from: by what it stands for, and by that times the failures to be expected
 * within an incident and their square.
 */
const SHARES = [0.3, 0.4, 0.3] as const;

/** Roots of one block and class with the running sums of their weights, by the power of the failures to be expected. */
interface Drawer {
  readonly roots: readonly DatedRoot[];
  readonly expected: Float64Array;
  readonly sums: readonly Float64Array[];
}

/** Roots at instants of histories, each with the failures that it stands for per µs of quiescent time. */
export class DatedSource extends BlockedRoots<DatedRoot> {
  private readonly drawers: readonly (readonly Drawer[])[];

  constructor(classes: FailureClasses, roots: DatedRoots, paceAt: number) {
    super(classes, roots);
    this.drawers = roots.roots.map((block) =>
      block.map((some) => {
        const expected = Float64Array.from(some, (root) => {
          const failures = failuresWithin(classes, root, paceAt, roots.incident) + root.due.length;
          return -Math.expm1(-failures);
        });
        const sums = SHARES.map((_, power) => {
          let sum = 0;
          return expected.map((one, i) => (sum += some[i]!.weight * one ** power));
        });
        return { roots: some, expected, sums };
      }),
    );
  }

  get due(): readonly number[] {
    return this.chosen.due;
  }

  choose(first: number, index: number, random: () => number): boolean {
    const { roots, expected, sums } = this.drawers[(index % STRATUM) % BATCHES]![first]!;
    const last = roots.length - 1;
    if (last < 0) return false;
    const total = (power: number): number => sums[power]![last]!;
    let u = random();
    const v = random();
    let power = 0;
    while (power < SHARES.length - 1 && u >= SHARES[power]!) u -= SHARES[power++]!;
    // Where nothing is to be expected of any root, what they stand for decides.
    if (!(total(power) > 0)) power = 0;
    const at = firstAbove(sums[power]!, v * total(power));
    let density = 0;
    SHARES.forEach((share, i) => {
      density += share * (total(i) > 0 ? expected[at]! ** i / total(i) : 1 / total(0));
    });
    this.chosen = roots[at]!;
    this.rate = 1 / density;
    return true;
  }
}
