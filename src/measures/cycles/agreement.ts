import { sumOf } from '../statistics/sum.ts';
import type { CycleTotals } from './cycle-totals.ts';
import { above, apart, type Gate } from './gates.ts';
import { CYCLE } from './measures.ts';

/** Makes the square root of a Poisson count normal down to small ones (Anscombe, Biometrika 35 (1948) 246). */
const ANSCOMBE = 3 / 8;

/**
 * Standard deviations between a count of independent events and what is expected of it.
 *
 * @param error relative standard error of `expected`
 */
export function countsApart(seen: number, expected: number, error: number): number {
  const difference = 2 * (Math.sqrt(seen + ANSCOMBE) - Math.sqrt(expected + ANSCOMBE));
  return difference / Math.sqrt(1 + error * error * expected);
}

/**
 * Whether histories have met as many incidents that hurt as cycles say.
 *
 * @param time length of all histories, µs
 */
export function harmfulApart(name: string, totals: CycleTotals, met: number, time: number): Gate {
  const rate = totals.rate(CYCLE.harmful);
  if (rate === 0) return apart(name, countsApart(met, 0, 0));
  const { variance } = totals.spread(CYCLE.harmful, rate);
  return apart(name, countsApart(met, rate * time, Math.sqrt(variance) / totals.timePerIdleTime() / rate));
}

/**
 * Whether histories have seen as many outages as cycles say. Outages of one incident come together: what is compared is how
 * many incidents they make.
 *
 * @param outages by history
 * @param time length of all histories, µs
 */
export function outagesApart(totals: CycleTotals, outages: readonly number[], time: number): Gate {
  const rate = totals.rate(CYCLE.outages);
  const seen = sumOf(outages);
  const together = Math.max(rate / totals.rate(CYCLE.harmful), seen > 0 ? dispersion(outages) : 1, 1);
  const error = Math.sqrt(totals.spread(CYCLE.outages, rate).variance) / totals.timePerIdleTime() / rate;
  return apart('histories apart', countsApart(seen / together, (rate * time) / together, error));
}

/** Variance of counts over their mean: 1 where they are Poisson, the size of clusters where events come in clusters. */
function dispersion(counts: readonly number[]): number {
  const mean = sumOf(counts) / counts.length;
  if (counts.length < 2) return 1;
  return counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1) / mean;
}

/** Whether the unavailability lies where the exact side proves that it must: standard errors outside (methods §2.9). */
export function withinBounds(totals: CycleTotals, { lo, hi }: { readonly lo: number; readonly hi: number }): Gate {
  const value = totals.rate(CYCLE.downtime);
  const error = Math.sqrt(totals.spread(CYCLE.downtime, value).variance) / totals.timePerIdleTime();
  return above('outside the exact bounds', Math.max(0, lo - value, value - hi) / error, 2, 3);
}
