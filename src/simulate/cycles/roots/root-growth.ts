import type { CycleTotals } from '../../../measures/cycles/cycle-totals.ts';
import { BATCHES } from '../../../measures/cycles/cycle-totals.ts';
import { cycleInterval, varianceOfSamples } from '../../../measures/cycles/interval.ts';
import { CYCLE } from '../../../measures/cycles/measures.ts';
import { studentFactor } from '../../../measures/statistics/student.ts';

/**
 * How long the history has to be that incidents of ageing failures begin in: the variance of a result has a part that more
 * samples make smaller and one that only a longer history does. Both are read off a stage, and each gets half of what the
 * asked precision allows.
 */

/** Share of the variance allowed that is left to the history. */
const OF_HISTORY = 0.5;
/** Standard errors of the variance over blocks by which a stage may come out wider than planned. */
const MARGIN = 2;
/** A history that is nearly long enough stays. */
const WORTHWHILE = 1.2;

export interface GrowthPlan {
  readonly growth: number;
  /** Relative half-width of an interval that, as wide as asked, leaves room for the history: what `stages.ts` plans samples by. */
  readonly width: number;
}

/**
 * @param growth of the history that `totals` began in
 * @param most growth that is to be had
 * @param known relative variance that the history is known to make, at least
 */
export function planGrowth(
  totals: CycleTotals,
  confidence: number,
  precision: number,
  growth: number,
  most: number,
  known: number,
): GrowthPlan {
  const { value, lo, hi } = cycleInterval(totals, CYCLE.downtime, confidence);
  const factor = studentFactor(confidence, BATCHES - 1);
  const all = ((hi - lo) / 2 / factor) ** 2;
  const ofSamples = varianceOfSamples(totals, CYCLE.downtime);
  const ofHistory = Math.max(known * value ** 2, all - ofSamples);
  const blockError = Math.sqrt(2 / (BATCHES - 1));
  const allowed = ((precision * value) / factor) ** 2 / (1 + MARGIN * blockError);
  const wanted = value > 0 ? (growth * ofHistory) / (OF_HISTORY * allowed) : growth;
  const next = Math.min(most, wanted <= WORTHWHILE * growth ? growth : Math.ceil(wanted));
  const left = Math.max(1 - OF_HISTORY, 1 - (ofHistory * growth) / next / allowed) * allowed;
  const width = value > 0 ? precision * Math.sqrt(ofSamples / left) : Number.POSITIVE_INFINITY;
  return { growth: next, width };
}
