import type { Estimate } from '../../model/estimate.ts';
import { MICROSECONDS_PER_SECOND } from '../../model/time.ts';
import { requireAmount } from './confidence.ts';
import type { Severities } from './sketch.ts';

/** Multiplications the recursion may take when severities have no common step; they set the number of cells. */
const WORK = 3e7;
const MOST_CELLS = 65_536;
/** Most cells for which the severities' own step is used: then the result is exact. */
const MOST_EXACT_CELLS = 16_384;
/** Panjer's recursion starts at exp(−rate), which underflows: it runs scaled and is brought back when it grows past this. */
const RESCALE_AT = 1e250;

/**
 * Chance that outages of one year add up to more than `limit` seconds, when they come as a Poisson stream: compound
 * Poisson law by Panjer's recursion, in [0, 1], rounding errors below 1e-12 of it.
 *
 * Severities that are whole multiples of a step of which the limit holds at most 16 384 are treated exactly; others are
 * spread over the two neighbouring cells of a fine grid so that their mean is kept (error of second order in the cell).
 *
 * @param frequencyPerYear outages per year, ≥ 0
 * @param severities outage lengths (s) and weights, as of `QuantileSketch.severities`; not empty
 * @param limitSeconds downtime (s/year) that must not be exceeded, ≥ 0
 * @see Panjer, ASTIN Bulletin 12 (1981) 22; methods §5.4.
 */
export function missProbability(frequencyPerYear: number, severities: Severities, limitSeconds: number): number {
  requireAmount('Outage frequency', frequencyPerYear);
  requireAmount('Downtime limit', limitSeconds);
  return exceedance(frequencyPerYear, gridOf(severities, limitSeconds));
}

/**
 * As `missProbability`, with the interval that follows from the frequency's (the chance grows with the frequency). The
 * uncertainty of the severities is not in it.
 */
export function missProbabilityInterval(frequency: Estimate, severities: Severities, limitSeconds: number): Estimate {
  requireAmount('Downtime limit', limitSeconds);
  const grid = gridOf(severities, limitSeconds);
  return {
    value: exceedance(frequency.value, grid),
    lo: exceedance(frequency.lo, grid),
    hi: exceedance(frequency.hi, grid),
    method: frequency.method,
    n: frequency.n,
  };
}

/** P(sum > limit) for Poisson(rate) severities; `mass[j]` lies j steps above 0, what is missing to 1 above the limit. */
function exceedance(rate: number, mass: Float64Array): number {
  const cells = mass.length - 1;
  const steps: number[] = [];
  for (let j = 1; j <= cells; j++) if (mass[j]! > 0) steps.push(j);
  // λ·j·f(j), the factors of g(k) = 1/k · Σ λ j f(j) g(k − j)
  const factors = steps.map((j) => rate * j * mass[j]!);

  const g = new Float64Array(cells + 1);
  g[0] = 1;
  let logScale = -rate * (1 - mass[0]!);
  for (let k = 1; k <= cells; k++) {
    let sum = 0;
    for (let i = 0; i < steps.length && steps[i]! <= k; i++) sum += factors[i]! * g[k - steps[i]!]!;
    const value = sum / k;
    g[k] = value;
    if (value > RESCALE_AT) {
      for (let i = 0; i <= k; i++) g[i]! /= RESCALE_AT;
      logScale += Math.log(RESCALE_AT);
    }
  }
  let more = 0;
  for (let k = cells; k >= 1; k--) more += g[k]!;
  // Unless rescaled, g(0) is 1: small chances keep their digits.
  const logWithin = logScale + (g[0] === 1 ? Math.log1p(more) : Math.log(g[0]! + more));
  return Math.min(1, Math.max(0, -Math.expm1(logWithin)));
}

/** Share of the severities in each cell from 0 to the limit. */
function gridOf(severities: Severities, limit: number): Float64Array {
  const { values, weights } = severities;
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i]!;
  if (!(total > 0)) throw new RangeError('Severities are empty');
  const step = commonStep(values, limit);
  return step === null ? spread(severities, total, limit) : gather(severities, total, limit, step);
}

/** Severities that are whole multiples of the step. */
function gather({ values, weights }: Severities, total: number, limit: number, step: Step): Float64Array {
  const mass = new Float64Array(step.cells + 1);
  for (let i = 0; i < values.length; i++) {
    if (values[i]! <= limit) mass[Math.round(values[i]! / step.seconds)]! += weights[i]! / total;
  }
  return mass;
}

/** Any severities, each split between its two neighbouring cells; the limit lies half a cell above the last. */
function spread({ values, weights }: Severities, total: number, limit: number): Float64Array {
  let longest = 0;
  for (let i = 0; i < values.length; i++) longest = Math.max(longest, Math.min(values[i]!, limit));
  const cells = Math.min(MOST_CELLS, Math.floor(Math.sqrt((WORK * limit) / longest)));
  const width = limit / (cells + 0.5);
  const mass = new Float64Array(cells + 1);
  for (let i = 0; i < values.length; i++) {
    const position = values[i]! / width;
    const lower = Math.floor(position);
    const share = weights[i]! / total;
    if (lower <= cells) mass[lower]! += share * (lower + 1 - position);
    if (lower < cells) mass[lower + 1]! += share * (position - lower);
  }
  return mass;
}

/** Width of a cell and the number of cells up to the limit. */
interface Step {
  readonly seconds: number;
  readonly cells: number;
}

/** Largest step (s) that divides every severity up to the limit to the microsecond; null when the limit holds too many. */
function commonStep(values: ArrayLike<number>, limit: number): Step | null {
  const end = Math.floor(limit * MICROSECONDS_PER_SECOND + 1e-3);
  let divisor = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! > limit) continue;
    const ticks = values[i]! * MICROSECONDS_PER_SECOND;
    const whole = Math.round(ticks);
    if (Math.abs(ticks - whole) > 1e-3) return null;
    divisor = greatestCommonDivisor(divisor, whole);
    if (divisor !== 0 && end / divisor > MOST_EXACT_CELLS) return null;
  }
  if (divisor === 0) return { seconds: 1, cells: 0 };
  return { seconds: divisor / MICROSECONDS_PER_SECOND, cells: Math.floor(end / divisor) };
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
