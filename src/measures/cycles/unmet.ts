import type { CycleTotals } from './cycle-totals.ts';
import { above, type Gate } from './gates.ts';
import { varianceOverBatches } from './interval.ts';
import { CYCLE } from './measures.ts';

/**
 * States that incidents begin in though the history that roots come from has not met any like them: whether they change the
 * downtime, and whether their share of the time is known. Incidents that begin there have strata of their own, after the others.
 */

/** Part of the precision asked for below which a change of the downtime does not matter. */
const NEGLIGIBLE = 0.1;
/** Standard errors beyond which a change is none by chance, and times as much downtime as others that are believed whatever the error. */
const CERTAIN = 2;
const MANIFEST = 4;

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
  const others = totals.amount(downtime);
  const error = Math.sqrt(few.spread(downtime, 0).variance);
  return matters(few.amount(downtime) / others, time, error / others, precision);
}

/**
 * The same by as many as a round of the pilot has.
 *
 * @param totals with them, half of the strata
 */
export function doMatter(totals: CycleTotals, time: number, precision: number): boolean {
  const { downtime } = CYCLE;
  const met = totals.planned.length / 2;
  const all = totals.amount(downtime) / totals.amount(downtime, met);
  const without = (batch: number): number =>
    totals.amountsWithout(batch)[downtime]! / totals.amountsWithout(batch, met)[downtime]!;
  return matters(all - 1, time, Math.sqrt(varianceOverBatches(all, without)), precision);
}

/**
 * @param downtime in them, by that in the others, and its standard error; @param time in them, by that in the others
 */
function matters(downtime: number, time: number, error: number, precision: number): boolean {
  // Nothing but them makes downtime, or nothing does.
  if (!Number.isFinite(downtime)) return !Number.isNaN(downtime);
  const change = Math.abs(downtime - time);
  // Where there are many, all alike, chance alone makes a difference; what is worth while is many times as bad.
  const isCertain = change > CERTAIN * error || downtime > MANIFEST * time;
  return isCertain && change > NEGLIGIBLE * precision * (1 + time);
}

/** Share of the time in them where everything went on for longer than was looked at. */
export const lasting = (share: number): Gate => above('unmet states that last', share, 0.02, 0.1);
