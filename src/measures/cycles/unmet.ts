import type { CycleTotals } from './cycle-totals.ts';
import { above, type Gate } from './gates.ts';
import { jackknife, standardError } from './interval.ts';
import { CYCLE } from './measures.ts';

/**
 * States that incidents begin in though the history that roots come from has not met any like them: whether they change the
 * downtime, and whether their share of the time is known. Incidents that begin there have strata of their own, after the others.
 */

/** Part of the precision asked for below which a change of the downtime does not matter. */
const NEGLIGIBLE = 0.1;
/** Confidence of an interval of one standard error to each side. */
const ONE_ERROR = 0.6827;

/**
 * Whether so much quiescent time in them, per time in the others, can matter to the downtime at all: at worst all incidents that
 * begin there are downtime.
 *
 * @param totals without them
 */
export function canMatter(totals: CycleTotals, time: number, precision: number): boolean {
  const incidents = totals.timePerIdleTime() - 1;
  return time * incidents > NEGLIGIBLE * precision * totals.rate(CYCLE.downtime);
}

/**
 * The same by a few incidents that begin there: whether these make more downtime of their share of the time than others, or less.
 *
 * @param few these alone
 */
export function seemToMatter(totals: CycleTotals, few: CycleTotals, time: number, precision: number): boolean {
  const { downtime } = CYCLE;
  const others = totals.rate(downtime);
  const error = standardError(few, downtime);
  return matters(few.rate(downtime) / others - time, error / others, precision);
}

/**
 * The same by as many as a round of the pilot has.
 *
 * @param totals with them, half of the strata
 */
export function doMatter(totals: CycleTotals, precision: number): boolean {
  const met = totals.planned.length / 2;
  const { downtime } = CYCLE;
  const without = (batch: number): number =>
    totals.ratesWithout(batch)[downtime]! / totals.ratesWithout(batch, met)[downtime]!;
  const ratio = totals.rate(downtime) / totals.rate(downtime, met);
  const { lo, hi } = jackknife(totals, ONE_ERROR, ratio, without);
  return matters(ratio - 1, (hi - lo) / 2, precision);
}

/** Relative change of the downtime, with its standard error: more than chance, or too uncertain to be told from it. */
function matters(change: number, error: number, precision: number): boolean {
  // Nothing but them makes downtime, or nothing does.
  if (!Number.isFinite(change)) return !Number.isNaN(change);
  return Math.abs(change) > NEGLIGIBLE * precision && (Math.abs(change) > error || error > precision);
}

/** Share of the time in them where everything went on for longer than was looked at. */
export const lasting = (share: number): Gate => above('unmet states that last', share, 0.02, 0.1);
