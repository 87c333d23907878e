import { sumOf } from '../statistics/sum.ts';
import type { CycleTotals } from './cycle-totals.ts';
import { above, apart, type Gate, inErrors } from './gates.ts';
import { standardError } from './interval.ts';
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
  const error = standardError(totals, CYCLE.harmful);
  return apart(name, countsApart(met, rate * time, rate === 0 ? 0 : error / rate));
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
  const error = standardError(totals, CYCLE.outages);
  const seen = sumOf(outages);
  // No outage at all where all that happens is too short to count as one.
  const perIncident = rate === 0 ? 1 : rate / totals.rate(CYCLE.harmful);
  const together = Math.max(perIncident, seen > 0 ? dispersion(outages) : 1, 1);
  return apart(
    'histories apart',
    countsApart(seen / together, (rate * time) / together, rate === 0 ? 0 : error / rate),
  );
}

/** Variance of counts over their mean: 1 where they are Poisson, the size of clusters where events come in clusters. */
function dispersion(counts: readonly number[]): number {
  const mean = sumOf(counts) / counts.length;
  if (counts.length < 2) return 1;
  return counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1) / mean;
}

/** Whether the unavailability lies where the exact side proves that it must: standard errors outside (methods §2.9). */
export function withinBounds(totals: CycleTotals, { lo, hi }: { readonly lo: number; readonly hi: number }): Gate {
  const rate = totals.rate(CYCLE.downtime);
  const error = standardError(totals, CYCLE.downtime);
  return above('outside the exact bounds', inErrors(Math.max(0, lo - rate, rate - hi), error), 2, 3);
}
