import type { CycleTotals } from './cycle-totals.ts';
import { above, type Gate } from './gates.ts';
import { varianceOverBatches } from './interval.ts';
import { CYCLE } from './measures.ts';

/**
 * States that incidents begin in though the history that roots come from has not met any like them: whether they change the
 * downtime, and whether their share of the time is known. Incidents that begin there have strata of their own, after the others.
 */

/** Part of the precision asked for below which a change of the downtime does not matter; at first sight the time is known roughly. */
const NEGLIGIBLE = 0.1;
const SLIGHT = 0.025;
/** Standard errors beyond which a change is none by chance: at first sight each kind of states is asked, most of them harmless. */
const CERTAIN = 2;
const STRIKING = 3;
/** Times as much downtime as others that are believed whatever the error, and that are worth a longer look. */
const MANIFEST = 4;
const SUSPECT = 2;

/**
 * Whether so much quiescent time in them, per time in the others, can matter to the downtime at all: at worst all incidents that
 * begin there are downtime.
 *
 * @param totals without them
 */
export function canMatter(totals: CycleTotals, time: number, precision: number): boolean {
  const incidents = totals.timePerIdleTime() - 1;
  return time * incidents > SLIGHT * precision * totals.rate(CYCLE.downtime);
}

/**
 * The same by a few incidents that begin there: whether these make more downtime of their share of the time than others, or less.
 *
 * @param few these alone
 */
export function seemToMatter(totals: CycleTotals, few: CycleTotals, time: number, precision: number): boolean {
  const { downtime } = CYCLE;
  const others = totals.amount(downtime);
  const change = few.amount(downtime) / others;
  const error = Math.hypot(deviation(few), change * deviation(totals)) / others;
  return matters(change, time, STRIKING * error, SUSPECT, SLIGHT * precision);
}

const deviation = (totals: CycleTotals): number => Math.sqrt(totals.spread(CYCLE.downtime, 0).variance);

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
  return matters(
    all - 1,
    time,
    CERTAIN * Math.sqrt(varianceOverBatches(all, without)),
    MANIFEST,
    NEGLIGIBLE * precision,
  );
}

/** Share of the downtime that begins in them. @param totals with them, half of the strata */
export function shareOfUnmet(totals: CycleTotals): number {
  const { downtime } = CYCLE;
  const met = totals.amount(downtime, totals.planned.length / 2);
  const all = totals.amount(downtime);
  return all > 0 ? 1 - met / all : 0;
}

/**
 * Relative variance of the downtime, as the time in them is known by some.
 *
 * @param totals with them, half of the strata; @param ofTime relative variance of the time in them
 * @param meanTime by the time of the search that `totals` have begun in, of all searches: the others may have found more
 */
export function varianceByTime(totals: CycleTotals, ofTime: number, meanTime: number): number {
  const { downtime } = CYCLE;
  const met = totals.amount(downtime, totals.planned.length / 2);
  const unmet = (totals.amount(downtime) - met) * meanTime;
  return met + unmet > 0 ? (unmet / (met + unmet)) ** 2 * ofTime : 0;
}

/**
 * @param downtime in them, by that in the others; @param time in them, by that in the others
 * @param chance change that may be by chance, unless it is so many `times` the time; @param least relative change that matters
 */
function matters(downtime: number, time: number, chance: number, times: number, least: number): boolean {
  // Nothing but them makes downtime, or nothing does.
  if (!Number.isFinite(downtime)) return !Number.isNaN(downtime);
  const change = Math.abs(downtime - time);
  // Where there are many, all alike, chance alone makes a difference; what is worth while is many times as bad.
  return (change > chance || downtime > times * time) && change > least * (1 + time);
}

/** Share of the time in them where everything went on for longer than was looked at. */
export const lasting = (share: number): Gate => above('unmet states that last', share, 0.02, 0.1);

/** Share of the downtime that begins in them where failures have no memory: where they age it is missing. @param share undefined: none that matters */
export const missing = (share: number | undefined): Gate => ({
  name: 'unmet states while failures age',
  value: share ?? 0,
  verdict: share === undefined ? 'green' : 'red',
});

/** There was no time to look for them where failures age. */
export const NOT_LOOKED_FOR: Gate = { name: 'looks for unmet states before time was over', value: 0, verdict: 'red' };
