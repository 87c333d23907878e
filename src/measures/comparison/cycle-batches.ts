import type { Estimate } from '../../model/estimate.ts';
import type { CycleTotals } from '../cycles/cycle-totals.ts';
import { BATCHES } from '../cycles/cycle-totals.ts';
import { studentFactor } from '../statistics/student.ts';
import { sumOf } from '../statistics/sum.ts';

/**
 * Samples of incidents of one service, dealt over thirty batches: of each batch the downtime and the length of incidents, µs
 * per µs of idle time. Batches are independent; batch j of two models drawn alike is a pair.
 */
export interface CycleBatches {
  readonly samples: number;
  readonly downtime: readonly number[];
  readonly length: readonly number[];
  /** Downtime by the one sample that brings most of it, µs per µs of idle time. */
  readonly largest: number;
  /** Why no interval of these samples can be trusted. */
  readonly doubt?: string;
}

/** The batches of totals whose samples are dealt evenly; `measure` is what the contributions are of. */
export function batchesOf(totals: CycleTotals, measure: number): CycleBatches {
  const means = Array.from({ length: BATCHES }, (_, batch) => totals.batchMean(batch, measure));
  let largest = 0;
  for (const amounts of totals.contributions) {
    for (const amount of amounts) largest = Math.max(largest, amount / amounts.length);
  }
  return {
    samples: totals.samples,
    downtime: means.map(({ amount }) => amount),
    length: means.map(({ length }) => length),
    largest,
  };
}

/** Levels of fresh samples, dealt alike, as one. */
export function pooled(levels: readonly CycleBatches[]): CycleBatches {
  const samples = levels.reduce((sum, level) => sum + level.samples, 0);
  const mean = (of: (level: CycleBatches) => readonly number[]): number[] =>
    Array.from({ length: BATCHES }, (_, batch) =>
      levels.reduce((sum, level) => sum + (of(level)[batch]! * level.samples) / samples, 0),
    );
  return {
    samples,
    downtime: mean(({ downtime }) => downtime),
    length: mean(({ length }) => length),
    largest: Math.max(...levels.map((level) => (level.largest * level.samples) / samples)),
    ...doubtOf(levels[levels.length - 1]),
  };
}

/** The last level has half of all samples: what it is good for, all are. */
function doubtOf(last: CycleBatches | undefined): Pick<CycleBatches, 'doubt'> {
  return last?.doubt === undefined ? {} : { doubt: last.doubt };
}

/** A number known from batches: its value, and how far each batch is from it. */
export interface Known {
  readonly value: number;
  /** By batch, of the ratio made linear; their mean is 0. Empty: exact. */
  readonly residuals: readonly number[];
  /** What a sample of a kind that has not come yet may add. */
  readonly unseen: number;
  readonly n: number;
}

/** A number that needed no samples. */
export const knownExactly = (value: number): Known => ({ value, residuals: [], unseen: 0, n: 0 });

/** Share of the time that the service is down: downtime over idle time and incidents. */
export function knownByBatches({ samples, downtime, length, largest }: CycleBatches): Known {
  const perIdle = 1 + sumOf(length) / BATCHES;
  const value = sumOf(downtime) / BATCHES / perIdle;
  const residuals = downtime.map((amount, batch) => (amount - value * (1 + length[batch]!)) / perIdle);
  return { value, residuals, unseen: largest / perIdle, n: samples };
}

/** Standard error of `b − factor · a`, from pairs of batches or as of two that know nothing of one another. */
function standardError(a: Known, b: Known, factor: number, arePairs: boolean): number {
  const variance = (residuals: readonly number[]): number =>
    sumOf(residuals.map((one) => one * one)) / ((BATCHES - 1) * BATCHES);
  if (arePairs) return Math.sqrt(variance(b.residuals.map((one, batch) => one - factor * a.residuals[batch]!)));
  return Math.hypot(Math.sqrt(variance(b.residuals)), factor * Math.sqrt(variance(a.residuals)));
}

/**
 * `b − factor · a` with its interval: Student's over the batches, and beside it, as independent errors add, one sample of the
 * largest size seen, so that samples that are equal to the last bit do not promise more than they can know.
 *
 * @param arePairs batch j of both was drawn alike
 */
export function differenceOfKnown(
  a: Known,
  b: Known,
  confidence: number,
  { factor = 1, arePairs }: { readonly factor?: number; readonly arePairs: boolean },
): Estimate {
  const value = b.value - factor * a.value;
  const reach = Math.hypot(
    studentFactor(confidence, BATCHES - 1) * standardError(a, b, factor, arePairs),
    a.unseen,
    b.unseen,
  );
  return { value, lo: value - reach, hi: value + reach, method: 'cycles', n: a.n + b.n };
}

/** The number itself, and b / a (null where a is nothing), on a log scale. */
export function figuresOfKnown(
  a: Known,
  b: Known,
  confidence: number,
  arePairs: boolean,
): { readonly a: Estimate; readonly b: Estimate; readonly difference: Estimate; readonly ratio: Estimate | null } {
  const difference = differenceOfKnown(a, b, confidence, { arePairs });
  const alone = (one: Known): Estimate => {
    if (one.residuals.length === 0) return { value: one.value, lo: one.value, hi: one.value, method: 'exact', n: 0 };
    const { lo, hi } = differenceOfKnown(knownExactly(0), one, confidence, { arePairs: false });
    return { value: one.value, lo: Math.max(0, lo), hi, method: 'cycles', n: one.n };
  };
  const figures = { a: alone(a), b: alone(b), difference };
  if (!(a.value > 0 && b.value > 0)) return { ...figures, ratio: null };
  const value = b.value / a.value;
  // b − value · a is 0 here: what is left is its error, relative to b.
  const { hi } = differenceOfKnown(a, b, confidence, { factor: value, arePairs });
  const factor = Math.exp(hi / b.value);
  return { ...figures, ratio: { value, lo: value / factor, hi: value * factor, method: 'cycles', n: a.n + b.n } };
}
