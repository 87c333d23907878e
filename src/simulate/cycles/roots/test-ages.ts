import type { Hazard } from '../../../measures/statistics/hazard.ts';
import { hazardOf } from '../../../measures/statistics/hazard.ts';
import type { Law } from '../../../model/law.ts';
import { firstAbove } from '../choices/forcing-time.ts';

/** Stretches of an interval law: each about as likely as the others, and ever less likely ones at its end. */
const STRETCHES = 200;
const PER_HALVING = 4;
/** What is left out at the end of a law without one. */
const LEAST_CHANCE = 1e-18;

/** Shares of the mixture that an interval is drawn from: by chance, and by chance times length times e^k, e: failures to be expected in it (at most 1). */
const NATURAL = 0.1;
const BY_WORTH = [0.15, 0.25, 0.25, 0.25] as const;

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly chance: number;
}

/**
 * Intervals between proof tests, drawn so that the long ones, in which several failures meet, are not missed. Valid after
 * `draw`: `length` (s) and `ratio`, the likelihood ratio of the draw.
 */
export class TestIntervals {
  length = 0;
  ratio = 1;
  /** Longest interval that is looked at, s. */
  readonly longest: number;
  private readonly stretches: readonly Stretch[];
  private readonly hazard: Hazard | undefined;
  /** Running sums of the shares that stretches are drawn by. */
  private readonly sums: Float64Array;

  /** @param expected failures to be expected within an interval of so many seconds */
  constructor(law: Law, expected: (seconds: number) => number) {
    this.hazard = hazardOf(law);
    this.stretches = this.hazard === undefined ? instantsOf(law) : stretchesOf(this.hazard);
    this.longest = this.stretches.at(-1)!.to;
    const shares = new Float64Array(this.stretches.length);
    const add = (share: number, worth: (middle: number) => number): void => {
      const worths = this.stretches.map(({ from, to, chance }) => chance * worth((from + to) / 2));
      const sum = worths.reduce((total, one) => total + one, 0);
      worths.forEach((one, i) => {
        shares[i]! += share * (sum > 0 ? one / sum : this.stretches[i]!.chance);
      });
    };
    add(NATURAL, () => 1);
    BY_WORTH.forEach((share, power) => {
      add(share, (t) => t * (-Math.expm1(-expected(t))) ** power);
    });
    let sum = 0;
    this.sums = shares.map((share) => (sum += share));
  }

  /** Chance of an interval longer than `seconds`. */
  survival(seconds: number): number {
    if (this.hazard !== undefined) return Math.exp(-this.hazard.gathered(seconds));
    return this.stretches.reduce((sum, { to, chance }) => sum + (to > seconds ? chance : 0), 0);
  }

  draw(random: () => number): void {
    const { sums, stretches, hazard } = this;
    const last = sums.length - 1;
    const at = firstAbove(sums, random() * sums[last]!);
    const { from, to, chance } = stretches[at]!;
    this.ratio = (chance * sums[last]!) / (sums[at]! - (at === 0 ? 0 : sums[at - 1]!));
    this.length = hazard === undefined || from === to ? to : within(hazard, from, to, random());
  }
}

/** Laws whose intervals can be drawn so. */
export const hasIntervals = (law: Law): boolean =>
  hazardOf(law) !== undefined || law.kind === 'deterministic' || law.kind === 'empirical';

function instantsOf(law: Law): readonly Stretch[] {
  if (law.kind === 'deterministic') return [{ from: law.value, to: law.value, chance: 1 }];
  if (law.kind !== 'empirical') throw new Error(`intervals of a ${law.kind} law are no fixed ones`);
  const values = [...law.values].sort((a, b) => a - b);
  return values.map((value) => ({ from: value, to: value, chance: 1 / values.length }));
}

function stretchesOf(hazard: Hazard): readonly Stretch[] {
  const survivals = Array.from({ length: STRETCHES }, (_, i) => 1 - i / STRETCHES);
  for (let left = 1 / STRETCHES; left > LEAST_CHANCE; left *= 2 ** (-1 / PER_HALVING)) survivals.push(left);
  let high = 1;
  while (hazard.gathered(high) < -Math.log(LEAST_CHANCE) && high < 1e15) high *= 2;
  const edges = survivals.map((survival) => ageAt(hazard, -Math.log(survival), 0, high));
  return edges.slice(1).map((to, i) => ({ from: edges[i]!, to, chance: survivals[i]! - survivals[i + 1]! }));
}

/** An interval of the law between two lengths. */
function within(hazard: Hazard, from: number, to: number, u: number): number {
  const [a, b] = [hazard.gathered(from), hazard.gathered(to)];
  // −ln of a survival that is uniform between those at both ends, as seen from the first.
  return ageAt(hazard, a - Math.log1p(u * Math.expm1(a - b)), from, to);
}

/** Age between `low` and `high` by which `gathered` has gathered. */
function ageAt({ gathered }: Hazard, target: number, low: number, high: number): number {
  let [from, to] = [low, high];
  for (let round = 0; round < 60 && to - from > 1e-9 * to; round++) {
    const middle = (from + to) / 2;
    if (gathered(middle) < target) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}
