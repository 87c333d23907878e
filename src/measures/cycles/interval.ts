import { normalQuantile } from '../../adapters/special.ts';
import type { Estimate } from '../../model/estimate.ts';
import { tail } from '../statistics/confidence.ts';
import { studentFactor } from '../statistics/student.ts';
import { BATCHES, type CycleTotals } from './cycle-totals.ts';

/** Half-widths beyond this share of the value are laid out on a log scale, which keeps the interval positive. */
const LOG_FROM = 0.15;

/**
 * Long-run amount per µs of a measure with its interval: ratio of means over strata by the delta method, with Johnson's
 * correction for skewness (methods §2.7); by the jackknife where the samples of a batch depend on each other.
 */
export function cycleInterval(totals: CycleTotals, measure: number, confidence: number): Estimate {
  const value = totals.rate(measure);
  const n = totals.samples;
  const { variance, third } = totals.spread(measure, value);
  if (!(variance > 0)) return { value, lo: value, hi: value, method: 'cycles', n };
  const z = -normalQuantile(tail(confidence));
  const perIdle = totals.timePerIdleTime();
  const reach = (z * Math.sqrt(variance)) / perIdle;
  const shift = ((third / (6 * variance)) * (1 + 2 * z * z)) / perIdle;
  if (!totals.dependent) return laidOut(value, reach, shift, n);
  const byBatches = jackknife(totals, confidence, value, (batch) => totals.ratesWithout(batch)[measure]!);
  return { ...byBatches, lo: Math.max(0, byBatches.lo + shift), hi: byBatches.hi + shift };
}

/** Standard error of the long-run amount per µs of a measure. */
export function standardError(totals: CycleTotals, measure: number): number {
  return Math.sqrt(totals.dependent ? varianceOfBatches(totals, measure) : varianceOfSamples(totals, measure));
}

/** Variance of the long-run amount per µs where all samples are independent. */
export function varianceOfSamples(totals: CycleTotals, measure: number): number {
  return totals.spread(measure, totals.rate(measure)).variance / totals.timePerIdleTime() ** 2;
}

/** The same where only batches are. */
function varianceOfBatches(totals: CycleTotals, measure: number): number {
  return varianceOverBatches(totals.rate(measure), (batch) => totals.ratesWithout(batch)[measure]!);
}

/** Standard deviations of a variance over batches, as far as chance alone makes it exceed that of the samples. */
const FAR = 2.5;

/**
 * Whether the batches are further apart than their samples are: by what they share, such as the part of a natural history that
 * the incidents of each begin in. Then only the batches are independent.
 */
export function batchesDiffer(totals: CycleTotals, measure: number): boolean {
  const byChance = 1 + FAR * Math.sqrt(2 / (BATCHES - 1));
  return varianceOfBatches(totals, measure) > byChance * varianceOfSamples(totals, measure);
}

/** Any function of the long-run amounts and of the samples' batches, with its interval by the jackknife over batches. */
export function jackknife(
  totals: CycleTotals,
  confidence: number,
  whole: number,
  without: (batch: number) => number,
): Estimate {
  const variance = varianceOverBatches(whole, without);
  return laidOut(whole, studentFactor(confidence, BATCHES - 1) * Math.sqrt(variance), 0, totals.samples);
}

/** Variance of a function of all batches, by its values without each of them (jackknife). */
export function varianceOverBatches(whole: number, without: (batch: number) => number): number {
  let sum = 0;
  let squares = 0;
  for (let batch = 0; batch < BATCHES; batch++) {
    const pseudo = BATCHES * whole - (BATCHES - 1) * without(batch);
    sum += pseudo;
    squares += pseudo * pseudo;
  }
  const mean = sum / BATCHES;
  return Math.max(0, squares / BATCHES - mean * mean) / (BATCHES - 1);
}

/** Interval of `value` ± `reach` moved by `shift`: on a log scale where it is wide. */
function laidOut(value: number, reach: number, shift: number, n: number): Estimate {
  if (value <= 0 || reach <= LOG_FROM * value) {
    return {
      value,
      lo: Math.min(value, Math.max(0, value + shift - reach)),
      hi: value + shift + reach,
      method: 'cycles',
      n,
    };
  }
  const factor = Math.exp(reach / value);
  const skew = Math.exp(Math.max(0, shift) / value);
  return { value, lo: value / factor, hi: value * factor * skew, method: 'cycles', n };
}
