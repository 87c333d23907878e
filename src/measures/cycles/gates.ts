import { BATCHES, type CycleTotals } from './cycle-totals.ts';

/** Verdict of one diagnostic: amber is worth a look, red forbids an interval (methods §2.9). */
export interface Gate {
  readonly name: string;
  readonly value: number;
  readonly verdict: 'green' | 'amber' | 'red';
}

/** Share of the largest contributions whose tail is examined, and how many they are at least. */
const TAIL_SHARE = 0.01;
const SMALLEST_TAIL = 20;
/** Standard errors by which a tail has to be thinner than it is taken to be. */
const CERTAIN = 2;

/** Relative standard error of the variance of the estimator, from the fourth moments of the samples; 0 where nothing varies. */
export function varianceError(totals: CycleTotals): number {
  let variance = 0;
  let varianceOfIt = 0;
  for (const amounts of totals.contributions) {
    const n = amounts.length;
    if (n === 0) continue;
    let mean = 0;
    for (const x of amounts) mean += x / n;
    let second = 0;
    let fourth = 0;
    for (const x of amounts) {
      const square = (x - mean) ** 2;
      second += square / n;
      fourth += (square * square) / n;
    }
    variance += second / n;
    varianceOfIt += (fourth - second * second) / (n * n * n);
  }
  return variance > 0 ? Math.sqrt(Math.max(0, varianceOfIt)) / variance : 0;
}

/** Whether an interval from these samples can be trusted: single samples that decide, tails that were not seen. */
export function gates(totals: CycleTotals): readonly Gate[] {
  const all: number[] = [];
  let sum = 0;
  let squares = 0;
  let largest = 0;
  let variance = 0;
  let halves = 0;
  const blocks = new Float64Array(BATCHES);
  totals.contributions.forEach((amounts) => {
    const n = amounts.length;
    if (n === 0) return;
    let mean = 0;
    for (const x of amounts) mean += x / n;
    let second = 0;
    let firstHalf = 0;
    amounts.forEach((x, i) => {
      const y = x / n;
      sum += y;
      squares += y * y;
      if (y > largest) largest = y;
      if (y > 0) all.push(y);
      second += (x - mean) ** 2 / n;
      // Apart from the mean: halves need not be of the same size.
      const deviation = (x - mean) / n;
      firstHalf += i % 2 === 0 ? deviation : -deviation;
      blocks[i % BATCHES]! += y;
    });
    halves += firstHalf;
    variance += second / n;
  });
  if (sum === 0) return [{ name: 'downtime seen', value: 0, verdict: 'red' }];
  if (!Number.isFinite(sum + squares))
    return [{ name: 'samples without a number', value: withoutNumber(totals), verdict: 'red' }];
  return [
    above('largest share of one sample', largest / sum, 0.01, 0.03),
    below('samples that count', (sum * sum) / squares, 500, 100),
    above('error of the error', varianceError(totals), 0.15, 0.35),
    below('tail index', tailIndex(all), 4, 2.2),
    apart('halves apart', inErrors(halves, Math.sqrt(totals.dependent ? overBlocks(blocks) : variance))),
  ];
}

function withoutNumber({ contributions }: CycleTotals): number {
  return contributions.reduce((sum, amounts) => sum + amounts.filter((x) => !Number.isFinite(x)).length, 0);
}

/** Variance of the sum of independent parts of equal mean. */
function overBlocks(parts: Float64Array): number {
  const mean = parts.reduce((sum, part) => sum + part, 0) / parts.length;
  const squares = parts.reduce((sum, part) => sum + (part - mean) ** 2, 0);
  return (squares * parts.length) / (parts.length - 1);
}

/** A difference in standard errors; what does not differ is none apart, though nothing varies. */
export const inErrors = (difference: number, error: number): number => (difference === 0 ? 0 : difference / error);

/** What should be the same, so many standard deviations apart. */
export function apart(name: string, deviations: number): Gate {
  return above(name, Math.abs(deviations), 2.5, 3.5);
}

/** What is no number at all is red. */
export function above(name: string, value: number, amber: number, red: number): Gate {
  return { name, value, verdict: value <= amber ? 'green' : value <= red ? 'amber' : 'red' };
}

function below(name: string, value: number, amber: number, red: number): Gate {
  return { name, value, verdict: value >= amber ? 'green' : value >= red ? 'amber' : 'red' };
}

/**
 * Tail index of the largest contributions by Hill's estimate; Infinity for a bounded tail. A step between those that are rare and
 * large and all others looks like a heavy tail to whoever looks across it, so what counts is the thinnest tail that half of them,
 * a quarter and so on show for certain: a heavy one is heavy as far out as can be seen.
 */
function tailIndex(contributions: number[]): number {
  contributions.sort((a, b) => b - a);
  const most = Math.max(SMALLEST_TAIL, Math.floor(TAIL_SHARE * contributions.length));
  if (most >= contributions.length) return Number.POSITIVE_INFINITY;
  let index = hill(contributions, most);
  for (let k = most >> 1; k >= SMALLEST_TAIL; k >>= 1)
    index = Math.max(index, hill(contributions, k) * (1 - CERTAIN / Math.sqrt(k)));
  return index;
}

/** Of the `k` first of descending amounts; its relative standard error is 1/√k. */
function hill(amounts: readonly number[], k: number): number {
  let sum = 0;
  for (let i = 0; i < k; i++) sum += Math.log(amounts[i]! / amounts[k]!);
  return k / sum;
}
