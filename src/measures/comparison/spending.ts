import { normalTail } from '../../adapters/special.ts';
import { nextLook } from '../statistics/stopping.ts';

/** Looks closer to the last one than this share of it are left out: they would cost and bring nothing. */
const LAST_STRETCH = 0.9;
/** Points at which the law of the statistic between two looks is kept. */
const POINTS = 256;
/** Standard deviations below which nothing is kept. */
const REACH = 8;

/** Numbers of histories at which a sequential test looks: 32, 40, 50, 63, … and the last one. */
export function looksUpTo(most: number): readonly number[] {
  const looks: number[] = [];
  for (let look = nextLook(0, { relative: 1 }); look < LAST_STRETCH * most; look = nextLook(look, { relative: 1 })) {
    looks.push(look);
  }
  return [...looks, most];
}

/**
 * One-sided tail probabilities at which each look may decide, so that all looks together err with probability `alpha`: a
 * group-sequential test that spends α·√(n/N) up to look n of N. The square root spends a good part early, because what is
 * tested lies a hundredfold apart in the histories it needs. The joint law of the looks is that of a Brownian motion,
 * integrated from look to look.
 *
 * @param looks numbers of histories, increasing
 * @param alpha in (0, 0.5)
 * @returns one tail per look, in (0, alpha]
 * @see Lan & DeMets, Biometrika 70 (1983) 659; Armitage, McPherson & Rowe, JRSS A 132 (1969) 235; methods §5.7.
 */
export function spendingTails(looks: readonly number[], alpha: number): readonly number[] {
  const last = looks[looks.length - 1]!;
  const tails: number[] = [];
  let spent = 0;
  let time = 0;
  /** Law of the motion at the look before, where no look has decided: points and their probabilities. */
  let points: readonly number[] = [0];
  let masses: readonly number[] = [1];
  for (const look of looks) {
    const now = look / last;
    const share = alpha * Math.sqrt(now) - spent;
    const step = Math.sqrt(now - time);
    const crossing = (bound: number): number =>
      points.reduce((sum, point, i) => sum + masses[i]! * normalTail((bound - point) / step), 0);
    const bound = decreasingRoot(crossing, share, REACH * Math.sqrt(now));
    tails.push(normalTail(bound / Math.sqrt(now)));
    ({ points, masses } = lawBelow(bound, REACH * Math.sqrt(now), points, masses, step));
    spent += share;
    time = now;
  }
  return tails;
}

/** Law of the motion one step on, where it stays below the bound, by the trapezoidal rule. */
function lawBelow(
  bound: number,
  reach: number,
  points: readonly number[],
  masses: readonly number[],
  step: number,
): { readonly points: readonly number[]; readonly masses: readonly number[] } {
  const width = (bound + reach) / (POINTS - 1);
  const next = Array.from({ length: POINTS }, (_, i) => -reach + i * width);
  const density = (at: number): number =>
    points.reduce((sum, point, i) => sum + masses[i]! * Math.exp(-(((at - point) / step) ** 2) / 2), 0) /
    (step * Math.sqrt(2 * Math.PI));
  return {
    points: next,
    masses: next.map((at, i) => density(at) * width * (i === 0 || i === POINTS - 1 ? 0.5 : 1)),
  };
}

/** Where a decreasing function takes a value, between 0 and `high`. */
function decreasingRoot(of: (x: number) => number, value: number, high: number): number {
  let [below, above] = [0, high];
  for (let i = 0; i < 60; i++) {
    const middle = (below + above) / 2;
    if (of(middle) > value) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}
